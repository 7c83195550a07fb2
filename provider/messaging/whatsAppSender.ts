import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { differing } from "../life/wire";
import { TwilioSingleton } from "../program/resource";
import { isDemo } from "../routing/webhooks";
import { e164, oneOf, sid, text, url, whatsAppNumber, whole } from "../twilio/fields";
import type { Declared, Plain } from "../values/args";
import { Refusal, Unsettled } from "../values/errors";
import { atLeastOne, exactlyOne, type Rule } from "../values/validate";
import { isRecord, type Wire, withLeaf } from "../values/values";
import { poll } from "./poll";
import { type SenderProfile, type SenderWebhook, verticals } from "./sender";
import { blank, facets, held, live, method, type Params, params, whenNull } from "./senderParameters";
import { whatsAppSenders } from "./whatsAppSenders";

/** Arguments of `WhatsAppSender`. */
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
  /** SID of the sender (XE…). */
  declare readonly senderSid: pulumi.Output<string>;
  /** Where its messages go, as declared. */
  declare readonly webhook: pulumi.Output<Plain<WhatsAppSenderArgs>["webhook"]>;
  /** What customers see of it, as declared. */
  declare readonly profile: pulumi.Output<Plain<WhatsAppSenderArgs>["profile"]>;

  constructor(name: string, args: WhatsAppSenderArgs, opts?: pulumi.CustomResourceOptions) {
    super(whatsAppSender, name, args, opts);
  }
}

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
  rules: [exactlyOne("senderSid", "senderId"), atLeastOne("webhook", "profile"), refuseEmptyProfile],

  facets,
  params,
  held,
  live,
  blank,
  taken: (facet, held) => {
    const target = held["webhook.callback_url"];
    return facet === "webhook" && target && !isDemo(target) ? target : undefined;
  },
  guards: [{ seen: notice }],

  find,
  among: whatsAppSenders,
  naming: ["senderSid", "senderId"],
  otherTarget: ({ senderSid, senderId }, id, state) => {
    if (senderSid !== undefined) return senderSid === id ? [] : ["senderSid"];
    return senderId === state.senderId ? [] : ["senderId"];
  },
  computed: { senderSid: (sender) => sender.sid, senderId: (sender) => sender.senderId },
  id: (sender) => sender.sid,
  read: (twilio, id) => twilio.messaging.v2.channelsSenders(id).fetch(),
  update,
});

function refuseEmptyProfile({ profile }: Parameters<Rule>[0]): ReturnType<Rule> {
  return isRecord(profile) && Object.keys(profile).length === 0
    ? "profile: got an empty object; give at least one key, or leave profile out"
    : undefined;
}

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
  { timeout = 300 }: Declared<WhatsAppSenderArgs>,
  say: (text: string) => void,
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
      (sender.status === "ONLINE" && (seconds >= stale || isAsSent(shown, held(sender)))),
    still: ({ status }, seconds) => say(`${status} after ${seconds} s; waiting until it is online`),
  });
  if (sender.status === "ONLINE") return sender;
  const why =
    sender.status === "OFFLINE"
      ? offline(sender)
      : `Twilio has taken the change, and after ${timeout} s the sender is still ${sender.status}. It is kept in the state: the next up goes on waiting, with timeout for longer, and a refresh shows how it is`;
  return new Unsettled(sender, why);
}

const isAsSent = (sent: Wire, there: Wire): boolean =>
  differing(withPost(sent), withPost(there)).length === 0;

/** Methods that are null by what they are worth. */
const withPost = (wire: Wire): Wire => ({
  ...wire,
  ...Object.fromEntries(Object.entries(whenNull).filter(([key]) => key in wire && wire[key] === null)),
});

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
