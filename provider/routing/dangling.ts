import { type WidgetReference, widgetReferences } from "./definition";
import type { ObjectKind, Reference } from "./reference";
import type { AccountSnapshot } from "./snapshot";

/** A widget of a Studio flow that names an object which is not in the account. */
export interface Dangling extends WidgetReference {
  flow: Reference;
  /** Whether only the draft names it, so that nobody meets it before the draft is published. */
  isDraft: boolean;
}

/** What the flows of an account name, published and as drafts, and the account does not have. */
export function danglingIn(account: AccountSnapshot): Dangling[] {
  const there = new Map<ObjectKind, { sid: string }[] | undefined>([
    ["studioFlow", account.studioFlows],
    ["taskRouterWorkflow", account.taskRouterWorkflows],
    ["taskChannel", account.taskChannels],
  ]);
  const isUnread = (kind: ObjectKind) => account.unread?.some((one) => one.kind === kind) ?? false;
  const isMissing = ({ kind, sid }: WidgetReference) =>
    !isUnread(kind) && there.get(kind)?.some((object) => object.sid === sid) === false;
  return account.studioFlows.flatMap(({ sid, friendlyName, published, draft }) => {
    const flow = { kind: "studioFlow" as const, sid, name: friendlyName || sid };
    const [running, planned] = [published, draft].map((definition) =>
      widgetReferences(definition).filter(isMissing),
    );
    const isRunning = (one: WidgetReference) => running?.some((other) => other.sid === one.sid);
    return [
      ...(running ?? []).map((one) => ({ ...one, flow, isDraft: false })),
      ...(planned ?? []).filter((one) => !isRunning(one)).map((one) => ({ ...one, flow, isDraft: true })),
    ];
  });
}
