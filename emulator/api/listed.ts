import type { ValidateFunction } from "ajv";
import { isObject } from "./body";

/** How many objects are remembered. What is beyond is checked again. */
const most = 20_000;

/**
 * The objects of one kind of list, each of which is checked once for as long as it looks the same: the check of a long list took
 * longer than all else.
 */
export class ListedObjects {
  /** As they were when they passed, by their SIDs. */
  readonly #passed = new Map<string, string>();

  constructor(
    private readonly key: string,
    private readonly validate: ValidateFunction,
  ) {}

  /** The text of an answer of which all objects pass. Undefined where it is no such list, or where one does not pass. */
  textOf(answer: object): string | undefined {
    const parts: string[] = [];
    for (const [key, value] of Object.entries(answer)) {
      if (value === undefined) continue;
      const text = key === this.key ? this.#list(value) : JSON.stringify(value);
      if (text === undefined) return undefined;
      parts.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${parts.join(",")}}`;
  }

  /** The answer without its objects. */
  without(answer: object): object {
    return { ...answer, [this.key]: [] };
  }

  #list(objects: unknown): string | undefined {
    if (!Array.isArray(objects)) return undefined;
    const texts: string[] = [];
    for (const object of objects) {
      const text = this.#passing(object);
      if (text === undefined) return undefined;
      texts.push(text);
    }
    return `[${texts.join(",")}]`;
  }

  #passing(object: unknown): string | undefined {
    const text = JSON.stringify(object);
    const sid = isObject(object) && typeof object.sid === "string" ? object.sid : text;
    if (this.#passed.get(sid) === text) return text;
    if (!this.validate(object)) return undefined;
    if (this.#passed.size === most) this.#passed.clear();
    this.#passed.set(sid, text);
    return text;
  }
}
