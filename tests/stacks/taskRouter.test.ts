import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { TaskRouterWorkspace } from "../../emulator/index";
import { emulatorCredentials, onStack } from "./onStack";
import { centre, type Given, inside, only, there } from "./taskRouter";

const stack = onStack({ emulator: { profile: "bare" } });

/** Of somebody else. It takes one task at a time, so that Twilio lets other workspaces do so too. */
const oldWorkspace: TaskRouterWorkspace = {
  sid: `WS${"0".repeat(32)}`,
  account_sid: emulatorCredentials.accountSid,
  friendly_name: "Old",
  default_activity_sid: `WA${"0".repeat(32)}`,
  timeout_activity_sid: `WA${"0".repeat(32)}`,
  event_callback_url: "",
  events_filter: "",
  multi_task_enabled: false,
  prioritize_queue_order: "FIFO",
  date_created: "2021-03-04T05:06:07Z",
  date_updated: "2021-03-04T05:06:07Z",
};

beforeAll(() => {
  stack.account().taskrouterWorkspaces[oldWorkspace.sid] = oldWorkspace;
});

const now = () => inside(stack.emulator, [oldWorkspace.sid]);
const workspace = () => only(now().workspaces);
const offline = () => there(now().activities.Offline).sid;

/** An `up` that has to work. */
async function up(run: PulumiFn) {
  const done = await stack.tryUp(run);
  if (done.failed) throw new Error(done.output);
  return { ...done, requests: done.requests.sort() };
}

const routing = (queue: string) => ({ task_routing: { filters: [], default_filter: { queue } } });

/** Every argument at another value than its default. */
const everything: Given = {
  workspace: {
    friendlyName: "Support",
    eventCallbackUrl: "https://example.com/events",
    eventsFilter: "task.created,task.canceled",
    multiTaskEnabled: false,
    prioritizeQueueOrder: "LIFO",
  },
  activity: { friendlyName: "Break" },
  queue: ({ activity, other }) => ({
    friendlyName: "Billing",
    targetWorkers: 'skills HAS "billing"',
    maxReservedWorkers: 2,
    taskOrder: "LIFO",
    reservationActivitySid: activity,
    assignmentActivitySid: other,
  }),
  workflow: () => ({
    friendlyName: "Inbound",
    configuration: { task_routing: { filters: [] } },
    assignmentCallbackUrl: "https://example.com/assign",
    fallbackAssignmentCallbackUrl: "https://example.com/fallback",
    taskReservationTimeout: 60,
    reEvaluateTasks: true,
  }),
  channel: { friendlyName: "E-mail", channelOptimizedRouting: true },
  worker: ({ other }) => ({
    friendlyName: "alice",
    activitySid: other,
    attributes: { skills: ["billing"], languages: { en: 1 } },
  }),
  configuration: ({ activity, other }) => ({ defaultActivitySid: other, timeoutActivitySid: activity }),
};

const defaults = {
  workspace: {
    event_callback_url: "",
    events_filter: "",
    multi_task_enabled: true,
    prioritize_queue_order: "FIFO",
  },
  queue: {
    target_workers: "1==1",
    max_reserved_workers: 1,
    task_order: "FIFO",
    reservation_activity_sid: null,
    assignment_activity_sid: null,
  },
  workflow: {
    assignment_callback_url: null,
    fallback_assignment_callback_url: null,
    task_reservation_timeout: 120,
  },
  channel: { channel_optimized_routing: false },
  worker: { attributes: "{}" },
};

describe("a contact centre's life", () => {
  test("is made by one request for each, under their Pulumi names, and one look at the configuration", async () => {
    const { requests, outputs } = await up(centre());
    expect(requests).toEqual([
      "CreateActivity FriendlyName",
      "CreateActivity FriendlyName",
      "CreateTaskChannel FriendlyName UniqueName",
      "CreateTaskQueue FriendlyName",
      "CreateWorker FriendlyName",
      "CreateWorkflow Configuration FriendlyName",
      "CreateWorkspace FriendlyName",
      "FetchWorkspace",
      "UpdateWorkspace DefaultActivitySid",
    ]);
    const { activities, queues, workflows, channels, workers } = now();
    const activity = there(activities.activity);
    expect(workspace()).toMatchObject({
      friendly_name: "workspace",
      ...defaults.workspace,
      default_activity_sid: activity.sid,
      timeout_activity_sid: offline(),
    });
    expect(activity).toMatchObject({ available: false });
    expect(queues.queue).toMatchObject(defaults.queue);
    expect(workflows.workflow).toMatchObject(defaults.workflow);
    expect(channels.email).toMatchObject({ friendly_name: "channel", ...defaults.channel });
    expect(workers.worker).toMatchObject(defaults.worker);
    expect(outputs).toEqual({
      workspace: workspace().sid,
      activity: activity.sid,
      other: activities.other?.sid,
      queue: queues.queue?.sid,
      workflow: workflows.workflow?.sid,
      channel: channels.email?.sid,
      worker: workers.worker?.sid,
    });
  });

  test("does nothing and asks nothing where nothing changed", async () => {
    expect(await up(centre())).toMatchObject({ steps: {}, requests: [] });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("updates every argument, by one request for each resource", async () => {
    const { requests } = await up(centre(everything));
    expect(requests).toEqual([
      // The timeout activity is taken over, and what it was is remembered.
      "FetchWorkspace",
      "UpdateActivity FriendlyName",
      "UpdateTaskChannel ChannelOptimizedRouting FriendlyName",
      "UpdateTaskQueue AssignmentActivitySid FriendlyName MaxReservedWorkers ReservationActivitySid TargetWorkers TaskOrder",
      "UpdateWorker ActivitySid Attributes FriendlyName",
      "UpdateWorkflow AssignmentCallbackUrl Configuration FallbackAssignmentCallbackUrl FriendlyName ReEvaluateTasks TaskReservationTimeout",
      "UpdateWorkspace DefaultActivitySid TimeoutActivitySid",
      "UpdateWorkspace EventCallbackUrl EventsFilter FriendlyName MultiTaskEnabled PrioritizeQueueOrder",
    ]);
    const { activities, queues, workflows, channels, workers } = now();
    const activity = there(activities.Break).sid;
    const other = there(activities.other).sid;
    expect(workspace()).toMatchObject({
      friendly_name: "Support",
      event_callback_url: "https://example.com/events",
      events_filter: "task.canceled,task.created",
      multi_task_enabled: false,
      prioritize_queue_order: "LIFO",
      default_activity_sid: other,
      timeout_activity_sid: activity,
    });
    expect(queues.Billing).toMatchObject({
      target_workers: 'skills HAS "billing"',
      max_reserved_workers: 2,
      task_order: "LIFO",
      reservation_activity_sid: activity,
      assignment_activity_sid: other,
    });
    expect(workflows.Inbound).toMatchObject({
      assignment_callback_url: "https://example.com/assign",
      fallback_assignment_callback_url: "https://example.com/fallback",
      task_reservation_timeout: 60,
    });
    expect(JSON.parse(workflows.Inbound?.configuration ?? "")).toEqual({ task_routing: { filters: [] } });
    expect(channels.email).toMatchObject({ friendly_name: "E-mail", channel_optimized_routing: true });
    expect(workers.alice).toMatchObject({ activity_sid: other });
    expect(JSON.parse(workers.alice?.attributes ?? "")).toEqual({
      skills: ["billing"],
      languages: { en: 1 },
    });
    expect(await up(centre(everything))).toMatchObject({ steps: {}, requests: [] });
  });

  test("takes the same in other words for no change", async () => {
    const words: Given = {
      ...everything,
      workspace: { ...everything.workspace, eventsFilter: "task.canceled, task.created" },
      workflow: (sids) => ({
        ...everything.workflow?.(sids),
        configuration: '{ "task_routing": { "filters": [] } }',
      }),
      worker: (sids) => ({
        ...everything.worker?.(sids),
        attributes: '{"languages":{"en":1},"skills":["billing"]}',
      }),
    };
    expect(await up(centre(words))).toMatchObject({ steps: {}, requests: [] });
  });

  test("re-evaluates tasks with a change of the routing, and with nothing else", async () => {
    const changed = (taskReservationTimeout: number, filters: object[]): Given => ({
      ...everything,
      workflow: (sids) => ({
        ...everything.workflow?.(sids),
        taskReservationTimeout,
        configuration: { task_routing: { filters } },
      }),
    });
    expect((await up(centre(changed(61, [])))).requests).toEqual(["UpdateWorkflow TaskReservationTimeout"]);
    expect((await up(centre(changed(61, [{ targets: [] }])))).asked).toEqual([
      { UpdateWorkflow: { Configuration: expect.any(String), ReEvaluateTasks: "true" } },
    ]);
  });

  test("gives what is taken away its default back; names stay, and so does where the worker is", async () => {
    const { activities, workers } = now();
    const { requests } = await up(centre());
    expect(requests).toEqual([
      "FetchWorkspace",
      "UpdateTaskChannel ChannelOptimizedRouting",
      "UpdateTaskQueue AssignmentActivitySid MaxReservedWorkers ReservationActivitySid TargetWorkers TaskOrder",
      "UpdateWorker Attributes",
      "UpdateWorkflow AssignmentCallbackUrl Configuration FallbackAssignmentCallbackUrl TaskReservationTimeout",
      "UpdateWorkspace DefaultActivitySid",
      "UpdateWorkspace EventCallbackUrl EventsFilter MultiTaskEnabled PrioritizeQueueOrder",
      "UpdateWorkspace TimeoutActivitySid",
    ]);
    const after = now();
    expect(workspace()).toMatchObject({
      friendly_name: "Support",
      ...defaults.workspace,
      default_activity_sid: activities.Break?.sid,
      timeout_activity_sid: offline(),
    });
    expect(after.queues.Billing).toMatchObject(defaults.queue);
    expect(after.workflows.Inbound).toMatchObject(defaults.workflow);
    expect(after.channels.email).toMatchObject({ friendly_name: "E-mail", ...defaults.channel });
    expect(after.workers.alice).toMatchObject({
      ...defaults.worker,
      activity_sid: workers.alice?.activity_sid,
    });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("takes defaults that are spelt out for no change of the objects", async () => {
    const spelt = centre({
      workspace: { multiTaskEnabled: true, template: "NONE", prioritizeQueueOrder: "FIFO", eventsFilter: "" },
      activity: { available: false },
      queue: () => ({ targetWorkers: "1==1", maxReservedWorkers: 1, taskOrder: "FIFO" }),
      workflow: () => ({ taskReservationTimeout: 120, assignmentCallbackUrl: "", reEvaluateTasks: false }),
      channel: { channelOptimizedRouting: false },
      worker: () => ({ attributes: "{}" }),
    });
    const { steps, requests } = await up(spelt);
    expect(requests).toEqual([]);
    expect(Object.values(steps)).toEqual(Array(6).fill("update"));
    expect((await stack.refresh()).steps).toEqual({});
    expect((await up(centre())).requests).toEqual([]);
  });

  test("is deleted by one destroy, everything in the order that Twilio wants", async () => {
    // By now an agent is in an activity that the engine does not connect with the worker.
    const { activities, workers } = now();
    there(workers.alice).activity_sid = there(activities.Break).sid;
    const { failed, output } = await stack.destroy();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(stack.account().taskrouterWorkspaces).toEqual({ [oldWorkspace.sid]: oldWorkspace });
    expect(now().workspaces).toEqual([]);
  });

  test("is deleted without an error where it is gone already, in part or as a whole", async () => {
    await up(centre());
    stack.account().taskrouterWorkers = {};
    stack.account().taskrouterWorkflows = {};
    expect((await stack.destroy()).failed).toBe(false);

    await up(centre());
    stack.emulator.reset();
    stack.account().taskrouterWorkspaces[oldWorkspace.sid] = oldWorkspace;
    expect((await stack.destroy()).failed).toBe(false);
  });
});

describe("what somebody changed by hand", () => {
  const declared: Given = {
    ...everything,
    workspace: { ...everything.workspace, multiTaskEnabled: true },
  };

  test("shows under each key that is declared, and the next up repairs it", async () => {
    await up(centre(declared));
    const { activities, queues, workflows, channels, workers } = now();
    Object.assign(workspace(), {
      friendly_name: "By hand",
      event_callback_url: "https://example.com/by-hand",
      events_filter: "",
      multi_task_enabled: false,
      prioritize_queue_order: "FIFO",
      default_activity_sid: offline(),
      timeout_activity_sid: offline(),
    });
    Object.assign(there(activities.Break), { friendly_name: "By hand" });
    Object.assign(there(queues.Billing), {
      friendly_name: "By hand",
      target_workers: "",
      max_reserved_workers: 3,
      task_order: "FIFO",
      reservation_activity_sid: null,
      assignment_activity_sid: offline(),
    });
    Object.assign(there(workflows.Inbound), {
      friendly_name: "By hand",
      configuration: JSON.stringify(routing(there(queues.Billing).sid)),
      assignment_callback_url: null,
      fallback_assignment_callback_url: "https://example.com/by-hand",
      task_reservation_timeout: 30,
    });
    Object.assign(there(channels.email), { friendly_name: "By hand", channel_optimized_routing: false });
    Object.assign(there(workers.alice), {
      friendly_name: "By hand",
      attributes: '{"skills":[]}',
      activity_sid: offline(),
    });
    const { diffs } = await stack.refresh();
    const keys = Object.fromEntries(Object.entries(diffs).map(([name, changed]) => [name, changed.sort()]));
    expect(keys).toEqual({
      workspace: [
        "eventCallbackUrl",
        "eventsFilter",
        "friendlyName",
        "multiTaskEnabled",
        "prioritizeQueueOrder",
      ],
      configuration: ["defaultActivitySid", "timeoutActivitySid"],
      activity: ["friendlyName"],
      queue: [
        "assignmentActivitySid",
        "friendlyName",
        "maxReservedWorkers",
        "reservationActivitySid",
        "targetWorkers",
        "taskOrder",
      ],
      workflow: [
        "assignmentCallbackUrl",
        "configuration.task_routing.default_filter",
        "fallbackAssignmentCallbackUrl",
        "friendlyName",
        "taskReservationTimeout",
      ],
      channel: ["channelOptimizedRouting", "friendlyName"],
      // Where a worker is at the moment is no drift.
      worker: ["attributes.languages", "attributes.skills[0]", "friendlyName"],
    });
    await up(centre(declared));
    const after = now();
    expect(workspace()).toMatchObject({
      friendly_name: "Support",
      event_callback_url: "https://example.com/events",
      events_filter: "task.canceled,task.created",
      multi_task_enabled: true,
      prioritize_queue_order: "LIFO",
      default_activity_sid: after.activities.other?.sid,
      timeout_activity_sid: after.activities.Break?.sid,
    });
    expect(after.queues.Billing).toMatchObject({
      target_workers: 'skills HAS "billing"',
      max_reserved_workers: 2,
      task_order: "LIFO",
      reservation_activity_sid: after.activities.Break?.sid,
      assignment_activity_sid: after.activities.other?.sid,
    });
    expect(after.workflows.Inbound).toMatchObject({ task_reservation_timeout: 60 });
    expect(after.channels.email).toMatchObject({ friendly_name: "E-mail", channel_optimized_routing: true });
    expect(after.workers.alice).toMatchObject({ activity_sid: offline() });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("shows under each key that is not declared too, and goes back to the default", async () => {
    await up(centre());
    const { queues, workflows, channels, workers } = now();
    Object.assign(workspace(), {
      event_callback_url: "https://example.com/by-hand",
      events_filter: "task.created",
      multi_task_enabled: false,
      prioritize_queue_order: "LIFO",
      timeout_activity_sid: there(now().activities.Available).sid,
    });
    Object.assign(there(queues.Billing), {
      target_workers: "",
      max_reserved_workers: 3,
      task_order: "LIFO",
      reservation_activity_sid: offline(),
      assignment_activity_sid: offline(),
    });
    Object.assign(there(workflows.Inbound), {
      assignment_callback_url: "https://example.com/by-hand",
      fallback_assignment_callback_url: "https://example.com/by-hand",
      task_reservation_timeout: 30,
    });
    Object.assign(there(channels.email), { channel_optimized_routing: true });
    Object.assign(there(workers.alice), { attributes: '{"skills":[]}' });
    const { diffs } = await stack.refresh();
    const keys = Object.fromEntries(Object.entries(diffs).map(([name, changed]) => [name, changed.sort()]));
    expect(keys).toEqual({
      workspace: ["eventCallbackUrl", "eventsFilter", "multiTaskEnabled", "prioritizeQueueOrder"],
      queue: [
        "assignmentActivitySid",
        "maxReservedWorkers",
        "reservationActivitySid",
        "targetWorkers",
        "taskOrder",
      ],
      workflow: ["assignmentCallbackUrl", "fallbackAssignmentCallbackUrl", "taskReservationTimeout"],
      channel: ["channelOptimizedRouting"],
      worker: ["attributes"],
    });
    await up(centre());
    const after = now();
    expect(workspace()).toMatchObject({
      ...defaults.workspace,
      // Nobody has declared the timeout activity: it is somebody else's.
      timeout_activity_sid: after.activities.Available?.sid,
    });
    expect(after.queues.Billing).toMatchObject(defaults.queue);
    expect(after.workflows.Inbound).toMatchObject(defaults.workflow);
    expect(after.channels.email).toMatchObject(defaults.channel);
    expect(after.workers.alice).toMatchObject(defaults.worker);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("to nothing at all: what was deleted is created again", async () => {
    const account = stack.account();
    account.taskrouterWorkers = {};
    account.taskrouterWorkflows = {};
    delete account.taskrouterTaskChannels[there(now().channels.email).sid];
    const gone = { worker: "delete", workflow: "delete", channel: "delete" };
    expect((await stack.refresh()).steps).toEqual(gone);
    expect((await up(centre())).requests).toEqual([
      "CreateTaskChannel FriendlyName UniqueName",
      "CreateWorker FriendlyName",
      "CreateWorkflow Configuration FriendlyName",
    ]);
    // With the workspace goes all that is in it.
    stack.emulator.reset();
    stack.account().taskrouterWorkspaces[oldWorkspace.sid] = oldWorkspace;
    expect(Object.keys((await stack.refresh()).steps)).toHaveLength(8);
    await up(centre());
    expect(workspace()).toMatchObject({ friendly_name: "workspace" });
    expect((await stack.destroy()).failed).toBe(false);
  });
});
