import type { Account } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { missingParameter, TwilioError } from "../../api/errors";
import { isWebUrl, type Params } from "../../api/params";
import {
  type Conversation,
  type ConversationScopedWebhook,
  type ScopedWebhookConfiguration,
  targets,
} from "./records";
import { newScopedWebhook, refuseClosed } from "./relations";
import { conversationOf, conversationUrl, inBothScopes, type Scope } from "./scope";
import { autoCreationEvents } from "./webhooks";

/** The webhooks of one conversation, not to be confused with those of an account or a service. */
export const conversationWebhooks: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateConversationScopedWebhook(call, scope) {
      const conversation = conversationOf(call, scope);
      refuseClosed(conversation);
      const target = targets.find((known) => known === call.params.text("Target"));
      if (!target) throw missingParameter("Target");
      if (webhooksOf(call.account, conversation).length >= 5) {
        throw new TwilioError(400, 50361, "Too many conversation webhooks: the limit is five");
      }
      const webhook = newScopedWebhook(call, conversation, target, configurationOf(call, target, {}));
      call.account.conversationWebhooks[webhook.sid] = webhook;
      return shown(webhook, scope);
    },

    ListConversationScopedWebhook(call, scope) {
      const webhooks = webhooksOf(call.account, conversationOf(call, scope));
      return call.list("webhooks", webhooks, (webhook) => shown(webhook, scope));
    },

    FetchConversationScopedWebhook(call, scope) {
      return shown(webhookOf(call, conversationOf(call, scope)), scope);
    },

    UpdateConversationScopedWebhook(call, scope) {
      const conversation = conversationOf(call, scope);
      const was = webhookOf(call, conversation);
      refuseClosed(conversation);
      const webhook: ConversationScopedWebhook = {
        ...was,
        configuration: configurationOf(call, was.target, was.configuration),
        date_updated: call.now,
      };
      call.account.conversationWebhooks[was.sid] = webhook;
      return shown(webhook, scope);
    },

    DeleteConversationScopedWebhook(call, scope) {
      delete call.account.conversationWebhooks[webhookOf(call, conversationOf(call, scope)).sid];
      return undefined;
    },
  }),
};
const webhooksOf = (account: Account, { sid }: Conversation) =>
  Object.values(account.conversationWebhooks).filter(({ conversation_sid }) => conversation_sid === sid);

function webhookOf(call: Call, { sid }: Conversation): ConversationScopedWebhook {
  const webhook = call.found(call.account.conversationWebhooks, call.path("Sid"));
  if (webhook.conversation_sid !== sid) throw call.notFound();
  return webhook;
}

function configurationOf(
  { params, account }: Call,
  target: ConversationScopedWebhook["target"],
  was: ScopedWebhookConfiguration,
): ScopedWebhookConfiguration {
  if (target === "studio") {
    const flow_sid = params.text("Configuration.FlowSid") || was.flow_sid;
    if (!flow_sid || !lookUp(account.studioFlows, flow_sid)) {
      throw new TwilioError(400, 50367, "Configuration.FlowSid must name a Studio flow of this account");
    }
    return { flow_sid };
  }
  return {
    url: urlOf(params, was.url),
    method: params.text("Configuration.Method") || was.method || "post",
    ...(target === "trigger"
      ? { triggers: keywordsOf(params, was.triggers) }
      : { filters: eventsOf(params, was.filters) }),
  };
}

function urlOf(params: Params, was: string | undefined): string {
  const url = params.text("Configuration.Url") ?? was;
  if (!url) throw new TwilioError(400, 50369, "Conversation webhook URL not provided");
  if (!isWebUrl(url)) throw new TwilioError(400, 50054, "Configuration.Url must be an absolute URL");
  if (url.length > 512) throw new TwilioError(400, 50372, "Conversation webhook URL is too long");
  return url;
}

function eventsOf(params: Params, was: string[] | undefined): string[] {
  const events = params.list("Configuration.Filters") ?? was ?? [];
  if (events.length === 0) throw new TwilioError(400, 50370, "Conversation webhook filter not provided");
  const unknown = events.find((event) => !autoCreationEvents.includes(event));
  if (unknown !== undefined) {
    throw new TwilioError(400, 50365, `${unknown} is none of ${autoCreationEvents.join(", ")}`);
  }
  return events;
}

function keywordsOf(params: Params, was: string[] | undefined): string[] {
  const keywords = params.list("Configuration.Triggers") ?? was ?? [];
  if (keywords.length === 0 || keywords.some(({ length }) => length > 248)) {
    throw new TwilioError(400, 50366, "Configuration.Triggers must be keywords of 1 to 248 characters");
  }
  return keywords;
}

const shown = (webhook: ConversationScopedWebhook, scope: Scope) => ({
  ...webhook,
  ...scope.named,
  url: `${conversationUrl(scope, webhook.conversation_sid)}/Webhooks/${webhook.sid}`,
});
