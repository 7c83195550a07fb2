import { newChatService } from "../products/chat/records";
import {
  type AddressConfiguration,
  type ConversationsConfiguration,
  newConversationsConfiguration,
} from "../products/conversations/records";
import type { FlexConfiguration } from "../products/flex/records";
import {
  blankWebhook,
  type ChannelsSender,
  newChannelsSender,
  newMessagingService,
} from "../products/messaging/records";
import { newApplication, newPhoneNumber, newShortCode, type PhoneNumber } from "../products/numbers/records";
import type { StudioFlow } from "../products/studio/records";
import { newMember, newTaskQueue, newWorkflow, newWorkspace } from "../products/taskrouter/records";
import { type AccountSeed, defaultAccountSid, defaultAuthToken, type Seed, seededAt } from "./state";

export const profiles = ["legacy", "conversations", "bare"] as const;

/** What an emulator starts with: an older Flex account, a newer one, or an account without Flex. */
export type Profile = (typeof profiles)[number];

/** SIDs that the profiles hold, fixed so that programs and docs can name them. */
export const seeded = {
  account: defaultAccountSid,
  smsNumber: "PNe0000000000000000000000000000001",
  legacyNumber: "PNe0000000000000000000000000000002",
  proxyService: "KSe0000000000000000000000000000001",
  chatService: "ISe0000000000000000000000000000001",
  flexService: "ISe0000000000000000000000000000002",
  conversationsService: "ISe0000000000000000000000000000003",
  smsAddress: "IGe0000000000000000000000000000001",
  whatsAppAddress: "IGe0000000000000000000000000000002",
  studioFlow: "FWe0000000000000000000000000000001",
  conversationFlow: "FWe0000000000000000000000000000002",
  application: "APe0000000000000000000000000000001",
  messagingService: "MGe0000000000000000000000000000001",
  shortCode: "SCe0000000000000000000000000000001",
  whatsAppSender: "XEe0000000000000000000000000000001",
  flexInstance: "GOe0000000000000000000000000000001",
  workspace: "WSe0000000000000000000000000000001",
  workflow: "WWe0000000000000000000000000000001",
  everyoneQueue: "WQe0000000000000000000000000000001",
  chatTaskChannel: "TCe0000000000000000000000000000001",
  defaultTaskChannel: "TCe0000000000000000000000000000002",
  smsTaskChannel: "TCe0000000000000000000000000000003",
  voiceTaskChannel: "TCe0000000000000000000000000000005",
  offlineActivity: "WAe0000000000000000000000000000001",
  availableActivity: "WAe0000000000000000000000000000002",
  unavailableActivity: "WAe0000000000000000000000000000003",
} as const;

const accounts: Record<Profile, () => AccountSeed> = {
  legacy: legacyAccount,
  conversations: conversationsAccount,
  bare: bareAccount,
};

export const profileSeed = (profile: Profile): Seed => ({
  complete: true,
  accounts: { [seeded.account]: accounts[profile]() },
  // Proxy is closed to accounts that never used it, as newer ones have not.
  quirks: { proxyClosed: profile === "conversations" },
});

const ownAccount = (defaults: Partial<ConversationsConfiguration>): AccountSeed => ({
  auth_token: defaultAuthToken,
  friendly_name: "Emulator",
  conversationsConfiguration: { ...newConversationsConfiguration(seeded.account), ...defaults },
});

function bareAccount(): AccountSeed {
  return {
    ...ownAccount({ default_chat_service_sid: seeded.conversationsService }),
    ...chatServices([seeded.conversationsService, "Default Conversations Service"]),
  };
}

function legacyAccount(): AccountSeed {
  return {
    ...flexAccount(),
    proxyServices: {
      [seeded.proxyService]: {
        sid: seeded.proxyService,
        account_sid: seeded.account,
        unique_name: "Flex Proxy Service",
        chat_instance_sid: seeded.chatService,
        callback_url: "",
        default_ttl: 0,
        number_selection_behavior: "prefer-sticky",
        geo_match_level: "country",
        intercept_callback_url: "",
        out_of_session_callback_url: "",
        date_created: seededAt,
        date_updated: seededAt,
      },
    },
    studioFlows: {
      [seeded.studioFlow]: newStudioFlow(seeded.studioFlow, {
        event: "incomingMessage",
        from: "trigger.message.ChannelAttributes.from",
      }),
    },
  };
}

function conversationsAccount(): AccountSeed {
  const flex = flexAccount();
  return {
    ...flex,
    // Beside an address the handler of the number or sender itself is blank.
    phoneNumbers: { ...flex.phoneNumbers, [seeded.smsNumber]: smsNumber() },
    channelsSenders: {
      [seeded.whatsAppSender]: { ...whatsAppSender(), webhook: { ...blankWebhook } },
    },
    addressConfigurations: bySid([
      newAddress(seeded.smsAddress, "sms", smsNumber().phone_number, "SMS"),
      newAddress(seeded.whatsAppAddress, "whatsapp", whatsAppSender().sender_id, "WhatsApp"),
    ]),
    studioFlows: {
      [seeded.conversationFlow]: newStudioFlow(seeded.conversationFlow, {
        event: "incomingConversationMessage",
        from: "contact.channel.address",
      }),
    },
  };
}

/** What older and newer Flex accounts have in common. */
function flexAccount(): AccountSeed {
  return {
    ...ownAccount({
      default_chat_service_sid: seeded.flexService,
      default_messaging_service_sid: seeded.messagingService,
    }),
    ...chatServices([seeded.chatService, "Flex Chat Service"], [seeded.flexService, "Flex Service"]),
    ...taskRouter(),
    flexConfiguration: configuration(),
    phoneNumbers: {
      [seeded.smsNumber]: {
        ...smsNumber(),
        sms_url: "https://demo.twilio.com/welcome/sms/reply/",
        voice_url: "https://demo.twilio.com/welcome/voice/",
      },
      [seeded.legacyNumber]: {
        ...newPhoneNumber(seeded.legacyNumber, seeded.account, "+15558675310", seededAt),
        friendly_name: "Legacy support line",
        sms_url: "https://legacy.example.com/sms",
        sms_fallback_url: "https://legacy.example.com/sms/fallback",
        voice_url: "https://legacy.example.com/voice",
        voice_method: "GET",
      },
    },
    messagingServices: {
      [seeded.messagingService]: newMessagingService(
        seeded.messagingService,
        seeded.account,
        "Flex Messaging Service",
        seededAt,
      ),
    },
    shortCodes: {
      [seeded.shortCode]: {
        ...newShortCode(seeded.shortCode, seeded.account, "898989", seededAt),
        sms_url: "https://legacy.example.com/short-code",
      },
    },
    applications: {
      [seeded.application]: {
        ...newApplication(seeded.application, seeded.account, seededAt),
        friendly_name: "Legacy application",
      },
    },
    channelsSenders: { [seeded.whatsAppSender]: whatsAppSender() },
  };
}

function chatServices(...services: [sid: string, name: string][]): AccountSeed {
  let made = 0;
  const newRoleSid = () => `RLe${String(++made).padStart(31, "0")}`;
  const all = services.map(([sid, name]) => newChatService(sid, seeded.account, name, seededAt, newRoleSid));
  return {
    chatServices: bySid(all.map(({ service }) => service)),
    chatRoles: bySid(all.flatMap(({ roles }) => roles)),
  };
}

function whatsAppSender(): ChannelsSender {
  const sender = newChannelsSender(seeded.whatsAppSender, "whatsapp:+15017122661", seededAt);
  return {
    ...sender,
    configuration: { ...sender.configuration, waba_id: "102290129340398" },
    webhook: {
      ...sender.webhook,
      callback_url: "https://legacy.example.com/whatsapp",
      callback_method: "POST",
    },
    profile: {
      ...sender.profile,
      name: "Example Support",
      about: "Here to help",
      vertical: "Professional Services",
      websites: [{ website: "https://www.example.com", label: "Website" }],
    },
    properties: { quality_rating: "HIGH", messaging_limit: "10K Customers/24hr" },
  };
}

/** SIDs count up, in the order in which `newWorkspace` asks for them: `seeded` names some of what comes out. */
function taskRouter(): AccountSeed {
  const made: Record<string, number> = {};
  const newSid = (prefix: string) => {
    made[prefix] = (made[prefix] ?? 0) + 1;
    return `${prefix}e${String(made[prefix]).padStart(31, "0")}`;
  };
  const { workspace, activities, taskChannels } = newWorkspace(
    seeded.account,
    "Flex Task Assignment",
    seededAt,
    newSid,
  );
  const queue = newTaskQueue(newMember(seeded.everyoneQueue, workspace, "Everyone", seededAt));
  const workflow = newWorkflow(
    newMember(seeded.workflow, workspace, "Assign to Anyone", seededAt),
    queue.sid,
  );
  return {
    taskrouterWorkspaces: { [workspace.sid]: workspace },
    taskrouterActivities: bySid(activities),
    taskrouterTaskChannels: bySid(taskChannels),
    taskrouterTaskQueues: { [queue.sid]: queue },
    taskrouterWorkflows: { [workflow.sid]: workflow },
  };
}

const bySid = <T extends { sid: string }>(items: T[]) =>
  Object.fromEntries(items.map((item) => [item.sid, item]));

const smsNumber = (): PhoneNumber =>
  newPhoneNumber(seeded.smsNumber, seeded.account, "+15017122661", seededAt);

const newAddress = (sid: string, type: string, address: string, name: string): AddressConfiguration => ({
  sid,
  account_sid: seeded.account,
  type,
  address,
  friendly_name: name,
  auto_creation: {
    enabled: true,
    type: "studio",
    conversation_service_sid: seeded.flexService,
    studio_flow_sid: seeded.conversationFlow,
    studio_retry_count: 3,
  },
  address_country: null,
  date_created: seededAt,
  date_updated: seededAt,
});

/** What starts a flow, and the variable that then holds the customer's address. */
interface Trigger {
  event: "incomingMessage" | "incomingConversationMessage";
  from: string;
}

const newStudioFlow = (sid: string, trigger: Trigger): StudioFlow => ({
  sid,
  account_sid: seeded.account,
  date_created: seededAt,
  date_updated: null,
  revisions: [
    {
      revision: 1,
      friendly_name: "Messaging Flow",
      definition: messagingDefinition(trigger),
      status: "published",
      commit_message: null,
      author_sid: null,
      date_created: seededAt,
    },
  ],
});

function messagingDefinition({ event, from }: Trigger): object {
  return {
    description: "Sends every message to Flex",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event, next: "SendMessageToAgent" }, { event: "incomingCall" }],
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: "SendMessageToAgent",
        type: "send-to-flex",
        transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }],
        properties: {
          offset: { x: 0, y: 200 },
          workflow: seeded.workflow,
          channel: seeded.chatTaskChannel,
          attributes: `{"name": "{{${from}}}"}`,
        },
      },
    ],
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
  };
}

function configuration(): FlexConfiguration {
  return {
    account_sid: seeded.account,
    date_created: seededAt,
    date_updated: seededAt,
    attributes: null,
    status: "ok",
    taskrouter_workspace_sid: seeded.workspace,
    taskrouter_target_workflow_sid: seeded.workflow,
    taskrouter_target_taskqueue_sid: seeded.everyoneQueue,
    taskrouter_taskqueues: null,
    taskrouter_skills: [],
    taskrouter_worker_channels: null,
    taskrouter_worker_attributes: null,
    taskrouter_offline_activity_sid: seeded.offlineActivity,
    runtime_domain: "https://emulator-1234.twil.io",
    messaging_service_instance_sid: seeded.messagingService,
    chat_service_instance_sid: seeded.chatService,
    flex_service_instance_sid: seeded.flexService,
    flex_instance_sid: seeded.flexInstance,
    ui_language: "en",
    ui_attributes: {},
    ui_dependencies: {},
    ui_version: "1.34.0",
    service_version: "2.0",
    call_recording_enabled: false,
    call_recording_webhook_url: null,
    crm_enabled: false,
    crm_type: null,
    crm_callback_url: null,
    crm_fallback_url: null,
    crm_attributes: null,
    public_attributes: {},
    plugin_service_enabled: true,
    plugin_service_attributes: {},
    integrations: [],
    outbound_call_flows: {
      default: {
        enabled: false,
        workflow_sid: seeded.workflow,
        queue_sid: seeded.everyoneQueue,
        location: "US",
      },
    },
    queue_stats_configuration: null,
    serverless_service_sids: [],
    notifications: { enabled: true, mode: "whenNotInFocus" },
    markdown: { enabled: false, mode: "readOnly" },
    flex_insights_hr: null,
    flex_insights_drilldown: false,
    flex_url: "https://flex.twilio.com",
    channel_configs: [],
    debugger_integration: { enabled: false },
    flex_ui_status_report: { enabled: false },
    agent_conv_end_methods: null,
    citrix_voice_vdi: null,
    offline_config: null,
  };
}
