import { isObject } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import { invalidParameter, unknownReference } from "../../api/errors";
import { isWebUrl, type Values } from "../../api/params";
import type { Configuration, Contact, Profile, Webhook } from "./records";

const verticals = [
  "Alcohol",
  "Automotive",
  "Beauty, Spa and Salon",
  "Clothing and Apparel",
  "Education",
  "Entertainment",
  "Event Planning and Service",
  "Finance and Banking",
  "Food and Grocery",
  "Hotel and Lodging",
  "Matrimony Service",
  "Medical and Health",
  "Non-profit",
  "Online Gambling",
  "OTC Drugs",
  "Other",
  "Physical Gambling",
  "Professional Services",
  "Public Service",
  "Restaurant",
  "Shopping and Retail",
  "Travel and Transportation",
];

export function configurationOf(call: Call, was: Configuration): Configuration {
  const part = new Part(call, "configuration");
  const application = part.text("voice_application_sid", was.voice_application_sid);
  if (application && !lookUp(call.account.applications, application)) {
    call.refuseIfStrict(unknownReference("configuration.voice_application_sid", application));
  }
  return {
    waba_id: part.text("waba_id", was.waba_id),
    verification_method: part.text("verification_method", was.verification_method),
    voice_application_sid: application,
    account_type: part.text("account_type", was.account_type),
  };
}

export function webhookOf(call: Call, was: Webhook): Webhook {
  const part = new Part(call, "webhook");
  return {
    callback_url: part.url("callback_url", was.callback_url),
    callback_method: part.text("callback_method", was.callback_method),
    fallback_url: part.url("fallback_url", was.fallback_url),
    fallback_method: part.text("fallback_method", was.fallback_method),
    status_callback_url: part.url("status_callback_url", was.status_callback_url),
    status_callback_method: part.text("status_callback_method", was.status_callback_method),
  };
}

export function profileOf(call: Call, was: Profile): Profile {
  const part = new Part(call, "profile");
  const vertical = part.text("vertical", was.vertical);
  if (vertical && !verticals.includes(vertical)) {
    throw invalidParameter("profile.vertical", `must be one of ${verticals.join("; ")}`);
  }
  return {
    name: part.text("name", was.name),
    about: part.text("about", was.about),
    address: part.text("address", was.address),
    description: part.text("description", was.description),
    logo_url: part.url("logo_url", was.logo_url),
    banner_url: part.url("banner_url", was.banner_url),
    privacy_url: part.url("privacy_url", was.privacy_url),
    terms_of_service_url: part.url("terms_of_service_url", was.terms_of_service_url),
    accent_color: part.text("accent_color", was.accent_color),
    use_case: part.text("use_case", was.use_case),
    vertical,
    websites: part.contacts("websites", "website", was.websites),
    emails: part.contacts("emails", "email", was.emails),
    phone_numbers: part.contacts("phone_numbers", "phone_number", was.phone_numbers),
  };
}

/** One object in the body. What it does not name stays as it was; null, and what is empty, clears it. */
class Part {
  private readonly values: Values;

  constructor(
    call: Call,
    private readonly name: string,
  ) {
    const values = call.params.value(name);
    this.values = isObject(values) ? values : {};
  }

  text(key: string, was: string | null): string | null {
    const value = this.values[key];
    if (value === undefined) return was;
    return typeof value === "string" && value !== "" ? value : null;
  }

  url(key: string, was: string | null): string | null {
    const url = this.text(key, was);
    if (url && !isWebUrl(url)) {
      throw invalidParameter(`${this.name}.${key}`, "must be an http or https URL");
    }
    return url;
  }

  /** The documents leave these lists untyped in a request. */
  contacts(key: string, item: string, was: Contact[] | null): Contact[] | null {
    const value = this.values[key];
    if (value === undefined) return was;
    if (value === null) return null;
    if (!Array.isArray(value)) throw invalidParameter(`${this.name}.${key}`, "must be a list");
    const contacts = value.map((entry) => {
      const { [item]: contact, label = "" } = isObject(entry) ? entry : {};
      if (typeof contact !== "string" || typeof label !== "string") {
        throw invalidParameter(`${this.name}.${key}`, `must hold objects with ${item} and label`);
      }
      return { [item]: contact, label };
    });
    return contacts.length > 0 ? contacts : null;
  }
}
