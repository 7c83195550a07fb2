import type { Channel, Destination, ObjectKind } from "..";

/** What people call the objects on the way of a message. */
export const kindNames: Record<ObjectKind, string> = {
  phoneNumber: "Phone number",
  shortCode: "Short code",
  sender: "Sender",
  console: "Set in the Console",
  messagingService: "Messaging Service",
  application: "TwiML application",
  address: "Conversations address",
  conversation: "Conversation",
  chatService: "Chat service",
  proxyService: "Proxy service",
  proxySession: "Proxy session",
  flexFlow: "Flex Flow",
  chatChannel: "Chat channel",
  studioFlow: "Studio flow",
  webhook: "Webhook",
  trunk: "SIP trunk",
  taskRouterWorkflow: "Workflow",
  taskChannel: "Task channel",
};

export const channelNames: Record<Channel, string> = {
  sms: "SMS",
  whatsapp: "WhatsApp",
  messenger: "Messenger",
  rcs: "RCS",
  apple: "Apple Messages",
  gbm: "Google Business Messages",
  email: "Email",
  chat: "Chat",
  web: "Webchat",
  line: "LINE",
  custom: "Custom",
  voice: "Calls",
};

export const destinationNames: Record<Destination, string> = {
  agents: "reaches agents",
  studio: "ends in a Studio flow",
  webhook: "ends at a webhook",
  trunk: "ends at a SIP trunk",
  conversation: "waits in a conversation",
  nobody: "reaches nobody",
};

/** `1 address`, `2 addresses`. */
export const count = (number: number, word: string) =>
  `${number} ${word}${number === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;

/** The name of an object in the map, where the label above an address names the channel already. */
export const labelOf = (name: string) => name.replace(/^(whatsapp|messenger|rcs):/, "");
