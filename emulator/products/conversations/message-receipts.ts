import type { Family } from "../../api/call";
import { messageOf } from "./messages";
import { conversationOf, inBothScopes } from "./scope";

/** Nothing is delivered here, so that no message has a receipt. */
export const conversationMessageReceipts: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    ListConversationMessageReceipt(call, scope) {
      messageOf(call, conversationOf(call, scope), "MessageSid");
      return call.list("delivery_receipts", [], () => ({}));
    },

    FetchConversationMessageReceipt(call) {
      throw call.notFound();
    },
  }),
};
