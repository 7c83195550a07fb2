import { seeded } from "../../../../emulator/index";
import { addChatMessage } from "../../../../emulator/products/chat/relations";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const channels = () => clientOf(emulator.current).chat.v2.services(seeded.chatService).channels;
const state = () => emulator.current.state.account();
const messagesOf = async () => channels()((await channels().create({})).sid).messages;

test("a message lives through create, list, fetch, update and delete", async () => {
  const messages = await messagesOf();
  const made = await messages.create({ from: "anna", body: "Hello", attributes: '{"a":1}' });
  expect(made).toMatchObject({
    from: "anna",
    to: made.channelSid,
    body: "Hello",
    attributes: '{"a":1}',
    index: 0,
    type: "text",
    media: null,
    lastUpdatedBy: null,
    wasEdited: false,
  });
  const plain = await messages.create({});
  expect(plain).toMatchObject({ from: "system", body: "", attributes: "{}", index: 1 });
  expect((await messages.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([made.sid, plain.sid]);
  expect((await messages.list({ order: "desc" })).map(({ sid }) => sid)).toEqual([plain.sid, made.sid]);
  expect((await messages(made.sid).fetch()).body).toBe("Hello");

  expect((await messages(made.sid).update({ attributes: "" })).wasEdited).toBe(false);
  const dateUpdated = new Date("2026-01-01T00:00:00Z");
  const changed = await messages(made.sid).update({ body: "Bye", lastUpdatedBy: "ben", dateUpdated });
  expect(changed).toMatchObject({
    body: "Bye",
    attributes: "{}",
    from: "anna",
    lastUpdatedBy: "ben",
    wasEdited: true,
    index: 0,
    dateUpdated,
  });
  await messages(made.sid).remove();
  await expect(messages(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  expect(Object.keys(state().chatMessages)).toEqual([plain.sid]);
});

test("indices count up in each channel, and those of deleted messages do not come again", async () => {
  const [messages, others] = [await messagesOf(), await messagesOf()];
  await messages.create({ body: "0" });
  const last = await messages.create({ body: "1" });
  await messages(last.sid).remove();
  expect((await messages.create({ body: "2" })).index).toBe(2);
  expect((await others.create({ body: "0" })).index).toBe(0);
});

test("a message that was put there without a request counts like the others", async () => {
  const { sid } = await channels().create({});
  const channel = state().chatChannels[sid];
  if (!channel) throw new Error("The channel is gone");
  await channels()(sid).messages.create({ body: "0" });
  const put = addChatMessage(
    { account: state(), now: "2026-11-22T10:00:00Z", sid: (prefix) => prefix + "1".repeat(32) },
    channel,
    { from: "+12065550101", body: "1" },
  );
  expect(await channels()(sid).messages(put.sid).fetch()).toMatchObject({ from: "+12065550101", index: 1 });
  expect((await channels()(sid).messages.create({ body: "2" })).index).toBe(2);
});

test("refuses attributes that are no JSON and does not imitate media", async () => {
  const messages = await messagesOf();
  await expect(messages.create({ attributes: "{" })).rejects.toMatchObject({ status: 400, code: 20001 });
  await expect(messages.create({ mediaSid: `ME${"0".repeat(32)}` })).rejects.toMatchObject({ status: 501 });
  expect(state().chatMessages).toEqual({});
});

test("a message is of one channel only", async () => {
  const { sid } = await (await messagesOf()).create({ body: "Hello" });
  await expect((await messagesOf())(sid).fetch()).rejects.toMatchObject({ status: 404 });
});
