import type { Twilio } from "twilio";
import type { ConfigurationInstance } from "twilio/lib/rest/flexApi/v1/configuration";
import type { Facets, Surroundings } from "../life/definition";
import { isRecord, type Path, valueAt, type Wire, withLeaf } from "../values/values";

/**
 * How the arguments of `FlexConfiguration` and the keys of the configuration stand for each other. An object that is
 * merged is owned leaf by leaf, each a parameter named by its path: `uiAttributes.theme.baseName`. Beside it, for each
 * object above, a parameter says that there is an object at all (`uiAttributes.theme?`), so that what was made where
 * Twilio had null or a plain value goes back to that.
 */

type Json = Record<string, unknown>;
type Args = { readonly mode?: unknown } & Json;

/** An object that is not merged, a list and a plain value are one facet each, also where it is empty by now. */
export function facets({ mode, ...args }: Args, owned: readonly string[]): Facets {
  const given = Object.entries(args).flatMap(([key, value]): [string, readonly string[]][] =>
    isRecord(value) && isMerged(key, mode, owned)
      ? leavesIn(key, value, owned).map((leaf) => [named(leaf.path), parametersOf(leaf)])
      : [[key, [key]]],
  );
  const emptied = owned
    .map(pathOf)
    .filter(([key = ""]) => !(key in args))
    .map((path): [string, readonly string[]] => [named(path), parametersOf({ path, isObject: false })]);
  return Object.fromEntries([...given, ...emptied].map(([facet, parameters]) => [facet, { parameters }]));
}

/** What was written in one mode is owned in it until the next write. */
function isMerged(key: string, mode: unknown, owned: readonly string[]): boolean {
  if (owned.some((facet) => facet.startsWith(`${key}.`))) return true;
  return !owned.includes(key) && mode !== "replace";
}

interface Leaf {
  readonly path: string[];
  /** An empty object says only that there is an object. */
  readonly isObject: boolean;
}

/** An object that is empty now keeps the leaves that were set in it: a write whose answer was lost may have set them. */
const leavesIn = (key: string, value: Json, owned: readonly string[]): Leaf[] =>
  Object.keys(value).length > 0
    ? leavesOf(value, [key])
    : owned
        .filter((facet) => facet.startsWith(`${key}.`))
        .map((facet) => ({ path: pathOf(facet), isObject: false }));

function leavesOf(value: Json, above: string[]): Leaf[] {
  return Object.entries(value).flatMap(([key, inner]): Leaf[] => {
    const path = [...above, key];
    const isObject = isRecord(inner);
    return isObject && Object.keys(inner).length > 0 ? leavesOf(inner, path) : [{ path, isObject }];
  });
}

/** A leaf's own parameter, and one for each object above it. */
const parametersOf = ({ path, isObject }: Leaf): string[] => [
  isObject ? presenceOf(named(path)) : named(path),
  ...objectsAbove(path),
];

const objectsAbove = (path: string[]): string[] =>
  path.slice(1).map((_, depth) => presenceOf(named(path.slice(0, depth + 1))));

/** A key may hold a dot of its own. */
const named = (path: Path): string =>
  path.map((key) => String(key).replace(/~/g, "~0").replace(/\./g, "~1")).join(".");
const pathOf = (name: string): string[] =>
  name.split(".").map((key) => key.replace(/~1/g, ".").replace(/~0/g, "~"));

const presenceOf = (name: string) => `${name}?`;
const isPresence = (parameter: string) => parameter.endsWith("?");

export function params({ mode: _, ...args }: Args, { facets }: Surroundings): Wire {
  const wire: Wire = {};
  for (const facet of facets) {
    const path = pathOf(facet);
    const value = valueAt(args, path);
    if (path.length > 1 && isRecord(value)) wire[presenceOf(facet)] = true;
    else wire[facet] = value;
    for (const parameter of objectsAbove(path)) wire[parameter] = true;
  }
  return wire;
}

/** Every value whole and, where it is an object, what is in it, at every depth. */
export function held(configuration: ConfigurationInstance): Wire {
  const wire: Wire = {};
  const add = (path: string[], value: unknown) => {
    const name = named(path);
    wire[name] = value;
    wire[presenceOf(name)] = isRecord(value) || value;
    if (isRecord(value)) for (const [key, inner] of Object.entries(value)) add([...path, key], inner);
  };
  for (const [key, value] of Object.entries(configuration.toJSON())) add([key], value);
  return wire;
}

export function live(held: Wire, { facets }: Surroundings, args: Args | undefined): Json {
  if (args === undefined)
    return Object.fromEntries(Object.entries(held).filter(([key]) => !key.includes(".") && !isPresence(key)));
  let shown: Json = {};
  for (const facet of facets) {
    const path = pathOf(facet);
    const isObject = path.length > 1 && isRecord(valueAt(args, path));
    if (isObject && held[presenceOf(facet)] === true) shown = withLeaf(shown, path, {});
    else if (facet in held) shown = withLeaf(shown, path, held[facet]);
    else if (valueAt(shown, path.slice(0, 1)) === undefined) shown = { ...shown, [path[0] ?? ""]: {} };
  }
  return shown;
}

/** The API takes an object whole, so that what is given goes into the one that is there now. */
export async function update(
  twilio: Twilio,
  accountSid: string,
  changed: Wire,
): Promise<ConfigurationInstance> {
  const configuration = twilio.flexApi.v1.configuration();
  const there: Json = { ...(await configuration.fetch()).toJSON() };
  const keys = Object.keys(changed).map((parameter) => pathOf(parameter.replace(/\?$/, ""))[0] ?? "");
  let values: Json = Object.fromEntries(Object.entries(there).filter(([key]) => keys.includes(key)));
  for (const [parameter, value] of Object.entries(changed))
    if (!isPresence(parameter)) values = withLeaf(values, pathOf(parameter), value);
  for (const [parameter, value] of presences(changed)) {
    const path = pathOf(parameter.slice(0, -1));
    const now = valueAt(values, path);
    if (value === true && !isRecord(now)) values = withLeaf(values, path, {});
    const isEmpty = now === undefined || (isRecord(now) && Object.keys(now).length === 0);
    if (value !== true && isEmpty) values = withLeaf(values, path, path.length > 1 ? value : (value ?? null));
  }
  return configuration.update({ account_sid: accountSid, ...inSnakeCase(values) });
}

/** The deepest objects first: one that holds only emptied ones is empty, too. */
const presences = (changed: Wire) =>
  Object.entries(changed)
    .filter(([parameter]) => isPresence(parameter))
    .sort(([a], [b]) => pathOf(b).length - pathOf(a).length);

export function inSnakeCase(values: Json): Json {
  const entries = Object.entries(values).map(([key, value]): [string, unknown] => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return Object.fromEntries(entries);
}
