import * as pulumi from "@pulumi/pulumi";
import { WhatsAppSender } from "../messaging/whatsAppSender";
import { programError } from "../program/program";
import { Channel, type ChannelArgs } from "./channel";
import { type InMessagingService, refuseNumber, stepsInService } from "./numbers";

/** Arguments of `WhatsAppChannel`. */
export interface WhatsAppChannelArgs extends ChannelArgs, InMessagingService {
  /** The sender's number in E.164 form, without `whatsapp:`. That of the sandbox is for proxy only. */
  phoneNumber: pulumi.Input<string>;
  /** SID of the sender (XE…), whose webhook is managed then. Default: none; the webhook is left to a person, see `manualSteps`. */
  senderSid?: pulumi.Input<string>;
  /** What to do when the sender's webhook leads elsewhere already: see `WhatsAppSender`. Default fail. */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
}

/**
 * WhatsApp messages to a sender of the account, from the sender to the destination.
 *
 * On conversations the sender's webhook is blank and a `ConversationsAddress` takes the messages; on proxy, legacy, the
 * webhook is that of the Proxy service and a `FlexFlow` takes them. Registering a sender needs a person.
 *
 * Errors: a number that is not in E.164 form; the sandbox off proxy; a destination to which the path does not lead, or
 * a Studio flow that it does not start; the step from `proxy` to `conversations` without `moving` between them.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations
 */
export class WhatsAppChannel extends Channel<WhatsAppSender | undefined> {
  constructor(name: string, args: WhatsAppChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("WhatsAppChannel", name, args, opts, () => {
      const { messaging, phoneNumber, senderSid, messagingServiceSid, onConflict } = args;
      refuseNumber(name, "phoneNumber", phoneNumber);
      if (phoneNumber === sandbox && messaging !== "proxy")
        throw programError(
          `${name}: phoneNumber: the WhatsApp sandbox makes no conversations; give a sender of your own, or messaging: "proxy"`,
        );
      return {
        label: "WhatsApp",
        address: pulumi.interpolate`whatsapp:${phoneNumber}`,
        addressType: "whatsapp",
        channelType: "whatsapp",
        byProxy: true,
        isSenderShown: senderSid === undefined && phoneNumber !== sandbox,
        handler:
          senderSid === undefined
            ? undefined
            : {
                what: "sender",
                which: senderSid,
                onConflict,
                declare: (proxy, own) =>
                  new WhatsAppSender(
                    `${name}-sender`,
                    { senderSid, webhook: proxy ? { callbackUrl: proxy.callbackUrl } : {}, onConflict },
                    own,
                  ),
              },
        manualSteps: ({ callbackUrl }) => [
          ...(senderSid === undefined ? [webhookStep(phoneNumber, callbackUrl)] : []),
          ...stepsInService(messagingServiceSid, callbackUrl !== undefined, "whatsapp"),
        ],
      };
    });
  }
}

function webhookStep(phoneNumber: pulumi.Input<string>, callbackUrl: pulumi.Output<string> | undefined) {
  if (callbackUrl === undefined)
    return pulumi.interpolate`WhatsApp sender ${phoneNumber}: leave its webhook for incoming messages blank, so that nothing answers twice`;
  return phoneNumber === sandbox
    ? pulumi.interpolate`WhatsApp sandbox: set the URL for incoming messages to ${callbackUrl}, with POST`
    : pulumi.interpolate`WhatsApp sender ${phoneNumber}: set its webhook for incoming messages to ${callbackUrl}, with POST`;
}

/** https://www.twilio.com/docs/whatsapp/sandbox */
const sandbox = "+14155238886";
