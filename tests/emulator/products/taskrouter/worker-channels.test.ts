import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const account = () => emulator.current.state.account();
const missing = { status: 404, code: 20404 };

async function newWorker(friendlyName = "alice") {
  const { sid } = await flex().workers.create({ friendlyName });
  return flex().workers(sid);
}

test("a worker has a channel for each task channel, with a capacity of one", async () => {
  const { workerChannels } = await newWorker();
  const channels = await workerChannels.list({ pageSize: 2 });
  expect(channels.map(({ taskChannelUniqueName }) => taskChannelUniqueName).sort()).toEqual([
    "chat",
    "default",
    "email",
    "sms",
    "video",
    "voice",
  ]);
  for (const channel of channels) {
    expect(channel).toMatchObject({
      available: true,
      configuredCapacity: 1,
      assignedTasks: 0,
      availableCapacityPercentage: 100,
    });
  }
  expect((await workerChannels.list()).map(({ sid }) => sid)).toEqual(channels.map(({ sid }) => sid));
});

test("a channel is fetched and updated by its SID, or as its task channel is called", async () => {
  const { workerChannels } = await newWorker();
  const chat = await workerChannels("chat").fetch();
  expect(chat.taskChannelSid).toBe(seeded.chatTaskChannel);
  expect(await workerChannels(chat.sid).update({ capacity: 3 })).toMatchObject({
    configuredCapacity: 3,
    available: true,
    availableCapacityPercentage: 100,
  });
  const closed = await workerChannels(seeded.chatTaskChannel).update({ capacity: 0, available: false });
  expect(closed).toMatchObject({ sid: chat.sid, configuredCapacity: 0, availableCapacityPercentage: 0 });
  expect((await workerChannels("chat").fetch()).toJSON()).toEqual(closed.toJSON());

  const other = await newWorker("bob");
  expect((await other.workerChannels("chat").fetch()).configuredCapacity).toBe(1);
  await expect(other.workerChannels(chat.sid).fetch()).rejects.toMatchObject(missing);
});

test("channels come and go with task channels and workers", async () => {
  const worker = await newWorker();
  const { workerChannels } = worker;
  const letters = await flex().taskChannels.create({ friendlyName: "Letters", uniqueName: "letters" });
  await workerChannels("letters").update({ capacity: 5 });
  expect(await workerChannels.list()).toHaveLength(7);
  await flex().taskChannels(letters.sid).remove();
  expect(await workerChannels.list()).toHaveLength(6);
  expect(Object.keys(account().taskrouterWorkerChannels)).toHaveLength(6);
  await worker.remove();
  expect(account().taskrouterWorkerChannels).toEqual({});
});

test("refuses a capacity that is none, and knows no other channels", async () => {
  const { workerChannels } = await newWorker();
  for (const capacity of [-1, 51]) {
    await expect(workerChannels("chat").update({ capacity })).rejects.toMatchObject({ code: 20001 });
  }
  await expect(workerChannels("letters").update({ capacity: 1 })).rejects.toMatchObject(missing);
  const nobody = flex().workers(`WK${"0".repeat(32)}`);
  await expect(nobody.workerChannels.list()).rejects.toMatchObject(missing);
});
