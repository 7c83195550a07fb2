import { seeded } from "../../../emulator/index";
import { clientOf, useEmulator } from "../support";

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
])("refuses %s", async (_, params) => {
  await expect(tasks().create(params)).rejects.toMatchObject(refusal);
});
