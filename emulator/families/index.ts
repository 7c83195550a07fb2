import type { Family } from "../call";
import { accounts } from "./accounts";
import { addressConfigurations } from "./address-configurations";
import { addresses } from "./addresses";
import { applications } from "./applications";
import { availablePhoneNumbers } from "./available-phone-numbers";
import { channelsSenders } from "./channels-senders";
import { chatBindings } from "./chat-bindings";
import { chatChannelWebhooks } from "./chat-channel-webhooks";
import { chatChannels } from "./chat-channels";
import { chatCredentials } from "./chat-credentials";
import { chatInvites } from "./chat-invites";
import { chatMembers } from "./chat-members";
import { chatMessages } from "./chat-messages";
import { chatRoles } from "./chat-roles";
import { chatServices } from "./chat-services";
import { chatUserChannels } from "./chat-user-channels";
import { chatUsers } from "./chat-users";
import { conversationMessageReceipts } from "./conversation-message-receipts";
import { conversationMessages } from "./conversation-messages";
import { conversationParticipants } from "./conversation-participants";
import { conversationWebhooks } from "./conversation-webhooks";
import { conversationWithParticipants } from "./conversation-with-participants";
import { conversations } from "./conversations";
import { conversationsBindings } from "./conversations-bindings";
import { conversationsConfiguration } from "./conversations-configuration";
import { conversationsCredentials } from "./conversations-credentials";
import { conversationsNotifications } from "./conversations-notifications";
import { conversationsRoles } from "./conversations-roles";
import { conversationsServiceConfiguration } from "./conversations-service-configuration";
import { conversationsServices } from "./conversations-services";
import { conversationsUsers } from "./conversations-users";
import { conversationsWebhooks } from "./conversations-webhooks";
import { flexChannels } from "./flex-channels";
import { flexConfiguration } from "./flex-configuration";
import { flexFlows } from "./flex-flows";
import { flexProvisioningStatus } from "./flex-provisioning-status";
import { flexWebChannels } from "./flex-web-channels";
import { keys } from "./keys";
import { messagingMembers } from "./messaging-members";
import { messagingServices } from "./messaging-services";
import { participantConversations } from "./participant-conversations";
import { phoneNumbers } from "./phone-numbers";
import { proxyInteractions } from "./proxy-interactions";
import { proxyParticipants } from "./proxy-participants";
import { proxyPhoneNumbers } from "./proxy-phone-numbers";
import { proxyServices } from "./proxy-services";
import { proxySessions } from "./proxy-sessions";
import { shortCodes } from "./short-codes";
import { studioExecutions } from "./studio-executions";
import { studioFlows } from "./studio-flows";
import { taskrouterActivities } from "./taskrouter-activities";
import { taskrouterEvents } from "./taskrouter-events";
import { taskrouterReservations } from "./taskrouter-reservations";
import { taskrouterStatistics } from "./taskrouter-statistics";
import { taskrouterTaskChannels } from "./taskrouter-task-channels";
import { taskrouterTaskQueues } from "./taskrouter-task-queues";
import { taskrouterTasks } from "./taskrouter-tasks";
import { taskrouterWorkerChannels } from "./taskrouter-worker-channels";
import { taskrouterWorkers } from "./taskrouter-workers";
import { taskrouterWorkflows } from "./taskrouter-workflows";
import { taskrouterWorkspaces } from "./taskrouter-workspaces";
import { userConversations } from "./user-conversations";

/**
 * What the emulator imitates. Every other operation of Twilio's documents answers 501 with its name. A family is one file
 * beside this one and one line here; objects of a new kind also need their collection in `state.ts`.
 */
export const families: readonly Family[] = [
  accounts,
  addresses,
  applications,
  availablePhoneNumbers,
  addressConfigurations,
  channelsSenders,
  chatBindings,
  chatChannelWebhooks,
  chatChannels,
  chatCredentials,
  chatInvites,
  chatMembers,
  chatMessages,
  chatRoles,
  chatServices,
  chatUserChannels,
  chatUsers,
  conversationMessageReceipts,
  conversationMessages,
  conversationParticipants,
  conversationWebhooks,
  conversationWithParticipants,
  conversations,
  conversationsBindings,
  conversationsConfiguration,
  conversationsCredentials,
  conversationsNotifications,
  conversationsRoles,
  conversationsServiceConfiguration,
  conversationsServices,
  conversationsUsers,
  conversationsWebhooks,
  flexChannels,
  flexConfiguration,
  flexFlows,
  flexProvisioningStatus,
  flexWebChannels,
  keys,
  messagingMembers,
  messagingServices,
  participantConversations,
  phoneNumbers,
  proxyInteractions,
  proxyParticipants,
  proxyPhoneNumbers,
  proxyServices,
  proxySessions,
  shortCodes,
  studioExecutions,
  studioFlows,
  taskrouterActivities,
  taskrouterEvents,
  taskrouterReservations,
  taskrouterStatistics,
  taskrouterTaskChannels,
  taskrouterTaskQueues,
  taskrouterTasks,
  taskrouterWorkerChannels,
  taskrouterWorkers,
  taskrouterWorkflows,
  taskrouterWorkspaces,
  userConversations,
];
