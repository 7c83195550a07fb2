import * as pulumi from "@pulumi/pulumi";
import { tokenOf } from "../values/token";
import { checkConfiguration } from "./configuration";
import { checkInstallation } from "./installation";
import { namesakes } from "./namesakes";
import { refuseSecond } from "./once";
import { programError } from "./program";
import { strikeOffOnceKept } from "./strikeOff";
import { inherited, isInState, placeOf } from "./succession";

/** What a kind of resource is to its class. Of what makes up its life, no program that imports the class needs to know. */
export interface Shape {
  readonly type: string;
  /** Every argument and output, so that a key that is not given is an output all the same. */
  readonly keys: readonly string[];
  /** Outputs that may carry credentials. */
  readonly secrets: readonly string[];
  /** Whether a replacement has to delete first, in most cases since Twilio allows only one such object. */
  readonly unique: boolean;
}

/** What a singleton is to its class besides. */
export interface SingletonShape extends Shape {
  /** How messages call it. */
  readonly label: string;
  /** The arguments that name it, of which one is given; none where the account has only one. */
  readonly naming: readonly string[];
  /** The facets of it that these arguments own. */
  readonly facets: (args: object) => string[];
}

/**
 * The one line that the engine stores with each resource: it loads the installed package by name. It must never
 * change, since each change would be an update of every resource. See docs/decisions for why it is not a closure.
 */
export const pointer = (type: string): string =>
  `exports.handler=()=>require(require.resolve("pulumi-twilio-flex/provider",{paths:module.paths.flatMap(p=>[p,p+"/.pnpm/node_modules"])})).resource("${type}")`;

/** What all resources of this package have in common. */
export abstract class TwilioResource extends pulumi.CustomResource {
  /** The account that the object lives in. */
  declare readonly accountSid: pulumi.Output<string>;
  /** Whether the object existed before and was taken over by `adopt`. Not given for what is always there. */
  declare readonly adopted: pulumi.Output<boolean | undefined>;

  protected constructor(
    resource: Shape,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    refuseImport(resource, name, opts);
    checkInstallation();
    checkConfiguration();
    const { stackTraceLimit } = Error;
    // Pulumi takes a stack trace for each output, of which nobody sees one: half of what a resource costs the program.
    Error.stackTraceLimit = 0;
    try {
      const keys = Object.fromEntries(resource.keys.map((key) => [key, undefined]));
      const adopt = "adopt" in args ? args.adopt : undefined;
      const friendlyName = "friendlyName" in args ? args.friendlyName : undefined;
      const hidden = {
        ...(resource.keys.includes("friendlyName") && {
          __namesakes: namesakes(resource.type, name, friendlyName, opts),
        }),
        // What another resource remembers of an object that this one takes over from it.
        ...(adopt !== undefined && { __inherited: inherited(resource.type, name, opts.parent) }),
        [resource.unique ? "__isThere" : "__isInState"]: isInState(resource.type, name, opts),
        __at: placeOf(resource.type, name, opts.parent),
        __pulumiName: name,
        __provider: pointer(resource.type),
      };
      // An adopted object is never replaced: where that is forced, the old resource lets go before the new one takes it.
      const isAdopted = adopt !== undefined && adopt !== false && adopt !== "ifThere";
      super(
        tokenOf(resource.type),
        name,
        { ...keys, ...hidden, ...args },
        {
          ...((resource.unique || isAdopted) && { deleteBeforeReplace: true }),
          ...opts,
          additionalSecretOutputs: [...(opts.additionalSecretOutputs ?? []), ...resource.secrets],
        },
      );
      strikeOffOnceKept(this);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
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

/** Something that is always there, of which the program takes over a part and gives it back on destroy. */
export abstract class TwilioSingleton extends TwilioResource {
  /** What was there before. A secret, since URLs may carry credentials. */
  declare readonly previous: pulumi.Output<Record<string, unknown>>;

  protected constructor(
    resource: SingletonShape,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    const { type, label, naming } = resource;
    const given = Object.entries(args).filter(([, value]) => value !== undefined);
    const targets = given.filter(([key]) => naming.includes(key)).map(([, value]) => value);
    const provider = opts.provider ?? opts.parent?.getProvider(tokenOf(resource.type));
    const [target] = targets;
    if (naming.length === 0 || typeof target === "string") {
      const known = given.filter(
        ([, value]) => !pulumi.Output.isInstance(value) && !(value instanceof Promise),
      );
      for (const facet of resource.facets(Object.fromEntries(known)))
        refuseSecond(name, `${facet} of ${target ?? `the ${label}`}`, provider);
    }
    const before = inherited(type, name, opts.parent, naming.length > 0 ? targets : undefined);
    super(resource, name, { ...args, __inherited: before }, opts);
  }
}

/** The engine's import reads an object without the pointer to its provider, and so ends in a crash of Pulumi's own host. */
function refuseImport(
  { type, keys }: Shape,
  name: string,
  { import: id }: pulumi.CustomResourceOptions,
): void {
  if (id === undefined) return;
  const instead = keys.includes("adopt")
    ? `to take over what exists, give the argument adopt: "${id}" in its place`
    : "leave it out: this takes over what is there, and gives it back on destroy";
  throw programError(`${type} "${name}": the option import does not work here; ${instead}`);
}
