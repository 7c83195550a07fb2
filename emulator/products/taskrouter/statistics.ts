import type { Call, Family } from "../../api/call";
import { isoDate } from "../../api/clock";
import { invalidParameter, unknownReference } from "../../api/errors";
import type { TaskRouterTask, TaskRouterTaskQueue, TaskRouterWorker } from "./records";
import {
  areInQueue,
  isEveryone,
  matches,
  memberOf,
  membersOf,
  taskChannelNamed,
  workspaceOf,
  workspaceUrl,
} from "./relations";

/** What is counted of a workspace, or of something in it. */
interface Subject {
  sids: object;
  url: string;
  realtime: object;
  cumulative: object;
}

/** Real time statistics are counted when they are asked for. Nothing is noted over time: cumulative ones are zero. */
export const taskrouterStatistics: Family = {
  document: "taskrouter_v1",
  operations: {
    ...operationsOf("Workspace", "Workspace", workspaceSubject),
    ...operationsOf("Workflow", "Workflow", workflowSubject),
    ...operationsOf("TaskQueue", "TaskQueue", (call) =>
      queueSubject(call, memberOf(call, call.account.taskrouterTaskQueues, "TaskQueueSid")),
    ),
    // The document calls those of all workers together once by the singular.
    ...operationsOf("Workers", "Worker", workersSubject),

    FetchWorkerInstanceStatistics(call) {
      const { sid } = memberOf(call, call.account.taskrouterWorkers, "WorkerSid");
      return {
        ...sidsOf(call),
        worker_sid: sid,
        cumulative: { ...reservationsOf(call), activity_durations: durationsOf(call) },
        url: `${urlOf(call)}/Workers/${sid}/Statistics`,
      };
    },

    ListTaskQueuesStatistics(call) {
      const queues = membersOf(call, call.account.taskrouterTaskQueues).filter(({ friendly_name }) =>
        matches(call, { FriendlyName: friendly_name }),
      );
      return call.list("task_queues_statistics", queues, (queue) => {
        const { sids, realtime, cumulative } = queueSubject(call, queue);
        return { ...sids, realtime, cumulative };
      });
    },

    CreateTaskQueueBulkRealTimeStatistics(call) {
      const sids = call.params.list("queueSids") ?? call.params.list("QueueSids") ?? [];
      if (sids.length < 1 || sids.length > 50) throw invalidParameter("queueSids", "must be 1 to 50 SIDs");
      const queues = membersOf(call, call.account.taskrouterTaskQueues);
      return {
        ...sidsOf(call),
        // Queues that are not there have nothing in them: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
        task_queue_data: sids.map((sid) => ({
          task_queue_sid: sid,
          ...queueCounts(
            call,
            sid,
            queues.find((queue) => queue.sid === sid),
          ),
        })),
        task_queue_response_count: sids.length,
        url: `${urlOf(call)}/TaskQueues/RealTimeStatistics`,
      };
    },
  },
};

function operationsOf(
  name: string,
  nameOfBoth: string,
  subjectOf: (call: Call) => Subject,
): Family["operations"] {
  return {
    [`Fetch${name}RealTimeStatistics`](call) {
      const { sids, realtime, url } = subjectOf(call);
      return { ...sids, ...realtime, url: `${url}/RealTimeStatistics` };
    },

    [`Fetch${name}CumulativeStatistics`](call) {
      const { sids, cumulative, url } = subjectOf(call);
      return { ...sids, ...cumulative, url: `${url}/CumulativeStatistics` };
    },

    [`Fetch${nameOfBoth}Statistics`](call) {
      const { sids, realtime, cumulative, url } = subjectOf(call);
      return { ...sids, realtime, cumulative, url: `${url}/Statistics` };
    },
  };
}

const sidsOf = (call: Call) => ({ account_sid: call.account.sid, workspace_sid: workspaceOf(call).sid });

const urlOf = (call: Call) => workspaceUrl(workspaceOf(call).sid);

function workspaceSubject(call: Call): Subject {
  const workers = workersOf(call);
  return {
    sids: sidsOf(call),
    url: urlOf(call),
    realtime: {
      ...taskCounts(call, tasksOf(call)),
      activity_statistics: activityCounts(call, workers),
      total_workers: workers.length,
    },
    cumulative: {
      ...reservationsOf(call),
      ...taskTotals(call),
      tasks_created: 0,
      tasks_timed_out_in_workflow: 0,
    },
  };
}

function workflowSubject(call: Call): Subject {
  const { sid } = memberOf(call, call.account.taskrouterWorkflows, "WorkflowSid");
  const tasks = tasksOf(call).filter(({ workflow_sid }) => workflow_sid === sid);
  return {
    sids: { ...sidsOf(call), workflow_sid: sid },
    url: `${urlOf(call)}/Workflows/${sid}`,
    realtime: taskCounts(call, tasks),
    cumulative: {
      ...reservationsOf(call),
      ...taskTotals(call),
      tasks_entered: 0,
      tasks_timed_out_in_workflow: 0,
    },
  };
}

function queueSubject(call: Call, queue: TaskRouterTaskQueue): Subject {
  const { sid } = queue;
  const longest = oldest(tasksIn(call, sid), enteredAt);
  return {
    sids: { ...sidsOf(call), task_queue_sid: sid },
    url: `${urlOf(call)}/TaskQueues/${sid}`,
    realtime: {
      ...queueCounts(call, sid, queue),
      longest_relative_task_age_in_queue: longest ? ageOf(call, enteredAt(longest)) : 0,
      longest_relative_task_sid_in_queue: longest?.sid ?? null,
    },
    cumulative: {
      ...reservationsOf(call),
      ...taskTotals(call),
      tasks_entered: 0,
      wait_duration_in_queue_until_accepted: noDuration,
    },
  };
}

function workersSubject(call: Call): Subject {
  const isInQueue = areInQueue(call, "FetchWorkerStatistics");
  const workers = workersOf(call).filter(
    ({ friendly_name }) => isInQueue && matches(call, { FriendlyName: friendly_name }),
  );
  return {
    sids: sidsOf(call),
    url: `${urlOf(call)}/Workers`,
    realtime: { activity_statistics: activityCounts(call, workers), total_workers: workers.length },
    cumulative: { ...reservationsOf(call), activity_durations: durationsOf(call) },
  };
}

/** Expressions are not evaluated: all workers are eligible where the queue takes everyone, and none elsewhere. */
function queueCounts(call: Call, sid: string, queue: TaskRouterTaskQueue | undefined) {
  const workers = queue && isEveryone(queue.target_workers) ? workersOf(call) : [];
  const available = new Set(
    membersOf(call, call.account.taskrouterActivities).flatMap((activity) =>
      activity.available ? [activity.sid] : [],
    ),
  );
  return {
    ...taskCounts(call, tasksIn(call, sid)),
    activity_statistics: activityCounts(call, workers),
    total_eligible_workers: workers.length,
    total_available_workers: workers.filter(({ activity_sid }) => available.has(activity_sid)).length,
  };
}

const workersOf = (call: Call) => membersOf(call, call.account.taskrouterWorkers);

/** The workspace's tasks, of one task channel where the request names that. */
function tasksOf(call: Call): TaskRouterTask[] {
  const tasks = membersOf(call, call.account.taskrouterTasks);
  const name = call.params.text("TaskChannel");
  if (!name) return tasks;
  const channel = taskChannelNamed(call, name);
  if (!channel) throw unknownReference("TaskChannel", name, "workspace");
  return tasks.filter(({ task_channel_sid }) => task_channel_sid === channel.sid);
}

const tasksIn = (call: Call, queueSid: string) =>
  tasksOf(call).filter(({ task_queue_sid }) => task_queue_sid === queueSid);

/** Tasks that are canceled or completed count no more. */
const openStatuses = ["assigned", "pending", "reserved", "wrapping"];

function taskCounts(call: Call, tasks: TaskRouterTask[]) {
  const open = tasks.filter(({ assignment_status }) => openStatuses.includes(assignment_status));
  const longest = oldest(tasks, createdAt);
  const countOf = (isCounted: (task: TaskRouterTask) => boolean) => open.filter(isCounted).length;
  const priorities = [...new Set(open.map(({ priority }) => priority))];
  return {
    longest_task_waiting_age: longest ? ageOf(call, longest.date_created) : 0,
    longest_task_waiting_sid: longest?.sid ?? null,
    tasks_by_priority: Object.fromEntries(
      priorities.map((priority) => [priority, countOf((task) => task.priority === priority)]),
    ),
    tasks_by_status: Object.fromEntries(
      openStatuses.map((status) => [status, countOf((task) => task.assignment_status === status)]),
    ),
    total_tasks: open.length,
  };
}

const createdAt = (task: TaskRouterTask) => task.date_created;

const enteredAt = (task: TaskRouterTask) => task.task_queue_entered_date ?? task.date_created;

/** The task that has waited longest. */
const oldest = (tasks: TaskRouterTask[], since: (task: TaskRouterTask) => string) =>
  tasks
    .filter(({ assignment_status }) => assignment_status === "pending")
    .sort((a, b) => Date.parse(since(a)) - Date.parse(since(b)))
    .at(0);

const ageOf = ({ now }: Call, since: string) => Math.floor((Date.parse(now) - Date.parse(since)) / 1000);

const activityCounts = (call: Call, workers: TaskRouterWorker[]) =>
  membersOf(call, call.account.taskrouterActivities).map(({ sid, friendly_name }) => ({
    sid,
    friendly_name,
    workers: workers.filter(({ activity_sid }) => activity_sid === sid).length,
  }));

const noDuration = { avg: 0, min: 0, max: 0, total: 0 };

const durationsOf = (call: Call) =>
  membersOf(call, call.account.taskrouterActivities).map(({ sid, friendly_name }) => ({
    sid,
    friendly_name,
    ...noDuration,
  }));

const reservationsOf = (call: Call) => ({
  ...intervalOf(call),
  reservations_created: 0,
  reservations_accepted: 0,
  reservations_rejected: 0,
  reservations_timed_out: 0,
  reservations_canceled: 0,
  reservations_rescinded: 0,
});

const taskTotals = (call: Call) => ({
  avg_task_acceptance_time: 0,
  split_by_wait_time: splitOf(call),
  wait_duration_until_accepted: noDuration,
  wait_duration_until_canceled: noDuration,
  tasks_canceled: 0,
  tasks_completed: 0,
  tasks_deleted: 0,
  tasks_moved: 0,
});

/** The last 15 minutes, unless the request says otherwise. */
function intervalOf({ params, now }: Call) {
  const dateOf = (name: string) => {
    const text = params.text(name);
    return text ? isoDate(new Date(text)) : undefined;
  };
  const end = dateOf("EndDate") ?? now;
  const minutes = params.number("Minutes") ?? 15;
  const start = dateOf("StartDate") ?? isoDate(new Date(Date.parse(end) - minutes * 60_000));
  return { start_time: start, end_time: end };
}

/** `5,30` splits what was counted after 5 and after 30 seconds. */
function splitOf({ params }: Call): object {
  const thresholds = params.text("SplitByWaitTime")?.split(",") ?? [];
  if (!thresholds.every((threshold) => /^\d+$/.test(threshold))) {
    throw invalidParameter("SplitByWaitTime", "must be numbers of seconds with commas between them");
  }
  const nothing = { tasks_canceled: 0, reservations_accepted: 0 };
  return Object.fromEntries(thresholds.map((threshold) => [threshold, { above: nothing, below: nothing }]));
}
