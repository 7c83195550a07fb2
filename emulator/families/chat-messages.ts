export interface ChatMessage {
  sid: string;
  account_sid: string;
  service_sid: string;
  channel_sid: string;
  from: string;
  body: string;
  attributes: string;
  index: number;
  type: string;
  media: null;
  last_updated_by: string | null;
  was_edited: boolean;
  date_created: string;
  date_updated: string;
}
