import type { Call, Family } from "../../api/call";
import { type ChatService, createChatService, nameOf, removeChatService } from "../chat/services";
import { defaultServiceSid } from "./configuration";

/** The chat services of the account under their other API, which cannot update them. */
export const conversationsServices: Family = {
  document: "conversations_v1",
  operations: {
    CreateService: (call) => shown(createChatService(call, nameOf(call.params, ""))),

    ListService: (call) => call.list("services", Object.values(call.account.chatServices), shown),

    FetchService: (call) => shown(call.found(call.account.chatServices, call.path("Sid"))),

    DeleteService(call) {
      removeChatService(call.account, call.found(call.account.chatServices, call.path("Sid")).sid);
      return undefined;
    },
  },
};

const root = "https://conversations.twilio.com/v1";

/** The service a request is about, and what stands before its objects in their URLs. */
export interface Scope {
  serviceSid: string;
  base: string;
  /** The service, where the path names it: what hangs on a conversation or user shows its service only then. */
  named: { chat_service_sid?: string };
}

/** Many operations are there twice: for the service that the path names, and without one for the account's default. */
export function scopeOf(call: Call): Scope {
  const named = call.path("ChatServiceSid");
  if (named === "") return { serviceSid: defaultServiceSid(call), base: root, named: {} };
  const { sid } = call.found(call.account.chatServices, named);
  return { serviceSid: sid, base: `${root}/Services/${sid}`, named: { chat_service_sid: sid } };
}

function shown({ sid, account_sid, friendly_name, date_created, date_updated }: ChatService) {
  const url = `${root}/Services/${sid}`;
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
