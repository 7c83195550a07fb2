import type * as pulumi from "@pulumi/pulumi";
import type {
  ServiceInstance,
  ServiceListInstanceCreateOptions,
} from "twilio/lib/rest/conversations/v1/service";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { inFlexConfiguration } from "../life/definition";
import { holding, replacingLoses } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { flag, text } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { heldIn } from "./held";

/** Arguments of `ConversationsService`. */
export interface ConversationsServiceArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 256 characters. Needed, since it can never be changed: another one replaces the service. */
  friendlyName: pulumi.Input<string>;
  /** Lets destroy, and a change of the name, delete the service although it holds conversations, which are lost. Default false. */
  deleteData?: pulumi.Input<boolean>;
}

/**
 * A service of Conversations, which conversations are kept in. The same object is a Chat service under the API of
 * Programmable Chat. Its settings are `ConversationsServiceConfiguration` and `ConversationsServiceWebhooks`.
 *
 * The API changes nothing of a service. Another name makes a new one and deletes the old one with all that is in it:
 * preview refuses that unless `deleteData: true`. Destroy deletes the service; while it holds conversations, only
 * with `deleteData: true`. Names need not be unique.
 *
 * @see https://www.twilio.com/docs/conversations/api/service-resource
 */
export class ConversationsService extends TwilioResource implements Echoes<ConversationsServiceArgs> {
  declare readonly friendlyName: pulumi.Output<string>;

  constructor(name: string, args: ConversationsServiceArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationsService, name, args, opts);
  }
}

const conversationsService = defineResource<ConversationsServiceArgs>()("ConversationsService", {
  label: "Conversations service",
  prefix: "IS",
  madeByTwilio: ({ friendlyName }, field) =>
    friendlyName === "Default Conversations Service"
      ? { by: "getConversationsService", args: { friendlyName }, field: "sid" }
      : inFlexConfiguration(field),
  api: {
    operations: {
      conversations_v1: [
        "CreateService",
        "FetchService",
        "ListService",
        "DeleteService",
        "ListServiceConversation",
      ],
      chat_v2: ["ListChannel"],
    },
  },
  args: z.strictObject({ ...adoptable, deleteData: flag().optional(), friendlyName: text(256) }),
  createOnly: ["friendlyName"],
  guards: [
    replacingLoses(
      "the API does not rename a service; another name makes a new one and deletes this one with all its conversations",
    ),
    holding(heldIn),
  ],

  params: (args): ServiceListInstanceCreateOptions => args,
  reset: {},
  live: (service: ServiceInstance) => ({ friendlyName: service.friendlyName }),

  id: (service) => service.sid,
  createdAt: (service) => service.dateCreated,
  list: (twilio) => twilio.conversations.v1.services.page({ pageSize: 100 }),
  create: (twilio, service) => twilio.conversations.v1.services.create(service),
  read: (twilio, id) => twilio.conversations.v1.services(id).fetch(),
  delete: (twilio, id) => twilio.conversations.v1.services(id).remove(),
});
