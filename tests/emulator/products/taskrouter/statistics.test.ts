import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator({ clock: () => new Date("2021-03-04T06:00:00Z") });
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const account = () => emulator.current.state.account();
const refusal = { status: 400, code: 20001 };

/** Three open tasks and a finished one in the queue Everyone, the second the oldest; one of two workers is available. */
async function fill() {
  const tasks = [];
  for (const params of [{ priority: 5, taskChannel: "chat" }, {}, {}, {}]) {
    tasks.push(await flex().tasks.create(params));
  }
  const dates = ["05:50", "05:30", "05:40", "05:00"].map((time) => `2021-03-04T${time}:00Z`);
  const statuses = ["pending", "pending", "assigned", "canceled"];
  for (const [index, task] of Object.values(account().taskrouterTasks).entries()) {
    task.date_created = dates[index] ?? "";
    task.task_queue_entered_date = dates[index] ?? "";
    task.assignment_status = statuses[index] ?? "";
  }
  await flex().workers.create({ friendlyName: "alice", activitySid: seeded.availableActivity });
  await flex().workers.create({ friendlyName: "bob" });
  return { oldest: tasks[1]?.sid, chat: tasks[0]?.sid };
}

const tasksByStatus = { assigned: 1, pending: 2, reserved: 0, wrapping: 0 };
const activityStatistics = [
  { sid: seeded.offlineActivity, friendly_name: "Offline", workers: 1 },
  { sid: seeded.availableActivity, friendly_name: "Available", workers: 1 },
  { sid: seeded.unavailableActivity, friendly_name: "Unavailable", workers: 0 },
];
const interval = {
  startTime: new Date("2021-03-04T05:45:00Z"),
  endTime: new Date("2021-03-04T06:00:00Z"),
};

test("a workspace counts its tasks and workers as they are", async () => {
  const { oldest } = await fill();
  expect(await flex().realTimeStatistics().fetch()).toMatchObject({
    longestTaskWaitingAge: 1800,
    longestTaskWaitingSid: oldest,
    tasksByPriority: { "0": 2, "5": 1 },
    tasksByStatus,
    totalTasks: 3,
    totalWorkers: 2,
    activityStatistics,
  });
  expect(await flex().cumulativeStatistics().fetch()).toMatchObject({ ...interval, tasksCreated: 0 });
  expect(await flex().statistics().fetch()).toMatchObject({
    realtime: { total_tasks: 3, total_workers: 2 },
    cumulative: { start_time: "2021-03-04T05:45:00Z", tasks_created: 0 },
  });
});

test("a workflow counts its own tasks", async () => {
  const { oldest } = await fill();
  const configuration = JSON.stringify({ task_routing: { filters: [] } });
  const other = await flex().workflows.create({ friendlyName: "Other", configuration });
  const { realTimeStatistics, cumulativeStatistics, statistics } = flex().workflows(seeded.workflow);
  expect(await realTimeStatistics().fetch()).toMatchObject({
    workflowSid: seeded.workflow,
    longestTaskWaitingSid: oldest,
    tasksByStatus,
    totalTasks: 3,
  });
  expect(await cumulativeStatistics().fetch()).toMatchObject({ ...interval, tasksEntered: 0 });
  expect((await statistics().fetch()).realtime).toMatchObject({ total_tasks: 3 });
  expect(await flex().workflows(other.sid).realTimeStatistics().fetch()).toMatchObject({
    longestTaskWaitingSid: null,
    longestTaskWaitingAge: 0,
    tasksByPriority: {},
    totalTasks: 0,
  });
});

test("a queue counts its tasks, and all workers where it takes everyone", async () => {
  const { oldest, chat } = await fill();
  const sales = await flex().taskQueues.create({ friendlyName: "Sales", targetWorkers: "a == 1" });
  const { realTimeStatistics, cumulativeStatistics, statistics } = flex().taskQueues(seeded.everyoneQueue);
  expect(await realTimeStatistics().fetch()).toMatchObject({
    taskQueueSid: seeded.everyoneQueue,
    longestTaskWaitingSid: oldest,
    longestRelativeTaskSidInQueue: oldest,
    longestRelativeTaskAgeInQueue: 1800,
    tasksByStatus,
    totalTasks: 3,
    totalEligibleWorkers: 2,
    totalAvailableWorkers: 1,
    activityStatistics,
  });
  expect(await realTimeStatistics().fetch({ taskChannel: "chat" })).toMatchObject({
    longestTaskWaitingSid: chat,
    totalTasks: 1,
  });
  await expect(realTimeStatistics().fetch({ taskChannel: "letters" })).rejects.toMatchObject(refusal);
  expect(await cumulativeStatistics().fetch()).toMatchObject({
    ...interval,
    waitDurationInQueueUntilAccepted: { avg: 0, min: 0, max: 0, total: 0 },
  });
  expect((await statistics().fetch()).realtime).toMatchObject({ total_tasks: 3 });

  const ofSales = await flex().taskQueues(sales.sid).realTimeStatistics().fetch();
  expect(ofSales).toMatchObject({ totalTasks: 0, totalEligibleWorkers: 0, totalAvailableWorkers: 0 });
});

test("the statistics of all queues are a list", async () => {
  await fill();
  const second = await flex().taskQueues.create({ friendlyName: "Second" });
  const { statistics } = flex().taskQueues;
  const all = await statistics.list({ pageSize: 1 });
  expect(all.map(({ taskQueueSid, realtime }) => [taskQueueSid, realtime.total_tasks])).toEqual([
    [second.sid, 0],
    [seeded.everyoneQueue, 3],
  ]);
  const [only, ...others] = await statistics.list({ friendlyName: "Everyone" });
  expect(only?.taskQueueSid).toBe(seeded.everyoneQueue);
  expect(others).toEqual([]);
});

test("several queues are counted at once, unknown ones as empty", async () => {
  await fill();
  const unknown = `WQ${"0".repeat(32)}`;
  const { bulkRealTimeStatistics } = flex().taskQueues;
  const bulk = await bulkRealTimeStatistics.create({ queueSids: [seeded.everyoneQueue, unknown] });
  expect(bulk.taskQueueResponseCount).toBe(2);
  expect(bulk.taskQueueData).toMatchObject([
    { task_queue_sid: seeded.everyoneQueue, total_tasks: 3, total_eligible_workers: 2 },
    { task_queue_sid: unknown, total_tasks: 0, total_eligible_workers: 0 },
  ]);
  await expect(bulkRealTimeStatistics.create({ queueSids: [] })).rejects.toMatchObject(refusal);
  const many = Array.from({ length: 51 }, () => unknown);
  await expect(bulkRealTimeStatistics.create({ queueSids: many })).rejects.toMatchObject(refusal);
  await expect(bulkRealTimeStatistics.create({ queueSids: ["WQ1"] })).rejects.toMatchObject(refusal);
});

test("workers are counted by activity, all of them or some", async () => {
  await fill();
  const { statistics } = flex().workers;
  expect(await statistics().fetch()).toMatchObject({
    realtime: { total_workers: 2, activity_statistics: activityStatistics },
    cumulative: { reservations_created: 0 },
  });
  expect((await statistics().fetch({ friendlyName: "alice" })).realtime).toMatchObject({ total_workers: 1 });
  expect((await statistics().fetch({ taskQueueName: "Nowhere" })).realtime).toMatchObject({
    total_workers: 0,
  });
  const realTime = await flex().workers.realTimeStatistics().fetch();
  expect(realTime).toMatchObject({ totalWorkers: 2, activityStatistics });
  expect(await flex().workers.cumulativeStatistics().fetch()).toMatchObject({
    ...interval,
    activityDurations: activityStatistics.map(({ sid }) => expect.objectContaining({ sid, total: 0 })),
  });

  const [worker] = await flex().workers.list();
  const own = await flex()
    .workers(worker?.sid ?? "")
    .statistics()
    .fetch();
  expect(own).toMatchObject({ workerSid: worker?.sid, cumulative: { reservations_accepted: 0 } });
});

test("cumulative statistics are of the time that is asked for, split as it is asked for", async () => {
  const statistics = flex().cumulativeStatistics();
  const endDate = new Date("2021-03-04T03:00:00Z");
  expect(await statistics.fetch({ endDate, minutes: 60 })).toMatchObject({
    startTime: new Date("2021-03-04T02:00:00Z"),
    endTime: endDate,
    splitByWaitTime: {},
  });
  const startDate = new Date("2021-03-03T00:00:00Z");
  expect(await statistics.fetch({ startDate, splitByWaitTime: "5,30" })).toMatchObject({
    startTime: startDate,
    endTime: interval.endTime,
    splitByWaitTime: { "5": { above: { tasks_canceled: 0 } }, "30": { below: { reservations_accepted: 0 } } },
  });
  await expect(statistics.fetch({ splitByWaitTime: "soon" })).rejects.toMatchObject(refusal);
});

test("what is not there has no statistics", async () => {
  const nothing = "0".repeat(32);
  const missing = { status: 404, code: 20404 };
  const { workflows, taskQueues, workers } = flex();
  await expect(workflows(`WW${nothing}`).statistics().fetch()).rejects.toMatchObject(missing);
  await expect(taskQueues(`WQ${nothing}`).statistics().fetch()).rejects.toMatchObject(missing);
  await expect(workers(`WK${nothing}`).statistics().fetch()).rejects.toMatchObject(missing);
});
