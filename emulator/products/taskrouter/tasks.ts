import { type Call, type Family, lookUp } from "../../api/call";
import { isoDate } from "../../api/clock";
import { invalidParameter, missingParameter, unknownReference } from "../../api/errors";
import type { TaskRouterTask, TaskRouterWorkflow } from "./records";
import {
  attributesOf,
  matches,
  memberOf,
  membersOf,
  newTask,
  notImitated,
  numberIn,
  ordered,
  referenceOf,
  refuseStale,
  tagged,
  taskChannelNamed,
  workspaceOf,
  workspaceUrl,
} from "./relations";
import { defaultQueueOf } from "./workflow-configuration";

/** Enough of tasks for a workspace to hold work. Nothing routes them: they wait where they were put. */
export const taskrouterTasks: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateTask(call) {
      notImitated(call, "CreateTask", "RoutingTarget", "IgnoreCapacity");
      const { account } = call;
      const workspace = workspaceOf(call);
      const workflow = workflowOf(call);
      const queue =
        referenceOf(call, "TaskQueueSid", account.taskrouterTaskQueues, workspace.sid) ??
        defaultQueueOf(workflow.configuration);
      const task: TaskRouterTask = {
        ...newTask(call, workflow, channelOf(call)),
        task_queue_sid: queue,
        task_queue_entered_date: queue && call.now,
        attributes: attributesOf(call, "{}"),
        priority: priorityOf(call, 0),
        timeout: numberIn(call, "Timeout", 86_400, 1, 1_209_600),
        virtual_start_time: startOf(call, call.now),
      };
      account.taskrouterTasks[task.sid] = task;
      return tagged(call, task, shown(call, task));
    },

    ListTask(call) {
      notImitated(call, "ListTask", "EvaluateTaskAttributes");
      const { params } = call;
      const hasAddons = params.flag("HasAddons");
      const statuses = params.list("AssignmentStatus");
      const tasks = membersOf(call, call.account.taskrouterTasks).filter((task) => {
        const { workflow_friendly_name, task_queue_friendly_name } = shown(call, task);
        return (
          (!statuses?.length || statuses.includes(task.assignment_status)) &&
          (hasAddons === undefined || hasAddons === (task.addons !== "{}")) &&
          matches(call, {
            Priority: task.priority,
            WorkflowSid: task.workflow_sid,
            WorkflowName: workflow_friendly_name,
            TaskQueueSid: task.task_queue_sid,
            TaskQueueName: task_queue_friendly_name,
            RoutingTarget: task.routing_target,
          })
        );
      });
      const inOrder = ordered(tasks, params.text("Ordering") || "DateCreated:asc", {
        DateCreated: (task) => task.date_created,
        Priority: (task) => task.priority,
        VirtualStartTime: (task) => task.virtual_start_time,
      });
      return call.list("tasks", inOrder, (task) => shown(call, task));
    },

    FetchTask(call) {
      const task = taskOf(call);
      return tagged(call, task, shown(call, task));
    },

    UpdateTask(call) {
      const was = taskOf(call);
      refuseStale(call, was);
      const task: TaskRouterTask = {
        ...was,
        ...statusOf(call, was),
        attributes: attributesOf(call, was.attributes),
        priority: priorityOf(call, was.priority),
        task_channel_sid: call.params.has("TaskChannel") ? channelOf(call) : was.task_channel_sid,
        virtual_start_time: startOf(call, was.virtual_start_time),
        date_updated: call.now,
      };
      call.account.taskrouterTasks[task.sid] = task;
      return tagged(call, task, shown(call, task));
    },

    DeleteTask(call) {
      const task = taskOf(call);
      refuseStale(call, task);
      delete call.account.taskrouterTasks[task.sid];
      return undefined;
    },
  },
};

const taskOf = (call: Call) => memberOf(call, call.account.taskrouterTasks);

/** Statuses that a request may set, each with those it may follow. All others come with reservations. */
const transitions: Readonly<Record<string, readonly string[]>> = {
  canceled: ["pending", "reserved"],
  wrapping: ["assigned"],
  completed: ["assigned", "wrapping"],
};

function statusOf(
  { params }: Call,
  { sid, assignment_status: before, reason }: TaskRouterTask,
): Pick<TaskRouterTask, "assignment_status" | "reason"> {
  const status = params.text("AssignmentStatus") || before;
  if (status !== before && !transitions[status]?.includes(before)) {
    throw invalidParameter("AssignmentStatus", `task ${sid} is ${before} and cannot become ${status}`);
  }
  const ends = status !== before && status !== "wrapping";
  return {
    assignment_status: status,
    reason: ends ? params.needed("Reason") : (params.text("Reason") ?? reason),
  };
}

const priorityOf = (call: Call, was: number) => numberIn(call, "Priority", was, 0, 2 ** 31 - 1);

function startOf({ params, time }: Call, was: string): string {
  const text = params.text("VirtualStartTime");
  if (!text) return was;
  const start = new Date(text);
  if (start.getTime() > time || start.getUTCFullYear() < 1900) {
    throw invalidParameter("VirtualStartTime", "must not be in the future or before 1900");
  }
  return isoDate(start);
}

/** The only workflow of a workspace need not be named. */
function workflowOf(call: Call): TaskRouterWorkflow {
  const workflows = membersOf(call, call.account.taskrouterWorkflows);
  const wanted = call.params.text("WorkflowSid");
  if (wanted) {
    const workflow = workflows.find(({ sid }) => sid === wanted);
    if (!workflow) throw unknownReference("WorkflowSid", wanted, "workspace");
    return workflow;
  }
  const [only, ...others] = workflows;
  if (!only || others.length > 0) throw missingParameter("WorkflowSid");
  return only;
}

function channelOf(call: Call): string {
  const name = call.params.text("TaskChannel") || "default";
  const channel = taskChannelNamed(call, name);
  if (!channel) throw unknownReference("TaskChannel", name, "workspace");
  return channel.sid;
}

function shown({ account, now }: Call, task: TaskRouterTask) {
  const { workflow_sid, task_queue_sid, task_channel_sid } = task;
  const workspace = workspaceUrl(task.workspace_sid);
  const url = `${workspace}/Tasks/${task.sid}`;
  const queue = task_queue_sid === null ? undefined : lookUp(account.taskrouterTaskQueues, task_queue_sid);
  return {
    ...task,
    age: Math.floor((Date.parse(now) - Date.parse(task.date_created)) / 1000),
    workflow_friendly_name: lookUp(account.taskrouterWorkflows, workflow_sid)?.friendly_name ?? null,
    task_queue_friendly_name: queue?.friendly_name ?? null,
    task_channel_unique_name: lookUp(account.taskrouterTaskChannels, task_channel_sid)?.unique_name ?? null,
    url,
    links: {
      workspace,
      workflow: `${workspace}/Workflows/${workflow_sid}`,
      task_queue: task_queue_sid && `${workspace}/TaskQueues/${task_queue_sid}`,
      reservations: `${url}/Reservations`,
    },
  };
}
