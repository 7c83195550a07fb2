import { isObject } from "../api/body";

/** One place where the emulator answers otherwise than an example. */
export interface Difference {
  /** Where in the answer: `meta.key`, `integration.flow_sid`. Places in lists are not told apart. */
  key: string;
  kind: "missing" | "extra" | "type" | "value";
  theirs?: unknown;
  ours?: unknown;
}

/** Whether request or seed say what must be at `key`; elsewhere type and form have to be the same. */
export type IsDetermined = (key: string) => boolean;

export function compare(theirs: unknown, ours: unknown, isDetermined: IsDetermined, key = ""): Difference[] {
  if (isObject(theirs) && isObject(ours)) {
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((name): Difference[] => {
      const inner = key === "" ? name : `${key}.${name}`;
      if (!Object.hasOwn(ours, name)) return [{ key: inner, kind: "missing", theirs: theirs[name] }];
      if (!Object.hasOwn(theirs, name)) return [{ key: inner, kind: "extra", ours: ours[name] }];
      return compare(theirs[name], ours[name], isDetermined, inner);
    });
  }
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    const isAlike = isDetermined(key)
      ? theirs.length === ours.length
      : (theirs.length === 0) === (ours.length === 0);
    if (!isAlike) return [{ key, kind: "value", theirs, ours }];
    return ours
      .slice(0, theirs.length)
      .flatMap((item, index) => compare(theirs[index], item, isDetermined, key));
  }
  if (formOf(theirs) !== formOf(ours)) return [{ key, kind: "type", theirs, ours }];
  if (isAddress(key)) return shapeOf(theirs) === shapeOf(ours) ? [] : [{ key, kind: "value", theirs, ours }];
  return isDetermined(key) && theirs !== ours ? [{ key, kind: "value", theirs, ours }] : [];
}

/** Addresses of objects and pages, unlike URLs that somebody has set. */
const isAddress = (key: string) => /(^|\.)(url|uri|\w+_page_ur[li]|(links|subresource_uris)\.\w+)$/.test(key);

/** An address without what is different each time. */
const shapeOf = (value: unknown) =>
  String(value)
    .replace(/[0-9a-f]{32}/g, "…")
    .replace(/\?.*$/, "");

const forms: readonly (readonly [name: string, form: RegExp])[] = [
  ["date in ISO 8601", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
  ["date in RFC 2822", /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/],
];

function formOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value !== "string") return typeof value;
  const [, prefix] = /^([A-Z]{2})[0-9a-f]{32}$/.exec(value) ?? [];
  return prefix ?? forms.find(([, form]) => form.test(value))?.[0] ?? "text";
}
