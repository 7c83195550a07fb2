import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { isWebUrl, type Params } from "../../api/params";
import type { ConversationsWebhooks, WebhookSettings } from "./records";

/** What may trigger the webhook of an auto-created conversation. */
export const autoCreationEvents: readonly string[] = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
];

/** What may trigger a service's webhooks: those without the past tense ask before it happens. */
export const serviceEvents: readonly string[] = [
  ...autoCreationEvents,
  "onConversationAdded",
  "onMessageAdd",
  "onMessageUpdate",
  "onMessageRemove",
  "onConversationAdd",
  "onConversationUpdate",
  "onConversationRemove",
  "onParticipantAdd",
  "onParticipantUpdate",
  "onParticipantRemove",
];

const accountEvents: readonly string[] = [...serviceEvents, "onUserAdded", "onUserUpdate", "onUserUpdated"];

export const conversationsWebhooks: Family = {
  document: "conversations_v1",
  operations: {
    FetchConfigurationWebhook: (call) => shown(call.account.conversationsWebhooks),

    UpdateConfigurationWebhook(call) {
      const { params, account } = call;
      const was = account.conversationsWebhooks;
      const { filters, method, ...urls } = webhookSettingsOf(call, was, accountEvents);
      account.conversationsWebhooks = {
        ...was,
        ...urls,
        // Unlike a service's webhooks, the account's show what holds where nothing is set.
        method: method ?? "POST",
        filters: filters ?? [],
        target: params.text("Target") ?? was.target,
      };
      return shown(account.conversationsWebhooks);
    },
  },
};

export function webhookSettingsOf(
  { params }: Call,
  was: WebhookSettings,
  events: readonly string[],
): WebhookSettings {
  const filters = filtersOf(params, "Filters", events);
  return {
    method: methodOf(params, was.method),
    filters: filters ? (filters.length > 0 ? filters : null) : was.filters,
    pre_webhook_url: urlOf(params, "PreWebhookUrl", was.pre_webhook_url),
    post_webhook_url: urlOf(params, "PostWebhookUrl", was.post_webhook_url),
  };
}

/** The events that a parameter names, undefined where it was not sent. Their names are listed in prose only. */
export function filtersOf(params: Params, name: string, events: readonly string[]): string[] | undefined {
  const filters = params.list(name);
  const unknown = filters?.find((filter) => !events.includes(filter));
  if (unknown !== undefined) throw invalidParameter(name, `${unknown} is none of ${events.join(", ")}`);
  return filters;
}

function methodOf(params: Params, was: string | null): string | null {
  if (!params.has("Method")) return was;
  const method = params.text("Method")?.toUpperCase() || null;
  if (method !== null && method !== "GET" && method !== "POST") {
    throw new TwilioError(400, 50055, "Invalid webhook Method: it must be GET or POST");
  }
  return method;
}

function urlOf(params: Params, name: string, was: string | null): string | null {
  if (!params.has(name)) return was;
  const url = params.text(name) || null;
  if (url !== null && !isWebUrl(url)) {
    throw new TwilioError(400, 50054, `Invalid webhook ${name}: it must be an absolute http or https URL`);
  }
  return url;
}

const shown = (webhooks: ConversationsWebhooks) => ({
  ...webhooks,
  url: "https://conversations.twilio.com/v1/Configuration/Webhooks",
});
