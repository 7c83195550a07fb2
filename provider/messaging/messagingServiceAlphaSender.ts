import type * as pulumi from "@pulumi/pulumi";
import type {
  AlphaSenderInstance,
  AlphaSenderListInstanceCreateOptions,
} from "twilio/lib/rest/messaging/v1/service/alphaSender";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import type { Adoptable, Echoes } from "../values/args";
import { isMemberAlready, joining, serviceIn, serviceSid } from "./members";

/** Arguments of `MessagingServiceAlphaSender`. */
export interface MessagingServiceAlphaSenderArgs extends Adoptable {
  /** SID of the Messaging Service (MG…). A change replaces the sender. */
  serviceSid: pulumi.Input<string>;
  /**
   * Name that customers see in place of a number: 1 to 11 letters, digits, spaces or `+ - _ &`, with a letter among
   * them. A change replaces the sender.
   */
  alphaSender: pulumi.Input<string>;
}

/**
 * A name that messages of a Messaging Service come from, in countries that allow it. Customers cannot answer it.
 *
 * Nothing can be changed: another service or name replaces it, the old one first. Destroy deletes it. The id is
 * `MG…/AI…`.
 *
 * Where another join is in the way at the same moment, it is tried again.
 *
 * Errors: a name that the service has already, which `adopt` takes over (21710, not verified for names); a service
 * that is full (21714).
 *
 * @see https://www.twilio.com/docs/messaging/api/alphasender-resource
 */
export class MessagingServiceAlphaSender
  extends TwilioResource
  implements Echoes<MessagingServiceAlphaSenderArgs>
{
  declare readonly serviceSid: pulumi.Output<string>;
  declare readonly alphaSender: pulumi.Output<string>;

  constructor(name: string, args: MessagingServiceAlphaSenderArgs, opts?: pulumi.CustomResourceOptions) {
    super(messagingServiceAlphaSender, name, args, opts);
  }
}

/** @see https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id */
const alphaSender = () =>
  z
    .string()
    .regex(/^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/)
    .describe("1 to 11 letters, digits, spaces or + - _ &, with a letter among them");

const messagingServiceAlphaSender = defineResource<MessagingServiceAlphaSenderArgs>()(
  "MessagingServiceAlphaSender",
  {
    label: "alphanumeric sender in a Messaging Service",
    parent: "MessagingService",
    api: {
      operations: {
        messaging_v1: ["CreateAlphaSender", "FetchAlphaSender", "ListAlphaSender", "DeleteAlphaSender"],
      },
    },
    args: z.strictObject({ ...adoptable, serviceSid: serviceSid(), alphaSender: alphaSender() }),
    createOnly: ["serviceSid", "alphaSender"],

    params: ({ alphaSender }): AlphaSenderListInstanceCreateOptions => ({ alphaSender }),
    reset: {},
    live: (sender: AlphaSenderInstance) => ({
      serviceSid: sender.serviceSid,
      alphaSender: sender.alphaSender,
    }),

    id: (sender) => `${sender.serviceSid}/${sender.sid}`,
    within: ({ serviceSid }) => serviceSid,
    naturalKey: ({ alphaSender }) => alphaSender,
    duplicate: [isMemberAlready],
    createdAt: (sender) => sender.dateCreated,
    list: (twilio, serviceSid) =>
      twilio.messaging.v1.services(serviceSid).alphaSenders.page({ pageSize: 1000 }),
    create: (twilio, sender, { serviceSid }) =>
      joining(() => twilio.messaging.v1.services(serviceSid).alphaSenders.create(sender)),
    read: (twilio, id) => serviceIn(twilio, id).alphaSenders.get(sidIn(id)).fetch(),
    delete: (twilio, id) => serviceIn(twilio, id).alphaSenders.get(sidIn(id)).remove(),
  },
);
