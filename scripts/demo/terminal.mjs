/** What a person at a terminal sees of the demo. Plain where nobody does: in a pipe, or where NO_COLOR is set. */
export const colored = Boolean(process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb");

const paint = (/** @type {number} */ code) => (/** @type {string} */ text) =>
  colored ? `\x1b[${code}m${text}\x1b[0m` : text;
export const bold = paint(1);
export const dim = paint(2);
const red = paint(31);
const green = paint(32);

/** @param {string} [line] */
export function print(line = "") {
  process.stdout.write(`${line}\n`);
}

/** A command as a user would type it. */
export function printCommand(/** @type {string} */ line) {
  print(dim(`  $ ${line}`));
}

/** What a command said. */
export function printOutput(/** @type {string} */ line) {
  print(`    ${line}`);
}

/** A sentence of ours about what has just been seen. */
export function printFinding(/** @type {string} */ text) {
  print(`  ${green("✓")} ${text}`);
}

export function printFailure(/** @type {string} */ text) {
  print();
  print(red(text));
}

/** @param {number} ms */
export function inSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
