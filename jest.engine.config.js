/**
 * The tests of stacks on the real engine, all of them, as `npm run test:all` runs them after the others.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/tests/stacks"],
  globals: { everyStackOnEngine: true },
};
