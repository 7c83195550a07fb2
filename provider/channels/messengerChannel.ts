import * as pulumi from "@pulumi/pulumi";
import { programError } from "../program/program";
import { Channel, type ChannelArgs } from "./channel";

/** Arguments of `MessengerChannel`. */
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
    super("MessengerChannel", name, args, opts, () => {
      refusePrefix(name, args.pageId);
      return {
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
      };
    });
  }
}

/** Where the program shows it; an output is looked at once it is known. */
function refusePrefix(channel: string, pageId: pulumi.Input<string>): void {
  if (typeof pageId === "string" && pageId.startsWith("messenger:"))
    throw programError(
      `${channel}: pageId: got "${pageId}"; give it without messenger:, since the channel puts that before it`,
    );
}
