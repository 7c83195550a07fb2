import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flex = () => clientOf(emulator.current).taskrouter.v1.workspaces(seeded.workspace);
const channels = () => flex().taskChannels;
const refusal = { status: 400, code: 20001 };

test("a task channel lives through create, list, fetch, update and delete", async () => {
  const made = await channels().create({ friendlyName: "Letters", uniqueName: "letters" });
  expect(made).toMatchObject({ uniqueName: "letters", channelOptimizedRouting: false });
  expect(await channels().list()).toHaveLength(7);

  const changed = await channels()(made.sid).update({
    friendlyName: "Post",
    channelOptimizedRouting: true,
  });
  expect(changed).toMatchObject({
    friendlyName: "Post",
    uniqueName: "letters",
    channelOptimizedRouting: true,
  });
  const reset = await channels()("letters").update({ channelOptimizedRouting: false });
  expect(reset).toMatchObject({ sid: made.sid, channelOptimizedRouting: false });
  expect((await channels()("letters").fetch()).sid).toBe(made.sid);

  await channels()("letters").remove();
  await expect(channels()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test.each([
  ["a taken unique name", { friendlyName: "x", uniqueName: "chat" }],
  ["no unique name", { friendlyName: "x", uniqueName: "" }],
  ["no name", { friendlyName: "", uniqueName: "x" }],
  ["too long a name", { friendlyName: "x".repeat(65), uniqueName: "x" }],
])("refuses %s", async (_, params) => {
  await expect(channels().create(params)).rejects.toMatchObject(refusal);
});

test("a built-in channel is not deleted, nor one that has tasks", async () => {
  await expect(channels()("default").remove()).rejects.toMatchObject(refusal);
  await expect(channels()(seeded.voiceTaskChannel).remove()).rejects.toMatchObject(refusal);
  expect(await channels().list()).toHaveLength(6);

  await channels().create({ friendlyName: "Letters", uniqueName: "letters" });
  const task = await flex().tasks.create({ taskChannel: "letters" });
  await expect(channels()("letters").remove()).rejects.toMatchObject(refusal);
  await flex().tasks(task.sid).remove();
  expect(await channels()("letters").remove()).toBe(true);
});
