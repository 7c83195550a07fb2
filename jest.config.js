/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/tests"],
  testEnvironment: "node",
  globalSetup: "<rootDir>/tests/stacks/setup.js",
  transform: { "^.+\\.ts$": "ts-jest" },
  testTimeout: 60_000,
  maxWorkers: 2,
  // The SDK keeps the servers of inline programs open.
  forceExit: true,
};
