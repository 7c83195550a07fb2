/** Some thirty resources of many kinds, in four steps that depend on each other, two of them of what was there before. */
const twilio = require("pulumi-twilio-flex");

const definition = {
  description: "Answers",
  states: [{ name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage" }] }],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
};
const url = (/** @type {string} */ path) => `https://example.com/${path}`;

const flow = new twilio.StudioFlow("flow", { definition, status: "published" });
new twilio.StudioFlow("second-flow", { definition, status: "draft" });
new twilio.FlexConfiguration("flex", { callRecordingEnabled: true });
new twilio.ConversationsConfiguration("conversations", { defaultClosedTimer: "P7D" });

const number = new twilio.PhoneNumber("number", {
  search: { country: "US", areaCode: "415" },
  releaseOnDelete: true,
});
const legacy = new twilio.PhoneNumber("legacy", { phoneNumber: "+14155550123", releaseOnDelete: true });
const app = new twilio.TwimlApplication("app", { voiceUrl: url("voice") });
new twilio.TwimlApplication("second-app", { smsUrl: url("sms") });
new twilio.PhoneNumberHandler("number", {
  phoneNumberSid: number.sid,
  message: { kind: "none" },
  voice: { kind: "application", applicationSid: app.sid },
});

const service = new twilio.ConversationsService("service", { friendlyName: "Support" });
new twilio.ConversationsServiceConfiguration("service", {
  chatServiceSid: service.sid,
  reachabilityEnabled: true,
});
new twilio.ConversationsAddress("number", {
  type: "sms",
  address: number.phoneNumber.apply((phoneNumber) => phoneNumber ?? ""),
  autoCreation: { type: "studio", studioFlowSid: flow.sid, conversationServiceSid: service.sid },
});

const chat = new twilio.ChatService("chat", { typingIndicatorTimeout: 7 });
const proxy = new twilio.ProxyService("proxy", { uniqueName: "support", chatInstanceSid: chat.sid });
const pooled = new twilio.ProxyPhoneNumber("legacy", { serviceSid: proxy.sid, phoneNumberSid: legacy.sid });
new twilio.FlexFlow("legacy", {
  channelType: "sms",
  contactIdentity: "+14155550123",
  chatServiceSid: chat.sid,
  integration: { type: "studio", flowSid: flow.sid },
});
new twilio.FlexFlow("web", {
  channelType: "web",
  chatServiceSid: chat.sid,
  integration: { type: "external", url: url("web") },
});
new twilio.PhoneNumberHandler("legacy", {
  phoneNumberSid: legacy.sid,
  message: { kind: "proxy", proxyServiceSid: proxy.sid },
});

const messaging = new twilio.MessagingService("messaging", { useInboundWebhookOnNumber: true });
new twilio.MessagingService("second-messaging", { validityPeriod: 3600 });
new twilio.MessagingServicePhoneNumber(
  "number",
  { serviceSid: messaging.sid, phoneNumberSid: number.sid },
  { dependsOn: [pooled] },
);
new twilio.MessagingServiceAlphaSender("alpha", { serviceSid: messaging.sid, alphaSender: "Support" });

new twilio.PhoneNumberHandler("taken", {
  phoneNumber: "+15017122661",
  message: { kind: "webhook", url: url("taken") },
  onConflict: "takeOver",
});
new twilio.MessagingService("adopted", {
  adopt: "ifThere",
  friendlyName: "Flex Messaging Service",
  inboundRequestUrl: url("adopted"),
  validityPeriod: 600,
});

const workspaceSid = new twilio.TaskRouterWorkspace("workspace", {}).sid;
new twilio.TaskRouterActivity("activity", { workspaceSid, available: false });
const queue = new twilio.TaskRouterTaskQueue("queue", { workspaceSid, targetWorkers: "1==1" });
const second = new twilio.TaskRouterTaskQueue("second-queue", { workspaceSid, targetWorkers: "1==2" });
new twilio.TaskRouterTaskChannel("channel", { workspaceSid, uniqueName: "letters" });
new twilio.TaskRouterWorker("alice", { workspaceSid, attributes: { languages: ["en"] } });
new twilio.TaskRouterWorkflow("workflow", {
  workspaceSid,
  configuration: { task_routing: { default_filter: { queue: queue.sid } } },
});
new twilio.TaskRouterWorkflow("second-workflow", {
  workspaceSid,
  configuration: { task_routing: { default_filter: { queue: second.sid } } },
});
