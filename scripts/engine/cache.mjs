import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-twilio-flex");

/** The release that is installed or built; `go.mod` is the one place that says which. */
export const version = readFileSync(new URL("go.mod", import.meta.url), "utf8").match(
  /github\.com\/pulumi\/pulumi\/pkg\/v3 v([\d.]+)/,
)?.[1];

/**
 * A folder in the cache. It appears there only when it is complete: what was broken off is thrown away by the next
 * caller. Only under the engine's lock.
 *
 * @param {string} name
 * @param {(folder: string) => void | Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function cached(name, fill) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(cache)) {
    if (entry.startsWith(unfinished)) rmSync(join(cache, entry), { recursive: true, force: true });
  }
  const draft = join(cache, `${unfinished}${process.pid}-${name}`);
  try {
    mkdirSync(draft);
    await fill(draft);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

const unfinished = "unfinished-";
