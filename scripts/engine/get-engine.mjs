import { join } from "node:path";
import { say } from "../progress.mjs";
import { CommandFailed } from "../run.mjs";
import { cache } from "./cache.mjs";
import { buildFromSource, builtFromSource, cliIsBuilt } from "./from-source.mjs";
import { withLock } from "./lock.mjs";
import { installedOfficial, installOfficial } from "./official.mjs";
import { fromPath } from "./on-path.mjs";

const inCache = () => installedOfficial() ?? builtFromSource();

/**
 * The Pulumi engine of this machine. Where it has to be got first, progress is on stderr.
 *
 * @returns {Promise<string>} the folder that holds `pulumi` and its hosts
 */
export async function getEngine() {
  /** @type {string[]} */
  const failures = [];
  const attempt = async (/** @type {string} */ way, /** @type {() => Promise<string>} */ get) => {
    try {
      return await get();
    } catch (error) {
      failures.push(`- ${way}: ${explain(error)}`);
    }
  };
  const obtain = async () =>
    (cliIsBuilt() ? undefined : await attempt("the official release", installOfficial)) ??
    (await attempt("its Go module", buildFromSource));

  const folder =
    (await attempt("pulumi on PATH", fromPath)) ??
    inCache() ??
    (await withLock(join(cache, "engine.lock"), async () => inCache() ?? (await obtain()), sayWaiting()));
  if (folder) return folder;
  throw new Error(
    `There is no Pulumi engine here. Tried, in this order:\n${failures.join("\n")}\n` +
      "Any one of them will do. The simplest: install Pulumi (https://www.pulumi.com/docs/install/) and try again.",
  );
}

/** The reason in one line, then the end of what the command printed, if it was a command. */
function explain(/** @type {unknown} */ error) {
  if (!(error instanceof Error)) return String(error);
  const output = error instanceof CommandFailed ? error.output.split("\n").slice(-10) : [];
  return [error.message, ...output.filter(Boolean)].join("\n    ");
}

function sayWaiting() {
  let next = 0;
  const started = Date.now();
  return (/** @type {number} */ owner) => {
    if (Date.now() < next) return;
    next = Date.now() + 10_000;
    const elapsed = Math.round((Date.now() - started) / 1000);
    say(`  process ${owner} is getting the engine, waiting for it: ${elapsed} s`);
  };
}
