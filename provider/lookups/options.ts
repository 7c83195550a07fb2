import type * as pulumi from "@pulumi/pulumi";

/** Options of a lookup. */
export interface LookupOptions {
  /** A `TwilioProvider`, whose account is looked into. Default: the provider of `parent`. */
  provider?: pulumi.ProviderResource;
  /** Resource whose provider is used, as for a child of it. Default: none; the stack configuration's account is used. */
  parent?: pulumi.Resource;
}

/** The arguments of a lookup where each may still be an output. */
export type InputsOf<Args> = { [Key in keyof Args]: pulumi.Input<Args[Key]> };

/** The arguments of a lookup that needs none. */
export type NoArgs = Record<string, never>;
