import * as pulumi from "@pulumi/pulumi";
import {
  type Channel,
  ChatService,
  CustomChannel,
  type Destination,
  InboundChannels,
  type Messaging,
  MessengerChannel,
  PhoneNumber,
  ProxyService,
  SmsChannel,
  StudioFlow,
  TaskRouterWorkflow,
  TaskRouterWorkspace,
  WebChatChannel,
  WhatsAppChannel,
} from "../../provider/index";
import { resolved } from "../lookups/support";
import { definition, phoneNumber, services, sid } from "./support";

const callback = `https://webhooks.twilio.com/v1/Accounts/${sid("AC")}/Proxy/${sid("KS")}/Webhooks/Message`;
const studio: Destination = { kind: "studio", flow: sid("FW"), retryCount: 1 };
const workflow: Destination = { kind: "workflow", workflow: sid("WW"), workspaceSid: sid("WS"), priority: 5 };

/** What the program has registered, in this order: arguments by URN, without the channel's own part of it. */
let registered: Record<string, Record<string, unknown>>;
let lastState: Record<string, unknown>;

beforeEach(() => {
  lastState = {};
  return startProgram();
});
// What goes on in the background belongs to the test that began it.
afterEach(() => pulumi.runtime.disconnect());

async function startProgram() {
  registered = {};
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = Object.entries(inputs).filter(([key]) => !key.startsWith("__"));
        registered[`${type.split(":").at(-1)} ${name}`] = Object.fromEntries(given);
        return { id: `id-of-${name}`, state: { ...inputs, accountSid: sid("AC") } };
      },
      call: ({ token }) => (token === "pulumi:pulumi:readStackResourceOutputs" ? { outputs: lastState } : {}),
    },
    "test",
    "dev",
    false,
    "organization",
  );
}

/** A program of its own that declares this channel, until all is registered. */
async function run(make: () => Channel) {
  await startProgram();
  const channel = make();
  const route = await resolved(channel.route);
  const callbackUrl = await resolved(channel.callbackUrl);
  const manualSteps = await resolved(channel.manualSteps);
  for (const child of [channel.handler, channel.address, channel.flexFlow, channel.flow]) {
    if (!child) continue;
    const parent = `::twilio-flex:channels:${channel.constructor.name}$pulumi-nodejs:dynamic/twilio-flex:`;
    expect(await resolved(child.urn)).toContain(parent);
  }
  await pulumi.runtime.disconnect();
  return { route, callbackUrl, manualSteps };
}

/** The children of a channel in the order in which they are made. */
async function childrenOf(make: () => Channel) {
  await run(make);
  return Object.keys(registered).slice(1);
}

type Make = (messaging?: Messaging, destination?: Destination) => Channel;
const sms: Make = (messaging, destination = studio) =>
  new SmsChannel("support", { phoneNumber, messaging, destination, ...services });
const whatsApp: Make = (messaging, destination = studio) =>
  new WhatsAppChannel("support", { phoneNumber, senderSid: sid("XE"), messaging, destination, ...services });
const messenger: Make = (messaging, destination = studio) =>
  new MessengerChannel("support", { pageId: "4815162342", messaging, destination, ...services });
const webChat: Make = (messaging, destination = studio) =>
  new WebChatChannel("support", { address: "shop", messaging, destination, ...services });
const custom: Make = (messaging, destination = studio) =>
  new CustomChannel("support", {
    address: "help@example.com",
    addressType: "email",
    messaging,
    destination,
    ...services,
  });

describe("names of children and the order in which they are made", () => {
  const number = "PhoneNumberHandler support-number";
  const sender = "WhatsAppSender support-sender";
  const address = "ConversationsAddress support-address";
  const flexFlow = "FlexFlow support-flex-flow";

  test.each<[string, Make, string[]]>([
    ["SmsChannel", sms, [number]],
    ["WhatsAppChannel", whatsApp, [sender]],
    ["MessengerChannel", messenger, []],
    ["WebChatChannel", webChat, []],
    ["CustomChannel", custom, []],
  ])("of a %s", async (_, make, handler) => {
    expect(await childrenOf(() => make())).toEqual([address, ...handler]);
    expect(await childrenOf(() => make("moving"))).toEqual([address, ...handler, flexFlow]);
    expect(await childrenOf(() => make("proxy"))).toEqual([flexFlow, ...handler]);
  });

  test("a definition makes a published flow", async () => {
    expect(await childrenOf(() => sms("conversations", { kind: "studio", definition }))).toContain(
      "StudioFlow support-flow",
    );
    expect(registered["StudioFlow support-flow"]).toMatchObject({ definition, status: "published" });
    expect(registered[address]).toMatchObject({ autoCreation: { studioFlowSid: "id-of-support-flow" } });
  });

  test("a flow of the program is taken as it is", async () => {
    await run(() => {
      const flow = new StudioFlow("own", { definition, status: "published" });
      return sms("conversations", { kind: "studio", flow });
    });
    expect(registered[address]).toMatchObject({ autoCreation: { studioFlowSid: "id-of-own" } });
  });
});

describe("what is declared", () => {
  test.each<[string, Make, string, string, string]>([
    ["SMS", sms, "sms", "sms", phoneNumber],
    ["WhatsApp", whatsApp, "whatsapp", "whatsapp", `whatsapp:${phoneNumber}`],
    ["Messenger", messenger, "messenger", "facebook", "messenger:4815162342"],
    ["web chat", webChat, "chat", "web", "shop"],
    ["a custom channel", custom, "email", "custom", "help@example.com"],
  ])("for %s", async (_, make, type, channelType, address) => {
    await run(() => make("moving"));
    expect(registered["FlexFlow support-flex-flow"]).toMatchObject({
      channelType,
      contactIdentity: address,
      chatServiceSid: sid("IS"),
      enabled: false,
      integration: { type: "studio", flowSid: sid("FW"), retryCount: 1 },
    });
    expect(registered["ConversationsAddress support-address"]).toMatchObject({
      type,
      address,
      autoCreation: { type: "studio", studioFlowSid: sid("FW"), studioRetryCount: 1, enabled: true },
    });
  });

  test.each<[Destination, object]>([
    [
      { kind: "webhook", url: "https://bot.example.com/in", method: "GET", filters: ["onMessageAdded"] },
      { type: "webhook", webhookMethod: "GET", webhookFilters: ["onMessageAdded"] },
    ],
    [{ kind: "conversation" }, { type: "default" }],
  ])("for conversations that go to %j", async (destination, autoCreation) => {
    await run(() => sms("conversations", destination));
    expect(registered["ConversationsAddress support-address"]).toMatchObject({ autoCreation });
  });

  test.each<[Destination, object]>([
    [{ kind: "webhook", url: "https://bot.example.com/in" }, { type: "external" }],
    [workflow, { type: "task", workflowSid: sid("WW"), workspaceSid: sid("WS"), priority: 5 }],
  ])("on proxy for %j", async (destination, integration) => {
    await run(() => sms("proxy", destination));
    expect(registered["FlexFlow support-flex-flow"]).toMatchObject({ enabled: true, integration });
  });

  test("for the number and the sender, on either path", async () => {
    await run(() => sms("proxy"));
    expect(registered["PhoneNumberHandler support-number"]).toMatchObject({
      message: { kind: "proxy", proxyServiceSid: sid("KS") },
    });
    await run(() => whatsApp("proxy"));
    expect(registered["WhatsAppSender support-sender"]).toMatchObject({ webhook: { callbackUrl: callback } });
    await run(() => sms());
    expect(registered["PhoneNumberHandler support-number"]).toMatchObject({ message: { kind: "none" } });
    await run(() => whatsApp());
    expect(registered["WhatsAppSender support-sender"]).toMatchObject({ webhook: {} });
  });
});

test("what is taken over, on each path", async () => {
  const make = (messaging: Messaging) => () =>
    new SmsChannel("support", {
      phoneNumber,
      messaging,
      destination: studio,
      ...services,
      adopt: true,
      deleteAdopted: true,
    });
  const takenOver = { adopt: true, deleteAdopted: true };
  await run(make("proxy"));
  expect(registered["FlexFlow support-flex-flow"]).toMatchObject(takenOver);
  await run(make("moving"));
  expect(registered["FlexFlow support-flex-flow"]).toMatchObject(takenOver);
  expect(registered["ConversationsAddress support-address"]).not.toHaveProperty("adopt");
  await run(make("conversations"));
  expect(registered["ConversationsAddress support-address"]).toMatchObject(takenOver);
});

test("our resources stand for their SIDs", async () => {
  await run(() => {
    const named = { friendlyName: "own" };
    const workspace = new TaskRouterWorkspace("own", named);
    const workflow = new TaskRouterWorkflow("own", {
      workspaceSid: workspace.sid,
      ...named,
      configuration: {},
    });
    return new SmsChannel("support", {
      phoneNumber: new PhoneNumber("own", { phoneNumber }),
      messaging: "proxy",
      destination: { kind: "workflow", workflow },
      chatServiceSid: new ChatService("own", named),
      proxyServiceSid: new ProxyService("own", { uniqueName: "own" }),
    });
  });
  expect(registered["FlexFlow support-flex-flow"]).toMatchObject({
    contactIdentity: phoneNumber,
    chatServiceSid: "id-of-own",
    integration: { type: "task", workflowSid: "id-of-own", workspaceSid: "id-of-own" },
  });
  expect(registered["PhoneNumberHandler support-number"]).toMatchObject({
    phoneNumber,
    message: { kind: "proxy", proxyServiceSid: "id-of-own" },
  });
});

describe("the way back from a move", () => {
  const left = (type: string, name = "support", written = phoneNumber) => ({
    [`urn:pulumi:dev::test::twilio-flex:channels:${type}$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::${name}-address`]:
      { outputs: { address: written } },
  });
  const address = "ConversationsAddress support-address";

  const flexFlow = "FlexFlow support-flex-flow";
  test.each<[string, Make, string, string[]]>([
    ["SmsChannel", sms, phoneNumber, [flexFlow, "PhoneNumberHandler support-number", address]],
    [
      "WhatsAppChannel",
      whatsApp,
      `whatsapp:${phoneNumber}`,
      [flexFlow, "WhatsAppSender support-sender", address],
    ],
    ["MessengerChannel", messenger, "messenger:4815162342", [flexFlow, address]],
    ["WebChatChannel", webChat, "shop", [flexFlow, address]],
    ["CustomChannel", custom, "help@example.com", [flexFlow, address]],
  ])(
    "of a %s keeps the address, disabled once something else takes messages",
    async (type, make, written, order) => {
      lastState = left(type, "support", written);
      expect(await childrenOf(() => make("proxy"))).toEqual(order);
      expect(registered[address]).toMatchObject({ autoCreation: { type: "studio", enabled: false } });
    },
  );

  test("finds the address of a channel that had another name, too", async () => {
    lastState = left("SmsChannel", "old");
    const args = { phoneNumber, messaging: "proxy" as const, destination: studio, ...services };
    const make = () => new SmsChannel("support", args, { aliases: [{ name: "old" }] });
    expect(await childrenOf(make)).toContain(address);
  });

  test("of a channel with another name does not wait for itself, whose number remembers what it had", async () => {
    const handler = "twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:PhoneNumberHandler";
    lastState = { [`urn:pulumi:dev::test::${handler}::old-number`]: { outputs: { phoneNumber } } };
    for (const messaging of ["moving", "proxy"] as const) {
      await run(() => sms(messaging));
      expect(registered["PhoneNumberHandler support-number"]).toHaveProperty("message");
    }
  });

  test("does not take the address of another channel for its own", async () => {
    lastState = left("SmsChannel", "sales");
    expect(await childrenOf(() => sms("proxy"))).not.toContain(address);
  });
});

describe("outputs", () => {
  const args = { destination: studio, ...services };

  test.each<[() => Channel, string]>([
    [sms, `SMS to ${phoneNumber} → Conversations address id-of-support-address → Studio flow ${sid("FW")}`],
    [
      () => sms("proxy", workflow),
      `SMS to ${phoneNumber} → Proxy service ${sid("KS")} → Flex Flow id-of-support-flex-flow → TaskRouter workflow ${sid("WW")}`,
    ],
    [
      () => webChat("proxy"),
      `Web chat to shop → Flex Flow id-of-support-flex-flow → Studio flow ${sid("FW")}`,
    ],
    [
      () => custom("conversations", { kind: "webhook", url: "https://me:key@bot.example.com/in" }),
      "email to help@example.com → Conversations address id-of-support-address → webhook https://bot.example.com/***",
    ],
  ])("tell the hops in words (%#)", async (make, route) => {
    expect((await run(() => make())).route).toBe(route);
  });

  test("name the callback where a Proxy service takes messages", async () => {
    for (const make of [sms, whatsApp, messenger])
      expect((await run(() => make("proxy"))).callbackUrl).toBe(callback);
    for (const make of [() => sms("moving"), () => webChat("proxy"), () => custom("proxy")])
      expect((await run(make)).callbackUrl).toBeUndefined();
  });

  test.each<[string, () => Channel, string[]]>([
    ["a number", () => sms("proxy"), []],
    ["a sender by its SID", () => whatsApp("proxy"), []],
    [
      "a number in a Messaging Service",
      () => new SmsChannel("support", { phoneNumber, messagingServiceSid: sid("MG"), ...args }),
      [
        `Messaging Service ${sid("MG")}: under Integration, Incoming Messages, choose "Autocreate a Conversation"`,
      ],
    ],
    [
      "the same on proxy",
      () =>
        new SmsChannel("support", {
          phoneNumber,
          messagingServiceSid: sid("MG"),
          messaging: "proxy",
          ...args,
        }),
      [expect.stringContaining(`choose "Defer to sender's webhook"`)],
    ],
    [
      "the sandbox",
      () => new WhatsAppChannel("support", { phoneNumber: "+14155238886", messaging: "proxy", ...args }),
      [`WhatsApp sandbox: set the URL for incoming messages to ${callback}, with POST`],
    ],
    [
      "a sender by its number",
      () => new WhatsAppChannel("support", { phoneNumber, messaging: "proxy", ...args }),
      [`WhatsApp sender ${phoneNumber}: set its webhook for incoming messages to ${callback}, with POST`],
    ],
    [
      "a sender by its number, off proxy",
      () => new WhatsAppChannel("support", { phoneNumber, ...args }),
      [expect.stringContaining("leave its webhook for incoming messages blank")],
    ],
    ["a page", () => messenger("proxy"), [expect.stringContaining(callback)]],
    ["a page, off proxy", () => messenger(), [expect.stringContaining("leave its callback blank")]],
    [
      "LINE",
      () =>
        new CustomChannel("support", {
          address: "U4af49806",
          channelType: "line",
          messaging: "proxy",
          ...args,
        }),
      [`Channels, LINE, U4af49806: set its callback to ${callback}`],
    ],
    [
      "a chat",
      () => webChat("proxy"),
      ["Web chat shop: give the page the Flex Flow id-of-support-flex-flow"],
    ],
    [
      "a chat, off proxy",
      () => webChat(),
      ["Web chat shop: give the page the address id-of-support-address"],
    ],
  ])("say what is left to a person: %s", async (_, make, steps) => {
    expect((await run(make)).manualSteps).toEqual(steps);
  });
});

describe("refusals name the channel", () => {
  const args = { destination: studio, ...services };

  test.each<[string, () => unknown, string]>([
    [
      "a number that is none",
      () => new SmsChannel("support", { phoneNumber: "0501 712", ...args }),
      'support: phoneNumber: got "0501 712"; give a phone number in E.164 form',
    ],
    ["no number", () => new SmsChannel("support", args), "support: give exactly one of phoneNumber and"],
    [
      "a number in two ways",
      () => new SmsChannel("support", { phoneNumber, phoneNumberSid: sid("PN"), ...args }),
      "support: give exactly one of phoneNumber and",
    ],
    [
      "a workflow off proxy",
      () => sms("conversations", workflow),
      'support: destination: on messaging "conversations"',
    ],
    ["a workflow while moving", () => whatsApp("moving", workflow), "studioFlowToFlex"],
    [
      "a bare conversation on proxy",
      () => messenger("proxy", { kind: "conversation" }),
      "support: destination: on",
    ],
    [
      "the sandbox off proxy",
      () => new WhatsAppChannel("support", { phoneNumber: "+14155238886", ...args }),
      "support: phoneNumber: the WhatsApp sandbox makes no conversations",
    ],
    [
      "LINE off proxy",
      () =>
        new CustomChannel("support", {
          address: "U4af49806",
          channelType: "line",
          messaging: "moving",
          ...args,
        }),
      'support: channelType: conversations have no address for LINE, so that it cannot leave messaging "proxy"',
    ],
    [
      "a custom channel without a type off proxy",
      () => new CustomChannel("support", { address: "help@example.com", ...args }),
      "support: addressType: missing",
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(pulumi.RunError);
  });
});

describe("several channels at once", () => {
  test("share services and one flow, under names of their own", async () => {
    const { flow, routes, callbackUrls, manualSteps } = new InboundChannels("inbound", {
      messaging: "proxy",
      destination: { kind: "studio", definition },
      ...services,
      channels: {
        sms: { type: "sms", phoneNumber },
        whatsapp: { type: "whatsapp", phoneNumber, messaging: "conversations" },
        shop: { type: "chat", address: "shop", destination: workflow },
        page: { type: "messenger", pageId: "4815162342" },
        other: { type: "custom", address: "kiosk" },
      },
    });
    expect(Object.keys(await resolved(routes))).toEqual(["sms", "whatsapp", "shop", "page", "other"]);
    const shared = await resolved(flow?.sid ?? pulumi.output(""));
    const urls = await resolved(callbackUrls);
    const steps = await resolved(manualSteps);
    await pulumi.runtime.disconnect();
    expect(
      Object.keys(registered)
        .filter((key) => !key.includes("Channel"))
        .sort(),
    ).toEqual([
      "ConversationsAddress inbound-whatsapp-address",
      "FlexFlow inbound-other-flex-flow",
      "FlexFlow inbound-page-flex-flow",
      "FlexFlow inbound-shop-flex-flow",
      "FlexFlow inbound-sms-flex-flow",
      "PhoneNumberHandler inbound-sms-number",
      "StudioFlow inbound-flow",
    ]);
    expect(shared).toBe("id-of-inbound-flow");
    expect(registered["FlexFlow inbound-page-flex-flow"]).toMatchObject({
      integration: { type: "studio", flowSid: "id-of-inbound-flow" },
    });
    expect(registered["FlexFlow inbound-shop-flex-flow"]).toMatchObject({ integration: { type: "task" } });
    expect(urls).toEqual({ sms: callback, page: callback });
    expect(steps).toHaveLength(3);
  });

  test("two with one address are refused, and one without a destination", () => {
    const channels = {
      first: { type: "sms" as const, phoneNumber },
      second: { type: "sms" as const, phoneNumber },
    };
    expect(() => new InboundChannels("inbound", { destination: studio, channels })).toThrow(
      "inbound: first and second have the same address; keep one of them",
    );
    expect(() => new InboundChannels("inbound", { channels: { first: channels.first } })).toThrow(
      "inbound: channels.first: give it a destination, or one to all channels",
    );
  });
});
