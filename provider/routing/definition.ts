const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const recordsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
const statesOf = (definition: unknown) => recordsIn(isRecord(definition) ? definition.states : undefined);
const transitionsOf = (state: Record<string, unknown>) =>
  recordsIn(state.transitions).flatMap(({ event, next }) =>
    typeof event === "string" && typeof next === "string" && next ? [{ event, next }] : [],
  );

/** Events that start a Studio flow: those transitions of its trigger that lead to a state. */
export function triggersOf(definition: unknown): string[] {
  return triggerTransitions(definition).map(({ event }) => event);
}

/**
 * Where a Studio flow that is started by this event can send a conversation on to Flex: the workflows of all its
 * `send-to-flex` widgets that can be reached. One that is only known when the flow runs is `{{…}}`, as it is written.
 */
export function workflowsOf(definition: unknown, event: string): string[] {
  const states = new Map(statesOf(definition).map((state) => [state.name, state]));
  const waiting = triggerTransitions(definition).flatMap((start) =>
    start.event === event ? [start.next] : [],
  );
  const seen = new Set<string>();
  const workflows = new Set<string>();
  for (const name of waiting) {
    const state = states.get(name);
    if (!state || seen.has(name)) continue;
    seen.add(name);
    const { workflow } = isRecord(state.properties) ? state.properties : {};
    if (state.type === "send-to-flex" && typeof workflow === "string") workflows.add(workflow);
    waiting.push(...transitionsOf(state).map(({ next }) => next));
  }
  return [...workflows];
}

const triggerTransitions = (definition: unknown) =>
  statesOf(definition)
    .filter(({ type }) => type === "trigger")
    .flatMap(transitionsOf);
