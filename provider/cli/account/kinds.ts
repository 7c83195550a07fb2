/**
 * The classes by the file of a project that they go into. What others refer to comes first, so that no file needs a later one.
 */
export const files: { readonly [file: string]: readonly string[] } = {
  taskrouter: [
    "TaskRouterWorkspace",
    "TaskRouterActivity",
    "TaskRouterWorkspaceConfiguration",
    "TaskRouterTaskQueue",
    "TaskRouterWorkflow",
    "TaskRouterTaskChannel",
    "TaskRouterWorker",
  ],
  services: [
    "ConversationsService",
    "ChatService",
    "ConversationsServiceConfiguration",
    "ConversationsServiceWebhooks",
  ],
  studio: ["StudioFlow"],
  numbers: ["PhoneNumber", "TwimlApplication"],
  proxy: ["ProxyService", "ProxyPhoneNumber"],
  messaging: [
    "MessagingService",
    "MessagingServicePhoneNumber",
    "MessagingServiceShortCode",
    "MessagingServiceAlphaSender",
    "MessagingServiceChannelSender",
  ],
  addresses: ["ConversationsAddress"],
  flex: ["FlexFlow", "FlexConfiguration"],
  handlers: ["PhoneNumberHandler", "ShortCodeHandler", "WhatsAppSender"],
  account: ["ConversationsConfiguration", "ConversationsWebhooks", "Subaccount"],
};

export const types: readonly string[] = Object.values(files).flat();

/** The file of the components, which refer to everything else. */
export const channelsFile = "channels";

/** The files in their order. */
export const fileOrder: readonly string[] = [...Object.keys(files), channelsFile];

export const fileOf = (type: string): string =>
  Object.keys(files).find((file) => files[file]?.includes(type)) ?? "account";
