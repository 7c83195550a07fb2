import type * as pulumi from "@pulumi/pulumi";

/** Arguments as the life cycle sees them: no promises, no outputs. */
export type Plain<Args> = { [Key in keyof Args]: PlainValue<Args[Key]> };
type PlainValue<T> = T extends Promise<infer Inner> | pulumi.OutputInstance<infer Inner>
  ? PlainValue<Inner>
  : T extends readonly (infer Item)[]
    ? PlainValue<Item>[]
    : T extends object
      ? // Free-form JSON stays what it is.
        string extends keyof T
        ? T
        : { [Key in keyof T]: PlainValue<T[Key]> }
      : T;

/** The arguments that the API knows of. */
export type Declared<Args> = Omit<Plain<Args>, Controlling>;

/** Arguments that steer the provider and never reach the API. A change stores the new value, nothing else. */
export const controls = [
  "adopt",
  "deleteAdopted",
  "deleteData",
  "onConflict",
  "onDelete",
  "releaseOnDelete",
  "closeOnDelete",
] as const;
export type Controlling = (typeof controls)[number];

/** The arguments by which an object that exists already comes under management. */
export interface Adoptable {
  /**
   * Takes over an object that exists already instead of creating one: its SID, or `true` for the one with the same
   * natural key. Only declared arguments that differ are written; everything else stays as it is. Preview lists what will
   * change. Taking `adopt` away later changes nothing.
   *
   * `"ifThere"` takes over the one with the same natural key or, where the arguments have none, the only one of the same
   * `friendlyName`, and creates a new object where there is none: one program for accounts that have it and accounts
   * that have not. Preview says which. Errors: several objects of this name, with their SIDs; an object that another
   * resource of the program has.
   *
   * @example
   * new StudioFlow("opening", { friendlyName: "Opening hours", definition, status: "published", adopt: "ifThere" });
   * @default create
   */
  adopt?: pulumi.Input<string | boolean>;
  /**
   * Lets destroy delete an adopted object. Otherwise it stays and is given back: see `onDelete`.
   * @default false
   */
  deleteAdopted?: pulumi.Input<boolean>;
  /**
   * What destroy does with an adopted object that stays: `restore` puts back what each argument that this stack changed
   * held at the adoption, as long as it is still as declared; `keep` leaves it as it is.
   * @default "restore"
   */
  onDelete?: pulumi.Input<"restore" | "keep">;
}

/**
 * An output for each of the arguments. An editor shows the argument's documentation for it, which it finds only through mapped
 * types that keep their keys.
 */
export type Echoes<Args> = EachAsOutput<Pick<Args, Exclude<keyof Args, Controlling>>>;
type EachAsOutput<Args> = { readonly [Key in keyof Args]-?: pulumi.Output<Plain<Args>[Key]> };
