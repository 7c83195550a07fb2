/** Where people read what is going on: stdout stays free for a command's result. */
export function say(/** @type {string} */ message) {
  process.stderr.write(`${message}\n`);
}

/** @param {number} since a time from `Date.now()` */
export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
