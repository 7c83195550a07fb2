import { isObject, parseJson } from "../../api/body";
import { invalidParameter } from "../../api/errors";

/**
 * Reads a workflow's configuration and writes it compactly, keys in the order in which they were sent (recorded:
 * task-router-rails, cassette configure_workspace).
 */
export function readConfiguration(text: string): string {
  queuesOf(text);
  return JSON.stringify(parseJson(text)?.value);
}

/** The queues in a configuration's targets and default filter. Throws where that is no routing. */
export function queuesOf(configuration: string): string[] {
  const { filters = [], default_filter: defaultFilter } = routingOf(configuration);
  const steps = listOf(filters, "filters").flatMap(({ targets = [] }) => listOf(targets, "targets"));
  if (defaultFilter != null) steps.push(...listOf([defaultFilter], "default_filter"));
  // A target without a queue stays in the queue of the one before it.
  return steps.flatMap(({ queue }) => {
    if (queue == null) return [];
    if (typeof queue !== "string") throw refusal("must name each queue by its SID");
    return [queue];
  });
}

/** The queue of a task that no filter takes. */
export function defaultQueueOf(configuration: string): string | null {
  const { default_filter: defaultFilter } = routingOf(configuration);
  const queue = isObject(defaultFilter) ? defaultFilter.queue : undefined;
  return typeof queue === "string" ? queue : null;
}

function routingOf(configuration: string): Record<string, unknown> {
  const parsed = parseJson(configuration)?.value;
  const routing = isObject(parsed) ? parsed.task_routing : undefined;
  if (!isObject(routing)) throw refusal("must be JSON with an object task_routing");
  return routing;
}

function listOf(value: unknown, key: string): Record<string, unknown>[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw refusal(`must have objects in ${key}`);
  return value;
}

const refusal = (why: string) => invalidParameter("Configuration", why);
