import { isRecord, type Path } from "../values/values";

/** What a definition may name in place of a SID, with the letters that such a SID begins with. */
const nameable = {
  workflow: "WW",
  "task-channel": "TC",
  "task-queue": "WQ",
  workspace: "WS",
  flow: "FW",
  "conversations-service": "IS",
  "messaging-service": "MG",
  "proxy-service": "KS",
  number: "PN",
} as const;
export type Nameable = keyof typeof nameable;

export const kinds = Object.keys(nameable).filter(isNameable);

function isNameable(word: string): word is Nameable {
  return Object.hasOwn(nameable, word);
}

/** The kind of object that a SID is of, as far as definitions name it. */
export const kindOf = (sid: string): Nameable | undefined =>
  kinds.find((kind) => nameable[kind] === sid.slice(0, 2));

/** A text such as `sid:workflow/Support`. */
export interface Mention {
  readonly path: Path;
  /** What is before the slash, which need not be a kind. */
  readonly word: string;
  readonly kind: Nameable | undefined;
  /** As `sids` of `flowFromFile` has it: `workflow/Support`. */
  readonly key: string;
  readonly name: string;
}

/** A SID in a definition, wherever it is. */
export interface Place {
  readonly path: Path;
  readonly sid: string;
  /** Whether it is a value of its own, and not a part of a longer text or a key. */
  readonly isWhole: boolean;
}

/** What a text says literally that would be taken for a name otherwise. */
const literally = "text";

const mark = "sid:";
const mention = /^sid:(([a-z-]+)\/(.+))$/s;
const wholeSid = /^[A-Z]{2}[0-9a-fA-F]{32}$/;
const anySid = /(?<![0-9A-Za-z])[A-Z]{2}[0-9a-fA-F]{32}(?![0-9A-Za-z])/g;

export const isSid = (text: string): boolean => wholeSid.test(text);

/** The key under which `sids` has a name, which may also be given as it is in the file. */
export const keyOf = (given: string): string => (given.startsWith(mark) ? given.slice(mark.length) : given);

export const keyFor = (kind: Nameable, name: string): string => `${kind}/${name}`;

/** Whether a text is a key of `sids`: a kind with a name, or a SID. */
export const isKey = (text: string): boolean => {
  const [, , word = ""] = mention.exec(mark + text) ?? [];
  return isNameable(word) || isSid(text);
};

/** The letters that the SID behind such a key begins with. */
export function prefixOf(key: string): string {
  const [, , word = ""] = mention.exec(mark + key) ?? [];
  return isNameable(word) ? nameable[word] : key.slice(0, 2);
}

/** All names in a definition. */
export function mentionsIn(definition: unknown): Mention[] {
  const found: Mention[] = [];
  withTexts(definition, (text, path) => {
    const [, key, word, name] = mention.exec(text) ?? [];
    if (key === undefined || word === undefined || name === undefined || word === literally) return text;
    found.push({ path, word, kind: isNameable(word) ? word : undefined, key, name });
    return text;
  });
  return found;
}

/** All SIDs in a definition. */
export function sidsIn(definition: unknown): Place[] {
  const found: Place[] = [];
  withTexts(
    definition,
    (text, path) => {
      for (const [sid] of text.matchAll(anySid)) found.push({ path, sid, isWhole: sid === text });
      return text;
    },
    (key, path) => {
      for (const [sid] of key.matchAll(anySid)) found.push({ path, sid, isWhole: false });
    },
  );
  return found;
}

/** With names in place of those SIDs that have one. */
export const portable = (definition: unknown, keyBySid: ReadonlyMap<string, string>): unknown =>
  withTexts(definition, (text) => {
    const key = keyBySid.get(text);
    if (key !== undefined) return mark + key;
    return mention.test(text) ? `${mark}${literally}/${text}` : text;
  });

/** With SIDs in place of those names that have one, and in place of SIDs that are not to stay, also inside texts. */
export const resolved = (definition: unknown, sidByKey: ReadonlyMap<string, string>): unknown =>
  withTexts(definition, (text) => {
    const [, key = "", word, name] = mention.exec(text) ?? [];
    if (word === literally) return name;
    return sidByKey.get(key) ?? text.replace(anySid, (sid) => sidByKey.get(sid) ?? sid);
  });

/** A copy in which each text is what `change` makes of it. */
function withTexts(
  value: unknown,
  change: (text: string, path: Path) => unknown,
  onKey: (key: string, path: Path) => void = () => {},
  path: Path = [],
): unknown {
  if (typeof value === "string") return change(value, path);
  if (Array.isArray(value))
    return value.map((item, index) => withTexts(item, change, onKey, [...path, index]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      onKey(key, [...path, key]);
      return [key, withTexts(item, change, onKey, [...path, key])];
    }),
  );
}
