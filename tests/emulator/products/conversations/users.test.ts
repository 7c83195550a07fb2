import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();
const roleNamed = async (name: string) =>
  (await v1().roles.list()).find(({ friendlyName }) => friendlyName === name)?.sid ?? "";

test("users are made, listed, fetched, updated and deleted", async () => {
  const plain = await v1().users.create({ identity: "alice" });
  expect(plain).toMatchObject({
    chatServiceSid: seeded.flexService,
    roleSid: await roleNamed("service user"),
    friendlyName: null,
    attributes: "{}",
    isOnline: null,
    isNotifiable: null,
  });
  const other = await v1().users.create({ identity: "bob", friendlyName: "Bob", attributes: '{"team":1}' });
  expect((await v1().users.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([other.sid, plain.sid]);
  expect((await v1().users("bob").fetch()).sid).toBe(other.sid);
  expect(await v1().users(other.sid).update({ friendlyName: "" })).toMatchObject({
    friendlyName: null,
    attributes: '{"team":1}',
  });
  expect((await v1().users("alice").update({ attributes: "[]" })).attributes).toBe("[]");
  await v1().users("bob").remove();
  expect(Object.keys(state().conversationsUsers)).toEqual([plain.sid]);
  await expect(v1().users(other.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("each service has users of its own", async () => {
  const service = v1().services(seeded.chatService);
  const there = await service.users.create({ identity: "alice" });
  await v1().users.create({ identity: "alice" });
  expect(there.url).toContain(`/v1/Services/${seeded.chatService}/Users/${there.sid}`);
  expect((await service.users.list()).map(({ sid }) => sid)).toEqual([there.sid]);
  expect((await service.users("alice").update({ friendlyName: "Alice" })).friendlyName).toBe("Alice");
  await expect(v1().users(there.sid).fetch()).rejects.toMatchObject({ status: 404 });
  await service.users(there.sid).remove();
  await expect(service.users("alice").fetch()).rejects.toMatchObject({ status: 404 });
});

test("a user who is deleted leaves the conversations of the service", async () => {
  const participants: string[] = [];
  for (const serviceSid of [seeded.flexService, seeded.chatService]) {
    const { conversations } = v1().services(serviceSid);
    const { sid } = await conversations.create({});
    for (const identity of ["alice", "bob"]) {
      participants.push((await conversations(sid).participants.create({ identity })).sid);
    }
  }
  await v1().users("alice").remove();
  expect(Object.keys(state().conversationParticipants)).toEqual(participants.slice(1));
});

test("refuses a known identity, roles of participants or of other services, and bad values", async () => {
  await v1().users.create({ identity: "alice" });
  const refused = (params: object) => v1().users.create({ identity: "bob", ...params });
  await expect(refused({ identity: "alice" })).rejects.toMatchObject({ status: 409, code: 50201 });
  await expect(refused({ identity: "" })).rejects.toMatchObject({ status: 400, code: 20001 });
  await expect(refused({ identity: "x".repeat(257) })).rejects.toMatchObject({ status: 400 });
  await expect(refused({ attributes: "{" })).rejects.toMatchObject({ status: 400 });
  await expect(refused({ roleSid: await roleNamed("channel user") })).rejects.toMatchObject({ code: 50105 });
  const [elsewhere] = await v1().services(seeded.chatService).roles.list();
  await expect(refused({ roleSid: elsewhere?.sid })).rejects.toMatchObject({ status: 400, code: 50100 });
  expect((await v1().users.list()).map(({ identity }) => identity)).toEqual(["alice"]);
});
