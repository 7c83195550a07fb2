/**
 * All that CI checks, in order. A step that fails does not keep the others from running; the summary names it.
 * `npm run check -- FOLDER` leaves what jest found there, a JSON file for each lane of tests.
 */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { say, seconds } from "./progress.mjs";
import { CommandFailed, run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const env = { ...process.env, PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}` };

const steps = [
  step("format and lint", "biome", "ci", "--colors=off", "."),
  step("types", "tsc", "--noEmit"),
  step("dead code", "knip"),
  step("no circular imports", "node", "scripts/imports.mjs"),
  step("links in documents", "node", "scripts/links.mjs"),
  step("commands in documents", "node", "scripts/commands.mjs"),
  step("coverage of the API", "node", "scripts/coverage.mjs", "--check"),
  step("reference of the package", "node", "scripts/reference.mjs", "--check"),
  step("conformance of the emulator", "node", "scripts/conformance.mjs", "--check"),
  step("package shape", "publint", "--strict", "."),
  step("package shape of the emulator", "publint", "--strict", "emulator"),
  step("package types", "attw", "--pack", ".", "--profile", "node16"),
  step("package types of the emulator", "attw", "--pack", "emulator", "--profile", "node16"),
  step("types of the packed packages", "node", "scripts/packages.mjs", "--short"),
  step("requests and bytes of a life", "node", "bench/run.mjs", "--quick"),
  { name: "known vulnerabilities of what users install", check: () => npm("audit") },
  { name: "tests", check: () => test("test") },
  { name: "tests that nobody goes off the air", check: () => test("test:air") },
  { name: "tests on the engine", check: () => test("test:engine") },
];

const started = Date.now();
const failed = [];
for (const { name, check } of steps) {
  const since = Date.now();
  const ok = await check();
  say(`${ok ? "ok    " : "FAILED"}  ${name}  ${seconds(since)}`);
  if (!ok) failed.push(name);
}
say(`${failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`}, ${seconds(started)}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** A command whose output is of interest only when it fails. */
function step(/** @type {string} */ name, /** @type {string} */ command, /** @type {string[]} */ ...args) {
  const check = async () => {
    try {
      await run(command, args, { cwd: root, env });
      return true;
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      say(error.output || error.message);
      return false;
    }
  };
  return { name, check };
}

function test(/** @type {"test" | "test:air" | "test:engine"} */ script) {
  const [, , folder] = process.argv;
  const results = folder
    ? ["--json", `--outputFile=${join(folder, `${script.replace(":", "-")}.json`)}`]
    : [];
  return npm(script, ...results);
}

/** A script of package.json that people see at work. */
function npm(/** @type {string} */ script, /** @type {string[]} */ ...args) {
  const running = spawn("npm", ["run", script, "--silent", "--", ...args], { cwd: root, stdio: "inherit" });
  return new Promise((resolve) => {
    running.on("error", () => resolve(false)).on("close", (code) => resolve(code === 0));
  });
}
