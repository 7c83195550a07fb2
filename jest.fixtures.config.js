/**
 * `npm run fixtures`: writes the stacks of this version of the package to `tests/fixtures/VERSION`.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/tests/fixtures/states.write.ts"],
};
