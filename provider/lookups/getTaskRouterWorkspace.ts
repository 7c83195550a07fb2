import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceInstance } from "twilio/lib/rest/taskrouter/v1/workspace";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findable, findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetTaskRouterWorkspaceArgs {
  /** SID of the workspace (WS…). */
  sid?: string;
  /** Name that people see. Several workspaces may have the same one. */
  friendlyName?: string;
}

/** What `getTaskRouterWorkspace` returns. */
export interface TaskRouterWorkspaceResult {
  /** SID of the workspace (WS…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** SID of the activity (WA…) that new workers are in. */
  defaultActivitySid: string;
  /** SID of the activity (WA…) that workers get who let a reservation time out. */
  timeoutActivitySid: string;
}

/**
 * A TaskRouter workspace, by its SID or name. One request. The one that Flex uses is `taskrouterWorkspaceSid` of
 * `getFlexConfiguration`; its name differs from account to account.
 *
 * Errors: no such workspace, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/workspace
 */
export function getTaskRouterWorkspace(
  args: GetTaskRouterWorkspaceArgs,
  opts?: LookupOptions,
): Promise<TaskRouterWorkspaceResult> {
  return lookUp(workspace, args, opts);
}

/** `getTaskRouterWorkspace` with arguments that may still be outputs. */
export function getTaskRouterWorkspaceOutput(
  args: pulumi.Input<InputsOf<GetTaskRouterWorkspaceArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TaskRouterWorkspaceResult> {
  return lookUpOutput(workspace, args, opts);
}

const workspace = defineLookup<GetTaskRouterWorkspaceArgs>()("getTaskRouterWorkspace", {
  args: z.strictObject({
    sid: sid("WS", "a TaskRouter workspace").optional(),
    friendlyName: text(64).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) => resultOf(await findOne(session, query, workspaces)),
});

const workspaces = findable<GetTaskRouterWorkspaceArgs, WorkspaceInstance>({
  label: "TaskRouter workspace",
  plural: "TaskRouter workspaces",
  fetch: (twilio, sid) => twilio.taskrouter.v1.workspaces(sid).fetch(),
  list: (twilio, { friendlyName }, limit) =>
    twilio.taskrouter.v1.workspaces.list({ friendlyName, pageSize: 100, limit }),
  sid: (found) => found.sid,
  called: (found) => found.friendlyName,
  isMeant: (found, { friendlyName }) => found.friendlyName === friendlyName,
});

const resultOf = (found: WorkspaceInstance): TaskRouterWorkspaceResult => ({
  sid: found.sid,
  accountSid: found.accountSid,
  friendlyName: found.friendlyName,
  defaultActivitySid: found.defaultActivitySid,
  timeoutActivitySid: found.timeoutActivitySid,
});
