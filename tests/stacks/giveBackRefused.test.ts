import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  ConversationsConfiguration,
  ConversationsServiceConfiguration,
  ConversationsServiceWebhooks,
  ConversationsWebhooks,
  FlexConfiguration,
  PhoneNumberHandler,
  ShortCodeHandler,
  StudioFlow,
  TaskRouterWorkspaceConfiguration,
  WhatsAppSender,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const stack = onStack({ eachTest: true });

/** The whole account without dates and without what only a destroyed stack leaves: a flow's revisions, for one. */
function account() {
  const { studioFlows, ...rest } = stack.account();
  const flows = Object.fromEntries(
    Object.entries(studioFlows).map(([sid, { revisions }]) => [sid, revisions.at(-1)?.friendly_name]),
  );
  return JSON.parse(
    JSON.stringify({ ...rest, flows }, (key, value: unknown) =>
      key.startsWith("date_") ? undefined : value,
    ),
  );
}

const takeOver = { onConflict: "takeOver" } as const;
const url = "https://example.com/ours";
const webhook = { kind: "webhook", url } as const;
const chatServiceSid = seeded.flexService;
const workspaceSid = seeded.workspace;

/** Each class that gives back what it found, with the request by which it does, and a former handler where there is one. */
const classes: [string, string, () => unknown, string?][] = [
  [
    "PhoneNumberHandler",
    "UpdateIncomingPhoneNumber",
    () =>
      new PhoneNumberHandler("one", {
        phoneNumberSid: seeded.smsNumber,
        message: webhook,
        voice: webhook,
        ...takeOver,
      }),
    `application ${seeded.application}`,
  ],
  [
    "ShortCodeHandler",
    "UpdateShortCode",
    () => new ShortCodeHandler("one", { shortCode: "898989", message: webhook, ...takeOver }),
    "https://legacy.example.com/***",
  ],
  [
    "WhatsAppSender",
    "UpdateChannelsSender",
    () =>
      new WhatsAppSender("one", {
        senderSid: seeded.whatsAppSender,
        webhook: { callbackUrl: url },
        ...takeOver,
      }),
    "https://legacy.example.com/***",
  ],
  ["FlexConfiguration", "UpdateConfiguration", () => new FlexConfiguration("one", { uiLanguage: "de" })],
  [
    "ConversationsConfiguration",
    "UpdateConfiguration",
    () => new ConversationsConfiguration("one", { defaultInactiveTimer: "PT2H" }),
  ],
  [
    "ConversationsWebhooks",
    "UpdateConfigurationWebhook",
    () => new ConversationsWebhooks("one", { postWebhookUrl: url, method: "GET" }),
  ],
  [
    "ConversationsServiceConfiguration",
    "UpdateServiceConfiguration",
    () => new ConversationsServiceConfiguration("one", { chatServiceSid, reachabilityEnabled: true }),
  ],
  [
    "ConversationsServiceWebhooks",
    "UpdateServiceWebhookConfiguration",
    () => new ConversationsServiceWebhooks("one", { chatServiceSid, postWebhookUrl: url, method: "GET" }),
  ],
  [
    "TaskRouterWorkspaceConfiguration",
    "UpdateWorkspace",
    () =>
      new TaskRouterWorkspaceConfiguration("one", {
        workspaceSid,
        defaultActivitySid: seeded.availableActivity,
      }),
  ],
  [
    "an adopted StudioFlow",
    "UpdateFlow",
    () =>
      new StudioFlow("one", {
        adopt: seeded.studioFlow,
        friendlyName: "Ours",
        status: "published",
        definition: {
          states: [{ name: "Trigger", type: "trigger", transitions: [] }],
          initial_state: "Trigger",
        },
      }),
  ],
];

test.each(classes)(
  "%s: what was there and is refused ends destroy, and what answers stays",
  async (...row) => {
    const [, operationId, declare, former] = row;
    const program: PulumiFn = async () => void declare();
    const number = stack.account().phoneNumbers[seeded.smsNumber];
    Object.assign(number ?? {}, { voice_application_sid: seeded.application, voice_url: "" });
    const before = account();
    await stack.up(program);
    const declared = account();
    expect(declared).not.toEqual(before);

    stack.emulator.addFault({
      match: { operationId },
      effect: { status: 400, code: 20001, message: "not now" },
    });
    const refused = await stack.destroy();
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain("what was there before cannot be put back: ");
    expect(refused.output).toContain("pulumi state delete");
    if (former) expect(refused.output).toContain(former);
    expect(account()).toEqual(declared);

    stack.emulator.clearFaults();
    expect((await stack.destroy()).output).not.toContain("no longer as declared");
    expect(account()).toEqual(before);
  },
);

test("one side that is refused keeps the other one from nothing, and onDelete goes on", async () => {
  const number = () => stack.account().phoneNumbers[seeded.smsNumber];
  Object.assign(number() ?? {}, { sms_url: "https://example.com/before" });
  const program =
    (onDelete?: "keep" | "clear"): PulumiFn =>
    async () => {
      new PhoneNumberHandler("handler", {
        phoneNumberSid: seeded.smsNumber,
        message: webhook,
        voice: webhook,
        ...takeOver,
        onDelete,
      });
    };
  const voice = number()?.voice_url;
  await stack.up(program());
  const match = { operationId: "UpdateIncomingPhoneNumber" };
  // The request for both sides, and then that for the message side.
  stack.emulator.addFault({ match, times: 2, effect: { status: 400, code: 20001, message: "no" } });
  expect((await stack.destroy()).failed).toBe(true);
  expect(number()).toMatchObject({ sms_url: url, voice_url: voice });
  await stack.up(program("clear"));
  expect((await stack.destroy()).failed).toBe(false);
  expect(number()).toMatchObject({ sms_url: "", voice_url: voice });
});

test("an adopted address whose former flow is gone stays as it is, the rest of it goes back, and destroy goes on", async () => {
  const former = `FW${"7".repeat(32)}`;
  const flow = stack.account().studioFlows[seeded.studioFlow];
  if (!flow) throw new Error("there is no flow");
  stack.account().studioFlows[former] = { ...structuredClone(flow), sid: former };
  const phone = { type: "sms", address: "+15017122661" } as const;
  const { sid } = await clientOf(stack.emulator).conversations.v1.addressConfigurations.create({
    ...phone,
    friendlyName: "Before",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": former,
  });
  await stack.up(async () => {
    new ConversationsAddress("address", {
      ...phone,
      adopt: sid,
      friendlyName: "Ours",
      autoCreation: { type: "studio", studioFlowSid: seeded.studioFlow },
    });
  });
  delete stack.account().studioFlows[former];
  const refused = { status: 400, code: 20001, message: "there is no such flow" };
  // The request for all of it, and then that for the flow.
  stack.emulator.addFault({
    match: { operationId: "UpdateConfigurationAddress" },
    times: 2,
    effect: refused,
  });
  const { failed, output } = await stack.destroy();
  expect({ failed, output }).toMatchObject({ failed: false });
  expect(output).toContain(
    "autoCreation.studioFlowSid: what was there before cannot be put back, so it stays as it is",
  );
  expect(stack.account().addressConfigurations[sid]).toMatchObject({
    friendly_name: "Before",
    auto_creation: { studio_flow_sid: seeded.studioFlow },
  });
});
