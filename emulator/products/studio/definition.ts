import { isObject, parseJson } from "../../api/body";
import { TwilioError } from "../../api/errors";

interface Failure {
  message: string;
  property_path: string;
}

/** https://www.twilio.com/docs/studio/widget-library, and the types that flows made earlier still have. */
const widgetTypes = new Set([
  "trigger",
  "add-twiml-redirect",
  "capture-payments",
  "connect-call-to",
  "connect-virtual-agent",
  "connect-virtual-agent-v2",
  "enqueue-call",
  "fork-stream",
  "gather-input-on-call",
  "make-http-request",
  "make-outgoing-call",
  "make-outgoing-call-v1",
  "make-outgoing-call-v2",
  "record-call",
  "record-voicemail",
  "resume-conversation",
  "run-conversation-relay",
  "run-function",
  "run-subflow",
  "say-play",
  "search-for-a-profile",
  "send-and-wait-for-reply",
  "send-message",
  "send-to-auto-pilot",
  "send-to-flex",
  "set-variables",
  "split-based-on",
  "start-conversation",
  "state",
]);

/** Reads a Studio flow definition as Validate, create and update all do; throws 81022 with every failure found. */
export function readDefinition(text: string): object {
  const parsed = parseJson(text);
  if (!parsed) throw refusal([{ message: "Flow definition is not JSON", property_path: "#" }]);
  const definition = parsed.value;
  if (!isObject(definition)) {
    throw refusal([{ message: "Flow definition is not a JSON object", property_path: "#" }]);
  }
  const failures = failuresOf(definition);
  if (failures.length > 0) throw refusal(failures);
  return definition;
}

/** Where a flow begins, and the state that an event leads to from there; null where it leads nowhere. */
export function firstTransition(definition: object, event: string): { from: string; to: string | null } {
  const { initial_state: from, states } = isObject(definition) ? definition : {};
  const trigger = objectsIn(states).find(({ name }) => name === from);
  const transition = objectsIn(trigger?.transitions).find((candidate) => candidate.event === event);
  return { from: String(from), to: typeof transition?.next === "string" ? transition.next : null };
}

const objectsIn = (list: unknown) => (Array.isArray(list) ? list.filter(isObject) : []);

const refusal = (errors: Failure[]) =>
  new TwilioError(400, 81022, "Flow definition validation failed, check `details` for more information", {
    errors,
    warnings: [],
  });

function failuresOf(definition: Record<string, unknown>): Failure[] {
  const { states, initial_state: initial } = definition;
  if (!Array.isArray(states)) return [{ message: "states is not an array", property_path: "#/states" }];
  // https://www.twilio.com/docs/api/errors/81025
  if (states.length > 2000) throw new TwilioError(400, 81025, "A flow may have at most 2000 widgets");

  const failures: Failure[] = [];
  const fail = (property_path: string, message: string) => failures.push({ message, property_path });

  const names = new Set<unknown>();
  for (const [index, state] of states.entries()) {
    const path = `#/states/${index}`;
    if (!isObject(state)) {
      fail(path, "state is not an object");
      continue;
    }
    if (typeof state.name !== "string" || state.name === "") fail(`${path}/name`, "state has no name");
    else if (names.has(state.name)) fail(`${path}/name`, `state name ${state.name} is not unique`);
    if (typeof state.type !== "string" || state.type === "") fail(`${path}/type`, "state has no type");
    else if (!widgetTypes.has(state.type)) fail(`${path}/type`, `there is no widget type ${state.type}`);
    names.add(state.name);
  }
  if (!names.has(initial))
    fail("#/initial_state", `initial_state ${String(initial)} is no state of the flow`);
  if (!states.some((state) => isObject(state) && state.type === "trigger")) {
    fail("#/states", "the flow has no trigger widget");
  }
  for (const [index, state] of states.entries()) {
    const transitions = isObject(state) ? (state.transitions ?? []) : [];
    if (!Array.isArray(transitions)) {
      fail(`#/states/${index}/transitions`, "transitions is not an array");
      continue;
    }
    for (const [position, transition] of transitions.entries()) {
      const path = `#/states/${index}/transitions/${position}`;
      if (!isObject(transition)) fail(path, "transition is not an object");
      // A transition without `next` is an end that nobody connected yet.
      else if (transition.next != null && !names.has(transition.next)) {
        fail(`${path}/next`, `next ${String(transition.next)} is no state of the flow`);
      }
    }
  }
  return failures;
}
