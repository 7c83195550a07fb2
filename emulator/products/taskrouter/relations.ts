import { createHash } from "node:crypto";
import type { Collection } from "../../account/collections";
import type { Account, Maker } from "../../account/state";
import { isObject, parseJson } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import {
  invalidParameter,
  nameTaken,
  notWritten,
  preconditionFailed,
  unknownReference,
} from "../../api/errors";
import type { NamedMember, TaskRouterTask, TaskRouterWorkflow, WorkspaceMember } from "./records";
import { defaultQueueOf } from "./workflow-configuration";

export const workspaceUrl = (sid: string) => `https://taskrouter.twilio.com/v1/Workspaces/${sid}`;

/** The workspace in the path of what belongs to one. */
export const workspaceOf = (call: Call) =>
  call.found(call.account.taskrouterWorkspaces, call.path("WorkspaceSid"));

/** What the collection holds for the workspace in the path. */
export function membersOf<T extends WorkspaceMember>(call: Call, collection: Collection<T>): T[] {
  const { sid } = workspaceOf(call);
  return Object.values(collection).filter(({ workspace_sid }) => workspace_sid === sid);
}

/** The member that the path names, or a 404. */
export function memberOf<T extends WorkspaceMember>(call: Call, collection: Collection<T>, name = "Sid"): T {
  const member = call.found(collection, call.path(name));
  if (member.workspace_sid !== workspaceOf(call).sid) throw call.notFound();
  return member;
}

/** The SID in parameter `name`, which must be of that workspace; undefined where the request has none. */
export function referenceOf<T extends WorkspaceMember>(
  { params }: Call,
  name: string,
  collection: Collection<T>,
  workspaceSid: string,
): string | undefined {
  if (!params.has(name)) return undefined;
  const sid = params.needed(name);
  if (lookUp(collection, sid)?.workspace_sid !== workspaceSid) throw unknownReference(name, sid, "workspace");
  return sid;
}

export function friendlyNameOf({ params }: Call, was: string, limit = Number.POSITIVE_INFINITY): string {
  const name = params.has("FriendlyName") ? params.needed("FriendlyName") : was;
  if (name.length > limit) throw invalidParameter("FriendlyName", `must be at most ${limit} characters`);
  return name;
}

export function refuseTakenName<T extends NamedMember>(
  call: Call,
  kind: string,
  others: T[],
  member: T,
): void {
  const { sid, friendly_name, workspace_sid, account_sid } = member;
  const isTaken = others.some((other) => other.sid !== sid && other.friendly_name === friendly_name);
  if (!isTaken) return;
  const refusal = nameTaken(kind, friendly_name, workspace_sid, account_sid);
  // Of queues it is on record: https://github.com/nash-md/twilio-contact-center/issues/23
  if (kind === "Queue") throw refusal;
  call.refuseIfStrict(refusal);
}

export function urlOf({ params }: Call, name: string): string | undefined {
  const url = params.text(name);
  if (url && (!/^https?:\/\//i.test(url) || !URL.canParse(url))) {
    throw invalidParameter(name, "must be an absolute http or https URL");
  }
  return url;
}

export function numberIn({ params }: Call, name: string, was: number, least: number, most: number): number {
  const number = params.number(name) ?? was;
  if (number < least || number > most) throw invalidParameter(name, `must be between ${least} and ${most}`);
  return number;
}

/** Attributes are kept by value, so that their text may come back otherwise than it was sent. */
export function attributesOf({ params }: Call, was: string): string {
  const text = params.text("Attributes");
  if (text === undefined) return was;
  const value = parseJson(text || "{}")?.value;
  if (!isObject(value)) throw invalidParameter("Attributes", "must be a JSON object");
  return JSON.stringify(value);
}

/** Those of a worker come back with their keys sorted (recorded: task-router-rails, cassette configure_workspace). */
export const sortedAttributesOf = (call: Call, was: string): string =>
  JSON.stringify(JSON.parse(attributesOf(call, was)), keysInOrder);

const keysInOrder = (_: string, value: unknown) =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** Twilio's flags in queries: `true`, `1` and `yes` are true, all else is false. */
export const isTrue = (text: string) => /^(true|1|yes)$/i.test(text);

/** Whether a record has what each filter wants. A filter that is not in the query wants nothing. */
export function matches({ params }: Call, record: Record<string, unknown>): boolean {
  return Object.entries(record).every(
    ([filter, value]) => !params.has(filter) || params.value(filter) === value,
  );
}

/** Refuses parameters that only a routing TaskRouter could heed. To ignore a filter would be to answer too much. */
export function notImitated({ params }: Call, operation: string, ...names: string[]): void {
  const name = names.find((candidate) => params.has(candidate));
  if (name !== undefined) throw notWritten(`${name} of ${operation}`);
}

/** Whether a queue takes every worker or none, where that can be said without evaluating its expression. */
export function takesAll(operation: string, { sid, target_workers }: Targeting): boolean {
  if (target_workers === "") return false;
  if (isEveryone(target_workers)) return true;
  throw notWritten(`evaluating the expression of ${sid}, as ${operation} needs it,`);
}

interface Targeting {
  sid: string;
  target_workers: string;
}

export const isEveryone = (expression: string) => /^\s*1\s*==\s*1\s*$/.test(expression);

/** Whether workers are in the queue that `TaskQueueSid` and `TaskQueueName` name: it takes all or none of them. */
export function areInQueue(call: Call, operation: string): boolean {
  const { params, account } = call;
  const { sid } = workspaceOf(call);
  const named = referenceOf(call, "TaskQueueSid", account.taskrouterTaskQueues, sid);
  const name = params.text("TaskQueueName");
  if (named === undefined && name === undefined) return true;
  return membersOf(call, account.taskrouterTaskQueues)
    .filter((queue) => named === undefined || queue.sid === named)
    .filter((queue) => name === undefined || queue.friendly_name === name)
    .some((queue) => takesAll(operation, queue));
}

/**
 * Follows from all that a record holds, so that a change by hand is a change too. 32 digits without quotes, as recorded:
 * task-router-rails, cassette configure_workspace.
 */
const etagOf = (record: object) =>
  createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 32);

/** Puts the record's ETag and date beside the body that shows it. */
export function tagged(call: Call, record: WorkspaceRecord, body: object): object {
  call.headers = { ETag: etagOf(record), "Last-Modified": new Date(record.date_updated).toUTCString() };
  return body;
}

type WorkspaceRecord = Pick<WorkspaceMember, "sid" | "date_updated">;

/** Heeds `If-Match`: the caller says which state of the record the write is meant for. */
export function refuseStale({ ifMatch }: Call, record: WorkspaceMember): void {
  const tags = ifMatch?.split(",").map((tag) => tag.trim()) ?? ["*"];
  if (!tags.includes("*") && !tags.includes(etagOf(record))) throw preconditionFailed(record.sid);
}

/** The records for `call.list`, which shows the last one first: by `Attribute:asc` or `:desc`, several with commas. */
export function ordered<T>(
  records: T[],
  ordering: string | undefined,
  attributes: Record<string, (record: T) => string | number>,
): T[] {
  if (!ordering) return records;
  const rules = ordering.split(",").map((rule) => {
    const [name = "", direction = "asc"] = rule.trim().split(":");
    const read = lookUp(attributes, name);
    if (!read || !/^(asc|desc)$/.test(direction)) {
      const known = Object.keys(attributes).join(", ");
      throw invalidParameter("Ordering", `must be one of ${known}, then :asc or :desc`);
    }
    return { read, less: direction === "asc" ? -1 : 1 };
  });
  const sorted = [...records].reverse().sort((a, b) => {
    const rule = rules.find(({ read }) => read(a) !== read(b));
    if (!rule) return 0;
    return rule.read(a) < rule.read(b) ? rule.less : -rule.less;
  });
  return sorted.reverse();
}

/** By SID or unique name. */
export const taskChannelNamed = (call: Call, name: string) =>
  taskChannelsOf(call).find(({ sid, unique_name }) => sid === name || unique_name === name);

/** Takes away what belongs to a worker, or to a task channel. */
export function removeWorkerChannels({ taskrouterWorkerChannels }: Account, ownerSid: string): void {
  for (const { sid, worker_sid, task_channel_sid } of Object.values(taskrouterWorkerChannels)) {
    if (worker_sid === ownerSid || task_channel_sid === ownerSid) delete taskrouterWorkerChannels[sid];
  }
}

/** A task that waits in its workflow's default queue, not yet among the account's. */
export function newTask(maker: Maker, workflow: TaskRouterWorkflow, taskChannelSid: string): TaskRouterTask {
  const { account, now } = maker;
  const queue = defaultQueueOf(workflow.configuration);
  return {
    sid: maker.sid("WT"),
    account_sid: account.sid,
    workspace_sid: workflow.workspace_sid,
    workflow_sid: workflow.sid,
    task_queue_sid: queue,
    task_queue_entered_date: queue && now,
    task_channel_sid: taskChannelSid,
    assignment_status: "pending",
    attributes: "{}",
    addons: "{}",
    priority: 0,
    reason: null,
    timeout: 86_400,
    virtual_start_time: now,
    ignore_capacity: false,
    routing_target: null,
    date_created: now,
    date_updated: now,
  };
}

export const taskChannelsOf = (call: Call) => membersOf(call, call.account.taskrouterTaskChannels);
