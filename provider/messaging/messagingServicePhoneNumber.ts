import type * as pulumi from "@pulumi/pulumi";
import type {
  PhoneNumberInstance,
  PhoneNumberListInstanceCreateOptions,
} from "twilio/lib/rest/messaging/v1/service/phoneNumber";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { sid } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { inAnotherService, isMemberAlready, joining, serviceIn, serviceSid } from "./members";
import { numbersInServices } from "./messagingServices";

/** Arguments of `MessagingServicePhoneNumber`. */
export interface MessagingServicePhoneNumberArgs extends Adoptable {
  /** SID of the Messaging Service (MG…). A change replaces the membership. */
  serviceSid: pulumi.Input<string>;
  /** SID of a number of the account (PN…). A change replaces the membership. */
  phoneNumberSid: pulumi.Input<string>;
}

/**
 * A number in a Messaging Service. While it is there, the service says what happens to its messages: see
 * `useInboundWebhookOnNumber` of `MessagingService`.
 *
 * A number is in one service only. One that is in a Messaging Service can no longer join a Proxy service, the other
 * way round it works: give `dependsOn` with the `ProxyPhoneNumber` of the same number, where there is one.
 *
 * Nothing can be changed: another service or number replaces it, the old membership first. Destroy takes the number out
 * of the service; it stays in the account. The id is `MG…/PN…`.
 *
 * Where another join is in the way at the same moment, it is tried again.
 *
 * Errors: a number that is in this service already, which `adopt` takes over (21710), or in another one, which the
 * error names (21712); a number that is not the account's (21421); a service that is full (21714).
 *
 * @see https://www.twilio.com/docs/messaging/api/phonenumber-resource
 */
export class MessagingServicePhoneNumber
  extends TwilioResource
  implements Echoes<MessagingServicePhoneNumberArgs>
{
  declare readonly serviceSid: pulumi.Output<string>;
  declare readonly phoneNumberSid: pulumi.Output<string>;
  /** The number in E.164 form. */
  declare readonly phoneNumber: pulumi.Output<string>;

  constructor(name: string, args: MessagingServicePhoneNumberArgs, opts?: pulumi.CustomResourceOptions) {
    super(messagingServicePhoneNumber, name, args, opts);
  }
}

const messagingServicePhoneNumber = defineResource<MessagingServicePhoneNumberArgs>()(
  "MessagingServicePhoneNumber",
  {
    ...numbersInServices.listing,
    collection: numbersInServices,
    parent: "MessagingService",
    api: {
      operations: {
        messaging_v1: [
          "CreatePhoneNumber",
          "FetchPhoneNumber",
          "ListPhoneNumber",
          "DeletePhoneNumber",
          "ListService",
        ],
      },
    },
    args: z.strictObject({
      ...adoptable,
      serviceSid: serviceSid(),
      phoneNumberSid: sid("PN", "a phone number of the account"),
    }),
    createOnly: ["serviceSid", "phoneNumberSid"],

    params: ({ phoneNumberSid }): PhoneNumberListInstanceCreateOptions => ({ phoneNumberSid }),
    reset: {},
    live: (member: PhoneNumberInstance) => ({
      serviceSid: member.serviceSid,
      phoneNumberSid: member.sid,
    }),
    computed: { phoneNumber: (member) => member.phoneNumber },

    within: ({ serviceSid }) => serviceSid,
    naturalKey: ({ phoneNumberSid }) => phoneNumberSid,
    duplicate: [isMemberAlready],
    createdAt: (member) => member.dateCreated,
    create: (twilio, member, { serviceSid }) =>
      joining(() => twilio.messaging.v1.services(serviceSid).phoneNumbers.create(member)),
    elsewhere: [inAnotherService],
    delete: (twilio, id) => serviceIn(twilio, id).phoneNumbers.get(sidIn(id)).remove(),
  },
);
