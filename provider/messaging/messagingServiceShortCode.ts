import type * as pulumi from "@pulumi/pulumi";
import type {
  ShortCodeInstance,
  ShortCodeListInstanceCreateOptions,
} from "twilio/lib/rest/messaging/v1/service/shortCode";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { sid } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { inAnotherService, isMemberAlready, joining, serviceIn, serviceSid } from "./members";

/** Arguments of `MessagingServiceShortCode`. */
export interface MessagingServiceShortCodeArgs extends Adoptable {
  /** SID of the Messaging Service (MG…). A change replaces the membership. */
  serviceSid: pulumi.Input<string>;
  /** SID of a short code of the account (SC…). A change replaces the membership. */
  shortCodeSid: pulumi.Input<string>;
}

/**
 * A short code in a Messaging Service. A short code is in one service only.
 *
 * Nothing can be changed: another service or short code replaces it, the old membership first. Destroy takes the short
 * code out of the service; it stays in the account. The id is `MG…/SC…`.
 *
 * Where another join is in the way at the same moment, it is tried again.
 *
 * Errors: a short code that is in this service already, which `adopt` takes over (21710), or in another one, which the
 * error names (21712); a service that is full (21714).
 *
 * @see https://www.twilio.com/docs/messaging/api/shortcode-resource
 */
export class MessagingServiceShortCode
  extends TwilioResource
  implements Echoes<MessagingServiceShortCodeArgs>
{
  declare readonly serviceSid: pulumi.Output<string>;
  declare readonly shortCodeSid: pulumi.Output<string>;
  /** The short code itself, such as `12345`. */
  declare readonly shortCode: pulumi.Output<string>;

  constructor(name: string, args: MessagingServiceShortCodeArgs, opts?: pulumi.CustomResourceOptions) {
    super(messagingServiceShortCode, name, args, opts);
  }
}

const messagingServiceShortCode = defineResource<MessagingServiceShortCodeArgs>()(
  "MessagingServiceShortCode",
  {
    label: "short code in a Messaging Service",
    parent: "MessagingService",
    api: {
      operations: {
        messaging_v1: [
          "CreateShortCode",
          "FetchShortCode",
          "ListShortCode",
          "DeleteShortCode",
          "ListService",
        ],
      },
    },
    args: z.strictObject({
      ...adoptable,
      serviceSid: serviceSid(),
      shortCodeSid: sid("SC", "a short code of the account"),
    }),
    createOnly: ["serviceSid", "shortCodeSid"],

    params: ({ shortCodeSid }): ShortCodeListInstanceCreateOptions => ({ shortCodeSid }),
    reset: {},
    live: (member: ShortCodeInstance) => ({ serviceSid: member.serviceSid, shortCodeSid: member.sid }),
    computed: { shortCode: (member) => member.shortCode },

    id: (member) => `${member.serviceSid}/${member.sid}`,
    within: ({ serviceSid }) => serviceSid,
    naturalKey: ({ shortCodeSid }) => shortCodeSid,
    duplicate: [isMemberAlready],
    createdAt: (member) => member.dateCreated,
    list: (twilio, serviceSid) =>
      twilio.messaging.v1.services(serviceSid).shortCodes.page({ pageSize: 1000 }),
    create: (twilio, member, { serviceSid }) =>
      joining(() => twilio.messaging.v1.services(serviceSid).shortCodes.create(member)),
    elsewhere: [inAnotherService],
    read: (twilio, id) => serviceIn(twilio, id).shortCodes.get(sidIn(id)).fetch(),
    delete: (twilio, id) => serviceIn(twilio, id).shortCodes.get(sidIn(id)).remove(),
  },
);
