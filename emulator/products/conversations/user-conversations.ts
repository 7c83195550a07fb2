import type { Call, Family } from "../../api/call";
import { lastReadOf, participantUrl } from "./participants";
import type { Conversation, ConversationParticipant, ConversationsUser } from "./records";
import { messagesOf, participantsOf } from "./relations";
import { conversationOf, conversationUrl, inBothScopes, type Scope } from "./scope";
import { userOf, userUrl } from "./users";

interface Joined {
  user: ConversationsUser;
  conversation: Conversation;
  participant: ConversationParticipant;
}

/** The conversations that a user takes part in, as the user sees them. */
export const userConversations: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    ListUserConversation(call, scope) {
      const { account } = call;
      const user = userOf(call, scope, "UserSid");
      const joined = Object.values(account.conversationParticipants).flatMap((participant) => {
        const conversation = account.conversations[participant.conversation_sid];
        const isTheirs = participant.identity === user.identity;
        if (!isTheirs || conversation?.chat_service_sid !== scope.serviceSid) return [];
        const { sid, date_created } = participant;
        return [{ sid, date_created, user, conversation, participant }];
      });
      return call.list("conversations", joined, (one) => shown(call, one, scope));
    },

    FetchUserConversation(call, scope) {
      return shown(call, joinedOf(call, scope), scope);
    },

    UpdateUserConversation(call, scope) {
      const joined = joinedOf(call, scope);
      const was = joined.participant;
      const participant: ConversationParticipant = {
        ...was,
        notification_level: call.params.text("NotificationLevel") || was.notification_level,
        ...lastReadOf(call, was),
      };
      call.account.conversationParticipants[was.sid] = participant;
      return shown(call, { ...joined, participant }, scope);
    },

    /** The user leaves. The conversation stays. */
    DeleteUserConversation(call, scope) {
      delete call.account.conversationParticipants[joinedOf(call, scope).participant.sid];
      return undefined;
    },
  }),
};

function joinedOf(call: Call, scope: Scope): Joined {
  const user = userOf(call, scope, "UserSid");
  const conversation = conversationOf(call, scope);
  const participant = participantsOf(call.account, conversation).find(
    ({ identity }) => identity === user.identity,
  );
  if (!participant) throw call.notFound();
  return { user, conversation, participant };
}

function shown({ account }: Call, { user, conversation, participant }: Joined, scope: Scope) {
  const { last_read_message_index: lastRead } = participant;
  return {
    account_sid: participant.account_sid,
    chat_service_sid: conversation.chat_service_sid,
    conversation_sid: conversation.sid,
    // Who has read nothing yet has no point from which to count.
    unread_messages_count:
      lastRead === null
        ? null
        : messagesOf(account, conversation).filter(({ index }) => index > lastRead).length,
    last_read_message_index: lastRead,
    participant_sid: participant.sid,
    user_sid: user.sid,
    friendly_name: conversation.friendly_name,
    conversation_state: conversation.state,
    timers: {},
    attributes: conversation.attributes,
    date_created: conversation.date_created,
    date_updated: conversation.date_updated,
    created_by: "system",
    notification_level: participant.notification_level ?? "default",
    unique_name: conversation.unique_name,
    url: `${userUrl(scope, user.sid)}/Conversations/${conversation.sid}`,
    links: {
      participant: participantUrl(scope, participant),
      conversation: conversationUrl(scope, conversation.sid),
    },
  };
}
