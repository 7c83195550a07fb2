import { corrections } from "./corrections";
import type { Deviation } from "./run";

/** Why the emulator departs from some of the examples. */
export interface Reason {
  why: string;
  holds: (deviation: Deviation) => boolean;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const operationOf = ({ document, operationId }: Deviation) => `${document} ${operationId}`;

/** Hold by what document, request and answer say, wherever it comes up. */
const classes: readonly Reason[] = [
  {
    why: "The schema in the same document does not have it.",
    holds: ({ kind, isInSchema }) => kind === "missing" && isInSchema === false,
  },
  {
    why: "The example leaves out what the schema in the same document has, or what was added to it since.",
    holds: ({ kind, isInSchema }) => kind === "extra" && isInSchema === true,
  },
  {
    why: "The example shows something else than its own request sends; the emulator shows what was sent.",
    holds: ({ kind, requested, theirs, ours }) =>
      (kind === "value" || kind === "type") &&
      requested !== undefined &&
      textOf(requested) === textOf(ours) &&
      textOf(requested) !== textOf(theirs),
  },
  ...corrections.map(
    ({ why, sent }): Reason => ({
      why,
      holds: (deviation) =>
        deviation.kind === "request" && deviation.key in (sent[operationOf(deviation)] ?? {}),
    }),
  ),
];

/** Keys by operation; where the answer has another status, the example's name. */
const at = (why: string, places: Record<string, string[]>): Reason => ({
  why,
  holds(deviation) {
    const { kind, key, example } = deviation;
    const place = kind === "status" ? example : key;
    return kind !== "request" && places[operationOf(deviation)]?.includes(place) === true;
  },
});

const timers = ["timers.date_inactive", "timers.date_closed"];
const listedTimers = timers.map((key) => `conversations.${key}`);
const events = [
  "log_enabled",
  "new_message",
  "added_to_channel",
  "removed_from_channel",
  "invited_to_channel",
];
const notifications = events.map((event) => `notifications.${event}`);
const listedNotifications = notifications.map((key) => `services.${key}`);

const singles: readonly Reason[] = [
  at("An account without a parent keeps its status (21477).", { "api_v2010 UpdateAccount": ["update"] }),
  at("The document enumerates the statuses by name.", {
    "api_v2010 UpdateAccount": ["updateWithNumericStatus"],
  }),
  at("The example tells of a further page, for which it shows no object.", {
    "api_v2010 ListApplication": ["next_page_uri"],
  }),
  at("Numbers for sale have no places here.", {
    "api_v2010 ListAvailablePhoneNumberLocal": ["lata", "latitude", "longitude"].map(
      (key) => `available_phone_numbers.${key}`,
    ),
  }),
  at("There are no mobile numbers for sale in the country of the example (US).", {
    "api_v2010 ListAvailablePhoneNumberMobile": ["readFull", "readEmpty"],
  }),
  at("A chat service shows all its notifications, also those that are off.", {
    "chat_v2 CreateService": notifications,
    "chat_v2 FetchService": notifications,
    "chat_v2 ListService": listedNotifications,
  }),
  at("The example shows what its request does not set; here it is unset.", {
    "chat_v2 CreateService": ["pre_webhook_url", "post_webhook_url", "webhook_filters"],
  }),
  at("Conversations have no timers and bindings here.", {
    "conversations_v1 CreateConversation": [...timers, "bindings.email"],
    "conversations_v1 FetchConversation": timers,
    "conversations_v1 ListConversation": listedTimers,
    "conversations_v1 CreateServiceConversation": timers,
    "conversations_v1 FetchServiceConversation": timers,
    "conversations_v1 ListServiceConversation": listedTimers,
  }),
  at("A Flex Flow that was never updated has no date of it, as recordings show.", {
    "flex_v1 CreateFlexFlow": ["date_updated"],
  }),
  at("Senders that have no number have no country.", {
    "messaging_v1 CreateChannelSender": ["country_code"],
  }),
  at("The documents leave 200 and 201 to choose from.", {
    "messaging_v1 CreatePhoneNumber": ["createWithCapabilitiesWhenDownstreamResponse200"],
    "messaging_v1 CreateShortCode": ["createwith200Downstreamresponse"],
  }),
  at("Senders are not verified here, and a new name is shown once it is in use.", {
    "messaging_v2 UpdateChannelsSender": ["status", "profile.name"],
  }),
  at("The example shows two of the capabilities.", {
    "proxy_v1 CreatePhoneNumber": ["sms_inbound", "mms_inbound", "mms_outbound", "voice_outbound"].map(
      (key) => `capabilities.${key}`,
    ),
  }),
  at("It is in the definition that was sent.", {
    "studio_v2 CreateFlow": ["definition.states"],
    "studio_v2 UpdateFlow": ["definition.states"],
  }),
  at("A task is in its workflow's queue at once, and is not routed from there.", {
    "taskrouter_v1 CreateTask": ["task_queue_entered_date", "routing_target"],
  }),
  at("A task has a reason once it was completed or canceled.", { "taskrouter_v1 CreateTask": ["reason"] }),
  at("An update makes a new revision.", { "studio_v2 UpdateFlow": ["revision"] }),
  at("A revision is not updated, as the example of one that is fetched has it.", {
    "studio_v2 ListFlowRevision": ["revisions.date_updated"],
  }),
  at("The example has two names for the activity with one SID.", {
    "taskrouter_v1 FetchTaskQueue": ["reservation_activity_name"],
    "taskrouter_v1 ListTaskQueue": ["task_queues.reservation_activity_name"],
    "taskrouter_v1 UpdateTaskQueue": ["reservation_activity_name"],
  }),
  at("It is what was sent, written anew.", {
    "taskrouter_v1 CreateTask": ["attributes"],
    "taskrouter_v1 CreateWorkflow": ["configuration"],
    "taskrouter_v1 UpdateWorkflow": ["configuration"],
  }),
  at('Without a filter it is `""`, as recordings show.', {
    "taskrouter_v1 CreateWorkspace": ["events_filter"],
  }),
];

export const reasons: readonly Reason[] = [...classes, ...singles];
