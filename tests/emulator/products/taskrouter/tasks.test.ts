import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const tasks = () => flex().tasks;
const refusal = { status: 400, code: 20001 };

test("a task lives through create, list, fetch and delete", async () => {
  const made = await tasks().create({ attributes: '{ "type": "sales" }', taskChannel: "chat", priority: 3 });
  expect(made).toMatchObject({
    assignmentStatus: "pending",
    priority: 3,
    timeout: 86_400,
    workflowFriendlyName: "Assign to Anyone",
    taskQueueSid: seeded.everyoneQueue,
    taskQueueFriendlyName: "Everyone",
    taskChannelSid: seeded.chatTaskChannel,
    taskChannelUniqueName: "chat",
  });
  expect(JSON.parse(made.attributes)).toEqual({ type: "sales" });
  expect((await tasks()(made.sid).fetch()).sid).toBe(made.sid);

  await tasks()(made.sid).remove();
  await expect(tasks()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("lists filter, and show the oldest first or by priority", async () => {
  const plain = await tasks().create({});
  const urgent = await tasks().create({ priority: 9 });
  const sids = async (filter: Parameters<ReturnType<typeof tasks>["list"]>[0] & object) =>
    (await tasks().list(filter)).map(({ sid }) => sid);

  const seconds = ["2021-01-01T00:00:00Z", "2021-01-01T00:00:01Z"];
  const { taskrouterTasks } = emulator.current.state.account();
  for (const [index, task] of Object.values(taskrouterTasks).entries()) {
    task.date_created = seconds[index] ?? task.date_created;
  }
  expect(await sids({})).toEqual([plain.sid, urgent.sid]);
  expect(await sids({ ordering: "Priority:desc" })).toEqual([urgent.sid, plain.sid]);
  expect(await sids({ priority: 9 })).toEqual([urgent.sid]);
  expect(await sids({ workflowName: "Assign to Anyone", taskQueueName: "Everyone" })).toHaveLength(2);
  expect(await sids({ assignmentStatus: ["assigned", "reserved"] })).toEqual([]);
  await expect(sids({ evaluateTaskAttributes: "1==1" })).rejects.toMatchObject({ status: 501 });
});

test("a task's attributes, priority, channel and place in the order can change", async () => {
  const { sid } = await tasks().create({ attributes: '{ "type": "sales" }', taskChannel: "chat" });
  const virtualStartTime = new Date("2020-02-03T04:05:06Z");
  const changed = await tasks()(sid).update({
    attributes: '{ "type": "support" }',
    priority: 7,
    taskChannel: "sms",
    virtualStartTime,
  });
  expect(changed).toMatchObject({
    priority: 7,
    taskChannelSid: seeded.smsTaskChannel,
    virtualStartTime,
    assignmentStatus: "pending",
  });
  expect(JSON.parse(changed.attributes)).toEqual({ type: "support" });
  expect((await tasks()(sid).update({ priority: 8 })).toJSON()).toMatchObject({
    attributes: changed.attributes,
    taskChannelUniqueName: "sms",
  });
  const early = await tasks().create({ virtualStartTime });
  expect(early.virtualStartTime).toEqual(virtualStartTime);
});

describe("a task's status", () => {
  const taskThatIs = async (status: string) => {
    const { sid } = await tasks().create({});
    const task = emulator.current.state.account().taskrouterTasks[sid];
    if (task) task.assignment_status = status;
    return tasks()(sid);
  };
  type Status = "pending" | "reserved" | "assigned" | "canceled" | "completed" | "wrapping";

  test.each<[string, Status]>([
    ["pending", "canceled"],
    ["reserved", "canceled"],
    ["assigned", "wrapping"],
    ["assigned", "completed"],
    ["wrapping", "completed"],
  ])("goes from %s to %s", async (before, assignmentStatus) => {
    const task = await taskThatIs(before);
    const changed = await task.update({ assignmentStatus, reason: "test" });
    expect(changed).toMatchObject({ assignmentStatus, reason: "test" });
  });

  test.each<[string, Status]>([
    ["pending", "completed"],
    ["pending", "reserved"],
    ["pending", "assigned"],
    ["assigned", "canceled"],
    ["canceled", "pending"],
    ["completed", "canceled"],
  ])("does not go from %s to %s", async (before, assignmentStatus) => {
    const task = await taskThatIs(before);
    await expect(task.update({ assignmentStatus, reason: "test" })).rejects.toMatchObject(refusal);
    expect((await task.fetch()).assignmentStatus).toBe(before);
  });

  test("needs a reason to end", async () => {
    const task = await taskThatIs("pending");
    await expect(task.update({ assignmentStatus: "canceled" })).rejects.toMatchObject(refusal);
    await task.update({ assignmentStatus: "canceled", reason: "gave up" });
    expect((await tasks().list({ assignmentStatus: ["canceled"] })).map(({ reason }) => reason)).toEqual([
      "gave up",
    ]);
  });
});

test("a write that names an ETag is for that state of the task only", async () => {
  const { sid } = await tasks().create({});
  const path = `/taskrouter.twilio.com/v1/Workspaces/${seeded.workspace}/Tasks/${sid}`;
  const etag = async () => String((await ask(emulator.current, path)).headers.etag);
  const ifMatch = await etag();
  // Recorded without quotes: task-router-rails, cassette configure_workspace.
  expect(ifMatch).toMatch(/^[0-9a-f]{32}$/);
  await tasks()(sid).update({ ifMatch, priority: 1 });
  expect(await etag()).not.toBe(ifMatch);
  const stale = { status: 412, code: 20412 };
  await expect(tasks()(sid).update({ ifMatch, priority: 2 })).rejects.toMatchObject(stale);
  await expect(tasks()(sid).remove({ ifMatch })).rejects.toMatchObject(stale);
  expect((await tasks()(sid).update({ ifMatch: "*", priority: 3 })).priority).toBe(3);
  await tasks()(sid).remove({ ifMatch: await etag() });
  expect(emulator.current.state.account().taskrouterTasks).toEqual({});
});

test("lists filter by what a task is routed to, and by add-ons", async () => {
  const plain = await tasks().create({});
  const aimed = await tasks().create({});
  const worker = `WK${"1".repeat(32)}`;
  const task = emulator.current.state.account().taskrouterTasks[aimed.sid];
  Object.assign(task ?? {}, { routing_target: worker, addons: '{ "status": "successful" }' });
  const sids = async (filter: Parameters<ReturnType<typeof tasks>["list"]>[0] & object) =>
    (await tasks().list(filter)).map(({ sid }) => sid);
  expect(await sids({ routingTarget: worker })).toEqual([aimed.sid]);
  expect(await sids({ hasAddons: true })).toEqual([aimed.sid]);
  expect(await sids({ hasAddons: false })).toEqual([plain.sid]);
  await expect(tasks().create({ routingTarget: worker })).rejects.toMatchObject({ status: 501 });
});

test("the workflow must be named where there are several", async () => {
  const second = await flex().workflows.create({
    friendlyName: "Second",
    configuration: JSON.stringify({ task_routing: { filters: [] } }),
  });
  await expect(tasks().create({})).rejects.toMatchObject(refusal);
  const made = await tasks().create({ workflowSid: second.sid });
  expect(made).toMatchObject({ workflowSid: second.sid, taskQueueSid: null });
});

test.each([
  ["an unknown workflow", { workflowSid: `WW${"0".repeat(32)}` }],
  ["an unknown queue", { taskQueueSid: `WQ${"0".repeat(32)}` }],
  ["an unknown task channel", { taskChannel: "letters" }],
  ["attributes that are no JSON", { attributes: "{" }],
  ["a negative priority", { priority: -1 }],
  ["too long a timeout", { timeout: 1_209_601 }],
  ["a start in the future", { virtualStartTime: new Date(Date.now() + 86_400_000) }],
  ["a start long ago", { virtualStartTime: new Date("1899-12-31T00:00:00Z") }],
])("refuses %s", async (_, params) => {
  await expect(tasks().create(params)).rejects.toMatchObject(refusal);
});
