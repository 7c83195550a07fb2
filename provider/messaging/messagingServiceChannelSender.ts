import type * as pulumi from "@pulumi/pulumi";
import type {
  ChannelSenderInstance,
  ChannelSenderListInstanceCreateOptions,
} from "twilio/lib/rest/messaging/v1/service/channelSender";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { sid } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { unlessGone } from "../values/errors";
import { inAnotherService, isMemberAlready, joining, serviceIn, serviceSid } from "./members";

/** Arguments of `MessagingServiceChannelSender`. */
export interface MessagingServiceChannelSenderArgs extends Adoptable {
  /** SID of the Messaging Service (MG…). A change replaces the membership. */
  serviceSid: pulumi.Input<string>;
  /** SID of a WhatsApp or RCS sender of the account (XE…), such as `sid` of a `WhatsAppSender`. A change replaces the membership. */
  senderSid: pulumi.Input<string>;
}

/**
 * A WhatsApp or RCS sender in a Messaging Service. While it is there, the `inboundRequestUrl` of the service takes its
 * messages, even with `useInboundWebhookOnNumber`; the sender's own webhook is called only with that and without a URL.
 *
 * A sender is in one service only.
 *
 * Nothing can be changed: another service or sender replaces it, the old membership first. Destroy takes the sender
 * out of the service; it stays in the account. The id is `MG…/XE…`.
 *
 * Where another join is in the way at the same moment, it is tried again.
 *
 * Errors: a sender that is in this service already, which `adopt` takes over (21710), or in another one, which the
 * error names (21712); that these codes hold for senders too is not verified. A service that is full (21714).
 *
 * @see https://www.twilio.com/docs/messaging/api/channelsender-resource
 */
export class MessagingServiceChannelSender
  extends TwilioResource
  implements Echoes<MessagingServiceChannelSenderArgs>
{
  declare readonly serviceSid: pulumi.Output<string>;
  declare readonly senderSid: pulumi.Output<string>;
  /** Address of the sender, such as `whatsapp:+15017122661`. */
  declare readonly sender: pulumi.Output<string>;

  constructor(name: string, args: MessagingServiceChannelSenderArgs, opts?: pulumi.CustomResourceOptions) {
    super(messagingServiceChannelSender, name, args, opts);
  }
}

const messagingServiceChannelSender = defineResource<MessagingServiceChannelSenderArgs>()(
  "MessagingServiceChannelSender",
  {
    label: "channel sender in a Messaging Service",
    parent: "MessagingService",
    api: {
      operations: {
        messaging_v1: [
          "CreateChannelSender",
          "FetchChannelSender",
          "ListChannelSender",
          "DeleteChannelSender",
          "ListService",
        ],
      },
      renamed: { Sid: "senderSid" },
    },
    args: z.strictObject({
      ...adoptable,
      serviceSid: serviceSid(),
      senderSid: sid("XE", "a WhatsApp or RCS sender"),
    }),
    createOnly: ["serviceSid", "senderSid"],

    params: ({ senderSid }): ChannelSenderListInstanceCreateOptions => ({ sid: senderSid }),
    reset: {},
    live: (member: ChannelSenderInstance) => ({
      serviceSid: member.messagingServiceSid,
      senderSid: member.sid,
    }),
    computed: { sender: (member) => member.sender },

    id: (member) => `${member.messagingServiceSid}/${member.sid}`,
    within: ({ serviceSid }) => serviceSid,
    naturalKey: ({ senderSid }) => senderSid,
    duplicate: [isMemberAlready],
    createdAt: (member) => member.dateCreated,
    // Without any, Twilio may answer as if there were no such list.
    list: async (twilio, serviceSid) =>
      (await unlessGone(twilio.messaging.v1.services(serviceSid).channelSenders.list({ pageSize: 1000 }))) ??
      [],
    create: (twilio, member, { serviceSid }) =>
      joining(() => twilio.messaging.v1.services(serviceSid).channelSenders.create(member)),
    elsewhere: [inAnotherService],
    read: (twilio, id) => serviceIn(twilio, id).channelSenders.get(sidIn(id)).fetch(),
    delete: (twilio, id) => serviceIn(twilio, id).channelSenders.get(sidIn(id)).remove(),
  },
);
