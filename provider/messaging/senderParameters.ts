import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { z } from "zod";
import type { Facet, Facets, Surroundings } from "../life/definition";
import { canonical } from "../twilio/webhooks";
import type { Plain } from "../values/args";
import { compact } from "../values/values";
import { type SenderMethod, type SenderProfile, type SenderWebhook, verticals } from "./sender";

/** How the arguments of `WhatsAppSender` and the sender's JSON body stand for each other. */
interface Sides {
  webhook?: Plain<SenderWebhook>;
  profile?: Plain<SenderProfile>;
}

export const method = () =>
  z
    .string()
    .toUpperCase()
    .pipe(z.enum(["POST", "PUT"]))
    .describe("POST or PUT");

type Webhook = Plain<SenderWebhook>;
type Profile = Plain<SenderProfile>;

/** A website, e-mail address or number, with its label, as Twilio spells their keys. */
type Contact = Record<string, string>;

/** Parameters by their place in the JSON body: the API reads and answers snake_case. */
const webhookParameters = {
  callbackUrl: "webhook.callback_url",
  callbackMethod: "webhook.callback_method",
  fallbackUrl: "webhook.fallback_url",
  fallbackMethod: "webhook.fallback_method",
  statusCallbackUrl: "webhook.status_callback_url",
  statusCallbackMethod: "webhook.status_callback_method",
} as const satisfies { [Key in keyof Required<Webhook>]: string };

const profileParameters = {
  name: "profile.name",
  about: "profile.about",
  address: "profile.address",
  description: "profile.description",
  logoUrl: "profile.logo_url",
  bannerUrl: "profile.banner_url",
  privacyUrl: "profile.privacy_url",
  termsOfServiceUrl: "profile.terms_of_service_url",
  accentColor: "profile.accent_color",
  vertical: "profile.vertical",
  websites: "profile.websites",
  emails: "profile.emails",
  phoneNumbers: "profile.phone_numbers",
} as const satisfies { [Key in keyof Required<Profile>]: string };

type Methods = "callbackMethod" | "fallbackMethod" | "statusCallbackMethod";
type Contacts = "websites" | "emails" | "phoneNumbers";
export type Params = {
  [Key in keyof Required<Webhook> as (typeof webhookParameters)[Key]]: Key extends Methods
    ? string | null
    : string;
} & {
  [Key in keyof Required<Profile> as (typeof profileParameters)[Key]]: Key extends Contacts
    ? Contact[]
    : string;
};

export const blank: Partial<Params> = {
  "webhook.callback_url": "",
  "webhook.callback_method": "POST",
  "webhook.fallback_url": "",
  "webhook.fallback_method": "POST",
  "webhook.status_callback_url": "",
  "webhook.status_callback_method": "POST",
  "profile.about": "",
  "profile.address": "",
  "profile.description": "",
  "profile.logo_url": "",
  "profile.banner_url": "",
  "profile.privacy_url": "",
  "profile.terms_of_service_url": "",
  "profile.accent_color": "",
  "profile.vertical": "",
  "profile.websites": [],
  "profile.emails": [],
  "profile.phone_numbers": [],
};

/** Twilio shows no method for POST. */
export const whenNull = {
  "webhook.callback_method": "POST",
  "webhook.fallback_method": "POST",
  "webhook.status_callback_method": "POST",
};

/** Meta reviews what is in the profile: it is not given back, and a name may never be taken over. */
export function facets({ webhook, profile = {} }: Sides): Facets {
  const given = Object.entries(profileParameters).filter(([key]) => key in profile);
  const ofProfile = given.map(([key, parameter]): [string, Facet] => [
    `profile.${key}`,
    { parameters: [parameter], onDestroy: "stay", ...(key === "name" && { compare: "onDeclaration" }) },
  ]);
  return {
    ...(webhook && {
      webhook: { parameters: Object.values(webhookParameters), telling: ["webhook.callback_url"], whenNull },
    }),
    ...Object.fromEntries(ofProfile),
  };
}

export function params({ webhook, profile = {} }: Sides): Partial<Params> {
  return {
    ...(webhook && {
      "webhook.callback_url": webhook.callbackUrl ?? "",
      "webhook.callback_method": webhook.callbackMethod ?? "POST",
      "webhook.fallback_url": webhook.fallbackUrl ?? "",
      "webhook.fallback_method": webhook.fallbackMethod ?? "POST",
      "webhook.status_callback_url": webhook.statusCallbackUrl ?? "",
      "webhook.status_callback_method": webhook.statusCallbackMethod ?? "POST",
    }),
    "profile.name": profile.name,
    "profile.about": profile.about,
    "profile.address": profile.address,
    "profile.description": profile.description,
    "profile.logo_url": profile.logoUrl,
    "profile.banner_url": profile.bannerUrl,
    "profile.privacy_url": profile.privacyUrl,
    "profile.terms_of_service_url": profile.termsOfServiceUrl,
    "profile.accent_color": profile.accentColor,
    "profile.vertical": profile.vertical,
    "profile.websites": profile.websites,
    "profile.emails": profile.emails,
    "profile.phone_numbers": profile.phoneNumbers?.map(({ phoneNumber, label }) => ({
      phone_number: phoneNumber,
      label,
    })),
  };
}

/** A sender that was never changed has null for either. */
export function held({ webhook, profile }: ChannelsSenderInstance): Params {
  return {
    "webhook.callback_url": canonical(webhook?.callbackUrl ?? ""),
    "webhook.callback_method": webhook?.callbackMethod?.toUpperCase() || null,
    "webhook.fallback_url": webhook?.fallbackUrl ?? "",
    "webhook.fallback_method": webhook?.fallbackMethod?.toUpperCase() || null,
    "webhook.status_callback_url": webhook?.statusCallbackUrl ?? "",
    "webhook.status_callback_method": webhook?.statusCallbackMethod?.toUpperCase() || null,
    "profile.name": profile?.name ?? "",
    "profile.about": profile?.about ?? "",
    "profile.address": profile?.address ?? "",
    "profile.description": profile?.description ?? "",
    "profile.logo_url": profile?.logoUrl ?? "",
    "profile.banner_url": profile?.bannerUrl ?? "",
    "profile.privacy_url": profile?.privacyUrl ?? "",
    "profile.terms_of_service_url": profile?.termsOfServiceUrl ?? "",
    "profile.accent_color": profile?.accentColor ?? "",
    "profile.vertical": profile?.vertical ?? "",
    "profile.websites": contactsIn(profile?.websites),
    "profile.emails": contactsIn(profile?.emails),
    "profile.phone_numbers": contactsIn(profile?.phoneNumbers),
  };
}

/** With the keys that the answer has: the SDK's types say camelCase, and it passes these lists on as they come. */
const contactsIn = (contacts: readonly object[] | null | undefined): Contact[] =>
  (contacts ?? []).map((contact) =>
    Object.fromEntries(
      Object.entries(contact).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  );

export function live(held: Params, _: Surroundings, args: Sides | undefined): Sides {
  const declared = args?.webhook ?? {};
  const methodAt = (parameter: keyof Params, given: SenderMethod | undefined) => {
    const { data } = method().safeParse(held[parameter]);
    return given === undefined && data === "POST" ? undefined : data;
  };
  const webhook: Webhook = {
    callbackUrl: held["webhook.callback_url"],
    callbackMethod: methodAt("webhook.callback_method", declared.callbackMethod),
    fallbackUrl: held["webhook.fallback_url"],
    fallbackMethod: methodAt("webhook.fallback_method", declared.fallbackMethod),
    statusCallbackUrl: held["webhook.status_callback_url"],
    statusCallbackMethod: methodAt("webhook.status_callback_method", declared.statusCallbackMethod),
  };
  const profile: Profile = {
    // A name under review is not there yet, and is as declared all the same.
    name: args?.profile?.name ?? held["profile.name"],
    about: held["profile.about"],
    address: held["profile.address"],
    description: held["profile.description"],
    logoUrl: held["profile.logo_url"],
    bannerUrl: held["profile.banner_url"],
    privacyUrl: held["profile.privacy_url"],
    termsOfServiceUrl: held["profile.terms_of_service_url"],
    accentColor: held["profile.accent_color"],
    vertical: verticals.find((vertical) => vertical === held["profile.vertical"]),
    websites: held["profile.websites"].map(({ website = "", label = "" }) => ({ website, label })),
    emails: held["profile.emails"].map(({ email = "", label = "" }) => ({ email, label })),
    phoneNumbers: held["profile.phone_numbers"].map(({ phone_number: phoneNumber = "", label = "" }) => ({
      phoneNumber,
      label,
    })),
  };
  const isSpokenOf = (key: string) => args?.profile === undefined || key in args.profile;
  return {
    webhook: compact(webhook),
    profile: compact(Object.fromEntries(Object.entries(profile).filter(([key]) => isSpokenOf(key)))),
  };
}
