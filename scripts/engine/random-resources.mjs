import { randomBytes, randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { adjectives, adverbs, animals } from "./pet-words.mjs";

/** @typedef {Record<string, unknown>} Properties */
/** @typedef {{ property: string, reason: string }} Fault */
/**
 * `settled` gives arguments their defaults; `faults` says what is wrong with settled ones that are all known; `make` gives
 * everything that comes to be, `id` included, and `outputs` names what of that is no argument; `find` gives what an object
 * with this id must have come from. A kind's own arguments have their types once `types` has been checked.
 *
 * @typedef {{
 *   types: Record<string, string>,
 *   settled(args: Properties): Properties,
 *   faults(args: Properties): Fault[],
 *   make(args: Properties): Properties,
 *   outputs: string[],
 *   find?(id: string): Properties,
 * }} Kind
 */
/** @typedef {{ length: number, prefix?: string, separator: string }} PetArgs */
/** @typedef {{ byteLength: number, prefix?: string }} IdArgs */
/** @typedef {"minLower" | "minNumeric" | "minSpecial" | "minUpper"} Minimum */
/** @typedef {"lower" | "numeric" | "special" | "upper"} CharacterClass */
/**
 * @typedef {Record<Minimum, number> & Record<CharacterClass, boolean> &
 *   { length: number, number: boolean, overrideSpecial?: string }} StringArgs
 */

/** The engine's word for a value that is not known before `up`; `@pulumi/pulumi/runtime/rpc` has it too. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const common = { keepers: "strings" };

/** @type {Kind} */
const pet = {
  types: { ...common, length: "whole", prefix: "string", separator: "string" },
  settled: (args) => ({ ...args, length: args.length ?? 2, separator: args.separator ?? "-" }),
  faults: (/** @type {PetArgs} */ { length }) =>
    length < 1 ? [{ property: "length", reason: "must be at least 1" }] : [],
  make: (/** @type {PetArgs} */ { length, prefix, separator }) => {
    const before = Array.from({ length: Math.max(0, length - 2) }, () => oneOf(adverbs));
    const name = [...before, ...(length > 1 ? [oneOf(adjectives)] : []), oneOf(animals)];
    return { id: [...(prefix ? [prefix] : []), ...name].join(separator) };
  },
  outputs: ["id"],
};

/** @type {Kind} */
const id = {
  types: { ...common, byteLength: "whole", prefix: "string" },
  settled: (args) => args,
  faults: (/** @type {IdArgs} */ { byteLength }) =>
    byteLength >= 1 ? [] : [{ property: "byteLength", reason: "is needed, and must be at least 1" }],
  make: (/** @type {IdArgs} */ { byteLength, prefix }) => written(randomBytes(byteLength), prefix),
  outputs: ["id", "hex", "dec", "b64Std", "b64Url"],
  find: (given) => {
    const at = given.lastIndexOf(",");
    const prefix = given.slice(0, Math.max(0, at));
    const bytes = Buffer.from(given.slice(at + 1), "base64url");
    if (bytes.length === 0 || bytes.toString("base64url") !== given.slice(at + 1)) {
      throw new Error(
        `A RandomId is imported by its b64Url, with its prefix and a comma before it: not by "${given}".`,
      );
    }
    return { byteLength: bytes.length, ...(prefix && { prefix }), ...written(bytes, prefix) };
  },
};

/** The `id` is without the prefix, everything else with it. */
function written(/** @type {Buffer} */ bytes, prefix = "") {
  const hex = bytes.toString("hex");
  return {
    id: bytes.toString("base64url"),
    hex: prefix + hex,
    dec: `${prefix}${BigInt(`0x${hex}`)}`,
    b64Std: prefix + bytes.toString("base64"),
    b64Url: prefix + bytes.toString("base64url"),
  };
}

const lowerCase = "abcdefghijklmnopqrstuvwxyz";
/** @type {Minimum[]} */
const minima = ["minLower", "minNumeric", "minSpecial", "minUpper"];
/** @type {CharacterClass[]} */
const classes = ["lower", "numeric", "special", "upper"];

/** @type {Kind} */
const string = {
  types: {
    ...common,
    length: "whole",
    ...Object.fromEntries(classes.map((name) => [name, "boolean"])),
    number: "boolean",
    ...Object.fromEntries(minima.map((name) => [name, "whole"])),
    overrideSpecial: "string",
  },
  // `number` is the older name of `numeric`.
  settled: (args) => {
    const numeric = args.numeric ?? args.number ?? true;
    const defaults = { lower: true, special: true, upper: true, number: numeric, numeric };
    return { ...Object.fromEntries(minima.map((name) => [name, 0])), ...defaults, ...args };
  },
  faults: (/** @type {StringArgs} */ args) => {
    const { length } = args;
    const least = minima.reduce((sum, name) => sum + args[name], 0);
    const none = classes.every((name) => !args[name]);
    return [
      ...(length >= 1 ? [] : [{ property: "length", reason: "is needed, and must be at least 1" }]),
      ...minima
        .filter((name) => args[name] < 0)
        .map((property) => ({ property, reason: "must not be negative" })),
      ...(length < least
        ? [
            {
              property: "length",
              reason: `is ${length}, less than the ${least} characters that are asked for`,
            },
          ]
        : []),
      ...(none && length > least ? [{ property: "length", reason: "no kind of character is allowed" }] : []),
      ...(args.number === args.numeric
        ? []
        : [{ property: "number", reason: "is the older name of `numeric` and must not differ from it" }]),
    ];
  },
  make: (/** @type {StringArgs} */ args) => {
    const sets = [
      lowerCase,
      "0123456789",
      args.overrideSpecial || "!@#$%&*()-_=+[]{}<>:?",
      lowerCase.toUpperCase(),
    ];
    const some = (/** @type {string} */ set, /** @type {number} */ count) =>
      Array.from({ length: count }, () => oneOf([...set]));
    const needed = minima.flatMap((name, index) => some(sets[index], args[name]));
    const allowed = sets.filter((_, index) => args[classes[index]]).join("");
    const result = shuffled([...needed, ...some(allowed, args.length - needed.length)]).join("");
    return { id: result, result, ...stringFormat };
  },
  outputs: ["id", "result", "__meta"],
  find: (result) => ({
    ...string.settled({ length: [...result].length }),
    id: result,
    result,
    ...stringFormat,
  }),
};

/** Tells the plugin that this stands in for how the state is laid out, for the day it takes the stack over. */
const stringFormat = { __meta: '{"schema_version":"2"}' };

/** @type {Record<string, Kind>} */
const kinds = {
  "random:index/randomPet:RandomPet": pet,
  "random:index/randomId:RandomId": id,
  "random:index/randomString:RandomString": string,
};

/** @returns {Kind | undefined} */
export const kindOf = (/** @type {string} */ type) => (Object.hasOwn(kinds, type) ? kinds[type] : undefined);

/** @returns {Fault[]} */
export function check(/** @type {Kind} */ kind, /** @type {Properties} */ args) {
  const wrong = Object.entries(args).flatMap(([property, value]) => {
    const type = kind.types[property];
    if (!type) return [{ property, reason: "there is no such argument" }];
    return is[type](value)
      ? []
      : [
          {
            property,
            reason: `must be ${type === "strings" ? "a map of strings" : `a ${type === "whole" ? "whole number" : type}`}`,
          },
        ];
  });
  if (wrong.length > 0 || Object.values(args).includes(unknown)) return wrong;
  return kind.faults(kind.settled(args));
}

/** The arguments in which what is asked for differs from what there is. Each of them asks for another object. */
export function differing(
  /** @type {Kind} */ kind,
  /** @type {Properties} */ state,
  /** @type {Properties} */ args,
) {
  const wanted = kind.settled(args);
  return Object.keys(kind.types).filter(
    (name) => !isDeepStrictEqual(plain(state[name]), plain(wanted[name])),
  );
}

/** The state of a new object. In a preview what is random is not known. */
export function create(/** @type {Kind} */ kind, /** @type {Properties} */ args, preview = false) {
  const settled = kind.settled(args);
  const made = preview ? Object.fromEntries(kind.outputs.map((name) => [name, unknown])) : kind.make(settled);
  return { ...settled, ...made };
}

/** The arguments in a state. */
export function argumentsIn(/** @type {Kind} */ kind, /** @type {Properties} */ state) {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !kind.outputs.includes(name)));
}

/** @type {Record<string, (value: unknown) => boolean>} */
const is = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean" || value === unknown,
  whole: (value) => Number.isInteger(value) || value === unknown,
  strings: (value) =>
    value === unknown ||
    (typeof value === "object" && value !== null && Object.values(value).every(is.string)),
};

/** Nothing, an empty text and an empty map are the same. */
function plain(/** @type {unknown} */ value) {
  return value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0)
    ? undefined
    : value;
}

/** @template T */
function oneOf(/** @type {T[]} */ choices) {
  return choices[randomInt(choices.length)];
}

/** Each order is as likely as any other. */
function shuffled(/** @type {string[]} */ list) {
  for (let last = list.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}
