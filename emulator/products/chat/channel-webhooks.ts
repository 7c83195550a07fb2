import type { Call, Family } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError } from "../../api/errors";
import { isWebUrl } from "../../api/params";
import type { ChatChannelWebhook, ChatWebhookConfiguration } from "./records";
import { chatChannelOf, chatChannelUrl, inChannel } from "./relations";

/** They are kept, not called. */
export const chatChannelWebhooks: Family = {
  document: "chat_v2",
  operations: {
    CreateChannelWebhook(call) {
      const channel = chatChannelOf(call, "ChannelSid");
      if (webhooksOf(call).length >= 5) throw new TwilioError(400, 50321, "Too many channel webhooks");
      const type = call.params.needed("Type");
      const webhook: ChatChannelWebhook = {
        sid: call.sid("WH"),
        account_sid: channel.account_sid,
        service_sid: channel.service_sid,
        channel_sid: channel.sid,
        type,
        configuration: configurationOf(call, type, { retry_count: 0 }),
        date_created: call.now,
        date_updated: call.now,
      };
      call.account.chatChannelWebhooks[webhook.sid] = webhook;
      return shown(webhook);
    },

    ListChannelWebhook: (call) => call.list("webhooks", webhooksOf(call), shown),

    FetchChannelWebhook: (call) => shown(inChannel(call, call.account.chatChannelWebhooks)),

    UpdateChannelWebhook(call) {
      const webhook = inChannel(call, call.account.chatChannelWebhooks);
      webhook.configuration = configurationOf(call, webhook.type, webhook.configuration);
      webhook.date_updated = call.now;
      return shown(webhook);
    },

    DeleteChannelWebhook(call) {
      delete call.account.chatChannelWebhooks[inChannel(call, call.account.chatChannelWebhooks).sid];
      return undefined;
    },
  },
};

function webhooksOf(call: Call): ChatChannelWebhook[] {
  const { sid } = chatChannelOf(call, "ChannelSid");
  return Object.values(call.account.chatChannelWebhooks).filter(({ channel_sid }) => channel_sid === sid);
}

function configurationOf(call: Call, type: string, was: ChatWebhookConfiguration): ChatWebhookConfiguration {
  const { params } = call;
  const retry_count = params.number("Configuration.RetryCount") ?? was.retry_count;
  if (retry_count < 0 || retry_count > 3)
    throw invalidParameter("Configuration.RetryCount", "must be between 0 and 3");
  const filters = params.list("Configuration.Filters") ?? was.filters ?? [];
  if (type === "studio") {
    const flow_sid = params.text("Configuration.FlowSid") ?? was.flow_sid;
    if (!flow_sid) throw missingParameter("Configuration.FlowSid");
    return { flow_sid, filters, retry_count };
  }
  const url = params.text("Configuration.Url") ?? was.url;
  if (!url) throw missingParameter("Configuration.Url");
  if (params.has("Configuration.Url") && !isWebUrl(url))
    throw invalidParameter("Configuration.Url", "must be an absolute http or https URL");
  const method = params.text("Configuration.Method") || (was.method ?? "POST");
  if (type === "webhook") return { url, method, filters, retry_count };
  const triggers = params.list("Configuration.Triggers") ?? was.triggers ?? [];
  if (triggers.length > 5) throw new TwilioError(400, 50322, "Too many channel webhook triggers");
  return { url, method, triggers, retry_count };
}

const shown = (webhook: ChatChannelWebhook) => ({
  ...webhook,
  url: `${chatChannelUrl(webhook.service_sid, webhook.channel_sid)}/Webhooks/${webhook.sid}`,
});
