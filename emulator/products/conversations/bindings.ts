import type { Family, Handler } from "../../api/call";
import { scopeOf } from "./scope";

const missing: Handler = (call) => {
  throw call.notFound();
};

/** Devices register themselves for push notifications, and none does so here. */
export const conversationsBindings: Family = {
  document: "conversations_v1",
  operations: {
    ListServiceBinding(call) {
      scopeOf(call);
      return call.list("bindings", [], () => ({}));
    },
    FetchServiceBinding: missing,
    DeleteServiceBinding: missing,
  },
};
