import type * as pulumi from "@pulumi/pulumi";
import type { Emulator } from "../../emulator/index";
import {
  TaskRouterActivity,
  type TaskRouterActivityArgs,
  TaskRouterTaskChannel,
  type TaskRouterTaskChannelArgs,
  TaskRouterTaskQueue,
  type TaskRouterTaskQueueArgs,
  TaskRouterWorker,
  type TaskRouterWorkerArgs,
  TaskRouterWorkflow,
  type TaskRouterWorkflowArgs,
  TaskRouterWorkspace,
  type TaskRouterWorkspaceArgs,
  TaskRouterWorkspaceConfiguration,
  type TaskRouterWorkspaceConfigurationArgs,
} from "../../provider/index";

/** What some resources are given besides what each needs. */
export interface Given {
  workspace?: TaskRouterWorkspaceArgs;
  activity?: Partial<TaskRouterActivityArgs>;
  channel?: Partial<TaskRouterTaskChannelArgs>;
  queue?: (sids: Sids) => Partial<TaskRouterTaskQueueArgs>;
  workflow?: (sids: Sids) => Partial<TaskRouterWorkflowArgs>;
  worker?: (sids: Sids) => Partial<TaskRouterWorkerArgs>;
  configuration?: (sids: Sids) => Partial<TaskRouterWorkspaceConfigurationArgs>;
}

/** What arguments may name. */
export interface Sids {
  activity: pulumi.Output<string>;
  other: pulumi.Output<string>;
}

/** A whole contact centre: a workspace with two activities and one of each of the rest. */
export const centre =
  (given: Given = {}) =>
  async () => {
    const { sid: workspaceSid } = new TaskRouterWorkspace("workspace", given.workspace);
    const activity = new TaskRouterActivity("activity", { workspaceSid, ...given.activity });
    const other = new TaskRouterActivity("other", { workspaceSid });
    const sids = { activity: activity.sid, other: other.sid };
    const queue = new TaskRouterTaskQueue("queue", { workspaceSid, ...given.queue?.(sids) });
    const configuration = { task_routing: { filters: [], default_filter: { queue: queue.sid } } };
    const workflow = new TaskRouterWorkflow("workflow", {
      workspaceSid,
      configuration,
      ...given.workflow?.(sids),
    });
    const channel = new TaskRouterTaskChannel("channel", {
      workspaceSid,
      uniqueName: "email",
      ...given.channel,
    });
    const worker = new TaskRouterWorker("worker", { workspaceSid, ...given.worker?.(sids) });
    new TaskRouterWorkspaceConfiguration("configuration", {
      workspaceSid,
      defaultActivitySid: activity.sid,
      ...given.configuration?.(sids),
    });
    return {
      workspace: workspaceSid,
      activity: activity.sid,
      other: other.sid,
      queue: queue.sid,
      workflow: workflow.sid,
      channel: channel.sid,
      worker: worker.sid,
    };
  };

/** What the emulator holds of the workspaces that are not there from the start, one of each kind by its name. */
export function inside(emulator: Emulator, seeded: readonly string[] = []) {
  const account = emulator.state.account();
  const isNew = ({ workspace_sid }: { workspace_sid: string }) => !seeded.includes(workspace_sid);
  const named = <T extends { friendly_name: string; workspace_sid: string }>(all: Record<string, T>) =>
    Object.fromEntries(
      Object.values(all)
        .filter(isNew)
        .map((member) => [member.friendly_name, member]),
    );
  const workspaces = Object.values(account.taskrouterWorkspaces).filter(({ sid }) => !seeded.includes(sid));
  return {
    workspaces,
    activities: named(account.taskrouterActivities),
    queues: named(account.taskrouterTaskQueues),
    workflows: named(account.taskrouterWorkflows),
    channels: Object.fromEntries(
      Object.values(account.taskrouterTaskChannels)
        .filter(isNew)
        .map((channel) => [channel.unique_name, channel]),
    ),
    workers: named(account.taskrouterWorkers),
  };
}

/** The only one. */
export function only<T>(things: readonly T[]): T {
  const [one, ...others] = things;
  if (one === undefined || others.length > 0) throw new Error(`expected one, and there are ${things.length}`);
  return one;
}

export function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("it is not there");
  return thing;
}
