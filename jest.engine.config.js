/**
 * What `npm run test:all` runs besides `npm test`: every stack test on the real engine, and all that is named `….full.test.ts`.
 * Of two kinds, which disturb each moment of a run in turn, the stand-in's runs stand for the engine's.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/tests/stacks/*.test.ts", "<rootDir>/tests/**/*.full.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "neverOffAir(ByHand|Address)", "stacks/meanwhile"],
  globals: { everyStackOnEngine: true },
};
