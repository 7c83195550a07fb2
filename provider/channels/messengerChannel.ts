import * as pulumi from "@pulumi/pulumi";
import { Channel, type ChannelArgs } from "./channel";

export interface MessengerChannelArgs extends ChannelArgs {
  /** Id of the Facebook page, without `messenger:`. */
  pageId: pulumi.Input<string>;
}

/**
 * Messages to a Facebook page by Messenger, to the destination.
 *
 * On conversations a `ConversationsAddress` takes the messages; on proxy, legacy, a `FlexFlow` takes them, and a person
 * sets the page's callback to the Proxy service. Connecting a page needs a person: see `manualSteps`.
 *
 * Errors: a destination to which the path does not lead, or a Studio flow that it does not start; the step from `proxy`
 * to `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations
 */
export class MessengerChannel extends Channel<undefined> {
  constructor(name: string, args: MessengerChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("MessengerChannel", name, args, opts, () => ({
      label: "Messenger",
      address: pulumi.interpolate`messenger:${args.pageId}`,
      addressType: "messenger",
      channelType: "facebook",
      byProxy: true,
      manualSteps: ({ callbackUrl }) => [
        callbackUrl
          ? pulumi.interpolate`Channels, Facebook Messenger, page ${args.pageId}: connect it and set its callback to ${callbackUrl}`
          : pulumi.interpolate`Channels, Facebook Messenger, page ${args.pageId}: connect it and leave its callback blank, so that nothing answers twice`,
      ],
    }));
  }
}
