import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { messagingServiceOf } from "./configuration";
import { checkedAttributes, dateIn, newDates, newerDates } from "./fields";
import type { Conversation } from "./records";
import { newConversation, refuseClosed, removeConversation } from "./relations";
import { conversationOf, conversationsOf, conversationUrl, inBothScopes, isNamed, type Scope } from "./scope";

export const conversations: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateConversation(call, scope) {
      const conversation = conversationFrom(call, scope);
      call.account.conversations[conversation.sid] = conversation;
      return shown(conversation, scope);
    },

    ListConversation(call, scope) {
      const state = call.params.text("State");
      const start = dateIn(call, "StartDate") ?? "";
      const end = dateIn(call, "EndDate");
      const conversations = conversationsOf(call.account, scope).filter(
        (conversation) =>
          (state === undefined || conversation.state === state) &&
          conversation.date_created >= start &&
          (end === undefined || conversation.date_created <= end),
      );
      return call.list("conversations", conversations, (conversation) => shown(conversation, scope));
    },

    FetchConversation(call, scope) {
      return shown(conversationOf(call, scope, "Sid"), scope);
    },

    UpdateConversation(call, scope) {
      const { params, account } = call;
      const was = conversationOf(call, scope, "Sid");
      refuseClosed(was);
      const conversation: Conversation = {
        ...was,
        messaging_service_sid: messagingServiceOf(call, "MessagingServiceSid", was.messaging_service_sid),
        friendly_name: friendlyNameOf(call, was.friendly_name),
        unique_name: uniqueNameOf(call, scope, was.unique_name),
        attributes: checkedAttributes(params.text("Attributes"), was.attributes),
        state: params.text("State") || was.state,
        ...newerDates(call, was),
      };
      account.conversations[was.sid] = conversation;
      return shown(conversation, scope);
    },

    DeleteConversation(call, scope) {
      removeConversation(call.account, conversationOf(call, scope, "Sid").sid);
      return undefined;
    },
  }),
};

/** The conversation that a request to create one asks for, not yet among the account's. */
export function conversationFrom(call: Call, scope: Scope): Conversation {
  const { params } = call;
  const state = params.text("State") || "active";
  if (state === "closed") throw new TwilioError(400, 50384, "Initial state can't be 'closed'");
  const conversation = newConversation(call, scope.serviceSid);
  return {
    ...conversation,
    messaging_service_sid: messagingServiceOf(
      call,
      "MessagingServiceSid",
      conversation.messaging_service_sid,
    ),
    friendly_name: friendlyNameOf(call, null),
    unique_name: uniqueNameOf(call, scope, null),
    attributes: checkedAttributes(params.text("Attributes")),
    state,
    ...newDates(call),
  };
}

function friendlyNameOf({ params }: Call, was: string | null): string | null {
  const name = params.text("FriendlyName") ?? was ?? "";
  if (name.length > 256) throw invalidParameter("FriendlyName", "must be at most 256 characters");
  return name || null;
}

function uniqueNameOf({ params, account }: Call, scope: Scope, was: string | null): string | null {
  const name = (params.text("UniqueName") ?? was) || null;
  if (name !== null && name !== was && conversationsOf(account, scope).some(isNamed(name))) {
    throw new TwilioError(409, 50353, "Conversation with provided unique name already exists");
  }
  return name;
}

function shown({ last_message_index, ...conversation }: Conversation, scope: Scope) {
  const url = conversationUrl(scope, conversation.sid);
  const links = { ...linksOf(url), export: `${url}/Export` };
  return { ...conversation, timers: {}, bindings: {}, url, links };
}

/** As `ConversationWithParticipants` shows it. */
export function shownWithParticipants({ last_message_index, ...conversation }: Conversation, scope: Scope) {
  const url = conversationUrl(scope, conversation.sid);
  return { ...conversation, timers: {}, bindings: {}, url, links: linksOf(url) };
}

const linksOf = (url: string) => ({
  participants: `${url}/Participants`,
  messages: `${url}/Messages`,
  webhooks: `${url}/Webhooks`,
});
