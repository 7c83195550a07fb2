import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceContext } from "twilio/lib/rest/taskrouter/v1/workspace";
import type { WorkflowInstance } from "twilio/lib/rest/taskrouter/v1/workspace/workflow";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { membersOf } from "./taskRouterMembers";

/** The workspace and exactly one of the others are given. */
export interface GetTaskRouterWorkflowArgs {
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** SID of the workflow (WW…). */
  sid?: string;
  /** Name that people see, which is its own among the workflows of a workspace. */
  friendlyName?: string;
}

/** What `getTaskRouterWorkflow` returns. */
export interface TaskRouterWorkflowResult {
  /** SID of the workflow (WW…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the workspace (WS…). */
  workspaceSid: string;
  /** Name that people see. */
  friendlyName: string;
}

/**
 * A workflow of a TaskRouter workspace, by its SID or name. One request. The one that Flex uses is
 * `taskrouterTargetWorkflowSid` of `getFlexConfiguration`.
 *
 * Errors: no such workflow, with what there is; no such workspace; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/workflow
 */
export function getTaskRouterWorkflow(
  args: GetTaskRouterWorkflowArgs,
  opts?: LookupOptions,
): Promise<TaskRouterWorkflowResult> {
  return lookUp(workflow, args, opts);
}

/** `getTaskRouterWorkflow` with arguments that may still be outputs. */
export function getTaskRouterWorkflowOutput(
  args: pulumi.Input<InputsOf<GetTaskRouterWorkflowArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TaskRouterWorkflowResult> {
  return lookUpOutput(workflow, args, opts);
}

const workflow = defineLookup<GetTaskRouterWorkflowArgs>()("getTaskRouterWorkflow", {
  args: z.strictObject({
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    sid: sid("WW", "a TaskRouter workflow").optional(),
    friendlyName: text(256).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, { workspaceSid, ...query }) =>
    resultOf(await findOne(session, query, workflows(workspaceSid))),
});

const workflows = membersOf({
  label: "workflow",
  plural: "workflows",
  fetch: (workspace: WorkspaceContext, sid: string) => workspace.workflows(sid).fetch(),
  list: (workspace: WorkspaceContext, options: object) =>
    workspace.workflows.list({ pageSize: 100, ...options }),
});

const resultOf = (workflow: WorkflowInstance): TaskRouterWorkflowResult => ({
  sid: workflow.sid,
  accountSid: workflow.accountSid,
  workspaceSid: workflow.workspaceSid,
  friendlyName: workflow.friendlyName,
});
