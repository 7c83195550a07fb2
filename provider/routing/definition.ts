import type { ObjectKind } from "./reference";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const recordsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
const statesOf = (definition: unknown) => recordsIn(isRecord(definition) ? definition.states : undefined);
const transitionsOf = (state: Record<string, unknown>) =>
  recordsIn(state.transitions).flatMap(({ event, next }) =>
    typeof event === "string" && typeof next === "string" && next ? [{ event, next }] : [],
  );
const propertiesOf = ({ properties }: Record<string, unknown>) => (isRecord(properties) ? properties : {});

/** The event by which a flow starts another one as its subflow. */
export const asSubflow = "incomingParent";

/** Events that start a Studio flow: those transitions of its trigger that lead to a state. */
export function triggersOf(definition: unknown): string[] {
  return triggerTransitions(definition).map(({ event }) => event);
}

/**
 * Where a Studio flow that is started by this event can hand a customer to agents: the workflows of all its
 * `send-to-flex` and `enqueue-call` widgets that can be reached. One that is only known when the flow runs is `{{…}}`,
 * as it is written.
 */
export function workflowsOf(definition: unknown, event: string): string[] {
  const workflows = reachedFrom(definition, (start) => start === event).flatMap((state) => {
    const { workflow, workflow_sid } = propertiesOf(state);
    if (state.type === "send-to-flex" && typeof workflow === "string") return [workflow];
    // One that puts the call into a plain queue names no workflow.
    return state.type === "enqueue-call" && typeof workflow_sid === "string" && workflow_sid
      ? [workflow_sid]
      : [];
  });
  return [...new Set(workflows)];
}

export interface Subflow {
  sid: string;
  /** Whether its latest published revision runs, and not one that is named. */
  isLatest: boolean;
}

/** The flows that a Studio flow runs as its subflows where it is started by this event. */
export function subflowsOf(definition: unknown, event: string): Subflow[] {
  const found = reachedFrom(definition, (start) => start === event).flatMap((state) => {
    const { flow_sid: sid, flow_revision: revision = "LatestPublished" } = propertiesOf(state);
    return state.type === "run-subflow" && typeof sid === "string" && isSid("FW", sid)
      ? [{ sid, isLatest: revision === "LatestPublished" }]
      : [];
  });
  return [...new Map(found.map((one) => [`${one.sid} ${one.isLatest}`, one])).values()];
}

/** An object of the account that a widget names by its SID. */
export interface WidgetReference {
  kind: ObjectKind;
  sid: string;
  /** Name of the widget. */
  widget: string;
  /** Its place in the definition: `states[2].properties.workflow`. */
  path: string;
}

/** Which properties of which widgets name an object that the widget cannot do without. */
const naming = new Map<unknown, Record<string, { kind: ObjectKind; prefix: string }>>([
  [
    "send-to-flex",
    {
      workflow: { kind: "taskRouterWorkflow", prefix: "WW" },
      channel: { kind: "taskChannel", prefix: "TC" },
    },
  ],
  ["enqueue-call", { workflow_sid: { kind: "taskRouterWorkflow", prefix: "WW" } }],
  ["run-subflow", { flow_sid: { kind: "studioFlow", prefix: "FW" } }],
]);

/** A widget that hands on to what Twilio has ended, so that it only ever fails. */
export interface EndedWidget {
  widget: string;
  /** Its place in the definition: `states[2]`. */
  path: string;
  /** What it hands on to, and until when that was. */
  what: string;
}

/** https://www.twilio.com/docs/autopilot/studio: disabled for all accounts on that day. */
const ended = new Map<unknown, string>([
  ["send-to-auto-pilot", "Autopilot, which Twilio shut down on 2023-08-25"],
]);

/** Those widgets of a definition, of all that any event can reach. */
export function endedWidgets(definition: unknown): EndedWidget[] {
  const states = statesOf(definition);
  return reachedFrom(definition, () => true).flatMap((state) => {
    const what = ended.get(state.type);
    return what === undefined
      ? []
      : [{ widget: String(state.name), path: `states[${states.indexOf(state)}]`, what }];
  });
}

/**
 * The objects that the widgets of a definition name, of all widgets that any event can reach: what never runs may name
 * anything. What is only known when the flow runs (`{{…}}`) is none, and neither is a SID in a text, a URL or a body.
 */
export function widgetReferences(definition: unknown): WidgetReference[] {
  const states = statesOf(definition);
  return reachedFrom(definition, () => true).flatMap((state) =>
    Object.entries(naming.get(state.type) ?? {}).flatMap(([key, { kind, prefix }]) => {
      const sid = propertiesOf(state)[key];
      if (typeof sid !== "string" || !isSid(prefix, sid)) return [];
      const path = `states[${states.indexOf(state)}].properties.${key}`;
      return [{ kind, sid, widget: String(state.name), path }];
    }),
  );
}

const isSid = (prefix: string, text: string) =>
  text.startsWith(prefix) && /^[A-Z]{2}[0-9a-f]{32}$/.test(text);

/** The states that can be reached from the trigger by these events. */
function reachedFrom(definition: unknown, isStart: (event: string) => boolean): Record<string, unknown>[] {
  const states = new Map(statesOf(definition).map((state) => [state.name, state]));
  const waiting = triggerTransitions(definition).flatMap(({ event, next }) => (isStart(event) ? [next] : []));
  const reached = new Map<string, Record<string, unknown>>();
  for (const name of waiting) {
    const state = states.get(name);
    if (!state || reached.has(name)) continue;
    reached.set(name, state);
    waiting.push(...transitionsOf(state).map(({ next }) => next));
  }
  return [...reached.values()];
}

const triggerTransitions = (definition: unknown) =>
  statesOf(definition)
    .filter(({ type }) => type === "trigger")
    .flatMap(transitionsOf);
