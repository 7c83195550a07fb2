// @ts-check
import { code, shown } from "./markdown.mjs";

/**
 * @typedef {import("./changes.mjs").Change} Change
 * @typedef {import("./changes.mjs").Property} Property
 * @typedef {import("./secrets.mjs").Mask} Mask
 * @typedef {(stackName: string, mask: Mask) => string} Page what people read of a job, as Markdown
 */

/** GitHub takes 65,536 characters in a comment or an issue; of the comment, the rehearsal may have 32,000. */
const mostCharacters = 32_000;
const mostProperties = 30;

/** @param {Change[]} changes @returns {Page} */
export const previewReport = (changes) => (stack, mask) =>
  page(
    `preview of ${code(stack)}`,
    changes.length === 0
      ? ["**No changes.** The account is what the program says."]
      : listed(
          changes,
          { create: "to create", update: "to change", replace: "to replace", delete: "to delete" },
          mask,
        ),
    folded("What new objects are given", given(changes, mask)),
  );

/**
 * @param {Change[]} changes
 * @param {[path: string, value: unknown][]} outputs
 * @returns {Page}
 */
export const upReport = (changes, outputs) => (stack, mask) =>
  page(
    `up of ${code(stack)}`,
    changes.length === 0
      ? ["**No changes.** The account was what the program says."]
      : listed(changes, past, mask),
    ["", "### Outputs", "", ...outputs.map(([path, value]) => `- ${code(path)}: ${shown(value, mask)}`)],
  );

/** @param {Change[]} changes @returns {Page} */
export const driftReport = (changes) => (stack, mask) =>
  page(
    `drift of ${code(stack)}`,
    changes.length === 0
      ? ["**No drift.** Nothing was changed by hand since the last `up`."]
      : [
          `**${changes.length} changed by hand** since the last \`up\``,
          "",
          ...changes.flatMap((change) =>
            change.kind === "delete"
              ? [`- ${label(change)} is gone`]
              : [`- ${label(change)} is different`, ...differences(change, mask)],
          ),
          "",
          "`up` puts back what the program says. What shall stay goes into the program, by pull request.",
        ],
  );

/**
 * @param {string} job
 * @param {string[]} reasons one line each
 * @param {Change[]} done what was done before
 * @returns {Page}
 */
export const errorReport = (job, reasons, done) => (stack, mask) =>
  page(`${job} of ${code(stack)}`, [
    "**Failed:**",
    "",
    ...reasons.map((reason) => `- ${code(mask(reason), 1_000)}`),
    ...(done.length > 0 ? ["", "Before that:", "", ...listed(done, past, mask)] : []),
  ]);

const past = { create: "created", update: "changed", replace: "replaced", delete: "deleted" };

/** How many of each kind, then each. @param {Change[]} changes @param {Record<Change["kind"], string>} words @param {Mask} mask */
function listed(changes, words, mask) {
  const counts = Object.entries(words).flatMap(([kind, word]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const lines = changes.flatMap((change) => {
    const line = `- **${words[change.kind]}** ${label(change)}${change.byHand ? ", which was changed by hand" : ""}`;
    return change.kind === "create" ? [line] : [line, ...differences(change, mask)];
  });
  return [`**${counts.join(", ")}**`, "", ...lines];
}

/** @param {Change} change */
const label = ({ type, name }) => `${/^\w+$/.test(type) ? type : code(type)} ${code(name)}`;

/** @param {Change} change @param {Mask} mask */
function differences({ properties }, mask) {
  return shortened(
    properties.map(({ path, from, to, replaces }) => {
      const [was, is] = [shown(from, mask), shown(to, mask)];
      const values = was === is ? `${is}, another than before` : `${was} → ${is}`;
      return `  - ${code(path)}: ${values}${replaces ? ", which replaces it" : ""}`;
    }),
  );
}

/** @param {Change[]} changes @param {Mask} mask */
function given(changes, mask) {
  return changes
    .filter(({ kind }) => kind === "create")
    .flatMap((change) => [
      `- ${label(change)}`,
      ...shortened(change.properties.map(({ path, to }) => `  - ${code(path)}: ${shown(to, mask)}`)),
    ]);
}

/** @param {string[]} lines */
const shortened = (lines) =>
  lines.length > mostProperties
    ? [...lines.slice(0, mostProperties), `  - and ${lines.length - mostProperties} more`]
    : lines;

/** @param {string} title @param {string[]} lines */
const folded = (title, lines) =>
  lines.length > 0 ? ["", `<details><summary>${title}</summary>`, "", ...lines, "", "</details>"] : [];

/** @param {string} heading @param {string[]} lines @param {string[]} [more] left out where it is too long */
function page(heading, lines, more = []) {
  const whole = ["", ...lines, ...more].join("\n");
  if (whole.length <= mostCharacters) return `## Inbound channels: ${heading}\n${whole}\n`;
  let room = mostCharacters;
  const fitting = lines.filter((line) => {
    room -= line.length + 1;
    return room >= 0;
  });
  const left = lines.length + more.length - fitting.length;
  return `## Inbound channels: ${heading}\n\n${fitting.join("\n")}\n\nand ${left} more lines, which \`pulumi preview --diff\` shows\n`;
}
