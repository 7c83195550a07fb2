/**
 * `npm test`: all that needs no engine, the stack tests on the engine's stand-in, and of the engine itself one life of every
 * class, the README's program and two examples. What is left out is named `….full.test.ts`, and `neverOffAir…`, whose
 * operations are more than a thousand: `jest.air.config.js` runs them.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testPathIgnorePatterns: ["/node_modules/", "\\.full\\.test\\.ts$", "neverOffAir"],
};
