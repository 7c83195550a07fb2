/** Values as TypeScript, as a formatter would have them. */

/** How long a line may be. */
export const width = 100;

/** Marks that turn the direction of text round, or that are not seen. */
const unseen = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cc}]/gu;

/** A text with escapes for what does not show. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

const keyText = (key: string): string => {
  if (key === "__proto__") return '["__proto__"]';
  return /^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key);
};

/** Entries between braces: on one line where that fits behind the `before` characters that are on the line already. */
export function objectOf(
  entries: readonly (readonly [string, string])[],
  indent: string,
  before: number,
): string {
  const written = entries.map(([key, value]) => `${keyText(key)}: ${value}`);
  return between("{ ", written, " }", indent, before);
}

export const listOf = (items: readonly string[], indent: string, before: number): string =>
  between("[", items, "]", indent, before);

function between(
  open: string,
  items: readonly string[],
  close: string,
  indent: string,
  before: number,
): string {
  if (items.length === 0) return (open + close).replace(/ /g, "");
  const line = open + items.join(", ") + close;
  if (!line.includes("\n") && before + line.length <= width) return line;
  const lines = items.map((item) => `${indent}  ${item},\n`);
  return `${open.trim()}\n${lines.join("")}${indent}${close.trim()}`;
}
