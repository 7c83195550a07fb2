import { blockOf, nationalFormat } from "./blocks";

/**
 * An incoming phone number. Dates are ISO 8601 here and become RFC 2822 in answers. Twilio's page on hosted numbers prints
 * one whose handlers are null, methods included; of bought ones only the URLs for voice are.
 */
export interface PhoneNumber {
  sid: string;
  account_sid: string;
  phone_number: string;
  friendly_name: string;
  api_version: string;
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean };
  address_requirements: string;
  address_sid: string | null;
  identity_sid: string | null;
  bundle_sid: string | null;
  emergency_status: string;
  emergency_address_sid: string | null;
  emergency_address_status: string;
  beta: boolean;
  origin: string;
  status: string;
  type: string;
  sms_application_sid: string | null;
  sms_url: string | null;
  sms_method: string | null;
  sms_fallback_url: string | null;
  sms_fallback_method: string | null;
  status_callback: string | null;
  status_callback_method: string | null;
  trunk_sid: string | null;
  voice_application_sid: string | null;
  voice_caller_id_lookup: boolean;
  voice_receive_mode: string;
  voice_url: string | null;
  voice_method: string | null;
  voice_fallback_url: string | null;
  voice_fallback_method: string | null;
  date_created: string;
  date_updated: string;
}

/** A number as it is right after it was bought: nothing handles its messages or calls. */
export function newPhoneNumber(
  sid: string,
  accountSid: string,
  phoneNumber: string,
  now: string,
): PhoneNumber {
  const block = blockOf(phoneNumber);
  return {
    sid,
    account_sid: accountSid,
    phone_number: phoneNumber,
    friendly_name: nationalFormat(phoneNumber),
    api_version: "2010-04-01",
    capabilities: { ...(block?.capabilities ?? { voice: true, sms: true, mms: true, fax: false }) },
    address_requirements: block?.address_requirements ?? "none",
    address_sid: null,
    identity_sid: null,
    bundle_sid: null,
    // Recorded: Airbyte source-twilio expected_records.jsonl (US: Active, GB: Inactive).
    emergency_status: phoneNumber.startsWith("+1") ? "Active" : "Inactive",
    emergency_address_sid: null,
    emergency_address_status: "unregistered",
    beta: false,
    origin: "twilio",
    status: "in-use",
    type: block ? numberTypes[block.kind] : "local",
    sms_application_sid: "",
    sms_url: "",
    sms_method: "POST",
    sms_fallback_url: "",
    sms_fallback_method: "POST",
    status_callback: "",
    status_callback_method: "POST",
    trunk_sid: null,
    voice_application_sid: "",
    voice_caller_id_lookup: false,
    voice_receive_mode: "voice",
    // Recorded: call-tracking-rails, cassette purchase-phone-number.
    voice_url: null,
    voice_method: "POST",
    voice_fallback_url: null,
    voice_fallback_method: "POST",
    date_created: now,
    date_updated: now,
  };
}

/** A short code. Dates are ISO 8601 here and become RFC 2822 in answers. */
export interface ShortCode {
  sid: string;
  account_sid: string;
  api_version: string;
  friendly_name: string;
  short_code: string;
  sms_url: string | null;
  sms_method: string;
  sms_fallback_url: string | null;
  sms_fallback_method: string;
  date_created: string;
  date_updated: string;
}

/** A short code as it is when an account gets it: nothing handles its messages. */
export function newShortCode(sid: string, accountSid: string, shortCode: string, now: string): ShortCode {
  return {
    sid,
    account_sid: accountSid,
    api_version: "2010-04-01",
    friendly_name: shortCode,
    short_code: shortCode,
    sms_url: null,
    sms_method: "POST",
    sms_fallback_url: null,
    sms_fallback_method: "POST",
    date_created: now,
    date_updated: now,
  };
}

/** A postal address. Dates are ISO 8601 here and become RFC 2822 in answers. */
export interface Address {
  sid: string;
  account_sid: string;
  customer_name: string;
  street: string;
  street_secondary: string | null;
  city: string;
  region: string;
  postal_code: string;
  iso_country: string;
  friendly_name: string | null;
  emergency_enabled: boolean;
  validated: boolean;
  verified: boolean;
  date_created: string;
  date_updated: string;
}

/** A TwiML application. Dates are ISO 8601 here and become RFC 2822 in answers. */
export interface Application {
  sid: string;
  account_sid: string;
  api_version: string;
  friendly_name: string | null;
  voice_url: string | null;
  voice_method: string;
  voice_fallback_url: string | null;
  voice_fallback_method: string;
  voice_caller_id_lookup: boolean;
  status_callback: string | null;
  status_callback_method: string;
  sms_url: string | null;
  sms_method: string;
  sms_fallback_url: string | null;
  sms_fallback_method: string;
  /** Answers show it as `sms_status_callback` too. */
  message_status_callback: string | null;
  public_application_connect_enabled: boolean;
  date_created: string;
  date_updated: string;
}

/** An application that does nothing yet. */
export function newApplication(sid: string, accountSid: string, now: string): Application {
  return {
    sid,
    account_sid: accountSid,
    api_version: "2010-04-01",
    friendly_name: null,
    voice_url: null,
    voice_method: "POST",
    voice_fallback_url: null,
    voice_fallback_method: "POST",
    voice_caller_id_lookup: false,
    status_callback: null,
    status_callback_method: "POST",
    sms_url: null,
    sms_method: "POST",
    sms_fallback_url: null,
    sms_fallback_method: "POST",
    message_status_callback: null,
    public_application_connect_enabled: false,
    date_created: now,
    date_updated: now,
  };
}

export const numberTypes = { Local: "local", TollFree: "toll-free", Mobile: "mobile" };
