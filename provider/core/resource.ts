import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Controlling, ObjectDefinition, Plain, SchemaOf, SingletonDefinition } from "./definition";
import { Refusal } from "./errors";
import { checkInstallation } from "./installation";
import type { Life } from "./life";
import { ObjectLife } from "./lifecycle";
import { SingletonLife } from "./singleton";

/** What a kind of resource is to the classes and hosts: its life, and the keys its objects have. */
export interface Resource {
  readonly type: string;
  readonly life: Life;
  /** Every argument and output, so that a key that is not given is an output all the same. */
  readonly keys: readonly string[];
  /** Outputs that may carry credentials. */
  readonly secrets: readonly string[];
  /** Whether Twilio allows only one such object, so that a replacement has to delete first. */
  readonly unique: boolean;
}

const resources = new Map<string, Resource>();

/** A kind of resource by its class name; every module under `index.ts` has defined its own by then. */
export function resourceNamed(type: string): Resource {
  const found = resources.get(type);
  if (!found) throw new Refusal(`this version of pulumi-twilio-flex has no ${type}; update the package`);
  return found;
}

export function register(resource: Resource): Resource {
  resources.set(resource.type, resource);
  return resource;
}

/**
 * Defines an object that is created and deleted. Curried, so that `Args` is given and the rest is inferred:
 * `defineResource<FlexFlowArgs>()("FlexFlow", { args: z.strictObject({ … }), … })`.
 */
export const defineResource =
  <Args>() =>
  <Schema extends z.ZodObject, Params extends object, Answer>(
    type: string,
    definition: ObjectDefinition<Args, Params, Answer> & { readonly args: SchemaOf<Args, Schema> & Schema },
  ): Resource =>
    register({
      type,
      life: new ObjectLife(definition, definition.args),
      keys: [
        ...Object.keys(definition.args.shape),
        ...Object.keys(definition.computed ?? {}),
        "accountSid",
        "adopted",
        "baseline",
      ],
      secrets: [],
      unique: definition.naturalKey !== undefined,
    });

/** Defines something that is always there, and of which the program takes over facets. */
export const defineSingleton =
  <Args>() =>
  <Schema extends z.ZodObject, Params extends object, Answer>(
    type: string,
    definition: SingletonDefinition<Args, Params, Answer> & {
      readonly args: SchemaOf<Args, Schema> & Schema;
    },
  ): Resource =>
    register({
      type,
      life: new SingletonLife(definition, definition.args),
      keys: [
        ...new Set([
          ...Object.keys(definition.args.shape),
          ...Object.keys(definition.computed),
          "accountSid",
          "previous",
        ]),
      ],
      secrets: ["previous"],
      unique: true,
    });

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

export const adoptable = {
  adopt: z.union([z.string(), z.boolean()]).describe("a SID, or true").optional(),
  deleteAdopted: z.boolean().describe("true or false").optional(),
};

/**
 * The one line that the engine stores with each resource: it loads the installed package by name. It must never
 * change, since each change would be an update of every resource. See docs/decisions for why it is not a closure.
 */
export const pointer = (type: string): string =>
  `exports.handler=()=>require(require.resolve("pulumi-twilio-flex/provider",{paths:module.paths.flatMap(p=>[p,p+"/.pnpm/node_modules"])})).resource("${type}")`;

/** An output for each of the arguments. */
export type Echoes<Args> = {
  readonly [Key in Exclude<keyof Required<Args>, Controlling>]: pulumi.Output<Plain<Args>[Key]>;
};

/** What all resources of this package have in common. */
export abstract class TwilioResource extends pulumi.CustomResource {
  /** The account that the object lives in. */
  declare readonly accountSid: pulumi.Output<string>;
  /** Whether the object existed before and was taken over by `adopt`. Not given for what is always there. */
  declare readonly adopted: pulumi.Output<boolean | undefined>;

  protected constructor(
    resource: Resource,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    checkInstallation();
    const keys = Object.fromEntries(resource.keys.map((key) => [key, undefined]));
    const props = { ...keys, ...args, __pulumiName: name, __provider: pointer(resource.type) };
    super(`pulumi-nodejs:dynamic/twilio-flex:${resource.type}`, name, props, {
      ...(resource.unique && { deleteBeforeReplace: true }),
      ...opts,
      additionalSecretOutputs: [...(opts.additionalSecretOutputs ?? []), ...resource.secrets],
    });
  }

  /**
   * An object that exists already, only to be read: it is neither changed nor deleted. To manage it, use `adopt`.
   *
   * @param id its SID. One that does not exist is an error.
   */
  static get<Args, Self>(
    this: new (
      name: string,
      args: Args,
      opts?: pulumi.CustomResourceOptions,
    ) => Self,
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): Self {
    return new this(name, Object.create(null), { ...opts, id });
  }

  /** The SID: the last segment of `id`. Known in previews of updates, since `id` is. */
  get sid(): pulumi.Output<string> {
    return this.id.apply((id) => id.slice(id.lastIndexOf("/") + 1));
  }
}
