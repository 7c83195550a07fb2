import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  WorkspaceInstance,
  WorkspaceListInstanceCreateOptions,
} from "twilio/lib/rest/taskrouter/v1/workspace";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { inFlexConfiguration, unmanaged, type Without } from "../life/definition";
import { holding, neverDeleting, replacingLoses } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { flag, oneOf, text, url, wordSet } from "../twilio/fields";
import type { Adoptable, Echoes } from "../values/args";
import { unlessGone } from "../values/errors";

const templates = ["NONE", "FIFO"] as const;
const queueOrders = ["FIFO", "LIFO"] as const;

/** Arguments of `TaskRouterWorkspace`. */
export interface TaskRouterWorkspaceArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** URL that is told of events in the workspace. Default: none. */
  eventCallbackUrl?: pulumi.Input<string>;
  /** Events that `eventCallbackUrl` is told of, with commas: `task.created,task.canceled`. Their order means nothing. Default: all. */
  eventsFilter?: pulumi.Input<string>;
  /**
   * Whether workers take several tasks at once. Default true. Twilio wants every workspace so, and lets one go back
   * to false only where the account has no Flex and another such workspace.
   */
  multiTaskEnabled?: pulumi.Input<boolean>;
  /**
   * What a new workspace starts with: NONE or, with a task queue and a workflow besides the activities, FIFO.
   * Default NONE. No answer shows it; another one replaces the workspace.
   */
  template?: pulumi.Input<(typeof templates)[number]>;
  /** Which queues are served first by workers of both kinds: FIFO or LIFO ones. Default FIFO. */
  prioritizeQueueOrder?: pulumi.Input<(typeof queueOrders)[number]>;
  /**
   * Lets destroy delete the workspace although workers or tasks are left in it, and another template replace it.
   * Default false: both are refused.
   */
  deleteData?: pulumi.Input<boolean>;
}

/**
 * A TaskRouter workspace: activities, workers, queues and workflows of one contact centre. Twilio gives each new one
 * the activities Offline, Available and Unavailable and the usual task channels. Which activities are the default and
 * the timeout one is said by `TaskRouterWorkspaceConfiguration`.
 *
 * A program that works in Flex needs no workspace of its own: `taskrouterWorkspaceSid` of `getFlexConfiguration` is
 * the one that Flex uses, and Twilio may refuse a second one in an account with Flex.
 *
 * Another `template` replaces the workspace with everything in it, and needs `deleteData: true`. Destroy deletes the
 * workspace; while workers or tasks are left that the program has not declared, only with `deleteData: true`.
 * Destroy asks the Flex Configuration first: the workspace that Flex uses is never deleted, and `deleteAdopted` is
 * refused for it.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/workspace
 */
export class TaskRouterWorkspace extends TwilioResource implements Echoes<TaskRouterWorkspaceArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly eventCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly eventsFilter: pulumi.Output<string | undefined>;
  declare readonly multiTaskEnabled: pulumi.Output<boolean | undefined>;
  declare readonly template: pulumi.Output<(typeof templates)[number] | undefined>;
  declare readonly prioritizeQueueOrder: pulumi.Output<(typeof queueOrders)[number] | undefined>;

  constructor(name: string, args: TaskRouterWorkspaceArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterWorkspace, name, args, opts);
  }
}

type Params = Without<WorkspaceListInstanceCreateOptions, "friendlyName">;

const ofConfiguration =
  "activities come after the workspace that they are in: see TaskRouterWorkspaceConfiguration";

const taskRouterWorkspace = defineResource<TaskRouterWorkspaceArgs>()("TaskRouterWorkspace", {
  label: "TaskRouter workspace",
  prefix: "WS",
  madeByTwilio: (_, field) => inFlexConfiguration(field),
  api: {
    operations: {
      taskrouter_v1: [
        "CreateWorkspace",
        "FetchWorkspace",
        "UpdateWorkspace",
        "ListWorkspace",
        "DeleteWorkspace",
        "ListWorker",
        "ListTask",
      ],
      flex_v1: ["FetchConfiguration"],
    },
    leftOut: { DefaultActivitySid: ofConfiguration, TimeoutActivitySid: ofConfiguration },
  },
  args: z.strictObject({
    ...adoptable,
    deleteData: flag().optional(),
    friendlyName: text(64).optional(),
    eventCallbackUrl: url().optional(),
    eventsFilter: wordSet("event names, such as task.created,task.canceled").optional(),
    multiTaskEnabled: flag().optional(),
    template: oneOf(templates).optional(),
    prioritizeQueueOrder: oneOf(queueOrders).optional(),
  }),
  notArguments: { defaultActivitySid: ofConfiguration, timeoutActivitySid: ofConfiguration },
  createOnly: ["template"],
  unseen: ["template"],

  params: (args): Params => args,
  reset: {
    friendlyName: unmanaged,
    eventCallbackUrl: "",
    eventsFilter: "",
    multiTaskEnabled: true,
    template: "NONE",
    prioritizeQueueOrder: "FIFO",
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (workspace: WorkspaceInstance) => ({
    friendlyName: workspace.friendlyName,
    eventCallbackUrl: workspace.eventCallbackUrl,
    eventsFilter: workspace.eventsFilter,
    multiTaskEnabled: workspace.multiTaskEnabled,
    template: undefined,
    prioritizeQueueOrder: workspace.prioritizeQueueOrder,
  }),

  id: (workspace) => workspace.sid,
  createdAt: (workspace) => workspace.dateCreated,
  list: (twilio) => twilio.taskrouter.v1.workspaces.page({ pageSize: 1000 }),
  create: (twilio, workspace) => twilio.taskrouter.v1.workspaces.create({ friendlyName: "", ...workspace }),
  read: (twilio, id) => twilio.taskrouter.v1.workspaces(id).fetch(),
  update: (twilio, id, changed) => twilio.taskrouter.v1.workspaces(id).update(changed),
  // What is in it goes first, too.
  replacement: "deleteFirst",
  guards: [
    replacingLoses("another template means a new workspace, and this one is deleted with everything in it"),
    neverDeleting(ofFlex),
    holding(workersAndTasks),
  ],
  delete: (twilio, id) => twilio.taskrouter.v1.workspaces(id).remove(),
});

async function ofFlex(twilio: Twilio, id: string): Promise<string | undefined> {
  const flex = await unlessGone(twilio.flexApi.v1.configuration().fetch());
  return flex?.taskrouterWorkspaceSid === id
    ? `${id} is the workspace that Flex uses (taskrouter_workspace_sid of the Flex Configuration)`
    : undefined;
}

async function workersAndTasks(twilio: Twilio, id: string): Promise<string | undefined> {
  const workspace = twilio.taskrouter.v1.workspaces(id);
  const [workers, tasks] = await Promise.all([
    workspace.workers.list({ limit: 1 }),
    workspace.tasks.list({ limit: 1 }),
  ]);
  const held = [...(workers.length > 0 ? ["workers"] : []), ...(tasks.length > 0 ? ["tasks"] : [])];
  return held.join(" and ") || undefined;
}
