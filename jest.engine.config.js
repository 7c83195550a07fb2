/**
 * What `npm run test:all` runs besides `npm test`: every stack test on the real engine, and all that is named `….full.test.ts`.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/tests/stacks/*.test.ts", "<rootDir>/tests/**/*.full.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "neverOffAir(ByHand|Address)"],
  globals: { everyStackOnEngine: true },
};
