import type { Twilio } from "twilio";
import type { z } from "zod";
import type { Controlling, Declared, Plain } from "./args";
import type { Rule } from "./validate";
import type { Values } from "./values";

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
export type Reset = string | number | boolean | string[] | Cannot | Unmanaged | Through;
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

/** What a definition says whether its objects come and go or are always there. */
interface Described<Args, Params extends object, Answer> {
  /** How messages call such an object. */
  readonly label: string;
  readonly rules?: readonly Rule[];
  /** Arguments that the API takes at the create only. A change replaces the object. */
  readonly createOnly?: readonly (keyof Args & string)[];
  /** Free-form JSON: compared by value, never looked into. */
  readonly json?: readonly (keyof Args & string)[];
  readonly params: (args: Declared<Args>) => Params;
  readonly live: (answer: Answer) => Live<Omit<Args, Controlling>>;
  /** One rule for each parameter that the API lets out. */
  readonly reset: { [Key in Optional<Params>]: Reset };
  /** Parameters that belong to one member of a union, by their prefix, and the parameter that says which member. */
  readonly union?: { readonly prefix: string; readonly on: keyof Params & string };
  /** The values besides the arguments that other resources need. Their keys exist on the class from the start. */
  readonly computed?: { readonly [key: string]: (answer: Answer) => unknown };
  /** What only the API can tell before a write: a refusal, in preview where the API may be asked. */
  readonly inspect?: (twilio: Twilio, args: Declared<Args>, was: Declared<Args> | undefined) => Promise<void>;
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  readonly update: (
    twilio: Twilio,
    id: string,
    changed: Partial<Params>,
    args: Declared<Args>,
  ) => Promise<Answer>;
}

/** An object that is created and deleted. */
export interface ObjectDefinition<Args, Params extends object, Answer>
  extends Described<Args, Params, Answer> {
  readonly id: (answer: Answer) => string;
  /** How a person tells such objects apart; undefined where nothing does. */
  readonly naturalKey?: (args: Declared<Args>) => string | undefined;
  /** The codes by which the API refuses a second object with the same natural key. */
  readonly duplicate?: readonly number[];
  /** The objects of this kind that `args` could mean. */
  readonly list: (twilio: Twilio, args: Declared<Args>) => Promise<Answer[]>;
  /** What a new object gets where the arguments are silent. `name` is the resource's Pulumi name. */
  readonly onCreate?: (name: string) => Partial<Params>;
  readonly createdAt: (answer: Answer) => Date | null;
  readonly create: (twilio: Twilio, params: Params) => Promise<Answer>;
  /** The only parameters that the create takes; the others follow by an update. */
  readonly createTakes?: readonly (keyof Params & string)[];
  /** What of customers' data the object holds, in words; then deleting needs `deleteData: true`. */
  readonly holds?: (twilio: Twilio, id: string) => Promise<string | undefined>;
  readonly delete: (twilio: Twilio, id: string) => Promise<unknown>;
}

/**
 * Something that is always there, of which the program takes over facets: arguments that each stand for parameters
 * which are owned, compared and put back together. What a facet held before is remembered.
 */
export interface SingletonDefinition<Args, Params extends object, Answer> {
  readonly label: string;
  readonly rules?: readonly Rule[];
  readonly facets: { readonly [Facet in keyof Args]?: readonly (keyof Params & string)[] };
  /** Parameters of the declared facets, each facet whole. */
  readonly params: (args: Declared<Args>, accountSid: string) => Partial<Params>;
  /** All parameters as they are. */
  readonly held: (answer: Answer) => Params;
  /** What arguments would declare these parameters. */
  readonly live: (held: Params, accountSid: string) => Partial<Declared<Args>>;
  /** The parameters of a facet that nobody has taken. */
  readonly blank: Params;
  /** What of somebody else's a facet leads to, in words. */
  readonly taken: (facet: string, held: Params) => string | undefined;
  /** The parameters that tell whether a facet is still ours. */
  readonly telling: readonly (keyof Params & string)[];
  readonly find: (twilio: Twilio, args: Declared<Args>) => Promise<Answer>;
  /** The arguments by which a different object is meant than the one with this id and state. */
  readonly otherTarget: (args: Declared<Args>, id: string, state: Values) => (keyof Args & string)[];
  /** The arguments that name the object, as far as they were given. */
  readonly naming: readonly (keyof Args & string)[];
  readonly computed: { readonly [key: string]: (answer: Answer) => unknown };
  readonly id: (answer: Answer) => string;
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  readonly update: (twilio: Twilio, id: string, params: Partial<Params>) => Promise<Answer>;
}
