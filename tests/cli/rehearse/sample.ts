import type { Rehearsal } from "../../../provider/cli/rehearse/rehearsal";
import { changesOf, problemsOf } from "../../../provider/cli/rehearse/routes";
import { type Route, shown } from "../../../provider/routing";

export const account = `AC${"e".repeat(32)}`;

/** A rehearsal after which the routes are these. */
export function rehearsalOf(before: Route[], after: Route[], more: Partial<Rehearsal> = {}): Rehearsal {
  const [were, are] = [before, after].map((routes) => routes.map((route) => shown(account, route)));
  return {
    stack: "dev",
    account,
    outcome: "done",
    failures: [],
    routes: changesOf(were ?? [], are ?? []),
    problems: problemsOf(were ?? [], are ?? []),
    writes: [],
    gaps: [],
    second: { writes: [], failures: [] },
    back: undefined,
    messages: [],
    notes: [],
    made: [],
    ...more,
  };
}
