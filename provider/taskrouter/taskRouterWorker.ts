import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  WorkerInstance,
  WorkerListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace/worker";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged, type Without } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { type Json, json, jsonIn, sid, text } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";

/** Arguments of `TaskRouterWorker`. */
export interface TaskRouterWorkerArgs extends Adoptable {
  /** SID of the workspace (WS…). Another one replaces the worker. */
  workspaceSid: pulumi.Input<string>;
  /**
   * Name by which the worker is known, 1 to 64 characters; in Flex the agent's user name. Two workers of a workspace
   * cannot have the same one. Default: the Pulumi name, at the create; unmanaged from then on.
   */
  friendlyName?: pulumi.Input<string>;
  /**
   * SID of the activity (WA…) that the worker is put into when this is given or changed. Workers change it all day
   * long, so that what it is later is no drift, and taking it away leaves the worker where it is. An adoption does
   * not touch it. Default: the workspace's default activity.
   */
  activitySid?: pulumi.Input<string>;
  /** What is known of the worker, such as skills: an object or its JSON text. Compared by value. Default `{}`. */
  attributes?: pulumi.Input<Record<string, unknown> | string>;
}

/**
 * A worker of a TaskRouter workspace: somebody, or something, that tasks are given to. Flex makes a worker for each
 * agent who signs in; a program declares those that are there beforehand, or that are no people.
 *
 * Another workspace replaces the worker. Destroy deletes it. A second worker of the same name is refused by Twilio;
 * `adopt` takes over the one that is there.
 *
 * `id` is `WS…/WK…`, `sid` the worker's own.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/worker
 */
export class TaskRouterWorker extends TwilioResource implements Echoes<TaskRouterWorkerArgs> {
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly activitySid: pulumi.Output<string | undefined>;
  declare readonly attributes: pulumi.Output<Record<string, unknown> | string | undefined>;

  constructor(name: string, args: TaskRouterWorkerArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterWorker, name, args, opts);
  }
}

/** The attributes are compared as a value and become text when they are sent. */
type Params = Omit<Without<WorkerListInstanceCreateOptions, "friendlyName">, "attributes"> & {
  attributes?: Json;
};

const taskRouterWorker = defineResource<TaskRouterWorkerArgs>()("TaskRouterWorker", {
  label: "TaskRouter worker",
  parent: "TaskRouterWorkspace",
  api: {
    operations: {
      taskrouter_v1: ["CreateWorker", "FetchWorker", "UpdateWorker", "ListWorker", "DeleteWorker"],
    },
    leftOut: {
      RejectPendingReservations: "an action on what a worker is doing at the moment, no set-up",
    },
  },
  args: z.strictObject({
    ...adoptable,
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    friendlyName: text(64).optional(),
    activitySid: sid("WA", "a TaskRouter activity").optional(),
    attributes: json("what is known of the worker").optional(),
  }),
  json: ["attributes"],
  createOnly: ["workspaceSid"],
  unseen: ["activitySid"],

  params: ({ workspaceSid: _, ...worker }): Params => worker,
  reset: { friendlyName: unmanaged, activitySid: unmanaged, attributes: {} },
  onCreate: (name) => ({ friendlyName: name }),

  live: (worker: WorkerInstance) => ({
    workspaceSid: worker.workspaceSid,
    friendlyName: worker.friendlyName,
    activitySid: undefined,
    attributes: jsonIn(worker.attributes),
  }),

  naturalKey: ({ friendlyName }) => friendlyName,
  duplicate: [20001],
  within: ({ workspaceSid }) => workspaceSid,
  id: (worker) => `${worker.workspaceSid}/${worker.sid}`,
  createdAt: (worker) => worker.dateCreated,
  list: (twilio, workspaceSid) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).workers.page({ pageSize: 1000 }),
  create: (twilio, worker, { workspaceSid }) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).workers.create({ friendlyName: "", ...sendable(worker) }),
  read: (twilio, id) => at(twilio, id).fetch(),
  update: (twilio, id, changed) => at(twilio, id).update(sendable(changed)),
  delete: (twilio, id) => at(twilio, id).remove(),
});

const at = (twilio: Twilio, id: string) => twilio.taskrouter.v1.workspaces(parentIn(id)).workers(sidIn(id));

const sendable = ({ attributes, ...worker }: Params) => ({
  ...worker,
  ...(attributes !== undefined && { attributes: JSON.stringify(attributes) }),
});
