import { seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const workspaces = () => clientOf(emulator.current).taskrouter.v1.workspaces;
const state = () => emulator.current.state.account();
const unknownActivity = `WA${"0".repeat(32)}`;

test("a workspace lives through create, list, fetch, update and delete", async () => {
  const made = await workspaces().create({ friendlyName: "Support" });
  expect(made).toMatchObject({
    defaultActivityName: "Offline",
    timeoutActivityName: "Offline",
    eventCallbackUrl: "",
    eventsFilter: "",
    multiTaskEnabled: true,
    prioritizeQueueOrder: "FIFO",
  });
  // Names are no keys: a second one of the same name is another workspace.
  const twin = await workspaces().create({ friendlyName: "Support" });
  const named = await workspaces().list({ friendlyName: "Support" });
  expect(named.map(({ sid }) => sid)).toEqual([twin.sid, made.sid]);
  expect(await workspaces().list()).toHaveLength(3);

  const [available] = await workspaces()(made.sid).activities.list({ friendlyName: "Available" });
  const changed = await workspaces()(made.sid).update({
    friendlyName: "Sales",
    eventCallbackUrl: "https://example.com/events",
    eventsFilter: "task.created,task.canceled",
    prioritizeQueueOrder: "LIFO",
    defaultActivitySid: available?.sid,
    timeoutActivitySid: available?.sid,
  });
  expect(changed).toMatchObject({
    friendlyName: "Sales",
    eventCallbackUrl: "https://example.com/events",
    eventsFilter: "task.created,task.canceled",
    prioritizeQueueOrder: "LIFO",
    defaultActivityName: "Available",
    timeoutActivityName: "Available",
  });
  const cleared = await workspaces()(made.sid).update({ eventCallbackUrl: "", eventsFilter: "" });
  expect(cleared).toMatchObject({ eventCallbackUrl: "", eventsFilter: "", friendlyName: "Sales" });
  expect((await workspaces()(made.sid).fetch()).defaultActivitySid).toBe(available?.sid);

  await workspaces()(made.sid).remove();
  await expect(workspaces()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

// Recorded: task-router-rails, cassette configure_workspace.
test("the answer to a create has an ETag without quotes and a date", async () => {
  const { headers } = await ask(emulator.current, "/taskrouter.twilio.com/v1/Workspaces", {
    body: "FriendlyName=Support",
  });
  expect(headers.etag).toMatch(/^[0-9a-f]{32}$/);
  expect(headers["last-modified"]).toBe(headers.date);
});

test("a new workspace has Twilio's activities and task channels, and with FIFO a queue and a workflow", async () => {
  const plain = workspaces()((await workspaces().create({ friendlyName: "Plain" })).sid);
  const activities = await plain.activities.list();
  expect(activities.map(({ friendlyName, available }) => [friendlyName, available])).toEqual([
    ["Unavailable", false],
    ["Available", true],
    ["Offline", false],
  ]);
  const channels = await plain.taskChannels.list();
  expect(channels.map(({ uniqueName }) => uniqueName).sort()).toEqual([
    "chat",
    "default",
    "sms",
    "video",
    "voice",
  ]);
  expect(await plain.taskQueues.list()).toEqual([]);
  expect(await plain.workflows.list()).toEqual([]);

  const fifo = workspaces()((await workspaces().create({ friendlyName: "Fifo", template: "FIFO" })).sid);
  const [queue] = await fifo.taskQueues.list();
  const [workflow] = await fifo.workflows.list();
  expect(JSON.parse(workflow?.configuration ?? "")).toMatchObject({
    task_routing: { default_filter: { queue: queue?.sid } },
  });
});

test("everything in a workspace goes with it, and nothing else does", async () => {
  const before = structuredClone(state());
  const { sid } = await workspaces().create({ friendlyName: "Full", template: "FIFO" });
  const worker = await workspaces()(sid).workers.create({ friendlyName: "alice" });
  expect(await workspaces()(sid).workers(worker.sid).workerChannels.list()).toHaveLength(5);
  await workspaces()(sid).tasks.create({});
  await workspaces()(sid).remove();
  expect(state()).toEqual(before);
});

test("the legacy profile's workspace is whole", async () => {
  const flex = workspaces()(seeded.workspace);
  expect(await flex.fetch()).toMatchObject({
    friendlyName: "Flex Task Assignment",
    defaultActivitySid: seeded.offlineActivity,
    timeoutActivitySid: seeded.offlineActivity,
  });
  expect(await flex.activities(seeded.availableActivity).fetch()).toMatchObject({
    friendlyName: "Available",
    available: true,
  });
  expect((await flex.activities(seeded.unavailableActivity).fetch()).friendlyName).toBe("Unavailable");
  expect((await flex.taskQueues(seeded.everyoneQueue).fetch()).friendlyName).toBe("Everyone");
  const workflow = await flex.workflows(seeded.workflow).fetch();
  expect(workflow.friendlyName).toBe("Assign to Anyone");
  expect(JSON.parse(workflow.configuration)).toEqual({
    task_routing: { filters: [], default_filter: { queue: seeded.everyoneQueue } },
  });
  const channels = await flex.taskChannels.list();
  expect(Object.fromEntries(channels.map(({ uniqueName, sid }) => [uniqueName, sid]))).toMatchObject({
    chat: seeded.chatTaskChannel,
    default: seeded.defaultTaskChannel,
    sms: seeded.smsTaskChannel,
    voice: seeded.voiceTaskChannel,
    // Twilio adds it for Flex: github.com/techmatters/flex-plugins imports it from live accounts.
    email: expect.stringMatching(/^TC/),
  });
});

test.each([
  ["no name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(65) }],
  ["an unknown template", { friendlyName: "x", template: "LIFO" }],
  ["a URL that is none", { friendlyName: "x", eventCallbackUrl: "example" }],
])("refuses a new workspace with %s", async (_, params) => {
  const before = structuredClone(state());
  await expect(workspaces().create(params)).rejects.toMatchObject({ status: 400, code: 20001 });
  expect(state()).toEqual(before);
});

test.each([
  ["an activity that does not exist", { defaultActivitySid: unknownActivity }],
  ["no activity", { timeoutActivitySid: "" }],
  ["an activity of another workspace", { timeoutActivitySid: seeded.offlineActivity }],
])("refuses %s", async (_, params) => {
  const { sid } = await workspaces().create({ friendlyName: "x" });
  await expect(workspaces()(sid).update(params)).rejects.toMatchObject({ status: 400, code: 20001 });
});

test("only an account without Flex, and with a single-tasking workspace, can make another one single-tasking", async () => {
  const { sid } = await workspaces().create({ friendlyName: "x" });
  const change = () => workspaces()(sid).update({ multiTaskEnabled: false });
  await expect(change()).rejects.toMatchObject({ status: 400, code: 20001 });

  const single = await workspaces().create({ friendlyName: "single", multiTaskEnabled: false });
  expect(single.multiTaskEnabled).toBe(false);
  await expect(change()).rejects.toMatchObject({ status: 400, code: 20001 });

  state().flexConfiguration = null;
  expect((await change()).multiTaskEnabled).toBe(false);
  expect((await workspaces()(sid).update({ multiTaskEnabled: true })).multiTaskEnabled).toBe(true);
});

test("an account with Flex has one workspace only, where the quirk is on", async () => {
  const quirky = await startEmulator({ quirks: { flexHasOneWorkspace: true } });
  try {
    const { workspaces: quirkyWorkspaces } = clientOf(quirky).taskrouter.v1;
    await expect(quirkyWorkspaces.create({ friendlyName: "x" })).rejects.toMatchObject({ status: 400 });
    quirky.state.account().flexConfiguration = null;
    expect((await quirkyWorkspaces.create({ friendlyName: "x" })).friendlyName).toBe("x");
  } finally {
    await quirky.close();
  }
});
