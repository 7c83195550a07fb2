import type { AccountSnapshot } from "../../provider/routing";

export const accountSid = `AC${"a".repeat(32)}`;
export const sid = (prefix: string, digit = 1) => prefix + String(digit).padStart(32, "0");
export const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${sid("KS")}/Webhooks/Message`;
export const studioUrl = `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${sid("FW")}`;
export const number = "+15017122661";

/** A published flow that these events start and that hands the customer to these workflows, one widget after the other. */
export function flowTo(events: string[], workflows: string[]) {
  const widgets = workflows.map((workflow, index) => ({
    name: `flex${index}`,
    type: "send-to-flex",
    transitions: [{ event: "failedToEnqueue", next: `flex${index + 1}` }],
    properties: { workflow },
  }));
  const transitions = events.map((event) => ({ event, next: "flex0" }));
  return {
    states: [{ name: "Trigger", type: "trigger", transitions }, ...widgets],
    initial_state: "Trigger",
  };
}

/** An account with one number, a Proxy service, a chat service, a workflow, and a flow that both paths can start. */
export function account(changes: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    accountSid,
    phoneNumbers: [phoneNumber({})],
    shortCodes: [],
    senders: [],
    applications: [],
    messagingServices: [],
    addresses: [],
    chatServices: [{ sid: sid("IS"), friendlyName: "Flex Chat" }],
    defaultChatServiceSid: sid("IS"),
    proxyServices: [
      {
        sid: sid("KS"),
        uniqueName: "Flex Proxy Service",
        chatInstanceSid: sid("IS"),
        outOfSessionCallbackUrl: "",
      },
    ],
    flexFlows: [],
    studioFlows: [
      {
        sid: sid("FW"),
        friendlyName: "Greeter",
        published: flowTo(["incomingMessage", "incomingConversationMessage"], [sid("WW")]),
      },
    ],
    taskRouterWorkflows: [{ sid: sid("WW"), friendlyName: "Everyone" }],
    ...changes,
  };
}

export const phoneNumber = (
  changes: Partial<AccountSnapshot["phoneNumbers"][number]>,
): AccountSnapshot["phoneNumbers"][number] => ({
  sid: sid("PN"),
  phoneNumber: number,
  friendlyName: "Support",
  sms: true,
  smsUrl: "",
  smsMethod: "POST",
  smsApplicationSid: "",
  ...changes,
});

export const flexFlow = (
  changes: Partial<AccountSnapshot["flexFlows"][number]> = {},
): AccountSnapshot["flexFlows"][number] => ({
  sid: sid("FO"),
  friendlyName: "SMS to Flex",
  channelType: "sms",
  contactIdentity: number,
  enabled: true,
  chatServiceSid: sid("IS"),
  integration: { type: "studio", studioFlowSid: sid("FW") },
  ...changes,
});

export const address = (
  changes: Partial<AccountSnapshot["addresses"][number]> = {},
): AccountSnapshot["addresses"][number] => ({
  sid: sid("IG"),
  type: "sms",
  address: number,
  friendlyName: "SMS",
  enabled: true,
  autoCreation: { type: "studio", studioFlowSid: sid("FW") },
  conversationServiceSid: null,
  ...changes,
});

export const messagingService = (
  changes: Partial<AccountSnapshot["messagingServices"][number]> = {},
): AccountSnapshot["messagingServices"][number] => ({
  sid: sid("MG"),
  friendlyName: "Notices",
  inboundRequestUrl: null,
  inboundMethod: "POST",
  useInboundWebhookOnNumber: false,
  memberSids: [sid("PN")],
  ...changes,
});
