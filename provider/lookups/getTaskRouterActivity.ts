import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceContext } from "twilio/lib/rest/taskrouter/v1/workspace";
import type { ActivityInstance } from "twilio/lib/rest/taskrouter/v1/workspace/activity";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { membersOf } from "./taskRouterMembers";

/** The workspace and exactly one of the others are given. */
export interface GetTaskRouterActivityArgs {
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** SID of the activity (WA…). */
  sid?: string;
  /** Name that people see, which is its own among the activities of a workspace. */
  friendlyName?: string;
}

/** What `getTaskRouterActivity` returns. */
export interface TaskRouterActivityResult {
  /** SID of the activity (WA…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** Whether workers in it get tasks. */
  available: boolean;
}

/**
 * An activity of a TaskRouter workspace, by its SID or name, such as Twilio's own Offline. One request.
 *
 * Errors: no such activity, with what there is; no such workspace; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/activity
 */
export function getTaskRouterActivity(
  args: GetTaskRouterActivityArgs,
  opts?: LookupOptions,
): Promise<TaskRouterActivityResult> {
  return lookUp(activity, args, opts);
}

/** `getTaskRouterActivity` with arguments that may still be outputs. */
export function getTaskRouterActivityOutput(
  args: pulumi.Input<InputsOf<GetTaskRouterActivityArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TaskRouterActivityResult> {
  return lookUpOutput(activity, args, opts);
}

const activity = defineLookup<GetTaskRouterActivityArgs>()("getTaskRouterActivity", {
  args: z.strictObject({
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    sid: sid("WA", "a TaskRouter activity").optional(),
    friendlyName: text(256).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, { workspaceSid, ...query }) =>
    resultOf(await findOne(session, query, activities(workspaceSid))),
});

const activities = membersOf({
  label: "activity",
  plural: "activities",
  fetch: (workspace: WorkspaceContext, sid: string) => workspace.activities(sid).fetch(),
  list: (workspace: WorkspaceContext, options: object) =>
    workspace.activities.list({ pageSize: 100, ...options }),
});

const resultOf = (activity: ActivityInstance): TaskRouterActivityResult => ({
  sid: activity.sid,
  accountSid: activity.accountSid,
  workspaceSid: activity.workspaceSid,
  friendlyName: activity.friendlyName,
  available: activity.available,
});
