import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  ActivityInstance,
  ActivityListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace/activity";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged, type Without } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { flag, sid, text } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { few, named, sentences } from "./uses";

/** Arguments of `TaskRouterActivity`. */
export interface TaskRouterActivityArgs extends Adoptable {
  /**
   * SID of the workspace (WS…). Another one replaces the activity: to move everything to another workspace, set the option
   * `deleteBeforeReplace: false`, so that nothing is deleted that is still in use.
   */
  workspaceSid: pulumi.Input<string>;
  /**
   * Name that people see, 1 to 64 characters. Two activities of a workspace cannot have the same one.
   * Default: the Pulumi name, at the create; unmanaged from then on.
   */
  friendlyName?: pulumi.Input<string>;
  /** Whether workers in this activity get tasks. Default false. Another value replaces the activity. */
  available?: pulumi.Input<boolean>;
}

/**
 * What a worker of a TaskRouter workspace may be doing, such as `Available`, `Break` or `Offline`.
 *
 * Another workspace or `available` replaces the activity. The old one goes first, since two cannot have one name;
 * where it is in use, give the new one another name and set the option `deleteBeforeReplace: false`. Destroy deletes
 * it. Twilio refuses that while it is the workspace's default or timeout activity, while workers are in it and while
 * a task queue names it; the error says which. A second activity of the same name is refused too; `adopt` takes over
 * the one that is there. A new workspace has Offline, Available and Unavailable: see `getTaskRouterActivity`.
 *
 * `id` is `WS…/WA…`, `sid` the activity's own.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/activity
 */
export class TaskRouterActivity extends TwilioResource implements Echoes<TaskRouterActivityArgs> {
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly available: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: TaskRouterActivityArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterActivity, name, args, opts);
  }
}

type Params = Without<ActivityListInstanceCreateOptions, "friendlyName">;

/** Twilio makes them with each workspace. */
const ofEveryWorkspace = ["Offline", "Available", "Unavailable"];

const taskRouterActivity = defineResource<TaskRouterActivityArgs>()("TaskRouterActivity", {
  label: "TaskRouter activity",
  parent: "TaskRouterWorkspace",
  prefix: "WA",
  madeByTwilio: ({ workspaceSid, friendlyName }) =>
    ofEveryWorkspace.includes(friendlyName)
      ? { by: "getTaskRouterActivity", args: { workspaceSid, friendlyName }, field: "sid" }
      : undefined,
  api: {
    operations: {
      taskrouter_v1: [
        "CreateActivity",
        "FetchActivity",
        "UpdateActivity",
        "ListActivity",
        "DeleteActivity",
        "FetchWorkspace",
        "ListWorker",
        "ListTaskQueue",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    friendlyName: text(64).optional(),
    available: flag().optional(),
  }),
  createOnly: ["workspaceSid", "available"],

  params: ({ friendlyName, available }): Params => ({ friendlyName, available }),
  reset: { friendlyName: unmanaged, available: false },
  onCreate: (name) => ({ friendlyName: name }),

  live: (activity: ActivityInstance) => ({
    workspaceSid: activity.workspaceSid,
    friendlyName: activity.friendlyName,
    available: activity.available,
  }),

  naturalKey: ({ friendlyName }) => friendlyName,
  duplicate: [20001],
  within: ({ workspaceSid }) => workspaceSid,
  id: (activity) => `${activity.workspaceSid}/${activity.sid}`,
  createdAt: (activity) => activity.dateCreated,
  list: (twilio, workspaceSid) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).activities.page({ pageSize: 1000 }),
  create: (twilio, activity, { workspaceSid }) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).activities.create({ friendlyName: "", ...activity }),
  read: (twilio, id) => at(twilio, id).fetch(),
  update: (twilio, id, changed) => at(twilio, id).update(changed),
  delete: (twilio, id) => at(twilio, id).remove(),
  usedBy,
});

const at = (twilio: Twilio, id: string) =>
  twilio.taskrouter.v1.workspaces(parentIn(id)).activities(sidIn(id));

async function usedBy(twilio: Twilio, id: string): Promise<string | undefined> {
  const activitySid = sidIn(id);
  const workspace = twilio.taskrouter.v1.workspaces(parentIn(id));
  const [{ defaultActivitySid, timeoutActivitySid }, workers, queues] = await Promise.all([
    workspace.fetch(),
    workspace.workers.list({ activitySid, limit: few + 1 }),
    workspace.taskQueues.list(),
  ]);
  const naming = queues.filter(({ reservationActivitySid, assignmentActivitySid }) =>
    [reservationActivitySid, assignmentActivitySid].includes(activitySid),
  );
  return sentences(
    defaultActivitySid === activitySid &&
      "It is the workspace's default activity; give the workspace another one with TaskRouterWorkspaceConfiguration",
    timeoutActivitySid === activitySid &&
      "It is the workspace's timeout activity; give the workspace another one with TaskRouterWorkspaceConfiguration",
    workers.length > 0 && `Workers are in it: ${named(workers)}; move them to another activity`,
    naming.length > 0 && `Task queues put workers into it: ${named(naming)}; give those another activity`,
  );
}
