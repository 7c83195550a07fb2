import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import {
  type Account,
  type Emulator,
  type EmulatorOptions,
  seeded,
  startEmulator,
} from "../../../emulator/index";
import type { Problem, Way } from "../../../provider/routing";
import { clientOf, control } from "../support";

interface Answer {
  status: number;
  body: { message: string; from: string; ways: Way[]; problems: Problem[] };
}

let emulator: Emulator | undefined;
afterEach(async () => {
  expect(emulator?.requests.filter(({ status }) => status === 500)).toEqual([]);
  await emulator?.close();
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  emulator = await startEmulator(options);
  return emulator;
}

const customer = "+15550001111";
const number = "+15017122661";
const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;

async function send(to: Emulator, message: Record<string, unknown>): Promise<Answer["body"]> {
  const answer = await post(to, { channel: "sms", from: customer, to: number, body: "Hello", ...message });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

async function post(to: Emulator, message: unknown): Promise<Answer> {
  const { status, text } = await control(to, "POST", "inbound", message);
  return { status, body: JSON.parse(text) };
}

const kinds = ({ ways }: Answer["body"]) =>
  ways.map(({ hops, reaches }) => [...hops.map(({ kind }) => kind), reaches]);
const sidAt = ({ ways }: Answer["body"], kind: string) =>
  ways.flatMap(({ hops }) => hops).find((hop) => hop.kind === kind)?.sid ?? "";

/** The legacy path of the first number: handler, Proxy service, Flex Flow. */
async function legacyPath(running: Emulator, integration: Record<string, string> = {}) {
  const twilio = clientOf(running);
  await twilio.incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: proxyUrl });
  await twilio.proxy.v1.services(seeded.proxyService).phoneNumbers.create({ sid: seeded.smsNumber });
  return twilio.flexApi.v1.flexFlow.create({
    friendlyName: "SMS",
    chatServiceSid: seeded.chatService,
    channelType: "sms",
    contactIdentity: number,
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": seeded.studioFlow,
    ...integration,
  });
}

describe("by an address of Conversations", () => {
  test("the first message makes a conversation, the second goes on in it", async () => {
    const running = await start({ profile: "conversations" });
    const twilio = clientOf(running);
    const first = await send(running, { body: "Hello" });
    expect(kinds(first)).toEqual([
      ["phoneNumber", "address", "conversation", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
    const conversation = twilio.conversations.v1
      .services(seeded.flexService)
      .conversations(sidAt(first, "conversation"));
    const second = await send(running, { body: "Anybody there?" });
    expect(kinds(second)).toEqual([
      ["phoneNumber", "conversation", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
    expect(sidAt(second, "conversation")).toBe(sidAt(first, "conversation"));

    expect((await conversation.messages.list()).map(({ author, body }) => [author, body])).toEqual([
      [customer, "Hello"],
      [customer, "Anybody there?"],
    ]);
    expect(await conversation.participants.list()).toMatchObject([
      { messagingBinding: { type: "sms", address: customer, proxy_address: number } },
    ]);
    expect(await conversation.webhooks.list()).toMatchObject([
      { target: "studio", configuration: { flow_sid: seeded.conversationFlow } },
    ]);
    // The second message goes on in the flow that the first one started.
    expect(await twilio.studio.v2.flows(seeded.conversationFlow).executions.list()).toMatchObject([
      { status: "active", contactChannelAddress: customer },
    ]);
  });

  test("a message after the conversation was closed makes another", async () => {
    const running = await start({ profile: "conversations" });
    const first = sidAt(await send(running, {}), "conversation");
    await clientOf(running)
      .conversations.v1.services(seeded.flexService)
      .conversations(first)
      .update({ state: "closed" });
    expect(sidAt(await send(running, {}), "conversation")).not.toBe(first);
  });

  // Three programs that ran live: a WhatsApp sender's webhook is not called where an address makes conversations.
  test("a WhatsApp sender's own webhook is not called beside it", async () => {
    const running = await start({ profile: "conversations" });
    const sender = running.state.account().channelsSenders[seeded.whatsAppSender];
    if (sender) sender.webhook.callback_url = "https://bot.example.com/in";
    for (const _ of ["first", "second"]) {
      const { ways } = await send(running, { channel: "whatsapp" });
      expect(ways.map(({ by }) => by)).toEqual(["conversations"]);
    }
  });

  test("WhatsApp, with the channel's name and without", async () => {
    const running = await start({ profile: "conversations" });
    const first = await send(running, { channel: "whatsapp", to: number });
    const second = await send(running, {
      channel: "WhatsApp",
      to: `whatsapp:${number}`,
      from: `whatsapp:${customer}`,
    });
    expect(first.from).toBe(`whatsapp:${customer}`);
    expect(sidAt(second, "conversation")).toBe(sidAt(first, "conversation"));
  });

  test.each([
    ["both", ["conversations", "handler"]],
    ["addressOnly", ["conversations"]],
  ] as const)("beside a live handler: %s", async (handlerWithAddress, expected) => {
    const running = await start({ profile: "conversations", handlerWithAddress });
    running.state.account().phoneNumbers[seeded.smsNumber] = {
      ...numberIn(running.state.account()),
      sms_url: "https://bot.example.com/in",
    };
    const { ways, problems } = await send(running, {});
    expect(ways.map(({ by }) => by)).toEqual(expected);
    expect(problems.map(({ code }) => code)).toEqual(expected.length === 2 ? ["two-handlers"] : []);
  });

  test("a broken way leaves nothing beyond the fault", async () => {
    const running = await start({ profile: "conversations" });
    const { conversationsConfiguration, addressConfigurations } = running.state.account();
    for (const address of Object.values(addressConfigurations))
      address.auto_creation.conversation_service_sid = null;
    conversationsConfiguration.default_chat_service_sid = `IS${"0".repeat(32)}`;
    const { ways } = await send(running, {});
    expect(ways).toMatchObject([
      { reaches: "nobody", hops: [{}, {}, { problem: { code: "missing-object" } }] },
    ]);
    expect(running.state.account().conversations).toEqual({});
  });
});

describe("by a Proxy service and a Flex Flow", () => {
  test("the first message makes a chat and a session, the second goes on in them", async () => {
    const running = await start();
    const twilio = clientOf(running);
    await legacyPath(running);
    const first = await send(running, { body: "Hello" });
    expect(kinds(first)).toEqual([
      [
        "phoneNumber",
        "proxyService",
        "flexFlow",
        "chatChannel",
        "studioFlow",
        "taskRouterWorkflow",
        "agents",
      ],
    ]);
    const second = await send(running, { body: "Anybody there?" });
    expect(kinds(second)).toEqual([["phoneNumber", "proxyService", "proxySession", "conversation"]]);

    const channel = twilio.chat.v2.services(seeded.chatService).channels(sidAt(first, "chatChannel"));
    expect((await channel.messages.list()).map(({ from, body }) => [from, body])).toEqual([
      [customer, "Hello"],
      [customer, "Anybody there?"],
    ]);
    expect(JSON.parse((await channel.fetch()).attributes)).toMatchObject({
      from: customer,
      channel_type: "sms",
    });
    const session = twilio.proxy.v1.services(seeded.proxyService).sessions(sidAt(second, "proxySession"));
    expect(await session.fetch()).toMatchObject({
      status: "in-progress",
      uniqueName: sidAt(first, "chatChannel"),
    });
    expect(await session.interactions.list()).toHaveLength(2);
    expect(
      (await twilio.proxy.v1.services(seeded.proxyService).phoneNumbers(seeded.smsNumber).fetch()).inUse,
    ).toBe(1);
  });

  test("a Flex Flow that makes tasks makes one for a new chat", async () => {
    const running = await start();
    await legacyPath(running, {
      integrationType: "task",
      "integration.workspaceSid": seeded.workspace,
      "integration.workflowSid": seeded.workflow,
      "integration.channel": "chat",
    });
    expect((await send(running, {})).ways).toMatchObject([{ reaches: "agents" }]);
    await send(running, {});
    const tasks = await clientOf(running).taskrouter.v1.workspaces(seeded.workspace).tasks.list();
    expect(tasks).toMatchObject([{ workflowSid: seeded.workflow, taskChannelUniqueName: "chat" }]);
    expect(JSON.parse(tasks[0]?.attributes ?? "")).toMatchObject({ from: customer, channelType: "sms" });
  });

  test("another customer gets a chat of their own", async () => {
    const running = await start();
    await legacyPath(running);
    const chats = [await send(running, {}), await send(running, { from: "+15550002222" })];
    expect(new Set(chats.map((answer) => sidAt(answer, "chatChannel"))).size).toBe(2);
  });

  test("a webchat names its Flex Flow", async () => {
    const running = await start();
    const flow = await clientOf(running).flexApi.v1.flexFlow.create({
      friendlyName: "Web",
      chatServiceSid: seeded.chatService,
      channelType: "web",
      enabled: true,
      integrationType: "studio",
      "integration.flowSid": seeded.studioFlow,
    });
    const answer = await send(running, { channel: "web", from: "visitor", to: flow.sid });
    expect(kinds(answer)).toEqual([
      ["console", "flexFlow", "chatChannel", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
  });
});

describe("webhooks", () => {
  const received: { method: string; params: Record<string, string> }[] = [];
  const server = createServer(async (request, response) => {
    received.push({
      method: request.method ?? "",
      params: Object.fromEntries(new URLSearchParams(await text(request))),
    });
    response.end();
  });
  let origin = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("No TCP port");
    origin = `127.0.0.1:${address.port}`;
  });
  beforeEach(() => received.splice(0));
  afterAll(() => server.close());

  test("the number's handler is called with the message", async () => {
    const running = await start({ callWebhooks: origin });
    await clientOf(running)
      .incomingPhoneNumbers(seeded.smsNumber)
      .update({ smsUrl: `http://${origin}/in?key=secret` });
    const { ways } = await send(running, {});
    expect(ways).toMatchObject([{ reaches: "webhook", end: "Called: it answered 200" }]);
    expect(JSON.stringify(ways)).not.toContain("secret");
    expect(received).toMatchObject([
      { method: "POST", params: { From: customer, To: number, Body: "Hello" } },
    ]);
  });

  test("the number's voice handler is called with the call", async () => {
    const running = await start({ callWebhooks: origin });
    await clientOf(running)
      .incomingPhoneNumbers(seeded.smsNumber)
      .update({ voiceUrl: `http://${origin}/call?key=secret` });
    const { ways } = await send(running, { channel: "voice" });
    expect(ways).toMatchObject([{ reaches: "webhook", end: "Called: it answered 200" }]);
    expect(JSON.stringify(ways)).not.toContain("secret");
    const CallSid = expect.stringMatching(/^CA[0-9a-f]{32}$/);
    expect(received).toMatchObject([
      { params: { CallSid, From: customer, To: number, CallStatus: "ringing", Direction: "inbound" } },
    ]);
  });

  test("the webhook of an address is called with the conversation, also for later messages", async () => {
    const running = await start({ profile: "conversations", callWebhooks: origin });
    await clientOf(running)
      .conversations.v1.addressConfigurations(seeded.smsAddress)
      .update({
        "autoCreation.type": "webhook",
        "autoCreation.webhookUrl": `http://${origin}/in`,
        "autoCreation.webhookMethod": "post",
        "autoCreation.webhookFilters": ["onMessageAdded"],
      });
    const first = await send(running, {});
    await send(running, { body: "Again" });
    const common = {
      EventType: "onMessageAdded",
      ConversationSid: sidAt(first, "conversation"),
      Author: customer,
    };
    expect(received.map(({ params }) => params)).toMatchObject([
      { ...common, Body: "Hello" },
      { ...common, Body: "Again" },
    ]);
  });

  test("the webhook of a Flex Flow is called with the chat", async () => {
    const running = await start({ callWebhooks: origin });
    await legacyPath(running, { integrationType: "external", "integration.url": `http://${origin}/in` });
    const answer = await send(running, {});
    expect(received).toMatchObject([
      { params: { EventType: "onMessageSent", ChannelSid: sidAt(answer, "chatChannel") } },
    ]);
  });

  test("none is called where none is allowed", async () => {
    const running = await start();
    await clientOf(running)
      .incomingPhoneNumbers(seeded.smsNumber)
      .update({ smsUrl: `http://${origin}/in` });
    const { ways } = await send(running, {});
    expect(ways).toMatchObject([{ end: expect.stringMatching(/^Not called: .*--call-webhooks/) }]);
    expect(received).toEqual([]);
  });
});

test("what arrives goes the way that the routes show", async () => {
  for (const profile of ["legacy", "conversations"] as const) {
    const running = await start({ profile });
    const { text } = await control(running, "GET", "routes");
    for (const { channel, address, ways } of JSON.parse(text).routes) {
      const answer = await send(running, { channel, to: address });
      const names = (list: Way[]) =>
        list.map(({ hops, reaches }) => [...hops.map(({ name }) => name), reaches]);
      expect(names(answer.ways)).toEqual(names(ways));
    }
    await running.close();
  }
});

test.each([
  ["no message at all", "Hello", "must be object"],
  ["no sender", { channel: "sms", to: number }, "'from'"],
  ["an unknown channel", { channel: "pigeon", from: customer, to: number }, "There is no channel pigeon"],
  [
    "an unknown account",
    { account: `AC${"9".repeat(32)}`, channel: "sms", from: customer, to: number },
    "There is no active account AC999",
  ],
  ["an unknown key", { channel: "sms", from: customer, to: number, media: [] }, "additional properties"],
])("%s is refused with the reason", async (_, message, reason) => {
  const running = await start();
  const { status, body } = await post(running, message);
  expect(status).toBe(400);
  expect(body.message).toContain(reason);
});

function numberIn(account: Account) {
  const found = account.phoneNumbers[seeded.smsNumber];
  if (!found) throw new Error("The number is missing");
  return found;
}
