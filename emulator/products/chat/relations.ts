import type { Account } from "../../account/state";
import { parseJson } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import type { ChatChannel } from "./channels";
import type { ChatInvite } from "./invites";
import type { ChatMember } from "./members";
import type { ChatMessage } from "./messages";
import type { ChatService } from "./services";
import type { ChatUser } from "./users";

// What the objects of a chat service have to do with each other.

type NewSid = (prefix: string) => string;

/** A public channel with nobody in it. */
export function newChatChannel(sid: string, service: ChatService, now: string): ChatChannel {
  return {
    sid,
    account_sid: service.account_sid,
    service_sid: service.sid,
    friendly_name: null,
    unique_name: null,
    attributes: "{}",
    type: "public",
    created_by: "system",
    date_created: now,
    date_updated: now,
  };
}

export function newChatUser(sid: string, service: ChatService, identity: string, now: string): ChatUser {
  return {
    sid,
    account_sid: service.account_sid,
    service_sid: service.sid,
    identity,
    role_sid: service.default_service_role_sid,
    friendly_name: null,
    attributes: "{}",
    date_created: now,
    date_updated: now,
  };
}

/** A member with the role that the service has for them. */
export function newChatMember(
  sid: string,
  service: ChatService,
  channel: ChatChannel,
  identity: string,
  now: string,
): ChatMember {
  const isCreator = identity === channel.created_by;
  return {
    sid,
    account_sid: channel.account_sid,
    service_sid: channel.service_sid,
    channel_sid: channel.sid,
    identity,
    role_sid: isCreator ? service.default_channel_creator_role_sid : service.default_channel_role_sid,
    last_consumed_message_index: null,
    last_consumption_timestamp: null,
    attributes: "{}",
    notification_level: "default",
    date_created: now,
    date_updated: now,
  };
}

/** The user of that identity, who is made where there is none. */
export function chatUserFor(
  account: Account,
  service: ChatService,
  identity: string,
  now: string,
  newSid: NewSid,
): ChatUser {
  const known = chatUsersOf(account, service.sid).find((user) => user.identity === identity);
  if (known) return known;
  const user = newChatUser(newSid("US"), service, identity, now);
  account.chatUsers[user.sid] = user;
  return user;
}

/** Lets somebody into their channel, as a user of the service and no longer as somebody who is invited. */
export function addChatMember(
  account: Account,
  service: ChatService,
  member: ChatMember,
  newSid: NewSid,
): void {
  chatUserFor(account, service, member.identity, member.date_created, newSid);
  account.chatMembers[member.sid] = member;
  for (const { sid, identity } of chatInvitesOf(account, member.channel_sid)) {
    if (identity === member.identity) delete account.chatInvites[sid];
  }
}

/** Puts a text message into a channel. */
export function addChatMessage(
  account: Account,
  channel: ChatChannel,
  message: { sid: string; from: string; body: string },
  now: string,
): ChatMessage {
  const index = channel.next_message_index ?? 0;
  channel.next_message_index = index + 1;
  const added: ChatMessage = {
    sid: message.sid,
    account_sid: channel.account_sid,
    service_sid: channel.service_sid,
    channel_sid: channel.sid,
    from: message.from,
    body: message.body,
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

/** The service in the path of what belongs to one. */
export const chatServiceOf = (call: Call) => call.found(call.account.chatServices, call.path("ServiceSid"));

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
