import { parseJson } from "../body";
import type { Call, Family, Handler } from "../call";
import { isoDate } from "../clock";
import { invalidParameter, TwilioError } from "../errors";
import { messagingServiceOf } from "./conversations-configuration";
import { type Scope, scopeOf } from "./conversations-services";

/** Timers and bindings of a conversation are not imitated: both are empty in answers. */
export interface Conversation {
  sid: string;
  account_sid: string;
  chat_service_sid: string;
  messaging_service_sid: string | null;
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  state: string;
  date_created: string;
  date_updated: string;
}

const create: Handler = (call) => {
  const { params, account } = call;
  const scope = scopeOf(call);
  const attributes = params.text("Attributes") || "{}";
  if (!parseJson(attributes)) throw invalidParameter("Attributes", "must be JSON");
  const friendlyName = params.text("FriendlyName") ?? "";
  if (friendlyName.length > 256) throw invalidParameter("FriendlyName", "must be at most 256 characters");
  const uniqueName = params.text("UniqueName") || null;
  if (uniqueName !== null && conversationsOf(call, scope).some(isNamed(uniqueName))) {
    throw new TwilioError(409, 50353, "Conversation with provided unique name already exists");
  }
  const { default_messaging_service_sid } = account.conversationsConfiguration;
  const conversation: Conversation = {
    sid: call.sid("CH"),
    account_sid: account.sid,
    chat_service_sid: scope.serviceSid,
    messaging_service_sid: messagingServiceOf(call, "MessagingServiceSid", default_messaging_service_sid),
    friendly_name: friendlyName || null,
    unique_name: uniqueName,
    attributes,
    state: params.text("State") ?? "active",
    date_created: dateOf(call, "DateCreated") ?? call.now,
    date_updated: dateOf(call, "DateUpdated") ?? call.now,
  };
  account.conversations[conversation.sid] = conversation;
  return shown(conversation, scope);
};

const list: Handler = (call) => {
  const scope = scopeOf(call);
  const state = call.params.text("State");
  const start = dateOf(call, "StartDate") ?? "";
  const end = dateOf(call, "EndDate");
  const conversations = conversationsOf(call, scope).filter(
    (conversation) =>
      (state === undefined || conversation.state === state) &&
      conversation.date_created >= start &&
      (end === undefined || conversation.date_created <= end),
  );
  return call.list("conversations", conversations, (conversation) => shown(conversation, scope));
};

const fetch: Handler = (call) => {
  const scope = scopeOf(call);
  return shown(conversationOf(call, scope), scope);
};

const remove: Handler = (call) => {
  delete call.account.conversations[conversationOf(call, scopeOf(call)).sid];
  return undefined;
};

/** Enough of conversations for a service to hold them. */
export const conversations: Family = {
  document: "conversations_v1",
  operations: {
    CreateConversation: create,
    CreateServiceConversation: create,
    ListConversation: list,
    ListServiceConversation: list,
    FetchConversation: fetch,
    FetchServiceConversation: fetch,
    DeleteConversation: remove,
    DeleteServiceConversation: remove,
  },
};

const conversationsOf = ({ account }: Call, { serviceSid }: Scope) =>
  Object.values(account.conversations).filter(({ chat_service_sid }) => chat_service_sid === serviceSid);

const isNamed = (name: string) => (conversation: Conversation) => conversation.unique_name === name;

/** By SID or unique name. */
function conversationOf(call: Call, scope: Scope): Conversation {
  const name = call.path("Sid");
  const all = conversationsOf(call, scope);
  const conversation = all.find(({ sid }) => sid === name) ?? all.find(isNamed(name));
  if (!conversation) throw call.notFound();
  return conversation;
}

function dateOf({ params }: Call, name: string): string | undefined {
  const text = params.text(name);
  if (!text) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw invalidParameter(name, "must be an ISO 8601 date");
  return isoDate(date);
}

function shown(conversation: Conversation, { base }: Scope) {
  const url = `${base}/Conversations/${conversation.sid}`;
  const links = {
    participants: `${url}/Participants`,
    messages: `${url}/Messages`,
    webhooks: `${url}/Webhooks`,
    export: `${url}/Export`,
  };
  return { ...conversation, timers: {}, bindings: {}, url, links };
}
