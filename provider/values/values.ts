import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

/** What travels between engine and provider: JSON, nothing else. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Values = { [key: string]: Value };

/** The string the engine sends in place of a value that a preview cannot know yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

declare const meaning: unique symbol;
/** A record of one meaning. The compiler tells those of different meanings apart; a plain record can become either. */
type Meaning<Name> = Record<string, unknown> & { readonly [meaning]?: Name };
/** Arguments as a program gives them: in camelCase, nested where the API's answers nest. */
export type Args = Meaning<"arguments">;
/** The API's parameters, flat, under the names the SDK gives them. */
export type Wire = Meaning<"parameters">;

export const pick = <Name>(record: Meaning<Name>, keys: readonly string[]): Meaning<Name> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
export const omit = <Name>(record: Meaning<Name>, keys: readonly string[]): Meaning<Name> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export const isUnknown = (value: unknown): boolean => value === unknown;

/** Whether a text was put together from a value that is not known yet. */
export const holdsUnknown = (text: string): boolean => text.includes(unknown);

export function containsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isRecord(value) ? Object.values(value).some(containsUnknown) : isUnknown(value);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A copy that the wire accepts. `undefined`, functions and symbols are left out, a `Date` becomes its ISO text:
 * the host would fail on each of them, after the remote object was made.
 */
export function toValue(value: unknown): Value | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  // JSON has no -0, and what is compared must be what travels.
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toValue(item) ?? null);
  if (!isRecord(value)) return undefined;
  return toValues(value);
}

export function toValues(record: object): Values {
  // An assignment to a key called __proto__ would set none.
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, item]): [string, Value][] => {
      const value = toValue(item);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Without what means "not given": `undefined`, null, `""`, empty lists and objects that hold nothing else. */
export function compact(record: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    const inner = isRecord(value) ? compact(value) : value;
    if (!isBlank(inner) && !(isRecord(value) && isRecord(inner) && Object.keys(inner).length === 0)) {
      kept[key] = inner;
    }
  }
  return kept;
}

export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.every((item) => item === ""));

/** Equal for Twilio: blanks are alike, everything else is compared by content. */
export const same = (a: unknown, b: unknown): boolean =>
  (isBlank(a) && isBlank(b)) || isDeepStrictEqual(toValue(a), toValue(b));

export type Path = readonly (string | number)[];

export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (isUnknown(at)) return at;
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isRecord(at)) at = at[String(key)];
    else return undefined;
  }
  return at;
}

/** Paths of the leaves of nested records. Lists are leaves, and so is whatever `isLeaf` says. */
export function leaves(
  record: object,
  isLeaf: (path: string[]) => boolean,
  above: string[] = [],
): string[][] {
  return Object.entries(record).flatMap(([key, value]) => {
    const path = [...above, key];
    return isRecord(value) && !isLeaf(path) ? leaves(value, isLeaf, path) : [path];
  });
}

/** A copy with the leaf at `path` set, or taken out when `value` is undefined. */
export function withLeaf(
  record: Record<string, unknown>,
  path: Path,
  value: unknown,
): Record<string, unknown> {
  const [head, ...rest] = path;
  const key = String(head);
  const copy = { ...record };
  if (rest.length > 0) {
    const inner = copy[key];
    copy[key] = withLeaf(isRecord(inner) ? inner : {}, rest, value);
  } else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

/** A stand-in that can be compared but not read back. Equal for equal content, in whatever order its keys are. */
export const hashed = (value: Value): Value =>
  `sha256:${createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex")}`;

/** With the keys of all records in one order. */
export function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
