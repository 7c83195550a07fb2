// How much room a text takes, without a browser that could be asked. In doubt it is more than the text needs: it is then whole in any font.

const boxHeight = 42;
/** At the left and right of a text, together. */
const padding = 16;
const notePadding = 24;
const nameLine = 15;
const kindLine = 14;
const noteLine = 15;
const aroundName = 13;
const aroundNote = 16;

/** What is drawn of a text: it is whole in the list. */
const upTo = (most: number) => (text: string) => {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
};
export const drawnName = upTo(120);
export const drawnNote = upTo(400);

/** Of a box with a name above its kind. */
export const heightOfBox = (name: string, kind: string, width: number): number =>
  Math.max(
    boxHeight,
    aroundName +
      linesIn(width - padding, 12, bold)(name) * nameLine +
      linesIn(width - padding, 10.5)(kind) * kindLine,
  );

/** Of a note with what is wrong above what to do. */
export const heightOfNote = (text: string, remedy: string | null, width: number): number =>
  Math.max(
    boxHeight,
    aroundNote +
      (linesIn(width - notePadding, 11, bold)(text) +
        (remedy ? linesIn(width - notePadding, 11)(remedy) : 0)) *
        noteLine,
  );

const bold = 1.12;

/**
 * How many lines a text takes. A word that fits into no line is broken: browsers do so at its punctuation, where there is some,
 * but not at all of it, so that there is a line more than needed.
 */
function linesIn(width: number, size: number, weight = 1): (text: string) => number {
  const widthOf = (text: string) => [...text].reduce((sum, one) => sum + emOf(one) * size * weight, 0);
  const space = widthOf(" ");
  return (text) => {
    let [lines, used] = [1, 0];
    const put = (needed: number) => {
      if (used > 0 && used + needed > width) [lines, used] = [lines + 1, 0];
      // Up to one character of each line stays empty.
      const breaks = Math.ceil(Math.max(0, needed - width) / (width - size));
      lines += breaks;
      used += needed - breaks * (width - size);
    };
    const words = text.split(/\s+/);
    const isTooLong = (word: string) => widthOf(word) > width;
    for (const word of words) {
      const pieces = isTooLong(word) ? (word.match(/[\p{L}\p{N}]*[^\p{L}\p{N}]*/gu) ?? []) : [word];
      for (const piece of pieces) put(widthOf(piece));
      used += space;
    }
    return words.some(isTooLong) ? lines + 1 : lines;
  };
}

/** Of a character, in the widest of the usual fonts. */
function emOf(character: string): number {
  if (/[iIjlftr .,:;'!|()[\]/\\-]/.test(character)) return 0.44;
  if (/[mwMW@%…]/.test(character)) return 1;
  if (/[\p{Lu}+=<>#&^~]/u.test(character)) return 0.85;
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 0.64 : 1.2;
}
