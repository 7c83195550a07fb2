import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const workspaces = () => clientOf(emulator.current).taskrouter.v1.workspaces;
const flex = () => workspaces()(seeded.workspace);
const activities = () => flex().activities;

test("an activity lives through create, list, fetch, update and delete", async () => {
  const made = await activities().create({ friendlyName: "On call", available: true });
  expect(made).toMatchObject({ available: true, workspaceSid: seeded.workspace });
  const breakTime = await activities().create({ friendlyName: "Break" });
  expect(breakTime.available).toBe(false);

  const sidsOf = (list: { sid: string }[]) => list.map(({ sid }) => sid);
  expect(sidsOf(await activities().list({ available: "true" }))).toEqual([
    made.sid,
    seeded.availableActivity,
  ]);
  expect(sidsOf(await activities().list({ available: "no" }))).toEqual([
    breakTime.sid,
    seeded.unavailableActivity,
    seeded.offlineActivity,
  ]);
  expect(sidsOf(await activities().list({ friendlyName: "Break" }))).toEqual([breakTime.sid]);

  const renamed = await activities()(made.sid).update({ friendlyName: "Standby" });
  expect(renamed).toMatchObject({ friendlyName: "Standby", available: true });
  expect((await activities()(made.sid).fetch()).friendlyName).toBe("Standby");

  await activities()(made.sid).remove();
  await expect(activities()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("whether an activity is an available one stays as it was made", async () => {
  const path = `/taskrouter.twilio.com/v1/Workspaces/${seeded.workspace}/Activities/${seeded.offlineActivity}`;
  const { body } = await ask(emulator.current, path, { body: "Available=true" });
  expect(body.available).toBe(false);
  expect(emulator.current.requests.at(-1)?.ignored).toEqual(["Available"]);
});

test.each([
  ["a taken name", { friendlyName: "Offline" }],
  ["no name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(65) }],
])("refuses %s", async (_, params) => {
  const refusal = { status: 400, code: 20001 };
  await expect(activities().create(params)).rejects.toMatchObject(refusal);
  await expect(activities()(seeded.availableActivity).update(params)).rejects.toMatchObject(refusal);
});

test("names are taken per workspace, and an activity is found in its own one only", async () => {
  const { sid } = await workspaces().create({ friendlyName: "Other" });
  const made = await workspaces()(sid).activities.create({ friendlyName: "Break" });
  expect((await activities().create({ friendlyName: "Break" })).friendlyName).toBe("Break");
  await expect(activities()(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  const nowhere = workspaces()(`WS${"0".repeat(32)}`).activities;
  await expect(nowhere.list()).rejects.toMatchObject({ status: 404 });
  await expect(nowhere.create({ friendlyName: "x" })).rejects.toMatchObject({ status: 404 });
});

describe("an activity is not deleted while", () => {
  const refused = async (sid: string) => {
    await expect(activities()(sid).remove()).rejects.toMatchObject({ status: 400, code: 20001 });
    expect((await activities()(sid).fetch()).sid).toBe(sid);
  };

  test("it is the workspace's default or timeout activity", async () => {
    await refused(seeded.offlineActivity);
    await flex().update({ defaultActivitySid: seeded.availableActivity });
    await refused(seeded.offlineActivity);
    await refused(seeded.availableActivity);
    await flex().update({ timeoutActivitySid: seeded.availableActivity });
    expect(await activities()(seeded.offlineActivity).remove()).toBe(true);
  });

  test("a worker is in it", async () => {
    const worker = await flex().workers.create({
      friendlyName: "alice",
      activitySid: seeded.availableActivity,
    });
    await refused(seeded.availableActivity);
    await flex().workers(worker.sid).remove();
    expect(await activities()(seeded.availableActivity).remove()).toBe(true);
  });

  test("a task queue names it", async () => {
    const queues = flex().taskQueues;
    await queues(seeded.everyoneQueue).update({ assignmentActivitySid: seeded.unavailableActivity });
    await refused(seeded.unavailableActivity);
    await queues(seeded.everyoneQueue).update({ assignmentActivitySid: "" });
    expect(await activities()(seeded.unavailableActivity).remove()).toBe(true);
  });
});
