import { type AccountSnapshot, type Live, routeOf, routesOf } from "../../provider/routing";
import { account, accountSid, flowTo, number, phoneNumber, sid, studioUrl } from "./account";

const voiceSide = (changes: Parameters<typeof phoneNumber>[0]) => ({
  phoneNumbers: [phoneNumber({ voice: true, ...changes })],
});
const callable = {
  sid: sid("FW"),
  friendlyName: "IVR",
  published: flowTo(["incomingCall"], [sid("WW")]),
};
const called = (changes: Partial<AccountSnapshot>, live?: Live) =>
  routeOf(account({ studioFlows: [callable], ...changes }), "voice", number, { live });
const kinds = ({ ways }: ReturnType<typeof called>) =>
  ways.map(({ hops, reaches }) => [...hops.map(({ kind }) => kind), reaches]);
const codes = ({ problems }: ReturnType<typeof called>) => problems.map(({ code }) => code);
const application = {
  sid: sid("AP"),
  friendlyName: "App",
  smsUrl: "",
  smsMethod: "POST",
  voiceUrl: studioUrl,
  voiceMethod: "POST",
};

test.each<[string, Parameters<typeof phoneNumber>[0], (string | undefined)[]]>([
  ["a Studio flow", { voiceUrl: studioUrl }, ["phoneNumber", "studioFlow", "taskRouterWorkflow", "agents"]],
  ["a webhook", { voiceUrl: "https://ivr.example.com" }, ["phoneNumber", "webhook", "webhook"]],
  [
    "a trunk, before all else",
    { trunkSid: sid("TK"), voiceUrl: studioUrl },
    ["phoneNumber", "trunk", "trunk"],
  ],
  [
    "an application, before the URL",
    { voiceApplicationSid: sid("AP"), voiceUrl: "https://ivr.example.com" },
    ["phoneNumber", "application", "studioFlow", "taskRouterWorkflow", "agents"],
  ],
  ["nothing", {}, ["phoneNumber", "nobody"]],
])("a number that hands its calls to %s", (_, changes, expected) => {
  const route = called({ ...voiceSide(changes), applications: [application] });
  expect(kinds(route)).toEqual([expected]);
  expect(codes(route)).toEqual([]);
});

test("a call into a plain queue reaches no agent of Flex, one into a workflow does", () => {
  const enqueue = (properties: object) => ({
    ...callable,
    published: {
      states: [
        { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "queue" }] },
        { name: "queue", type: "enqueue-call", transitions: [], properties },
      ],
    },
  });
  const reached = (properties: object) =>
    called({ ...voiceSide({ voiceUrl: studioUrl }), studioFlows: [enqueue(properties)] }).ways.map(
      ({ reaches }) => reaches,
    );
  expect(reached({ workflow_sid: sid("WW") })).toEqual(["agents"]);
  expect(reached({ queue_name: "Waiting" })).toEqual(["studio"]);
});

test.each<[string, Partial<AccountSnapshot>, string[]]>([
  ["the application is gone", voiceSide({ voiceApplicationSid: sid("AP") }), ["missing-object"]],
  [
    "the application does nothing with calls",
    { ...voiceSide({ voiceApplicationSid: sid("AP") }), applications: [{ ...application, voiceUrl: "" }] },
    ["unanswered"],
  ],
  ["only a fallback URL", voiceSide({ voiceFallbackUrl: "https://ivr.example.com" }), ["unanswered"]],
  [
    "the flow is started by messages only",
    {
      ...voiceSide({ voiceUrl: studioUrl }),
      studioFlows: [{ ...callable, published: flowTo(["incomingMessage"], [sid("WW")]) }],
    },
    ["no-trigger"],
  ],
  [
    "the handler leads to another account",
    voiceSide({ voiceUrl: studioUrl.replace(accountSid, `AC${"b".repeat(32)}`) }),
    ["foreign-account"],
  ],
])("problems: %s", (_, changes, expected) => {
  const route = called(changes);
  expect(codes(route)).toEqual(expected);
  for (const { remedy } of route.problems.filter(({ code }) => code === "unanswered"))
    expect(remedy).toContain("PhoneNumberHandler with voice");
});

test("a Proxy service connects a call of an open session, and asks its callback otherwise", () => {
  const voiceUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${sid("KS")}/Webhooks/Call`;
  const live: Live = { sessionIn: () => ({ sid: sid("KC"), name: "Ann" }) };
  expect(kinds(called(voiceSide({ voiceUrl }), live))).toEqual([
    ["phoneNumber", "proxyService", "proxySession", "conversation"],
  ]);
  expect(kinds(called(voiceSide({ voiceUrl })))).toEqual([["phoneNumber", "proxyService", "nobody"]]);
  const proxyServices = account().proxyServices.map((service) => ({
    ...service,
    outOfSessionCallbackUrl: "https://bot.example.com",
  }));
  expect(kinds(called({ ...voiceSide({ voiceUrl }), proxyServices }))).toEqual([
    ["phoneNumber", "proxyService", "webhook", "webhook"],
  ]);
});

test("the routes of an account show calls where somebody has set up what a number does with them, at last", () => {
  const demo = "https://demo.twilio.com/welcome/voice/";
  const numbers = [
    { voiceUrl: studioUrl },
    { voiceUrl: demo },
    { voiceUrl: "" },
    { voiceUrl: studioUrl, voice: false },
    { voiceApplicationSid: sid("AP") },
    { trunkSid: sid("TK"), sms: false },
  ];
  const phoneNumbers = numbers.map((changes, index) =>
    phoneNumber({ voice: true, sid: sid("PN", index), phoneNumber: `+1501712266${index}`, ...changes }),
  );
  const routes = routesOf(account({ studioFlows: [callable], phoneNumbers, applications: [application] }));
  expect(routes.map(({ channel, address }) => `${channel} ${address.slice(-1)}`)).toEqual([
    ...[0, 1, 2, 3, 4].map((index) => `sms ${index}`),
    ...[0, 4, 5].map((index) => `voice ${index}`),
  ]);
});
