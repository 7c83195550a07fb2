import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  WorkflowInstance,
  WorkflowListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace/workflow";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { inFlexConfiguration, unmanaged, type Without } from "../life/definition";
import { parentIn, sidIn } from "../life/frame";
import { TwilioResource } from "../program/resource";
import { flag, type Json, json, jsonIn, sid, text, url, whole } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { few, sentences, tasksIn } from "./uses";

/** Arguments of `TaskRouterWorkflow`. */
export interface TaskRouterWorkflowArgs extends Adoptable {
  /** SID of the workspace (WS…). Another one replaces the workflow. */
  workspaceSid: pulumi.Input<string>;
  /**
   * Name that people see. Two workflows of a workspace cannot have the same one.
   * Default: the Pulumi name, at the create; unmanaged from then on.
   */
  friendlyName?: pulumi.Input<string>;
  /**
   * The rules that tasks are routed by, `{ task_routing: { filters, default_filter } }` under Twilio's own names: an
   * object or its JSON text. Compared by value and passed on untouched. Queues in it are of the same workspace.
   *
   * @see https://www.twilio.com/docs/taskrouter/workflow-configuration
   */
  configuration: pulumi.Input<Record<string, unknown> | string>;
  /** URL that is asked what a worker is to do with a task. Default: none; Flex needs none. */
  assignmentCallbackUrl?: pulumi.Input<string>;
  /** URL that is asked where `assignmentCallbackUrl` fails. Default: none. */
  fallbackAssignmentCallbackUrl?: pulumi.Input<string>;
  /** Seconds that a worker has to take a task, 1 to 86400. Default 120. */
  taskReservationTimeout?: pulumi.Input<number>;
  /**
   * Whether tasks that wait already are routed anew by each change of `configuration`. Default false: they stay where
   * they are. It goes with those changes; setting it or taking it away changes nothing by itself.
   */
  reEvaluateTasks?: pulumi.Input<boolean>;
}

/**
 * A workflow of a TaskRouter workspace: which task goes to which queue. Flex Flows and Studio flows name it.
 *
 * Another workspace replaces the workflow. Destroy deletes it; Twilio refuses that while tasks are in it. A second
 * workflow of the same name is refused too; `adopt` takes over the one that is there. Twilio lets an account make
 * only so many workflows at a time; the provider waits and tries again.
 *
 * `id` is `WS…/WW…`, `sid` the workflow's own.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/workflow
 */
export class TaskRouterWorkflow extends TwilioResource implements Echoes<TaskRouterWorkflowArgs> {
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly configuration: pulumi.Output<Record<string, unknown> | string>;
  declare readonly assignmentCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly fallbackAssignmentCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly taskReservationTimeout: pulumi.Output<number | undefined>;
  declare readonly reEvaluateTasks: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: TaskRouterWorkflowArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterWorkflow, name, args, opts);
  }
}

/** The configuration is compared as a value and becomes text when it is sent. */
type Params = Omit<Without<WorkflowListInstanceCreateOptions, "friendlyName">, "configuration"> & {
  configuration: Json;
};

const taskRouterWorkflow = defineResource<TaskRouterWorkflowArgs>()("TaskRouterWorkflow", {
  label: "TaskRouter workflow",
  parent: "TaskRouterWorkspace",
  prefix: "WW",
  madeByTwilio: ({ friendlyName }, field) =>
    friendlyName === "Assign to Anyone" ? inFlexConfiguration(field) : undefined,
  api: {
    operations: {
      taskrouter_v1: [
        "CreateWorkflow",
        "FetchWorkflow",
        "UpdateWorkflow",
        "ListWorkflow",
        "DeleteWorkflow",
        "ListTask",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    workspaceSid: sid("WS", "a TaskRouter workspace"),
    friendlyName: text(256).optional(),
    configuration: json("the rules of the workflow"),
    assignmentCallbackUrl: url().optional(),
    fallbackAssignmentCallbackUrl: url().optional(),
    taskReservationTimeout: whole(1, 86_400).optional(),
    reEvaluateTasks: flag().optional(),
  }),
  json: ["configuration"],
  createOnly: ["workspaceSid"],
  unseen: ["reEvaluateTasks"],

  params: ({ workspaceSid: _, reEvaluateTasks: __, ...workflow }): Params => workflow,
  reset: {
    friendlyName: unmanaged,
    assignmentCallbackUrl: "",
    fallbackAssignmentCallbackUrl: "",
    taskReservationTimeout: 120,
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (workflow: WorkflowInstance) => ({
    workspaceSid: workflow.workspaceSid,
    friendlyName: workflow.friendlyName,
    configuration: jsonIn(workflow.configuration),
    assignmentCallbackUrl: workflow.assignmentCallbackUrl,
    fallbackAssignmentCallbackUrl: workflow.fallbackAssignmentCallbackUrl,
    taskReservationTimeout: workflow.taskReservationTimeout,
    reEvaluateTasks: undefined,
  }),

  naturalKey: ({ friendlyName }) => friendlyName,
  duplicate: [20001],
  within: ({ workspaceSid }) => workspaceSid,
  id: (workflow) => `${workflow.workspaceSid}/${workflow.sid}`,
  createdAt: (workflow) => workflow.dateCreated,
  list: (twilio, workspaceSid) =>
    twilio.taskrouter.v1.workspaces(workspaceSid).workflows.page({ pageSize: 1000 }),
  create: (twilio, { configuration, ...workflow }, { workspaceSid }) =>
    twilio.taskrouter.v1
      .workspaces(workspaceSid)
      .workflows.create({ friendlyName: "", ...workflow, configuration: JSON.stringify(configuration) }),
  read: (twilio, id) => at(twilio, id).fetch(),
  update: (twilio, id, { configuration, ...changed }, { reEvaluateTasks }) =>
    at(twilio, id).update({
      ...changed,
      ...(configuration !== undefined && {
        configuration: JSON.stringify(configuration),
        ...(reEvaluateTasks && { reEvaluateTasks: "true" }),
      }),
    }),
  delete: (twilio, id) => at(twilio, id).remove(),
  usedBy: async (twilio, id) => {
    const { tasks } = twilio.taskrouter.v1.workspaces(parentIn(id));
    return sentences(tasksIn(await tasks.list({ workflowSid: sidIn(id), limit: few + 1 })));
  },
});

const at = (twilio: Twilio, id: string) => twilio.taskrouter.v1.workspaces(parentIn(id)).workflows(sidIn(id));
