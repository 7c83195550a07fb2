import type { Call, Family } from "../../api/call";
import { chatServiceOf, chatUserOf } from "./relations";

/** Only devices make bindings, and none is ever connected. */
export const chatBindings: Family = {
  document: "chat_v2",
  operations: {
    ListBinding(call) {
      chatServiceOf(call);
      return none(call);
    },
    FetchBinding: missing,
    DeleteBinding: missing,
    ListUserBinding(call) {
      chatUserOf(call, "UserSid");
      return none(call);
    },
    FetchUserBinding: missing,
    DeleteUserBinding: missing,
  },
};

const none = (call: Call) => call.list("bindings", [], (binding) => binding);

function missing(call: Call): never {
  throw call.notFound();
}
