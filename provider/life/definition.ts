import type { Twilio } from "twilio";
import type { z } from "zod";
import type { Controlling, Declared, Plain } from "../values/args";
import type { Unsettled } from "../values/errors";
import type { Rule } from "../values/validate";
import type { Values } from "../values/values";

/** A class may let out what the API wants, because the create fills it in. */
export type Without<Params, Key extends keyof Params> = Omit<Params, Key> & Partial<Pick<Params, Key>>;

type Optional<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];

/** Every key there, however deep: two types that agree on this form name the same keys. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T;

/** A schema that names exactly the keys of `Args`, or an error at compile time. */
export type SchemaOf<Args, Schema extends z.ZodObject> = [Whole<z.output<Schema>>] extends [
  Whole<Plain<Args>>,
]
  ? [Whole<Plain<Args>>] extends [Whole<z.output<Schema>>]
    ? Schema
    : { "missing or misspelt in the schema": Exclude<keyof Args, keyof z.output<Schema>> }
  : { "not an argument, or of another type": Exclude<keyof z.output<Schema>, keyof Args> };

/**
 * How an optional parameter goes back to what it is when it was never given.
 * A value is sent as such and is also the documented default. `cannot` refuses the removal in preview.
 * `unmanaged` leaves whatever is there. `through` sends another parameter in its place.
 */
export type Reset = string | number | boolean | string[] | EmptyJson | Cannot | Unmanaged | Through;
/** Of free-form JSON. */
type EmptyJson = Readonly<Record<string, never>>;
export interface Cannot {
  readonly cannot: string;
}
export interface Unmanaged {
  readonly unmanaged: true;
}
export interface Through {
  readonly through: string;
  readonly value: string;
}
export const cannot = (why: string): Cannot => ({ cannot: why });
export const unmanaged: Unmanaged = { unmanaged: true };
export const through = (parameter: string, value: string): Through => ({ through: parameter, value });

/** The API's parameters, flat, under the names the SDK gives them. */
export type Wire = Record<string, unknown>;

/** What an answer says about each argument. Every key must be there, so that none is forgotten. */
type Live<Args> = { [Key in keyof Required<Args>]: Plain<Args>[Key] | undefined | null };

/** What a class uses of Twilio's documents, from which `docs/coverage.md` is made. */
export interface Coverage {
  /** Operation ids by the document's name: `{ flex_v1: ["CreateFlexFlow", …] }`. */
  readonly operations: { readonly [document: string]: readonly string[] };
  /** Arguments that bear another name than their parameter: `{ PhoneNumberSid: "phoneNumberSid" }` needs none. */
  readonly renamed?: { readonly [parameter: string]: string };
  /** Parameters that no argument stands for, each with the reason. */
  readonly leftOut?: { readonly [parameter: string]: string };
}

/** What a definition says whether its objects come and go or are always there. */
interface Common<Args> {
  /** How messages call such an object. */
  readonly label: string;
  readonly api: Coverage;
  readonly rules?: readonly Rule[];
  /** Free-form JSON: compared by value, never looked into. */
  readonly json?: readonly (keyof Args & string)[];
  /** What looks like an argument and is none, with the reason. */
  readonly notArguments?: { readonly [key: string]: string };
}

/** An object that is created and deleted. */
export interface ObjectDefinition<Args, Params extends object, Answer> extends Common<Args> {
  /** Arguments that the API takes at the create only. A change replaces the object. */
  readonly createOnly?: readonly (keyof Args & string)[];
  /** The create-only arguments of which one is given, to name what is meant. Beside another one, an output of that name is none. */
  readonly naming?: readonly (keyof Args & string)[];
  /** The naming arguments by which a different object is meant than the one with this id and state. */
  readonly otherTarget?: (args: Declared<Args>, id: string, state: Values) => (keyof Args & string)[];
  /** Arguments that no answer shows: what was declared last is all that is known of them. */
  readonly unseen?: readonly (keyof Args & string)[];
  readonly params: (args: Declared<Args>) => Params;
  readonly live: (answer: Answer) => Live<Omit<Args, Controlling>>;
  /** One rule for each parameter that the API lets out. */
  readonly reset: { [Key in Optional<Params>]: Reset };
  /**
   * Parameters that belong to one member of a union, by their prefix, but for those that are shared, and the parameter
   * that says which member.
   */
  readonly union?: {
    readonly prefix: string;
    readonly on: keyof Params & string;
    readonly shared?: readonly (keyof Params & string)[];
  };
  /** The values besides the arguments that other resources need. Their keys exist on the class from the start. */
  readonly computed?: { readonly [key: string]: (answer: Answer) => unknown };
  /** The computed values that are secret. */
  readonly secrets?: readonly string[];
  /** What only the API can tell before a write: a refusal, in preview where the API may be asked. */
  readonly inspect?: (twilio: Twilio, args: Declared<Args>, was: Declared<Args> | undefined) => Promise<void>;
  /** What a person should know who declares this, though it works. A warning in preview; an adopted object keeps what is not declared. */
  readonly caution?: (args: Declared<Args>) => string | undefined;
  /** Only the account's auth token may do this, no API key. */
  readonly needsAuthToken?: true;
  /** A SID, or `parent/child` with the ids of both. */
  readonly id: (answer: Answer) => string;
  /** The id of the parent, where an object lives in another one. */
  readonly within?: (args: Declared<Args>) => string;
  /** How a person tells such objects apart; undefined where nothing does. */
  readonly naturalKey?: (args: Declared<Args>) => string | undefined;
  /** The codes by which the API refuses a second object with the same natural key. */
  readonly duplicate?: readonly number[];
  /** The objects of this kind that `args` could mean. */
  readonly list: (twilio: Twilio, args: Declared<Args>) => Promise<Answer[]>;
  /** What a new object gets where the arguments are silent. `name` is the resource's Pulumi name. */
  readonly onCreate?: (name: string) => Partial<Params>;
  readonly createdAt: (answer: Answer) => Date | null;
  /**
   * Settles once, before the object is made, what only the API can tell: which of several numbers is bought. `isLeaving`
   * tells the objects that this run replaces.
   */
  readonly choose?: (
    twilio: Twilio,
    params: Params,
    args: Declared<Args>,
    isLeaving: (id: string) => boolean,
  ) => Promise<Params>;
  readonly create: (twilio: Twilio, params: Params, args: Declared<Args>) => Promise<Answer>;
  /** What stands in the way of a create that was refused with this code, and what to do. */
  readonly obstacle?: (twilio: Twilio, args: Declared<Args>, code: number) => Promise<string | undefined>;
  /** The only parameters that the create takes; the others follow by an update. */
  readonly createTakes?: readonly (keyof Params & string)[];
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  /** Absent where the API changes nothing of such an object. */
  readonly update?: (
    twilio: Twilio,
    id: string,
    changed: Partial<Params>,
    args: Declared<Args>,
  ) => Promise<Answer>;
  /** Whether the answer to an update shows that only a new object can be as declared; the next `up` makes it. */
  readonly isStuck?: (answer: Answer, args: Declared<Args>, changed: Partial<Params>) => boolean;
  /** The replacement takes the place of the old object only after it was made, though the API refuses two alike. */
  readonly replaceAfterCreate?: true;
  /** The old object goes before its replacement is made, though the API allows two: so what is in it goes first too. */
  readonly deleteBeforeReplace?: true;
  /** Why a change that replaces the object is refused in preview unless `deleteData: true`. */
  readonly replaceLoses?: string;
  /** Why this very object must stay, in words: destroy refuses to delete it, and an adoption must not allow that. */
  readonly neverDeleted?: (twilio: Twilio, id: string) => Promise<string | undefined>;
  /** What of customers' data the object holds, in words; then deleting needs `deleteData: true`. */
  readonly holds?: (twilio: Twilio, id: string) => Promise<string | undefined>;
  /** Without this argument, destroy leaves the object as it is, with this warning. */
  readonly deleteNeeds?: {
    readonly control: Extract<Controlling & keyof Args, string>;
    readonly warning: string;
  };
  readonly delete: (twilio: Twilio, id: string) => Promise<unknown>;
  /** Who uses an object that Twilio has just refused to delete, in words, and what to do about it. */
  readonly usedBy?: (twilio: Twilio, id: string) => Promise<string | undefined>;
}

/** What the facets of a singleton depend on besides the arguments. */
export interface Surroundings {
  readonly accountSid: string;
  /** The argument `mode`, where the class has it. */
  readonly mode: unknown;
}

/** What a write of a singleton may use while it waits. */
export interface Waiting {
  /** Prints a line of progress. */
  readonly say: (text: string) => void;
  /** The argument `timeout` in seconds, where the class has it and it is given. */
  readonly timeout: number | undefined;
}

/** The parameters that are taken, compared and put back together, by facet. A facet's name begins with its argument's. */
export type Facets = { readonly [facet: string]: readonly string[] };

/**
 * Something that is always there, of which the program takes over facets: arguments that each stand for parameters
 * which are owned, compared and put back together. What a facet held before is remembered.
 */
export interface SingletonDefinition<Args, Params extends object, Answer> extends Common<Args> {
  /** What these arguments own: see `together` and `oneByOne`. */
  readonly facets: (args: Declared<Args>, surroundings: Surroundings) => Facets;
  /** Parameters of the declared facets, each facet whole. */
  readonly params: (args: Declared<Args>, surroundings: Surroundings) => Partial<Params>;
  /** All parameters as they are. One that is not there is put back by `undefined`. */
  readonly held: (answer: Answer) => Params;
  /** The parameters that are unset though `held` gives what they stand for, as they are put back. */
  readonly unset?: (answer: Answer) => Wire;
  /** What arguments would declare these parameters, as far as `args` speaks of them, or all where it does not. */
  readonly live: (
    held: Params,
    surroundings: Surroundings,
    args: Declared<Args> | undefined,
  ) => Partial<Declared<Args>>;
  /**
   * What parameters are when nobody has taken them, or how to find out. What was remembered and cannot be put back
   * becomes this.
   */
  readonly blank?: Partial<Params> | ((twilio: Twilio, id: string) => Promise<Partial<Params>>);
  /** What of somebody else's a facet leads to, in words. Absent where taking over harms nobody. */
  readonly taken?: (facet: string, held: Params) => string | undefined;
  /** The parameters that tell whether a facet is still ours. Default: all of them. */
  readonly telling?: readonly (keyof Params & string)[];
  /** Objects that say something when nothing is in them: that all of it is blank. */
  readonly blankable?: readonly (keyof Args & string)[];
  /** Arguments whose facets destroy leaves as they are. */
  readonly stays?: readonly (keyof Args & string)[];
  /** Parameters that take effect later, if at all: sent when declared anew, never compared with what is there. */
  readonly later?: readonly (keyof Params & string)[];
  readonly find: (twilio: Twilio, args: Declared<Args>) => Promise<Answer>;
  /** The arguments by which a different object is meant than the one with this id and state. */
  readonly otherTarget: (args: Declared<Args>, id: string, state: Values) => (keyof Args & string)[];
  /** The arguments that name the object, as far as they were given. */
  readonly naming: readonly (keyof Args & string)[];
  readonly computed?: { readonly [key: string]: (answer: Answer) => unknown };
  readonly id: (answer: Answer) => string;
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  /** `params` is empty where an earlier write, which was `Unsettled`, is only waited for. */
  readonly update: (
    twilio: Twilio,
    id: string,
    params: Partial<Params>,
    waiting: Waiting,
  ) => Promise<Answer | Unsettled<Answer>>;
  /** What a person should know of it as it is, though nothing is to be done. A warning after a write and in refresh. */
  readonly notice?: (answer: Answer, args: Declared<Args>) => string | undefined;
}

/** Facets of several parameters each, by their argument. */
export const together =
  (facets: Facets) =>
  (args: object): Facets =>
    Object.fromEntries(
      Object.entries(facets).filter(([facet]) => Object.entries(args).some(([key]) => key === facet)),
    );

/** Every argument but these is a facet and a parameter of the same name. */
export const oneByOne =
  (...naming: string[]) =>
  (args: object): Facets =>
    Object.fromEntries(
      Object.keys(args)
        .filter((key) => !naming.includes(key))
        .map((key) => [key, [key]]),
    );
