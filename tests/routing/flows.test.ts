import {
  type AccountSnapshot,
  danglingIn,
  expecting,
  type Live,
  routeOf,
  widgetReferences,
} from "../../provider/routing";
import { subflowsOf } from "../../provider/routing/definition";
import { account, address, flexFlow, flowTo, number, phoneNumber, proxyUrl, sid, studioUrl } from "./account";

/** A published flow that this event starts, and that runs these flows one after the other. */
const running = (event: string, subflows: string[], more: object = {}) => ({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event, next: "sub0" }] },
    ...subflows.map((flow_sid, index) => ({
      name: `sub${index}`,
      type: "run-subflow",
      transitions: [{ event: "completed", next: `sub${index + 1}` }],
      properties: { flow_sid, flow_revision: "LatestPublished", ...more },
    })),
  ],
});
const flow = (digit: number, published: unknown) => ({
  sid: sid("FW", digit),
  friendlyName: `Flow ${digit}`,
  published,
});
const toFlow = (studioFlows: AccountSnapshot["studioFlows"]) =>
  routeOf(account({ phoneNumbers: [phoneNumber({ smsUrl: studioUrl })], studioFlows }), "sms", number);
const names = ({ ways }: ReturnType<typeof toFlow>) =>
  ways.map(({ hops, reaches }) => [...hops.slice(1).map(({ name }) => name), reaches]);
const codes = ({ problems }: ReturnType<typeof toFlow>) => problems.map(({ code }) => code);

describe("subflows", () => {
  const inner = flow(2, flowTo(["incomingParent"], [sid("WW")]));

  test("a way goes on in what a flow runs, to any depth", () => {
    const route = toFlow([
      flow(1, running("incomingMessage", [sid("FW", 3)])),
      flow(3, running("incomingParent", [sid("FW", 2)])),
      inner,
    ]);
    expect(names(route)).toEqual([["Flow 1", "Flow 3", "Flow 2", "Everyone", "agents"]]);
    expect(codes(route)).toEqual([]);
  });

  test("a flow that runs itself, and flows that run each other, end", () => {
    const route = toFlow([
      flow(1, running("incomingMessage", [sid("FW", 1), sid("FW", 2)])),
      flow(2, running("incomingParent", [sid("FW", 1), sid("FW", 2)])),
    ]);
    expect(names(route)).toEqual([["Flow 1", "studio"]]);
  });

  test("a widget that hands on to what Twilio has ended is warned of", () => {
    const toBot = {
      states: [
        { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "bot" }] },
        { name: "bot", type: "send-to-auto-pilot", transitions: [], properties: {} },
        { name: "unreached", type: "send-to-auto-pilot", transitions: [], properties: {} },
      ],
    };
    const { problems } = toFlow([flow(1, toBot)]);
    expect(problems).toMatchObject([
      {
        code: "ended-widget",
        object: { name: "Flow 1" },
        message: "Its widget bot hands on to Autopilot, which Twilio shut down on 2023-08-25",
      },
    ]);
  });

  test("one that hands nobody on is a step of the flow that runs it", () => {
    const asked = flow(3, {
      states: [
        { name: "Trigger", type: "trigger", transitions: [{ event: "incomingParent", next: "ask" }] },
        { name: "ask", type: "send-and-wait-for-reply", transitions: [] },
      ],
    });
    const route = toFlow([flow(1, running("incomingMessage", [sid("FW", 3), sid("FW", 2)])), asked, inner]);
    expect(names(route)).toEqual([["Flow 1", "Flow 2", "Everyone", "agents"]]);
    expect(codes(route)).toEqual([]);
  });

  test.each<[string, AccountSnapshot["studioFlows"], string[]]>([
    ["is gone", [], ["missing-object"]],
    ["was never published", [flow(2, undefined)], ["draft"]],
    ["no flow may start", [flow(2, flowTo(["incomingMessage"], [sid("WW")]))], ["no-trigger"]],
    [
      "names a workflow that is gone",
      [flow(2, flowTo(["incomingParent"], [sid("WW", 9)]))],
      ["missing-object"],
    ],
  ])("one that %s is a problem", (_, others, expected) => {
    expect(codes(toFlow([flow(1, running("incomingMessage", [sid("FW", 2)])), ...others]))).toEqual(expected);
  });

  test("one that only the running flow knows, or of a certain revision, is none", () => {
    const unknown = flow(1, running("incomingMessage", ["{{flow.variables.next}}"]));
    expect(codes(toFlow([unknown]))).toEqual([]);
    const pinned = flow(1, running("incomingMessage", [sid("FW", 2)], { flow_revision: "3" }));
    expect(codes(toFlow([pinned, flow(2, undefined)]))).toEqual([]);
    expect(subflowsOf(pinned.published, "incomingMessage")).toEqual([{ sid: sid("FW", 2), isLatest: false }]);
  });
});

describe("what widgets name", () => {
  const definition = {
    states: [
      { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "agent" }] },
      {
        name: "agent",
        type: "send-to-flex",
        transitions: [{ event: "failedToEnqueue", next: "sub" }],
        properties: { workflow: sid("WW", 9), channel: sid("TC", 9), attributes: `{"x":"${sid("WW", 8)}"}` },
      },
      { name: "sub", type: "run-subflow", transitions: [], properties: { flow_sid: sid("FW", 9) } },
      { name: "unreached", type: "send-to-flex", transitions: [], properties: { workflow: sid("WW", 7) } },
    ],
  };

  test("are the SIDs that a widget which can be reached cannot do without", () => {
    expect(widgetReferences(definition).map(({ path, sid: named }) => [path, named])).toEqual([
      ["states[1].properties.workflow", sid("WW", 9)],
      ["states[1].properties.channel", sid("TC", 9)],
      ["states[2].properties.flow_sid", sid("FW", 9)],
    ]);
  });

  test.each([undefined, null, 1, "text", [], { states: {} }, { states: [null, 1, { type: "trigger" }] }])(
    "are none in %j",
    (odd) => expect(widgetReferences(odd)).toEqual([]),
  );

  test("dangle where the account has no such object; a draft says so of what it brings in", () => {
    const planned = { ...flow(1, definition), draft: definition };
    const draft = { ...flow(2, undefined), draft: definition };
    const found = danglingIn(account({ studioFlows: [planned, draft], taskChannels: [] }));
    expect(found.map((one) => [one.flow.name, one.isDraft, one.widget, one.sid])).toEqual([
      ...[false, true].flatMap((isDraft) => {
        const name = isDraft ? "Flow 2" : "Flow 1";
        return [
          [name, isDraft, "agent", sid("WW", 9)],
          [name, isDraft, "agent", sid("TC", 9)],
          [name, isDraft, "sub", sid("FW", 9)],
        ];
      }),
    ]);
  });

  test("never dangle where the list that would have them was not read", () => {
    const found = danglingIn(account({ studioFlows: [flow(1, definition)] }));
    expect(found.map(({ kind }) => kind)).not.toContain("taskChannel");
  });
});

describe("addresses that were meant to be answered", () => {
  const application = { sid: sid("AP"), friendlyName: "App", smsUrl: "", smsMethod: "POST" };
  const toSms = (changes: Partial<AccountSnapshot>) => routeOf(account(changes), "sms", number);

  test.each<[string, Partial<AccountSnapshot>]>([
    [
      "an application that does nothing with messages",
      { phoneNumbers: [phoneNumber({ smsApplicationSid: sid("AP") })], applications: [application] },
    ],
    ["a fallback URL alone", { phoneNumbers: [phoneNumber({ smsFallbackUrl: "https://late.example.com" })] }],
  ])("%s", (_, changes) => {
    const route = toSms(changes);
    expect(codes(route)).toEqual(["unanswered"]);
    expect(route.problems[0]).toMatchObject({ severity: "error", object: { kind: "phoneNumber" } });
    // Beside an address, the number's own side is as it should be.
    expect(codes(toSms({ ...changes, addresses: [address()] }))).toEqual([]);
  });

  const webhook = { phoneNumbers: [phoneNumber({ smsUrl: "https://x.example.com" })] };
  test.each<[string, "agent" | "anybody", Partial<AccountSnapshot>, string[]]>([
    ["a blank number", "anybody", {}, ["unanswered"]],
    ["a blank number", "agent", {}, ["unanswered"]],
    ["a webhook", "anybody", webhook, []],
    ["a webhook", "agent", webhook, ["not-agents"]],
    ["an address that leads to agents", "agent", { addresses: [address()] }, []],
    [
      "a disabled address, which is told already",
      "anybody",
      { addresses: [address({ enabled: false })] },
      ["disabled"],
    ],
  ])("%s, where %s is expected", (_, expected, changes, problems) => {
    expect(codes(expecting(account(changes), toSms(changes), expected))).toEqual(problems);
  });
});

describe("remedies name the class that sets what is wrong", () => {
  const whatsApp = `whatsapp:${number}`;
  const sender = {
    sid: sid("XE"),
    senderId: whatsApp,
    name: "Us",
    status: "ONLINE",
    webhookUrl: "",
    webhookMethod: "POST",
  };
  const shortCode = {
    sid: sid("SC"),
    shortCode: "898989",
    friendlyName: null,
    smsUrl: studioUrl,
    smsMethod: null,
  };
  const both = (type: string, to: string) => [address({ type, address: to })];

  test.each<[string, Partial<AccountSnapshot>, "sms" | "whatsapp" | "messenger", string, string]>([
    [
      "a number",
      { phoneNumbers: [phoneNumber({ smsUrl: studioUrl })], addresses: [address()] },
      "sms",
      number,
      "PhoneNumberHandler",
    ],
    [
      "a short code",
      { shortCodes: [shortCode], addresses: both("sms", "898989") },
      "sms",
      "898989",
      "ShortCodeHandler",
    ],
    [
      "a sender",
      { senders: [sender], flexFlows: [flexFlow({ channelType: "whatsapp", contactIdentity: whatsApp })] },
      "whatsapp",
      whatsApp,
      "WhatsAppSender",
    ],
    [
      "a sender beside an address",
      { senders: [{ ...sender, webhookUrl: studioUrl }], addresses: both("whatsapp", whatsApp) },
      "whatsapp",
      whatsApp,
      "WhatsAppSender",
    ],
    [
      "a page",
      {
        addresses: both("messenger", "messenger:1"),
        flexFlows: [flexFlow({ channelType: "facebook", contactIdentity: "messenger:1" })],
      },
      "messenger",
      "1",
      "in the Console",
    ],
  ])("%s", (_, changes, channel, to, named) => {
    const [found] = routeOf(account(changes), channel, to).problems;
    expect(found?.remedy).toContain(named);
    if (named !== "PhoneNumberHandler") expect(found?.remedy).not.toContain("PhoneNumberHandler");
  });
});

test("an open session takes the message before the Flex Flow, which is reached all the same", () => {
  const live: Live = { sessionIn: () => ({ sid: sid("KC"), name: "Ann" }) };
  const legacy = account({ phoneNumbers: [phoneNumber({ smsUrl: proxyUrl })], flexFlows: [flexFlow()] });
  expect(codes(routeOf(legacy, "sms", number, { live }))).toEqual([]);
  const unreached = account({ phoneNumbers: [phoneNumber({ smsUrl: studioUrl })], flexFlows: [flexFlow()] });
  expect(codes(routeOf(unreached, "sms", number, { live }))).toEqual(["flex-flow-unreached"]);
});
