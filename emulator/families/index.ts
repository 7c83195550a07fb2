import type { Family } from "../call";
import { accounts } from "./accounts";
import { addressConfigurations } from "./address-configurations";
import { addresses } from "./addresses";
import { applications } from "./applications";
import { availablePhoneNumbers } from "./available-phone-numbers";
import { channelsSenders } from "./channels-senders";
import { chatChannels } from "./chat-channels";
import { chatServices } from "./chat-services";
import { conversations } from "./conversations";
import { conversationsConfiguration } from "./conversations-configuration";
import { conversationsRoles } from "./conversations-roles";
import { conversationsServiceConfiguration } from "./conversations-service-configuration";
import { conversationsServices } from "./conversations-services";
import { conversationsWebhooks } from "./conversations-webhooks";
import { flexConfiguration } from "./flex-configuration";
import { flexFlows } from "./flex-flows";
import { keys } from "./keys";
import { messagingMembers } from "./messaging-members";
import { messagingServices } from "./messaging-services";
import { phoneNumbers } from "./phone-numbers";
import { proxyPhoneNumbers } from "./proxy-phone-numbers";
import { proxyServices } from "./proxy-services";
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
  chatChannels,
  chatServices,
  conversations,
  conversationsConfiguration,
  conversationsRoles,
  conversationsServiceConfiguration,
  conversationsServices,
  conversationsWebhooks,
  flexConfiguration,
  flexFlows,
  keys,
  messagingMembers,
  messagingServices,
  phoneNumbers,
  proxyPhoneNumbers,
  proxyServices,
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
];
