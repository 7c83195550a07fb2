/**
 * `node scripts/tally.mjs FOLDER`: counts what the lanes of tests have left in a folder, tells once more what failed, since the
 * lanes print thousands of lines, and ends with `N passed, N failed`.
 *
 * Tests of stacks run on the engine's stand-in and on the engine: they count once, and as failed where one of the two fails.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

const excerptLength = 1500;

/** @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Test */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Test[] }} TestFile */

const passed = new Set();
const failed = new Set();
for (const lane of ["test", "test-air", "test-engine"]) {
  for (const file of filesOf(lane)) {
    // Several tests of a table may have one name.
    const seen = new Map();
    for (const { fullName, status, failureMessages = [] } of testsIn(file)) {
      seen.set(fullName, (seen.get(fullName) ?? 0) + 1);
      const test = `${file.name} ${fullName} ${seen.get(fullName)}`;
      if (status === "passed") passed.add(test);
      else {
        failed.add(test);
        print(`\n${lane}: ${relative(".", file.name)}: ${fullName}\n${excerpt(failureMessages.join("\n"))}`);
      }
    }
  }
}
for (const test of failed) passed.delete(test);
print(`${passed.size} passed, ${failed.size} failed`);
process.exitCode = failed.size > 0 ? 1 : 0;

/** A lane without a result is one that failed. */
function filesOf(/** @type {string} */ lane) {
  const path = join(process.argv[2] ?? ".", `${lane}.json`);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (text === "") return [{ name: lane, status: "failed", message: "no result", assertionResults: [] }];
  /** @type {{ testResults: TestFile[] }} */
  const { testResults } = JSON.parse(text);
  return testResults;
}

/** A file that could not be run holds no tests for jest; here it is a test that failed. */
function testsIn(/** @type {TestFile} */ { status, message, assertionResults }) {
  const isExplained = status !== "failed" || assertionResults.some(({ status }) => status === "failed");
  if (isExplained) return assertionResults;
  return [...assertionResults, { fullName: "the file itself", status, failureMessages: [message] }];
}

function excerpt(/** @type {string} */ text) {
  return stripVTControlCharacters(text).slice(0, excerptLength);
}

function print(/** @type {string} */ text) {
  process.stdout.write(`${text}\n`);
}
