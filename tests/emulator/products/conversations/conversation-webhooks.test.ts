import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const state = () => emulator.current.state.account();
const url = "https://example.com/hook";
const webhook = {
  target: "webhook" as const,
  "configuration.url": url,
  "configuration.filters": ["onMessageAdded"],
};

async function newConversation() {
  const { sid } = await v1().conversations.create({});
  return v1().conversations(sid);
}

// Triggers, and methods as they were sent: acceptance tests of RJPearson94/terraform-provider-twilio against live accounts.
test("webhooks of each target are made, listed, fetched, updated and deleted", async () => {
  const { webhooks } = await newConversation();
  const calling = await webhooks.create({ ...webhook, "configuration.replayAfter": 0 });
  expect(calling).toMatchObject({
    target: "webhook",
    configuration: { url, method: "post", filters: ["onMessageAdded"] },
  });
  const triggered = await webhooks.create({
    target: "trigger",
    "configuration.url": url,
    "configuration.method": "get",
    "configuration.triggers": ["help", "agent"],
  });
  expect(triggered.configuration).toEqual({ url, method: "get", triggers: ["help", "agent"] });
  const studio = await webhooks.create({ target: "studio", "configuration.flowSid": seeded.studioFlow });
  expect(studio.configuration).toEqual({ flow_sid: seeded.studioFlow });

  const listed = await webhooks.list({ pageSize: 2 });
  expect(listed.map(({ sid }) => sid)).toEqual([studio.sid, triggered.sid, calling.sid]);
  expect((await webhooks(studio.sid).fetch()).target).toBe("studio");

  const events = ["onParticipantAdded", "onMessageAdded"];
  const updated = await webhooks(calling.sid).update({ "configuration.filters": events });
  expect(updated.configuration).toEqual({ url, method: "post", filters: events });
  const keywords = await webhooks(triggered.sid).update({
    "configuration.triggers": ["stop"],
    "configuration.method": "post",
  });
  expect(keywords.configuration).toEqual({ url, method: "post", triggers: ["stop"] });

  await webhooks(calling.sid).remove();
  expect(Object.keys(state().conversationWebhooks)).toEqual([triggered.sid, studio.sid]);
  await expect(webhooks(calling.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("a method in capitals comes back as it was sent", async () => {
  const { sid } = await v1().conversations.create({});
  const { body } = await ask(emulator.current, `/conversations.twilio.com/v1/Conversations/${sid}/Webhooks`, {
    body: `Target=trigger&Configuration.Url=${encodeURIComponent(url)}&Configuration.Method=POST&Configuration.Triggers=help`,
  });
  expect(body).toMatchObject({ configuration: { url, method: "POST", triggers: ["help"] } });
});

test("under a service, webhooks name it", async () => {
  const { conversations } = v1().services(seeded.chatService);
  const { sid } = await conversations.create({});
  const { webhooks } = conversations(sid);
  const made = await webhooks.create(webhook);
  expect(made).toMatchObject({ chatServiceSid: seeded.chatService, conversationSid: sid });
  expect(made.url).toContain(`/v1/Services/${seeded.chatService}/Conversations/${sid}/Webhooks/`);
  expect((await webhooks(made.sid).fetch()).chatServiceSid).toBe(seeded.chatService);
  const moved = await webhooks(made.sid).update({ "configuration.url": `${url}/2` });
  expect(moved.configuration.url).toBe(`${url}/2`);
  expect(await webhooks.list()).toHaveLength(1);
  const other = await conversations.create({});
  await expect(conversations(other.sid).webhooks(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  await webhooks(made.sid).remove();
  expect(await webhooks.list()).toEqual([]);
});

test("a conversation has five at most, and none more once it is closed", async () => {
  const conversation = await newConversation();
  const { webhooks } = conversation;
  for (let count = 0; count < 5; count++) await webhooks.create(webhook);
  await expect(webhooks.create(webhook)).rejects.toMatchObject({ status: 400, code: 50361 });
  const [first] = await webhooks.list();
  const sid = first?.sid ?? "";
  await conversation.update({ state: "closed" });
  const closed = { status: 400, code: 50377 };
  await expect(webhooks.create(webhook)).rejects.toMatchObject(closed);
  await expect(webhooks(sid).update({ "configuration.url": url })).rejects.toMatchObject(closed);
});

test.each([
  ["no URL", { ...webhook, "configuration.url": undefined }, 50369],
  ["a URL that is none", { ...webhook, "configuration.url": "example.com" }, 50054],
  ["too long a URL", { ...webhook, "configuration.url": `${url}/${"x".repeat(512)}` }, 50372],
  ["no events", { ...webhook, "configuration.filters": undefined }, 50370],
  ["an unknown event", { ...webhook, "configuration.filters": ["onMessageAdd"] }, 50365],
  ["no keywords", { target: "trigger" as const, "configuration.url": url }, 50366],
  [
    "too long a keyword",
    { target: "trigger" as const, "configuration.url": url, "configuration.triggers": ["x".repeat(249)] },
    50366,
  ],
  ["no flow", { target: "studio" as const }, 50367],
  ["an unknown flow", { target: "studio" as const, "configuration.flowSid": `FW${"0".repeat(32)}` }, 50367],
])("refuses %s", async (_, params, code) => {
  const { webhooks } = await newConversation();
  await expect(webhooks.create(params)).rejects.toMatchObject({ status: 400, code });
  expect(state().conversationWebhooks).toEqual({});
});
