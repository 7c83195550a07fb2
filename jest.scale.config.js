/**
 * `npm run test:scale`: large stacks and long lives of a provider process. `npm run test:engine` runs a small form.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/tests/scale/*.test.ts"],
  globals: { scale: { resources: 2_000, operations: 10_000, peakMb: 250 } },
};
