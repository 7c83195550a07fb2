/** What an API key shows of itself. Its secret is in the account's `api_keys`, which say what keys there are. */
export interface Key {
  sid: string;
  friendly_name: string;
  date_created: string;
  date_updated: string;
}
