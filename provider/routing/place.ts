import { addressOn, type Channel, channelOf, channels } from "./channels";
import { indexed } from "./indexed";
import type { Reference } from "./reference";
import type { AccountSnapshot, Item } from "./snapshot";
import { named } from "./trail";

/** What one message meets beyond the set-up: what is already under way between these two addresses. */
export interface Live {
  conversation?: { sid: string; name: string; takers: Taker[] };
  /** The open session of a Proxy service with this customer. */
  sessionIn?: (proxyServiceSid: string) => { sid: string; name: string } | undefined;
}

/** A webhook that listens to a conversation. */
export type Taker =
  | { type: "studio"; studioFlowSid: string }
  | { type: "webhook"; url: string; method: string | null };

/** Of which address the ways are looked for. */
export interface Place {
  account: AccountSnapshot;
  channel: Channel;
  address: string;
  live: Live;
}

/** What customers write to or call: the first hop of every way. */
export function origin({ account, channel, address }: Place): Reference {
  if (channel === "voice")
    return { kind: "phoneNumber", sid: ownNumber(account, address)?.sid ?? null, name: address };
  const own = ownNumber(account, address) ?? ownShortCode(account, address);
  if (channel === "sms") {
    const kind = own && "shortCode" in own ? "shortCode" : "phoneNumber";
    return { kind, sid: own?.sid ?? null, name: address };
  }
  const sender = ownSender(account, channel, address);
  const isSender = sender !== undefined || channel === "whatsapp" || channel === "rcs";
  return { kind: isSender ? "sender" : "console", sid: sender?.sid ?? null, name: address };
}

/** What the address itself hands its messages or calls to, and the class that sets it. */
export function handlerOf(place: Place): string {
  const { kind } = origin(place);
  if (place.channel === "voice") return "the number's voice handler (PhoneNumberHandler with voice)";
  if (place.channel === "whatsapp") return "the sender's webhook (WhatsAppSender)";
  if (kind === "sender") return "the sender's webhook";
  if (kind === "shortCode") return "the short code's messaging handler (ShortCodeHandler)";
  if (kind === "phoneNumber") return "the number's messaging handler (PhoneNumberHandler with message)";
  return "the channel's callback in the Console";
}

const byNumber = indexed<Item<"phoneNumbers">>(({ phoneNumber }) => [phoneNumber]);
const byCode = indexed<Item<"shortCodes">>(({ shortCode }) => [shortCode]);
const bySender = indexed<Item<"senders">>(({ senderId }) =>
  channels.map((channel) => placeKey(channel, senderId)),
);
const byAddress = indexed<Item<"addresses">>(({ type, address }) => keysIn(channelOf(type), [address]));
const byIdentity = indexed<Item<"flexFlows">>(({ sid, channelType, contactIdentity }) => {
  const channel = channelOf(channelType);
  return [...keysIn(channel, [contactIdentity ?? ""]), ...(channel ? [`${channel} ${sid}`] : [])];
});
const byMember = indexed<Item<"messagingServices">>(({ memberSids }) => memberSids);

const placeKey = (channel: Channel, address: string) => `${channel} ${addressOn(channel, address)}`;
const keysIn = (channel: Channel | undefined, addresses: string[]) =>
  channel ? addresses.map((address) => placeKey(channel, address)) : [];

export const ownNumber = ({ phoneNumbers }: AccountSnapshot, address: string) =>
  byNumber(phoneNumbers, address)[0];
export const ownShortCode = ({ shortCodes }: AccountSnapshot, address: string) =>
  byCode(shortCodes, address)[0];
export const ownSender = ({ senders }: AccountSnapshot, channel: Channel, address: string) =>
  bySender(senders, `${channel} ${address}`)[0];

export const addressesAt = ({ account, channel, address }: Place) =>
  byAddress(account.addresses, `${channel} ${address}`);

export const flexFlowsAt = ({ account, channel, address }: Place) =>
  byIdentity(account.flexFlows, `${channel} ${address}`);

export const addressObject = (address: Item<"addresses">): Reference =>
  named("address", address, address.friendlyName);

export const flexFlowObject = (flow: Item<"flexFlows">): Reference =>
  named("flexFlow", flow, flow.friendlyName);

/** The Messaging Service that a number, short code or sender is in. */
export const serviceOf = ({ messagingServices }: AccountSnapshot, memberSid: string) =>
  byMember(messagingServices, memberSid)[0];
