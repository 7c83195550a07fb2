import type { Collection } from "../../account/collections";
import type { Account } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import {
  newMember,
  newTaskQueue,
  newWorkflow,
  newWorkspace,
  type TaskRouterWorkspace,
  type WorkspaceMember,
} from "./records";
import { friendlyNameOf, matches, referenceOf, tagged, urlOf, workspaceUrl } from "./relations";

export const taskrouterWorkspaces: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateWorkspace(call) {
      const { params, account } = call;
      if (call.quirks.flexHasOneWorkspace && account.flexConfiguration) {
        throw new TwilioError(400, 20001, "A Flex project can only have a single Workspace");
      }
      const template = params.text("Template") || "NONE";
      if (!["NONE", "FIFO"].includes(template)) throw invalidParameter("Template", "must be NONE or FIFO");

      const made = newWorkspace(call, account.sid, params.needed("FriendlyName"));
      const workspace = updated(call, made.workspace);
      workspace.multi_task_enabled = params.flag("MultiTaskEnabled") ?? true;
      account.taskrouterWorkspaces[workspace.sid] = workspace;
      for (const activity of made.activities) account.taskrouterActivities[activity.sid] = activity;
      for (const channel of made.taskChannels) account.taskrouterTaskChannels[channel.sid] = channel;
      if (template === "FIFO") {
        const queue = newTaskQueue(newMember(call, "WQ", workspace, "Sample Queue"));
        const workflow = newWorkflow(newMember(call, "WW", workspace, "Default Fifo Workflow"), queue.sid);
        account.taskrouterTaskQueues[queue.sid] = queue;
        account.taskrouterWorkflows[workflow.sid] = workflow;
      }
      return tagged(call, workspace, shown(call, workspace));
    },

    ListWorkspace(call) {
      const workspaces = Object.values(call.account.taskrouterWorkspaces).filter(({ friendly_name }) =>
        matches(call, { FriendlyName: friendly_name }),
      );
      return call.list("workspaces", workspaces, (workspace) => shown(call, workspace));
    },

    FetchWorkspace: (call) => shown(call, namedWorkspace(call)),

    UpdateWorkspace(call) {
      const was = namedWorkspace(call);
      const workspace = updated(call, was);
      workspace.multi_task_enabled = multiTaskOf(call, was);
      call.account.taskrouterWorkspaces[workspace.sid] = workspace;
      return shown(call, workspace);
    },

    DeleteWorkspace(call) {
      removeWorkspace(call.account, namedWorkspace(call).sid);
      return undefined;
    },
  },
};

function updated(call: Call, was: TaskRouterWorkspace): TaskRouterWorkspace {
  const { params, account } = call;
  const activityOf = (name: string) => referenceOf(call, name, account.taskrouterActivities, was.sid);
  return {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name, 64),
    default_activity_sid: activityOf("DefaultActivitySid") ?? was.default_activity_sid,
    timeout_activity_sid: activityOf("TimeoutActivitySid") ?? was.timeout_activity_sid,
    event_callback_url: urlOf(call, "EventCallbackUrl") ?? was.event_callback_url,
    events_filter: params.text("EventsFilter") ?? was.events_filter,
    prioritize_queue_order: params.text("PrioritizeQueueOrder") ?? was.prioritize_queue_order,
    date_updated: call.now,
  };
}

/** There is no way back to single-tasking, but for accounts without Flex that have another such workspace. */
function multiTaskOf({ params, account }: Call, was: TaskRouterWorkspace): boolean {
  const wanted = params.flag("MultiTaskEnabled") ?? was.multi_task_enabled;
  const others = Object.values(account.taskrouterWorkspaces).filter(({ sid }) => sid !== was.sid);
  const mayGoBack =
    !account.flexConfiguration && others.some(({ multi_task_enabled }) => !multi_task_enabled);
  if (!wanted && was.multi_task_enabled && !mayGoBack) {
    throw invalidParameter("MultiTaskEnabled", "a multi-tasking workspace cannot become single-tasking");
  }
  return wanted;
}

function removeWorkspace(account: Account, sid: string): void {
  const contents: Collection<WorkspaceMember>[] = [
    account.taskrouterActivities,
    account.taskrouterTaskChannels,
    account.taskrouterTaskQueues,
    account.taskrouterWorkflows,
    account.taskrouterWorkers,
    account.taskrouterWorkerChannels,
    account.taskrouterTasks,
  ];
  for (const collection of contents) {
    for (const member of Object.values(collection)) {
      if (member.workspace_sid === sid) delete collection[member.sid];
    }
  }
  delete account.taskrouterWorkspaces[sid];
}

const namedWorkspace = (call: Call) => call.found(call.account.taskrouterWorkspaces, call.path("Sid"));

function shown({ account }: Call, workspace: TaskRouterWorkspace) {
  const url = workspaceUrl(workspace.sid);
  const nameOf = (sid: string) => lookUp(account.taskrouterActivities, sid)?.friendly_name ?? null;
  return {
    ...workspace,
    default_activity_name: nameOf(workspace.default_activity_sid),
    timeout_activity_name: nameOf(workspace.timeout_activity_sid),
    url,
    links: {
      activities: `${url}/Activities`,
      task_channels: `${url}/TaskChannels`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      events: `${url}/Events`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  };
}
