import * as pulumi from "@pulumi/pulumi";
import { programError } from "../program/program";
import { Channel, type ChannelArgs } from "./channel";

/** Arguments of `CustomChannel`. */
export interface CustomChannelArgs extends ChannelArgs {
  /** What customers write to: `contactIdentity` of the Flex Flow, or the address, in the form that its type has. */
  address: pulumi.Input<string>;
  /** Type of the address: email, rcs or apple. Needed but on proxy. */
  addressType?: "email" | "rcs" | "apple";
  /** Type of the Flex Flow: custom or line. LINE is for proxy only, since conversations have no address for it. Default custom. */
  channelType?: "custom" | "line";
}

/**
 * A channel that has no class of its own. On proxy, legacy, this is a program of yours which hands messages to a
 * `FlexFlow` of type `custom`, without a Proxy service, or else LINE; elsewhere it is an address of another type.
 *
 * Errors: no `addressType` off proxy; LINE off proxy; a destination to which the path does not lead, or a Studio flow
 * that it does not start; the step from `proxy` to `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/conversations/api/address-configuration-resource
 */
export class CustomChannel extends Channel<undefined> {
  constructor(name: string, args: CustomChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("CustomChannel", name, args, opts, () => {
      const { messaging, address, addressType, channelType = "custom" } = args;
      const isLine = channelType === "line";
      if (isLine && messaging !== "proxy")
        throw programError(
          `${name}: channelType: conversations have no address for LINE, so that it cannot leave messaging "proxy"; leave it there, or give the channel up and ask its customers to write elsewhere`,
        );
      return {
        label: isLine ? "LINE" : (addressType ?? "Custom channel"),
        address,
        addressType,
        channelType,
        byProxy: isLine,
        manualSteps: ({ callbackUrl }) =>
          callbackUrl
            ? [pulumi.interpolate`Channels, LINE, ${address}: set its callback to ${callbackUrl}`]
            : [],
      };
    });
  }
}
