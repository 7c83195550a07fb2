import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).chat.v2.services(seeded.chatService);
const state = () => emulator.current.state.account();
const newChannel = async () => service().channels((await service().channels.create({})).sid);

test("an invite lives through create, list, fetch and delete", async () => {
  const { invites } = await newChannel();
  const { defaultChannelRoleSid, defaultChannelCreatorRoleSid } = await service().fetch();
  const made = await invites.create({ identity: "anna" });
  expect(made).toMatchObject({ identity: "anna", roleSid: defaultChannelRoleSid, createdBy: "system" });
  const ben = await invites.create({ identity: "ben", roleSid: defaultChannelCreatorRoleSid });
  expect(ben.roleSid).toBe(defaultChannelCreatorRoleSid);
  expect((await invites.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([ben.sid, made.sid]);
  expect((await invites.list({ identity: ["anna"] })).map(({ sid }) => sid)).toEqual([made.sid]);
  expect((await invites(made.sid).fetch()).identity).toBe("anna");
  await invites(made.sid).remove();
  await expect(invites(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect((await newChannel()).invites(ben.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test.each([
  ["somebody who is invited", { identity: "anna" }, { status: 409, code: 50212 }],
  ["a member", { identity: "ben" }, { status: 409, code: 50404 }],
  ["an empty identity", { identity: "" }, { status: 400, code: 20001 }],
  ["an unknown role", { identity: "cleo", roleSid: `RL${"0".repeat(32)}` }, { status: 400, code: 50100 }],
])("refuses %s", async (_, params, refusal) => {
  const { invites, members } = await newChannel();
  await invites.create({ identity: "anna" });
  await members.create({ identity: "ben" });
  await expect(invites.create(params)).rejects.toMatchObject(refusal);
  expect(Object.keys(state().chatInvites)).toHaveLength(1);
});

test("an invite is over when its user is a member, and no other is", async () => {
  const [channel, other] = [await newChannel(), await newChannel()];
  for (const identity of ["anna", "ben"]) await channel.invites.create({ identity });
  await other.invites.create({ identity: "anna" });
  await channel.members.create({ identity: "anna" });
  expect((await channel.invites.list()).map(({ identity }) => identity)).toEqual(["ben"]);
  expect(await other.invites.list()).toHaveLength(1);
});
