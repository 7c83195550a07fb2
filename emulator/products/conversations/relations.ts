import type { Account, Maker } from "../../account/state";
import type { Call } from "../../api/call";
import { invalidParameter, stillInUse, TwilioError } from "../../api/errors";
import type { ChatRole } from "../chat/records";
import { chatUsersOf, removeChatChannel } from "../chat/relations";
import type {
  Conversation,
  ConversationMessage,
  ConversationParticipant,
  ConversationScopedWebhook,
  ConversationsUser,
  MessagingBinding,
  ScopedWebhookConfiguration,
} from "./records";

// What the objects of Conversations have to do with each other.

/** A conversation goes with all that is in it. */
export function removeConversation(account: Account, sid: string): void {
  const { conversationParticipants, conversationMessages, conversationWebhooks } = account;
  for (const collection of [conversationParticipants, conversationMessages, conversationWebhooks]) {
    for (const member of Object.values(collection)) {
      if (member.conversation_sid === sid) delete collection[member.sid];
    }
  }
  delete account.conversations[sid];
}

/** What a service holds goes with it, without a question. */
export function removeChatService(account: Account, sid: string): void {
  for (const channel of Object.values(account.chatChannels)) {
    if (channel.service_sid === sid) removeChatChannel(account, channel.sid);
  }
  for (const user of chatUsersOf(account, sid)) delete account.chatUsers[user.sid];
  for (const conversation of Object.values(account.conversations)) {
    if (conversation.chat_service_sid === sid) removeConversation(account, conversation.sid);
  }
  for (const user of Object.values(account.conversationsUsers)) {
    if (user.chat_service_sid === sid) delete account.conversationsUsers[user.sid];
  }
  for (const role of Object.values(account.chatRoles)) {
    if (role.service_sid === sid) delete account.chatRoles[role.sid];
  }
  delete account.conversationsServiceWebhooks[sid];
  delete account.conversationsServiceNotifications[sid];
  const { conversationsConfiguration: configuration } = account;
  if (configuration.default_chat_service_sid === sid) configuration.default_chat_service_sid = null;
  delete account.chatServices[sid];
}

/** The role that a request to either API asks for, among the account's from now on. */
export function newRole(
  call: Call,
  serviceSid: string,
  type: ChatRole["type"],
  permissions: string[],
): ChatRole {
  const { params, account, now } = call;
  const name = params.needed("FriendlyName");
  if (name.length > 256) throw invalidParameter("FriendlyName", "must be at most 256 characters");
  const role: ChatRole = {
    sid: call.sid("RL"),
    account_sid: account.sid,
    service_sid: serviceSid,
    friendly_name: name,
    type,
    permissions,
    date_created: now,
    date_updated: now,
  };
  account.chatRoles[role.sid] = role;
  return role;
}

/** Whoever has a role keeps it, under either API. */
export function refuseRoleInUse(call: Call, { sid, service_sid }: ChatRole): void {
  const { account } = call;
  const service = account.chatServices[service_sid];
  const isDefault =
    service?.default_service_role_sid === sid ||
    service?.default_channel_role_sid === sid ||
    service?.default_channel_creator_role_sid === sid;
  if (isDefault) call.refuseIfStrict(stillInUse(sid, "it is a default role of its service"));
  const holders = [
    ...Object.values(account.conversationsUsers),
    ...Object.values(account.conversationParticipants),
    ...Object.values(account.chatUsers),
    ...Object.values(account.chatMembers),
    ...Object.values(account.chatInvites),
  ];
  const holder = holders.find(({ role_sid }) => role_sid === sid);
  if (holder) call.refuseIfStrict(stillInUse(sid, `${holder.sid} has it`));
}

/** A conversation with nobody in it, not yet among the account's. */
export const newConversation = (maker: Maker, serviceSid: string): Conversation => ({
  sid: maker.sid("CH"),
  account_sid: maker.account.sid,
  chat_service_sid: serviceSid,
  messaging_service_sid: maker.account.conversationsConfiguration.default_messaging_service_sid,
  friendly_name: null,
  unique_name: null,
  attributes: "{}",
  state: "active",
  date_created: maker.now,
  date_updated: maker.now,
});

/** Closed is final: https://www.twilio.com/docs/api/errors/50377 */
export function refuseClosed({ sid, state }: Conversation): void {
  if (state === "closed") throw new TwilioError(400, 50377, `Conversation ${sid} is closed for good`);
}

/** A new participant or message makes an inactive conversation active. */
function wake(conversation: Conversation): void {
  if (conversation.state === "inactive") conversation.state = "active";
}

/** What a new participant is made of. */
export interface ParticipantParts {
  identity?: string;
  address?: string;
  proxyAddress?: string;
  projectedAddress?: string;
  attributes?: string;
  roleSid?: string;
}

/** A participant whose parts are taken as they are, not yet among the account's. */
export const newParticipant = (
  maker: Maker,
  conversation: Conversation,
  { identity, address, proxyAddress, projectedAddress, attributes = "{}", roleSid }: ParticipantParts,
): ConversationParticipant => ({
  sid: maker.sid("MB"),
  account_sid: maker.account.sid,
  conversation_sid: conversation.sid,
  identity: identity || null,
  attributes,
  messaging_binding: newBinding(address, proxyAddress, projectedAddress),
  role_sid: roleSid ?? null,
  last_read_message_index: null,
  last_read_timestamp: null,
  date_created: maker.now,
  date_updated: maker.now,
});

/** Puts a participant among the account's. Who has an identity is a user of the service from then on. */
export function addParticipant(
  maker: Maker,
  conversation: Conversation,
  participant: ConversationParticipant,
): void {
  const { identity, sid } = participant;
  if (identity !== null) userNamed(maker, conversation.chat_service_sid, identity);
  maker.account.conversationParticipants[sid] = participant;
  wake(conversation);
}

export const participantsOf = (account: Account, { sid }: Conversation): ConversationParticipant[] =>
  Object.values(account.conversationParticipants).filter(({ conversation_sid }) => conversation_sid === sid);

/**
 * The conversation that a message from an address to a proxy address belongs to. There is at most one: a pair is free
 * again when its conversation is closed.
 */
export function openConversationOf(
  account: Account,
  address: string,
  proxyAddress: string,
): Conversation | undefined {
  return Object.values(account.conversationParticipants)
    .filter(({ messaging_binding }) => isBindingOf(messaging_binding, address, proxyAddress))
    .map(({ conversation_sid }) => account.conversations[conversation_sid])
    .find((conversation) => conversation !== undefined && conversation.state !== "closed");
}

export function newBinding(
  address: string | undefined,
  proxyAddress: string | undefined,
  projectedAddress: string | undefined,
): MessagingBinding | null {
  const own = address ?? projectedAddress;
  if (!own) return null;
  return {
    type: addressTypeOf(own),
    ...(address !== undefined && { address }),
    ...(proxyAddress !== undefined && { proxy_address: proxyAddress }),
    ...(projectedAddress && { projected_address: projectedAddress }),
  };
}

/** `whatsapp:+15017122661` is of type `whatsapp`; addresses without such a prefix are numbers or e-mail. */
export const addressTypeOf = (address: string) =>
  /^([a-z]+):/.exec(address)?.[1] ?? (address.includes("@") ? "email" : "sms");

export const isBindingOf = (binding: MessagingBinding | null, address: string, proxyAddress: string) =>
  binding?.address === address && binding.proxy_address === proxyAddress;

/** What a new message is made of. */
interface MessageParts {
  /** An identity or an address; `system` where there is none. */
  author?: string;
  body?: string;
  attributes?: string;
}

/** Puts a message at the end of a conversation. */
export function addMessage(
  maker: Maker,
  conversation: Conversation,
  { author, body, attributes = "{}" }: MessageParts,
): ConversationMessage {
  const indexes = messagesOf(maker.account, conversation).map(({ index }) => index);
  const index = Math.max(conversation.last_message_index ?? -1, ...indexes) + 1;
  const message: ConversationMessage = {
    sid: maker.sid("IM"),
    account_sid: maker.account.sid,
    conversation_sid: conversation.sid,
    index,
    author: author || "system",
    body: body ?? null,
    attributes,
    participant_sid: author ? participantSidOf(maker.account, conversation, author) : null,
    date_created: maker.now,
    date_updated: maker.now,
  };
  conversation.last_message_index = index;
  maker.account.conversationMessages[message.sid] = message;
  wake(conversation);
  return message;
}

export const messagesOf = (account: Account, { sid }: Conversation): ConversationMessage[] =>
  Object.values(account.conversationMessages).filter(({ conversation_sid }) => conversation_sid === sid);

export function participantSidOf(
  account: Account,
  conversation: Conversation,
  author: string,
): string | null {
  const participant = participantsOf(account, conversation).find(
    ({ identity, messaging_binding }) => identity === author || messaging_binding?.address === author,
  );
  return participant?.sid ?? null;
}

/** The service's user of that identity, made where there is none yet: so Twilio does when one joins a conversation. */
export function userNamed(maker: Maker, serviceSid: string, identity: string): ConversationsUser {
  const known = findUser(maker.account, serviceSid, identity);
  if (known) return known;
  const user = newUser(maker, serviceSid, identity);
  maker.account.conversationsUsers[user.sid] = user;
  return user;
}

export const findUser = (account: Account, serviceSid: string, identity: string) =>
  usersOf(account, serviceSid).find((user) => user.identity === identity);

export const usersOf = (account: Account, serviceSid: string) =>
  Object.values(account.conversationsUsers).filter(({ chat_service_sid }) => chat_service_sid === serviceSid);

export const newUser = (maker: Maker, serviceSid: string, identity: string): ConversationsUser => ({
  sid: maker.sid("US"),
  account_sid: maker.account.sid,
  chat_service_sid: serviceSid,
  role_sid: maker.account.chatServices[serviceSid]?.default_service_role_sid ?? null,
  identity,
  friendly_name: null,
  attributes: "{}",
  date_created: maker.now,
  date_updated: maker.now,
});

/** A webhook whose configuration is taken as it is, not yet among the account's. */
export const newScopedWebhook = (
  maker: Maker,
  conversation: Conversation,
  target: ConversationScopedWebhook["target"],
  configuration: ScopedWebhookConfiguration,
): ConversationScopedWebhook => ({
  sid: maker.sid("WH"),
  account_sid: maker.account.sid,
  conversation_sid: conversation.sid,
  target,
  configuration,
  date_created: maker.now,
  date_updated: maker.now,
});
