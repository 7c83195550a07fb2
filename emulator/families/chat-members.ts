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
