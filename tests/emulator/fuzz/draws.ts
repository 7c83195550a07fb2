import fc from "fast-check";
import type { Known } from "./known";

// Single values, as requests are drawn from them.

/** A value that is only known once earlier requests were answered. */
export type Later = (known: Known, path: string) => unknown;
export const always =
  (value: unknown): Later =>
  () =>
    value;
export const odd = [
  "",
  " ",
  "null",
  "undefined",
  "-1",
  "0",
  "1e400",
  "999999999999999999999",
  "NaN",
  "true",
  "[]",
  "{}",
  '"',
  "{",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../..",
  "%2F",
  "\u0000",
  "\ud83d\ude00",
  "\u202e",
  "é".repeat(300),
  "x".repeat(5000),
  "http://",
  "https://exa mple.com",
  "javascript:alert(1)",
  "PT0S",
  "P1Y",
  "2020-02-30T00:00:00Z",
];

export const pick = fc.nat(1 << 20);
export const taken = (take: (known: Known, number: number, path: string) => unknown): fc.Arbitrary<Later> =>
  pick.map(
    (number): Later =>
      (known, path) =>
        take(known, number, path),
  );
export const oneOf = (...values: unknown[]): fc.Arbitrary<Later> => fc.constantFrom(...values).map(always);

export const wild: fc.Arbitrary<Later> = fc.oneof(
  oneOf(...odd),
  fc.string({ unit: "binary", maxLength: 20 }).map(always),
  fc.json({ maxDepth: 3 }).map(always),
  fc.integer().map(always),
  taken((known, number) => known.sid("", number)),
);

export const text = (key: string): fc.Arbitrary<Later> =>
  fc.oneof(
    { weight: 4, arbitrary: oneOf("a", "Support", "b c", "default", "x") },
    {
      weight: 2,
      arbitrary: taken((known, number) => known.text(key, number)),
    },
    { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map(always) },
  );

export const sid = (prefix: string): fc.Arbitrary<Later> =>
  taken((known, number, path) => known.sid(prefix, number, path));
