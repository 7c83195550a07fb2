import * as pulumi from "@pulumi/pulumi";
import { ChatService, FlexFlow, PhoneNumberHandler, ProxyService, StudioFlow } from "../../provider/index";

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
])("what is not given to a %s is an output all the same", async (_, make, keys) => {
  const made = make();
  for (const key of [...keys, "accountSid", "adopted", "sid"]) {
    expect([key, pulumi.Output.isInstance(Reflect.get(made, key))]).toEqual([key, true]);
  }
  // Registration goes on in the background.
  expect(await new Promise((resolve) => made.id.apply(resolve))).toBe("a");
});
