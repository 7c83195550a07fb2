import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const workers = () => flex().workers;
const refusal = { status: 400, code: 20001 };

test("a worker lives through create, list, fetch, update and delete", async () => {
  const made = await workers().create({ friendlyName: "alice" });
  expect(made).toMatchObject({
    activitySid: seeded.offlineActivity,
    activityName: "Offline",
    available: false,
    attributes: "{}",
  });
  const changed = await workers()(made.sid).update({
    friendlyName: "alice@example.com",
    activitySid: seeded.availableActivity,
    attributes: '{ "skills": ["sales"] }',
  });
  expect(changed).toMatchObject({
    friendlyName: "alice@example.com",
    activityName: "Available",
    available: true,
  });
  expect(JSON.parse(changed.attributes)).toEqual({ skills: ["sales"] });
  const cleared = await workers()(made.sid).update({ attributes: "" });
  expect(cleared).toMatchObject({ attributes: "{}", activitySid: seeded.availableActivity });
  expect((await workers()(made.sid).fetch()).friendlyName).toBe("alice@example.com");

  await workers()(made.sid).remove();
  await expect(workers()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

// Recorded: task-router-rails, cassette configure_workspace.
test("attributes come back compact, with sorted keys", async () => {
  const attributes = '{ "skills": ["sales"], "contact": { "uri": "x", "at": 1 } }';
  const made = await workers().create({ friendlyName: "alice", attributes });
  expect(made.attributes).toBe('{"contact":{"at":1,"uri":"x"},"skills":["sales"]}');
});

test("lists filter by name, activity and availability, and sort", async () => {
  await flex().update({ defaultActivitySid: seeded.unavailableActivity });
  await workers().create({ friendlyName: "bob" });
  await workers().create({ friendlyName: "alice", activitySid: seeded.availableActivity });
  const names = async (filter: Parameters<ReturnType<typeof workers>["list"]>[0] & object) =>
    (await workers().list(filter)).map(({ friendlyName }) => friendlyName);

  expect(await names({})).toEqual(["alice", "bob"]);
  expect(await names({ friendlyName: "bob" })).toEqual(["bob"]);
  expect(await names({ activityName: "Available" })).toEqual(["alice"]);
  expect(await names({ activitySid: seeded.unavailableActivity })).toEqual(["bob"]);
  expect(await names({ available: "yes" })).toEqual(["alice"]);
  expect(await names({ available: "false" })).toEqual(["bob"]);
  expect(await names({ available: "true", friendlyName: "bob" })).toEqual([]);
  expect(await names({ ordering: "FriendlyName:desc" })).toEqual(["bob", "alice"]);
  await expect(names({ targetWorkersExpression: "1==1" })).rejects.toMatchObject({ status: 501 });
});

test("lists filter by queue where its expression needs no evaluation", async () => {
  await workers().create({ friendlyName: "alice" });
  const nobody = await flex().taskQueues.create({ friendlyName: "Nobody", targetWorkers: "" });
  const sales = await flex().taskQueues.create({
    friendlyName: "Sales",
    targetWorkers: 'skills HAS "sales"',
  });
  const names = async (filter: Parameters<ReturnType<typeof workers>["list"]>[0] & object) =>
    (await workers().list(filter)).map(({ friendlyName }) => friendlyName);
  expect(await names({ taskQueueName: "Everyone" })).toEqual(["alice"]);
  expect(await names({ taskQueueSid: seeded.everyoneQueue })).toEqual(["alice"]);
  expect(await names({ taskQueueSid: nobody.sid })).toEqual([]);
  expect(await names({ taskQueueName: "Nowhere" })).toEqual([]);
  expect(await names({ taskQueueName: "Nobody", taskQueueSid: seeded.everyoneQueue })).toEqual([]);
  await expect(names({ taskQueueSid: sales.sid })).rejects.toMatchObject({ status: 501 });
  await expect(names({ taskQueueSid: `WQ${"0".repeat(32)}` })).rejects.toMatchObject(refusal);
});

test("a write that names an ETag is for that state of the worker only", async () => {
  const { sid } = await workers().create({ friendlyName: "alice" });
  const path = `/taskrouter.twilio.com/v1/Workspaces/${seeded.workspace}/Workers/${sid}`;
  const etag = async () => String((await ask(emulator.current, path)).headers.etag);
  const ifMatch = await etag();
  const updated = await ask(emulator.current, path, {
    body: "FriendlyName=bob",
    headers: { "If-Match": `"0", ${ifMatch}` },
  });
  expect(updated.headers.etag).toBe(await etag());
  const stale = { status: 412, code: 20412 };
  await expect(workers()(sid).update({ ifMatch, friendlyName: "eve" })).rejects.toMatchObject(stale);
  await expect(workers()(sid).remove({ ifMatch })).rejects.toMatchObject(stale);
  await workers()(sid).remove({ ifMatch: await etag() });
  await expect(workers()(sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a renamed activity shows in its workers", async () => {
  const { sid } = await workers().create({ friendlyName: "alice" });
  await flex().activities(seeded.offlineActivity).update({ friendlyName: "Away" });
  expect((await workers()(sid).fetch()).activityName).toBe("Away");
});

test.each([
  ["a taken name", { friendlyName: "bob" }],
  ["no name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(65) }],
  ["an unknown activity", { friendlyName: "x", activitySid: `WA${"0".repeat(32)}` }],
  ["attributes that are no JSON", { friendlyName: "x", attributes: "{" }],
  ["attributes that are no object", { friendlyName: "x", attributes: "[]" }],
])("refuses %s", async (_, params) => {
  await workers().create({ friendlyName: "bob" });
  const { sid } = await workers().create({ friendlyName: "alice" });
  await expect(workers().create(params)).rejects.toMatchObject(refusal);
  await expect(workers()(sid).update(params)).rejects.toMatchObject(refusal);
});

test("reservations are rejected only along with an activity that is not available", async () => {
  const { sid } = await workers().create({
    friendlyName: "alice",
    activitySid: seeded.availableActivity,
  });
  const reject = (activitySid: string) =>
    workers()(sid).update({ activitySid, rejectPendingReservations: true });
  await expect(reject(seeded.availableActivity)).rejects.toMatchObject(refusal);
  expect((await reject(seeded.offlineActivity)).activityName).toBe("Offline");
});
