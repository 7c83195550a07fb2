import type { Call, Family } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import type { Params } from "../../api/params";
import { removeChatService } from "../conversations/relations";
import type { ChatService, Notification } from "./records";
import { chatRoleOf, createChatService, serviceNameOf } from "./relations";

export const chatServices: Family = {
  document: "chat_v2",
  operations: {
    CreateService(call) {
      return shown(createChatService(call, serviceNameOf(call.params, "")));
    },

    ListService: (call) => call.list("services", Object.values(call.account.chatServices), shown),

    FetchService: (call) => shown(serviceOf(call)),

    UpdateService(call) {
      const service = updated(call, serviceOf(call));
      call.account.chatServices[service.sid] = service;
      return shown(service);
    },

    DeleteService(call) {
      const { sid } = serviceOf(call);
      removeChatService(call.account, sid);
      return undefined;
    },
  },
};

function updated(call: Call, was: ChatService): ChatService {
  const { params } = call;
  const { notifications, limits, media } = was;
  const filters = params.list("WebhookFilters");
  return {
    ...was,
    friendly_name: serviceNameOf(params, was.friendly_name),
    default_service_role_sid: chatRoleOf(call, "DefaultServiceRoleSid", was.default_service_role_sid),
    default_channel_role_sid: chatRoleOf(call, "DefaultChannelRoleSid", was.default_channel_role_sid),
    default_channel_creator_role_sid: chatRoleOf(
      call,
      "DefaultChannelCreatorRoleSid",
      was.default_channel_creator_role_sid,
    ),
    read_status_enabled: params.flag("ReadStatusEnabled") ?? was.read_status_enabled,
    reachability_enabled: params.flag("ReachabilityEnabled") ?? was.reachability_enabled,
    typing_indicator_timeout: within(params, "TypingIndicatorTimeout", was.typing_indicator_timeout, 0),
    consumption_report_interval: within(
      params,
      "ConsumptionReportInterval",
      was.consumption_report_interval,
      0,
    ),
    limits: {
      channel_members: within(params, "Limits.ChannelMembers", limits.channel_members, 1, 1000),
      user_channels: within(params, "Limits.UserChannels", limits.user_channels, 1, 1000),
    },
    pre_webhook_url: params.has("PreWebhookUrl") ? params.text("PreWebhookUrl") || null : was.pre_webhook_url,
    post_webhook_url: params.has("PostWebhookUrl")
      ? params.text("PostWebhookUrl") || null
      : was.post_webhook_url,
    webhook_method: params.has("WebhookMethod") ? params.text("WebhookMethod") || null : was.webhook_method,
    webhook_filters: filters ? (filters.length > 0 ? filters : null) : was.webhook_filters,
    pre_webhook_retry_count: within(params, "PreWebhookRetryCount", was.pre_webhook_retry_count, 0, 3),
    post_webhook_retry_count: within(params, "PostWebhookRetryCount", was.post_webhook_retry_count, 0, 3),
    notifications: {
      log_enabled: params.flag("Notifications.LogEnabled") ?? notifications.log_enabled,
      new_message: notificationOf(params, "NewMessage", notifications.new_message),
      added_to_channel: notificationOf(params, "AddedToChannel", notifications.added_to_channel),
      removed_from_channel: notificationOf(params, "RemovedFromChannel", notifications.removed_from_channel),
      invited_to_channel: notificationOf(params, "InvitedToChannel", notifications.invited_to_channel),
    },
    media: {
      size_limit_mb: media.size_limit_mb,
      compatibility_message: params.text("Media.CompatibilityMessage") ?? media.compatibility_message,
    },
    date_updated: call.now,
  };
}

function notificationOf(params: Params, event: string, was: Notification): Notification {
  const name = `Notifications.${event}`;
  const template = params.text(`${name}.Template`) ?? was.template;
  const sound = params.text(`${name}.Sound`) ?? was.sound;
  const badge = params.flag(`${name}.BadgeCountEnabled`) ?? was.badge_count_enabled;
  return {
    enabled: params.flag(`${name}.Enabled`) ?? was.enabled,
    ...(template && { template }),
    ...(sound && { sound }),
    ...(badge !== undefined && { badge_count_enabled: badge }),
  };
}

function within(
  params: Params,
  name: string,
  was: number,
  lowest: number,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  const value = params.number(name);
  if (value === undefined) return was;
  if (value < lowest || value > highest)
    throw invalidParameter(name, `must be between ${lowest} and ${highest}`);
  return value;
}

const serviceOf = (call: Call) => call.found(call.account.chatServices, call.path("Sid"));

function shown(service: ChatService) {
  const url = `https://chat.twilio.com/v2/Services/${service.sid}`;
  const links = {
    channels: `${url}/Channels`,
    users: `${url}/Users`,
    roles: `${url}/Roles`,
    bindings: `${url}/Bindings`,
  };
  return { ...service, url, links };
}
