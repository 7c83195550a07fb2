import { randomBytes } from "node:crypto";
import { seeded } from "../../../../emulator/index";
import {
  addMessage,
  addParticipant,
  newConversation as conversationIn,
  newParticipant,
  newScopedWebhook,
  openConversationOf,
} from "../../../../emulator/products/conversations/relations";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();
const customer = "+15551230001";
const proxy = "+15017122661";
const sms = { "messagingBinding.address": customer, "messagingBinding.proxyAddress": proxy };
const unknown = (prefix: string) => `${prefix}${"0".repeat(32)}`;

async function newConversation(serviceSid: string = seeded.flexService) {
  const { sid } = await v1().services(serviceSid).conversations.create({});
  return v1().services(serviceSid).conversations(sid);
}

const roleNamed = async (name: string) =>
  (await v1().services(seeded.flexService).roles.list()).find(({ friendlyName }) => friendlyName === name)
    ?.sid ?? "";

test("participants are made, listed, fetched, updated and deleted", async () => {
  const { sid } = await v1().conversations.create({});
  const participants = () => v1().conversations(sid).participants;
  const texting = await participants().create({ ...sms, attributes: '{"role":"driver"}' });
  expect(texting).toMatchObject({
    conversationSid: sid,
    identity: null,
    messagingBinding: { type: "sms", address: customer, proxy_address: proxy },
    roleSid: null,
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
  });
  const chatting = await participants().create({ identity: "alice", dateCreated: new Date("2020-01-01") });
  expect(chatting).toMatchObject({
    messagingBinding: null,
    attributes: "{}",
    roleSid: await roleNamed("channel user"),
    dateCreated: new Date("2020-01-01T00:00:00Z"),
  });

  expect((await participants().list({ pageSize: 1 })).map((one) => one.sid)).toEqual([
    chatting.sid,
    texting.sid,
  ]);
  expect((await participants()("alice").fetch()).sid).toBe(chatting.sid);

  const admin = await roleNamed("channel admin");
  expect(await participants()(chatting.sid).update({ roleSid: admin, attributes: "[]" })).toMatchObject({
    roleSid: admin,
    attributes: "[]",
  });
  await participants()("alice").remove();
  expect(Object.keys(state().conversationParticipants)).toEqual([texting.sid]);
  await expect(participants()(chatting.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("under a service, participants name it, and are not found in another conversation or service", async () => {
  const conversation = await newConversation(seeded.chatService);
  const made = await conversation.participants.create({ identity: "alice" });
  expect(made.chatServiceSid).toBe(seeded.chatService);
  expect(made.url).toContain(`/v1/Services/${seeded.chatService}/Conversations/${made.conversationSid}/`);
  expect(await conversation.participants(made.sid).update({ attributes: "1" })).toMatchObject({
    chatServiceSid: seeded.chatService,
    attributes: "1",
  });
  expect((await conversation.participants("alice").fetch()).sid).toBe(made.sid);
  const other = await newConversation(seeded.chatService);
  await expect(other.participants(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  expect(await other.participants.list()).toEqual([]);
  await expect(v1().conversations(made.conversationSid).participants.list()).rejects.toMatchObject({
    status: 404,
  });
  await conversation.participants(made.sid).remove();
  expect(await conversation.participants.list()).toEqual([]);
});

test("who joins with an identity is a user of the service", async () => {
  const conversation = await newConversation();
  await conversation.participants.create({ identity: "alice" });
  const [user] = await v1().services(seeded.flexService).users.list();
  expect(user).toMatchObject({ identity: "alice", roleSid: await roleNamed("service user") });
  await (await newConversation()).participants.create({ identity: "alice" });
  expect(Object.keys(state().conversationsUsers)).toEqual([user?.sid]);
});

test("addresses of other channels carry their type", async () => {
  const { participants } = await newConversation();
  const types = [
    ["whatsapp:+15551230001", "whatsapp:+15017122661"],
    ["rcs:+15551230001", "rcs:brand_agent"],
    ["jane@example.com", "support@example.com"],
    ["+15551230001", "12345"],
  ].map(async ([address, proxyAddress]) => {
    const { messagingBinding } = await participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxyAddress,
    });
    return messagingBinding.type;
  });
  expect(await Promise.all(types)).toEqual(["whatsapp", "rcs", "email", "sms"]);
});

describe("a pair of address and proxy address", () => {
  const taken = { status: 409, code: 50416 };

  test("is in one open conversation at most, of any service", async () => {
    const first = await newConversation();
    const participant = await first.participants.create(sms);
    const second = await newConversation(seeded.chatService);
    for (const conversation of [first, second]) {
      await expect(conversation.participants.create(sms)).rejects.toMatchObject({
        ...taken,
        message: expect.stringContaining(participant.conversationSid),
      });
    }
    await first.update({ state: "inactive" });
    await expect(second.participants.create(sms)).rejects.toMatchObject(taken);
    await second.participants.create({ ...sms, "messagingBinding.proxyAddress": "+15558675310" });
    await first.update({ state: "closed" });
    await second.participants.create(sms);
  });

  test.each<[string, (conversation: Awaited<ReturnType<typeof newConversation>>) => Promise<boolean>]>([
    [
      "participant",
      async ({ participants }) => participants((await participants.list())[0]?.sid ?? "").remove(),
    ],
    ["conversation", (conversation) => conversation.remove()],
  ])("is free again when the %s is deleted", async (_, free) => {
    const first = await newConversation();
    await first.participants.create(sms);
    await free(first);
    expect(Object.keys(state().conversationParticipants)).toEqual([]);
    await (await newConversation()).participants.create(sms);
  });
});

test("addresses are added to and taken from a participant", async () => {
  const { participants } = await newConversation();
  const group = await participants.create({ "messagingBinding.address": customer });
  expect(group.messagingBinding).toEqual({ type: "sms", address: customer });
  const ofGroup = participants(group.sid);
  await expect(ofGroup.update({ "messagingBinding.proxyAddress": "null" })).rejects.toMatchObject({
    code: 50440,
  });
  const withProxy = await ofGroup.update({ "messagingBinding.proxyAddress": proxy });
  expect(withProxy.messagingBinding.proxy_address).toBe(proxy);
  await expect(ofGroup.update({ "messagingBinding.proxyAddress": proxy })).rejects.toMatchObject({
    status: 400,
    code: 50441,
  });
  await expect(ofGroup.update({ "messagingBinding.projectedAddress": proxy })).rejects.toMatchObject({
    code: 50443,
  });
  const without = await ofGroup.update({ "messagingBinding.proxyAddress": "null" });
  expect(without.messagingBinding).toEqual({ type: "sms", address: customer });

  const projected = await participants.create({ "messagingBinding.projectedAddress": proxy });
  const ofProjected = participants(projected.sid);
  const nobody = ofProjected.update({ "messagingBinding.projectedAddress": "null" });
  await expect(nobody).rejects.toMatchObject({ status: 400 });
  expect(await ofProjected.update({ identity: "alice" })).toMatchObject({
    identity: "alice",
    messagingBinding: { type: "sms", projected_address: proxy },
  });
  await expect(ofProjected.update({ identity: "bob" })).rejects.toMatchObject({ code: 50444 });
  const chatting = await ofProjected.update({ "messagingBinding.projectedAddress": "null" });
  expect(chatting).toMatchObject({ identity: "alice", messagingBinding: null });
  const again = await ofProjected.update({ "messagingBinding.projectedAddress": proxy });
  expect(again.messagingBinding).toEqual({ type: "sms", projected_address: proxy });
});

test("an added proxy address must be free", async () => {
  await (await newConversation()).participants.create(sms);
  const { participants } = await newConversation();
  const group = await participants.create({ "messagingBinding.address": customer });
  const update = participants(group.sid).update({ "messagingBinding.proxyAddress": proxy });
  await expect(update).rejects.toMatchObject({ status: 409, code: 50416 });
});

test("what a participant has read is set and cleared", async () => {
  const { sid } = await v1().conversations.create({});
  const { participants } = v1().conversations(sid);
  const alice = await participants.create({ identity: "alice" });
  const read = await participants(alice.sid).update({ lastReadMessageIndex: 3 });
  expect(read).toMatchObject({ lastReadMessageIndex: 3, lastReadTimestamp: expect.any(String) });
  const lastReadTimestamp = "2020-01-01T00:00:00Z";
  expect(await participants(alice.sid).update({ lastReadTimestamp })).toMatchObject({
    lastReadMessageIndex: 3,
    lastReadTimestamp,
  });
  const { body } = await ask(
    emulator.current,
    `/conversations.twilio.com/v1/Conversations/${sid}/Participants/${alice.sid}`,
    { body: "LastReadMessageIndex=" },
  );
  expect(body).toMatchObject({ last_read_message_index: null, last_read_timestamp: null });
  await expect(participants(alice.sid).update({ lastReadMessageIndex: -1 })).rejects.toMatchObject({
    status: 400,
  });
});

test.each([
  ["nobody", {}, 20001],
  ["a proxy address alone", { "messagingBinding.proxyAddress": proxy }, 20001],
  ["identity and address", { ...sms, identity: "alice" }, 20001],
  ["address and projected address", { ...sms, "messagingBinding.projectedAddress": proxy }, 50407],
  ["an address that is none", { ...sms, "messagingBinding.address": "5551230001" }, 50407],
  ["a proxy address that is none", { ...sms, "messagingBinding.proxyAddress": "Twilio" }, 50408],
  ["the same address twice", { ...sms, "messagingBinding.address": proxy }, 50409],
  ["an empty proxy address", { ...sms, "messagingBinding.proxyAddress": "" }, 50412],
  ["two channels", { ...sms, "messagingBinding.address": `whatsapp:${customer}` }, 50414],
  ["attributes that are no JSON", { identity: "alice", attributes: "{" }, 50304],
  ["too long an identity", { identity: "x".repeat(257) }, 20001],
  ["an unknown role", { identity: "alice", roleSid: unknown("RL") }, 50100],
])("refuses %s", async (_, params, code) => {
  const { participants } = await newConversation();
  await expect(participants.create(params)).rejects.toMatchObject({ status: 400, code });
  expect(state().conversationParticipants).toEqual({});
});

// As live programs of 2026 note it, for both kinds of address.
test("an invalid address is refused in production's words", async () => {
  const { participants } = await newConversation();
  const refusal = { status: 400, code: 50407, message: "Invalid messaging binding address" };
  const none = participants.create({ ...sms, "messagingBinding.address": "5551230001" });
  await expect(none).rejects.toMatchObject(refusal);
  const both = participants.create({ ...sms, "messagingBinding.projectedAddress": proxy });
  await expect(both).rejects.toMatchObject(refusal);
});

test("refuses who is there, roles of users, and all in a conversation that is closed", async () => {
  const conversation = await newConversation();
  const { participants } = conversation;
  await participants.create({ identity: "alice" });
  await participants.create({ "messagingBinding.address": customer });
  await expect(participants.create({ identity: "alice" })).rejects.toMatchObject({
    status: 409,
    code: 50433,
  });
  const group = participants.create({ "messagingBinding.address": customer });
  await expect(group).rejects.toMatchObject({ status: 409, code: 50437 });
  const roleSid = await roleNamed("service user");
  await expect(participants.create({ identity: "bob", roleSid })).rejects.toMatchObject({ code: 50105 });
  await expect(participants("alice").update({ roleSid })).rejects.toMatchObject({ code: 50105 });

  await conversation.update({ state: "closed" });
  const closed = { status: 400, code: 50377 };
  await expect(participants.create({ identity: "bob" })).rejects.toMatchObject(closed);
  await expect(participants("alice").update({ attributes: "1" })).rejects.toMatchObject(closed);
  expect(await participants("alice").remove()).toBe(true);
});

test("a conversation that is made without a request is like any other", async () => {
  const account = state();
  const maker = {
    account,
    now: "2024-01-01T00:00:00Z",
    sid: (prefix: string) => prefix + randomBytes(16).toString("hex"),
  };
  const made = conversationIn(maker, seeded.flexService);
  account.conversations[made.sid] = made;
  addParticipant(maker, made, newParticipant(maker, made, { address: customer, proxyAddress: proxy }));
  addMessage(maker, made, { author: customer, body: "Hello" });
  const webhook = newScopedWebhook(maker, made, "studio", { flow_sid: seeded.studioFlow });
  account.conversationWebhooks[webhook.sid] = webhook;

  const conversation = v1().conversations(made.sid);
  const [participant] = await conversation.participants.list();
  expect(participant?.messagingBinding).toEqual({ type: "sms", address: customer, proxy_address: proxy });
  expect(await conversation.messages.list()).toMatchObject([{ index: 0, participantSid: participant?.sid }]);
  expect((await conversation.messages.create({ body: "Welcome" })).index).toBe(1);
  expect(await conversation.webhooks.list()).toMatchObject([{ target: "studio" }]);

  expect(openConversationOf(account, customer, proxy)?.sid).toBe(made.sid);
  expect(openConversationOf(account, proxy, customer)).toBeUndefined();
  await conversation.update({ state: "closed" });
  expect(openConversationOf(account, customer, proxy)).toBeUndefined();
});
