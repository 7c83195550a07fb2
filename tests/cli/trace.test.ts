import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, type Emulator, type Fault, seeded } from "../../emulator/index";
import type { ShownRoute } from "../../provider/routing";
import { clientOf, control, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

const legacy = useEmulator();
const conversations = useEmulator({ profile: "conversations" });
const bare = useEmulator({ profile: "bare" });

const number = "+15017122661";
const proxyUrl = (sid: string, account: string = defaultAccountSid) =>
  `https://webhooks.twilio.com/v1/Accounts/${account}/Proxy/${sid}/Webhooks/Message`;

const trace = (emulator: Emulator, ...args: string[]) => run(["trace", ...args], shellFor(emulator));
const routesIn = (text: string): ShownRoute[] => JSON.parse(text).routes;
const problemsIn = (routes: ShownRoute[]) =>
  routes.flatMap(({ problems }) => problems.map(({ code }) => code));

/** What the command prints, which must be what the emulator knows of itself. */
async function traced(emulator: Emulator) {
  const { code, out, err } = await trace(emulator, "--json");
  const { body } = await control(emulator, "GET", "routes");
  expect({ err, ...JSON.parse(out) }).toEqual({ err: "", ...body });
  return { code, routes: routesIn(out) };
}

/** The legacy path: SMS and Messenger by way of the Proxy service. */
async function throughProxy(emulator: Emulator) {
  const client = clientOf(emulator);
  await client.incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: proxyUrl(seeded.proxyService) });
  for (const [channelType, contactIdentity] of [
    ["sms", number],
    ["facebook", "messenger:104567890123456"],
    ["web", ""],
  ] as const) {
    await client.flexApi.v1.flexFlow.create({
      friendlyName: `${channelType} to Flex`,
      chatServiceSid: seeded.chatService,
      channelType,
      contactIdentity,
      integrationType: "studio",
      "integration.flowSid": seeded.studioFlow,
      enabled: true,
    });
  }
}

/** Nearly everything that can go wrong on the way. */
async function broken(emulator: Emulator) {
  const client = clientOf(emulator);
  await throughProxy(emulator);
  // Taken twice, by an address and by the Flex Flow.
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: number,
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": "https://user:secret@bot.example.com/in?key=secret",
  });
  // A disabled one, for a sender whose webhook is another account's.
  await client.conversations.v1.addressConfigurations.create({
    type: "whatsapp",
    address: `whatsapp:${number}`,
    "autoCreation.enabled": false,
    "autoCreation.type": "default",
  });
  const sender = emulator.state.account().channelsSenders[seeded.whatsAppSender];
  if (sender) sender.webhook.callback_url = proxyUrl(seeded.proxyService, `AC${"b".repeat(32)}`);
  // A number in a Messaging Service that drops what comes in.
  await client.messaging.v1
    .services(seeded.messagingService)
    .phoneNumbers.create({ phoneNumberSid: seeded.legacyNumber });
  await client.messaging.v1.services(seeded.messagingService).update({
    useInboundWebhookOnNumber: false,
    inboundRequestUrl: "",
  });
  await client.shortCodes(seeded.shortCode).update({ smsUrl: proxyUrl(`KS${"f".repeat(32)}`) });
}

/** A WhatsApp sender with a webhook of its own, in a Messaging Service with a URL that defers to its senders. */
async function senderInService(emulator: Emulator) {
  const service = clientOf(emulator).messaging.v1.services(seeded.messagingService);
  await service.channelSenders.create({ sid: seeded.whatsAppSender });
  await service.update({ useInboundWebhookOnNumber: true, inboundRequestUrl: "https://bot.example.com" });
}

test.each([
  ["an older account as it came", legacy, async () => {}, 0, []],
  ["a newer account as it came", conversations, async () => {}, 0, []],
  ["an account without Flex", bare, async () => {}, 0, []],
  ["the legacy path", legacy, throughProxy, 0, ["end-of-life"]],
  ["a WhatsApp sender in a Messaging Service", legacy, senderInService, 0, ["shadowed-sender"]],
  [
    "broken routes",
    legacy,
    broken,
    1,
    ["two-routes", "foreign-account", "dropped-by-messaging-service", "missing-object"],
  ],
] as const)("%s is traced as the emulator itself sees it", async (_, { current }, change, code, problems) => {
  await change(current);
  const found = await traced(current);
  expect(found.code).toBe(code);
  expect(problemsIn(found.routes)).toEqual(expect.arrayContaining([...problems]));
});

test("lists of many pages are read to their end", async () => {
  const client = clientOf(legacy.current);
  const account = legacy.current.state.account();
  const template = account.phoneNumbers[seeded.smsNumber];
  if (!template) throw new Error("The profile has no number");
  for (let i = 0; i < 120; i += 1) {
    const sid = `PN${String(i).padStart(32, "0")}`;
    account.phoneNumbers[sid] = { ...template, sid, phone_number: `+1501713${String(i).padStart(4, "0")}` };
    const address = account.phoneNumbers[sid].phone_number;
    await client.conversations.v1.addressConfigurations.create({
      type: "sms",
      address,
      "autoCreation.enabled": true,
      "autoCreation.type": "default",
    });
  }
  expect((await traced(legacy.current)).routes.length).toBeGreaterThan(120);
});

test("what runs of a Studio flow is what was published last, not a later draft", async () => {
  const { current } = conversations;
  const flow = clientOf(current).studio.v2.flows(seeded.conversationFlow);
  const { definition } = await flow.fetch();
  const idle = { ...definition, states: [{ name: "Trigger", type: "trigger", transitions: [] }] };
  await flow.update({ status: "draft", definition: idle });
  expect((await traced(current)).code).toBe(0);
  await flow.update({ status: "published" });
  const { code, routes } = await traced(current);
  expect(code).toBe(1);
  expect(problemsIn(routes)).toContain("no-trigger");
});

test("products that an account cannot use are as good as empty", async () => {
  const { current } = conversations;
  const before = await traced(current);
  const closed = (host: string, status: number): Fault => ({ match: { host }, effect: { status } });
  const faults = [
    closed("proxy.twilio.com", 403),
    closed("flex-api.twilio.com", 404),
    closed("chat.twilio.com", 410),
  ];
  for (const fault of faults) await control(current, "POST", "faults", fault);
  expect((await traced(current)).routes).toEqual(before.routes);
});

describe("one address", () => {
  beforeEach(() => throughProxy(legacy.current));

  test.each([
    [[number], [`sms ${number}`]],
    [[number, "--channel", "whatsapp"], [`whatsapp whatsapp:${number}`]],
    [[`whatsapp:${number}`], [`whatsapp whatsapp:${number}`]],
    [["898989"], ["sms 898989"]],
    [["104567890123456"], ["messenger messenger:104567890123456"]],
    [["facebook:104567890123456"], ["messenger messenger:104567890123456"]],
    [["--channel", "facebook"], ["messenger messenger:104567890123456"]],
  ])("%j", async (args, expected) => {
    const { code, out } = await trace(legacy.current, ...args, "--json");
    expect(routesIn(out).map(({ channel, address }) => `${channel} ${address}`)).toEqual(expected);
    expect(code).toBe(0);
  });

  test("that customers cannot write to is said in one line", async () => {
    const { code, out, err } = await trace(legacy.current, "+15550000000");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(
      /^pulumi-twilio-flex: customers cannot write to \+15550000000 in AC\S+: it has sms \+1.*\n$/,
    );
  });
});

describe("what is expected of addresses", () => {
  const codesOf = (out: string) => problemsIn(routesIn(out));

  test("an address that reaches an agent is as it should be", async () => {
    const { code, out } = await trace(conversations.current, number, "--expect", "agent", "--json");
    expect({ code, codes: codesOf(out) }).toEqual({ code: 0, codes: [] });
  });

  test("one that ends at a webhook is not, where an agent is expected", async () => {
    const { code, out } = await trace(legacy.current, "--expect", "agent", "--json");
    expect(code).toBe(1);
    expect(codesOf(out)).toContain("not-agents");
    expect((await trace(legacy.current)).code).toBe(0);
  });

  test("a blank number that is asked for by its name is unanswered, and so is one that has to reach an agent", async () => {
    await clientOf(legacy.current).incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: "" });
    for (const args of [[number], [number, "--expect", "agent"], ["--channel", "sms", "--expect", "agent"]]) {
      const { code, out } = await trace(legacy.current, ...args, "--json");
      expect(code).toBe(1);
      expect(codesOf(out)).toContain("unanswered");
    }
    const { code, out } = await trace(legacy.current, number);
    expect(code).toBe(1);
    expect(out).toContain(`error unanswered: Messages to ${number} reach nobody`);
    expect(out).toContain("PhoneNumberHandler");
  });

  test("a sender's remedy names its own class", async () => {
    const sender = legacy.current.state.account().channelsSenders[seeded.whatsAppSender];
    if (sender) sender.webhook.callback_url = "";
    const { code, out } = await trace(legacy.current, `whatsapp:${number}`);
    expect(code).toBe(1);
    expect(out).toContain("WhatsAppSender");
    expect(out).not.toContain("PhoneNumberHandler");
  });

  test("a number of which nobody says anything may be blank", async () => {
    await clientOf(legacy.current).incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: "" });
    expect((await traced(legacy.current)).code).toBe(0);
  });
});

describe("calls", () => {
  const toVoiceFlow = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Flows/${seeded.voiceFlow}`;

  test("are followed to agents, and asked for by their channel", async () => {
    const { current } = legacy;
    await clientOf(current).incomingPhoneNumbers(seeded.smsNumber).update({ voiceUrl: toVoiceFlow });
    const { routes } = await traced(current);
    expect(routes.map(({ channel, address }) => `${channel} ${address}`)).toEqual(
      expect.arrayContaining([`sms ${number}`, `voice ${number}`]),
    );
    for (const args of [[`voice:${number}`], [number, "--channel", "voice"]]) {
      const { code, out } = await trace(current, ...args, "--expect", "agent");
      expect(code).toBe(0);
      expect(out).toMatch(/^voice \+15017122661 reaches agents\n {2}by its voice handler:\n/);
    }
    const { out } = await trace(current, number, "--json");
    expect(routesIn(out).map(({ channel }) => channel)).toEqual(["sms"]);
  });

  test("to a number with nothing set up for them are shown where they are asked for", async () => {
    const { code, out } = await trace(conversations.current, "--channel", "voice", "--json");
    expect(code).toBe(0);
    const ends = routesIn(out).map(({ address, ways }) => [address, ...ways.map(({ reaches }) => reaches)]);
    expect(ends).toContainEqual([number, "nobody"]);
    const named = await trace(conversations.current, `voice:${number}`);
    expect(named.code).toBe(1);
    expect(named.out).toContain("error unanswered: Calls to");
  });
});

test("a flow's subflows are read, and what they hand customers to", async () => {
  const { current } = legacy;
  const client = clientOf(current);
  const flowOf = (event: string, widget: object) => ({
    initial_state: "Trigger",
    states: [
      { name: "Trigger", type: "trigger", transitions: [{ event, next: "one" }] },
      { name: "one", transitions: [], ...widget },
    ],
  });
  const inner = await client.studio.v2.flows.create({
    friendlyName: "Inner",
    status: "published",
    definition: flowOf("incomingParent", {
      type: "send-to-flex",
      properties: { workflow: seeded.workflow, channel: seeded.chatTaskChannel },
    }),
  });
  const outer = await client.studio.v2.flows.create({
    friendlyName: "Outer",
    status: "published",
    definition: flowOf("incomingMessage", {
      type: "run-subflow",
      properties: { flow_sid: inner.sid, flow_revision: "LatestPublished" },
    }),
  });
  const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Flows/${outer.sid}`;
  await client.incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl });
  const { routes } = await traced(current);
  const [way] = routes.find(({ address }) => address === number)?.ways ?? [];
  expect(way?.hops.map(({ name }) => name).slice(1)).toEqual(["Outer", "Inner", "Assign to Anyone"]);
});

describe("for people", () => {
  test("each hop is a line, and each problem says what to do", async () => {
    await broken(legacy.current);
    const { code, out, err } = await trace(legacy.current, number);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const text = out.replace(/(FO|IG)[0-9a-f]{32}/g, "$1…");
    expect(text).toMatchInlineSnapshot(`
"sms +15017122661 reaches a webhook and agents
  by Conversations:
    > number +15017122661 (PNe1000000000000000000000000000001): The customer writes to it
    > address configuration IG…: An address configuration is enabled for it
    > a new conversation: Auto-creation makes it in Flex Service
    > webhook https://bot.example.com/***: Its webhook is called
    = a webhook: What happens there is not known
  by its messaging handler:
    > number +15017122661 (PNe1000000000000000000000000000001): The customer writes to it
    > Proxy service Flex Proxy Service (KSe1000000000000000000000000000001): The number's messaging handler
    > Flex Flow sms to Flex (FO…): Its contact identity is the address
    > a new chat: The Flex Flow makes it in Flex Chat Service
    > Studio flow Messaging Flow (FWe1000000000000000000000000000001): The Flex Flow starts it
    > workflow Assign to Anyone (WWe1000000000000000000000000000001): The flow sends the customer to Flex
    = agents: The workflow's task goes to an agent
  error two-routes: The Flex Flow sms to Flex and this address both take messages to +15017122661 [address configuration IG…]
    Disable the Flex Flow or the address: one of them only may take the messages.
  warning end-of-life: Programmable Chat for Flex reached its end of life on 2026-06-01 [Flex Flow sms to Flex (FO…)]
    Move the address to Conversations with a ConversationsAddress: see docs/leaving-programmable-chat.md of pulumi-twilio-flex.

1 address, 1 error, 1 warning
"
`);
  });

  test("nothing of a webhook but its origin is shown", async () => {
    await broken(legacy.current);
    const texts = await Promise.all([trace(legacy.current), trace(legacy.current, "--json")]);
    for (const { out, err } of texts) {
      expect(out).toContain("https://bot.example.com/***");
      expect(out + err).not.toContain("secret");
    }
  });
});

describe("what cannot be found out ends with 2 and one line that says what to do", () => {
  const oneLine = async (env: Record<string, string>, ...args: string[]) => {
    const { code, out, err } = await run(["trace", ...args], env);
    expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
    return err;
  };

  test("no credentials", async () => {
    expect(await oneLine({})).toContain("export TWILIO_ACCOUNT_SID=<AC…> TWILIO_AUTH_TOKEN=<token>");
  });

  test("half credentials", async () => {
    const err = await oneLine({ TWILIO_ACCOUNT_SID: defaultAccountSid });
    expect(err).toContain("TWILIO_AUTH_TOKEN missing there");
  });

  test("wrong credentials, which are not shown", async () => {
    const err = await oneLine({ ...shellFor(legacy.current), TWILIO_AUTH_TOKEN: "not-the-token" });
    expect(err).toContain("HTTP 401");
    expect(err).not.toContain("not-the-token");
    expect(legacy.current.requests).toHaveLength(1);
  });

  test("a setting by its name in the environment", async () => {
    const err = await oneLine({ ...shellFor(legacy.current), TWILIO_BASE_URL: "" });
    expect(err).toContain("TWILIO_BASE_URL does not name an emulator");
  });

  test("a command line that says nothing", async () => {
    expect(await oneLine({}, "--channel", "pigeon")).toContain("one of sms, whatsapp");
  });
});

test("progress is on stderr once it takes long", async () => {
  const fault: Fault = { match: { operationId: "ListApplication" }, effect: { delayMs: 5_000 } };
  await control(legacy.current, "POST", "faults", fault);
  const { out, progress, err } = await trace(legacy.current, "--json");
  expect(err + progress).toMatch(/^reading the account AC\S+: \d+ lists so far\n/);
  expect(routesIn(out)).not.toEqual([]);
});

describe("the map", () => {
  const folder = mkdtempSync(join(tmpdir(), "trace-"));
  const file = join(folder, "map.html");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is written as one file beside the report, holds no credential, and never takes the place of another file", async () => {
    await broken(legacy.current);
    const { code, out, err } = await trace(legacy.current, "--html", file);
    expect({ code, err }).toEqual({ code: 1, err: `wrote ${file}\n` });
    expect(out).toContain(`sms ${number} reaches`);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(`<h1>Routes of ${defaultAccountSid}</h1>`);
    expect(text).toContain(`<b>${number}</b>`);
    expect(text).not.toContain("secret");

    writeFileSync(file, "mine");
    const refused = await trace(legacy.current, "--html", file);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`${file} is there already; name another one with --html, or give --force`);
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await trace(legacy.current, "--html", file, "--force")).code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe(
      text.replace(/as of [^<]*/, /as of [^<]*/.exec(readFileSync(file, "utf8"))?.[0] ?? ""),
    );
  });

  test("is printed for Markdown, of one address too", async () => {
    await throughProxy(legacy.current);
    const { code, out } = await trace(legacy.current, number, "--mermaid");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^```mermaid\nflowchart LR\n {2}n0\(\["\+15017122661<br>Phone number#44; SMS"\]\)\n[^`]*```\n$/,
    );
    expect((await trace(legacy.current, "--mermaid", "--json")).code).toBe(2);
  });
});
