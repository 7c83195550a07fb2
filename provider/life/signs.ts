import { hashed, toValue, type Value, type Values, type Wire } from "../values/values";

/*
 * A sign tells whether something still holds what a write left there. Where nobody knows whether a write was carried out,
 * a list of signs stands for what it sent and what was there before.
 */

export const signOf = (wire: Wire, key: string): Value => hashed(toValue(wire[key]) ?? null);

export const signsOf = (wire: Wire, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, signOf(wire, key)]));

export const listed = (sign: Value | undefined): Value[] => {
  if (sign === undefined) return [];
  return Array.isArray(sign) ? sign : [sign];
};

/** The signs after a write of which nobody knows whether it was carried out. */
export const either = (last: Values, sent: Values): Values => {
  const both = Object.entries(sent).map(([key, sign]): [string, Value] => [
    key,
    [...new Set([...listed(last[key]), ...listed(sign)])],
  ]);
  return { ...last, ...Object.fromEntries(both) };
};

/** What may hold either of several. */
export const openIn = (signs: Values): string[] =>
  Object.keys(signs).filter((key) => listed(signs[key]).length > 1);
