import type { Stamp } from "../api/clock";
import { newChatService } from "../products/chat/records";
import type { AddressConfiguration } from "../products/conversations/records";
import type { FlexConfiguration } from "../products/flex/records";
import { type ChannelsSender, newChannelsSender } from "../products/messaging/records";
import { newPhoneNumber, type PhoneNumber } from "../products/numbers/records";
import type { StudioFlow } from "../products/studio/records";
import { newMember, newTaskQueue, newWorkflow, newWorkspace } from "../products/taskrouter/records";
import { seeded } from "./seeded";
import { type AccountSeed, seededAt } from "./state";

export function chatServices(...services: [sid: string, name: string][]): AccountSeed {
  const stamp = countingStamp();
  const all = services.map(([given, name]) =>
    newChatService(
      { ...stamp, sid: (prefix) => (prefix === "IS" ? given : stamp.sid(prefix)) },
      seeded.account,
      name,
    ),
  );
  return {
    chatServices: bySid(all.map(({ service }) => service)),
    chatRoles: bySid(all.flatMap(({ roles }) => roles)),
  };
}

export function whatsAppSender(): ChannelsSender {
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

/** SIDs count up by prefix, in the order in which they are asked for: `seeded` names some of what comes out. */
function countingStamp(): Stamp {
  const made: Record<string, number> = {};
  return {
    now: seededAt,
    sid(prefix) {
      made[prefix] = (made[prefix] ?? 0) + 1;
      return `${prefix}e1${String(made[prefix]).padStart(30, "0")}`;
    },
  };
}

export function taskRouter(): AccountSeed {
  const stamp = countingStamp();
  const { workspace, activities, taskChannels } = newWorkspace(stamp, seeded.account, "Flex Task Assignment");
  // Flex adds it to those that every workspace has.
  const email = {
    ...newMember(stamp, "TC", workspace, "Email"),
    unique_name: "email",
    channel_optimized_routing: false,
  };
  const queue = newTaskQueue(newMember(stamp, "WQ", workspace, "Everyone"));
  const workflow = newWorkflow(newMember(stamp, "WW", workspace, "Assign to Anyone"), queue.sid);
  return {
    taskrouterWorkspaces: { [workspace.sid]: workspace },
    taskrouterActivities: bySid(activities),
    taskrouterTaskChannels: bySid([...taskChannels, email]),
    taskrouterTaskQueues: { [queue.sid]: queue },
    taskrouterWorkflows: { [workflow.sid]: workflow },
  };
}

export const bySid = <T extends { sid: string }>(items: T[]) =>
  Object.fromEntries(items.map((item) => [item.sid, item]));

/** As a number is whose handlers somebody has cleared: a new one has null in two places. */
export const smsNumber = (): PhoneNumber => ({
  ...newPhoneNumber(seeded.smsNumber, seeded.account, "+15017122661", seededAt),
  voice_url: "",
  voice_fallback_url: "",
});

export const newAddress = (
  sid: string,
  type: string,
  address: string,
  name: string,
): AddressConfiguration => ({
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

/** Both flows that Twilio makes for Flex. Nothing leads to that for calls, which are not imitated. */
export const studioFlows = (messagingFlow: string, { event, from }: Trigger): Record<string, StudioFlow> =>
  bySid([
    newStudioFlow(seeded.voiceFlow, "Voice IVR", {
      description: "Sends every call to Flex",
      ...toFlex("SendCallToAgent", [{ event: "incomingMessage" }], "incomingCall", {
        channel: seeded.voiceTaskChannel,
        attributes: '{"type": "inbound", "name": "{{trigger.call.From}}"}',
      }),
    }),
    newStudioFlow(messagingFlow, "Messaging Flow", {
      description: "Sends every message to Flex",
      ...toFlex("SendMessageToAgent", [{ event: "incomingCall" }], event, {
        channel: seeded.chatTaskChannel,
        attributes: `{"name": "{{${from}}}"}`,
      }),
    }),
  ]);

const newStudioFlow = (sid: string, friendly_name: string, definition: object): StudioFlow => ({
  sid,
  account_sid: seeded.account,
  date_created: seededAt,
  date_updated: null,
  revisions: [
    {
      revision: 1,
      friendly_name,
      definition,
      status: "published",
      commit_message: null,
      author_sid: null,
      date_created: seededAt,
    },
  ],
});

/** A definition of one widget, to which one event leads and others do not. */
const toFlex = (widget: string, others: object[], event: string, properties: object) => ({
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event, next: widget }, ...others],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: widget,
      type: "send-to-flex",
      transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }],
      properties: { offset: { x: 0, y: 200 }, workflow: seeded.workflow, ...properties },
    },
  ],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
});

/**
 * As Twilio's page prints that of an account made in 2023, with null for what nobody has set. Keys that came later are null,
 * but for `flex_instance_sid`.
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */
export function configuration(uiVersion: string): FlexConfiguration {
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
    taskrouter_skills: null,
    taskrouter_worker_channels: null,
    taskrouter_worker_attributes: null,
    taskrouter_offline_activity_sid: seeded.offlineActivity,
    runtime_domain: "emulator-1234.twil.io",
    messaging_service_instance_sid: null,
    chat_service_instance_sid: seeded.chatService,
    flex_service_instance_sid: seeded.flexService,
    flex_instance_sid: seeded.flexInstance,
    ui_language: null,
    ui_attributes: { warmTransfers: { enabled: true }, notifications: { browser: true } },
    ui_dependencies: null,
    ui_version: uiVersion,
    service_version: null,
    call_recording_enabled: null,
    call_recording_webhook_url: null,
    crm_enabled: null,
    crm_type: null,
    crm_callback_url: null,
    crm_fallback_url: null,
    crm_attributes: null,
    public_attributes: null,
    plugin_service_enabled: null,
    plugin_service_attributes: null,
    integrations: null,
    outbound_call_flows: null,
    queue_stats_configuration: null,
    serverless_service_sids: null,
    notifications: { enabled: true, mode: "whenNotInFocus" },
    markdown: { enabled: true, mode: "readWrite" },
    flex_insights_hr: null,
    flex_insights_drilldown: true,
    flex_url: null,
    channel_configs: channelConfigs(),
    debugger_integration: { enabled: true },
    flex_ui_status_report: { enabled: true },
    agent_conv_end_methods: null,
    citrix_voice_vdi: null,
    offline_config: null,
  };
}

/** Limits of attachments, by the type of the address. */
function channelConfigs(): object[] {
  const everywhere = ["jpg", "jpeg", "png", "amr", "mp3", "mp4", "pdf", "heic"];
  const config = (address_type: string, largest: [file: number, all: number], also: string[], files = 1) => ({
    cbm_attachments: {
      max_file_size: largest[0],
      max_total_file_size: largest[1],
      accepted_extensions: [...everywhere, ...also],
      enabled: true,
      number_of_attachments: files,
    },
    address_type,
  });
  return [
    config("web", [16_777_216, 67_108_864], ["txt", "gif"]),
    config("sms", [2_097_152, 5_242_880], []),
    config("whatsapp", [16_777_216, 67_108_864], ["oga"]),
    config("email", [157_286_400, 157_286_400], ["txt", "gif"], 10),
  ];
}
