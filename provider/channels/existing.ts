import * as pulumi from "@pulumi/pulumi";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow";
import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { z } from "zod";
import type { AccountSession } from "../life/life";
import type { Finding } from "../lookups/findOne";
import { defineLookup, lookUpOutput } from "../lookups/lookup";
import { addresses, flexFlows, phoneNumbers, whatsAppSenders } from "../lookups/sharedKinds";
import { held as heldBySender } from "../messaging/senderParameters";
import { held as heldByNumber, taken } from "../numbers/handlerParameters";
import { ifKnown } from "../program/program";
import { isDemo } from "../routing/webhooks";
import { proxyMessageUrl } from "../twilio/webhooks";
import { ApiError } from "../values/errors";

/** What a channel is about to write, as far as it is known. What is not given is not looked at. */
export interface AboutToWrite {
  /** A Conversations address that is to be created. */
  address?: { type: string; address: string };
  /** A Flex Flow that is to be created, or to be enabled later. */
  flexFlow?: { channelType: string; contactIdentity: string; integrationType: string };
  /** A number whose handler is to be taken over. */
  number?: string;
  /** A sender whose webhook is to be taken over. */
  senderSid?: string;
  /** The Proxy service that number or sender are to lead to. Without it they are to be blank. */
  proxyServiceSid?: string;
  /** A sender, `whatsapp:+15017122661`, whose webhook a person sets, and that is to lead to the Proxy service by now. */
  senderByHand?: string;
}

/** What of that is there already. */
export interface Existing {
  addressSid?: string;
  flexFlowSid?: string;
  /** Who handles the messages of the number or sender, where that is somebody else. */
  handledBy?: string;
  isNumberMissing?: boolean;
  isSenderMissing?: boolean;
  /** SID of the sender whose webhook leads elsewhere. */
  strayingSender?: string;
}

/**
 * Looks at what is there before anything is written: one list a kind in a run, for all channels and lookups of an account. Empty where
 * that cannot be known, such as in an offline preview or by a key that may not read lists.
 */
export async function existing(parent: pulumi.Resource, about: AboutToWrite): Promise<Existing> {
  if (Object.keys(about).length === 0) return {};
  return (await ifKnown(lookUpOutput(lookAround, about, { parent }))) ?? {};
}

const text = z.string();
const lookAround = defineLookup<AboutToWrite>()("what is there already", {
  args: z.strictObject({
    address: z.strictObject({ type: text, address: text }).optional(),
    flexFlow: z.strictObject({ channelType: text, contactIdentity: text, integrationType: text }).optional(),
    number: text.optional(),
    senderSid: text.optional(),
    proxyServiceSid: text.optional(),
    senderByHand: text.optional(),
  }),
  ask: async (session, about) => (session.online || !pulumi.runtime.isDryRun() ? look(session, about) : {}),
});

async function look(session: AccountSession, about: AboutToWrite): Promise<Existing> {
  const lists = listsOf(session);
  const { address, flexFlow, number, senderSid, senderByHand, proxyServiceSid } = about;
  const proxyUrl = proxyServiceSid && proxyMessageUrl(session.account, proxyServiceSid);
  const found: Existing = {};
  if (address) {
    const same = (await lists.addresses())?.find(
      (one) => one.address === address.address && one.type.toLowerCase() === address.type,
    );
    if (same) found.addressSid = same.sid;
  }
  if (flexFlow) {
    const other = (await lists.flexFlows())?.find(
      (one) =>
        one.channelType === flexFlow.channelType &&
        one.contactIdentity === flexFlow.contactIdentity &&
        takesMessagesOf(flexFlow, one),
    );
    if (other) found.flexFlowSid = other.sid;
  }
  if (number) {
    const owned = await lists.number(number);
    if (owned === "missing") found.isNumberMissing = true;
    else if (owned) {
      const by = taken("message", heldByNumber(owned));
      if (by && by !== proxyUrl) found.handledBy = session.redact(by);
    }
  }
  if (senderSid) {
    const senders = await lists.senders();
    const sender = senders?.find(({ sid }) => sid === senderSid);
    if (senders && !sender) found.isSenderMissing = true;
    const url = sender && urlOf(sender);
    if (url && !isDemo(url) && url !== proxyUrl) found.handledBy = session.redact(url);
  }
  if (senderByHand) {
    const sender = (await lists.senders())?.find(({ senderId }) => senderId === senderByHand);
    if (sender && urlOf(sender) !== proxyUrl) found.strayingSender = sender.sid;
  }
  return found;
}

/** One of the same integration type cannot be had twice, and one that leads to Studio comes before the others. */
const takesMessagesOf = (
  { integrationType: wanted }: { integrationType: string },
  { enabled, integrationType }: FlexFlowInstance,
) => enabled && (integrationType === wanted || integrationType === "studio");

const urlOf = (sender: ChannelsSenderInstance) => heldBySender(sender)["webhook.callback_url"];

/** Undefined where the API refuses to list: what is written then tells. */
interface Lists {
  addresses: () => Promise<AddressConfigurationInstance[] | undefined>;
  flexFlows: () => Promise<FlexFlowInstance[] | undefined>;
  senders: () => Promise<ChannelsSenderInstance[] | undefined>;
  number: (phoneNumber: string) => Promise<IncomingPhoneNumberInstance | "missing" | undefined>;
}

function listsOf(session: AccountSession): Lists {
  const { api } = session;
  const all = <Answer>({ all }: Finding<never, Answer>) =>
    unlessRefused(async () => (await all.of(session)).answer);
  return {
    addresses: () => all(addresses),
    flexFlows: () => all(flexFlows),
    senders: () => all(whatsAppSenders),
    number: async (phoneNumber) => {
      const isMeant = (number: IncomingPhoneNumberInstance) => number.phoneNumber === phoneNumber;
      const listed = (await all(phoneNumbers))?.find(isMeant);
      if (listed) return listed;
      // The program may have bought it since the list was read.
      const now = await unlessRefused(() => api.incomingPhoneNumbers.list({ phoneNumber }));
      return now && (now.find(isMeant) ?? "missing");
    },
  };
}

async function unlessRefused<Item>(list: () => Promise<Item[]>): Promise<Item[] | undefined> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
