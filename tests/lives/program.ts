import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import * as twilio from "../../provider/index";

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

/**
 * At least one of every class, each with what it needs of the others. Everything that is made goes on destroy. Later, something is
 * declared differently of each that can be updated.
 */
export const everyClass =
  (isLater = false) =>
  async () => {
    const later = <Args extends object>(args: Args): Partial<Args> => (isLater ? args : {});
    const url = (path: string) => `https://example.com/${path}${isLater ? "/later" : ""}`;
    const definition = { ...flow, ...later({ description: "Answers later" }) };
    const studio = new twilio.StudioFlow("flow", { definition, status: "published" });
    const studioFlowSid = studio.sid;

    // What the account has already, of which a part is taken over.
    new twilio.FlexConfiguration("flex", {
      uiAttributes: { theme: isLater ? "light" : "dark" },
      callRecordingEnabled: true,
    });
    new twilio.ConversationsConfiguration("conversations", { defaultClosedTimer: isLater ? "P8D" : "P7D" });
    new twilio.ConversationsWebhooks("conversations-webhooks", { postWebhookUrl: url("all") });
    new twilio.ShortCodeHandler("short-code", {
      shortCode: "898989",
      message: { kind: "webhook", url: url("short") },
      onConflict: "takeOver",
    });
    new twilio.WhatsAppSender("whatsapp", {
      senderSid: seeded.whatsAppSender,
      webhook: { callbackUrl: url("whatsapp") },
      onConflict: "takeOver",
    });

    // A number that is bought, with a TwiML application for its calls.
    const number = new twilio.PhoneNumber("number", {
      search: { country: "US", areaCode: "415" },
      releaseOnDelete: true,
      ...later({ friendlyName: "Later" }),
    });
    const app = new twilio.TwimlApplication("app", { voiceUrl: url("voice") });
    new twilio.PhoneNumberHandler("number", {
      phoneNumberSid: number.sid,
      message: isLater ? { kind: "webhook", url: url("number") } : { kind: "none" },
      voice: { kind: "application", applicationSid: app.sid },
    });

    // The living path.
    const service = new twilio.ConversationsService("service", { friendlyName: "Support" });
    new twilio.ConversationsServiceConfiguration("service", {
      chatServiceSid: service.sid,
      reachabilityEnabled: !isLater,
    });
    new twilio.ConversationsServiceWebhooks("service", {
      chatServiceSid: service.sid,
      postWebhookUrl: url("service"),
    });
    new twilio.ConversationsAddress("number", {
      type: "sms",
      address: number.phoneNumber.apply((phoneNumber) => phoneNumber ?? ""),
      autoCreation: {
        type: "studio",
        studioFlowSid,
        conversationServiceSid: service.sid,
        ...later({ studioRetryCount: 1 }),
      },
    });

    // The legacy path, on another number.
    const chat = new twilio.ChatService("chat", later({ typingIndicatorTimeout: 7 }));
    const proxy = new twilio.ProxyService("proxy", {
      uniqueName: "support",
      chatInstanceSid: chat.sid,
      ...later({ defaultTtl: 60 }),
    });
    const legacy = new twilio.PhoneNumber("legacy", {
      phoneNumber: "+14155550123",
      releaseOnDelete: true,
      ...later({ friendlyName: "Later, too" }),
    });
    const pooled = new twilio.ProxyPhoneNumber("legacy", {
      serviceSid: proxy.sid,
      phoneNumberSid: legacy.sid,
      ...later({ isReserved: true }),
    });
    const legacyAddress = new twilio.FlexFlow("legacy", {
      channelType: "sms",
      contactIdentity: "+14155550123",
      chatServiceSid: chat.sid,
      integration: { type: "studio", flowSid: studioFlowSid },
      ...later({ longLived: true }),
    });
    new twilio.PhoneNumberHandler("legacy", {
      phoneNumberSid: legacy.sid,
      message: {
        kind: "proxy",
        proxyServiceSid: proxy.sid,
        ...later({ fallbackUrl: url("fallback") }),
      },
    });

    const messaging = new twilio.MessagingService("messaging", {
      useInboundWebhookOnNumber: true,
      ...later({ validityPeriod: 3600 }),
    });
    const serviceSid = messaging.sid;
    const member = { dependsOn: [pooled] };
    new twilio.MessagingServicePhoneNumber("number", { serviceSid, phoneNumberSid: number.sid }, member);
    new twilio.MessagingServiceShortCode("short-code", { serviceSid, shortCodeSid: seeded.shortCode });
    new twilio.MessagingServiceAlphaSender("alpha", { serviceSid, alphaSender: "Support" });
    new twilio.MessagingServiceChannelSender("whatsapp", { serviceSid, senderSid: seeded.whatsAppSender });

    const workspace = new twilio.TaskRouterWorkspace("workspace", later({ eventsFilter: "task.created" }));
    const workspaceSid = workspace.sid;
    const activity = new twilio.TaskRouterActivity("activity", {
      workspaceSid,
      available: false,
      ...later({ friendlyName: "Later" }),
    });
    new twilio.TaskRouterWorkspaceConfiguration("workspace", {
      workspaceSid,
      timeoutActivitySid: activity.sid,
      ...later({ defaultActivitySid: activity.sid }),
    });
    const queue = new twilio.TaskRouterTaskQueue("queue", {
      workspaceSid,
      ...later({ maxReservedWorkers: 2 }),
    });
    new twilio.TaskRouterWorkflow("workflow", {
      workspaceSid,
      configuration: { task_routing: { filters: [], default_filter: { queue: queue.sid } } },
      ...later({ taskReservationTimeout: 60 }),
    });
    new twilio.TaskRouterTaskChannel("task-channel", {
      workspaceSid,
      uniqueName: "letters",
      ...later({ channelOptimizedRouting: true }),
    });
    new twilio.TaskRouterWorker("worker", {
      workspaceSid,
      attributes: { skills: ["letters", ...(isLater ? ["parcels"] : [])] },
    });

    const subaccount = new twilio.Subaccount("subaccount", {
      friendlyName: isLater ? "Later" : "Branch",
      closeOnDelete: true,
    });
    return { sids: pulumi.all([legacyAddress.sid, subaccount.sid]) };
  };
