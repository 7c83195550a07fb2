import { seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const client = () => clientOf(emulator.current);
const conversations = () => client().conversations.v1;
const state = () => emulator.current.state.account();
const unknown = (prefix: string) => `${prefix}${"0".repeat(32)}`;

describe("services", () => {
  test("one service is there under both APIs, and goes under both", async () => {
    const made = await conversations().services.create({ friendlyName: "Support" });
    const chat = await client().chat.v2.services.create({ friendlyName: "Older" });
    expect((await client().chat.v2.services(made.sid).fetch()).friendlyName).toBe("Support");
    expect((await conversations().services.list()).map(({ sid }) => sid)).toEqual([
      chat.sid,
      made.sid,
      seeded.flexService,
      seeded.chatService,
    ]);
    await client().chat.v2.services(made.sid).update({ friendlyName: "Sales" });
    expect((await conversations().services(made.sid).fetch()).friendlyName).toBe("Sales");

    await conversations().services(chat.sid).remove();
    await client().chat.v2.services(made.sid).remove();
    expect(Object.keys(state().chatServices)).toEqual([seeded.chatService, seeded.flexService]);
    await expect(conversations().services(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    ["no name", "", 20001],
    ["too long a name", "x".repeat(257), 50003],
  ])("refuses %s", async (_, friendlyName, code) => {
    await expect(conversations().services.create({ friendlyName })).rejects.toMatchObject({
      status: 400,
      code,
    });
  });

  test("pages hold at most 100, however many are asked for", async () => {
    const { body } = await ask(emulator.current, "/conversations.twilio.com/v1/Services?PageSize=101");
    expect(body).toMatchObject({ meta: { page_size: 100 } });
  });

  test("everything that a service holds goes with it", async () => {
    const { sid } = await conversations().services.create({ friendlyName: "Support" });
    await conversations().services(sid).conversations.create({});
    await client().chat.v2.services(sid).channels.create({});
    await conversations()
      .services(sid)
      .configuration.webhooks()
      .update({ postWebhookUrl: "https://a.example" });
    const kept = await conversations().services(seeded.flexService).conversations.create({});

    await conversations().services(sid).remove();
    expect(Object.keys(state().conversations)).toEqual([kept.sid]);
    expect(Object.keys(state().chatChannels)).toEqual([]);
    expect(Object.keys(state().conversationsServiceWebhooks)).toEqual([]);
    expect(Object.values(state().chatRoles).filter(({ service_sid }) => service_sid === sid)).toEqual([]);
  });
});

describe("a service's configuration", () => {
  const flex = () => conversations().services(seeded.flexService);

  test("is the chat service's own", async () => {
    const configuration = await flex().configuration().fetch();
    const roles = await flex().roles.list();
    expect(
      Object.fromEntries(roles.map(({ friendlyName, type, sid }) => [friendlyName, { type, sid }])),
    ).toEqual({
      "service user": { type: "service", sid: configuration.defaultChatServiceRoleSid },
      "channel user": { type: "conversation", sid: configuration.defaultConversationRoleSid },
      "channel admin": { type: "conversation", sid: configuration.defaultConversationCreatorRoleSid },
    });
    await flex().configuration().update({
      reachabilityEnabled: true,
      defaultConversationCreatorRoleSid: configuration.defaultConversationRoleSid,
    });
    expect(await client().chat.v2.services(seeded.flexService).fetch()).toMatchObject({
      reachabilityEnabled: true,
      defaultChannelCreatorRoleSid: configuration.defaultConversationRoleSid,
      defaultServiceRoleSid: configuration.defaultChatServiceRoleSid,
    });
  });

  test("refuses an unknown role, and an unknown service has none", async () => {
    const update = flex()
      .configuration()
      .update({ defaultChatServiceRoleSid: unknown("RL") });
    await expect(update).rejects.toMatchObject({ status: 400, code: 50100 });
    const missing = conversations().services(unknown("IS"));
    await expect(missing.configuration().fetch()).rejects.toMatchObject({ status: 404 });
    await expect(missing.configuration.webhooks().fetch()).rejects.toMatchObject({ status: 404 });
    await expect(missing.roles.list()).rejects.toMatchObject({ status: 404 });
    await expect(missing.conversations.list()).rejects.toMatchObject({ status: 404 });
  });

  test("roles are read one by one, each in its own service", async () => {
    const [role] = await flex().roles.list({ limit: 1 });
    const sid = role?.sid ?? "";
    expect(await flex().roles(sid).fetch()).toMatchObject({ permissions: role?.permissions });
    expect((await conversations().roles(sid).fetch()).chatServiceSid).toBe(seeded.flexService);
    const elsewhere = conversations().services(seeded.chatService).roles(sid).fetch();
    await expect(elsewhere).rejects.toMatchObject({ status: 404 });
  });
});

interface Webhooks {
  fetch: () => Promise<object>;
  update: (params: { method?: string; filters?: string[]; preWebhookUrl?: string }) => Promise<object>;
}

const noUrls = { preWebhookUrl: null, postWebhookUrl: null };

describe.each<[string, () => Webhooks, object]>([
  [
    "a service",
    () => conversations().services(seeded.flexService).configuration.webhooks(),
    { ...noUrls, method: null, filters: null },
  ],
  // Recorded: RJPearson94/twilio-sdk-go configurationWebhookResponse.json.
  ["the account", () => conversations().configuration.webhooks(), { ...noUrls, method: "POST", filters: [] }],
])("webhooks of %s", (_, webhooks, unset) => {
  test("are there from the start, are set and are cleared", async () => {
    expect(await webhooks().fetch()).toMatchObject(unset);
    const set = {
      method: "GET",
      filters: ["onMessageAdd", "onConversationAdded"],
      preWebhookUrl: "https://example.com/pre",
      postWebhookUrl: "https://example.com/post",
    };
    expect(await webhooks().update({ ...set, method: "get" })).toMatchObject(set);
    expect(await webhooks().update({ method: "POST" })).toMatchObject({ ...set, method: "POST" });
    expect(await webhooks().fetch()).toMatchObject({ ...set, method: "POST" });
    const clearing = { method: "", filters: [""], preWebhookUrl: "", postWebhookUrl: "" };
    expect(await webhooks().update(clearing)).toMatchObject(unset);
  });

  test.each([
    ["a method", { method: "PUT" }, 50055],
    ["a URL", { preWebhookUrl: "example.com" }, 50054],
    ["an event", { filters: ["onMessageSend"] }, 20001],
  ])("refuse %s that is none", async (__, params, code) => {
    await expect(webhooks().update(params)).rejects.toMatchObject({ status: 400, code });
  });
});

// The path by which RJPearson94/twilio-sdk-go reads and updates them.
test("the account's webhooks have a second path", async () => {
  const path = "/conversations.twilio.com/v1/Conversations/Webhooks";
  const set = await ask(emulator.current, path, { body: "Method=GET&Filters=onMessageAdded" });
  expect(set.body).toMatchObject({ method: "GET", filters: ["onMessageAdded"], target: "webhook" });
  expect((await ask(emulator.current, path)).body).toEqual(set.body);
  expect(await conversations().configuration.webhooks().fetch()).toMatchObject({ method: "GET" });
  expect(await conversations().conversations.list()).toEqual([]);
});

test("only the account's webhooks know a target and events of users", async () => {
  const webhooks = conversations().configuration.webhooks();
  expect((await webhooks.fetch()).target).toBe("webhook");
  expect(await webhooks.update({ target: "flex", filters: ["onUserAdded"] })).toMatchObject({
    target: "flex",
    filters: ["onUserAdded"],
  });
  const ofService = conversations().services(seeded.flexService).configuration.webhooks();
  await expect(ofService.update({ filters: ["onUserAdded"] })).rejects.toMatchObject({ status: 400 });
  expect(state().chatServices[seeded.flexService]).toMatchObject({ webhook_filters: null });
});

describe("the account's configuration", () => {
  const configuration = () => conversations().configuration();

  test("is there from the start, is set and is cleared", async () => {
    expect(await configuration().fetch()).toMatchObject({
      defaultChatServiceSid: seeded.flexService,
      defaultMessagingServiceSid: seeded.messagingService,
      defaultInactiveTimer: null,
      defaultClosedTimer: null,
    });
    const service = await client().messaging.v1.services.create({ friendlyName: "Other" });
    const set = {
      defaultChatServiceSid: seeded.chatService,
      defaultMessagingServiceSid: service.sid,
      defaultInactiveTimer: "PT1M",
      defaultClosedTimer: "P1DT12H",
    };
    const updated = await configuration().update(set);
    expect(updated).toMatchObject(set);
    expect(updated.links.service).toContain(seeded.chatService);
    expect((await conversations().conversations.create({})).messagingServiceSid).toBe(service.sid);
    const clearing = { defaultMessagingServiceSid: "", defaultInactiveTimer: "", defaultClosedTimer: "" };
    expect(await configuration().update(clearing)).toMatchObject({
      defaultChatServiceSid: seeded.chatService,
      defaultMessagingServiceSid: null,
      defaultInactiveTimer: null,
      defaultClosedTimer: null,
    });
  });

  test.each([
    ["an unknown service", { defaultChatServiceSid: unknown("IS") }, 50050],
    ["no service", { defaultChatServiceSid: "" }, 20001],
    ["an unknown messaging service", { defaultMessagingServiceSid: unknown("MG") }, 20001],
    ["a timer that is none", { defaultInactiveTimer: "1 minute" }, 20001],
    ["an empty timer", { defaultInactiveTimer: "PT" }, 20001],
    ["too short an inactive timer", { defaultInactiveTimer: "PT59S" }, 20001],
    ["too short a closed timer", { defaultClosedTimer: "PT9M59S" }, 20001],
  ])("refuses %s", async (_, params, code) => {
    await expect(configuration().update(params)).rejects.toMatchObject({ status: 400, code });
    expect(await configuration().fetch()).toMatchObject({ defaultChatServiceSid: seeded.flexService });
  });

  test("an account without a default service gets one when it is needed", async () => {
    await conversations().services(seeded.flexService).remove();
    const { defaultChatServiceSid } = await configuration().fetch();
    expect(Object.keys(state().chatServices)).toEqual([seeded.chatService, defaultChatServiceSid]);
    const conversation = await conversations().conversations.create({});
    expect(conversation.chatServiceSid).toBe(defaultChatServiceSid);

    const sub = `AC${"2".repeat(32)}`;
    emulator.current.state.plant({ accounts: { [sub]: { auth_token: "sub" } } });
    const [role] = await clientOf(emulator.current, sub, "sub").conversations.v1.roles.list();
    expect(Object.keys(emulator.current.state.account(sub).chatServices)).toEqual([role?.chatServiceSid]);
  });
});

describe("conversations", () => {
  const flex = () => conversations().services(seeded.flexService).conversations;

  test("are made, listed, fetched and deleted, in a service or in the default one", async () => {
    const made = await flex().create({
      friendlyName: "Visit",
      uniqueName: "visit",
      attributes: '{"topic":"feedback"}',
      dateCreated: new Date("2020-01-01T00:00:00Z"),
    });
    expect(made).toMatchObject({ state: "active", timers: {}, bindings: {} });
    const closed = await conversations().conversations.create({});
    expect(closed).toMatchObject({ chatServiceSid: seeded.flexService, attributes: "{}", uniqueName: null });
    await conversations().conversations(closed.sid).update({ state: "closed" });

    const sids = (found: { sid: string }[]) => found.map(({ sid }) => sid);
    expect(sids(await conversations().conversations.list())).toEqual([closed.sid, made.sid]);
    expect(sids(await flex().list({ state: "closed" }))).toEqual([closed.sid]);
    expect(sids(await flex().list({ endDate: "2020-12-31T23:59:59Z" }))).toEqual([made.sid]);
    expect(sids(await flex().list({ startDate: "2020-12-31T00:00:00Z" }))).toEqual([closed.sid]);
    expect(await conversations().services(seeded.chatService).conversations.list()).toEqual([]);

    expect((await conversations().conversations("visit").fetch()).sid).toBe(made.sid);
    await flex()("visit").remove();
    await expect(flex()(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
    await conversations().conversations(closed.sid).remove();
    expect(Object.keys(state().conversations)).toEqual([]);
  });

  test("refuse a taken name, attributes that are no JSON and what is too long", async () => {
    await flex().create({ uniqueName: "visit" });
    await expect(flex().create({ uniqueName: "visit" })).rejects.toMatchObject({ status: 409, code: 50353 });
    // As craigpaul/twiligo has it in its tests of conversations.
    await expect(flex().create({ attributes: "{" })).rejects.toMatchObject({
      status: 400,
      code: 50304,
      message: "Attributes not valid JSON",
    });
    await expect(flex().create({ friendlyName: "x".repeat(257) })).rejects.toMatchObject({ status: 400 });
    await expect(flex().create({ messagingServiceSid: unknown("MG") })).rejects.toMatchObject({
      status: 400,
    });
    await expect(flex().list({ startDate: "yesterday" })).rejects.toMatchObject({ status: 400 });
    await expect(flex().create({ state: "closed" })).rejects.toMatchObject({ status: 400, code: 50384 });
    await expect(
      conversations().services(seeded.chatService).conversations.create({ uniqueName: "visit" }),
    ).resolves.toMatchObject({ uniqueName: "visit" });
  });
});

describe("a conversation", () => {
  test("is updated until it is closed", async () => {
    const { sid } = await conversations().conversations.create({ uniqueName: "first" });
    await conversations().conversations.create({ uniqueName: "second" });
    const visit = conversations().conversations("first");
    const set = {
      friendlyName: "Visit",
      attributes: '{"topic":"feedback"}',
      messagingServiceSid: seeded.messagingService,
      state: "inactive" as const,
      dateUpdated: new Date("2030-01-01T00:00:00Z"),
    };
    expect(await visit.update(set)).toMatchObject({ ...set, sid, uniqueName: "first" });
    expect(await visit.update({ state: "active" })).toMatchObject({ friendlyName: "Visit", state: "active" });
    await expect(visit.update({ uniqueName: "second" })).rejects.toMatchObject({ status: 409, code: 50353 });
    expect((await visit.update({ uniqueName: "first" })).uniqueName).toBe("first");

    const inService = conversations().services(seeded.flexService).conversations(sid);
    expect(await inService.update({ uniqueName: "", friendlyName: "", attributes: "" })).toMatchObject({
      uniqueName: null,
      friendlyName: null,
      attributes: "{}",
    });
    await inService.update({ state: "closed" });
    await expect(inService.update({ state: "active" })).rejects.toMatchObject({ status: 400, code: 50377 });
    expect((await inService.fetch()).state).toBe("closed");
  });

  test("takes along all that is in it", async () => {
    const fill = async (identity: string) => {
      const { sid } = await conversations().conversations.create({});
      const conversation = conversations().conversations(sid);
      await conversation.participants.create({ identity });
      await conversation.messages.create({ body: "Hello" });
      await conversation.webhooks.create({
        target: "studio",
        "configuration.flowSid": seeded.studioFlow,
      });
      return conversation;
    };
    const gone = await fill("alice");
    await fill("bob");
    await gone.remove();
    const { conversationParticipants, conversationMessages, conversationWebhooks } = state();
    for (const left of [conversationParticipants, conversationMessages, conversationWebhooks]) {
      expect(Object.keys(left)).toHaveLength(1);
    }
    await conversations().services(seeded.flexService).remove();
    const { conversationParticipants: none, conversationMessages: silent, conversationsUsers } = state();
    expect([none, silent, conversationsUsers]).toEqual([{}, {}, {}]);
  });
});

describe("profiles", () => {
  test("conversations: two addresses lead to a flow for conversations, and Proxy is closed", async () => {
    const newer = await startEmulator({ profile: "conversations" });
    try {
      const { conversations: api, studio, proxy, flexApi } = clientOf(newer);
      const addresses = await api.v1.addressConfigurations.list();
      expect(addresses.map(({ sid }) => sid)).toEqual([seeded.whatsAppAddress, seeded.smsAddress]);
      for (const { autoCreation } of addresses) {
        expect(autoCreation).toMatchObject({ enabled: true, studio_flow_sid: seeded.conversationFlow });
      }
      const [flow] = await studio.v2.flows.list();
      expect(flow?.sid).toBe(seeded.conversationFlow);
      const { definition } = await studio.v2.flows(seeded.conversationFlow).fetch();
      expect(definition.states[0].transitions).toContainEqual({
        event: "incomingConversationMessage",
        next: "SendMessageToAgent",
      });
      const { flexServiceInstanceSid } = await flexApi.v1.configuration().fetch();
      expect((await api.v1.configuration().fetch()).defaultChatServiceSid).toBe(flexServiceInstanceSid);
      expect(newer.state.account().phoneNumbers[seeded.smsNumber]).toMatchObject({
        phone_number: "+15017122661",
        sms_url: "",
      });
      const { sender_id, webhook } = newer.state.account().channelsSenders[seeded.whatsAppSender] ?? {};
      expect({ sender_id, url: webhook?.callback_url }).toEqual({
        sender_id: addresses[0]?.address,
        url: null,
      });
      expect(await proxy.v1.services.list()).toEqual([]);
      expect(await flexApi.v1.flexFlow.list()).toEqual([]);
      await expect(proxy.v1.services.create({ uniqueName: "x" })).rejects.toMatchObject({ code: 80506 });
    } finally {
      await newer.close();
    }
  });

  test("bare: no Flex, but a default service", async () => {
    const bare = await startEmulator({ profile: "bare" });
    try {
      const { v1 } = clientOf(bare).conversations;
      const { defaultChatServiceSid } = await v1.configuration().fetch();
      expect((await v1.services.list()).map(({ sid }) => sid)).toEqual([defaultChatServiceSid]);
      expect(defaultChatServiceSid).toBe(seeded.conversationsService);
    } finally {
      await bare.close();
    }
  });
});
