import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();
const inUse = { status: 400, code: 20001, message: expect.stringContaining("cannot be deleted") };

test("roles are made, listed, fetched, updated and deleted", async () => {
  const made = await v1().roles.create({
    friendlyName: "Reader",
    type: "conversation",
    permission: ["leaveConversation", "sendMessage"],
  });
  expect(made).toMatchObject({
    chatServiceSid: seeded.flexService,
    friendlyName: "Reader",
    type: "conversation",
    permissions: ["leaveConversation", "sendMessage"],
  });
  const [newest, ...others] = await v1().roles.list({ pageSize: 2 });
  expect(newest?.sid).toBe(made.sid);
  expect(others).toHaveLength(3);
  const updated = await v1()
    .roles(made.sid)
    .update({ permission: ["leaveConversation"] });
  expect(updated).toMatchObject({ friendlyName: "Reader", permissions: ["leaveConversation"] });
  expect((await v1().roles(made.sid).fetch()).permissions).toEqual(["leaveConversation"]);
  await v1().roles(made.sid).remove();
  await expect(v1().roles(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a role belongs to one service", async () => {
  const { roles } = v1().services(seeded.chatService);
  const made = await roles.create({
    friendlyName: "Admin",
    type: "service",
    permission: ["editAnyUserInfo"],
  });
  expect(made).toMatchObject({ chatServiceSid: seeded.chatService, type: "service" });
  expect(made.url).toContain(`/v1/Services/${seeded.chatService}/Roles/${made.sid}`);
  await expect(v1().roles(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  const updated = await roles(made.sid).update({ permission: ["joinConversation"] });
  expect(updated.permissions).toEqual(["joinConversation"]);
  await roles(made.sid).remove();
  expect(state().chatRoles[made.sid]).toBeUndefined();
});

test("a new role is given to users and participants, and stays as long as one has it", async () => {
  const permission = ["leaveConversation"];
  const service = await v1().roles.create({ friendlyName: "Staff", type: "service", permission });
  const reader = await v1().roles.create({ friendlyName: "Reader", type: "conversation", permission });
  const { sid } = await v1().conversations.create({});
  const { participants } = v1().conversations(sid);
  await v1().users.create({ identity: "alice", roleSid: service.sid });
  await participants.create({ identity: "alice", roleSid: reader.sid });
  await expect(v1().roles(service.sid).remove()).rejects.toMatchObject(inUse);
  await expect(v1().roles(reader.sid).remove()).rejects.toMatchObject(inUse);
  await v1().users("alice").remove();
  await v1().roles(service.sid).remove();
  await v1().roles(reader.sid).remove();
  expect(await v1().roles.list()).toHaveLength(3);
});

test("the defaults of a service stay until there are others", async () => {
  const { defaultConversationRoleSid: sid } = await v1().services(seeded.flexService).configuration().fetch();
  await expect(v1().roles(sid).remove()).rejects.toMatchObject(inUse);
  const other = await v1().roles.create({
    friendlyName: "Reader",
    type: "conversation",
    permission: ["leaveConversation"],
  });
  await v1().services(seeded.flexService).configuration().update({ defaultConversationRoleSid: other.sid });
  expect(await v1().roles(sid).remove()).toBe(true);
});

test.each([
  ["no name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(257) }],
  ["no permissions", { permission: [""] }],
])("refuses %s", async (_, params) => {
  const role = { friendlyName: "Reader", type: "conversation" as const, permission: ["sendMessage"] };
  const create = v1().roles.create({ ...role, ...params });
  await expect(create).rejects.toMatchObject({ status: 400, code: 20001 });
  expect(await v1().roles.list()).toHaveLength(3);
});
