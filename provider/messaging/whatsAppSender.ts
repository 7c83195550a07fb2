import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import type { Facets, Surroundings, Waiting, Wire } from "../life/definition";
import { refused } from "../life/wire";
import { TwilioSingleton } from "../program/resource";
import { isDemo } from "../routing/webhooks";
import { e164, oneOf, sid, text, url, whatsAppNumber, whole } from "../twilio/fields";
import { canonical } from "../twilio/webhooks";
import type { Declared, Plain } from "../values/args";
import { Refusal, Unsettled } from "../values/errors";
import { atLeastOne, exactlyOne } from "../values/validate";
import { compact, isRecord, withLeaf } from "../values/values";
import { poll } from "./poll";

/** How Twilio calls the webhooks of a sender. */
export type SenderMethod = "POST" | "PUT";

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
] as const;

/** Where messages to the sender go. What is not given is blank. */
export interface SenderWebhook {
  /** Absolute URL that messages are posted to, such as `messageWebhookUrl` of a `ProxyService`. Default: none. */
  callbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  callbackMethod?: pulumi.Input<SenderMethod>;
  /** Absolute URL that is called when `callbackUrl` fails. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  fallbackMethod?: pulumi.Input<SenderMethod>;
  /** Absolute URL that is told how the delivery of messages goes. Default: none. */
  statusCallbackUrl?: pulumi.Input<string>;
  /** POST or PUT. Default POST. */
  statusCallbackMethod?: pulumi.Input<SenderMethod>;
}

/** What customers see of the sender. What is not given is not touched. */
export interface SenderProfile {
  /**
   * Name of the sender. It is sent when the declaration changes and never again: Meta reviews it, allows few changes in
   * 30 days, and shows the old name until then. While another one is in use, `up` and refresh say so.
   */
  name?: pulumi.Input<string>;
  /** A line about the sender, 1 to 139 characters. */
  about?: pulumi.Input<string>;
  /** Postal address, 1 to 256 characters. */
  address?: pulumi.Input<string>;
  /** What the business does, 1 to 512 characters. */
  description?: pulumi.Input<string>;
  /** Absolute URL of the picture. */
  logoUrl?: pulumi.Input<string>;
  /** Absolute URL of the picture at the top. Meant for RCS; that WhatsApp takes it is not verified. */
  bannerUrl?: pulumi.Input<string>;
  /** Absolute URL of the privacy policy. Meant for RCS; that WhatsApp takes it is not verified. */
  privacyUrl?: pulumi.Input<string>;
  /** Absolute URL of the terms of service. Meant for RCS; that WhatsApp takes it is not verified. */
  termsOfServiceUrl?: pulumi.Input<string>;
  /** Colour, such as `#0A7B83`. Meant for RCS; that WhatsApp takes it is not verified. */
  accentColor?: pulumi.Input<string>;
  /** Kind of business, such as `Professional Services`. */
  vertical?: pulumi.Input<(typeof verticals)[number]>;
  /** Websites, in this order. */
  websites?: pulumi.Input<
    pulumi.Input<{
      /** Absolute URL. */
      website: pulumi.Input<string>;
      /** Its name, such as `Website`. */
      label: pulumi.Input<string>;
    }>[]
  >;
  /** Addresses for e-mail, in this order. */
  emails?: pulumi.Input<
    pulumi.Input<{
      /** Such as `help@example.com`. */
      email: pulumi.Input<string>;
      /** Its name, such as `Email`. */
      label: pulumi.Input<string>;
    }>[]
  >;
  /** Numbers to call, in this order. Meant for RCS; that WhatsApp takes them is not verified. */
  phoneNumbers?: pulumi.Input<
    pulumi.Input<{
      /** The number in E.164 form. */
      phoneNumber: pulumi.Input<string>;
      /** Its name, such as `Support`. */
      label: pulumi.Input<string>;
    }>[]
  >;
}

export interface WhatsAppSenderArgs {
  /** SID of the sender (XE…). Exactly one of `senderSid` and `senderId`. Another sender replaces. */
  senderSid?: pulumi.Input<string>;
  /** The sender's number, `whatsapp:+15017122661`, looked up in the account. Naming the same sender the other way is no change. */
  senderId?: pulumi.Input<string>;
  /** Where messages go. Owned whole, `{}` blanks it; when not given, it is not touched. */
  webhook?: pulumi.Input<SenderWebhook>;
  /** What customers see. Each given key is owned on its own, the others are not touched. */
  profile?: pulumi.Input<SenderProfile>;
  /**
   * What to do when messages go somewhere else already: `fail` names it and changes nothing, `takeOver` takes its
   * place, and preview says what that was. Blank and Twilio's demo are nothing. Default fail.
   */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
  /**
   * What destroy does with the webhook, and the removal of `webhook` or of a key of `profile` with that: `restore` puts
   * back what was there before, as long as it is still as declared, `clear` blanks it, `keep` leaves it. Default restore.
   */
  onDelete?: pulumi.Input<"restore" | "clear" | "keep">;
  /** Seconds to wait until the sender is online again after a change, 1 to 3600. Default 300. */
  timeout?: pulumi.Input<number>;
}

/**
 * Where messages to a WhatsApp sender of the account go, and what customers see of it. It never registers a sender and
 * never deletes one: registration needs a person, in the Console.
 *
 * Twilio takes a change at once and works on it for a while: each write waits until the sender is online again. Where
 * that takes longer than `timeout`, the change has been made all the same; the sender is kept in the state, and the
 * next `up` goes on waiting, or a refresh shows how it is.
 *
 * Two resources may share a sender, but not the webhook nor a key of the profile. A different sender replaces the
 * resource. Destroy gives the webhook back and leaves the profile as it is, since Meta reviews what is in it. Taking a
 * key of the profile away puts back what was found; for `name` that is another change of the name.
 *
 * Errors: a sender that is not in the account; a webhook that is somebody else's, unless `onConflict: "takeOver"`; a
 * sender that is offline after a change, with Twilio's reasons.
 *
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
export class WhatsAppSender extends TwilioSingleton {
  /** The sender's number, such as `whatsapp:+15017122661`. */
  declare readonly senderId: pulumi.Output<string>;
  declare readonly senderSid: pulumi.Output<string | undefined>;
  declare readonly webhook: pulumi.Output<Plain<WhatsAppSenderArgs>["webhook"]>;
  declare readonly profile: pulumi.Output<Plain<WhatsAppSenderArgs>["profile"]>;

  constructor(name: string, args: WhatsAppSenderArgs, opts?: pulumi.CustomResourceOptions) {
    super(whatsAppSender, name, args, opts);
  }
}

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

type Contacts = "websites" | "emails" | "phoneNumbers";
type Params = {
  [Key in keyof Required<Webhook> as (typeof webhookParameters)[Key]]: string;
} & {
  [Key in keyof Required<Profile> as (typeof profileParameters)[Key]]: Key extends Contacts
    ? Contact[]
    : string;
};

const method = () =>
  z
    .string()
    .toUpperCase()
    .pipe(z.enum(["POST", "PUT"]))
    .describe("POST or PUT");

const label = text(256);

const whatsAppSender = defineSingleton<WhatsAppSenderArgs>()("WhatsAppSender", {
  label: "WhatsApp sender",
  api: {
    operations: {
      messaging_v2: ["FetchChannelsSender", "ListChannelsSender", "UpdateChannelsSender"],
    },
    leftOut: {
      friendly_name: "a label in the Console, on which no message depends",
      configuration: "of the registration, which needs a person",
      "profile.use_case": "of RCS senders only",
    },
  },
  args: z.strictObject({
    senderSid: sid("XE", "a WhatsApp sender").optional(),
    senderId: whatsAppNumber().optional(),
    webhook: z
      .strictObject({
        callbackUrl: url().optional(),
        callbackMethod: method().optional(),
        fallbackUrl: url().optional(),
        fallbackMethod: method().optional(),
        statusCallbackUrl: url().optional(),
        statusCallbackMethod: method().optional(),
      })
      .describe("an object with callbackUrl, fallbackUrl and statusCallbackUrl, and a method for each")
      .optional(),
    profile: z
      .strictObject({
        name: text(512).optional(),
        about: text(139).optional(),
        address: text(256).optional(),
        description: text(512).optional(),
        logoUrl: url().optional(),
        bannerUrl: url().optional(),
        privacyUrl: url().optional(),
        termsOfServiceUrl: url().optional(),
        accentColor: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/)
          .describe("a colour of # and 6 hexadecimal digits")
          .optional(),
        vertical: oneOf(verticals).optional(),
        websites: z
          .array(z.strictObject({ website: url(), label }))
          .describe("a list of objects with website and label")
          .optional(),
        emails: z
          .array(z.strictObject({ email: z.email().describe("an e-mail address"), label }))
          .describe("a list of objects with email and label")
          .optional(),
        phoneNumbers: z
          .array(z.strictObject({ phoneNumber: e164(), label }))
          .describe("a list of objects with phoneNumber and label")
          .optional(),
      })
      .describe("an object with keys such as name, about and websites")
      .optional(),
    onConflict: oneOf(["fail", "takeOver"]).optional(),
    onDelete: oneOf(["restore", "clear", "keep"]).optional(),
    timeout: whole(1, 3600).optional(),
  }),
  rules: [exactlyOne("senderSid", "senderId"), atLeastOne("webhook", "profile")],
  blankable: ["webhook"],

  facets,
  params,
  held,
  unset,
  live,
  blank: {
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
  },
  telling: ["webhook.callback_url", ...Object.values(profileParameters)],
  taken: (facet, held) => {
    const target = held["webhook.callback_url"];
    return facet === "webhook" && target && !isDemo(target) ? target : undefined;
  },
  stays: ["profile"],
  later: ["profile.name"],
  notice,

  find,
  naming: ["senderSid", "senderId"],
  otherTarget: ({ senderSid, senderId }, id, state) => {
    if (senderSid !== undefined) return senderSid === id ? [] : ["senderSid"];
    return senderId === state.senderId ? [] : ["senderId"];
  },
  computed: { senderId: (sender) => sender.senderId },
  id: (sender) => sender.sid,
  read: (twilio, id) => twilio.messaging.v2.channelsSenders(id).fetch(),
  update,
});

async function find(twilio: Twilio, { senderSid, senderId }: Declared<WhatsAppSenderArgs>) {
  const senders = twilio.messaging.v2.channelsSenders;
  const listed = senderSid === undefined ? await senders.list({ channel: "whatsapp" }) : [];
  const wanted = senderSid ?? listed.find((sender) => sender.senderId === senderId)?.sid;
  if (wanted === undefined) {
    throw new Refusal(
      `${senderId} is not a WhatsApp sender of this account; register it in the Console first, or check whose credentials these are`,
    );
  }
  // Whether a list shows all of a sender is not documented.
  const sender = await senders(wanted).fetch();
  if (!sender.senderId.startsWith("whatsapp:"))
    throw new Refusal(`${wanted} is ${sender.senderId}, which is no WhatsApp sender`);
  return sender;
}

/** Seconds that an answer may be older than the last write. */
const stale = 10;

/** The answer to a write shows only what it was given, and the sender takes a while until it is so. */
async function update(
  twilio: Twilio,
  id: string,
  changed: Partial<Params>,
  { say, timeout = 300 }: Waiting,
): Promise<ChannelsSenderInstance | Unsettled<ChannelsSenderInstance>> {
  const entries = Object.entries(changed);
  if (entries.length > 0) {
    const nothing: Record<string, unknown> = {};
    // The SDK's own `update` takes the body in camelCase and sends it so.
    await twilio.messaging.v2.update({
      uri: `/Channels/Senders/${id}`,
      method: "post",
      data: entries.reduce((body, [path, value]) => withLeaf(body, path.split("."), value), nothing),
      headers: { "Content-Type": "application/json" },
    });
  }
  const { "profile.name": _, ...shown } = changed;
  const sender = await poll(() => twilio.messaging.v2.channelsSenders(id).fetch(), {
    seconds: timeout,
    isOver: (sender, seconds) =>
      sender.status === "OFFLINE" ||
      (sender.status === "ONLINE" && (seconds >= stale || refused(shown, held(sender)).length === 0)),
    still: ({ status }, seconds) => say(`${status} after ${seconds} s; waiting until it is online`),
  });
  if (sender.status === "ONLINE") return sender;
  const why =
    sender.status === "OFFLINE"
      ? offline(sender)
      : `Twilio has taken the change, and after ${timeout} s the sender is still ${sender.status}. It is kept in the state: the next up goes on waiting, with timeout for longer, and a refresh shows how it is`;
  return new Unsettled(sender, why);
}

function offline({ offlineReasons }: ChannelsSenderInstance): string {
  const reasons = (offlineReasons ?? []).map(({ code, message, moreInfo }) =>
    [
      `${(message ?? "no explanation").replace(/\.$/, "")} (code ${code})`,
      ...(moreInfo ? [moreInfo] : []),
    ].join(". "),
  );
  return ["the sender is offline, and sends and receives nothing", ...reasons].join(". ");
}

function notice(
  sender: ChannelsSenderInstance,
  { profile }: Declared<WhatsAppSenderArgs>,
): string | undefined {
  const notices = [
    ...(sender.status === "OFFLINE" ? [offline(sender)] : []),
    ...(profile?.name === undefined || profile.name === sender.profile?.name
      ? []
      : [notInUse(sender, profile.name)]),
  ];
  return notices.length > 0 ? notices.join(". ") : undefined;
}

/** @see https://www.twilio.com/docs/whatsapp/api/senders on `pending_display_name_status` */
function notInUse(sender: ChannelsSenderInstance, name: string): string {
  const isPending = sender.pendingDisplayName === name;
  const status = isPending ? sender.pendingDisplayNameStatus : "not under way";
  const rest =
    status === "PENDING_REVIEW" ? "Meta reviews it" : "it is sent again only when the declaration changes";
  return `profile.name: ${JSON.stringify(name)} is not in use (${status}), the sender is called ${JSON.stringify(sender.profile?.name ?? "")}; ${rest}`;
}

function facets({ webhook, profile }: Declared<WhatsAppSenderArgs>): Facets {
  const given = Object.entries(profileParameters).filter(([key]) => isRecord(profile) && key in profile);
  return {
    ...(webhook && { webhook: Object.values(webhookParameters) }),
    ...Object.fromEntries(given.map(([key, parameter]) => [`profile.${key}`, [parameter]])),
  };
}

function params({ webhook, profile = {} }: Declared<WhatsAppSenderArgs>): Partial<Params> {
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

/** Twilio takes no method for POST. */
function unset({ webhook }: ChannelsSenderInstance): Wire {
  return {
    ...(!webhook?.callbackMethod && { "webhook.callback_method": null }),
    ...(!webhook?.fallbackMethod && { "webhook.fallback_method": null }),
    ...(!webhook?.statusCallbackMethod && { "webhook.status_callback_method": null }),
  };
}

/** A sender that was never changed has null for either. */
function held({ webhook, profile }: ChannelsSenderInstance): Params {
  return {
    "webhook.callback_url": canonical(webhook?.callbackUrl ?? ""),
    "webhook.callback_method": (webhook?.callbackMethod ?? "POST").toUpperCase(),
    "webhook.fallback_url": webhook?.fallbackUrl ?? "",
    "webhook.fallback_method": (webhook?.fallbackMethod ?? "POST").toUpperCase(),
    "webhook.status_callback_url": webhook?.statusCallbackUrl ?? "",
    "webhook.status_callback_method": (webhook?.statusCallbackMethod ?? "POST").toUpperCase(),
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

function live(
  held: Params,
  _: Surroundings,
  args: Declared<WhatsAppSenderArgs> | undefined,
): Partial<Declared<WhatsAppSenderArgs>> {
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
