import * as pulumi from "@pulumi/pulumi";
import { checkInstallation } from "./installation";

/** What a kind of resource is to its class. Of what makes up its life, no program that imports the class needs to know. */
export interface Shape {
  readonly type: string;
  /** Every argument and output, so that a key that is not given is an output all the same. */
  readonly keys: readonly string[];
  /** Outputs that may carry credentials. */
  readonly secrets: readonly string[];
  /** Whether Twilio allows only one such object, so that a replacement has to delete first. */
  readonly unique: boolean;
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
