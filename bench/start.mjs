/** How long a provider process takes to be ready, after one behind which nothing happens. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandFailed } from "../scripts/run.mjs";

const program = fileURLToPath(new URL("programs/start.js", import.meta.url));

/**
 * @typedef {object} Start
 * @property {number} checkedMs to the answer of the first check
 * @property {number} askedMs to that of the first request, for which Twilio's SDK is loaded
 * @property {number} busyMs of the processor until then
 * @property {number} emptyMb memory of Pulumi's own part
 * @property {number} readyMb memory after the first request
 */

/** @param {NodeJS.ProcessEnv} env @returns {Start} */
export function start(env) {
  const { status, stderr } = spawnSync(process.execPath, [program], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new CommandFailed("a provider process did not start", stderr);
  return JSON.parse(stderr);
}
