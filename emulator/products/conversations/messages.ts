import type { Call, Family } from "../../api/call";
import { TwilioError, unknownReference } from "../../api/errors";
import { checkedAttributes, newDates, newerDates } from "./fields";
import type { Conversation, ConversationMessage } from "./records";
import { addMessage, messagesOf, participantSidOf, refuseClosed } from "./relations";
import { conversationOf, conversationUrl, inBothScopes, type Scope } from "./scope";

export const conversationMessages: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateConversationMessage(call, scope) {
      const { params } = call;
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
    },

    ListConversationMessage(call, scope) {
      const messages = messagesOf(call.account, conversationOf(call, scope));
      const inOrder = call.params.text("Order") === "desc" ? messages : messages.reverse();
      return call.list("messages", inOrder, (message) => shown(message, scope));
    },

    FetchConversationMessage(call, scope) {
      return shown(messageOf(call, conversationOf(call, scope), "Sid"), scope);
    },

    UpdateConversationMessage(call, scope) {
      const { params, account } = call;
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
    },

    DeleteConversationMessage(call, scope) {
      delete call.account.conversationMessages[messageOf(call, conversationOf(call, scope), "Sid").sid];
      return undefined;
    },
  }),
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
