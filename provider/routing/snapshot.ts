import type { ObjectKind } from "./reference";

/**
 * What is known of one Twilio account, as far as the way of messages and calls goes. Everything that the account holds of a kind must
 * be in its list: what is not in it counts as missing, unless the kind is among those that are `unread`. Blank values are `""` or null.
 */
export interface AccountSnapshot {
  accountSid: string;
  /** Kinds of which not all could be read, with the reason. */
  unread?: { kind: ObjectKind; reason: string }[];
  phoneNumbers: {
    sid: string;
    phoneNumber: string;
    friendlyName: string | null;
    /** Whether the number can take messages at all. */
    sms: boolean;
    smsUrl: string | null;
    smsMethod: string | null;
    smsFallbackUrl?: string | null;
    smsApplicationSid: string | null;
    /** Whether the number can take calls at all. */
    voice?: boolean;
    voiceUrl?: string | null;
    voiceMethod?: string | null;
    voiceFallbackUrl?: string | null;
    voiceApplicationSid?: string | null;
    trunkSid?: string | null;
  }[];
  shortCodes: {
    sid: string;
    shortCode: string;
    friendlyName: string | null;
    smsUrl: string | null;
    smsMethod: string | null;
  }[];
  /** WhatsApp and RCS senders. */
  senders: {
    sid: string;
    /** With its channel: `whatsapp:+15017122661`. */
    senderId: string;
    name: string | null;
    status: string;
    webhookUrl: string | null;
    webhookMethod: string | null;
  }[];
  applications: {
    sid: string;
    friendlyName: string | null;
    smsUrl: string | null;
    smsMethod: string | null;
    voiceUrl?: string | null;
    voiceMethod?: string | null;
  }[];
  messagingServices: {
    sid: string;
    friendlyName: string | null;
    inboundRequestUrl: string | null;
    inboundMethod: string | null;
    useInboundWebhookOnNumber: boolean;
    /** SIDs of the numbers, short codes and channel senders in it. */
    memberSids: string[];
  }[];
  /** Address configurations of Conversations. */
  addresses: {
    sid: string;
    type: string;
    address: string;
    friendlyName: string | null;
    enabled: boolean;
    autoCreation: AutoCreation;
    /** Service of the conversations it makes; null stands for the account's default one. */
    conversationServiceSid: string | null;
  }[];
  /** Conversations and Programmable Chat services: one kind under two APIs. */
  chatServices: { sid: string; friendlyName: string | null }[];
  defaultChatServiceSid: string | null;
  proxyServices: {
    sid: string;
    uniqueName: string;
    chatInstanceSid: string | null;
    outOfSessionCallbackUrl: string | null;
  }[];
  flexFlows: {
    sid: string;
    friendlyName: string | null;
    /** As Flex Flows name it: `web`, `sms`, `facebook`, `whatsapp`, `line`, `custom`. */
    channelType: string;
    contactIdentity: string | null;
    enabled: boolean;
    chatServiceSid: string;
    /** Null where none is set. */
    integration: Integration | null;
  }[];
  studioFlows: {
    sid: string;
    friendlyName: string | null;
    /** Definition of the latest published revision; undefined where none was ever published. */
    published: unknown;
    /** Definition of the latest revision where that is a draft, as far as it was read. */
    draft?: unknown;
  }[];
  taskRouterWorkflows: { sid: string; friendlyName: string | null }[];
  /** Undefined where they were not read: then none counts as missing. */
  taskChannels?: { sid: string; friendlyName: string | null }[];
}

export type AutoCreation =
  | { type: "studio"; studioFlowSid: string }
  | { type: "webhook"; url: string; method: string | null }
  | { type: "default" };

export type Integration =
  | { type: "studio"; studioFlowSid: string }
  | { type: "external"; url: string }
  | { type: "task"; workflowSid: string };

/** The element of one of the snapshot's lists. */
export type Item<K extends keyof AccountSnapshot> = AccountSnapshot[K] extends (infer T)[] ? T : never;
