import type { Twilio } from "twilio";
import type { z } from "zod";
import type { Controlling, Declared, Plain } from "../values/args";
import type { Unsettled } from "../values/errors";
import type { Rule } from "../values/validate";
import type { Values } from "../values/values";
import type { Collection, Directory, Listing } from "./collection";
import type { Guard } from "./guards";

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

/** An object that free-form JSON names, in whatever workspace it is. */
export interface Mention {
  readonly path: string;
  readonly sid: string;
}

/** What a definition says whether its objects come and go or are always there. */
interface Common<Args, Answer> {
  /** How messages call such an object. */
  readonly label: string;
  readonly api: Coverage;
  readonly rules?: readonly Rule[];
  /** Free-form JSON: compared by value, never looked into. */
  readonly json?: readonly (keyof Args & string)[];
  /** What free-form JSON names by its SID and cannot do without, each with its place. */
  readonly mentions?: (args: Declared<Args>) => readonly Mention[];
  /** What looks like an argument and is none, with the reason. */
  readonly notArguments?: { readonly [key: string]: string };
  /** Conditions on the life of such an object. */
  readonly guards?: readonly Guard<Args, Answer>[];
  /** The arguments of which one is given, to name what is meant. Beside another one, an output of that name is none. */
  readonly naming?: readonly (keyof Args & string)[];
  /** The naming arguments by which a different object is meant than the one with this id and state. */
  readonly otherTarget?: (args: Declared<Args>, id: string, state: Values) => (keyof Args & string)[];
  /** The class of the objects that these live in, where they live in others. */
  readonly parent?: string;
  /** Arguments that Twilio fills in itself, or that say nothing of the object, each with the reason: a program that is written from the account leaves them out. */
  readonly leftAsItIs?: { readonly [key in keyof Args & string]?: string };
  /** The values besides the arguments that other resources need. Their keys exist on the class from the start. */
  readonly computed?: { readonly [key: string]: (answer: Answer) => unknown };
}

/** How a program finds what Twilio has made: by which lookup, and in which value of its result the SID is. */
export interface LookUp {
  readonly by: string;
  readonly args: { readonly [argument: string]: string };
  readonly field: string;
}

/** What the Flex Configuration names in one of its fields. */
export const inFlexConfiguration = (field: string | undefined): LookUp | undefined =>
  field === undefined ? undefined : { by: "getFlexConfiguration", args: {}, field };

/** How an object is told from others. */
interface Identity<Args, Answer> {
  /** How programs find an object that Twilio or Flex has made of itself. `field` is where the Flex Configuration names it. */
  readonly madeByTwilio?: (answer: Answer, field: string | undefined) => LookUp | undefined;
  /** The id of the parent, where an object lives in another one. */
  readonly within?: (args: Declared<Args>) => string;
  /** How a person tells such objects apart in the account, or in the parent; undefined where nothing does. Several, where there are several names for one. */
  readonly naturalKey?: (args: Declared<Args>) => string | readonly string[] | undefined;
  /** What no two objects may have at once, where the API lets some with one natural key stand beside each other. */
  readonly exclusive?: Exclusive<Args>;
  /** Whether an object can be the one that the arguments mean, where neither a parameter nor the natural key tells. */
  readonly couldBe?: (answer: Answer, args: Declared<Args>) => boolean;
  /** Shared by the classes whose objects these are. Default: one of this class's own. */
  readonly collection?: Collection<Answer>;
  /** The objects of the account of which `naming` names one. */
  readonly among?: Directory;
  /** What of the account an argument names otherwise than by a SID. */
  readonly needs?: (args: Declared<Args>) => Need | undefined;
  /** Set where an object is in one parent only, or in none of another kind. */
  readonly elsewhere?: readonly Elsewhere[];
  /** The codes by which the API refuses a second object with the same natural key. */
  readonly duplicate?: readonly number[];
  readonly createdAt: (answer: Answer) => Date | null;
}

interface Exclusive<Args> {
  /** The arguments that it depends on besides those of the natural key. While one is unknown, nothing is refused. */
  readonly on: readonly (keyof Args & string)[];
  /** Undefined where such an object may stand beside any other. */
  readonly key: (args: Declared<Args>) => string | undefined;
}

/** Something that has to be there, by one of the names that its directory gives it. */
export interface Need {
  readonly argument: string;
  readonly among: Directory;
  readonly key: string;
  readonly name: string;
  /** Without it, whether preview refuses, or only warns since Twilio does not say. */
  readonly without: "refused" | "warned";
  /** What to do about it. */
  readonly says: string;
}

/** A membership in another parent, which excludes this one. */
export interface Elsewhere {
  /** The code by which the API refuses this one. */
  readonly code: number;
  readonly parents: Directory;
  /** Those of another kind, by the names that `naming` gives. Default: objects of this kind. */
  readonly members?: Directory;
  /** What to do about it. `where` is the parent, by SID and name, where it is found. */
  readonly says: (where: string | undefined) => string;
}

/** How arguments, the API's parameters and answers stand for each other. */
interface Translation<Args, Params extends object, Answer> {
  readonly params: (args: Declared<Args>) => Params;
  readonly live: (answer: Answer) => Live<Omit<Args, Controlling>>;
  /** One rule for each parameter that the API lets out. */
  readonly reset: { [Key in Optional<Params>]: Reset };
  /** Arguments that the API takes at the create only. A change replaces the object. */
  readonly createOnly?: readonly (keyof Args & string)[];
  /** Arguments that no answer shows: what was declared last is all that is known of them. */
  readonly unseen?: readonly (keyof Args & string)[];
  /**
   * Parameters that belong to one member of a union, by their prefix, but for those that are shared, and the parameter
   * that says which member.
   */
  readonly union?: {
    readonly prefix: string;
    readonly on: keyof Params & string;
    readonly shared?: readonly (keyof Params & string)[];
  };
}

/** What else a create is told or does. */
interface Creation<Args, Params extends object> {
  /** What a new object gets where the arguments are silent. `name` is the resource's Pulumi name. */
  readonly onCreate?: (name: string) => Partial<Params>;
  /**
   * Settles once, before the object is made, what only the API can tell: which of several numbers is bought.
   */
  readonly choose?: (twilio: Twilio, params: Params, args: Declared<Args>, others: Others) => Promise<Params>;
  /** What stands in the way of a create that was refused with this code, and what to do. */
  readonly obstacle?: (twilio: Twilio, args: Declared<Args>, code: number) => Promise<string | undefined>;
  /** The only parameters that the create takes; the others follow by an update. */
  readonly createTakes?: readonly (keyof Params & string)[];
  /**
   * In which order an object and its replacement come and go. Default: the old one goes first where the API refuses
   * two with one natural key, else the new one comes first.
   */
  readonly replacement?: "createFirst" | "deleteFirst";
}

/** The other objects that one is created beside, in the same run. */
export interface Others {
  /** Whether this run replaces the object with this id. */
  readonly isLeaving: (id: string) => boolean;
  /** What is already chosen for other objects; a choice is added to it. */
  readonly chosen: Set<string>;
}

/** The requests. */
interface Calls<Args, Params extends object, Answer> extends Listing<Answer> {
  readonly create: (twilio: Twilio, params: Params, args: Declared<Args>) => Promise<Answer>;
  /** Absent where the API changes nothing of such an object. */
  readonly update?: (
    twilio: Twilio,
    id: string,
    changed: Partial<Params>,
    args: Declared<Args>,
  ) => Promise<Answer | Unsettled<Answer>>;
  readonly delete: (twilio: Twilio, id: string) => Promise<unknown>;
  /** Who uses an object that Twilio has just refused to delete, in words, and what to do about it. */
  readonly usedBy?: (twilio: Twilio, id: string) => Promise<string | undefined>;
}

/** An object that is created and deleted. */
export interface ObjectDefinition<Args, Params extends object, Answer>
  extends Common<Args, Answer>,
    Identity<Args, Answer>,
    Translation<Args, Params, Answer>,
    Creation<Args, Params>,
    Calls<Args, Params, Answer> {}

/** Parameters that are taken over, compared and put back together. A facet's name begins with its argument's. */
export interface Facet {
  readonly parameters: readonly string[];
  /** The parameters that tell whether the facet is still ours. Default: all of them. */
  readonly telling?: readonly string[];
  /** What parameters that Twilio shows as null are worth. They are put back as null. */
  readonly whenNull?: { readonly [parameter: string]: string };
  /** Destroy leaves it as it is, whatever `onDelete` says. Default: as `onDelete` says. */
  readonly onDestroy?: "stay";
  /** It takes effect later, if at all: it is sent when it is declared anew and never compared with what is there. */
  readonly compare?: "onDeclaration";
}

export type Facets = { readonly [facet: string]: Facet };

/** What the facets of a singleton depend on besides the arguments. */
export interface Surroundings {
  readonly accountSid: string;
  /** The facets in question. */
  readonly facets: readonly string[];
}

/**
 * Something that is always there, of which the program takes over facets: arguments that each stand for parameters
 * which are owned, compared and put back together. What a facet held before is remembered. Arguments of no facet are
 * only kept.
 */
export interface SingletonDefinition<Args, Params extends object, Answer> extends Common<Args, Answer> {
  /** What these arguments own: see `together` and `oneByOne`. `owned` are the facets of the last write, if there was one. */
  readonly facets: (args: Declared<Args>, owned: readonly string[]) => Facets;
  /** Parameters of the declared facets, each facet whole. */
  readonly params: (args: Declared<Args>, surroundings: Surroundings) => Partial<Params>;
  /** All parameters as they are. One that is not there is put back by `undefined`. */
  readonly held: (answer: Answer) => Params;
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
  readonly find: (twilio: Twilio, args: Declared<Args>) => Promise<Answer>;
  /** All objects of the account of which `naming` names one, so that a check finds many of them in one list. */
  readonly among?: Collection<Answer>;
  readonly naming: readonly (keyof Args & string)[];
  readonly otherTarget: (args: Declared<Args>, id: string, state: Values) => (keyof Args & string)[];
  readonly id: (answer: Answer) => string;
  readonly read: (twilio: Twilio, id: string) => Promise<Answer>;
  /** `params` is empty where an earlier write, which was `Unsettled`, is only waited for. `say` prints a line of progress. */
  readonly update: (
    twilio: Twilio,
    id: string,
    params: Partial<Params>,
    args: Declared<Args>,
    say: (text: string) => void,
  ) => Promise<Answer | Unsettled<Answer>>;
}

/** Facets of several parameters each, by their argument. */
export const together =
  (facets: Facets) =>
  (args: object): Facets =>
    Object.fromEntries(
      Object.entries(facets).filter(([facet]) => Object.entries(args).some(([key]) => key === facet)),
    );

/** Every argument but these is a facet and a parameter of the same name, also where it is empty by now. */
export const oneByOne =
  (...naming: string[]) =>
  (args: object, owned: readonly string[] = []): Facets =>
    Object.fromEntries(
      [...new Set([...Object.keys(args), ...owned])]
        .filter((key) => !naming.includes(key))
        .map((key) => [key, { parameters: [key] }]),
    );
