import { isRecord } from "../../values/values";
import { parsed, type Stack } from "./stack";

/** The key that marks a secret in a state. */
const signature = "4dabf18193072939515e22adb298388d";

/** Shorter ones are no secrets, and would be found in every text. */
const shortest = 6;

/** Every secret text of a stack, in its configuration and its state. */
export function secretsOf({ config, exported }: Stack): string[] {
  const inConfig = [...config.values()].filter(({ isSecret }) => isSecret).map(({ value }) => value);
  const found = [...inConfig.flatMap(textsIn), ...marked(parsed(exported)).flatMap(textsIn)];
  return [...new Set(found)].filter(({ length }) => length >= shortest).sort((a, b) => b.length - a.length);
}

function marked(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (!isRecord(value)) return [];
  if (signature in value && typeof value.plaintext === "string") return [parsed(value.plaintext)];
  return Object.values(value).flatMap(marked);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.values(isRecord(value) ? value : {}).flatMap(textsIn);
}

/** A copy in which `hide` has been at each text. */
export function withEachText<Value>(value: Value, hide: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? hide(inner) : inner,
  );
}

/** SIDs and numbers are no secrets, wherever else they stand. */
export const hiding = (secrets: readonly string[]) => (text: string) =>
  secrets.reduce(
    (rest, secret) => (/^([A-Z]{2}[0-9a-f]{32}|\+\d+)$/.test(secret) ? rest : withoutOne(rest, secret)),
    text,
  );

/** The emulator's own token is also the end of its SIDs. */
const withoutOne = (text: string, secret: string): string =>
  text
    .split(secret)
    .reduce((before, after) => `${before}${/\b[A-Z]{2}$/.test(before) ? secret : "[secret]"}${after}`);
