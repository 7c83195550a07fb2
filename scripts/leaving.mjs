/**
 * Writes into docs/leaving-programmable-chat.md what the example's run prints. The test that makes the run compares them
 * when it is not asked to write.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { say } from "./progress.mjs";
import { CommandFailed, run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const args = [jest, "tests/examples/leaveProgrammableChat.full.test.ts"];
const env = { ...process.env, WRITE_PAGES: "true" };

try {
  await run(process.execPath, args, { cwd: root, env, doing: "running examples/leave-programmable-chat" });
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  say(error.output || error.message);
  process.exitCode = 1;
}
