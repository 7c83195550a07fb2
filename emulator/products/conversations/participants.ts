import type { Account } from "../../account/state";
import type { Call, Family, Handler, Maker } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError } from "../../api/errors";
import { type Conversation, conversationOf, conversationUrl, refuseClosed, wake } from "./conversations";
import { checkedAttributes, checkedRole, newDates, newerDates } from "./relations";
import { type Scope, scopeOf } from "./services";
import { userNamed } from "./users";

/** Holds only the addresses that are set. */
interface MessagingBinding {
  type: string;
  address?: string;
  proxy_address?: string;
  projected_address?: string;
}

/** Somebody with an identity, who chats, or with an address, whom messages reach through the proxy address. */
export interface ConversationParticipant {
  sid: string;
  account_sid: string;
  conversation_sid: string;
  identity: string | null;
  attributes: string;
  messaging_binding: MessagingBinding | null;
  role_sid: string | null;
  last_read_message_index: number | null;
  last_read_timestamp: string | null;
  /** There once it was set, and shown among the conversations of the participant's user only. */
  notification_level?: string;
  date_created: string;
  date_updated: string;
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

const create: Handler = (call) => {
  const { params } = call;
  const scope = scopeOf(call);
  const conversation = conversationOf(call, scope);
  const participant = {
    ...participantFrom(call, conversation, {
      identity: params.text("Identity"),
      address: params.text("MessagingBinding.Address"),
      proxyAddress: params.text("MessagingBinding.ProxyAddress"),
      projectedAddress: params.text("MessagingBinding.ProjectedAddress"),
      attributes: params.text("Attributes"),
      roleSid: params.text("RoleSid"),
    }),
    ...newDates(call),
  };
  addParticipant(call, conversation, participant);
  return shown(participant, scope);
};

const list: Handler = (call) => {
  const scope = scopeOf(call);
  const participants = participantsOf(call.account, conversationOf(call, scope));
  return call.list("participants", participants, (participant) => shown(participant, scope));
};

const fetch: Handler = (call) => {
  const scope = scopeOf(call);
  return shown(participantOf(call, conversationOf(call, scope)), scope);
};

const update: Handler = (call) => {
  const { params, account } = call;
  const scope = scopeOf(call);
  const conversation = conversationOf(call, scope);
  const was = participantOf(call, conversation);
  refuseClosed(conversation);
  const roleSid = params.text("RoleSid");
  const participant: ConversationParticipant = {
    ...was,
    identity: updatedIdentity(call, conversation, was),
    attributes: checkedAttributes(params.text("Attributes"), was.attributes),
    messaging_binding: updatedBinding(call, was),
    role_sid: roleSid ? checkedRole(call, roleSid, conversation.chat_service_sid, "channel") : was.role_sid,
    ...lastReadOf(call, was),
    ...newerDates(call, was),
  };
  if (participant.identity !== null) userNamed(call, conversation.chat_service_sid, participant.identity);
  account.conversationParticipants[was.sid] = participant;
  return shown(participant, scope);
};

const remove: Handler = (call) => {
  const { sid } = participantOf(call, conversationOf(call, scopeOf(call)));
  delete call.account.conversationParticipants[sid];
  return undefined;
};

export const conversationParticipants: Family = {
  document: "conversations_v1",
  operations: {
    CreateConversationParticipant: create,
    CreateServiceConversationParticipant: create,
    ListConversationParticipant: list,
    ListServiceConversationParticipant: list,
    FetchConversationParticipant: fetch,
    FetchServiceConversationParticipant: fetch,
    UpdateConversationParticipant: update,
    UpdateServiceConversationParticipant: update,
    DeleteConversationParticipant: remove,
    DeleteServiceConversationParticipant: remove,
  },
};

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

/** The participant that a request asks for, or why it cannot be, also beside `others` that are not there yet. */
export function participantFrom(
  call: Call,
  conversation: Conversation,
  parts: ParticipantParts,
  others: ConversationParticipant[] = [],
): ConversationParticipant {
  refuseClosed(conversation);
  const { identity, address, proxyAddress, projectedAddress, roleSid } = parts;
  const service = call.account.chatServices[conversation.chat_service_sid];
  if (!identity && address === undefined && !projectedAddress) throw missingParameter("Identity");
  if (address === undefined && proxyAddress !== undefined) throw missingParameter("MessagingBinding.Address");
  if (address !== undefined) {
    if (identity) throw invalidParameter("Identity", "cannot be given with MessagingBinding.Address");
    if (projectedAddress) {
      throw invalidParameter("MessagingBinding.ProjectedAddress", "is for participants without an address");
    }
    refuseAddress(address);
    if (proxyAddress !== undefined) refuseProxyAddress(address, proxyAddress);
  }
  const participant = newParticipant(call, conversation, {
    ...parts,
    attributes: checkedAttributes(parts.attributes),
    roleSid: roleSid
      ? checkedRole(call, roleSid, conversation.chat_service_sid, "channel")
      : identity && service?.default_channel_role_sid,
  });
  const present = [...participantsOf(call.account, conversation), ...others];
  if (participant.identity !== null) refuseTakenIdentity(participant.identity, present);
  if (participant.messaging_binding) refuseTakenBinding(call.account, participant.messaging_binding, present);
  return participant;
}

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
    .filter(({ messaging_binding }) => isPair(messaging_binding, address, proxyAddress))
    .map(({ conversation_sid }) => account.conversations[conversation_sid])
    .find((conversation) => conversation !== undefined && conversation.state !== "closed");
}

export const participantsOf = (account: Account, { sid }: Conversation): ConversationParticipant[] =>
  Object.values(account.conversationParticipants).filter(({ conversation_sid }) => conversation_sid === sid);

/** What of the conversation's messages its participant has read, after a request that may say so. */
export function lastReadOf(
  { params, now }: Call,
  was: ConversationParticipant,
): Pick<ConversationParticipant, "last_read_message_index" | "last_read_timestamp"> {
  const timestamp = params.text("LastReadTimestamp") || undefined;
  if (!params.has("LastReadMessageIndex")) {
    const { last_read_message_index, last_read_timestamp } = was;
    return { last_read_message_index, last_read_timestamp: timestamp ?? last_read_timestamp };
  }
  const index = params.number("LastReadMessageIndex");
  if (index === undefined) return { last_read_message_index: null, last_read_timestamp: null };
  if (index < 0) throw invalidParameter("LastReadMessageIndex", "must not be negative");
  return { last_read_message_index: index, last_read_timestamp: timestamp ?? now };
}

/** By SID or identity. */
function participantOf(call: Call, conversation: Conversation): ConversationParticipant {
  const name = call.path("Sid");
  const participant = participantsOf(call.account, conversation).find(
    ({ sid, identity }) => sid === name || identity === name,
  );
  if (!participant) throw call.notFound();
  return participant;
}

function newBinding(
  address: string | undefined,
  proxyAddress: string | undefined,
  projectedAddress: string | undefined,
): MessagingBinding | null {
  const own = address ?? projectedAddress;
  if (!own) return null;
  return {
    type: typeOf(own),
    ...(address !== undefined && { address }),
    ...(proxyAddress !== undefined && { proxy_address: proxyAddress }),
    ...(projectedAddress && { projected_address: projectedAddress }),
  };
}

/** `whatsapp:+15017122661` is of type `whatsapp`; addresses without such a prefix are numbers or e-mail. */
const typeOf = (address: string) =>
  /^([a-z]+):/.exec(address)?.[1] ?? (address.includes("@") ? "email" : "sms");

const number = /^\+[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;

const isAddress = (address: string) =>
  address.length <= 256 && (typeOf(address) !== "sms" || number.test(address));

function refuseAddress(address: string): void {
  if (!isAddress(address)) throw new TwilioError(400, 50407, `Invalid messaging binding address ${address}`);
}

function refuseProxyAddress(address: string, proxyAddress: string): void {
  if (proxyAddress === "") throw new TwilioError(400, 50412, "Participant proxy address is empty");
  if (address === proxyAddress) throw new TwilioError(400, 50409, "Participant address equals proxy address");
  if (!isAddress(proxyAddress) && !shortCode.test(proxyAddress)) {
    throw new TwilioError(400, 50408, `Invalid participant proxy address ${proxyAddress}`);
  }
  if (typeOf(address) !== typeOf(proxyAddress)) {
    throw new TwilioError(400, 50414, "Participant address type does not match proxy address type");
  }
}

const isPair = (binding: MessagingBinding | null, address: string, proxyAddress: string) =>
  binding?.address === address && binding.proxy_address === proxyAddress;

function refuseTakenIdentity(identity: string, others: ConversationParticipant[]): void {
  if (identity.length > 256) throw invalidParameter("Identity", "must be at most 256 characters");
  if (others.some((other) => other.identity === identity)) {
    throw new TwilioError(409, 50433, "Participant already exists");
  }
}

/** https://www.twilio.com/docs/api/errors/50416 */
function refuseTakenBinding(
  account: Account,
  { address, proxy_address }: MessagingBinding,
  others: ConversationParticipant[],
): void {
  if (address === undefined) return;
  if (proxy_address === undefined) {
    const isThere = others.some(({ messaging_binding }) => messaging_binding?.address === address);
    if (isThere) throw new TwilioError(409, 50437, "Group Participant already exists");
    return;
  }
  const sid =
    others.find(({ messaging_binding }) => isPair(messaging_binding, address, proxy_address))
      ?.conversation_sid ?? openConversationOf(account, address, proxy_address)?.sid;
  if (sid !== undefined) {
    throw new TwilioError(
      409,
      50416,
      `A binding for this participant and proxy address already exists in Conversation ${sid}`,
    );
  }
}

function updatedIdentity(call: Call, conversation: Conversation, was: ConversationParticipant) {
  const identity = call.params.text("Identity");
  if (!identity) return was.identity;
  if (was.identity !== null || was.messaging_binding?.projected_address === undefined) {
    throw new TwilioError(400, 50444, "Failed to add an identity to a participant");
  }
  refuseTakenIdentity(identity, participantsOf(call.account, conversation));
  return identity;
}

/** The word `null` takes an address away. */
function updatedBinding({ params, account }: Call, was: ConversationParticipant): MessagingBinding | null {
  const binding = was.messaging_binding;
  const proxyAddress = params.text("MessagingBinding.ProxyAddress");
  const projectedAddress = params.text("MessagingBinding.ProjectedAddress");
  if (projectedAddress === "null") {
    if (binding?.projected_address === undefined || was.identity === null) {
      throw invalidParameter("MessagingBinding.ProjectedAddress", "there is none that could be removed");
    }
    return null;
  }
  if (projectedAddress) {
    if (binding) throw new TwilioError(400, 50443, "Failed to add a projected address to a participant");
    return newBinding(undefined, undefined, projectedAddress);
  }
  if (proxyAddress === "null") {
    const { proxy_address, ...rest } = binding ?? { type: "" };
    if (proxy_address === undefined) {
      throw new TwilioError(400, 50440, "Failed to remove the proxy address of a participant");
    }
    return rest;
  }
  if (proxyAddress === undefined) return binding;
  if (binding?.address === undefined || binding.proxy_address !== undefined) {
    throw new TwilioError(400, 50441, "Failed to add a proxy address to a participant");
  }
  refuseProxyAddress(binding.address, proxyAddress);
  const wanted = { ...binding, proxy_address: proxyAddress };
  refuseTakenBinding(account, wanted, []);
  return wanted;
}

export const participantUrl = (scope: Scope, { sid, conversation_sid }: ConversationParticipant) =>
  `${conversationUrl(scope, conversation_sid)}/Participants/${sid}`;

function shown(participant: ConversationParticipant, scope: Scope) {
  const { notification_level, ...answer } = participant;
  return { ...answer, ...scope.named, url: participantUrl(scope, participant) };
}
