import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).chat.v2.services(seeded.chatService);
const roles = () => service().roles;
const conversations = () => clientOf(emulator.current).conversations.v1.services(seeded.chatService).roles;
const channelRole = { friendlyName: "guest", type: "channel" as const, permission: ["sendMessage"] };

test("a role lives through create, list, fetch, update and delete", async () => {
  const seededRoles = (await roles().list()).map(({ sid }) => sid);
  expect(seededRoles).toHaveLength(3);
  const made = await roles().create({ ...channelRole, permission: ["sendMessage", "leaveChannel"] });
  expect(made).toMatchObject({
    serviceSid: seeded.chatService,
    friendlyName: "guest",
    type: "channel",
    permissions: ["sendMessage", "leaveChannel"],
  });
  expect((await roles().list({ pageSize: 2 })).map(({ sid }) => sid)).toEqual([made.sid, ...seededRoles]);
  const changed = await roles()(made.sid).update({ permission: ["addMember"] });
  expect(changed.permissions).toEqual(["addMember"]);
  expect((await roles()(made.sid).fetch()).permissions).toEqual(["addMember"]);
  await roles()(made.sid).remove();
  await expect(roles()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a role is the same under both APIs, each in its own words", async () => {
  const { sid } = await roles().create({
    friendlyName: "host",
    type: "deployment",
    permission: ["createChannel", "destroyChannel", "editOwnUserInfo"],
  });
  expect(await conversations()(sid).fetch()).toMatchObject({
    type: "service",
    permissions: ["createConversation", "deleteConversation", "editOwnUserInfo"],
  });
  const admin = (await roles().list()).find(({ friendlyName }) => friendlyName === "channel admin");
  expect(admin?.permissions).toContain("editChannelAttributes");
  expect(admin?.permissions).not.toContainEqual(expect.stringMatching(/Conversation|Participant/));
});

// Recorded by a public client: github.com/RJPearson94/twilio-sdk-go, service/conversations/tests/unit/testdata/roleResponse.json.
test("the channel admin of a new service edits and deletes what anybody wrote", async () => {
  const admin = (await conversations().list()).find(({ friendlyName }) => friendlyName === "channel admin");
  expect(admin?.permissions).toEqual([
    "deleteConversation",
    "removeParticipant",
    "editConversationName",
    "editConversationAttributes",
    "addParticipant",
    "sendMessage",
    "sendMediaMessage",
    "leaveConversation",
    "editAnyMessage",
    "editAnyMessageAttributes",
    "editAnyParticipantAttributes",
    "deleteAnyMessage",
    "editNotificationLevel",
  ]);
});

// Twilio's document says 64; github.com/RJPearson94/terraform-provider-twilio makes roles of 256 in its conversations tests.
test("a name of 256 characters is taken", async () => {
  const friendlyName = "x".repeat(256);
  expect((await roles().create({ ...channelRole, friendlyName })).friendlyName).toBe(friendlyName);
});

// What github.com/RJPearson94/terraform-provider-twilio, twilio/internal/services/chat/tests/resource_chat_role_test.go
// expects of a role whose service was deleted; the code is that of Twilio's error dictionary.
test("what belongs to a service that is missing is refused, and the service itself not found", async () => {
  const gone = clientOf(emulator.current).chat.v2.services(`IS${"0".repeat(32)}`);
  const refused = { status: 403, code: 50050, message: "Service instance not found" };
  await expect(gone.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(gone.roles.list()).rejects.toMatchObject(refused);
  await expect(gone.roles(`RL${"0".repeat(32)}`).fetch()).rejects.toMatchObject(refused);
  await expect(gone.users.list()).rejects.toMatchObject(refused);
  await expect(gone.channels.create()).rejects.toMatchObject(refused);
  await expect(gone.channels(`CH${"0".repeat(32)}`).webhooks.list()).rejects.toMatchObject(refused);
  await expect(gone.bindings.list()).rejects.toMatchObject(refused);
});

test.each([
  ["no permission", { permission: [""] }],
  ["an empty name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(257) }],
])("refuses %s", async (_, wrong) => {
  await expect(roles().create({ ...channelRole, ...wrong })).rejects.toMatchObject({
    status: 400,
    code: 20001,
  });
  expect(await roles().list()).toHaveLength(3);
});

test("a default role of the service stays", async () => {
  const { defaultChannelRoleSid } = await service().fetch();
  await expect(roles()(defaultChannelRoleSid).remove()).rejects.toMatchObject({ status: 400 });
  const { sid } = await roles().create(channelRole);
  await service().update({ defaultChannelRoleSid: sid });
  await roles()(defaultChannelRoleSid).remove();
  expect((await roles().list()).map((role) => role.sid)).toContain(sid);
});

test.each([
  ["a user", () => service().users],
  ["a member", async () => service().channels((await service().channels.create({})).sid).members],
  ["an invite", async () => service().channels((await service().channels.create({})).sid).invites],
])("a role that %s has stays, under both APIs", async (_, holdersOf) => {
  const { sid } = await roles().create(channelRole);
  const holders = await holdersOf();
  const holder = await holders.create({ identity: "anna", roleSid: sid });
  const refusal = { status: 400, message: expect.stringContaining(holder.sid) };
  await expect(roles()(sid).remove()).rejects.toMatchObject(refusal);
  await expect(conversations()(sid).remove()).rejects.toMatchObject(refusal);
  await holders(holder.sid).remove();
  await roles()(sid).remove();
});

test("a role is of one service only", async () => {
  const { sid } = await roles().create(channelRole);
  const { roles: others } = clientOf(emulator.current).chat.v2.services(seeded.flexService);
  await expect(others(sid).fetch()).rejects.toMatchObject({ status: 404 });
});
