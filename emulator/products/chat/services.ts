import type { Account } from "../../account/state";
import { type Call, type Family, lookUp, type Maker } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError } from "../../api/errors";
import type { Params } from "../../api/params";
import { removeConversation } from "../conversations/relations";
import { chatUsersOf, removeChatChannel } from "./relations";

export interface ChatService {
  sid: string;
  account_sid: string;
  friendly_name: string;
  default_service_role_sid: string;
  default_channel_role_sid: string;
  default_channel_creator_role_sid: string;
  read_status_enabled: boolean;
  reachability_enabled: boolean;
  typing_indicator_timeout: number;
  consumption_report_interval: number;
  limits: { channel_members: number; user_channels: number };
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
  webhook_method: string;
  webhook_filters: string[] | null;
  pre_webhook_retry_count: number;
  post_webhook_retry_count: number;
  notifications: Notifications;
  media: { size_limit_mb: number; compatibility_message: string };
  date_created: string;
  date_updated: string;
}

/** `template`, `sound` and `badge_count_enabled` are there once they were set. */
interface Notification {
  enabled: boolean;
  template?: string;
  sound?: string;
  badge_count_enabled?: boolean;
}

interface Notifications {
  log_enabled: boolean;
  new_message: Notification;
  added_to_channel: Notification;
  removed_from_channel: Notification;
  invited_to_channel: Notification;
}

/** A role of a chat service, with the type in the words of Programmable Chat and the permissions in those of Conversations. */
export interface ChatRole {
  sid: string;
  account_sid: string;
  service_sid: string;
  friendly_name: string;
  type: "deployment" | "channel";
  permissions: string[];
  date_created: string;
  date_updated: string;
}

export const chatServices: Family = {
  document: "chat_v2",
  operations: {
    CreateService(call) {
      return shown(createChatService(call, nameOf(call.params, "")));
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

/** One service is seen under two APIs, Programmable Chat and Conversations, whichever of the two it was made through. */
export function createChatService(maker: Maker, name: string): ChatService {
  const { account, now } = maker;
  const { service, roles } = newChatService(maker.sid("IS"), account.sid, name, now, () => maker.sid("RL"));
  account.chatServices[service.sid] = service;
  for (const role of roles) account.chatRoles[role.sid] = role;
  return service;
}

/** A service with the three roles that Twilio makes along with it. */
export function newChatService(
  sid: string,
  accountSid: string,
  name: string,
  now: string,
  newRoleSid: () => string,
) {
  const role = (friendly_name: string, type: ChatRole["type"], permissions: string[]): ChatRole => ({
    sid: newRoleSid(),
    account_sid: accountSid,
    service_sid: sid,
    friendly_name,
    type,
    permissions,
    date_created: now,
    date_updated: now,
  });
  const serviceUser = role("service user", "deployment", [
    "createConversation",
    "joinConversation",
    "editOwnUserInfo",
  ]);
  const own = ["sendMessage", "sendMediaMessage", "editOwnMessage", "deleteOwnMessage", "leaveConversation"];
  const channelUser = role("channel user", "channel", own);
  const channelAdmin = role("channel admin", "channel", [
    ...own,
    "addParticipant",
    "removeParticipant",
    "editConversationName",
    "editConversationAttributes",
    "deleteConversation",
  ]);
  const service: ChatService = {
    sid,
    account_sid: accountSid,
    friendly_name: name,
    default_service_role_sid: serviceUser.sid,
    default_channel_role_sid: channelUser.sid,
    default_channel_creator_role_sid: channelAdmin.sid,
    read_status_enabled: true,
    reachability_enabled: false,
    typing_indicator_timeout: 5,
    consumption_report_interval: 10,
    limits: { channel_members: 100, user_channels: 250 },
    pre_webhook_url: null,
    post_webhook_url: null,
    webhook_method: "POST",
    webhook_filters: null,
    pre_webhook_retry_count: 0,
    post_webhook_retry_count: 0,
    notifications: {
      log_enabled: false,
      new_message: { enabled: false },
      added_to_channel: { enabled: false },
      removed_from_channel: { enabled: false },
      invited_to_channel: { enabled: false },
    },
    media: { size_limit_mb: 150, compatibility_message: "" },
    date_created: now,
    date_updated: now,
  };
  return { service, roles: [serviceUser, channelUser, channelAdmin] };
}

/** What a service holds goes with it, without a question. */
export function removeChatService(account: Account, sid: string): void {
  for (const channel of Object.values(account.chatChannels)) {
    if (channel.service_sid === sid) removeChatChannel(account, channel.sid);
  }
  for (const user of chatUsersOf(account, sid)) delete account.chatUsers[user.sid];
  for (const conversation of Object.values(account.conversations)) {
    if (conversation.chat_service_sid === sid) removeConversation(account, conversation.sid);
  }
  for (const user of Object.values(account.conversationsUsers)) {
    if (user.chat_service_sid === sid) delete account.conversationsUsers[user.sid];
  }
  for (const role of Object.values(account.chatRoles)) {
    if (role.service_sid === sid) delete account.chatRoles[role.sid];
  }
  delete account.conversationsServiceWebhooks[sid];
  delete account.conversationsServiceNotifications[sid];
  const { conversationsConfiguration: configuration } = account;
  if (configuration.default_chat_service_sid === sid) configuration.default_chat_service_sid = null;
  delete account.chatServices[sid];
}

function updated(call: Call, was: ChatService): ChatService {
  const { params } = call;
  const { notifications, limits, media } = was;
  const filters = params.list("WebhookFilters");
  return {
    ...was,
    friendly_name: nameOf(params, was.friendly_name),
    default_service_role_sid: roleOf(call, "DefaultServiceRoleSid", was.default_service_role_sid),
    default_channel_role_sid: roleOf(call, "DefaultChannelRoleSid", was.default_channel_role_sid),
    default_channel_creator_role_sid: roleOf(
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
    webhook_method: params.has("WebhookMethod") ? params.text("WebhookMethod") || "POST" : was.webhook_method,
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

/** The service's name, needed and at most 256 characters, under either API. */
export function nameOf(params: Params, was: string): string {
  const name = params.text("FriendlyName") ?? was;
  if (name === "") throw missingParameter("FriendlyName");
  if (name.length > 256) throw new TwilioError(400, 50003, "FriendlyName must be at most 256 characters");
  return name;
}

/** The SID, where it names a service of the account. */
export function existingService({ account }: Call, name: string, sid: string): string {
  if (!lookUp(account.chatServices, sid)) throw new TwilioError(400, 50050, `${name} ${sid} was not found`);
  return sid;
}

export function roleOf({ params, account }: Call, name: string, was: string): string {
  const sid = params.text(name);
  if (!sid) return was;
  if (!lookUp(account.chatRoles, sid)) throw new TwilioError(400, 50100, `Role ${sid} was not found`);
  return sid;
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
