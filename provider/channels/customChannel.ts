import type * as pulumi from "@pulumi/pulumi";
import { Channel, type ChannelArgs } from "./channel";

export interface CustomChannelArgs extends ChannelArgs {
  /** What customers write to: `contactIdentity` of the Flex Flow, or the address, in the form that its type has. */
  address: pulumi.Input<string>;
  /** Type of the address: email, rcs or apple. Needed but on proxy, where every such channel is `custom`. */
  addressType?: "email" | "rcs" | "apple";
}

/**
 * A channel that has no class of its own. On proxy, legacy, this is a program of yours which hands messages to a
 * `FlexFlow` of type `custom`, without a Proxy service; elsewhere it is an address of another type.
 *
 * Errors: no `addressType` off proxy; a destination to which the path does not lead; the step from `proxy` to
 * `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/conversations/api/address-configuration-resource
 */
export class CustomChannel extends Channel<undefined> {
  constructor(name: string, args: CustomChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("CustomChannel", name, args, opts, () => ({
      label: args.addressType ?? "Custom channel",
      address: args.address,
      addressType: args.addressType,
      channelType: "custom",
      byProxy: false,
      handler: () => undefined,
      manualSteps: () => [],
    }));
  }
}
