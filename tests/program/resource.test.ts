import * as pulumi from "@pulumi/pulumi";
import {
  ChatService,
  ConversationsConfiguration,
  ConversationsServiceWebhooks,
  FlexConfiguration,
  FlexFlow,
  PhoneNumber,
  PhoneNumberHandler,
  ProxyPhoneNumber,
  ProxyService,
  ShortCodeHandler,
  StudioFlow,
  Subaccount,
  TwilioProvider,
  TwimlApplication,
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
