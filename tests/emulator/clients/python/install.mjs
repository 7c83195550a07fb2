/**
 * Prints a folder for PYTHONPATH that holds Twilio's SDK for Python as it is published. It is installed once for each
 * Python of the machine, into the user's cache.
 */
import { join } from "node:path";
import { cache, cached } from "../../../../scripts/engine/cache.mjs";
import { withLock } from "../../../../scripts/engine/lock.mjs";
import { say, seconds } from "../../../../scripts/progress.mjs";
import { CommandFailed, run } from "../../../../scripts/run.mjs";

const wanted = "twilio==9.13.0";
const abi = "import sys, sysconfig; print(sys.implementation.cache_tag, sysconfig.get_platform(), sep='-')";

try {
  const tag = (await run("python3", ["-c", abi])).trim();
  const folder = await withLock(join(cache, "engine.lock"), () =>
    cached(`python-${wanted.replace("==", "-")}-${tag}`, install),
  );
  process.stdout.write(folder);
} catch (error) {
  if (error instanceof CommandFailed) say(error.output);
  const reason = error instanceof Error ? error.message : String(error);
  say(
    `${wanted} could not be installed: ${reason}. It takes python3 with pip, and a package index that pip reaches.`,
  );
  process.exitCode = 1;
}

/** @param {string} folder */
async function install(folder) {
  const started = Date.now();
  const doing = `installing ${wanted} for python3`;
  say(doing);
  const pip = [
    "-m",
    "pip",
    "install",
    "--no-input",
    "--disable-pip-version-check",
    "--target",
    folder,
    wanted,
  ];
  await run("python3", pip, { doing, limitSeconds: 600 });
  say(`${doing}: done in ${seconds(started)}`);
}
