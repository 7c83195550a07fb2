import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();
const pair = { address: "+15551230001", proxy_address: "+15017122661" };
const customer = JSON.stringify({ messaging_binding: pair });
const path = "/conversations.twilio.com/v1/ConversationWithParticipants";
const alice = JSON.stringify({ identity: "alice", attributes: '{"role":"agent"}' });

test("a conversation is made along with who is in it", async () => {
  const made = await v1().conversationWithParticipants.create({
    friendlyName: "Visit",
    participant: [customer, alice],
  });
  expect(made).toMatchObject({
    friendlyName: "Visit",
    state: "active",
    chatServiceSid: seeded.flexService,
    timers: {},
    bindings: {},
  });
  expect(Object.keys(made.links)).toEqual(["participants", "messages", "webhooks"]);
  expect(await v1().conversations(made.sid).participants.list()).toMatchObject([
    { identity: "alice", attributes: '{"role":"agent"}' },
    { messagingBinding: { type: "sms", ...pair } },
  ]);
});

test("a request with participants is accepted, one without makes a conversation", async () => {
  const { status } = await ask(emulator.current, path, { body: `Participant=${encodeURIComponent(alice)}` });
  expect(status).toBe(202);
  expect((await ask(emulator.current, path, { body: "FriendlyName=Visit" })).status).toBe(201);
});

test("in a service, too, and with nobody", async () => {
  const service = v1().services(seeded.chatService);
  const made = await service.conversationWithParticipants.create({ uniqueName: "visit" });
  expect(made.url).toContain(`/v1/Services/${seeded.chatService}/Conversations/${made.sid}`);
  expect(await service.conversations("visit").participants.list()).toEqual([]);
});

test.each([
  ["more than ten", Array.from({ length: 11 }, (_, n) => `{"identity":"${n}"}`), 400, 20001],
  ["a text that is no JSON", ["alice"], 400, 20001],
  ["a value that is no text", ['{"identity":1}'], 400, 20001],
  ["nobody in particular", ["{}"], 400, 20001],
  ["the same identity twice", [alice, alice], 409, 50433],
  ["the same pair twice", [alice, customer, customer], 409, 50416],
])("makes nothing where it refuses %s", async (_, participant, status, code) => {
  const create = v1().conversationWithParticipants.create({ participant });
  await expect(create).rejects.toMatchObject({ status, code });
  expect(state().conversations).toEqual({});
  expect(state().conversationParticipants).toEqual({});
  expect(state().conversationsUsers).toEqual({});
});

test("makes nothing where a pair is in another open conversation", async () => {
  const first = await v1().conversationWithParticipants.create({ participant: [customer] });
  const again = () => v1().conversationWithParticipants.create({ participant: [alice, customer] });
  await expect(again()).rejects.toMatchObject({ status: 409, code: 50425 });
  expect(Object.keys(state().conversations)).toEqual([first.sid]);
  await v1().conversations(first.sid).update({ state: "closed" });
  expect((await again()).state).toBe("active");
});
