import type * as pulumi from "@pulumi/pulumi";
import type { WebhookInstance } from "twilio/lib/rest/conversations/v1/configuration/webhook";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { oneByOne } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { oneOf } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Echoes } from "../values/args";
import { accountEvents } from "./events";
import {
  blankWebhooks,
  heldWebhooks,
  liveWebhooks,
  oneWebhook,
  type WebhookParams,
  webhookFields,
} from "./webhooks";

const targets = ["webhook", "flex"] as const;

/** Arguments of `ConversationsWebhooks`. */
export interface ConversationsWebhooksArgs {
  /** URL that is asked before an event takes place. */
  preWebhookUrl?: pulumi.Input<string>;
  /** URL that is told after an event took place. */
  postWebhookUrl?: pulumi.Input<string>;
  /** Events that the webhooks are called for, such as `onMessageAdded`. Order means nothing. */
  filters?: pulumi.Input<pulumi.Input<string>[]>;
  /** HTTP method of both webhooks: GET or POST. */
  method?: pulumi.Input<HttpMethod>;
  /** What the events go to: `webhook`, the URLs, or `flex`. */
  target?: pulumi.Input<(typeof targets)[number]>;
}

/**
 * The account's webhooks of Conversations. They are always there: only the given keys are set, and each goes back to
 * what was found when it is taken away, or on destroy, unless somebody else has changed it since.
 *
 * Two resources of a stack may share them, but not a key of them. Nothing replaces them.
 *
 * Errors: no key is given; another resource of the stack declares the same key; an event that there is not.
 *
 * @see https://www.twilio.com/docs/conversations/api/webhook-configuration-resource
 */
export class ConversationsWebhooks extends TwilioSingleton implements Echoes<ConversationsWebhooksArgs> {
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly filters: pulumi.Output<string[] | undefined>;
  declare readonly method: pulumi.Output<HttpMethod | undefined>;
  declare readonly target: pulumi.Output<(typeof targets)[number] | undefined>;

  constructor(name: string, args: ConversationsWebhooksArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationsWebhooks, name, args, opts);
  }
}

type Params = WebhookParams & { target: (typeof targets)[number] };

const conversationsWebhooks = defineSingleton<ConversationsWebhooksArgs>()("ConversationsWebhooks", {
  label: "Conversations webhooks",
  api: {
    operations: { conversations_v1: ["FetchConfigurationWebhook", "UpdateConfigurationWebhook"] },
  },
  args: z.strictObject({ ...webhookFields(accountEvents), target: oneOf(targets).optional() }),
  rules: [oneWebhook("target")],

  facets: oneByOne(),
  params: (args): Partial<Params> => args,
  held: (webhook: WebhookInstance) => ({ ...heldWebhooks(webhook), target: webhook.target }),
  live: liveWebhooks,
  blank: { ...blankWebhooks, target: "webhook" },

  naming: [],
  otherTarget: () => [],
  id: (webhook) => webhook.accountSid,
  find: (twilio) => twilio.conversations.v1.configuration.webhooks().fetch(),
  read: (twilio) => twilio.conversations.v1.configuration.webhooks().fetch(),
  update: (twilio, _, changed) => twilio.conversations.v1.configuration.webhooks().update(changed),
});
