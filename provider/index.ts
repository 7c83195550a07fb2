export * from "./accounts/subaccount";
export { Channel, type ChannelArgs } from "./channels/channel";
export * from "./channels/customChannel";
export type {
  ConversationDestination,
  Destination,
  Messaging,
  StudioDefinitionDestination,
  StudioFlowDestination,
  WebhookDestination,
  WorkflowDestination,
} from "./channels/destination";
export * from "./channels/inboundChannels";
export * from "./channels/messengerChannel";
export * from "./channels/smsChannel";
export * from "./channels/studioFlowToFlex";
export * from "./channels/webChatChannel";
export * from "./channels/whatsAppChannel";
export * from "./chat/chatService";
export * from "./conversations/conversationsAddress";
export * from "./conversations/conversationsConfiguration";
export * from "./conversations/conversationsService";
export * from "./conversations/conversationsServiceConfiguration";
export * from "./conversations/conversationsServiceWebhooks";
export * from "./conversations/conversationsWebhooks";
export * from "./flex/flexConfiguration";
export * from "./flex/flexFlow";
export * from "./lookups/getChatService";
export * from "./lookups/getConversationsAddress";
export * from "./lookups/getConversationsConfiguration";
export * from "./lookups/getConversationsService";
export * from "./lookups/getFlexConfiguration";
export * from "./lookups/getFlexConversationsService";
export * from "./lookups/getFlexFlow";
export * from "./lookups/getFlexProxyService";
export * from "./lookups/getMessagingService";
export * from "./lookups/getPhoneNumber";
export * from "./lookups/getProxyService";
export * from "./lookups/getStudioFlow";
export * from "./lookups/getTaskRouterActivity";
export * from "./lookups/getTaskRouterTaskChannel";
export * from "./lookups/getTaskRouterTaskQueue";
export * from "./lookups/getTaskRouterWorkflow";
export * from "./lookups/getTaskRouterWorkspace";
export * from "./lookups/getTwimlApplication";
export * from "./lookups/getWhatsAppSender";
export type { InputsOf, LookupOptions, NoArgs } from "./lookups/options";
export * from "./messaging/messagingService";
export * from "./messaging/messagingServiceAlphaSender";
export * from "./messaging/messagingServiceChannelSender";
export * from "./messaging/messagingServicePhoneNumber";
export * from "./messaging/messagingServiceShortCode";
export type { SenderMethod, SenderProfile, SenderWebhook } from "./messaging/sender";
export * from "./messaging/whatsAppSender";
export type * from "./numbers/handlers";
export * from "./numbers/phoneNumber";
export * from "./numbers/phoneNumberHandler";
export type { PhoneNumberSearch } from "./numbers/phoneNumberSearch";
export * from "./numbers/shortCodeHandler";
export * from "./numbers/twimlApplication";
export { TwilioProvider, type TwilioProviderArgs } from "./program/twilioProvider";
export * from "./proxy/proxyPhoneNumber";
export * from "./proxy/proxyService";
export { type FlowFromFileOptions, flowFromFile } from "./studio/flowFromFile";
export * from "./studio/studioFlow";
export * from "./taskrouter/taskRouterActivity";
export * from "./taskrouter/taskRouterTaskChannel";
export * from "./taskrouter/taskRouterTaskQueue";
export * from "./taskrouter/taskRouterWorker";
export * from "./taskrouter/taskRouterWorkflow";
export * from "./taskrouter/taskRouterWorkspace";
export * from "./taskrouter/taskRouterWorkspaceConfiguration";
export type { Adoptable } from "./values/args";
