import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).chat.v2.services;
const state = () => emulator.current.state.account();

test("a service lives through create, list, fetch, update and delete", async () => {
  const made = await services().create({ friendlyName: "Support" });
  expect(made).toMatchObject({
    typingIndicatorTimeout: 5,
    consumptionReportInterval: 10,
    readStatusEnabled: true,
    reachabilityEnabled: false,
    limits: { channel_members: 100, user_channels: 250 },
    webhookFilters: null,
    preWebhookUrl: null,
  });
  // Recorded by a public client: github.com/RJPearson94/twilio-sdk-go, service/chat/tests/unit/testdata/serviceResponse.json.
  expect(made).toMatchObject({
    webhookMethod: null,
    media: { size_limit_mb: 150, compatibility_message: "Media messages are not supported by your client" },
  });
  const listed = (await services().list()).map(({ sid }) => sid);
  expect(listed).toEqual([made.sid, seeded.flexService, seeded.chatService]);

  const changed = await services()(made.sid).update({
    postWebhookUrl: "https://example.com/chat",
    webhookFilters: ["onMessageSent", "onChannelAdded"],
    "limits.channelMembers": 50,
    "notifications.newMessage.enabled": true,
    "notifications.newMessage.template": "New",
  });
  expect(changed).toMatchObject({
    webhookFilters: ["onMessageSent", "onChannelAdded"],
    limits: { channel_members: 50, user_channels: 250 },
    notifications: { new_message: { enabled: true, template: "New" }, added_to_channel: { enabled: false } },
  });
  const cleared = await services()(made.sid).update({ postWebhookUrl: "", webhookFilters: [""] });
  expect(cleared).toMatchObject({ postWebhookUrl: null, webhookFilters: null });
  expect((await services()(made.sid).fetch()).friendlyName).toBe("Support");

  await services()(made.sid).remove();
  await expect(services()(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  expect(Object.values(state().chatRoles).some(({ service_sid }) => service_sid === made.sid)).toBe(false);
});

test.each([
  ["too many retries", { preWebhookRetryCount: 4 }, 20001],
  ["no name", { friendlyName: "" }, 20001],
  ["an unknown role", { defaultServiceRoleSid: `RL${"0".repeat(32)}` }, 50100],
])("refuses %s", async (_, params, code) => {
  await expect(services()(seeded.chatService).update(params)).rejects.toMatchObject({ status: 400, code });
});

test("a service holds channels, which go with it", async () => {
  const { channels } = services()(seeded.chatService);
  const made = await channels.create({ uniqueName: "one", type: "private", attributes: '{"a":1}' });
  await channels.create({ friendlyName: "two" });
  await expect(channels.create({ uniqueName: "one" })).rejects.toMatchObject({ code: 50307 });
  await expect(channels.create({ attributes: "{" })).rejects.toMatchObject({ status: 400 });

  expect(await channels.list()).toHaveLength(2);
  expect((await channels.list({ type: ["private"] })).map(({ sid }) => sid)).toEqual([made.sid]);
  expect((await channels("one").fetch()).sid).toBe(made.sid);
  expect(await services()(seeded.flexService).channels.list()).toEqual([]);
  await channels(made.sid).remove();
  expect(Object.keys(state().chatChannels)).toHaveLength(1);

  await services()(seeded.chatService).remove();
  expect(state().chatChannels).toEqual({});
  await expect(channels.list()).rejects.toMatchObject({ status: 403, code: 50050 });
});

// The maxima of version 2.6.7 of Twilio's documents.
test.each([
  ["Services", 100],
  [`Services/${seeded.chatService}/Channels`, 100],
  [`Services/${seeded.chatService}/Bindings`, 50],
])("chat pages hold at most so many, however many are asked for: %s", async (path, maximum) => {
  const { body } = await ask(emulator.current, `/chat.twilio.com/v2/${path}?PageSize=${maximum + 1}`);
  expect(body).toMatchObject({ meta: { page_size: maximum } });
});
