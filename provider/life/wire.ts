import { maskedBeside, mayHoldSecret } from "../values/secrets";
import {
  type Args,
  hashed,
  isBlank,
  leaves,
  same,
  toValue,
  type Values,
  valueAt,
  type Wire,
  withLeaf,
} from "../values/values";
import type { Cannot, Reset, Through, Unmanaged } from "./definition";

/** What this module needs to know of a definition: no types of any one resource. */
export interface Mapping {
  readonly json: readonly string[];
  readonly params: (args: Args) => object;
  readonly reset: { readonly [parameter: string]: Reset };
  /** Parameters that belong to one member of a union, and the parameter that says which member. */
  readonly union?: { readonly prefix: string; readonly on: string; readonly shared?: readonly string[] };
}

const isCannot = (reset: Reset | undefined): reset is Cannot =>
  typeof reset === "object" && "cannot" in reset;
const isThrough = (reset: Reset | undefined): reset is Through =>
  typeof reset === "object" && "through" in reset;
const isUnmanaged = (reset: Reset | undefined): reset is Unmanaged =>
  typeof reset === "object" && "unmanaged" in reset;

/** The parameters that these arguments stand for, without those that they leave open. */
export function wireOf({ params }: Mapping, args: Args): Wire {
  return Object.fromEntries(Object.entries(params(args)).filter(([, value]) => value !== undefined));
}

/** What a parameter is worth when no argument speaks of it: what the last write left there, else the default. */
const resting = ({ reset }: Mapping, baseline: Values, parameter: string): unknown =>
  parameter in baseline ? baseline[parameter] : defaultIn(reset[parameter]);

const defaultIn = (rule: Reset | undefined): unknown =>
  isCannot(rule) || isThrough(rule) || isUnmanaged(rule) ? undefined : rule;

/** The documented defaults, as far as there are any. */
export const defaultsOf = ({ reset }: Pick<Mapping, "reset">): Record<string, unknown> =>
  Object.fromEntries(Object.entries(reset).map(([parameter, rule]) => [parameter, defaultIn(rule)]));

const matches = (value: unknown, wanted: unknown): boolean =>
  isHash(wanted) ? hashed(toValue(value) ?? null) === wanted : same(value, wanted);
const isHash = (value: unknown): boolean => typeof value === "string" && value.startsWith("sha256:");

/** The parameters that an update has to send so that `was` becomes `now`. */
export function changes(mapping: Mapping, was: Wire, now: Wire, baseline: Values): Wire {
  const changed: Wire = {};
  // What one member of a union held says nothing of the other, though they share a name.
  const other = otherMember(mapping, was, now);
  for (const [key, value] of Object.entries(now)) {
    if (other(key) || !matches(value, key in was ? was[key] : resting(mapping, baseline, key)))
      changed[key] = value;
  }
  for (const key of dropped(mapping, was, now)) {
    const rule = mapping.reset[key];
    const value = resting(mapping, baseline, key);
    if (value === undefined && isThrough(rule)) changed[rule.through] = rule.value;
    else if (value !== undefined && !isHash(value) && !same(value, was[key])) changed[key] = value;
  }
  return changed;
}

/** The parameters that no argument speaks of any more, but for those of a union's member that is no longer chosen. */
function dropped(mapping: Mapping, was: Wire, now: Wire): string[] {
  const other = otherMember(mapping, was, now);
  return Object.keys(was).filter((key) => !(key in now) && !other(key));
}

/** Tells the parameters of a union where `was` and `now` are different members of it. */
function otherMember({ union }: Mapping, was: Wire, now: Wire): (key: string) => boolean {
  if (!union || ![was, now].every((wire) => union.on in wire) || same(was[union.on], now[union.on])) {
    return () => false;
  }
  return (key) => key.startsWith(union.prefix) && !union.shared?.includes(key);
}

/** Parameters that somebody has changed and that cannot be put back: of what was there only a hash is kept. */
export const unrestorable = (mapping: Mapping, was: Wire, now: Wire, baseline: Values): string[] =>
  dropped(mapping, was, now).filter((key) => isHash(baseline[key]));

/** Removed arguments that the API has no way to take back, each with the reason. */
export function irremovable(mapping: Mapping, was: Wire, now: Wire): string[] {
  const problems = dropped(mapping, was, now).flatMap((key) => {
    const rule = mapping.reset[key];
    return isCannot(rule) ? [`${argumentOf(mapping, key)}: cannot be removed; ${rule.cannot}`] : [];
  });
  return [...new Set(problems)];
}

/** What people call a parameter: those of a union are one argument. */
const argumentOf = ({ union }: Mapping, key: string): string =>
  union && (key === union.on || key.startsWith(union.prefix)) ? union.prefix.replace(/\.$/, "") : key;

/** What the object holds besides the arguments, where that is not the documented default. */
export function baselineOf(mapping: Mapping, declared: Wire, live: Wire): Values {
  const baseline: Values = {};
  for (const [key, value] of Object.entries(live)) {
    const rule = mapping.reset[key];
    if (key in declared || rule === undefined || isCannot(rule) || isUnmanaged(rule)) continue;
    const kept = toValue(value);
    if (kept === undefined || matches(value, resting(mapping, {}, key))) continue;
    baseline[key] = mayHoldSecret(value) ? hashed(kept) : kept;
  }
  return baseline;
}

/** The parameters in which `there` is not as `wanted`. */
export function differing(wanted: Wire, there: Wire): string[] {
  return Object.keys(wanted).filter((key) => !same(wanted[key], there[key]));
}

/**
 * The arguments as the live object shows them: those that are declared, with the values they have now, and those
 * that are not declared but have moved away from where the last write left them. What somebody else has put there
 * does not show its secrets.
 */
export function observed(mapping: Mapping, declared: Args, live: Args, baseline: Values): Args {
  const isLeaf = (path: string[]) => mapping.json.includes(path.join("."));
  const wanted = wireOf(mapping, declared);
  const other = otherMember(mapping, wanted, wireOf(mapping, live));
  // Some parameters are sent though no argument speaks of them.
  const expected = (key: string) => (key in wanted ? wanted[key] : resting(mapping, baseline, key));
  let shown = live;
  for (const path of leaves(live, isLeaf)) {
    const argument = valueAt(declared, path);
    if (!isBlank(argument)) {
      const now = valueAt(shown, path);
      if (!same(argument, now)) shown = withLeaf(shown, path, maskedBeside(argument, now));
      continue;
    }
    const without = withoutLeaf(shown, path);
    const all = wireOf(mapping, shown);
    const rest = wireOf(mapping, without);
    const moved = Object.keys(all).some(
      (key) =>
        !same(all[key], rest[key]) &&
        (isManaged(mapping, key) || other(key)) &&
        !matches(all[key], expected(key)),
    );
    shown = moved ? withLeaf(shown, path, maskedBeside(undefined, valueAt(shown, path))) : without;
  }
  const there = wireOf(mapping, live);
  const emptied = Object.keys(baseline).filter((key) => !(key in there));
  return emptied.reduce<Args>((all, key) => withLeaf(all, pathOf(key), ""), shown);
}

/** The arguments that an object has to be declared by: without those that say what is so without them. */
export function withoutDefaults(mapping: Mapping, isNeeded: (argument: string) => boolean, live: Args): Args {
  const isLeaf = (path: string[]) => mapping.json.includes(path.join("."));
  let args = live;
  for (const path of leaves(live, isLeaf)) {
    const [argument = ""] = path;
    if (path.length === 1 && isNeeded(argument)) continue;
    const without = withoutLeaf(args, path);
    const all = wireOf(mapping, args);
    const rest = wireOf(mapping, without);
    const keys = Object.keys({ ...all, ...rest });
    const isSaid = keys.some(
      (key) => !matches(all[key], key in rest ? rest[key] : defaultIn(mapping.reset[key])),
    );
    if (!isSaid) args = without;
  }
  return args;
}

/** Parameters that somebody has emptied since the last write: `observed` shows them as such. */
export const emptiedIn = (state: Values, baseline: Values): Wire =>
  Object.fromEntries(
    Object.keys(baseline)
      .filter((key) => valueAt(state, pathOf(key)) === "")
      .map((key) => [key, ""]),
  );

/** Where the argument of a parameter is: arguments bear the parameters' names. */
const pathOf = (parameter: string): string[] => parameter.split(".");

const isManaged = ({ reset }: Mapping, key: string) => !isCannot(reset[key]) && !isUnmanaged(reset[key]);

/** Takes out a leaf, and the records above it that it leaves empty. */
function withoutLeaf(record: Record<string, unknown>, path: string[]): Record<string, unknown> {
  const without = withLeaf(record, path, undefined);
  const above = path.slice(0, -1);
  const parent = valueAt(without, above);
  const empty =
    above.length > 0 && typeof parent === "object" && parent !== null && Object.keys(parent).length === 0;
  return empty ? withoutLeaf(record, above) : without;
}
