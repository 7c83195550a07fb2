import type { Stamp } from "../../api/clock";

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
  /** Null until it is set. */
  webhook_method: string | null;
  webhook_filters: string[] | null;
  pre_webhook_retry_count: number;
  post_webhook_retry_count: number;
  notifications: Notifications;
  media: { size_limit_mb: number; compatibility_message: string };
  date_created: string;
  date_updated: string;
}

interface Notifications {
  log_enabled: boolean;
  new_message: Notification;
  added_to_channel: Notification;
  removed_from_channel: Notification;
  invited_to_channel: Notification;
}

/** `template`, `sound` and `badge_count_enabled` are there once they were set. */
export interface Notification {
  enabled: boolean;
  template?: string;
  sound?: string;
  badge_count_enabled?: boolean;
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

/** A service with the three roles that Twilio makes along with it. */
export function newChatService(stamp: Stamp, accountSid: string, name: string) {
  const { now } = stamp;
  const sid = stamp.sid("IS");
  const role = (friendly_name: string, type: ChatRole["type"], permissions: string[]): ChatRole => ({
    sid: stamp.sid("RL"),
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
  const channelUser = role("channel user", "channel", [
    "sendMessage",
    "sendMediaMessage",
    "editOwnMessage",
    "deleteOwnMessage",
    "leaveConversation",
  ]);
  // As recorded by a public client: github.com/RJPearson94/twilio-sdk-go, service/conversations/tests/unit/testdata.
  const channelAdmin = role("channel admin", "channel", [
    "deleteConversation",
    "removeParticipant",
    "editConversationName",
    "editConversationAttributes",
    "addParticipant",
    "sendMessage",
    "sendMediaMessage",
    "leaveConversation",
    "editAnyMessage",
    "editAnyMessageAttributes",
    "editAnyParticipantAttributes",
    "deleteAnyMessage",
    "editNotificationLevel",
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
    webhook_method: null,
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
    media: {
      size_limit_mb: 150,
      compatibility_message: "Media messages are not supported by your client",
    },
    date_created: now,
    date_updated: now,
  };
  return { service, roles: [serviceUser, channelUser, channelAdmin] };
}

/** Its members and messages are counted when it is shown. */
export interface ChatChannel {
  sid: string;
  account_sid: string;
  service_sid: string;
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  type: string;
  created_by: string;
  /** Not in answers. Counts on when messages are deleted, so that no index comes twice. */
  next_message_index?: number;
  date_created: string;
  date_updated: string;
}

/** A public channel with nobody in it. */
export function newChatChannel({ now, sid }: Stamp, service: ChatService): ChatChannel {
  return {
    sid: sid("CH"),
    account_sid: service.account_sid,
    service_sid: service.sid,
    friendly_name: null,
    unique_name: null,
    attributes: "{}",
    type: "public",
    created_by: "system",
    date_created: now,
    date_updated: now,
  };
}

export interface ChatChannelWebhook {
  sid: string;
  account_sid: string;
  service_sid: string;
  channel_sid: string;
  type: string;
  configuration: ChatWebhookConfiguration;
  date_created: string;
  date_updated: string;
}

/** Holds only the keys of its webhook's type. */
export interface ChatWebhookConfiguration {
  url?: string;
  method?: string;
  /** Events, of types other than `trigger`. */
  filters?: string[];
  /** Keywords, of type `trigger`. */
  triggers?: string[];
  flow_sid?: string;
  retry_count: number;
}

/** In how many channels they are is counted when they are shown. */
export interface ChatUser {
  sid: string;
  account_sid: string;
  service_sid: string;
  identity: string;
  role_sid: string;
  friendly_name: string | null;
  attributes: string;
  date_created: string;
  date_updated: string;
}

export function newChatUser({ now, sid }: Stamp, service: ChatService, identity: string): ChatUser {
  return {
    sid: sid("US"),
    account_sid: service.account_sid,
    service_sid: service.sid,
    identity,
    role_sid: service.default_service_role_sid,
    friendly_name: null,
    attributes: "{}",
    date_created: now,
    date_updated: now,
  };
}

export interface ChatMember {
  sid: string;
  account_sid: string;
  service_sid: string;
  channel_sid: string;
  identity: string;
  role_sid: string;
  last_consumed_message_index: number | null;
  last_consumption_timestamp: string | null;
  attributes: string;
  /** Shown with the user's channels only. */
  notification_level: string;
  date_created: string;
  date_updated: string;
}

/** A member with the role that the service has for them. */
export function newChatMember(
  { now, sid }: Stamp,
  service: ChatService,
  channel: ChatChannel,
  identity: string,
): ChatMember {
  const isCreator = identity === channel.created_by;
  return {
    sid: sid("MB"),
    account_sid: channel.account_sid,
    service_sid: channel.service_sid,
    channel_sid: channel.sid,
    identity,
    role_sid: isCreator ? service.default_channel_creator_role_sid : service.default_channel_role_sid,
    last_consumed_message_index: null,
    last_consumption_timestamp: null,
    attributes: "{}",
    notification_level: "default",
    date_created: now,
    date_updated: now,
  };
}

/** Gone once the user is a member. */
export interface ChatInvite {
  sid: string;
  account_sid: string;
  service_sid: string;
  channel_sid: string;
  identity: string;
  role_sid: string;
  created_by: string;
  date_created: string;
  date_updated: string;
}

export interface ChatMessage {
  sid: string;
  account_sid: string;
  service_sid: string;
  channel_sid: string;
  from: string;
  body: string;
  attributes: string;
  /** Its place in the channel, from 0. */
  index: number;
  type: string;
  media: null;
  last_updated_by: string | null;
  was_edited: boolean;
  date_created: string;
  date_updated: string;
}
