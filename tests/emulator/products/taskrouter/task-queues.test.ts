import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const queues = () => flex().taskQueues;

test("a queue lives through create, list, fetch, update and delete", async () => {
  const made = await queues().create({ friendlyName: "Support" });
  expect(made).toMatchObject({
    targetWorkers: "1==1",
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
    reservationActivitySid: null,
    reservationActivityName: null,
    assignmentActivitySid: null,
    assignmentActivityName: null,
  });
  const named = await queues().list({ friendlyName: "Support" });
  expect(named.map(({ sid }) => sid)).toEqual([made.sid]);

  const changed = await queues()(made.sid).update({
    friendlyName: "Sales",
    targetWorkers: 'skills HAS "sales"',
    maxReservedWorkers: 50,
    taskOrder: "LIFO",
    reservationActivitySid: seeded.unavailableActivity,
    assignmentActivitySid: seeded.availableActivity,
  });
  expect(changed).toMatchObject({
    friendlyName: "Sales",
    targetWorkers: 'skills HAS "sales"',
    maxReservedWorkers: 50,
    taskOrder: "LIFO",
    reservationActivityName: "Unavailable",
    assignmentActivityName: "Available",
  });
  const cleared = await queues()(made.sid).update({
    targetWorkers: "",
    reservationActivitySid: "",
    assignmentActivitySid: "",
  });
  expect(cleared).toMatchObject({
    targetWorkers: "",
    reservationActivitySid: null,
    assignmentActivitySid: null,
    maxReservedWorkers: 50,
  });
  expect((await queues()(made.sid).fetch()).friendlyName).toBe("Sales");

  await queues()(made.sid).remove();
  await expect(queues()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("queues are listed newest first, or as the request orders them", async () => {
  await queues().create({ friendlyName: "Zebra" });
  await queues().create({ friendlyName: "Apple" });
  const names = async (ordering?: string) =>
    (await queues().list({ ordering })).map(({ friendlyName }) => friendlyName);
  expect(await names()).toEqual(["Apple", "Zebra", "Everyone"]);
  expect(await names("FriendlyName:asc")).toEqual(["Apple", "Everyone", "Zebra"]);
  expect(await names("FriendlyName:desc")).toEqual(["Zebra", "Everyone", "Apple"]);
  expect((await names("DateCreated:asc,FriendlyName:desc"))[0]).toBe("Everyone");
  await expect(names("Colour:asc")).rejects.toMatchObject({ status: 400, code: 20001 });
});

test("a taken name is refused in production's words", async () => {
  const message = `Queue named Everyone already exists for workspace ${seeded.workspace} for account ${seeded.account}`;
  await expect(queues().create({ friendlyName: "Everyone" })).rejects.toMatchObject({
    status: 400,
    code: 20001,
    message,
  });
});

test.each([
  ["no name", { friendlyName: "" }],
  ["no reserved worker", { friendlyName: "x", maxReservedWorkers: 0 }],
  ["too many reserved workers", { friendlyName: "x", maxReservedWorkers: 51 }],
  ["an unknown activity", { friendlyName: "x", reservationActivitySid: `WA${"0".repeat(32)}` }],
])("refuses %s", async (_, params) => {
  const refusal = { status: 400, code: 20001 };
  await expect(queues().create(params)).rejects.toMatchObject(refusal);
  await expect(queues()(seeded.everyoneQueue).update(params)).rejects.toMatchObject(refusal);
});

test("lists filter by worker where no expression needs evaluation", async () => {
  await queues().create({ friendlyName: "Nobody", targetWorkers: "" });
  const { sid: workerSid } = await flex().workers.create({ friendlyName: "alice" });
  expect((await queues().list({ workerSid })).map(({ sid }) => sid)).toEqual([seeded.everyoneQueue]);
  await queues().create({ friendlyName: "Sales", targetWorkers: 'skills HAS "sales"' });
  await expect(queues().list({ workerSid })).rejects.toMatchObject({ status: 501 });
  await expect(queues().list({ workerSid: `WK${"0".repeat(32)}` })).rejects.toMatchObject({ code: 20001 });
});

test("a filter that would need routing is not pretended", async () => {
  await expect(queues().list({ evaluateWorkerAttributes: "{}" })).rejects.toMatchObject({ status: 501 });
});

test("a queue is not deleted while a workflow names it or a task waits in it", async () => {
  const refusal = { status: 400, code: 20001 };
  const target = await queues().create({ friendlyName: "Target" });
  const workflow = await flex().workflows.create({
    friendlyName: "By filter",
    configuration: JSON.stringify({
      task_routing: { filters: [{ expression: "1==1", targets: [{ queue: target.sid }] }] },
    }),
  });
  await expect(queues()(seeded.everyoneQueue).remove()).rejects.toMatchObject(refusal);
  await expect(queues()(target.sid).remove()).rejects.toMatchObject(refusal);

  const task = await flex().tasks.create({ workflowSid: seeded.workflow, taskQueueSid: target.sid });
  await flex().workflows(workflow.sid).remove();
  await expect(queues()(target.sid).remove()).rejects.toMatchObject(refusal);
  await flex().tasks(task.sid).remove();
  expect(await queues()(target.sid).remove()).toBe(true);
});
