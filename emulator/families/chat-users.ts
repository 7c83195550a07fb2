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
