// @ts-check
/** Markdown that texts from elsewhere cannot break: they are always in code spans, on one line, of limited length. */
import { isSecret } from "./changes.mjs";

/** @typedef {import("./secrets.mjs").Mask} Mask */

/** What the engine writes for a value that it learns only from `up`. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Characters that move others around or are not seen: line ends, controls, marks of direction, of no width.
 * In a log a new line could also begin a command for the runner, such as `::stop-commands::`.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text on one line, with nothing unseen in it. @param {string} text */
export const oneLine = (text) =>
  text.replace(unseen, (character) =>
    character === "\n" ? "\\n" : `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );

/**
 * A code span. Its fence is longer than any in the text, so that nothing in the text ends it.
 *
 * @param {string} text
 * @param {number} [longest] in characters
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function code(text, longest = 160) {
  const characters = [...oneLine(text)];
  const visible =
    characters.length > longest ? `${characters.slice(0, longest).join("")}…` : characters.join("");
  const runs = [...visible.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = visible === "" || /^[` ]|[` ]$/.test(visible) ? " " : "";
  return `${fence}${pad}${visible}${pad}${fence}`;
}

/** @param {unknown} value @param {Mask} mask */
export function shown(value, mask) {
  if (value === undefined) return "nothing";
  if (isSecret(value)) return "*a secret*";
  if (value === unknown) return "*known after up*";
  const text =
    typeof value === "string"
      ? value
      : JSON.stringify(value, (_, inner) => (isSecret(inner) ? "***" : inner));
  return text === "" ? "*empty*" : code(mask(text.replaceAll(unknown, "…")));
}
