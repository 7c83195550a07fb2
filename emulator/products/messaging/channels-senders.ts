import { isObject } from "../../api/body";
import type { Call, Family } from "../../api/call";
import { isoDate } from "../../api/clock";
import { conflict, invalidParameter, missingParameter } from "../../api/errors";
import {
  blankConfiguration,
  blankProfile,
  blankWebhook,
  type ChannelsSender,
  newChannelsSender,
} from "./records";
import { configurationOf, profileOf, webhookOf } from "./sender-parts";

export const channelsSenders: Family = {
  document: "messaging_v2",
  operations: {
    CreateChannelsSender(call) {
      const senderId = freeSenderId(call);
      const blank = newChannelsSender(call.sid("XE"), senderId, call.now);
      const profile = profileOf(call, blank.profile);
      if (isWhatsApp(blank) && !profile.name) throw missingParameter("profile.name");
      const sender = save(call, {
        ...blank,
        friendly_name: call.params.text("friendly_name") || null,
        configuration: configurationOf(call, blank.configuration),
        webhook: webhookOf(call, blank.webhook),
        profile,
        ...underWay(call, "CREATING"),
      });
      return { ...shown(sender), properties: null };
    },

    ListChannelsSender(call) {
      settle(call);
      const prefix = `${call.params.needed("Channel").toLowerCase()}:`;
      const senders = Object.values(call.account.channelsSenders);
      return call.list(
        "senders",
        senders.filter(({ sender_id }) => sender_id.startsWith(prefix)),
        shown,
      );
    },

    FetchChannelsSender: (call) => shown(senderOf(call)),

    UpdateChannelsSender(call) {
      const was = senderOf(call);
      const { name, outcome, ...pending } = renaming(call, was);
      const sender = save(call, {
        ...was,
        friendly_name: call.params.has("friendly_name")
          ? call.params.text("friendly_name") || null
          : was.friendly_name,
        configuration: configurationOf(call, was.configuration),
        webhook: webhookOf(call, was.webhook),
        profile: { ...profileOf(call, was.profile), name },
        ...pending,
        ...underWay(call, "ONLINE:UPDATING"),
      });
      return { ...shown(sender), ...echo(call, sender), display_name_status: outcome };
    },

    DeleteChannelsSender(call) {
      const { sid } = senderOf(call);
      delete call.account.messagingChannelSenders[sid];
      delete call.account.channelsSenders[sid];
      return undefined;
    },
  },
};

function save(call: Call, sender: ChannelsSender): ChannelsSender {
  call.account.channelsSenders[sender.sid] = sender;
  return sender;
}

const underWay = (call: Call, status: string) => ({
  passing_status: status,
  settles_at: call.time + call.senderDelayMs,
});

/** Ends what is under way and had its time: the sender is what it is to be, and its new name is in use. */
function settle(call: Call): void {
  for (const sender of Object.values(call.account.channelsSenders)) {
    const { settles_at, pending_display_name } = sender;
    if (settles_at === null || settles_at > call.time) continue;
    const isNamed = sender.pending_display_name_status === "PENDING_REVIEW" && !call.quirks.nameReview;
    save(call, {
      ...sender,
      passing_status: null,
      settles_at: null,
      ...(isNamed && {
        profile: { ...sender.profile, name: pending_display_name },
        pending_display_name_status: "COMPLETED",
        pending_display_name_status_date: isoDate(new Date(settles_at)),
      }),
    });
  }
}

function senderOf(call: Call): ChannelsSender {
  settle(call);
  return call.found(call.account.channelsSenders, call.path("Sid"));
}

function freeSenderId(call: Call): string {
  const { params, account } = call;
  const senderId = params.needed("sender_id");
  if (!/^(whatsapp:\+[1-9]\d{6,14}|rcs:\S+)$/.test(senderId)) {
    throw invalidParameter("sender_id", "must be whatsapp:<number in E.164> or rcs:<agent>");
  }
  if (Object.values(account.channelsSenders).some(({ sender_id }) => sender_id === senderId)) {
    call.refuseIfStrict(conflict(`Sender ${senderId} is registered already`));
  }
  return senderId;
}

const isWhatsApp = ({ sender_id }: ChannelsSender) => sender_id.startsWith("whatsapp:");

/** The sender's names after an update. Meta reviews those of WhatsApp: until it approves a new one, the old one is in use. */
function renaming(call: Call, was: ChannelsSender) {
  const names = {
    name: was.profile.name,
    pending_display_name: was.pending_display_name,
    pending_display_name_status: was.pending_display_name_status,
    pending_display_name_status_date: was.pending_display_name_status_date,
  };
  const profile = call.params.value("profile");
  if (!isObject(profile) || profile.name === undefined) return { ...names, outcome: null };
  const { name } = profileOf(call, was.profile);
  if (!isWhatsApp(was)) return { ...names, name, outcome: null };
  if (!name) throw invalidParameter("profile.name", "must not be empty");
  if (name === was.profile.name) return { ...names, outcome: "no_change" };
  const isUnderReview = was.pending_display_name_status === "PENDING_REVIEW";
  if (isUnderReview && name === was.pending_display_name) return { ...names, outcome: "pending_review" };
  return {
    name: was.profile.name,
    pending_display_name: name,
    pending_display_name_status: "PENDING_REVIEW",
    pending_display_name_status_date: call.now,
    outcome: "updating",
  };
}

/**
 * In Twilio's examples the answer to an update repeats the parts that the request holds, and is null elsewhere.
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
function echo(call: Call, sender: ChannelsSender) {
  const { params } = call;
  const profile = profileOf(call, blankProfile);
  return {
    configuration: isObject(params.value("configuration"))
      ? onlySet(configurationOf(call, blankConfiguration))
      : null,
    webhook: isObject(params.value("webhook")) ? onlySet(webhookOf(call, blankWebhook)) : null,
    profile: isObject(params.value("profile"))
      ? onlySet({ ...profile, name: profile.name && sender.profile.name })
      : null,
    properties: null,
    offline_reasons: null,
  };
}

/** The parts of a sender have no key for what is not set. */
const onlySet = (part: object): object =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));

function shown({ passing_status, settles_at, date_created, ...sender }: ChannelsSender) {
  return {
    ...sender,
    status: passing_status ?? sender.status,
    configuration: onlySet(sender.configuration),
    webhook: onlySet(sender.webhook),
    profile: onlySet(sender.profile),
    properties: onlySet(sender.properties ?? {}),
    display_name_status: null,
    url: `https://messaging.twilio.com/v2/Channels/Senders/${sender.sid}`,
  };
}
