import type { Family } from "../../api/call";
import type { ChatService } from "../chat/records";
import { createChatService, serviceNameOf } from "../chat/relations";
import { removeChatService } from "./relations";
import { conversationsRoot } from "./scope";

/** The chat services of the account under their other API, which cannot update them. */
export const conversationsServices: Family = {
  document: "conversations_v1",
  operations: {
    CreateService: (call) => shown(createChatService(call, serviceNameOf(call.params, ""))),

    ListService: (call) => call.list("services", Object.values(call.account.chatServices), shown),

    FetchService: (call) => shown(call.found(call.account.chatServices, call.path("Sid"))),

    DeleteService(call) {
      removeChatService(call.account, call.found(call.account.chatServices, call.path("Sid")).sid);
      return undefined;
    },
  },
};

function shown({ sid, account_sid, friendly_name, date_created, date_updated }: ChatService) {
  const url = `${conversationsRoot}/Services/${sid}`;
  const links = {
    conversations: `${url}/Conversations`,
    users: `${url}/Users`,
    roles: `${url}/Roles`,
    bindings: `${url}/Bindings`,
    configuration: `${url}/Configuration`,
    participant_conversations: `${url}/ParticipantConversations`,
    conversation_with_participants: `${url}/ConversationWithParticipants`,
  };
  return { sid, account_sid, friendly_name, date_created, date_updated, url, links };
}
