import { asSubflow, type Subflow, subflowsOf, triggersOf, workflowsOf } from "./definition";
import type { Place } from "./place";
import type { Reference } from "./reference";
import type { Way } from "./route";
import type { AccountSnapshot, Item } from "./snapshot";
import { fail, go, missing, named, stop, type Trail, withSid } from "./trail";

interface Exits {
  isStarted: boolean;
  workflows: readonly string[];
  subflows: readonly Subflow[];
}

/** What each flow of a snapshot does on an event: many addresses lead to one flow. */
const known = new WeakMap<Item<"studioFlows">, Map<string, Exits>>();

function exitsOf(flow: Item<"studioFlows">, event: string): Exits {
  const events = known.get(flow) ?? new Map<string, Exits>();
  known.set(flow, events);
  const exits = events.get(event) ?? {
    isStarted: triggersOf(flow.published).includes(event),
    workflows: workflowsOf(flow.published, event),
    subflows: subflowsOf(flow.published, event),
  };
  events.set(event, exits);
  return exits;
}

/** Ways through a Studio flow that is started by this event, and through the flows that it runs as subflows. */
export const studio = (place: Place, trail: Trail, sid: string, event: string, how: string): Way[] =>
  through(place.account, trail, { sid, isLatest: true }, event, how, new Set());

/** `passed`: flows that this message has been in already. A flow may run itself. */
function through(
  account: AccountSnapshot,
  trail: Trail,
  { sid, isLatest }: { sid: string; isLatest: boolean },
  event: string,
  how: string,
  passed: Set<string>,
): Way[] {
  passed.add(sid);
  const flow = withSid(account.studioFlows, sid);
  if (!flow) return missing(trail, "studioFlow", sid, how);
  const object = named("studioFlow", flow, flow.friendlyName);
  const { isStarted, workflows, subflows } = exitsOf(flow, event);
  const started = go(trail, object, how);
  // A subflow may be run as the revision that is named: which one that is, published or not, is not read.
  if (isLatest && flow.published === undefined) {
    return fail(trail, object, how, "draft", "The flow was never published");
  }
  if (isLatest && !isStarted) {
    return fail(trail, object, how, "no-trigger", `The flow's trigger leads nowhere on ${event}`);
  }
  const toAgents = workflows.flatMap((workflow) =>
    toWorkflow(started, workflow, account.taskRouterWorkflows, "The flow sends the customer to Flex"),
  );
  const bySubflows = subflows
    .filter((subflow) => !passed.has(subflow.sid))
    .flatMap((subflow) => through(account, started, subflow, asSubflow, "It runs as a subflow", passed))
    // What a subflow does besides is a step of the flow that runs it.
    .filter(({ reaches }) => reaches !== "studio");
  const found = [...toAgents, ...bySubflows];
  return found.length > 0 ? found : stop(started, "studio", "The flow hands nobody on to Flex");
}

export function toWorkflow(
  trail: Trail,
  sid: string,
  known: Item<"taskRouterWorkflows">[],
  how: string,
): Way[] {
  if (sid.includes("{{")) {
    const object: Reference = { kind: "taskRouterWorkflow", sid: null, name: sid };
    return stop(go(trail, object, how), "agents", "Which workflow it is, is known when the flow runs");
  }
  const workflow = withSid(known, sid);
  if (!workflow) return missing(trail, "taskRouterWorkflow", sid, how);
  const object = named("taskRouterWorkflow", workflow, workflow.friendlyName);
  return stop(go(trail, object, how), "agents", "The workflow's task goes to an agent");
}
