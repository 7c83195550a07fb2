import type { Call, Family, Handler } from "../../api/call";
import { TwilioError, unknownReference } from "../../api/errors";
import type { Conversation, ConversationMessage } from "./records";
import {
  addMessage,
  checkedAttributes,
  messagesOf,
  newDates,
  newerDates,
  participantSidOf,
  refuseClosed,
} from "./relations";
import { conversationOf, conversationUrl, type Scope, scopeOf } from "./scope";

const create: Handler = (call) => {
  const { params } = call;
  const scope = scopeOf(call);
  const conversation = conversationOf(call, scope);
  refuseClosed(conversation);
  for (const name of ["MediaSid", "ContentSid"]) {
    const sid = params.text(name);
    if (sid) throw unknownReference(name, sid);
  }
  const parts = {
    author: params.text("Author"),
    body: bodyOf(call),
    attributes: checkedAttributes(params.text("Attributes")),
  };
  const dates = newDates(call);
  const message = Object.assign(addMessage(call, conversation, parts), dates);
  return shown(message, scope);
};

const list: Handler = (call) => {
  const scope = scopeOf(call);
  const messages = messagesOf(call.account, conversationOf(call, scope));
  const inOrder = call.params.text("Order") === "desc" ? messages : messages.reverse();
  return call.list("messages", inOrder, (message) => shown(message, scope));
};

const fetch: Handler = (call) => {
  const scope = scopeOf(call);
  return shown(messageOf(call, conversationOf(call, scope), "Sid"), scope);
};

const update: Handler = (call) => {
  const { params, account } = call;
  const scope = scopeOf(call);
  const conversation = conversationOf(call, scope);
  const was = messageOf(call, conversation, "Sid");
  refuseClosed(conversation);
  const author = params.text("Author") || was.author;
  const message: ConversationMessage = {
    ...was,
    author,
    participant_sid:
      author === was.author ? was.participant_sid : participantSidOf(account, conversation, author),
    body: bodyOf(call) ?? was.body,
    attributes: checkedAttributes(params.text("Attributes"), was.attributes),
    ...newerDates(call, was),
  };
  account.conversationMessages[was.sid] = message;
  return shown(message, scope);
};

const remove: Handler = (call) => {
  delete call.account.conversationMessages[messageOf(call, conversationOf(call, scopeOf(call)), "Sid").sid];
  return undefined;
};

export const conversationMessages: Family = {
  document: "conversations_v1",
  operations: {
    CreateConversationMessage: create,
    CreateServiceConversationMessage: create,
    ListConversationMessage: list,
    ListServiceConversationMessage: list,
    FetchConversationMessage: fetch,
    FetchServiceConversationMessage: fetch,
    UpdateConversationMessage: update,
    UpdateServiceConversationMessage: update,
    DeleteConversationMessage: remove,
    DeleteServiceConversationMessage: remove,
  },
};

/** The message whose SID stands in that parameter of the path. */
export function messageOf(call: Call, { sid }: Conversation, parameter: string): ConversationMessage {
  const message = call.found(call.account.conversationMessages, call.path(parameter));
  if (message.conversation_sid !== sid) throw call.notFound();
  return message;
}

function bodyOf({ params }: Call): string | undefined {
  const body = params.text("Body");
  if (body !== undefined && body.length > 1600) {
    throw new TwilioError(400, 50504, "Message body must be at most 1600 characters");
  }
  return body;
}

function shown(message: ConversationMessage, scope: Scope) {
  const url = `${conversationUrl(scope, message.conversation_sid)}/Messages/${message.sid}`;
  return {
    ...message,
    ...scope.named,
    media: null,
    delivery: null,
    content_sid: null,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}
