import type * as pulumi from "@pulumi/pulumi";
import type { WebhookInstance } from "twilio/lib/rest/conversations/v1/service/configuration/webhook";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { oneByOne } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { sid } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Echoes } from "../values/args";
import { serviceEvents } from "./events";
import {
  blankWebhooks,
  heldWebhooks,
  liveWebhooks,
  oneWebhook,
  type WebhookParams,
  webhookFields,
} from "./webhooks";

/** Arguments of `ConversationsServiceWebhooks`. */
export interface ConversationsServiceWebhooksArgs {
  /** SID of the Conversations service (IS…). Another one replaces: the old service gets back what it had. */
  chatServiceSid: pulumi.Input<string>;
  /** URL that is asked before an event takes place. */
  preWebhookUrl?: pulumi.Input<string>;
  /** URL that is told after an event took place. */
  postWebhookUrl?: pulumi.Input<string>;
  /** Events that the webhooks are called for, such as `onMessageAdded`. Order means nothing. */
  filters?: pulumi.Input<pulumi.Input<string>[]>;
  /** HTTP method of both webhooks: GET or POST. */
  method?: pulumi.Input<HttpMethod>;
}

/**
 * The webhooks of a Conversations service. They are always there: only the given keys are set, and each goes back to
 * what was found when it is taken away, or on destroy, unless somebody else has changed it since.
 *
 * Two resources of a stack may share a service, but not a key of it.
 *
 * Errors: no key is given; another resource of the stack declares the same key; an event that there is not.
 *
 * @see https://www.twilio.com/docs/conversations/api/service-webhook-resource
 */
export class ConversationsServiceWebhooks
  extends TwilioSingleton
  implements Echoes<ConversationsServiceWebhooksArgs>
{
  declare readonly chatServiceSid: pulumi.Output<string>;
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly filters: pulumi.Output<string[] | undefined>;
  declare readonly method: pulumi.Output<HttpMethod | undefined>;

  constructor(name: string, args: ConversationsServiceWebhooksArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationsServiceWebhooks, name, args, opts);
  }
}

const conversationsServiceWebhooks = defineSingleton<ConversationsServiceWebhooksArgs>()(
  "ConversationsServiceWebhooks",
  {
    label: "webhooks of the Conversations service",
    parent: "ConversationsService",
    api: {
      operations: {
        conversations_v1: ["FetchServiceWebhookConfiguration", "UpdateServiceWebhookConfiguration"],
      },
    },
    args: z.strictObject({
      chatServiceSid: sid("IS", "a Conversations service"),
      ...webhookFields(serviceEvents),
    }),
    rules: [oneWebhook()],

    facets: oneByOne("chatServiceSid"),
    params: ({ chatServiceSid: _, ...args }): Partial<WebhookParams> => args,
    held: (webhook: WebhookInstance) => heldWebhooks(webhook),
    live: liveWebhooks,
    blank: blankWebhooks,

    naming: ["chatServiceSid"],
    otherTarget: ({ chatServiceSid }, id) => (chatServiceSid === id ? [] : ["chatServiceSid"]),
    id: (webhook) => webhook.chatServiceSid,
    find: (twilio, { chatServiceSid }) =>
      twilio.conversations.v1.services(chatServiceSid).configuration.webhooks().fetch(),
    read: (twilio, id) => twilio.conversations.v1.services(id).configuration.webhooks().fetch(),
    update: (twilio, id, changed) =>
      twilio.conversations.v1.services(id).configuration.webhooks().update(changed),
  },
);
