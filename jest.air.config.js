/**
 * `npm run test:air`: whether an address that was answered is answered after each request of a channel, and after each that fails,
 * on the engine's stand-in. The second lane runs one channel of them on the engine.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/tests/stacks/neverOffAir*.test.ts"],
};
