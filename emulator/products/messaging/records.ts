export interface MessagingService {
  sid: string;
  account_sid: string;
  friendly_name: string;
  inbound_request_url: string | null;
  inbound_method: string;
  fallback_url: string | null;
  fallback_method: string;
  status_callback: string | null;
  sticky_sender: boolean;
  mms_converter: boolean;
  smart_encoding: boolean;
  scan_message_content: string;
  fallback_to_long_code: boolean;
  area_code_geomatch: boolean;
  synchronous_validation: boolean;
  validity_period: number;
  usecase: string;
  us_app_to_person_registered: boolean;
  use_inbound_webhook_on_number: boolean;
  date_created: string;
  date_updated: string;
}

/** A service as Twilio makes it of nothing but a name. */
export function newMessagingService(
  sid: string,
  accountSid: string,
  name: string,
  now: string,
): MessagingService {
  return {
    sid,
    account_sid: accountSid,
    friendly_name: name,
    inbound_request_url: null,
    inbound_method: "POST",
    fallback_url: null,
    fallback_method: "POST",
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    scan_message_content: "inherit",
    fallback_to_long_code: true,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: 36_000,
    usecase: "undeclared",
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: false,
    date_created: now,
    date_updated: now,
  };
}

export interface Member {
  sid: string;
  account_sid: string;
  date_created: string;
  date_updated: string;
}

/** A number in a service. Its SID is that of the number. */
export interface MessagingPhoneNumber extends Member {
  service_sid: string;
  phone_number: string;
  country_code: string | null;
  capabilities: string[];
}

/** A short code in a service. Its SID is that of the short code. */
export interface MessagingShortCode extends Member {
  service_sid: string;
  short_code: string;
  country_code: string | null;
  capabilities: string[];
}

export interface MessagingAlphaSender extends Member {
  service_sid: string;
  alpha_sender: string;
  capabilities: string[];
}

/** An alpha sender for one country; `""` is for every country that has none of its own. */
export interface MessagingDestinationAlphaSender extends MessagingAlphaSender {
  iso_country_code: string;
}

/** A WhatsApp or RCS sender in a service. Its SID is that of the sender. */
export interface MessagingChannelSender extends Member {
  messaging_service_sid: string;
  sender: string;
  sender_type: string;
  country_code: string | null;
}

/** A WhatsApp or RCS sender. It takes a while until it is made or changed. */
export interface ChannelsSender {
  sid: string;
  sender_id: string;
  friendly_name: string | null;
  /** What the sender is when nothing is under way: `ONLINE`, or `OFFLINE` with its reasons. */
  status: string;
  /** What it shows until `settles_at`: `CREATING` or `ONLINE:UPDATING`. */
  passing_status: string | null;
  /** Milliseconds since 1970; null where nothing is under way. */
  settles_at: number | null;
  configuration: Configuration;
  webhook: Webhook;
  profile: Profile;
  pending_display_name: string | null;
  pending_display_name_status: string | null;
  pending_display_name_status_date: string | null;
  properties: { quality_rating: string | null; messaging_limit: string | null } | null;
  offline_reasons: { code: string; message: string; more_info: string }[] | null;
  compliance: object | null;
  date_created: string;
}

/** A sender of which nothing but its id is known. */
export function newChannelsSender(sid: string, senderId: string, now: string): ChannelsSender {
  return {
    sid,
    sender_id: senderId,
    friendly_name: null,
    status: "ONLINE",
    passing_status: null,
    settles_at: null,
    configuration: { ...blankConfiguration },
    webhook: { ...blankWebhook },
    profile: { ...blankProfile },
    pending_display_name: null,
    pending_display_name_status: null,
    pending_display_name_status_date: null,
    properties: null,
    offline_reasons: null,
    compliance: null,
    date_created: now,
  };
}

export interface Configuration {
  waba_id: string | null;
  verification_method: string | null;
  voice_application_sid: string | null;
  account_type: string | null;
}

export interface Webhook {
  callback_url: string | null;
  callback_method: string | null;
  fallback_url: string | null;
  fallback_method: string | null;
  status_callback_url: string | null;
  status_callback_method: string | null;
}

export interface Profile {
  name: string | null;
  about: string | null;
  address: string | null;
  description: string | null;
  logo_url: string | null;
  banner_url: string | null;
  privacy_url: string | null;
  terms_of_service_url: string | null;
  accent_color: string | null;
  use_case: string | null;
  vertical: string | null;
  websites: Contact[] | null;
  emails: Contact[] | null;
  phone_numbers: Contact[] | null;
}

/** `{ website, label }`, `{ email, label }` or `{ phone_number, label }`. */
export type Contact = Record<string, string>;

export const blankConfiguration: Configuration = {
  waba_id: null,
  verification_method: null,
  voice_application_sid: null,
  account_type: null,
};

export const blankWebhook: Webhook = {
  callback_url: null,
  callback_method: null,
  fallback_url: null,
  fallback_method: null,
  status_callback_url: null,
  status_callback_method: null,
};

export const blankProfile: Profile = {
  name: null,
  about: null,
  address: null,
  description: null,
  logo_url: null,
  banner_url: null,
  privacy_url: null,
  terms_of_service_url: null,
  accent_color: null,
  use_case: null,
  vertical: null,
  websites: null,
  emails: null,
  phone_numbers: null,
};
