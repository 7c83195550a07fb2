import type { Path } from "./values";

/** What keeps a text from being taken for the JSON value that it stands for. */
export interface JsonFault {
  /** Where in the value. Empty where the text is no JSON. */
  readonly path: Path;
  readonly reason: string;
}

/** What a JSON text is read as: no value where it is no JSON, and a fault beside the value where digits were lost. */
export interface ReadJson {
  readonly value?: unknown;
  readonly fault?: JsonFault | undefined;
}

/**
 * Reads a JSON text, which may begin with a byte order mark. `JSON.parse` does not tell where a fault is on every version
 * of Node, and quotes what may hold a credential.
 */
export function readJson(given: string): ReadJson {
  const text = given.replace(/^\uFEFF/, "");
  const reader = new Reader(text);
  try {
    reader.read();
    return { value: JSON.parse(text), fault: reader.inexact };
  } catch (error) {
    if (error instanceof NotJson) return { fault: { path: [], reason: error.message } };
    throw error;
  }
}

/** Where in a value whole numbers are that JavaScript does not tell from their neighbours. */
export function inexactNumbers(value: unknown, path: Path = []): JsonFault[] {
  if (typeof value === "number") {
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? [{ path, reason: inexact(String(value)) }]
      : [];
  }
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...entries].flatMap(([key, item]) => inexactNumbers(item, [...path, key]));
}

/** What to give in place of such a number. */
export const digitsAsText = "it as a text, in quotes";

const inexact = (number: string): string =>
  `the whole number ${number.length <= 40 ? number : `of ${number.length} digits`}, which is beyond 2^53 and would lose digits on the way`;

class NotJson extends Error {}

/** Finds the first fault of a JSON text, by the grammar of https://www.rfc-editor.org/rfc/rfc8259. */
class Reader {
  inexact: JsonFault | undefined;
  #at = 0;

  constructor(private readonly text: string) {}

  read(): void {
    this.#value([]);
    this.#blank();
    if (this.#at < this.text.length) this.#fail("something follows the end of the value");
  }

  #value(path: Path): void {
    this.#blank();
    if (this.#takes("{")) this.#members("}", path, () => this.#key());
    else if (this.#takes("[")) this.#members("]", path, (index) => index);
    else if (this.text[this.#at] === '"') this.#text();
    else if (!this.#takes("true") && !this.#takes("false") && !this.#takes("null")) this.#number(path);
  }

  #members(end: string, path: Path, keyOf: (index: number) => string | number): void {
    this.#blank();
    if (this.#takes(end)) return;
    for (let index = 0; ; index += 1) {
      const key = keyOf(index);
      this.#value([...path, key]);
      this.#blank();
      if (this.#takes(end)) return;
      const comma = this.#at;
      if (!this.#takes(",")) this.#fail(`a comma or ${end} is missing`);
      this.#blank();
      if (this.text[this.#at] === end) this.#fail("nothing follows this comma", comma);
    }
  }

  #key(): string {
    this.#blank();
    if (this.text[this.#at] !== '"') this.#fail("a key in double quotes is missing");
    const key = this.#text();
    this.#blank();
    if (!this.#takes(":")) this.#fail("a colon is missing after the key");
    return key;
  }

  #text(): string {
    const begin = this.#at;
    const body = this.#match(/"(?:[^"\\\p{Cc}]+|[\x7f-\x9f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/uy);
    const after = this.text[this.#at];
    if (after === undefined) this.#fail("this text is never closed", begin);
    if (after === "\\") this.#fail("there is no such escape");
    if (!this.#takes('"')) this.#fail("a text holds no line breaks or other control characters; write \\n");
    return JSON.parse(`${body}"`);
  }

  #number(path: Path): void {
    const begin = this.#at;
    const number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number === "") this.#fail("no value begins here");
    if (/[\w.]/.test(this.text[this.#at] ?? "")) this.#fail("this is no number as JSON writes it", begin);
    if (!Number.isFinite(Number(number))) this.#fail("this number is too large", begin);
    if (/^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number)))
      this.inexact ??= { path, reason: inexact(number) };
  }

  #blank(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #takes(word: string): boolean {
    if (!this.text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #fail(reason: string, at = this.#at): never {
    if (at >= this.text.length) throw new NotJson("it ends too early");
    const before = this.text.slice(0, at).split(/\r\n|\r|\n/);
    throw new NotJson(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${reason}`);
  }
}
