import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).chat.v2.services(seeded.chatService);
const channels = () => service().channels;
const state = () => emulator.current.state.account();

test("a channel changes where it is told to, and keeps the rest", async () => {
  const made = await channels().create({ uniqueName: "one", friendlyName: "One", type: "private" });
  const changed = await channels()("one").update({
    friendlyName: "x".repeat(256),
    attributes: '{"status":"INACTIVE"}',
    createdBy: "anna",
    dateCreated: new Date("2020-01-02T03:04:05.6Z"),
    dateUpdated: new Date("2020-01-02T03:04:06Z"),
  });
  expect(changed).toMatchObject({
    sid: made.sid,
    uniqueName: "one",
    friendlyName: "x".repeat(256),
    attributes: '{"status":"INACTIVE"}',
    type: "private",
    createdBy: "anna",
    dateCreated: new Date("2020-01-02T03:04:05Z"),
    dateUpdated: new Date("2020-01-02T03:04:06Z"),
  });
  const cleared = await channels()(made.sid).update({ uniqueName: "", friendlyName: "", attributes: "" });
  expect(cleared).toMatchObject({
    uniqueName: null,
    friendlyName: null,
    attributes: "{}",
    createdBy: "anna",
  });
  expect(cleared.dateUpdated.getTime()).toBeGreaterThan(changed.dateUpdated.getTime());
  await expect(channels()("one").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test.each([
  ["a taken name", { uniqueName: "taken" }, { status: 409, code: 50307 }],
  ["too long a name", { friendlyName: "x".repeat(257) }, { status: 400, code: 20001 }],
  ["attributes that are no JSON", { attributes: "{" }, { status: 400, code: 20001 }],
])("refuses to change to %s", async (_, params, refusal) => {
  await channels().create({ uniqueName: "taken" });
  const { sid } = await channels().create({ uniqueName: "one" });
  await expect(channels()(sid).update(params)).rejects.toMatchObject(refusal);
  expect((await channels()("one").fetch()).friendlyName).toBeNull();
  expect((await channels()("one").update({ uniqueName: "one" })).uniqueName).toBe("one");
});

test("refuses a new channel whose name is too long for one", async () => {
  await expect(channels().create({ friendlyName: "x".repeat(65) })).rejects.toMatchObject({ code: 20001 });
  expect(state().chatChannels).toEqual({});
});

test("a name is a channel's own within its service only", async () => {
  await channels().create({ uniqueName: "one" });
  const { channels: others } = clientOf(emulator.current).chat.v2.services(seeded.flexService);
  const { sid } = await others.create({ uniqueName: "one" });
  expect((await others("one").fetch()).sid).toBe(sid);
  await expect(channels()(sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a channel counts what is in it, and takes it away", async () => {
  const { sid } = await channels().create({ uniqueName: "one" });
  const other = await channels().create({});
  for (const channel of [sid, other.sid]) {
    const { members, messages, invites, webhooks } = channels()(channel);
    await members.create({ identity: "anna" });
    await messages.create({ body: "Hello" });
    await invites.create({ identity: "ben" });
    await webhooks.create({ type: "webhook", "configuration.url": "https://example.com" });
  }
  await channels()(sid).messages.create({ body: "Again" });
  expect(await channels()(sid).fetch()).toMatchObject({ membersCount: 1, messagesCount: 2 });

  await channels()("one").remove();
  const { chatMembers, chatMessages, chatInvites, chatChannelWebhooks, chatUsers } = state();
  for (const collection of [chatMembers, chatMessages, chatInvites, chatChannelWebhooks])
    expect(Object.values(collection)).toMatchObject([{ channel_sid: other.sid }]);
  expect(Object.values(chatUsers)).toMatchObject([{ identity: "anna" }]);

  await service().remove();
  for (const collection of [chatMembers, chatMessages, chatInvites, chatChannelWebhooks, chatUsers])
    expect(collection).toEqual({});
});
