const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
const plain = (/** @type {string} */ text) => text.replace(escapes, "");

/** What the engine says besides what happens to resources: progress, its own books, hints. */
const noise = [
  /^@ /,
  /^\s*$/,
  /^(Previewing|Updating|Refreshing|Destroying) /,
  // Each step is told again, with its time, when it ends.
  /(creating|updating|deleting|refreshing|reading|replacing) \(\d+s\)/,
  /\[(urn|provider|id)=/,
  /^\s+pulumi:pulumi:Stack/,
  /^(The resources in the stack have been deleted|If you want to remove the stack completely)/,
  /^Duration:/,
];
const stack = /pulumi:pulumi:Stack/;
const outputsBegin = /^\s*(Outputs:|--outputs:--)$/;
const output = /^\s+([+~-] )?\w+\s*: /;

/**
 * A filter for the lines of one command, which says much twice. What passes, passes as it was.
 *
 * @returns {(line: string) => boolean} whether a line is worth reading
 */
export function worthReading() {
  const stackLines = new Set();
  let isInOutputs = false;
  return (line) => {
    const text = plain(line);
    if (outputsBegin.test(text)) isInOutputs = true;
    else if (!output.test(text)) isInOutputs = false;
    if (isInOutputs || noise.some((pattern) => pattern.test(text))) return false;
    if (!stack.test(text)) return true;
    const isNew = !stackLines.has(text);
    stackLines.add(text);
    return isNew;
  };
}

/**
 * What an operation did to how many resources, out of the engine's own summary.
 *
 * @param {string} output
 * @returns {Record<string, number>} such as `{ created: 5 }`
 */
export function countsIn(output) {
  const summary =
    plain(output)
      .split(/^Resources:$/m)
      .at(-1) ?? "";
  const lines = summary.matchAll(/^\s+(?:\S+ )?(\d+) (created|updated|deleted|replaced|unchanged)/gm);
  return Object.fromEntries([...lines].map(([, count, what]) => [what, Number(count)]));
}
