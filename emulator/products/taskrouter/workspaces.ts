import type { Account, Collection } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import type { TaskRouterActivity } from "./activities";
import {
  friendlyNameOf,
  matches,
  newMember,
  referenceOf,
  urlOf,
  type WorkspaceMember,
  workspaceUrl,
} from "./relations";
import { builtInTaskChannels, type TaskRouterTaskChannel } from "./task-channels";
import { newTaskQueue } from "./task-queues";
import { newWorkflow } from "./workflows";

/** The names of its two activities are looked up when the workspace is shown. */
export interface TaskRouterWorkspace {
  sid: string;
  account_sid: string;
  friendly_name: string;
  default_activity_sid: string;
  timeout_activity_sid: string;
  event_callback_url: string;
  events_filter: string;
  multi_task_enabled: boolean;
  prioritize_queue_order: string;
  date_created: string;
  date_updated: string;
}

export const taskrouterWorkspaces: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateWorkspace(call) {
      const { params, account, now } = call;
      if (call.quirks.flexHasOneWorkspace && account.flexConfiguration) {
        throw new TwilioError(400, 20001, "A Flex project can only have a single Workspace");
      }
      const template = params.text("Template") || "NONE";
      if (!["NONE", "FIFO"].includes(template)) throw invalidParameter("Template", "must be NONE or FIFO");

      const made = newWorkspace(account.sid, params.needed("FriendlyName"), now, (kind) => call.sid(kind));
      const workspace = updated(call, made.workspace);
      workspace.multi_task_enabled = params.flag("MultiTaskEnabled") ?? true;
      account.taskrouterWorkspaces[workspace.sid] = workspace;
      for (const activity of made.activities) account.taskrouterActivities[activity.sid] = activity;
      for (const channel of made.taskChannels) account.taskrouterTaskChannels[channel.sid] = channel;
      if (template === "FIFO") {
        const member = (prefix: string, name: string) => newMember(call.sid(prefix), workspace, name, now);
        const queue = newTaskQueue(member("WQ", "Sample Queue"));
        const workflow = newWorkflow(member("WW", "Default Fifo Workflow"), queue.sid);
        account.taskrouterTaskQueues[queue.sid] = queue;
        account.taskrouterWorkflows[workflow.sid] = workflow;
      }
      return shown(call, workspace);
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

/** A workspace with what Twilio puts into each new one. Workers start and time out in its activity Offline. */
export function newWorkspace(
  accountSid: string,
  name: string,
  now: string,
  newSid: (prefix: string) => string,
) {
  const named = { sid: newSid("WS"), account_sid: accountSid };
  const activity = (friendlyName: string, available: boolean): TaskRouterActivity => ({
    ...newMember(newSid("WA"), named, friendlyName, now),
    available,
  });
  const offline = activity("Offline", false);
  const activities = [offline, activity("Available", true), activity("Unavailable", false)];
  const taskChannels = Object.entries(builtInTaskChannels).map(
    ([unique_name, friendlyName]): TaskRouterTaskChannel => ({
      ...newMember(newSid("TC"), named, friendlyName, now),
      unique_name,
      channel_optimized_routing: false,
    }),
  );
  const workspace: TaskRouterWorkspace = {
    ...named,
    friendly_name: name,
    default_activity_sid: offline.sid,
    timeout_activity_sid: offline.sid,
    event_callback_url: "",
    events_filter: "",
    multi_task_enabled: true,
    prioritize_queue_order: "FIFO",
    date_created: now,
    date_updated: now,
  };
  return { workspace, activities, taskChannels };
}

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
