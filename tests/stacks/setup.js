const { execFileSync } = require("node:child_process");
const { delimiter } = require("node:path");

/** Stacks run on the real engine: wherever it is, it is on PATH for all tests. */
module.exports = () => {
  const folder = execFileSync("npm", ["run", "--silent", "engine"], { encoding: "utf8" }).trim();
  process.env.PATH = `${folder}${delimiter}${process.env.PATH}`;
};
