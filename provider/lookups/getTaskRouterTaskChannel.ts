import type * as pulumi from "@pulumi/pulumi";
import type { TaskChannelInstance } from "twilio/lib/rest/taskrouter/v1/workspace/taskChannel";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { byWorkspace } from "./taskRouterMembers";

/** The workspace and exactly one of the others are given. */
export interface GetTaskRouterTaskChannelArgs {
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** SID of the task channel (TC…). */
  sid?: string;
  /** Name by which the channel is known in the workspace, such as `sms`. */
  uniqueName?: string;
}

/** What `getTaskRouterTaskChannel` returns. */
export interface TaskRouterTaskChannelResult {
  /** SID of the task channel (TC…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** Unique name in the workspace. */
  uniqueName: string;
  /** Name that people see. */
  friendlyName: string;
}

/**
 * A task channel of a TaskRouter workspace, by its SID or unique name. Every workspace has default, chat, sms, voice
 * and video. One request.
 *
 * Errors: no such task channel, with what there is; no such workspace; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task-channel
 */
export function getTaskRouterTaskChannel(
  args: GetTaskRouterTaskChannelArgs,
  opts?: LookupOptions,
): Promise<TaskRouterTaskChannelResult> {
  return lookUp(taskChannel, args, opts);
}

/** `getTaskRouterTaskChannel` with arguments that may still be outputs. */
export function getTaskRouterTaskChannelOutput(
  args: pulumi.Input<InputsOf<GetTaskRouterTaskChannelArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TaskRouterTaskChannelResult> {
  return lookUpOutput(taskChannel, args, opts);
}

type Query = Omit<GetTaskRouterTaskChannelArgs, "workspaceSid">;

const taskChannel = defineLookup<GetTaskRouterTaskChannelArgs>()("getTaskRouterTaskChannel", {
  args: z.strictObject({
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    sid: sid("TC", "a TaskRouter task channel").optional(),
    uniqueName: text(256).optional(),
  }),
  rules: [exactlyOne("sid", "uniqueName")],
  ask: async (session, { workspaceSid, ...query }) =>
    resultOf(await findOne(session, query, taskChannelsOf(workspaceSid))),
});

const taskChannelsOf = byWorkspace<Query, TaskChannelInstance>((workspaceSid) => ({
  label: `TaskRouter task channel in ${workspaceSid}`,
  plural: `TaskRouter task channels in ${workspaceSid}`,
  fetch: (twilio, sid) => twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels(sid).fetch(),
  list: (twilio, _, limit) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels.list({ pageSize: 100, limit }),
  sid: (channel) => channel.sid,
  called: (channel) => channel.uniqueName,
  isMeant: (channel, { uniqueName }) => channel.uniqueName === uniqueName,
}));

const resultOf = (channel: TaskChannelInstance): TaskRouterTaskChannelResult => ({
  sid: channel.sid,
  accountSid: channel.accountSid,
  workspaceSid: channel.workspaceSid,
  uniqueName: channel.uniqueName,
  friendlyName: channel.friendlyName,
});
