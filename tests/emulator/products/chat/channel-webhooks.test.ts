import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const channels = () => clientOf(emulator.current).chat.v2.services(seeded.chatService).channels;
const state = () => emulator.current.state.account();
const webhooksOf = async () => channels()((await channels().create({})).sid).webhooks;
const plain = { type: "webhook" as const, "configuration.url": "https://example.com/chat" };

test("a webhook lives through create, list, fetch, update and delete", async () => {
  const webhooks = await webhooksOf();
  const made = await webhooks.create({ ...plain, "configuration.filters": ["onMessageSent"] });
  expect(made).toMatchObject({
    type: "webhook",
    configuration: {
      url: "https://example.com/chat",
      method: "POST",
      filters: ["onMessageSent"],
      retry_count: 0,
    },
  });
  const other = await webhooks.create(plain);
  expect((await webhooks.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([other.sid, made.sid]);
  const changed = await webhooks(made.sid).update({
    "configuration.method": "GET",
    "configuration.retryCount": 3,
  });
  expect(changed.configuration).toEqual({
    url: "https://example.com/chat",
    method: "GET",
    filters: ["onMessageSent"],
    retry_count: 3,
  });
  expect((await webhooks(made.sid).fetch()).configuration).toEqual(changed.configuration);
  await webhooks(made.sid).remove();
  await expect(webhooks(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect((await webhooksOf())(other.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test("each type has keys of its own", async () => {
  const webhooks = await webhooksOf();
  const trigger = await webhooks.create({
    ...plain,
    type: "trigger",
    "configuration.triggers": ["help", "agent"],
    "configuration.filters": ["onMessageSent"],
  });
  // As read back by github.com/RJPearson94/terraform-provider-twilio,
  // twilio/internal/services/chat/tests/resource_chat_channel_trigger_webhook_test.go.
  expect(trigger.configuration).toEqual({
    url: "https://example.com/chat",
    method: "POST",
    triggers: ["help", "agent"],
    retry_count: 0,
  });
  const studio = await webhooks.create({
    type: "studio",
    "configuration.flowSid": seeded.studioFlow,
    "configuration.url": "https://example.com/chat",
  });
  expect(studio.configuration).toEqual({ flow_sid: seeded.studioFlow, filters: [], retry_count: 0 });
  await clientOf(emulator.current).studio.v2.flows(seeded.studioFlow).remove();
  const changed = await webhooks(studio.sid).update({ "configuration.retryCount": 2 });
  expect(changed.configuration).toEqual({ flow_sid: seeded.studioFlow, filters: [], retry_count: 2 });
});

test.each([
  ["a webhook without a URL", { type: "webhook" as const }, 20001],
  ["a URL that is none", { ...plain, "configuration.url": "example" }, 20001],
  ["too many retries", { ...plain, "configuration.retryCount": 4 }, 20001],
  ["a Studio webhook without a flow", { type: "studio" as const }, 20001],
  [
    "six triggers",
    { ...plain, type: "trigger" as const, "configuration.triggers": ["1", "2", "3", "4", "5", "6"] },
    50322,
  ],
])("refuses %s", async (_, params, code) => {
  await expect((await webhooksOf()).create(params)).rejects.toMatchObject({ status: 400, code });
  expect(state().chatChannelWebhooks).toEqual({});
});

// resource_chat_channel_studio_webhook_test.go of the same provider names a flow that does not exist.
test("a Studio webhook may name a flow that is not there", async () => {
  const flowSid = `FW${"a".repeat(32)}`;
  const made = await (await webhooksOf()).create({ type: "studio", "configuration.flowSid": flowSid });
  expect(made.configuration).toMatchObject({ flow_sid: flowSid });
});

test("a channel has five at most", async () => {
  const webhooks = await webhooksOf();
  for (let count = 0; count < 5; count++) await webhooks.create(plain);
  await expect(webhooks.create(plain)).rejects.toMatchObject({ status: 400, code: 50321 });
  await (await webhooksOf()).create(plain);
});
