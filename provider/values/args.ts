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
   * natural key. Only declared arguments that differ are written; everything else stays as it is. Preview lists what
   * will change. Taking `adopt` away later changes nothing. Default: create.
   */
  adopt?: pulumi.Input<string | boolean>;
  /** Lets destroy delete an adopted object. Default false: it stays, as it was last written. */
  deleteAdopted?: pulumi.Input<boolean>;
}

/** An output for each of the arguments. */
export type Echoes<Args> = {
  readonly [Key in Exclude<keyof Required<Args>, Controlling>]: pulumi.Output<Plain<Args>[Key]>;
};
