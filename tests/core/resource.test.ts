import * as pulumi from "@pulumi/pulumi";
import {
  ChatService,
  FlexFlow,
  PhoneNumber,
  PhoneNumberHandler,
  ProxyPhoneNumber,
  ProxyService,
  ShortCodeHandler,
  StudioFlow,
  Subaccount,
  TwimlApplication,
} from "../../provider/index";

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
