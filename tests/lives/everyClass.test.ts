import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import * as twilio from "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import { TwilioResource } from "../../provider/program/resource";
import { emulatorCredentials, onStack } from "../stacks/onStack";

const stack = onStack({ needsEngine: true });

const flow = {
  description: "Answers",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage" }, { event: "incomingConversationMessage" }],
      properties: { offset: { x: 0, y: 0 } },
    },
  ],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
};

/** At least one of every class, each with what it needs of the others. Everything that is made goes on destroy. */
const program = async () => {
  const studio = new twilio.StudioFlow("flow", { definition: flow, status: "published" });
  const studioFlowSid = studio.sid;

  // What the account has already, of which a part is taken over.
  new twilio.FlexConfiguration("flex", { uiAttributes: { theme: "dark" }, callRecordingEnabled: true });
  new twilio.ConversationsConfiguration("conversations", { defaultClosedTimer: "P7D" });
  new twilio.ConversationsWebhooks("conversations-webhooks", { postWebhookUrl: "https://example.com/all" });
  new twilio.ShortCodeHandler("short-code", {
    shortCode: "898989",
    message: { kind: "webhook", url: "https://example.com/short" },
    onConflict: "takeOver",
  });
  new twilio.WhatsAppSender("whatsapp", {
    senderSid: seeded.whatsAppSender,
    webhook: { callbackUrl: "https://example.com/whatsapp" },
    onConflict: "takeOver",
  });

  // A number that is bought, with a TwiML application for its calls.
  const number = new twilio.PhoneNumber("number", {
    search: { country: "US", areaCode: "415" },
    releaseOnDelete: true,
  });
  const app = new twilio.TwimlApplication("app", { voiceUrl: "https://example.com/voice" });
  new twilio.PhoneNumberHandler("number", {
    phoneNumberSid: number.sid,
    message: { kind: "none" },
    voice: { kind: "application", applicationSid: app.sid },
  });

  // The living path.
  const service = new twilio.ConversationsService("service", { friendlyName: "Support" });
  new twilio.ConversationsServiceConfiguration("service", {
    chatServiceSid: service.sid,
    reachabilityEnabled: true,
  });
  new twilio.ConversationsServiceWebhooks("service", {
    chatServiceSid: service.sid,
    postWebhookUrl: "https://example.com/service",
  });
  new twilio.ConversationsAddress("number", {
    type: "sms",
    address: number.phoneNumber.apply((phoneNumber) => phoneNumber ?? ""),
    autoCreation: { type: "studio", studioFlowSid, conversationServiceSid: service.sid },
  });

  // The legacy path, on another number.
  const chat = new twilio.ChatService("chat");
  const proxy = new twilio.ProxyService("proxy", { uniqueName: "support", chatInstanceSid: chat.sid });
  const legacy = new twilio.PhoneNumber("legacy", {
    phoneNumber: "+14155550123",
    releaseOnDelete: true,
  });
  const pooled = new twilio.ProxyPhoneNumber("legacy", {
    serviceSid: proxy.sid,
    phoneNumberSid: legacy.sid,
  });
  const legacyAddress = new twilio.FlexFlow("legacy", {
    channelType: "sms",
    contactIdentity: "+14155550123",
    chatServiceSid: chat.sid,
    integration: { type: "studio", flowSid: studioFlowSid },
  });
  new twilio.PhoneNumberHandler("legacy", {
    phoneNumberSid: legacy.sid,
    message: { kind: "proxy", proxyServiceSid: proxy.sid },
  });

  const messaging = new twilio.MessagingService("messaging", { useInboundWebhookOnNumber: true });
  const serviceSid = messaging.sid;
  const member = { dependsOn: [pooled] };
  new twilio.MessagingServicePhoneNumber("number", { serviceSid, phoneNumberSid: number.sid }, member);
  new twilio.MessagingServiceShortCode("short-code", { serviceSid, shortCodeSid: seeded.shortCode });
  new twilio.MessagingServiceAlphaSender("alpha", { serviceSid, alphaSender: "Support" });
  new twilio.MessagingServiceChannelSender("whatsapp", { serviceSid, senderSid: seeded.whatsAppSender });

  const workspace = new twilio.TaskRouterWorkspace("workspace");
  const workspaceSid = workspace.sid;
  const activity = new twilio.TaskRouterActivity("activity", { workspaceSid, available: false });
  new twilio.TaskRouterWorkspaceConfiguration("workspace", {
    workspaceSid,
    timeoutActivitySid: activity.sid,
  });
  const queue = new twilio.TaskRouterTaskQueue("queue", { workspaceSid });
  new twilio.TaskRouterWorkflow("workflow", {
    workspaceSid,
    configuration: { task_routing: { filters: [], default_filter: { queue: queue.sid } } },
  });
  new twilio.TaskRouterTaskChannel("task-channel", { workspaceSid, uniqueName: "letters" });
  new twilio.TaskRouterWorker("worker", { workspaceSid, attributes: { skills: ["letters"] } });

  const subaccount = new twilio.Subaccount("subaccount", { friendlyName: "Branch", closeOnDelete: true });
  return { sids: pulumi.all([legacyAddress.sid, subaccount.sid]) };
};

const classes = Object.values(twilio).flatMap((value) =>
  typeof value === "function" && value.prototype instanceof TwilioResource ? [value.name] : [],
);

/** All that is there, without what stays for ever: dates, revisions of flows, and accounts that are closed. */
function picture() {
  const open = Object.entries(stack.emulator.state.accounts).filter(([, { status }]) => status !== "closed");
  return JSON.parse(
    JSON.stringify(Object.fromEntries(open), (key, value) =>
      key.startsWith("date_") || key === "revisions" ? undefined : value,
    ),
  );
}

let before: unknown;
let between: unknown;

test("the program has at least one of every class", async () => {
  before = picture();
  const done = await stack.tryUp(program);
  if (done.failed) throw new Error(done.output);
  const { resources } = await stack.stored();
  const made = new Set(resources.map(({ type }) => type.replace(/^.*:/, "")));
  expect(classes.filter((name) => !made.has(name))).toEqual([]);
  between = picture();
});

test("a second up asks nothing, and a refresh finds no difference", async () => {
  const again = await stack.tryUp(program);
  expect({ failed: again.failed, steps: again.steps, asked: again.asked }).toEqual({
    failed: false,
    steps: {},
    asked: [],
  });
  const refreshed = await stack.refresh();
  expect({ failed: refreshed.failed, diffs: refreshed.diffs }).toEqual({ failed: false, diffs: {} });
  expect(picture()).toEqual(between);
});

test("the same program in a second stack stops at what there can be only once, names it, and touches nothing of the first one's", async () => {
  const sids = sidsIn(between);
  const second = await stack.another({ ...emulatorCredentials, baseUrl: stack.emulator.url });
  const { failed, output } = await second.tryUp(program);
  expect(failed).toBe(true);
  expect(output).toMatch(/[A-Z]{2}[0-9a-f]{32} is there already; take it over with adopt/);
  expect(withOnly(sids, picture())).toEqual(withOnly(sids, between));
  const destroyed = await second.destroy();
  expect({ failed: destroyed.failed, output: destroyed.failed && destroyed.output }).toEqual({
    failed: false,
    output: false,
  });
  expect(picture()).toEqual(between);
});

test("destroy leaves everything as it was before", async () => {
  const { failed, output } = await stack.destroy();
  expect({ failed, output: failed && output }).toEqual({ failed: false, output: false });
  expect(picture()).toEqual(before);
});

test("docs/coverage.md knows of every operation that was asked for", () => {
  const declared = new Set(
    classes.flatMap((name) => Object.values(resourceNamed(name).api.operations).flat()),
  );
  const asked = new Set(stack.emulator.requests.flatMap(({ operationId }) => operationId ?? []));
  expect([...asked].filter((operation) => !declared.has(operation))).toEqual([]);
});

/** The SIDs of objects that a picture shows. */
const sidsIn = (state: unknown) =>
  new Set([...JSON.stringify(state).matchAll(/"([A-Z]{2}[0-9a-f]{32})":/g)].map(([, sid = ""]) => sid));

/** A picture with no other objects than these. */
const withOnly = (sids: Set<string>, state: unknown) =>
  JSON.parse(
    JSON.stringify(state, (key, value) =>
      /^[A-Z]{2}[0-9a-f]{32}$/.test(key) && !sids.has(key) ? undefined : value,
    ),
  );
