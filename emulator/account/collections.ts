import type { Key } from "../products/accounts/records";
import type {
  ChatChannel,
  ChatChannelWebhook,
  ChatInvite,
  ChatMember,
  ChatMessage,
  ChatRole,
  ChatService,
  ChatUser,
} from "../products/chat/records";
import type {
  AddressConfiguration,
  Conversation,
  ConversationMessage,
  ConversationParticipant,
  ConversationScopedWebhook,
  ConversationsCredential,
  ConversationsNotifications,
  ConversationsServiceWebhooks,
  ConversationsUser,
} from "../products/conversations/records";
import type { FlexChannel, FlexFlow, FlexWebChannel } from "../products/flex/records";
import type {
  ChannelsSender,
  MessagingAlphaSender,
  MessagingChannelSender,
  MessagingDestinationAlphaSender,
  MessagingPhoneNumber,
  MessagingService,
  MessagingShortCode,
} from "../products/messaging/records";
import type { Address, Application, PhoneNumber, ShortCode } from "../products/numbers/records";
import type {
  ProxyInteraction,
  ProxyParticipant,
  ProxyPhoneNumber,
  ProxyService,
  ProxySession,
} from "../products/proxy/records";
import type { StudioExecution, StudioFlow } from "../products/studio/records";
import type {
  TaskRouterActivity,
  TaskRouterTask,
  TaskRouterTaskChannel,
  TaskRouterTaskQueue,
  TaskRouterWorker,
  TaskRouterWorkerChannel,
  TaskRouterWorkflow,
  TaskRouterWorkspace,
} from "../products/taskrouter/records";

/** A kind of object that an account holds. */
interface Kind<T> {
  /** The two letters that its SIDs start with. */
  prefix: string;
  /** Where Twilio lists such objects: a document and a path in it, without `.json`. */
  path: string;
  /** What the page shows of an object besides its name, as paths into its record. */
  facts: readonly string[];
  /** For the compiler only: what is kept of an object. */
  record?: T;
}

const kind = <T>(prefix: string, path: string, ...facts: string[]): Kind<T> => ({ prefix, path, facts });

const account = "api_v2010 /2010-04-01/Accounts/{AccountSid}";
const chat = "chat_v2 /v2/Services/{ServiceSid}";
const conversations = "conversations_v1 /v1";
const messaging = "messaging_v1 /v1/Services";
const proxy = "proxy_v1 /v1/Services";
const taskrouter = "taskrouter_v1 /v1/Workspaces";

/** Every kind of object that an account holds. A new kind is one row here. */
export const collections = {
  flexFlows: kind<FlexFlow>(
    "FO",
    "flex_v1 /v1/FlexFlows",
    "channel_type",
    "contact_identity",
    "integration_type",
    "enabled",
  ),
  flexChannels: kind<FlexChannel>("UO", "flex_v1 /v1/Channels"),
  flexWebChannels: kind<FlexWebChannel>("UO", "flex_v1 /v1/WebChannels"),
  proxyServices: kind<ProxyService>("KS", proxy, "chat_instance_sid", "out_of_session_callback_url"),
  phoneNumbers: kind<PhoneNumber>(
    "PN",
    `${account}/IncomingPhoneNumbers`,
    "phone_number",
    "sms_url",
    "sms_application_sid",
  ),
  studioFlows: kind<StudioFlow>("FW", "studio_v2 /v2/Flows", "revisions.-1.status", "revisions.-1.revision"),
  studioExecutions: kind<StudioExecution>("FN", "studio_v2 /v2/Flows/{FlowSid}/Executions"),
  /** Conversations shows them too: one service under two APIs. */
  chatServices: kind<ChatService>("IS", "chat_v2 /v2/Services", "reachability_enabled"),
  chatChannels: kind<ChatChannel>("CH", `${chat}/Channels`, "service_sid", "type"),
  chatChannelWebhooks: kind<ChatChannelWebhook>("WH", `${chat}/Channels/{ChannelSid}/Webhooks`),
  chatInvites: kind<ChatInvite>("IN", `${chat}/Channels/{ChannelSid}/Invites`),
  chatMembers: kind<ChatMember>("MB", `${chat}/Channels/{ChannelSid}/Members`),
  chatMessages: kind<ChatMessage>("IM", `${chat}/Channels/{ChannelSid}/Messages`),
  chatUsers: kind<ChatUser>("US", `${chat}/Users`),
  chatRoles: kind<ChatRole>("RL", `${chat}/Roles`, "type", "service_sid"),
  proxyPhoneNumbers: kind<ProxyPhoneNumber>(
    "PN",
    `${proxy}/{ServiceSid}/PhoneNumbers`,
    "phone_number",
    "service_sid",
  ),
  proxySessions: kind<ProxySession>("KC", `${proxy}/{ServiceSid}/Sessions`),
  proxyParticipants: kind<ProxyParticipant>("KP", `${proxy}/{ServiceSid}/Sessions/{SessionSid}/Participants`),
  proxyInteractions: kind<ProxyInteraction>("KI", `${proxy}/{ServiceSid}/Sessions/{SessionSid}/Interactions`),
  shortCodes: kind<ShortCode>("SC", `${account}/SMS/ShortCodes`, "short_code", "sms_url"),
  addresses: kind<Address>("AD", `${account}/Addresses`),
  /** Without their secrets, and without the keys that came from a seed's `api_keys`. */
  keys: kind<Key>("SK", `${account}/Keys`),
  applications: kind<Application>("AP", `${account}/Applications`, "sms_url", "voice_url"),
  addressConfigurations: kind<AddressConfiguration>(
    "IG",
    `${conversations}/Configuration/Addresses`,
    "type",
    "address",
    "auto_creation.enabled",
    "auto_creation.type",
  ),
  conversations: kind<Conversation>("CH", `${conversations}/Conversations`, "state", "chat_service_sid"),
  conversationParticipants: kind<ConversationParticipant>(
    "MB",
    `${conversations}/Conversations/{ConversationSid}/Participants`,
  ),
  conversationMessages: kind<ConversationMessage>(
    "IM",
    `${conversations}/Conversations/{ConversationSid}/Messages`,
  ),
  conversationWebhooks: kind<ConversationScopedWebhook>(
    "WH",
    `${conversations}/Conversations/{ConversationSid}/Webhooks`,
  ),
  conversationsUsers: kind<ConversationsUser>("US", `${conversations}/Users`),
  conversationsCredentials: kind<ConversationsCredential>("CR", `${conversations}/Credentials`),
  /** By the SID of their service, once something was set. */
  conversationsServiceWebhooks: kind<ConversationsServiceWebhooks>(
    "IS",
    `${conversations}/Services/{ChatServiceSid}/Configuration/Webhooks`,
  ),
  /** By the SID of their service, once something was set. */
  conversationsServiceNotifications: kind<ConversationsNotifications>(
    "IS",
    `${conversations}/Services/{ChatServiceSid}/Configuration/Notifications`,
  ),
  messagingServices: kind<MessagingService>(
    "MG",
    messaging,
    "inbound_request_url",
    "use_inbound_webhook_on_number",
  ),
  messagingPhoneNumbers: kind<MessagingPhoneNumber>(
    "PN",
    `${messaging}/{ServiceSid}/PhoneNumbers`,
    "service_sid",
  ),
  messagingShortCodes: kind<MessagingShortCode>("SC", `${messaging}/{ServiceSid}/ShortCodes`, "service_sid"),
  messagingAlphaSenders: kind<MessagingAlphaSender>(
    "AI",
    `${messaging}/{ServiceSid}/AlphaSenders`,
    "service_sid",
  ),
  messagingDestinationAlphaSenders: kind<MessagingDestinationAlphaSender>(
    "AI",
    `${messaging}/{ServiceSid}/DestinationAlphaSenders`,
  ),
  messagingChannelSenders: kind<MessagingChannelSender>(
    "XE",
    `${messaging}/{MessagingServiceSid}/ChannelSenders`,
    "service_sid",
  ),
  channelsSenders: kind<ChannelsSender>(
    "XE",
    "messaging_v2 /v2/Channels/Senders",
    "sender_id",
    "status",
    "webhook.callback_url",
  ),
  taskrouterWorkspaces: kind<TaskRouterWorkspace>("WS", taskrouter),
  taskrouterWorkflows: kind<TaskRouterWorkflow>(
    "WW",
    `${taskrouter}/{WorkspaceSid}/Workflows`,
    "workspace_sid",
  ),
  taskrouterTaskQueues: kind<TaskRouterTaskQueue>(
    "WQ",
    `${taskrouter}/{WorkspaceSid}/TaskQueues`,
    "target_workers",
    "task_order",
  ),
  taskrouterTaskChannels: kind<TaskRouterTaskChannel>(
    "TC",
    `${taskrouter}/{WorkspaceSid}/TaskChannels`,
    "unique_name",
  ),
  taskrouterActivities: kind<TaskRouterActivity>(
    "WA",
    `${taskrouter}/{WorkspaceSid}/Activities`,
    "available",
  ),
  taskrouterWorkers: kind<TaskRouterWorker>("WK", `${taskrouter}/{WorkspaceSid}/Workers`, "activity_sid"),
  taskrouterWorkerChannels: kind<TaskRouterWorkerChannel>(
    "WC",
    `${taskrouter}/{WorkspaceSid}/Workers/{WorkerSid}/Channels`,
  ),
  taskrouterTasks: kind<TaskRouterTask>(
    "WT",
    `${taskrouter}/{WorkspaceSid}/Tasks`,
    "assignment_status",
    "workflow_sid",
  ),
};

/** Objects by SID, in the order in which they were made. */
export type Collection<T> = Record<string, T>;

type RecordOf<K> = K extends Kind<infer T> ? T : never;

/** Everything that an account holds objects in. */
export type Collections = {
  [Name in keyof typeof collections]: Collection<RecordOf<(typeof collections)[Name]>>;
};

export const isCollection = (name: string): name is keyof Collections => Object.hasOwn(collections, name);
