import type { Stamp } from "../../api/clock";

/** What every object in a workspace has. */
export interface WorkspaceMember {
  sid: string;
  account_sid: string;
  workspace_sid: string;
  date_created: string;
  date_updated: string;
}

/** A member with a name, which is its own among its kind in the workspace. */
export interface NamedMember extends WorkspaceMember {
  friendly_name: string;
}

interface Named {
  sid: string;
  account_sid: string;
}

export const newMember = (
  { now, sid }: Stamp,
  prefix: string,
  workspace: Named,
  friendlyName: string,
): NamedMember => ({
  sid: sid(prefix),
  account_sid: workspace.account_sid,
  workspace_sid: workspace.sid,
  friendly_name: friendlyName,
  date_created: now,
  date_updated: now,
});

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

/** A workspace with what Twilio puts into each new one. Workers start and time out in its activity Offline. */
export function newWorkspace(stamp: Stamp, accountSid: string, name: string) {
  const { now } = stamp;
  const named = { sid: stamp.sid("WS"), account_sid: accountSid };
  const activity = (friendlyName: string, available: boolean): TaskRouterActivity => ({
    ...newMember(stamp, "WA", named, friendlyName),
    available,
  });
  const offline = activity("Offline", false);
  const activities = [offline, activity("Available", true), activity("Unavailable", false)];
  const taskChannels = Object.entries(builtInTaskChannels).map(
    ([unique_name, friendlyName]): TaskRouterTaskChannel => ({
      ...newMember(stamp, "TC", named, friendlyName),
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

export interface TaskRouterActivity extends NamedMember {
  available: boolean;
}

/** Unlike other names in a workspace, the friendly names of task channels may repeat: the unique ones tell them apart. */
export interface TaskRouterTaskChannel extends NamedMember {
  unique_name: string;
  channel_optimized_routing: boolean;
}

/** Unique and friendly names of what each workspace has from the start. */
export const builtInTaskChannels = {
  chat: "Programmable Chat",
  default: "Default",
  sms: "SMS",
  video: "Video",
  voice: "Voice",
} as const;

/** The activities' names are looked up when the queue is shown. */
export interface TaskRouterTaskQueue extends NamedMember {
  target_workers: string;
  max_reserved_workers: number;
  task_order: string;
  reservation_activity_sid: string | null;
  assignment_activity_sid: string | null;
}

/** A queue that every worker serves. */
export function newTaskQueue(member: NamedMember): TaskRouterTaskQueue {
  return {
    ...member,
    target_workers: "1==1",
    max_reserved_workers: 1,
    task_order: "FIFO",
    reservation_activity_sid: null,
    assignment_activity_sid: null,
  };
}

export interface TaskRouterWorkflow extends NamedMember {
  /** JSON text. */
  configuration: string;
  document_content_type: string | null;
  assignment_callback_url: string | null;
  fallback_assignment_callback_url: string | null;
  task_reservation_timeout: number;
}

/** A workflow that puts every task into one queue, or into none. */
export function newWorkflow(member: NamedMember, queueSid?: string): TaskRouterWorkflow {
  const routing = { filters: [], ...(queueSid !== undefined && { default_filter: { queue: queueSid } }) };
  return {
    ...member,
    configuration: JSON.stringify({ task_routing: routing }),
    // Recorded: task-router-rails, cassette configure_workspace.
    document_content_type: null,
    assignment_callback_url: null,
    fallback_assignment_callback_url: null,
    task_reservation_timeout: 120,
  };
}

/** The activity's name and whether it is an available one are looked up when the worker is shown. */
export interface TaskRouterWorker extends NamedMember {
  activity_sid: string;
  /** JSON text. */
  attributes: string;
  date_status_changed: string;
}

/** How much of one task channel a worker takes on. */
export interface TaskRouterWorkerChannel extends WorkspaceMember {
  worker_sid: string;
  task_channel_sid: string;
  available: boolean;
  configured_capacity: number;
}

/** The task's age and the names of its workflow, queue and channel are found when it is shown. */
export interface TaskRouterTask extends WorkspaceMember {
  workflow_sid: string;
  task_queue_sid: string | null;
  task_queue_entered_date: string | null;
  task_channel_sid: string;
  assignment_status: string;
  /** JSON text. */
  attributes: string;
  addons: string;
  priority: number;
  reason: string | null;
  timeout: number;
  virtual_start_time: string;
  ignore_capacity: boolean;
  routing_target: string | null;
}
