import type { Account } from "../../account/state";
import type { Call, Family } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError } from "../../api/errors";
import { checkedAttributes, checkedRole, newDates, newerDates } from "./fields";
import type { Conversation, ConversationParticipant, MessagingBinding } from "./records";
import {
  addParticipant,
  addressTypeOf,
  isBindingOf,
  newBinding,
  newParticipant,
  openConversationOf,
  type ParticipantParts,
  participantsOf,
  refuseClosed,
  userNamed,
} from "./relations";
import { conversationOf, conversationUrl, inBothScopes, type Scope } from "./scope";

export const conversationParticipants: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateConversationParticipant(call, scope) {
      const { params } = call;
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
    },

    ListConversationParticipant(call, scope) {
      const participants = participantsOf(call.account, conversationOf(call, scope));
      return call.list("participants", participants, (participant) => shown(participant, scope));
    },

    FetchConversationParticipant(call, scope) {
      return shown(participantOf(call, conversationOf(call, scope)), scope);
    },

    UpdateConversationParticipant(call, scope) {
      const { params, account } = call;
      const conversation = conversationOf(call, scope);
      const was = participantOf(call, conversation);
      refuseClosed(conversation);
      const roleSid = params.text("RoleSid");
      const participant: ConversationParticipant = {
        ...was,
        identity: updatedIdentity(call, conversation, was),
        attributes: checkedAttributes(params.text("Attributes"), was.attributes),
        messaging_binding: updatedBinding(call, was),
        role_sid: roleSid
          ? checkedRole(call, roleSid, conversation.chat_service_sid, "channel")
          : was.role_sid,
        ...lastReadOf(call, was),
        ...newerDates(call, was),
      };
      if (participant.identity !== null) userNamed(call, conversation.chat_service_sid, participant.identity);
      account.conversationParticipants[was.sid] = participant;
      return shown(participant, scope);
    },

    DeleteConversationParticipant(call, scope) {
      const { sid } = participantOf(call, conversationOf(call, scope));
      delete call.account.conversationParticipants[sid];
      return undefined;
    },
  }),
};

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
    // An address of one's own and a projected one exclude each other.
    if (projectedAddress) throw invalidAddress();
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

const number = /^\+[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;

const isAddress = (address: string) =>
  address.length <= 256 && (addressTypeOf(address) !== "sms" || number.test(address));

function refuseAddress(address: string): void {
  if (!isAddress(address)) throw invalidAddress();
}

/** https://www.twilio.com/docs/api/errors/50407 */
const invalidAddress = () => new TwilioError(400, 50407, "Invalid messaging binding address");

function refuseProxyAddress(address: string, proxyAddress: string): void {
  if (proxyAddress === "") throw new TwilioError(400, 50412, "Participant proxy address is empty");
  if (address === proxyAddress) throw new TwilioError(400, 50409, "Participant address equals proxy address");
  if (!isAddress(proxyAddress) && !shortCode.test(proxyAddress)) {
    throw new TwilioError(400, 50408, `Invalid participant proxy address ${proxyAddress}`);
  }
  if (addressTypeOf(address) !== addressTypeOf(proxyAddress)) {
    throw new TwilioError(400, 50414, "Participant address type does not match proxy address type");
  }
}

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
    others.find(({ messaging_binding }) => isBindingOf(messaging_binding, address, proxy_address))
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
