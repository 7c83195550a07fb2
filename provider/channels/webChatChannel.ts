import * as pulumi from "@pulumi/pulumi";
import { Channel, type ChannelArgs } from "./channel";

/** Arguments of `WebChatChannel`. */
export interface WebChatChannelArgs extends ChannelArgs {
  /** Name of the chat's address, any text of 1 to 256 characters. The account has each only once. */
  address: pulumi.Input<string>;
}

/**
 * Chat on a web page, to the destination.
 *
 * On conversations a `ConversationsAddress` of type `chat` takes the messages; on proxy, legacy, a `FlexFlow` of type
 * `web` does, without a Proxy service. The page names one of them by its SID: see `manualSteps`.
 *
 * Errors: a destination to which the path does not lead, or a Studio flow that it does not start; the step from `proxy`
 * to `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/webchat
 */
export class WebChatChannel extends Channel<undefined> {
  constructor(name: string, args: WebChatChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("WebChatChannel", name, args, opts, () => ({
      label: "Web chat",
      address: args.address,
      addressType: "chat",
      channelType: "web",
      byProxy: false,
      manualSteps: ({ address, flexFlow }) => [
        address
          ? pulumi.interpolate`Web chat ${args.address}: give the page the address ${address.sid}`
          : pulumi.interpolate`Web chat ${args.address}: give the page the Flex Flow ${flexFlow?.sid}`,
      ],
    }));
  }
}
