import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  TaskQueueInstance,
  TaskQueueListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace/taskQueue";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { inFlexConfiguration, unmanaged, type Without } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { oneOf, sid, text, whole } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { few, named, sentences, tasksIn } from "./uses";

const taskOrders = ["FIFO", "LIFO"] as const;

/** Arguments of `TaskRouterTaskQueue`. */
export interface TaskRouterTaskQueueArgs extends Adoptable {
  /**
   * SID of the workspace (WS…). Another one replaces the queue: to move everything to another workspace, set the option
   * `deleteBeforeReplace: false`, so that nothing is deleted that is still in use.
   */
  workspaceSid: pulumi.Input<string>;
  /**
   * Name that people see. Two queues of a workspace cannot have the same one.
   * Default: the Pulumi name, at the create; unmanaged from then on.
   */
  friendlyName?: pulumi.Input<string>;
  /**
   * Expression over workers' attributes that says who serves the queue, such as `skills HAS "billing"`.
   * Default `1==1`: everybody. Nobody is `1==0`.
   */
  targetWorkers?: pulumi.Input<string>;
  /** How many workers are asked at once to take a task, 1 to 50. Default 1. */
  maxReservedWorkers?: pulumi.Input<number>;
  /** Whether the task that came first (FIFO) or last (LIFO) is given out first. Default FIFO. */
  taskOrder?: pulumi.Input<(typeof taskOrders)[number]>;
  /** SID of the activity (WA…) that a worker gets when a task is reserved. Default: none; the worker's stays as it is. */
  reservationActivitySid?: pulumi.Input<string>;
  /** SID of the activity (WA…) that a worker gets when a task is assigned. Default: none; the worker's stays as it is. */
  assignmentActivitySid?: pulumi.Input<string>;
}

/**
 * A queue of a TaskRouter workspace in which tasks wait for workers who can do them.
 *
 * Another workspace replaces the queue. Destroy deletes it; Twilio refuses that while a workflow names it or tasks
 * are in it, and the error says which. A second queue of the same name is refused too; `adopt` takes over the one
 * that is there.
 *
 * `id` is `WS…/WQ…`, `sid` the queue's own.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task-queue
 */
export class TaskRouterTaskQueue extends TwilioResource implements Echoes<TaskRouterTaskQueueArgs> {
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly targetWorkers: pulumi.Output<string | undefined>;
  declare readonly maxReservedWorkers: pulumi.Output<number | undefined>;
  declare readonly taskOrder: pulumi.Output<(typeof taskOrders)[number] | undefined>;
  declare readonly reservationActivitySid: pulumi.Output<string | undefined>;
  declare readonly assignmentActivitySid: pulumi.Output<string | undefined>;

  constructor(name: string, args: TaskRouterTaskQueueArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterTaskQueue, name, args, opts);
  }
}

type Params = Without<TaskQueueListInstanceCreateOptions, "friendlyName">;

const activity = () => sid("WA", "a TaskRouter activity").optional();

const taskRouterTaskQueue = defineResource<TaskRouterTaskQueueArgs>()("TaskRouterTaskQueue", {
  label: "TaskRouter task queue",
  parent: "TaskRouterWorkspace",
  prefix: "WQ",
  madeByTwilio: ({ friendlyName }, field) =>
    friendlyName === "Everyone" ? inFlexConfiguration(field) : undefined,
  api: {
    operations: {
      taskrouter_v1: [
        "CreateTaskQueue",
        "FetchTaskQueue",
        "UpdateTaskQueue",
        "ListTaskQueue",
        "DeleteTaskQueue",
        "ListWorkflow",
        "ListTask",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    friendlyName: text(256).optional(),
    targetWorkers: text(4096).optional(),
    maxReservedWorkers: whole(1, 50).optional(),
    taskOrder: oneOf(taskOrders).optional(),
    reservationActivitySid: activity(),
    assignmentActivitySid: activity(),
  }),
  createOnly: ["workspaceSid"],

  params: ({ workspaceSid: _, ...queue }): Params => queue,
  reset: {
    friendlyName: unmanaged,
    targetWorkers: "1==1",
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
    reservationActivitySid: "",
    assignmentActivitySid: "",
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (queue: TaskQueueInstance) => ({
    workspaceSid: queue.workspaceSid,
    friendlyName: queue.friendlyName,
    // Empty is not the default but nobody.
    targetWorkers: queue.targetWorkers || "1==0",
    maxReservedWorkers: queue.maxReservedWorkers,
    taskOrder: queue.taskOrder,
    reservationActivitySid: queue.reservationActivitySid,
    assignmentActivitySid: queue.assignmentActivitySid,
  }),

  naturalKey: ({ friendlyName }) => friendlyName,
  duplicate: [20001],
  within: ({ workspaceSid }) => workspaceSid,
  id: (queue) => `${queue.workspaceSid}/${queue.sid}`,
  createdAt: (queue) => queue.dateCreated,
  list: (twilio, workspaceSid) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskQueues.page({ pageSize: 1000 }),
  create: (twilio, queue, { workspaceSid }) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskQueues.create({ friendlyName: "", ...queue }),
  read: (twilio, id) => at(twilio, id).fetch(),
  update: (twilio, id, changed) => at(twilio, id).update(changed),
  delete: (twilio, id) => at(twilio, id).remove(),
  usedBy,
});

const at = (twilio: Twilio, id: string) =>
  twilio.taskrouter.v1.workspaces(parentIn(id)).taskQueues(sidIn(id));

async function usedBy(twilio: Twilio, id: string): Promise<string | undefined> {
  const taskQueueSid = sidIn(id);
  const workspace = twilio.taskrouter.v1.workspaces(parentIn(id));
  const [workflows, tasks] = await Promise.all([
    workspace.workflows.list(),
    workspace.tasks.list({ taskQueueSid, limit: few + 1 }),
  ]);
  const naming = workflows.filter(({ configuration }) => configuration.includes(taskQueueSid));
  return sentences(
    naming.length > 0 && `Workflows send tasks to it: ${named(naming)}; take it out of their configuration`,
    tasksIn(tasks),
  );
}
