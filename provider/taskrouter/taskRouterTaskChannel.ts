import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  TaskChannelInstance,
  TaskChannelListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace/taskChannel";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { unmanaged, type Without } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { flag, sid, text } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { sentences, tasksIn } from "./uses";

/** Arguments of `TaskRouterTaskChannel`. */
export interface TaskRouterTaskChannelArgs extends Adoptable {
  /** SID of the workspace (WS…). Another one replaces the channel. */
  workspaceSid: pulumi.Input<string>;
  /**
   * Name by which the channel is known in the workspace, such as `letters`. Two channels cannot have the same one, and
   * those that every workspace has (default, chat, sms, voice, video) are refused. Another one replaces the channel.
   */
  uniqueName: pulumi.Input<string>;
  /** Name that people see, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** Whether the worker who has been idle the longest gets the next task of this channel. Default false. */
  channelOptimizedRouting?: pulumi.Input<boolean>;
}

/**
 * A kind of task of a TaskRouter workspace, such as letters. A worker's capacity is said by channel.
 *
 * Every workspace has the channels default, chat, sms, voice and video, and that of a newer Flex account has email; they
 * are looked up with `getTaskRouterTaskChannel`.
 *
 * Another workspace or unique name replaces the channel. Destroy deletes it; Twilio refuses that while tasks are in
 * it. A second channel of the same unique name is refused too; `adopt` takes over the one that is there.
 *
 * `id` is `WS…/TC…`, `sid` the channel's own.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task-channel
 */
export class TaskRouterTaskChannel extends TwilioResource implements Echoes<TaskRouterTaskChannelArgs> {
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly uniqueName: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly channelOptimizedRouting: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: TaskRouterTaskChannelArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterTaskChannel, name, args, opts);
  }
}

type Params = Without<TaskChannelListInstanceCreateOptions, "friendlyName">;

const builtIn = ["default", "chat", "sms", "voice", "video"];

const taskRouterTaskChannel = defineResource<TaskRouterTaskChannelArgs>()("TaskRouterTaskChannel", {
  label: "TaskRouter task channel",
  parent: "TaskRouterWorkspace",
  prefix: "TC",
  madeByTwilio: ({ workspaceSid, uniqueName }) =>
    [...builtIn, "email"].includes(uniqueName)
      ? { by: "getTaskRouterTaskChannel", args: { workspaceSid, uniqueName }, field: "sid" }
      : undefined,
  api: {
    operations: {
      taskrouter_v1: [
        "CreateTaskChannel",
        "FetchTaskChannel",
        "UpdateTaskChannel",
        "ListTaskChannel",
        "DeleteTaskChannel",
        "ListTask",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    uniqueName: text(256),
    friendlyName: text(64).optional(),
    channelOptimizedRouting: flag().optional(),
  }),
  rules: [
    ({ uniqueName }) =>
      builtIn.some((name) => name === uniqueName)
        ? `uniqueName: every workspace has the task channel ${uniqueName}, made by Twilio; look it up with getTaskRouterTaskChannel, or give another name`
        : undefined,
  ],
  createOnly: ["workspaceSid", "uniqueName"],

  params: ({ workspaceSid: _, ...channel }): Params => channel,
  reset: { friendlyName: unmanaged, channelOptimizedRouting: false },
  onCreate: (name) => ({ friendlyName: name }),

  live: (channel: TaskChannelInstance) => ({
    workspaceSid: channel.workspaceSid,
    uniqueName: channel.uniqueName,
    friendlyName: channel.friendlyName,
    channelOptimizedRouting: channel.channelOptimizedRouting,
  }),

  naturalKey: ({ uniqueName }) => uniqueName,
  duplicate: [20001],
  within: ({ workspaceSid }) => workspaceSid,
  id: (channel) => `${channel.workspaceSid}/${channel.sid}`,
  createdAt: (channel) => channel.dateCreated,
  list: (twilio, workspaceSid) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels.page({ pageSize: 1000 }),
  create: (twilio, channel, { workspaceSid }) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels.create({ friendlyName: "", ...channel }),
  read: (twilio, id) => at(twilio, id).fetch(),
  update: (twilio, id, changed) => at(twilio, id).update(changed),
  delete: (twilio, id) => at(twilio, id).remove(),
  usedBy: async (twilio, id) => {
    // Tasks cannot be asked for by channel.
    const tasks = await twilio.taskrouter.v1.workspaces(parentIn(id)).tasks.list({ limit: 1000 });
    return sentences(tasksIn(tasks.filter(({ taskChannelSid }) => taskChannelSid === sidIn(id))));
  },
});

const at = (twilio: Twilio, id: string) =>
  twilio.taskrouter.v1.workspaces(parentIn(id)).taskChannels(sidIn(id));
