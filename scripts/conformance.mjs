/**
 * Writes into emulator/README.md where the emulator departs from the examples in Twilio's OpenAPI documents. With `--check`
 * it writes nothing and fails where that is out of date. A departure that no reason is given for is an error, and so is a
 * reason without a departure.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "./progress.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "emulator/README.md");
const load = createRequire(join(root, "emulator/dist/emulator/conformance/"));
const { runExamples } = load("./run.js");
const { problemsOf, reportOf } = load("./report.js");

const run = await runExamples();
const problems = problemsOf(run);
const was = readFileSync(page, "utf8");
const between = /(?<=<!-- conformance: .* -->\n).*(?=<!-- \/conformance -->)/s;
if (!between.test(was))
  problems.push("emulator/README.md has lost the comments between which the report stands");
const text = was.replace(between, () => `\n${reportOf(run)}\n\n`);

if (problems.length > 0) {
  for (const problem of problems) say(problem);
  process.exitCode = 1;
} else if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (was !== text) {
  say("emulator/README.md is out of date: run npm run docs");
  process.exitCode = 1;
}
