import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 250;
const beatMs = 5_000;
const silenceMs = 60_000;
let claims = 0;

/**
 * Does `work` while no other process that locks the same file does. The lock of a process that is gone is taken over.
 *
 * @template T
 * @param {string} file created while locked; holds the owner's process id
 * @param {() => T | Promise<T>} work
 * @param {(owner: number) => void} [onWait] called about four times a second while somebody else has the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  while (!claim(file)) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (isGone(file, owner)) {
      // Only one taker at a time, and it looks again: else a slow one would remove the lock of a quicker one.
      await withLock(`${file}.takeover`, () => {
        if (ownerOf(file) === owner && isGone(file, owner)) rmSync(file, { force: true });
      });
    } else {
      onWait?.(owner);
      await sleep(pollMs);
    }
  }
  const heartbeat = setInterval(() => beat(file), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (ownerOf(file) === process.pid) rmSync(file, { force: true });
  }
}

/** A link appears at once and with its content, a file that is opened and then written does not. */
function claim(/** @type {string} */ file) {
  const draft = `${file}.${process.pid}.${++claims}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @returns {number | undefined} undefined when nobody holds the lock any more */
function ownerOf(/** @type {string} */ file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Process ids are reused (containers start again at 1), so an owner must also have given a sign of life lately. */
function isGone(/** @type {string} */ file, /** @type {number} */ owner) {
  try {
    if (Date.now() - statSync(file).mtimeMs > silenceMs) return true;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return hasCode(error, "ESRCH");
  }
}

function beat(/** @type {string} */ file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

function hasCode(/** @type {unknown} */ error, /** @type {string} */ code) {
  return error instanceof Error && "code" in error && error.code === code;
}
