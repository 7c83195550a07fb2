import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const workspaces = () => clientOf(emulator.current).taskrouter.v1.workspaces;
const flex = () => workspaces()(seeded.workspace);
const workflows = () => flex().workflows;
const refusal = { status: 400, code: 20001 };

const routing = {
  task_routing: {
    filters: [
      {
        filter_friendly_name: "Sales",
        expression: 'type == "sales"',
        targets: [
          { queue: seeded.everyoneQueue, timeout: 15 },
          { timeout: 30, priority: 5 },
        ],
      },
    ],
    default_filter: { queue: seeded.everyoneQueue },
  },
};

test("a workflow lives through create, list, fetch, update and delete", async () => {
  const made = await workflows().create({ friendlyName: "Chat", configuration: JSON.stringify(routing) });
  expect(made).toMatchObject({
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    taskReservationTimeout: 120,
    // Recorded: task-router-rails, cassette configure_workspace.
    documentContentType: null,
  });
  const named = await workflows().list({ friendlyName: "Chat" });
  expect(named.map(({ sid }) => sid)).toEqual([made.sid]);

  const other = { task_routing: { filters: [] } };
  const changed = await workflows()(made.sid).update({
    friendlyName: "Messages",
    configuration: JSON.stringify(other),
    assignmentCallbackUrl: "https://example.com/assign",
    fallbackAssignmentCallbackUrl: "https://example.com/fallback",
    taskReservationTimeout: 86_400,
    reEvaluateTasks: "true",
  });
  expect(changed).toMatchObject({
    friendlyName: "Messages",
    assignmentCallbackUrl: "https://example.com/assign",
    fallbackAssignmentCallbackUrl: "https://example.com/fallback",
    taskReservationTimeout: 86_400,
  });
  expect(JSON.parse(changed.configuration)).toEqual(other);
  const cleared = await workflows()(made.sid).update({
    assignmentCallbackUrl: "",
    fallbackAssignmentCallbackUrl: "",
  });
  expect(cleared).toMatchObject({ assignmentCallbackUrl: null, fallbackAssignmentCallbackUrl: null });
  expect(JSON.parse((await workflows()(made.sid).fetch()).configuration)).toEqual(other);

  await workflows()(made.sid).remove();
  await expect(workflows()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

// Recorded: task-router-rails, cassette configure_workspace.
test("a configuration comes back equal by value: compact, with its keys in the order that was sent", async () => {
  const sent = JSON.stringify(routing, null, 2);
  const { configuration } = await workflows().create({ friendlyName: "Chat", configuration: sent });
  expect(configuration).not.toBe(sent);
  expect(configuration).toBe(JSON.stringify(routing));
  expect(JSON.parse(configuration)).toEqual(routing);
  expect(Object.keys(JSON.parse(configuration).task_routing)).toEqual(["filters", "default_filter"]);
});

const withQueue = (queue: unknown) => ({ task_routing: { default_filter: { queue } } });

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no routing", "{}"],
  ["no text at all", ""],
  ["filters that are no list", JSON.stringify({ task_routing: { filters: {} } })],
  ["a target that is no object", JSON.stringify({ task_routing: { filters: [{ targets: ["x"] }] } })],
  ["a queue that is no SID", JSON.stringify(withQueue(1))],
  ["an unknown default queue", JSON.stringify(withQueue(`WQ${"0".repeat(32)}`))],
  [
    "an unknown queue in a filter",
    JSON.stringify({ task_routing: { filters: [{ targets: [{ queue: `WQ${"0".repeat(32)}` }] }] } }),
  ],
])("refuses a configuration with %s", async (_, configuration) => {
  await expect(workflows().create({ friendlyName: "x", configuration })).rejects.toMatchObject(refusal);
  await expect(workflows()(seeded.workflow).update({ configuration })).rejects.toMatchObject(refusal);
});

test("a queue of another workspace is unknown", async () => {
  const { sid } = await workspaces().create({ friendlyName: "Other" });
  const queue = await workspaces()(sid).taskQueues.create({ friendlyName: "Elsewhere" });
  const configuration = JSON.stringify(withQueue(queue.sid));
  await expect(workflows().create({ friendlyName: "x", configuration })).rejects.toMatchObject(refusal);
});

test.each([
  ["a taken name", { friendlyName: "Assign to Anyone" }],
  ["no name", { friendlyName: "" }],
  ["too short a timeout", { friendlyName: "x", taskReservationTimeout: 0 }],
  ["too long a timeout", { friendlyName: "x", taskReservationTimeout: 86_401 }],
  ["a URL that is none", { friendlyName: "x", assignmentCallbackUrl: "example" }],
])("refuses %s", async (_, params) => {
  const configuration = JSON.stringify(routing);
  await expect(workflows().create({ ...params, configuration })).rejects.toMatchObject(refusal);
});

test("a workflow is not deleted while it has tasks", async () => {
  const task = await flex().tasks.create({});
  await expect(workflows()(seeded.workflow).remove()).rejects.toMatchObject(refusal);
  await flex().tasks(task.sid).remove();
  expect(await workflows()(seeded.workflow).remove()).toBe(true);
});
