import type { Account, Maker } from "../../account/state";
import { parseJson } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError } from "../../api/errors";
import type { Params } from "../../api/params";
import {
  type ChatChannel,
  type ChatInvite,
  type ChatMember,
  type ChatMessage,
  type ChatService,
  type ChatUser,
  newChatService,
  newChatUser,
} from "./records";

// What the objects of a chat service have to do with each other.

/** The user of that identity, who is made where there is none. */
export function chatUserFor(
  { account, now, sid }: Maker,
  service: ChatService,
  identity: string,
  since = now,
): ChatUser {
  const known = chatUsersOf(account, service.sid).find((user) => user.identity === identity);
  if (known) return known;
  const user = newChatUser({ now: since, sid }, service, identity);
  account.chatUsers[user.sid] = user;
  return user;
}

/** Lets somebody into their channel, as a user of the service and no longer as somebody who is invited. */
export function addChatMember(maker: Maker, service: ChatService, member: ChatMember): void {
  const { account } = maker;
  chatUserFor(maker, service, member.identity, member.date_created);
  account.chatMembers[member.sid] = member;
  for (const { sid, identity } of chatInvitesOf(account, member.channel_sid)) {
    if (identity === member.identity) delete account.chatInvites[sid];
  }
}

/** Puts a text message into a channel. */
export function addChatMessage(
  { account, now, sid }: Maker,
  channel: ChatChannel,
  { from, body }: Pick<ChatMessage, "from" | "body">,
): ChatMessage {
  const index = channel.next_message_index ?? 0;
  channel.next_message_index = index + 1;
  const added: ChatMessage = {
    sid: sid("IM"),
    account_sid: channel.account_sid,
    service_sid: channel.service_sid,
    channel_sid: channel.sid,
    from,
    body,
    attributes: "{}",
    index,
    type: "text",
    media: null,
    last_updated_by: null,
    was_edited: false,
    date_created: now,
    date_updated: now,
  };
  account.chatMessages[added.sid] = added;
  return added;
}

export const chatUsersOf = (account: Account, serviceSid: string): ChatUser[] =>
  Object.values(account.chatUsers).filter(({ service_sid }) => service_sid === serviceSid);

export const chatInvitesOf = (account: Account, channelSid: string): ChatInvite[] =>
  Object.values(account.chatInvites).filter(({ channel_sid }) => channel_sid === channelSid);

export const chatMembersOf = (account: Account, channelSid: string): ChatMember[] =>
  Object.values(account.chatMembers).filter(({ channel_sid }) => channel_sid === channelSid);

export const chatMessagesOf = (account: Account, channelSid: string): ChatMessage[] =>
  Object.values(account.chatMessages).filter(({ channel_sid }) => channel_sid === channelSid);

/** Takes a channel away with everything in it. */
export function removeChatChannel(account: Account, channelSid: string): void {
  delete account.chatChannels[channelSid];
  const { chatMembers, chatMessages, chatInvites, chatChannelWebhooks } = account;
  for (const collection of [chatMembers, chatMessages, chatInvites, chatChannelWebhooks]) {
    for (const { sid, channel_sid } of Object.values(collection)) {
      if (channel_sid === channelSid) delete collection[sid];
    }
  }
}

export const chatUrl = (serviceSid: string) => `https://chat.twilio.com/v2/Services/${serviceSid}`;

export const chatChannelUrl = (serviceSid: string, channelSid: string) =>
  `${chatUrl(serviceSid)}/Channels/${channelSid}`;

/** The service in the path of what belongs to one. Where it is missing, Twilio refuses instead of answering 404. */
export function chatServiceOf(call: Call): ChatService {
  const service = lookUp(call.account.chatServices, call.path("ServiceSid"));
  if (!service) throw new TwilioError(403, 50050, "Service instance not found");
  return service;
}

export const chatChannelsOf = (call: Call): ChatChannel[] => {
  const { sid } = chatServiceOf(call);
  return Object.values(call.account.chatChannels).filter(({ service_sid }) => service_sid === sid);
};

/** The channel in the path, by SID or unique name. */
export function chatChannelOf(call: Call, name: "Sid" | "ChannelSid"): ChatChannel {
  const wanted = call.path(name);
  const channels = chatChannelsOf(call);
  const channel =
    channels.find(({ sid }) => sid === wanted) ?? channels.find(({ unique_name }) => unique_name === wanted);
  if (!channel) throw call.notFound();
  return channel;
}

/** The user in the path, by SID or identity. */
export function chatUserOf(call: Call, name: "Sid" | "UserSid"): ChatUser {
  const wanted = call.path(name);
  const users = chatUsersOf(call.account, chatServiceOf(call).sid);
  const user = users.find(({ sid }) => sid === wanted) ?? users.find(({ identity }) => identity === wanted);
  if (!user) throw call.notFound();
  return user;
}

/** Of a channel's members, messages and the like: the one that the path names. */
export function inChannel<T extends { channel_sid: string }>(call: Call, collection: Record<string, T>): T {
  const channel = chatChannelOf(call, "ChannelSid");
  const record = lookUp(collection, call.path("Sid"));
  if (record?.channel_sid !== channel.sid) throw call.notFound();
  return record;
}

/** Any JSON, kept as the text that it is. */
export function chatAttributes({ params }: Call, was: string): string {
  const text = params.text("Attributes");
  if (text === undefined) return was;
  if (text !== "" && !parseJson(text)) throw invalidParameter("Attributes", "must be JSON");
  return text || "{}";
}

/** One service is seen under two APIs, Programmable Chat and Conversations, whichever of the two it was made through. */
export function createChatService(maker: Maker, name: string): ChatService {
  const { account } = maker;
  const { service, roles } = newChatService(maker, account.sid, name);
  account.chatServices[service.sid] = service;
  for (const role of roles) account.chatRoles[role.sid] = role;
  return service;
}

/** The service's name, needed and at most 256 characters, under either API. */
export function serviceNameOf(params: Params, was: string): string {
  const name = params.text("FriendlyName") ?? was;
  if (name === "") throw missingParameter("FriendlyName");
  if (name.length > 256) throw new TwilioError(400, 50003, "FriendlyName must be at most 256 characters");
  return name;
}

/** The SID, where it names a service of the account. */
export function existingService({ account }: Call, name: string, sid: string): string {
  if (!lookUp(account.chatServices, sid)) throw new TwilioError(400, 50050, `${name} ${sid} was not found`);
  return sid;
}

export function chatRoleOf({ params, account }: Call, name: string, was: string): string {
  const sid = params.text(name);
  if (!sid) return was;
  if (!lookUp(account.chatRoles, sid)) throw new TwilioError(400, 50100, `Role ${sid} was not found`);
  return sid;
}

/** How far the member has read. A new index without a time is as of now. */
export function consumptionOf({ params, now }: Call, was: ChatMember) {
  const hasRead = params.has("LastConsumedMessageIndex");
  return {
    last_consumed_message_index: hasRead
      ? (params.number("LastConsumedMessageIndex") ?? null)
      : was.last_consumed_message_index,
    last_consumption_timestamp:
      params.date("LastConsumptionTimestamp") ?? (hasRead ? now : was.last_consumption_timestamp),
  };
}

export function refuseTakenChannelName({ account }: Call, channel: ChatChannel): void {
  const { sid, service_sid, unique_name } = channel;
  const isTaken = Object.values(account.chatChannels).some(
    (other) => other.sid !== sid && other.service_sid === service_sid && other.unique_name === unique_name,
  );
  if (unique_name !== null && isTaken)
    throw new TwilioError(409, 50307, "Channel with provided unique name already exists");
}
