import { type ProblemCode, problem } from "./problems";
import type { Reference } from "./reference";
import type { Destination, Hop, Way } from "./route";

/** The hops so far. */
export type Trail = Pick<Way, "by" | "hops">;

export const go = (trail: Trail, object: Reference, how: string, problem: Hop["problem"] = null): Trail => ({
  ...trail,
  hops: [...trail.hops, { ...object, how, problem }],
});
export const stop = (trail: Trail, reaches: Destination, end: string): Way[] => [{ ...trail, reaches, end }];

export function fail(
  trail: Trail,
  object: Reference,
  how: string,
  code: ProblemCode,
  message: string,
): Way[] {
  return stop(go(trail, object, how, problem(code, object, message)), "nobody", message);
}

export function missing(trail: Trail, kind: Reference["kind"], sid: string, how: string): Way[] {
  const object = { kind, sid, name: sid };
  return fail(trail, object, how, "missing-object", `${sid} does not exist in this account`);
}

export const named = (kind: Reference["kind"], { sid }: { sid: string }, name: string | null): Reference => ({
  kind,
  sid,
  name: name || sid,
});
/** Where each SID is in a list. The lists of a snapshot do not change, so each is gone through once. */
const positions = new WeakMap<readonly object[], Map<string, number>>();

export function withSid<T extends { sid: string }>(items: readonly T[], wanted: string): T | undefined {
  const known = positions.get(items) ?? new Map(items.map(({ sid }, at) => [sid, at]));
  positions.set(items, known);
  return items[known.get(wanted) ?? -1];
}
