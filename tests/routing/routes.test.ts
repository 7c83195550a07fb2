import * as fc from "fast-check";
import { type AccountSnapshot, type Live, type Route, routeOf, routesOf } from "../../provider/routing";
import {
  account,
  accountSid,
  address,
  flexFlow,
  flowTo,
  messagingService,
  number,
  phoneNumber,
  proxyUrl,
  sid,
  studioUrl,
} from "./account";

const handledBy = (smsUrl: string) => ({ phoneNumbers: [phoneNumber({ smsUrl })] });
const toSms = (changes: Partial<AccountSnapshot>, live?: Live) =>
  routeOf(account(changes), "sms", number, { live });
const kinds = ({ ways }: Route) =>
  ways.map(({ hops, reaches }) => [...hops.map(({ kind }) => kind), reaches]);
const codes = ({ problems }: Route) => problems.map(({ code }) => code);

describe("ways by conversations", () => {
  test("an enabled address makes a conversation that a Studio flow sends to agents", () => {
    const route = toSms({ addresses: [address()] });
    expect(kinds(route)).toEqual([
      ["phoneNumber", "address", "conversation", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
    expect(route.ways[0]?.hops.map(({ name }) => name)).toEqual([
      number,
      "SMS",
      "a new conversation",
      "Greeter",
      "Everyone",
    ]);
    expect(route.problems).toEqual([]);
  });

  test("a flow that knows two workflows forks the way", () => {
    const workflows = [sid("WW"), sid("WW", 2)];
    const route = toSms({
      addresses: [address()],
      studioFlows: [
        { sid: sid("FW"), friendlyName: null, published: flowTo(["incomingConversationMessage"], workflows) },
      ],
      taskRouterWorkflows: workflows.map((workflow) => ({ sid: workflow, friendlyName: null })),
    });
    expect(route.ways.map(({ hops }) => hops.at(-1)?.sid)).toEqual(workflows);
  });

  test.each([
    [
      { type: "webhook", url: "https://user:pass@bot.example.com/in?key=1", method: "GET" } as const,
      "webhook",
      "https://bot.example.com/***",
    ],
    [{ type: "default" } as const, "conversation", "a new conversation"],
  ])("auto-creation of type %j ends in a %s", (autoCreation, reaches, last) => {
    const route = toSms({ addresses: [address({ autoCreation })] });
    expect(route.ways).toMatchObject([{ reaches }]);
    expect(route.ways[0]?.hops.at(-1)?.name).toBe(last);
  });

  test("an open conversation takes the message before any address does", () => {
    const live: Live = {
      conversation: {
        sid: sid("CH"),
        name: "With Ann",
        takers: [{ type: "studio", studioFlowSid: sid("FW") }],
      },
    };
    expect(kinds(toSms({ addresses: [address()] }, live))).toEqual([
      ["phoneNumber", "conversation", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
    expect(kinds(toSms({}, { conversation: { sid: sid("CH"), name: "", takers: [] } }))).toEqual([
      ["phoneNumber", "conversation", "conversation"],
    ]);
  });

  test("a disabled address is a problem only where nothing else takes the message", () => {
    const disabled = { addresses: [address({ enabled: false })] };
    expect(codes(toSms(disabled))).toEqual(["disabled"]);
    expect(kinds(toSms(disabled))).toEqual([
      ["phoneNumber", "nobody"],
      ["phoneNumber", "address", "nobody"],
    ]);
    expect(codes(toSms({ ...disabled, ...handledBy(studioUrl) }))).toEqual([]);
  });

  test.each([
    ["whatsapp", "whatsapp:+15017122661"],
    ["messenger", "messenger:1234"],
    ["chat", "web"],
    ["email", "help@example.com"],
  ] as const)("an address of type %s", (channel, to) => {
    const route = routeOf(
      account({ addresses: [address({ type: channel.toUpperCase(), address: to })] }),
      channel,
      to,
    );
    expect(route.ways).toMatchObject([{ by: "conversations", reaches: "agents" }]);
  });

  test("an address is the same with its channel's name and without", () => {
    const whatsApp = account({ addresses: [address({ type: "whatsapp", address: `whatsapp:${number}` })] });
    expect(routeOf(whatsApp, "whatsapp", number)).toEqual(
      routeOf(whatsApp, "whatsapp", `whatsapp:${number}`),
    );
  });
});

describe("ways by the sender's own handler", () => {
  // github.com/twilio-professional-services/function-flex-outbound-sms: of a Studio and a task flow, Proxy takes the former.
  test("of several enabled Flex Flows, the one that leads to Studio", () => {
    const others = [
      flexFlow({ sid: sid("FO", 2), integration: { type: "task", workflowSid: sid("WW") } }),
      flexFlow(),
      flexFlow({ sid: sid("FO", 3), enabled: false }),
    ];
    for (const flexFlows of [others, [...others].reverse()]) {
      const [way] = toSms({ ...handledBy(proxyUrl), flexFlows }).ways;
      expect(way?.hops.find(({ kind }) => kind === "flexFlow")?.sid).toBe(sid("FO"));
    }
  });

  test("a number that hands to Proxy, and a Flex Flow of its identity", () => {
    const route = toSms({ ...handledBy(proxyUrl), flexFlows: [flexFlow()] });
    expect(kinds(route)).toEqual([
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
    expect(codes(route)).toEqual(["end-of-life"]);
  });

  test.each([
    [{ type: "external", url: "https://bot.example.com" } as const, "webhook"],
    [{ type: "task", workflowSid: sid("WW") } as const, "agents"],
    [null, "conversation"],
  ])("a Flex Flow with the integration %j", (integration, reaches) => {
    const route = toSms({ ...handledBy(proxyUrl), flexFlows: [flexFlow({ integration })] });
    expect(route.ways).toMatchObject([{ by: "handler", reaches }]);
  });

  test("an open session takes the message before any Flex Flow does", () => {
    const live: Live = {
      sessionIn: (service) => (service === sid("KS") ? { sid: sid("KC"), name: "Ann" } : undefined),
    };
    expect(kinds(toSms({ ...handledBy(proxyUrl), flexFlows: [flexFlow()] }, live))).toEqual([
      ["phoneNumber", "proxyService", "proxySession", "conversation"],
    ]);
  });

  test("without a Flex Flow Proxy asks its out-of-session callback", () => {
    const [service] = account().proxyServices;
    if (!service) throw new Error("The account has no Proxy service");
    const proxyServices = [{ ...service, outOfSessionCallbackUrl: "https://bot.example.com/late" }];
    const route = toSms({ ...handledBy(proxyUrl), proxyServices });
    expect(route.ways).toMatchObject([
      { reaches: "webhook", webhook: { url: "https://bot.example.com/late", method: "POST" } },
    ]);
  });

  test("the http form of Twilio's own webhooks is the same", () => {
    expect(toSms(handledBy(studioUrl.replace("https", "http"))).ways).toEqual(
      toSms(handledBy(studioUrl)).ways,
    );
  });

  test("an application wins over the number's own URL", () => {
    const applications = [{ sid: sid("AP"), friendlyName: "App", smsUrl: studioUrl, smsMethod: "GET" }];
    const phoneNumbers = [phoneNumber({ smsUrl: "https://own.example.com", smsApplicationSid: sid("AP") })];
    expect(kinds(toSms({ applications, phoneNumbers }))).toEqual([
      ["phoneNumber", "application", "studioFlow", "taskRouterWorkflow", "agents"],
    ]);
  });

  test.each([
    [
      "defers to its numbers",
      { useInboundWebhookOnNumber: true, inboundRequestUrl: "https://other.example.com" },
      ["studioFlow", "taskRouterWorkflow", "agents"],
    ],
    [
      "has an inbound request URL",
      { inboundRequestUrl: "https://other.example.com" },
      ["webhook", "webhook"],
    ],
    ["has neither", {}, ["nobody"]],
  ])("a Messaging Service that %s", (_, service, further) => {
    const route = toSms({ ...handledBy(studioUrl), messagingServices: [messagingService(service)] });
    expect(kinds(route)).toEqual([["phoneNumber", "messagingService", ...further]]);
  });

  const whatsApp = `whatsapp:${number}`;
  const inService = (service: Parameters<typeof messagingService>[0], webhookUrl = studioUrl) => ({
    senders: [
      { sid: sid("XE"), senderId: whatsApp, name: "Us", status: "ONLINE", webhookUrl, webhookMethod: "POST" },
    ],
    messagingServices: [messagingService({ memberSids: [sid("XE")], ...service })],
  });
  const other = { inboundRequestUrl: "https://other.example.com" };

  // Twilio's Debugger named the service's URL, with the flag on and the sender's own webhook set: a program verified live in 2026.
  test.each<[string, Parameters<typeof messagingService>[0], string[], string[]]>([
    ["has an inbound request URL", other, ["webhook", "webhook"], ["shadowed-sender"]],
    [
      "has one and defers",
      { ...other, useInboundWebhookOnNumber: true },
      ["webhook", "webhook"],
      ["shadowed-sender"],
    ],
    [
      "defers and has none",
      { useInboundWebhookOnNumber: true },
      ["studioFlow", "taskRouterWorkflow", "agents"],
      [],
    ],
    ["has neither", {}, ["nobody"], ["dropped-by-messaging-service"]],
  ])("a WhatsApp sender in a Messaging Service that %s", (_, service, further, problems) => {
    const route = routeOf(account(inService(service)), "whatsapp", whatsApp);
    expect(kinds(route)).toEqual([["sender", "messagingService", ...further]]);
    expect(codes(route)).toEqual(problems);
  });

  test.each<[string, Parameters<typeof messagingService>[0], string[]]>([
    ["takes its messages", other, []],
    ["says that it defers", { ...other, useInboundWebhookOnNumber: true }, ["shadowed-sender"]],
  ])("a WhatsApp sender without a webhook, in a Messaging Service that %s", (_, service, problems) => {
    expect(codes(routeOf(account(inService(service, "")), "whatsapp", whatsApp))).toEqual(problems);
  });

  // Three programs that ran live: where an address makes conversations, a WhatsApp sender's webhook is not called.
  test("an enabled address drops the way of a channel sender's handler, a disabled one does not", () => {
    const { senders } = inService({});
    const both = (enabled: boolean) =>
      routeOf(
        account({ senders, addresses: [address({ type: "whatsapp", address: whatsApp, enabled })] }),
        "whatsapp",
        whatsApp,
      );
    expect(both(true).ways.map(({ by }) => by)).toEqual(["conversations"]);
    expect(codes(both(true))).toEqual(["shadowed-sender"]);
    expect(both(false).ways.map(({ by }) => by)).toEqual(["handler"]);
    expect(codes(both(false))).toEqual([]);
    const page = account({
      addresses: [address({ type: "messenger", address: "messenger:1234" })],
      flexFlows: [flexFlow({ channelType: "facebook", contactIdentity: "messenger:1234" })],
    });
    const route = routeOf(page, "messenger", "1234");
    expect(route.ways.map(({ by }) => by)).toEqual(["conversations"]);
    expect(codes(route)).toEqual(["flex-flow-unreached"]);
  });

  test("beside a conversation that no address makes, a sender's webhook is called", () => {
    const live: Live = { conversation: { sid: sid("CH"), name: "Ann", takers: [] } };
    const { senders } = inService({});
    const route = routeOf(account({ senders }), "whatsapp", whatsApp, { live });
    expect(route.ways.map(({ by }) => by)).toEqual(["conversations", "handler"]);
  });

  test("web and custom channels name their Flex Flow; Messenger's callback is taken to be the Proxy service", () => {
    const flexFlows = [
      flexFlow({ sid: sid("FO", 2), channelType: "web", contactIdentity: "" }),
      flexFlow({ sid: sid("FO", 3), channelType: "facebook", contactIdentity: "messenger:1234" }),
    ];
    const [web, messenger] = [
      routeOf(account({ flexFlows }), "web", sid("FO", 2)),
      routeOf(account({ flexFlows }), "messenger", "1234"),
    ];
    expect(kinds(web)[0]?.slice(0, 2)).toEqual(["console", "flexFlow"]);
    expect(kinds(messenger)[0]?.slice(0, 3)).toEqual(["console", "proxyService", "flexFlow"]);
  });
});

describe("problems", () => {
  const other = `AC${"b".repeat(32)}`;
  const draft = { sid: sid("FW"), friendlyName: "Greeter", published: undefined };
  const untriggered = { ...draft, published: flowTo(["incomingCall"], [sid("WW")]) };
  const living = { addresses: [address()] };
  const legacy = { ...handledBy(proxyUrl), flexFlows: [flexFlow()] };

  test.each<[string, Partial<AccountSnapshot>, string[]]>([
    ["the Proxy service is gone", { ...handledBy(proxyUrl), proxyServices: [] }, ["missing-object"]],
    ["the Studio flow is gone", { ...handledBy(studioUrl), studioFlows: [] }, ["missing-object"]],
    [
      "the application is gone",
      { phoneNumbers: [phoneNumber({ smsApplicationSid: sid("AP") })] },
      ["missing-object"],
    ],
    ["the conversations service is gone", { ...living, chatServices: [] }, ["missing-object"]],
    ["the chat service is gone", { ...legacy, chatServices: [] }, ["missing-object", "end-of-life"]],
    ["the workflow is gone", { ...living, taskRouterWorkflows: [] }, ["missing-object"]],
    [
      "the handler leads to another account",
      handledBy(proxyUrl.replace(accountSid, other)),
      ["foreign-account"],
    ],
    ["no Flex Flow for the address", handledBy(proxyUrl), ["no-flex-flow"]],
    [
      "a disabled Flex Flow",
      { ...handledBy(proxyUrl), flexFlows: [flexFlow({ enabled: false })] },
      ["disabled"],
    ],
    ["a Flex Flow that nothing leads to", { flexFlows: [flexFlow()] }, ["flex-flow-unreached"]],
    ["a flow never published", { ...living, studioFlows: [draft] }, ["draft"]],
    [
      "a flow without the trigger of conversations",
      { ...living, studioFlows: [untriggered] },
      ["no-trigger"],
    ],
    [
      "a flow without the trigger of messages",
      { ...handledBy(studioUrl), studioFlows: [untriggered] },
      ["no-trigger"],
    ],
    [
      "dropped by a Messaging Service",
      { messagingServices: [messagingService()] },
      ["dropped-by-messaging-service"],
    ],
    [
      "a handler shadowed by a Messaging Service",
      { ...handledBy(studioUrl), messagingServices: [messagingService({ inboundRequestUrl: studioUrl })] },
      ["shadowed-handler"],
    ],
    ["a live handler beside an enabled address", { ...living, ...handledBy(studioUrl) }, ["two-handlers"]],
    [
      "Twilio's demo beside an enabled address",
      { ...living, ...handledBy("https://demo.twilio.com/welcome/sms/reply/") },
      ["two-handlers"],
    ],
    ["a Flex Flow beside an enabled address", { ...living, ...legacy }, ["two-routes", "end-of-life"]],
  ])("%s", (_, changes, expected) => {
    const route = toSms(changes);
    expect(codes(route)).toEqual(expected);
    for (const { message, remedy } of route.problems) expect([message, remedy]).not.toContain("");
  });

  test.each<[string, Partial<AccountSnapshot>]>([
    ["a blank handler beside an address", living],
    [
      "a Messaging Service that drops, beside an address",
      { ...living, messagingServices: [messagingService()] },
    ],
    ["a handler to a flow", handledBy(studioUrl)],
    ["a disabled Flex Flow beside an address", { ...living, flexFlows: [flexFlow({ enabled: false })] }],
    ["nothing at all", {}],
  ])("none: %s", (_, changes) => {
    expect(toSms(changes).problems).toEqual([]);
  });

  test("none: a disabled Flex Flow of a Messenger page beside its address", () => {
    const identity = "messenger:1234";
    const page = account({
      addresses: [address({ type: "messenger", address: identity })],
      flexFlows: [flexFlow({ channelType: "facebook", contactIdentity: identity, enabled: false })],
    });
    expect(routeOf(page, "messenger", identity)).toMatchObject({
      problems: [],
      ways: [{ by: "conversations", reaches: "agents" }],
    });
  });

  test("that a second answer is sent is no problem where the handler rests beside an address", () => {
    const both = account({ ...living, ...handledBy(studioUrl) });
    const route = routeOf(both, "sms", number, { handlerWithAddress: "addressOnly" });
    expect(route.ways).toMatchObject([{ by: "conversations" }]);
    expect(route.problems).toEqual([]);
  });

  test("a workflow that only the running flow knows is none", () => {
    const published = flowTo(["incomingConversationMessage"], ["{{flow.variables.workflow}}"]);
    const route = toSms({ ...living, studioFlows: [{ sid: sid("FW"), friendlyName: null, published }] });
    expect(route).toMatchObject({ problems: [], ways: [{ reaches: "agents" }] });
  });

  test("the broken hop says what is wrong", () => {
    const [way] = toSms({ ...handledBy(proxyUrl), proxyServices: [] }).ways;
    expect(way).toMatchObject({
      reaches: "nobody",
      end: `${sid("KS")} does not exist in this account`,
      hops: [{ problem: null }, { kind: "proxyService", problem: { code: "missing-object" } }],
    });
  });
});

describe("the routes of an account", () => {
  test("every address once, channel by channel", () => {
    const routes = routesOf(
      account({
        phoneNumbers: [
          phoneNumber({}),
          phoneNumber({ sid: sid("PN", 2), phoneNumber: "+15558675310", sms: false }),
        ],
        shortCodes: [
          { sid: sid("SC"), shortCode: "898989", friendlyName: null, smsUrl: "", smsMethod: "POST" },
        ],
        senders: [
          {
            sid: sid("XE"),
            senderId: `whatsapp:${number}`,
            name: "Us",
            status: "ONLINE",
            webhookUrl: null,
            webhookMethod: null,
          },
        ],
        addresses: [
          address(),
          address({ sid: sid("IG", 2), type: "whatsapp", address: `whatsapp:${number}` }),
        ],
        flexFlows: [flexFlow(), flexFlow({ sid: sid("FO", 2), channelType: "web", contactIdentity: "" })],
      }),
    );
    expect(routes.map((route) => `${route.channel} ${route.address}`)).toEqual([
      `sms ${number}`,
      "sms 898989",
      `whatsapp whatsapp:${number}`,
      `web ${sid("FO", 2)}`,
    ]);
  });

  test("no account is too odd for it, and no way has credentials in it", () => {
    const url = fc.constantFrom(
      null,
      "",
      proxyUrl,
      studioUrl,
      "https://user:secret@bot.example.com/secret?secret=1",
      "secret",
    );
    const flags = fc.boolean();
    fc.assert(
      fc.property(url, url, url, flags, flags, flags, (smsUrl, inboundRequestUrl, callback, a, b, c) => {
        const routes = routesOf(
          account({
            ...handledBy(smsUrl ?? ""),
            messagingServices: a
              ? [messagingService({ inboundRequestUrl, useInboundWebhookOnNumber: b })]
              : [],
            addresses: b
              ? [
                  address({
                    enabled: c,
                    autoCreation: { type: "webhook", url: callback ?? "", method: null },
                  }),
                ]
              : [],
            flexFlows: c
              ? [flexFlow({ enabled: a, integration: { type: "external", url: callback ?? "" } })]
              : [],
          }),
        );
        expect(routes).toHaveLength(1);
        const shown = routes.map(({ ways, ...route }) => ({
          ...route,
          ways: ways.map(({ webhook: _, ...way }) => way),
        }));
        expect(JSON.stringify(shown)).not.toContain("secret");
      }),
    );
  });
});
