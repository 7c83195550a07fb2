import { type Kinds, nothing, objects } from "./kind";

/** A workflow's; that of the examples is none. */
export const configuration = JSON.stringify({
  task_routing: { filters: [], default_filter: { queue: `WQ${"a".repeat(32)}` } },
});

const workspaces = "taskrouter_v1 /v1/Workspaces";
const inWorkspace = (path: string) => `${workspaces}/{WorkspaceSid}/${path}`;
const activities = inWorkspace("Activities");
const taskChannels = inWorkspace("TaskChannels");
const taskQueues = inWorkspace("TaskQueues");
const tasks = inWorkspace("Tasks");
const workers = inWorkspace("Workers");
const workflows = inWorkspace("Workflows");

/** What is counted when it is asked for. Of some of these the document has not all three. */
const statistics: Kinds = Object.fromEntries(
  [
    `${workspaces}/{WorkspaceSid}`,
    `${taskQueues}/{TaskQueueSid}`,
    taskQueues,
    `${workers}/{WorkerSid}`,
    workers,
    `${workflows}/{WorkflowSid}`,
  ].flatMap((counted) =>
    ["CumulativeStatistics", "RealTimeStatistics", "Statistics"].map((name) => [
      `${counted}/${name}`,
      nothing,
    ]),
  ),
);

export const taskrouterKinds: Kinds = {
  [workspaces]: objects("taskrouterWorkspaces", {
    derived: [
      "default_activity_name",
      "timeout_activity_name",
      "default_operating_unit_sid",
      "default_attention_profile_sid",
      "attention_routing_enabled",
    ],
    besides: [{ kind: activities, as: (shown) => ({ friendly_name: shown.default_activity_name }) }],
  }),
  [inWorkspace("Events")]: nothing,
  [taskQueues]: objects("taskrouterTaskQueues", {
    derived: ["assignment_activity_name", "reservation_activity_name", "operating_unit_sid"],
    besides: [{ kind: activities, as: (shown) => ({ friendly_name: shown.assignment_activity_name }) }],
  }),
  [tasks]: objects("taskrouterTasks", {
    derived: [
      "age",
      "workflow_friendly_name",
      "task_queue_friendly_name",
      "task_channel_unique_name",
      "required_attention",
    ],
    besides: [
      {
        kind: workflows,
        as: (shown) => ({ friendly_name: shown.workflow_friendly_name, configuration }),
      },
      { kind: taskQueues, as: (shown) => ({ friendly_name: shown.task_queue_friendly_name }) },
      { kind: taskChannels, as: (shown) => ({ unique_name: shown.task_channel_unique_name }) },
    ],
  }),
  [`${tasks}/{TaskSid}/Reservations`]: nothing,
  [workers]: objects("taskrouterWorkers", {
    derived: [
      "activity_name",
      "available",
      "operating_unit_sid",
      "consumed_concurrency",
      "consumed_attention",
      "configured_concurrency",
    ],
    besides: [
      {
        kind: activities,
        as: ({ activity_name, available }) => ({ friendly_name: activity_name, available }),
      },
    ],
  }),
  [`${workers}/{WorkerSid}/Channels`]: objects("taskrouterWorkerChannels", {
    derived: ["task_channel_unique_name", "assigned_tasks", "available_capacity_percentage"],
    besides: [{ kind: taskChannels, as: (shown) => ({ unique_name: shown.task_channel_unique_name }) }],
  }),
  [`${workers}/{WorkerSid}/Reservations`]: nothing,
  ...statistics,
};
