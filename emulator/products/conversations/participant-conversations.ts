import type { Account } from "../../account/state";
import type { Family } from "../../api/call";
import { missingParameter } from "../../api/errors";
import { participantUrl } from "./participants";
import type { Conversation, ConversationParticipant } from "./records";
import { findUser } from "./relations";
import { conversationUrl, inBothScopes, type Scope } from "./scope";

/** Which conversations somebody is in, closed ones too. */
export const participantConversations: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    ListParticipantConversation(call, scope) {
      const { params, account } = call;
      const identity = params.text("Identity");
      const address = params.text("Address");
      if (!identity && !address) throw missingParameter("Identity");
      const participants = Object.values(account.conversationParticipants).filter(
        (participant) =>
          (!identity || participant.identity === identity) &&
          (!address || participant.messaging_binding?.address === address),
      );
      const found = participants.flatMap((participant) => {
        const conversation = account.conversations[participant.conversation_sid];
        if (conversation?.chat_service_sid !== scope.serviceSid) return [];
        const { sid, date_created } = participant;
        return [{ sid, date_created, show: () => shown(account, participant, conversation, scope) }];
      });
      return call.list("conversations", found, ({ show }) => show());
    },
  }),
};

const noAddresses = { address: null, proxy_address: null, projected_address: null, level: null, name: null };

function shown(
  account: Account,
  participant: ConversationParticipant,
  conversation: Conversation,
  scope: Scope,
) {
  const { identity, messaging_binding } = participant;
  const user = identity === null ? undefined : findUser(account, scope.serviceSid, identity);
  return {
    account_sid: participant.account_sid,
    chat_service_sid: conversation.chat_service_sid,
    participant_sid: participant.sid,
    participant_user_sid: user?.sid ?? null,
    participant_identity: identity,
    participant_messaging_binding: messaging_binding && { ...noAddresses, ...messaging_binding },
    conversation_sid: conversation.sid,
    conversation_unique_name: conversation.unique_name,
    conversation_friendly_name: conversation.friendly_name,
    conversation_attributes: conversation.attributes,
    conversation_date_created: conversation.date_created,
    conversation_date_updated: conversation.date_updated,
    conversation_created_by: "system",
    conversation_state: conversation.state,
    conversation_timers: {},
    links: {
      participant: participantUrl(scope, participant),
      conversation: conversationUrl(scope, conversation.sid),
    },
  };
}
