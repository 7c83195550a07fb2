import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceContext } from "twilio/lib/rest/taskrouter/v1/workspace";
import type { TaskQueueInstance } from "twilio/lib/rest/taskrouter/v1/workspace/taskQueue";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { membersOf } from "./taskRouterMembers";

/** The workspace and exactly one of the others are given. */
export interface GetTaskRouterTaskQueueArgs {
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** SID of the task queue (WQ…). */
  sid?: string;
  /** Name that people see, which is its own among the task queues of a workspace. */
  friendlyName?: string;
}

/** What `getTaskRouterTaskQueue` returns. */
export interface TaskRouterTaskQueueResult {
  /** SID of the task queue (WQ…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** Expression that says which workers serve it. */
  targetWorkers: string;
}

/**
 * A task queue of a TaskRouter workspace, by its SID or name. One request. The one that Flex uses is
 * `taskrouterTargetTaskqueueSid` of `getFlexConfiguration`.
 *
 * Errors: no such task queue, with what there is; no such workspace; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task-queue
 */
export function getTaskRouterTaskQueue(
  args: GetTaskRouterTaskQueueArgs,
  opts?: LookupOptions,
): Promise<TaskRouterTaskQueueResult> {
  return lookUp(taskQueue, args, opts);
}

/** `getTaskRouterTaskQueue` with arguments that may still be outputs. */
export function getTaskRouterTaskQueueOutput(
  args: pulumi.Input<InputsOf<GetTaskRouterTaskQueueArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TaskRouterTaskQueueResult> {
  return lookUpOutput(taskQueue, args, opts);
}

const taskQueue = defineLookup<GetTaskRouterTaskQueueArgs>()("getTaskRouterTaskQueue", {
  args: z.strictObject({
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    sid: sid("WQ", "a TaskRouter task queue").optional(),
    friendlyName: text(256).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, { workspaceSid, ...query }) =>
    resultOf(await findOne(session, query, taskQueues(workspaceSid))),
});

const taskQueues = membersOf({
  label: "task queue",
  plural: "task queues",
  fetch: (workspace: WorkspaceContext, sid: string) => workspace.taskQueues(sid).fetch(),
  list: (workspace: WorkspaceContext, options: object) =>
    workspace.taskQueues.list({ pageSize: 100, ...options }),
});

const resultOf = (taskQueue: TaskQueueInstance): TaskRouterTaskQueueResult => ({
  sid: taskQueue.sid,
  accountSid: taskQueue.accountSid,
  workspaceSid: taskQueue.workspaceSid,
  friendlyName: taskQueue.friendlyName,
  targetWorkers: taskQueue.targetWorkers,
});
