/** The account's configuration of Conversations: every account has one. */
export interface ConversationsConfiguration {
  account_sid: string;
  /** Null until somebody asks: see `defaultServiceSid`. */
  default_chat_service_sid: string | null;
  default_messaging_service_sid: string | null;
  default_inactive_timer: string | null;
  default_closed_timer: string | null;
}

export const newConversationsConfiguration = (accountSid: string): ConversationsConfiguration => ({
  account_sid: accountSid,
  default_chat_service_sid: null,
  default_messaging_service_sid: null,
  default_inactive_timer: null,
  default_closed_timer: null,
});

/** What a service's webhooks and an account's have in common. Null is unset. */
export interface WebhookSettings {
  method: string | null;
  filters: string[] | null;
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
}

export const noWebhooks: WebhookSettings = {
  method: null,
  filters: null,
  pre_webhook_url: null,
  post_webhook_url: null,
};

/** The account's webhooks of Conversations: every account has them, with nothing set. */
export interface ConversationsWebhooks extends WebhookSettings {
  account_sid: string;
  target: string;
}

export const newConversationsWebhooks = (accountSid: string): ConversationsWebhooks => ({
  account_sid: accountSid,
  ...noWebhooks,
  method: "POST",
  filters: [],
  target: "webhook",
});

/** Webhooks of a Conversations service, apart from those that the service has as a chat service. */
export interface ConversationsServiceWebhooks extends WebhookSettings {
  /** The service's own SID. */
  sid: string;
}

/** Push notifications of a Conversations service, apart from those that it has as a chat service. None is sent. */
export interface ConversationsNotifications {
  /** The service's own SID. */
  sid: string;
  log_enabled: boolean;
  new_message: Notification & { badge_count_enabled: boolean; with_media: Notification };
  added_to_conversation: Notification;
  removed_from_conversation: Notification;
}

/** Something that users may be told by push. `template` and `sound` are there once they were set. */
export interface Notification {
  enabled: boolean;
  template?: string;
  sound?: string;
}

export interface AddressConfiguration {
  sid: string;
  account_sid: string;
  /** As it was sent, in any case. */
  type: string;
  address: string;
  friendly_name: string | null;
  auto_creation: AutoCreation;
  address_country: string | null;
  date_created: string;
  date_updated: string;
}

export const autoCreationTypes = ["studio", "webhook", "default"] as const;

/** Holds only the keys of its type. */
export interface AutoCreation {
  enabled: boolean;
  type: (typeof autoCreationTypes)[number];
  /** Null stands for the account's default service; of type `default` it is there only where it was set. */
  conversation_service_sid?: string | null;
  studio_flow_sid?: string;
  studio_retry_count?: number;
  webhook_url?: string;
  webhook_method?: string;
  webhook_filters?: string[];
}

/** What answers show for the keys that auto-creation does not hold. Nothing is known of `binding_name` but that it is there. */
export const noAutoCreation = {
  conversation_service_sid: null,
  studio_flow_sid: null,
  studio_retry_count: null,
  webhook_url: null,
  webhook_method: null,
  webhook_filters: null,
  binding_name: null,
};

/** Timers and bindings of a conversation are not imitated: both are empty in answers. */
export interface Conversation {
  sid: string;
  account_sid: string;
  chat_service_sid: string;
  messaging_service_sid: string | null;
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  state: string;
  /** There once a message was, and never shown: an index is used once, also where its message is deleted. */
  last_message_index?: number;
  date_created: string;
  date_updated: string;
}

/** Somebody with an identity, who chats, or with an address, whom messages reach through the proxy address. */
export interface ConversationParticipant {
  sid: string;
  account_sid: string;
  conversation_sid: string;
  identity: string | null;
  attributes: string;
  messaging_binding: MessagingBinding | null;
  role_sid: string | null;
  last_read_message_index: number | null;
  last_read_timestamp: string | null;
  /** There once it was set, and shown among the conversations of the participant's user only. */
  notification_level?: string;
  date_created: string;
  date_updated: string;
}

/** Holds only the addresses that are set. */
export interface MessagingBinding {
  type: string;
  address?: string;
  proxy_address?: string;
  projected_address?: string;
}

/** A text. Media and templates are not imitated, and nothing is delivered: all three are null in answers. */
export interface ConversationMessage {
  sid: string;
  account_sid: string;
  conversation_sid: string;
  index: number;
  author: string;
  body: string | null;
  attributes: string;
  participant_sid: string | null;
  date_created: string;
  date_updated: string;
}

export const targets = ["webhook", "trigger", "studio"] as const;

/** What a conversation tells others about itself. Nothing is called here. */
export interface ConversationScopedWebhook {
  sid: string;
  account_sid: string;
  conversation_sid: string;
  target: (typeof targets)[number];
  configuration: ScopedWebhookConfiguration;
  date_created: string;
  date_updated: string;
}

/** Of target `studio` only the flow, of `webhook` and `trigger` a URL and what it is called for. */
export interface ScopedWebhookConfiguration {
  url?: string;
  method?: string;
  /** Of target `webhook`: events. */
  filters?: string[];
  /** Of target `trigger`: keywords, any of which a message has to hold. */
  triggers?: string[];
  flow_sid?: string;
}

/** Nobody is ever online here: `is_online` and `is_notifiable` are null in answers. */
export interface ConversationsUser {
  sid: string;
  account_sid: string;
  chat_service_sid: string;
  role_sid: string | null;
  identity: string;
  friendly_name: string | null;
  attributes: string;
  date_created: string;
  date_updated: string;
}

/** What Twilio would send push notifications with. Its secrets are taken and forgotten. */
export interface ConversationsCredential {
  sid: string;
  account_sid: string;
  friendly_name: string | null;
  /** `apn`, `gcm` or `fcm`. */
  type: string;
  /** `True` or `False` of type `apn`, null of the others. */
  sandbox: string | null;
  date_created: string;
  date_updated: string;
}
