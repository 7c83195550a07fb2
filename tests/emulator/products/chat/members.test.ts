import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).chat.v2.services(seeded.chatService);
const state = () => emulator.current.state.account();

async function newChannel(params = {}) {
  const { sid } = await service().channels.create(params);
  return service().channels(sid);
}

test("a member lives through create, list, fetch, update and delete", async () => {
  const { members } = await newChannel();
  const { defaultChannelRoleSid } = await service().fetch();
  const made = await members.create({ identity: "anna", attributes: '{"a":1}' });
  expect(made).toMatchObject({
    identity: "anna",
    attributes: '{"a":1}',
    roleSid: defaultChannelRoleSid,
    lastConsumedMessageIndex: null,
    lastConsumptionTimestamp: null,
  });
  const ben = await members.create({ identity: "ben" });
  expect((await members.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([ben.sid, made.sid]);
  expect((await members.list({ identity: ["anna", "cleo"] })).map(({ sid }) => sid)).toEqual([made.sid]);
  expect((await members("anna").fetch()).sid).toBe(made.sid);

  const changed = await members(made.sid).update({
    attributes: "",
    dateCreated: new Date("2020-01-01T00:00:00Z"),
  });
  expect(changed).toMatchObject({ attributes: "{}", dateCreated: new Date("2020-01-01T00:00:00Z") });
  await members("ben").remove();
  expect(Object.keys(state().chatMembers)).toEqual([made.sid]);
  await expect(members("ben").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("how far a member has read is set, and cleared", async () => {
  const channel = await newChannel({ uniqueName: "one" });
  const { members } = channel;
  await members.create({ identity: "anna", lastConsumedMessageIndex: 3 });
  const lastConsumptionTimestamp = new Date("2026-01-01T00:00:00Z");
  const read = await members("anna").update({ lastConsumedMessageIndex: 5, lastConsumptionTimestamp });
  expect(read).toMatchObject({ lastConsumedMessageIndex: 5, lastConsumptionTimestamp });
  const kept = await members("anna").update({ attributes: "[]" });
  expect(kept).toMatchObject({ lastConsumedMessageIndex: 5, lastConsumptionTimestamp });
  const path = `/chat.twilio.com/v2/Services/${seeded.chatService}/Channels/one/Members/anna`;
  const { body } = await ask(emulator.current, path, { body: "LastConsumedMessageIndex=" });
  expect(body.last_consumed_message_index).toBeNull();
  expect(Date.parse(String(body.last_consumption_timestamp))).toBeGreaterThan(
    lastConsumptionTimestamp.getTime(),
  );
});

test("whoever made the channel has another role there, and any member the one that they are given", async () => {
  const { defaultChannelCreatorRoleSid, defaultServiceRoleSid } = await service().fetch();
  const { members } = await newChannel({ createdBy: "anna" });
  expect((await members.create({ identity: "anna" })).roleSid).toBe(defaultChannelCreatorRoleSid);
  const ben = await members.create({ identity: "ben", roleSid: defaultChannelCreatorRoleSid });
  expect(ben.roleSid).toBe(defaultChannelCreatorRoleSid);
  expect((await members("ben").update({ roleSid: defaultServiceRoleSid })).roleSid).toBe(
    defaultServiceRoleSid,
  );
});

test("a member becomes a user, once", async () => {
  for (const { members } of [await newChannel(), await newChannel()])
    await members.create({ identity: "anna" });
  expect(Object.values(state().chatUsers)).toMatchObject([
    { identity: "anna", service_sid: seeded.chatService },
  ]);
});

test.each([
  ["one who is there already", { identity: "anna" }, { status: 409, code: 50404 }],
  ["an empty identity", { identity: "" }, { status: 400, code: 20001 }],
  ["an unknown role", { identity: "ben", roleSid: `RL${"0".repeat(32)}` }, { status: 400, code: 50100 }],
  ["attributes that are no JSON", { identity: "ben", attributes: "{" }, { status: 400, code: 20001 }],
])("refuses %s, and makes no user of them", async (_, params, refusal) => {
  const { members } = await newChannel();
  await members.create({ identity: "anna" });
  await expect(members.create(params)).rejects.toMatchObject(refusal);
  expect(Object.keys(state().chatMembers)).toHaveLength(1);
  expect(Object.keys(state().chatUsers)).toHaveLength(1);
});

test("the service limits members of a channel and channels of a user", async () => {
  await service().update({ "limits.channelMembers": 1 });
  const { members } = await newChannel();
  await members.create({ identity: "anna" });
  await expect(members.create({ identity: "ben" })).rejects.toMatchObject({ status: 400, code: 50403 });
  await service().update({ "limits.channelMembers": 10, "limits.userChannels": 1 });
  const others = (await newChannel()).members;
  await expect(others.create({ identity: "anna" })).rejects.toMatchObject({ status: 400, code: 50208 });
  await others.create({ identity: "ben" });
});

test("a member is of one channel only", async () => {
  const { sid } = await (await newChannel()).members.create({ identity: "anna" });
  await expect((await newChannel()).members(sid).fetch()).rejects.toMatchObject({ status: 404 });
  await expect(service().channels("nowhere").members.list()).rejects.toMatchObject({ status: 404 });
});
