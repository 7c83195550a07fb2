/** One object of each class, as it is made and as it is changed later, beside what the emulator's account has at the start. */

// Not an ES module, so that the tests, which jest loads as CommonJS, share the table with the scripts.

const url = (path) => `https://example.com/${path}`;
const webhook = (path) => ({ kind: "webhook", url: url(path) });
const takeOver = { onConflict: "takeOver" };
const number = "+15017122661";

const definition = {
  description: "Answers",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage" }],
      properties: { offset: { x: 0, y: 0 } },
    },
  ],
  initial_state: "Trigger",
};

/**
 * `seeded` are the SIDs of what the emulator's account has. `later` is what is declared differently by then; null where the API
 * changes nothing of such an object.
 */
exports.classesOn = (seeded) => {
  const inWorkspace = { workspaceSid: seeded.workspace };
  const inService = { serviceSid: seeded.messagingService };
  const routing = { task_routing: { filters: [], default_filter: { queue: seeded.everyoneQueue } } };
  return [
    { type: "ChatService", args: { typingIndicatorTimeout: 7 }, later: { typingIndicatorTimeout: 8 } },
    {
      type: "ConversationsAddress",
      args: { type: "sms", address: number, autoCreation: { type: "default" } },
      later: { friendlyName: "Later" },
    },
    {
      type: "ConversationsConfiguration",
      args: { defaultClosedTimer: "P7D" },
      later: { defaultClosedTimer: "P8D" },
    },
    { type: "ConversationsService", args: { friendlyName: "Made" }, later: null },
    {
      type: "ConversationsServiceConfiguration",
      args: { chatServiceSid: seeded.flexService, reachabilityEnabled: true },
      later: { reachabilityEnabled: false },
    },
    {
      type: "ConversationsServiceWebhooks",
      args: { chatServiceSid: seeded.flexService, postWebhookUrl: url("made") },
      later: { postWebhookUrl: url("later") },
    },
    {
      type: "ConversationsWebhooks",
      args: { postWebhookUrl: url("made") },
      later: { postWebhookUrl: url("later") },
    },
    {
      type: "FlexConfiguration",
      args: { uiAttributes: { theme: "dark" } },
      later: { uiAttributes: { theme: "light" } },
    },
    {
      type: "FlexFlow",
      args: {
        channelType: "custom",
        chatServiceSid: seeded.flexService,
        integration: { type: "studio", flowSid: seeded.studioFlow },
      },
      later: { longLived: true },
    },
    { type: "MessagingService", args: { useInboundWebhookOnNumber: true }, later: { validityPeriod: 3600 } },
    { type: "MessagingServiceAlphaSender", args: { ...inService, alphaSender: "Support" }, later: null },
    {
      type: "MessagingServiceChannelSender",
      args: { ...inService, senderSid: seeded.whatsAppSender },
      later: null,
    },
    {
      type: "MessagingServicePhoneNumber",
      args: { ...inService, phoneNumberSid: seeded.smsNumber },
      later: null,
    },
    {
      type: "MessagingServiceShortCode",
      args: { ...inService, shortCodeSid: seeded.shortCode },
      later: null,
    },
    {
      type: "PhoneNumber",
      args: { areaCode: "415", releaseOnDelete: true },
      later: { friendlyName: "Later" },
    },
    {
      type: "PhoneNumberHandler",
      args: { phoneNumber: number, message: webhook("made"), ...takeOver },
      later: { message: webhook("later") },
    },
    {
      type: "ProxyPhoneNumber",
      args: { serviceSid: seeded.proxyService, phoneNumberSid: seeded.smsNumber },
      later: { isReserved: true },
    },
    { type: "ProxyService", args: { uniqueName: "made" }, later: { defaultTtl: 60 } },
    {
      type: "ShortCodeHandler",
      args: { shortCode: "898989", message: webhook("made"), ...takeOver },
      later: { message: webhook("later") },
    },
    {
      type: "StudioFlow",
      args: { definition, status: "published" },
      later: { commitMessage: "Later", status: "draft" },
    },
    { type: "Subaccount", args: { status: "suspended", closeOnDelete: true }, later: { status: "active" } },
    {
      type: "TaskRouterActivity",
      args: { ...inWorkspace, available: false },
      later: { friendlyName: "Later" },
    },
    {
      type: "TaskRouterTaskChannel",
      args: { ...inWorkspace, uniqueName: "letters" },
      later: { channelOptimizedRouting: true },
    },
    { type: "TaskRouterTaskQueue", args: inWorkspace, later: { maxReservedWorkers: 2 } },
    {
      type: "TaskRouterWorker",
      args: { ...inWorkspace, attributes: { skills: ["letters"] } },
      later: { attributes: { skills: ["parcels"] } },
    },
    {
      type: "TaskRouterWorkflow",
      args: { ...inWorkspace, configuration: routing },
      later: { taskReservationTimeout: 60 },
    },
    { type: "TaskRouterWorkspace", args: {}, later: { eventsFilter: "task.created" } },
    {
      type: "TaskRouterWorkspaceConfiguration",
      args: { ...inWorkspace, defaultActivitySid: seeded.availableActivity },
      later: { defaultActivitySid: seeded.unavailableActivity },
    },
    { type: "TwimlApplication", args: { voiceUrl: url("made") }, later: { voiceUrl: url("later") } },
    {
      type: "WhatsAppSender",
      args: { senderSid: seeded.whatsAppSender, webhook: { callbackUrl: url("made") }, ...takeOver },
      later: { webhook: { callbackUrl: url("later") } },
    },
  ];
};
