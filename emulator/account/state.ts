import type { Quirks } from "../api/call";
import type { Key } from "../products/accounts/keys";
import type { ChatChannelWebhook } from "../products/chat/channel-webhooks";
import type { ChatChannel } from "../products/chat/channels";
import type { ChatInvite } from "../products/chat/invites";
import type { ChatMember } from "../products/chat/members";
import type { ChatMessage } from "../products/chat/messages";
import type { ChatRole, ChatService } from "../products/chat/services";
import type { ChatUser } from "../products/chat/users";
import type { AddressConfiguration } from "../products/conversations/address-configurations";
import {
  type ConversationsConfiguration,
  newConversationsConfiguration,
} from "../products/conversations/configuration";
import type { ConversationScopedWebhook } from "../products/conversations/conversation-webhooks";
import type { Conversation } from "../products/conversations/conversations";
import type { ConversationsCredential } from "../products/conversations/credentials";
import type { ConversationMessage } from "../products/conversations/messages";
import type { ConversationsNotifications } from "../products/conversations/notifications";
import type { ConversationParticipant } from "../products/conversations/participants";
import type { ConversationsServiceWebhooks } from "../products/conversations/service-configuration";
import type { ConversationsUser } from "../products/conversations/users";
import { type ConversationsWebhooks, newConversationsWebhooks } from "../products/conversations/webhooks";
import type { FlexChannel } from "../products/flex/channels";
import type { FlexConfiguration } from "../products/flex/configuration";
import type { FlexFlow } from "../products/flex/flex-flows";
import type { FlexWebChannel } from "../products/flex/web-channels";
import type { ChannelsSender } from "../products/messaging/channels-senders";
import type {
  MessagingAlphaSender,
  MessagingChannelSender,
  MessagingDestinationAlphaSender,
  MessagingPhoneNumber,
  MessagingShortCode,
} from "../products/messaging/members";
import type { MessagingService } from "../products/messaging/services";
import type { Address } from "../products/numbers/addresses";
import type { Application } from "../products/numbers/applications";
import type { PhoneNumber } from "../products/numbers/phone-numbers";
import type { ShortCode } from "../products/numbers/short-codes";
import type { ProxyInteraction } from "../products/proxy/interactions";
import type { ProxyParticipant } from "../products/proxy/participants";
import type { ProxyPhoneNumber } from "../products/proxy/phone-numbers";
import type { ProxyService } from "../products/proxy/services";
import type { ProxySession } from "../products/proxy/sessions";
import type { StudioExecution } from "../products/studio/executions";
import type { StudioFlow } from "../products/studio/flows";
import type { TaskRouterActivity } from "../products/taskrouter/activities";
import type { TaskRouterTaskChannel } from "../products/taskrouter/task-channels";
import type { TaskRouterTaskQueue } from "../products/taskrouter/task-queues";
import type { TaskRouterTask } from "../products/taskrouter/tasks";
import type { TaskRouterWorkerChannel } from "../products/taskrouter/worker-channels";
import type { TaskRouterWorker } from "../products/taskrouter/workers";
import type { TaskRouterWorkflow } from "../products/taskrouter/workflows";
import type { TaskRouterWorkspace } from "../products/taskrouter/workspaces";

/** Objects by SID, in the order in which they were made. */
export type Collection<T> = Record<string, T>;

/** An object that others may refer to, but that has no endpoints here yet. */
export interface PlainRecord {
  sid: string;
  [property: string]: unknown;
}

interface Collections {
  flexFlows: Collection<FlexFlow>;
  flexChannels: Collection<FlexChannel>;
  flexWebChannels: Collection<FlexWebChannel>;
  proxyServices: Collection<ProxyService>;
  phoneNumbers: Collection<PhoneNumber>;
  studioFlows: Collection<StudioFlow>;
  studioExecutions: Collection<StudioExecution>;
  chatServices: Collection<ChatService>;
  chatChannels: Collection<ChatChannel>;
  chatChannelWebhooks: Collection<ChatChannelWebhook>;
  chatInvites: Collection<ChatInvite>;
  chatMembers: Collection<ChatMember>;
  chatMessages: Collection<ChatMessage>;
  chatUsers: Collection<ChatUser>;
  chatRoles: Collection<ChatRole>;
  proxyPhoneNumbers: Collection<ProxyPhoneNumber>;
  proxySessions: Collection<ProxySession>;
  proxyParticipants: Collection<ProxyParticipant>;
  proxyInteractions: Collection<ProxyInteraction>;
  shortCodes: Collection<ShortCode>;
  addresses: Collection<Address>;
  /** Without their secrets, and without the keys that came from a seed's `api_keys`. */
  keys: Collection<Key>;
  applications: Collection<Application>;
  addressConfigurations: Collection<AddressConfiguration>;
  conversations: Collection<Conversation>;
  conversationParticipants: Collection<ConversationParticipant>;
  conversationMessages: Collection<ConversationMessage>;
  conversationWebhooks: Collection<ConversationScopedWebhook>;
  conversationsUsers: Collection<ConversationsUser>;
  conversationsCredentials: Collection<ConversationsCredential>;
  /** By the SID of their service, once something was set. */
  conversationsServiceWebhooks: Collection<ConversationsServiceWebhooks>;
  /** By the SID of their service, once something was set. */
  conversationsServiceNotifications: Collection<ConversationsNotifications>;
  messagingServices: Collection<MessagingService>;
  messagingPhoneNumbers: Collection<MessagingPhoneNumber>;
  messagingShortCodes: Collection<MessagingShortCode>;
  messagingAlphaSenders: Collection<MessagingAlphaSender>;
  messagingDestinationAlphaSenders: Collection<MessagingDestinationAlphaSender>;
  messagingChannelSenders: Collection<MessagingChannelSender>;
  channelsSenders: Collection<ChannelsSender>;
  taskrouterWorkspaces: Collection<TaskRouterWorkspace>;
  taskrouterWorkflows: Collection<TaskRouterWorkflow>;
  taskrouterTaskQueues: Collection<TaskRouterTaskQueue>;
  taskrouterTaskChannels: Collection<TaskRouterTaskChannel>;
  taskrouterActivities: Collection<TaskRouterActivity>;
  taskrouterWorkers: Collection<TaskRouterWorker>;
  taskrouterWorkerChannels: Collection<TaskRouterWorkerChannel>;
  taskrouterTasks: Collection<TaskRouterTask>;
}

/** One Twilio account and everything in it. Records have the shape of Twilio's answers, without `url` and `links`. */
export interface Account extends Collections {
  sid: string;
  auth_token: string;
  friendly_name: string;
  /** The parent's SID for a subaccount. */
  owner_account_sid: string | null;
  /** `active`, `suspended` or `closed`. Credentials of an account that is not active are refused. */
  status: string;
  /** `Trial` or `Full`. */
  type: string;
  date_created: string;
  date_updated: string;
  /** Secrets of the account's API keys by `SK…` SID. */
  api_keys: Record<string, string>;
  /** Null where the account has no Flex. */
  flexConfiguration: FlexConfiguration | null;
  conversationsConfiguration: ConversationsConfiguration;
  conversationsWebhooks: ConversationsWebhooks;
}

export type AccountSeed = Partial<Omit<Account, "sid">>;

/** A state, or part of one. Collections are added to those that are there, object by object. */
export interface Seed {
  /** Whether this is all: then nothing of what was there stays. */
  complete?: boolean;
  accounts: Record<string, AccountSeed>;
  quirks?: Quirks;
}

export const defaultAccountSid = "ACe0000000000000000000000000000001";
export const defaultAuthToken = "emulator-auth-token";

/** Long before any test, so that nothing seeded passes for newly made. */
export const seededAt = "2021-03-04T05:06:07Z";

/** Everything the emulator remembers. The objects are live: change them and the next request sees it. */
export class State {
  accounts: Record<string, Account> = {};
  quirks: Quirks = {};

  /** The account, by default the emulator's own. Throws where there is none. */
  account(sid: string = defaultAccountSid): Account {
    const account = Object.hasOwn(this.accounts, sid) ? this.accounts[sid] : undefined;
    if (!account)
      throw new Error(
        `The emulator has no account ${sid}. Accounts other than the default one come from a seed.`,
      );
    return account;
  }

  /** Adds what the seed holds to what is there, or puts it in its place where the seed is complete. */
  plant(seed: Seed): void {
    if (seed.complete) {
      this.accounts = {};
      this.quirks = {};
    }
    Object.assign(this.quirks, seed.quirks);
    for (const [sid, planted] of Object.entries(structuredClone(seed.accounts))) {
      const was = Object.hasOwn(this.accounts, sid) ? this.accounts[sid] : undefined;
      const account = was ?? newAccount(sid, planted.auth_token ?? defaultAuthToken, seededAt);
      const { api_keys, ...given } = planted;
      const properties = Object.entries(given).filter(
        ([name, value]) => value !== undefined && !isCollection(name),
      );
      Object.assign(account, Object.fromEntries(properties), { sid });
      Object.assign(account.api_keys, api_keys);
      addRecords(account, given);
      this.accounts[sid] = account;
    }
  }
}

function addRecords(account: Account, planted: Partial<Collections>): void {
  for (const [name, records] of Object.entries(planted)) {
    if (isCollection(name)) Object.assign(account[name], records);
  }
}

const isCollection = (name: string): name is keyof Collections => collectionNames.includes(name);

/** An account with nothing in it, and without Flex. */
export function newAccount(sid: string, authToken: string, now: string): Account {
  return {
    sid,
    auth_token: authToken,
    friendly_name: sid,
    owner_account_sid: null,
    status: "active",
    type: "Full",
    date_created: now,
    date_updated: now,
    api_keys: {},
    flexConfiguration: null,
    conversationsConfiguration: newConversationsConfiguration(sid),
    conversationsWebhooks: newConversationsWebhooks(sid),
    ...emptyCollections(),
  };
}

function emptyCollections(): Collections {
  return {
    flexFlows: {},
    flexChannels: {},
    flexWebChannels: {},
    proxyServices: {},
    phoneNumbers: {},
    studioFlows: {},
    studioExecutions: {},
    chatServices: {},
    chatChannels: {},
    chatChannelWebhooks: {},
    chatInvites: {},
    chatMembers: {},
    chatMessages: {},
    chatUsers: {},
    chatRoles: {},
    proxyPhoneNumbers: {},
    proxySessions: {},
    proxyParticipants: {},
    proxyInteractions: {},
    shortCodes: {},
    addresses: {},
    keys: {},
    applications: {},
    addressConfigurations: {},
    conversations: {},
    conversationParticipants: {},
    conversationMessages: {},
    conversationWebhooks: {},
    conversationsUsers: {},
    conversationsCredentials: {},
    conversationsServiceWebhooks: {},
    conversationsServiceNotifications: {},
    messagingServices: {},
    messagingPhoneNumbers: {},
    messagingShortCodes: {},
    messagingAlphaSenders: {},
    messagingDestinationAlphaSenders: {},
    messagingChannelSenders: {},
    channelsSenders: {},
    taskrouterWorkspaces: {},
    taskrouterWorkflows: {},
    taskrouterTaskQueues: {},
    taskrouterTaskChannels: {},
    taskrouterActivities: {},
    taskrouterWorkers: {},
    taskrouterWorkerChannels: {},
    taskrouterTasks: {},
  };
}

/** Names of everything an account holds objects in. */
export const collectionNames: readonly string[] = Object.keys(emptyCollections());
