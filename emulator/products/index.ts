import type { Family } from "../api/call";
import { accounts } from "./accounts/accounts";
import { keys } from "./accounts/keys";
import { chatBindings } from "./chat/bindings";
import { chatChannelWebhooks } from "./chat/channel-webhooks";
import { chatChannels } from "./chat/channels";
import { chatCredentials } from "./chat/credentials";
import { chatInvites } from "./chat/invites";
import { chatMembers } from "./chat/members";
import { chatMessages } from "./chat/messages";
import { chatRoles } from "./chat/roles";
import { chatServices } from "./chat/services";
import { chatUserChannels } from "./chat/user-channels";
import { chatUsers } from "./chat/users";
import { addressConfigurations } from "./conversations/address-configurations";
import { conversationsBindings } from "./conversations/bindings";
import { conversationsConfiguration } from "./conversations/configuration";
import { conversationWebhooks } from "./conversations/conversation-webhooks";
import { conversationWithParticipants } from "./conversations/conversation-with-participants";
import { conversations } from "./conversations/conversations";
import { conversationsCredentials } from "./conversations/credentials";
import { conversationMessageReceipts } from "./conversations/message-receipts";
import { conversationMessages } from "./conversations/messages";
import { conversationsNotifications } from "./conversations/notifications";
import { participantConversations } from "./conversations/participant-conversations";
import { conversationParticipants } from "./conversations/participants";
import { conversationsRoles } from "./conversations/roles";
import { conversationsServiceConfiguration } from "./conversations/service-configuration";
import { conversationsServices } from "./conversations/services";
import { userConversations } from "./conversations/user-conversations";
import { conversationsUsers } from "./conversations/users";
import { conversationsWebhooks } from "./conversations/webhooks";
import { flexChannels } from "./flex/channels";
import { flexConfiguration } from "./flex/configuration";
import { flexFlows } from "./flex/flex-flows";
import { flexProvisioningStatus } from "./flex/provisioning-status";
import { flexWebChannels } from "./flex/web-channels";
import { channelsSenders } from "./messaging/channels-senders";
import { messagingMembers } from "./messaging/members";
import { messagingServices } from "./messaging/services";
import { addresses } from "./numbers/addresses";
import { applications } from "./numbers/applications";
import { availablePhoneNumbers } from "./numbers/available-phone-numbers";
import { phoneNumbers } from "./numbers/phone-numbers";
import { shortCodes } from "./numbers/short-codes";
import { proxyInteractions } from "./proxy/interactions";
import { proxyParticipants } from "./proxy/participants";
import { proxyPhoneNumbers } from "./proxy/phone-numbers";
import { proxyServices } from "./proxy/services";
import { proxySessions } from "./proxy/sessions";
import { studioExecutions } from "./studio/executions";
import { studioFlows } from "./studio/flows";
import { taskrouterActivities } from "./taskrouter/activities";
import { taskrouterEvents } from "./taskrouter/events";
import { taskrouterReservations } from "./taskrouter/reservations";
import { taskrouterStatistics } from "./taskrouter/statistics";
import { taskrouterTaskChannels } from "./taskrouter/task-channels";
import { taskrouterTaskQueues } from "./taskrouter/task-queues";
import { taskrouterTasks } from "./taskrouter/tasks";
import { taskrouterWorkerChannels } from "./taskrouter/worker-channels";
import { taskrouterWorkers } from "./taskrouter/workers";
import { taskrouterWorkflows } from "./taskrouter/workflows";
import { taskrouterWorkspaces } from "./taskrouter/workspaces";

/**
 * What the emulator imitates. Every other operation of Twilio's documents answers 501 with its name. A family is one file
 * in its product's folder and one line here; what it keeps is one row of the table in `account/collections.ts`.
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
