import type { Family } from "../../api/call";
import { workspaceOf } from "./relations";

/** Nobody writes down what happens in a workspace. */
export const taskrouterEvents: Family = {
  document: "taskrouter_v1",
  operations: {
    ListEvent(call) {
      workspaceOf(call);
      return call.list("events", [], () => ({}));
    },

    FetchEvent(call) {
      workspaceOf(call);
      throw call.notFound();
    },
  },
};
