/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/tests"],
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { isolatedModules: true }] },
  testTimeout: 60_000,
  maxWorkers: 2,
};
