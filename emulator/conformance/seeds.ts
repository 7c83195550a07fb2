import { isObject } from "../body";
import { newChannelsSender } from "../families/channels-senders";
import { newChatService } from "../families/chat-services";
import type { Json } from "./examples";

/** Where the objects of one kind are kept, and how. */
export interface Kind {
  /** Key of an account seed; `""` where nothing in an account stands for the object. */
  kept: string;
  /** The part of an account seed that brings about what an answer shows. */
  seed: (shown: Json, exampleOf: ExampleOf) => Json;
  /** Objects of other kinds that the answer tells of, or that it takes to make such an object. */
  besides?: Besides[];
  /** Key of what must not be there. */
  apartFrom?: string;
}

interface Besides {
  kind: string;
  /** In what the object differs from the documents' own example of its kind. */
  as: (shown: Json) => Json;
}

/** What the documents show of another kind. */
type ExampleOf = (kind: string) => Json;

const without = (object: Json, keys: string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

const objectAt = (object: Json, key: string): Json => {
  const value = object[key];
  return isObject(value) ? value : {};
};

const addresses = ["url", "uri", "links", "subresource_uris"];

/** As it is kept: without addresses, and with ISO 8601 dates whatever the API shows. */
function recordOf(shown: Json): Json {
  const entries = Object.entries(without(shown, addresses)).map(([key, value]) => {
    const isRfc2822 = key.startsWith("date_") && typeof value === "string" && value.endsWith(" +0000");
    return [key, isRfc2822 ? new Date(value).toISOString().replace(".000Z", "Z") : value];
  });
  return Object.fromEntries(entries);
}

interface Difference extends Pick<Kind, "besides" | "apartFrom"> {
  /** What answers show beside the record. */
  derived?: string[];
  /** What records hold and examples leave out. */
  added?: Json;
}

/** Objects that are kept as they are shown, but for that difference. */
const objects = (kept: string, { derived = [], added = {}, ...others }: Difference = {}): Kind => ({
  ...others,
  kept,
  seed: (shown) => ({
    [kept]: { [String(shown.sid)]: { ...added, ...without(recordOf(shown), derived) } },
  }),
});

/** What is there once in an account. */
const single = (kept: string): Kind => ({ kept, seed: (shown) => ({ [kept]: recordOf(shown) }) });

/** A view of what another kind has in whole. */
const viewOf = (kind: string, whole: Kind, translate: (shown: Json) => Json): Kind => ({
  kept: whole.kept,
  seed: (shown, exampleOf) => whole.seed({ ...exampleOf(kind), ...translate(shown) }, exampleOf),
});

const account: Kind = {
  kept: "",
  seed: (shown) => without(recordOf(shown), ["sid", "owner_account_sid"]),
};
const chatServices: Kind = {
  kept: "chatServices",
  seed(shown, exampleOf) {
    const { service } = newChatService("", "", "", "", () => "");
    const notifications = { ...service.notifications, ...objectAt(shown, "notifications") };
    return objects("chatServices").seed({ ...shown, notifications }, exampleOf);
  },
};
const channelsSenders: Kind = {
  kept: "channelsSenders",
  seed(shown, exampleOf) {
    const blank = newChannelsSender("", "", "");
    const { verification_code, ...configuration } = objectAt(shown, "configuration");
    const record = {
      ...blank,
      ...shown,
      configuration: { ...blank.configuration, ...configuration },
      profile: { ...blank.profile, ...objectAt(shown, "profile") },
    };
    return objects("channelsSenders").seed(record, exampleOf);
  },
};
const conversations = objects("conversations", { derived: ["timers", "bindings"] });
const conversationsRoles: Kind = {
  kept: "chatRoles",
  seed: ({ chat_service_sid, type, ...shown }, exampleOf) =>
    objects("chatRoles").seed(
      { ...shown, service_sid: chat_service_sid, type: type === "conversation" ? "channel" : "deployment" },
      exampleOf,
    ),
};
const studioFlows: Kind = {
  kept: "studioFlows",
  seed({ sid, account_sid, date_created, date_updated, ...shown }) {
    const { revision, friendly_name, status, commit_message } = shown;
    const definition = shown.definition ?? { initial_state: "Trigger" };
    const last = {
      revision,
      friendly_name,
      definition,
      status,
      commit_message,
      author_sid: null,
      date_created,
    };
    const flow = { sid, account_sid, date_created, date_updated, revisions: [last] };
    return { studioFlows: { [String(sid)]: flow } };
  },
};
/** Nothing in an account stands for it. */
export const nothing: Kind = { kept: "", seed: () => ({}) };

const accounts = "/2010-04-01/Accounts";
const available = `${accounts}/{AccountSid}/AvailablePhoneNumbers/{CountryCode}`;
const numbers = `api_v2010 ${accounts}/{AccountSid}/IncomingPhoneNumbers`;
const senders = "messaging_v2 /v2/Channels/Senders";
const workspaces = "taskrouter_v1 /v1/Workspaces";
const inWorkspace = `${workspaces}/{WorkspaceSid}`;

/** Kinds by document and path: of a list without `.json`, of what is there once the path itself. */
export const kinds: Readonly<Record<string, Kind>> = {
  [`api_v2010 ${accounts}`]: account,
  [`api_v2010 ${accounts}/{AccountSid}/Applications`]: objects("applications", {
    derived: ["sms_status_callback"],
  }),
  [numbers]: objects("phoneNumbers", {
    added: { type: "local" },
  }),
  [`api_v2010 ${accounts}/{AccountSid}/SMS/ShortCodes`]: objects("shortCodes"),
  [`api_v2010 ${available}/Local`]: nothing,
  [`api_v2010 ${available}/Mobile`]: nothing,
  [`api_v2010 ${available}/TollFree`]: nothing,
  "chat_v2 /v2/Services": chatServices,
  "chat_v2 /v2/Services/{ServiceSid}/Channels": objects("chatChannels"),
  "conversations_v1 /v1/Configuration": single("conversationsConfiguration"),
  "conversations_v1 /v1/Configuration/Addresses": objects("addressConfigurations", {
    besides: [{ kind: numbers, as: ({ address }) => ({ phone_number: address }) }],
  }),
  "conversations_v1 /v1/Configuration/Webhooks": single("conversationsWebhooks"),
  "conversations_v1 /v1/Conversations": conversations,
  "conversations_v1 /v1/Roles": conversationsRoles,
  "conversations_v1 /v1/Services": viewOf("chat_v2 /v2/Services", chatServices, (shown) => shown),
  "conversations_v1 /v1/Services/{ChatServiceSid}/Configuration": viewOf(
    "chat_v2 /v2/Services",
    chatServices,
    (shown) => ({
      sid: shown.chat_service_sid,
      default_channel_creator_role_sid: shown.default_conversation_creator_role_sid,
      default_channel_role_sid: shown.default_conversation_role_sid,
      default_service_role_sid: shown.default_chat_service_role_sid,
      reachability_enabled: shown.reachability_enabled,
    }),
  ),
  "conversations_v1 /v1/Services/{ChatServiceSid}/Configuration/Webhooks": {
    kept: "conversationsServiceWebhooks",
    seed: ({ account_sid, chat_service_sid, ...settings }, exampleOf) =>
      objects("conversationsServiceWebhooks").seed({ sid: chat_service_sid, ...settings }, exampleOf),
  },
  "conversations_v1 /v1/Services/{ChatServiceSid}/Conversations": conversations,
  "conversations_v1 /v1/Services/{ChatServiceSid}/Roles": conversationsRoles,
  "flex_v1 /v1/Configuration": single("flexConfiguration"),
  "flex_v1 /v1/FlexFlows": objects("flexFlows"),
  "messaging_v1 /v1/Services": objects("messagingServices", { derived: ["sending_windows"] }),
  "messaging_v1 /v1/Services/{ServiceSid}/AlphaSenders": objects("messagingAlphaSenders"),
  "messaging_v1 /v1/Services/{MessagingServiceSid}/ChannelSenders": objects("messagingChannelSenders", {
    besides: [{ kind: senders, as: ({ sid, sender }) => ({ sid, sender_id: sender }) }],
  }),
  "messaging_v1 /v1/Services/{ServiceSid}/PhoneNumbers": objects("messagingPhoneNumbers"),
  "messaging_v1 /v1/Services/{ServiceSid}/ShortCodes": objects("messagingShortCodes"),
  [senders]: channelsSenders,
  "proxy_v1 /v1/Services": objects("proxyServices"),
  "proxy_v1 /v1/Services/{ServiceSid}/PhoneNumbers": objects("proxyPhoneNumbers", {
    apartFrom: "messagingPhoneNumbers",
  }),
  "studio_v2 /v2/Flows": studioFlows,
  "studio_v2 /v2/Flows/Validate": nothing,
  "studio_v2 /v2/Flows/{Sid}/Revisions": studioFlows,
  [workspaces]: objects("taskrouterWorkspaces", {
    derived: [
      "default_activity_name",
      "timeout_activity_name",
      "default_operating_unit_sid",
      "default_attention_profile_sid",
      "attention_routing_enabled",
    ],
    besides: [
      { kind: `${inWorkspace}/Activities`, as: (shown) => ({ friendly_name: shown.default_activity_name }) },
    ],
  }),
  [`${inWorkspace}/Activities`]: objects("taskrouterActivities"),
  [`${inWorkspace}/TaskChannels`]: objects("taskrouterTaskChannels"),
  [`${inWorkspace}/TaskQueues`]: objects("taskrouterTaskQueues", {
    derived: ["assignment_activity_name", "reservation_activity_name", "operating_unit_sid"],
    besides: [
      {
        kind: `${inWorkspace}/Activities`,
        as: (shown) => ({ friendly_name: shown.assignment_activity_name }),
      },
    ],
  }),
  [`${inWorkspace}/Tasks`]: objects("taskrouterTasks", {
    derived: [
      "age",
      "workflow_friendly_name",
      "task_queue_friendly_name",
      "task_channel_unique_name",
      "required_attention",
    ],
    besides: [
      { kind: `${inWorkspace}/Workflows`, as: (shown) => ({ friendly_name: shown.workflow_friendly_name }) },
      {
        kind: `${inWorkspace}/TaskQueues`,
        as: (shown) => ({ friendly_name: shown.task_queue_friendly_name }),
      },
      {
        kind: `${inWorkspace}/TaskChannels`,
        as: (shown) => ({ unique_name: shown.task_channel_unique_name }),
      },
    ],
  }),
  [`${inWorkspace}/Workers`]: objects("taskrouterWorkers", {
    derived: [
      "activity_name",
      "available",
      "operating_unit_sid",
      "consumed_concurrency",
      "consumed_attention",
      "configured_concurrency",
    ],
    besides: [
      {
        kind: `${inWorkspace}/Activities`,
        as: ({ activity_name, available }) => ({ friendly_name: activity_name, available }),
      },
    ],
  }),
  [`${inWorkspace}/Workflows`]: objects("taskrouterWorkflows"),
};
