import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).chat.v2.services(seeded.chatService);
const users = () => service().users;
const state = () => emulator.current.state.account();

test("a user lives through create, list, fetch, update and delete", async () => {
  const { defaultServiceRoleSid, defaultChannelRoleSid } = await service().fetch();
  const made = await users().create({ identity: "anna", friendlyName: "Anna", attributes: '{"a":1}' });
  expect(made).toMatchObject({
    identity: "anna",
    friendlyName: "Anna",
    attributes: '{"a":1}',
    roleSid: defaultServiceRoleSid,
    isOnline: null,
    isNotifiable: null,
    joinedChannelsCount: 0,
  });
  const ben = await users().create({ identity: "ben", roleSid: defaultChannelRoleSid });
  expect(ben).toMatchObject({ friendlyName: null, attributes: "{}", roleSid: defaultChannelRoleSid });
  expect((await users().list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([ben.sid, made.sid]);
  expect((await users()("anna").fetch()).sid).toBe(made.sid);

  const changed = await users()("anna").update({ friendlyName: "", roleSid: defaultChannelRoleSid });
  expect(changed).toMatchObject({
    friendlyName: null,
    attributes: '{"a":1}',
    roleSid: defaultChannelRoleSid,
  });
  await users()(ben.sid).remove();
  expect(Object.keys(state().chatUsers)).toEqual([made.sid]);
  await expect(users()("ben").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test.each([
  ["a taken identity", { identity: "anna" }, { status: 409, code: 50201 }],
  ["an empty identity", { identity: "" }, { status: 400, code: 20001 }],
  ["an unknown role", { identity: "ben", roleSid: `RL${"0".repeat(32)}` }, { status: 400, code: 50100 }],
  ["attributes that are no JSON", { identity: "ben", attributes: "{" }, { status: 400, code: 20001 }],
])("refuses %s", async (_, params, refusal) => {
  await users().create({ identity: "anna" });
  await expect(users().create(params)).rejects.toMatchObject(refusal);
  expect(Object.keys(state().chatUsers)).toHaveLength(1);
});

test("an identity is a user's own within the service only", async () => {
  await users().create({ identity: "anna" });
  const { users: others } = clientOf(emulator.current).chat.v2.services(seeded.flexService);
  const { sid } = await others.create({ identity: "anna" });
  expect((await others("anna").fetch()).sid).toBe(sid);
  await expect(users()(sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a user who is deleted is a member of nothing, and invited nowhere", async () => {
  const { sid } = await service().channels.create({});
  const other = await service().channels.create({});
  for (const identity of ["anna", "ben"]) await service().channels(sid).members.create({ identity });
  await service().channels(other.sid).invites.create({ identity: "anna" });
  await users()("anna").remove();
  expect(Object.values(state().chatMembers)).toMatchObject([{ identity: "ben" }]);
  expect(state().chatInvites).toEqual({});
});

describe("the channels of a user", () => {
  async function joined() {
    const { sid } = await service().channels.create({ uniqueName: "one" });
    const member = await service().channels(sid).members.create({ identity: "anna" });
    for (const body of ["0", "1", "2"]) await service().channels(sid).messages.create({ body });
    return { sid, member, own: users()("anna").userChannels };
  }

  test("are those where they are a member, and say what they have not read", async () => {
    const { sid, member, own } = await joined();
    const other = await service().channels.create({});
    await service().channels(other.sid).members.create({ identity: "anna" });
    expect((await own.list({ pageSize: 1 })).map(({ channelSid }) => channelSid)).toEqual([other.sid, sid]);
    expect((await users()("anna").fetch()).joinedChannelsCount).toBe(2);
    expect(await own("one").fetch()).toMatchObject({
      channelSid: sid,
      memberSid: member.sid,
      status: "joined",
      notificationLevel: "default",
      lastConsumedMessageIndex: null,
      unreadMessagesCount: null,
    });
    const read = await own(sid).update({ lastConsumedMessageIndex: 0, notificationLevel: "muted" });
    expect(read).toMatchObject({
      lastConsumedMessageIndex: 0,
      unreadMessagesCount: 2,
      notificationLevel: "muted",
    });
    expect((await service().channels(sid).members("anna").fetch()).lastConsumedMessageIndex).toBe(0);
    expect((await own(sid).update({})).notificationLevel).toBe("muted");
  });

  test("are left one by one", async () => {
    const { sid, own } = await joined();
    await own(sid).remove();
    expect(state().chatMembers).toEqual({});
    expect(Object.keys(state().chatChannels)).toEqual([sid]);
    await expect(own(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(users()("nobody").userChannels.list()).rejects.toMatchObject({ status: 404 });
  });
});

test("nobody has a binding", async () => {
  await users().create({ identity: "anna" });
  const own = users()("anna").userBindings;
  const sid = `BS${"0".repeat(32)}`;
  expect([await service().bindings.list(), await own.list()]).toEqual([[], []]);
  for (const request of [
    service().bindings(sid).fetch(),
    service().bindings(sid).remove(),
    own(sid).fetch(),
    own(sid).remove(),
    users()("nobody").userBindings.list(),
  ])
    await expect(request).rejects.toMatchObject({ status: 404, code: 20404 });
});
