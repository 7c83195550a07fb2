import type { Family, Handler } from "../../api/call";
import { messageOf } from "./messages";
import { conversationOf, scopeOf } from "./scope";

const list: Handler = (call) => {
  messageOf(call, conversationOf(call, scopeOf(call)), "MessageSid");
  return call.list("delivery_receipts", [], () => ({}));
};

const fetch: Handler = (call) => {
  throw call.notFound();
};

/** Nothing is delivered here, so that no message has a receipt. */
export const conversationMessageReceipts: Family = {
  document: "conversations_v1",
  operations: {
    ListConversationMessageReceipt: list,
    ListServiceConversationMessageReceipt: list,
    FetchConversationMessageReceipt: fetch,
    FetchServiceConversationMessageReceipt: fetch,
  },
};
