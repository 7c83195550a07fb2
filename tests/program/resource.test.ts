import * as pulumi from "@pulumi/pulumi";
import {
  ChatService,
  ConversationsConfiguration,
  ConversationsServiceWebhooks,
  type DefaultAutoCreation,
  type Destination,
  type ExternalIntegration,
  FlexConfiguration,
  FlexFlow,
  type MessageHandler,
  PhoneNumber,
  PhoneNumberHandler,
  ProxyPhoneNumber,
  ProxyService,
  ShortCodeHandler,
  type StudioAutoCreation,
  StudioFlow,
  type StudioIntegration,
  Subaccount,
  type TaskIntegration,
  TwilioProvider,
  TwimlApplication,
  type VoiceHandler,
  type WebhookAutoCreation,
} from "../../provider/index";
import { runAsProgram } from "../lookups/support";

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: () => ({}),
  }),
);

const chatServiceSid = `IS${"0".repeat(32)}`;

test.each([
  [
    "PhoneNumberHandler",
    () => new PhoneNumberHandler("a", { phoneNumber: "+15017122661" }),
    ["message", "voice"],
  ],
  ["ProxyService", () => new ProxyService("a", { uniqueName: "a" }), ["callbackUrl", "chatInstanceSid"]],
  ["FlexFlow", () => new FlexFlow("a", { channelType: "sms", chatServiceSid }), ["integration", "enabled"]],
  ["StudioFlow", () => new StudioFlow("a", { definition: {}, status: "draft" }), ["revision", "triggers"]],
  ["ChatService", () => new ChatService("a"), ["limits", "notifications"]],
  ["PhoneNumber", () => new PhoneNumber("a", { areaCode: "206" }), ["phoneNumber", "search", "addressSid"]],
  [
    "ProxyPhoneNumber",
    () => new ProxyPhoneNumber("a", { serviceSid: `KS${"0".repeat(32)}`, phoneNumber: "+15017122661" }),
    ["phoneNumberSid", "isReserved"],
  ],
  [
    "ShortCodeHandler",
    () => new ShortCodeHandler("a", { shortCode: "898989", message: { kind: "none" } }),
    ["shortCodeSid", "previous"],
  ],
  ["TwimlApplication", () => new TwimlApplication("a"), ["smsUrl", "messageStatusCallback"]],
  ["Subaccount", () => new Subaccount("a"), ["authToken", "status"]],
])("what is not given to a %s is an output all the same", async (_, make, keys) => {
  const made = make();
  for (const key of [...keys, "accountSid", "adopted", "sid"]) {
    expect([key, pulumi.Output.isInstance(Reflect.get(made, key))]).toEqual([key, true]);
  }
  // Registration goes on in the background.
  expect(await new Promise((resolve) => made.id.apply(resolve))).toBe("a");
});

test("the option import is answered with what to write instead", () => {
  const sid = `FO${"0".repeat(32)}`;
  const opts = { import: sid };
  expect(() => new FlexFlow("a", { channelType: "sms", chatServiceSid }, opts)).toThrow(
    `FlexFlow "a": the option import does not work here; to take over what exists, give the argument adopt: "${sid}" in its place`,
  );
  expect(() => new FlexConfiguration("a", { uiLanguage: "de" }, opts)).toThrow(
    'FlexConfiguration "a": the option import does not work here; leave it out: this takes over what is there, and gives it back on destroy',
  );
});

/** The members of a union are told from one another only where what tells them is never an output. */
type Plain<Discriminant extends string> = Discriminant;
test("what tells the members of a union is a plain text to the compiler", () => {
  const told: [
    Plain<MessageHandler["kind"]>,
    Plain<VoiceHandler["kind"]>,
    Plain<(StudioIntegration | ExternalIntegration | TaskIntegration)["type"]>,
    Plain<(StudioAutoCreation | WebhookAutoCreation | DefaultAutoCreation)["type"]>,
    Plain<Destination["kind"]>,
  ] = ["proxy", "trunk", "studio", "webhook", "studio"];
  expect(told).toHaveLength(5);
});

describe("two resources of one program that own the same key are refused, wherever the program shows it", () => {
  const run = (declare: () => void) => {
    // Each run of a program has a monitor of its own.
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: () => ({}),
    });
    runAsProgram();
    return declare;
  };
  const service = (digit: string) => `IS${digit.repeat(32)}`;

  test.each<[string, () => void, string]>([
    [
      "a key of the account",
      () => {
        new ConversationsConfiguration("one", { defaultInactiveTimer: "PT1H" });
        new ConversationsConfiguration("two", { defaultInactiveTimer: "PT2H" });
      },
      "two: another resource of this program declares the defaultInactiveTimer of the Conversations configuration already; keep one of them",
    ],
    [
      "a key inside an object",
      () => {
        new FlexConfiguration("one", { uiAttributes: { theme: "dark" } });
        new FlexConfiguration("two", { uiAttributes: { logo: "x", theme: "light" } });
      },
      "two: another resource of this program declares the uiAttributes.theme of the Flex Configuration already; keep one of them",
    ],
    [
      "a key of a service",
      () => {
        new ConversationsServiceWebhooks("one", { chatServiceSid: service("1"), method: "GET" });
        new ConversationsServiceWebhooks("two", { chatServiceSid: service("1"), method: "GET" });
      },
      `two: another resource of this program declares the method of ${service("1")} already; keep one of them`,
    ],
    [
      "a side of a number",
      () => {
        const phoneNumber = "+15017122661";
        new PhoneNumberHandler("one", { phoneNumber, message: { kind: "none" } });
        new PhoneNumberHandler("two", { phoneNumber, message: { kind: "none" } });
      },
      "two: another resource of this program declares the message of +15017122661 already; keep one of them",
    ],
  ])("%s", (_, declare, message) => {
    expect(run(declare)).toThrow(message);
  });

  test("different keys, services and accounts are no clash", () => {
    const declare = run(() => {
      new ConversationsConfiguration("one", { defaultInactiveTimer: "PT1H" });
      new ConversationsConfiguration("two", { defaultClosedTimer: "P1D" });
      const provider = new TwilioProvider("other");
      new ConversationsConfiguration("three", { defaultInactiveTimer: "PT1H" }, { provider });
      new FlexConfiguration("one", { uiAttributes: { theme: "dark" } });
      new FlexConfiguration("two", { uiAttributes: { logo: "x" } });
      new ConversationsServiceWebhooks("one", { chatServiceSid: service("1"), method: "GET" });
      new ConversationsServiceWebhooks("two", { chatServiceSid: service("2"), method: "GET" });
    });
    expect(declare).not.toThrow();
  });
});

test("an error of the program names its place, also after resources were made", () => {
  const { stackTraceLimit } = Error;
  new ChatService("made", { friendlyName: "made" });
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  const nameless = () => new ChatService("", { friendlyName: "made" });
  expect(nameless).toThrow(expect.objectContaining({ stack: expect.stringContaining("resource.test.ts") }));
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});
