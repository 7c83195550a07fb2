import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();

async function newConversation() {
  const { sid } = await v1().conversations.create({});
  return v1().conversations(sid);
}

test("messages are made, fetched, updated and deleted", async () => {
  const { messages, participants } = await newConversation();
  const alice = await participants.create({ identity: "alice" });
  const made = await messages.create({
    author: "alice",
    body: "Hello",
    attributes: '{"importance":"high"}',
    dateCreated: new Date("2020-01-01T00:00:00Z"),
  });
  expect(made).toMatchObject({
    index: 0,
    author: "alice",
    body: "Hello",
    participantSid: alice.sid,
    attributes: '{"importance":"high"}',
    media: null,
    delivery: null,
    contentSid: null,
    dateCreated: new Date("2020-01-01T00:00:00Z"),
  });
  expect((await messages(made.sid).fetch()).body).toBe("Hello");
  expect(await messages(made.sid).update({ body: "Good-bye" })).toMatchObject({
    body: "Good-bye",
    author: "alice",
    participantSid: alice.sid,
    attributes: '{"importance":"high"}',
  });
  expect(await messages(made.sid).update({ author: "system", attributes: "" })).toMatchObject({
    body: "Good-bye",
    author: "system",
    participantSid: null,
    attributes: "{}",
  });
  await messages(made.sid).remove();
  expect(state().conversationMessages).toEqual({});
  await expect(messages(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("an author is known by identity or address, and is the system where none is named", async () => {
  const { messages, participants } = await newConversation();
  const customer = await participants.create({
    "messagingBinding.address": "+15551230001",
    "messagingBinding.proxyAddress": "+15017122661",
  });
  const sent = await messages.create({ author: "+15551230001", body: "Hi" });
  expect(sent.participantSid).toBe(customer.sid);
  expect(await messages.create({ body: "Hi" })).toMatchObject({ author: "system", participantSid: null });
  expect(await messages.create({ author: "stranger" })).toMatchObject({ participantSid: null, body: null });
});

test("lists show the oldest first or the newest, page by page, and no index is used twice", async () => {
  const { messages } = await newConversation();
  const bodies = ["a", "b", "c"];
  for (const body of bodies) await messages.create({ body });
  await (await newConversation()).messages.create({ body: "elsewhere" });
  const listed = async (order?: "asc" | "desc") =>
    (await messages.list({ order, pageSize: 2 })).map(({ index, body }) => `${index} ${body}`);
  expect(await listed()).toEqual(["0 a", "1 b", "2 c"]);
  expect(await listed("desc")).toEqual(["2 c", "1 b", "0 a"]);
  const [last] = await messages.list({ order: "desc", limit: 1 });
  await messages(last?.sid ?? "").remove();
  expect((await messages.create({ body: "d" })).index).toBe(3);
  expect(await listed()).toEqual(["0 a", "1 b", "3 d"]);
});

test("under a service, messages name it", async () => {
  const service = v1().services(seeded.chatService);
  const { sid } = await service.conversations.create({ uniqueName: "visit" });
  const { messages } = service.conversations("visit");
  const made = await messages.create({ body: "Hello" });
  expect(made).toMatchObject({ chatServiceSid: seeded.chatService, conversationSid: sid });
  expect((await messages.list()).map(({ chatServiceSid }) => chatServiceSid)).toEqual([seeded.chatService]);
  expect((await messages(made.sid).update({ body: "Bye" })).body).toBe("Bye");
  expect((await messages(made.sid).fetch()).links.delivery_receipts).toContain(
    `/v1/Services/${seeded.chatService}/Conversations/${sid}/Messages/${made.sid}/Receipts`,
  );
  await messages(made.sid).remove();
  expect(await messages.list()).toEqual([]);
});

test("a message wakes an inactive conversation, and a closed one takes none", async () => {
  const conversation = await newConversation();
  const { messages } = conversation;
  await conversation.update({ state: "inactive" });
  const made = await messages.create({ body: "Hello" });
  expect((await conversation.fetch()).state).toBe("active");
  await conversation.update({ state: "closed" });
  const closed = { status: 400, code: 50377 };
  await expect(messages.create({ body: "Hello" })).rejects.toMatchObject(closed);
  await expect(messages(made.sid).update({ body: "Bye" })).rejects.toMatchObject(closed);
  expect((await messages.list()).map(({ body }) => body)).toEqual(["Hello"]);
});

test.each([
  ["too long a body", { body: "x".repeat(1601) }, 50504],
  ["attributes that are no JSON", { attributes: "{" }, 50304],
  ["media, which nobody could upload", { mediaSid: `ME${"0".repeat(32)}` }, 20001],
  ["a template, of which there are none", { contentSid: `HX${"0".repeat(32)}` }, 20001],
])("refuses %s", async (_, params, code) => {
  const { messages } = await newConversation();
  await expect(messages.create(params)).rejects.toMatchObject({ status: 400, code });
  expect(state().conversationMessages).toEqual({});
});

test("a message is found in its own conversation only", async () => {
  const { sid } = await (await newConversation()).messages.create({ body: "Hello" });
  await expect((await newConversation()).messages(sid).fetch()).rejects.toMatchObject({ status: 404 });
});
