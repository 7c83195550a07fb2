import { isObject } from "../api/body";
/** An object as an answer shows it. */
export type Json = Record<string, unknown>;

/** Where the objects of one kind are kept, and how. */
export interface Kind {
  /** Key of an account seed; `""` where nothing in an account stands for the object. */
  kept: string;
  /** The part of an account seed that brings about what an answer shows. */
  seed: (shown: Json, exampleOf: ExampleOf) => Json;
  /** Objects of other kinds that the answer tells of, or that it takes to make such an object. */
  besides?: Besides[];
  /** Key of what must not be there. */
  apartFrom?: string;
  /** Whether lists begin with what was made first. */
  isOldestFirst?: boolean;
  /** What an update finds where it is going to change something, unless what the first example has. */
  before?: Json;
}

interface Besides {
  kind: string;
  /** In what the object differs from the documents' own example of its kind. */
  as: (shown: Json) => Json;
}

/** What the documents show of another kind. */
type ExampleOf = (kind: string) => Json;

export const without = (object: Json, keys: string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

export const objectAt = (object: Json, key: string): Json => {
  const value = object[key];
  return isObject(value) ? value : {};
};

const addresses = ["url", "uri", "links", "subresource_uris"];

/** As it is kept: without addresses, and with ISO 8601 dates whatever the API shows. */
export function recordOf(shown: Json): Json {
  const entries = Object.entries(without(shown, addresses)).map(([key, value]) => {
    const isRfc2822 = key.startsWith("date_") && typeof value === "string" && value.endsWith(" +0000");
    return [key, isRfc2822 ? new Date(value).toISOString().replace(".000Z", "Z") : value];
  });
  return Object.fromEntries(entries);
}

interface Difference extends Pick<Kind, "besides" | "apartFrom" | "isOldestFirst" | "before"> {
  /** What answers show beside the record. */
  derived?: string[];
  /** What records hold and examples leave out. */
  added?: Json;
}

/** Kinds by document and path: of a list without `.json`, of what is there once the path itself. */
export type Kinds = Readonly<Record<string, Kind>>;

/** Objects that are kept as they are shown, but for that difference. */
export const objects = (kept: string, { derived = [], added = {}, ...others }: Difference = {}): Kind => ({
  ...others,
  kept,
  seed: (shown) => ({
    [kept]: { [String(shown.sid)]: { ...added, ...without(recordOf(shown), derived) } },
  }),
});

/** What is there once in an account. */
export const single = (kept: string): Kind => ({ kept, seed: (shown) => ({ [kept]: recordOf(shown) }) });

/** A view of what another kind has in whole. */
export const viewOf = (kind: string, whole: Kind, translate: (shown: Json) => Json): Kind => ({
  kept: whole.kept,
  seed: (shown, exampleOf) => whole.seed({ ...exampleOf(kind), ...translate(shown) }, exampleOf),
});

/** Nothing in an account stands for it. */
export const nothing: Kind = { kept: "", seed: () => ({}) };
