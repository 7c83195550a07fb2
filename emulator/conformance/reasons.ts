import { corrections } from "./corrections";
import { at, operationOf, type Reason, wherever } from "./reason";

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
/** Whether a request has this value, or a list that holds it. */
const isAmong = (value: unknown, requested: unknown) =>
  requested !== undefined && [requested, ...[requested].flat()].some((one) => textOf(one) === textOf(value));

/** Hold by what document, request and answer say, wherever it comes up. */
const classes: readonly Reason[] = [
  {
    why: "The example leaves out what the schema in the same document has, or what was added to it since.",
    holds: ({ kind, isInSchema }) => kind === "extra" && isInSchema === true,
  },
  {
    why: "The example shows something else than its own request sends; the emulator shows what was sent.",
    holds: ({ kind, requested, theirs, ours }) =>
      (kind === "value" || kind === "type") && isAmong(ours, requested) && !isAmong(theirs, requested),
  },
  ...corrections.map(
    ({ why, sent }): Reason => ({
      why,
      holds: (deviation) =>
        deviation.kind === "request" && deviation.key in (sent[operationOf(deviation)] ?? {}),
    }),
  ),
];

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
  at("The example tells of a further page, for which it shows no object.", {
    "api_v2010 ListApplication": ["next_page_uri"],
    "conversations_v1 ListConversationMessage": ["meta.next_page_url"],
    "conversations_v1 ListServiceConversationMessage": ["meta.next_page_url"],
  }),
  at("The example shows what its request does not set; here it is unset.", {
    "api_v2010 CreateAddress": ["street_secondary"],
    "chat_v2 CreateCredential": ["friendly_name"],
    "chat_v2 CreateService": ["pre_webhook_url", "post_webhook_url", "webhook_filters", "webhook_method"],
    "conversations_v1 CreateCredential": ["friendly_name"],
    "messaging_v2 CreateChannelsSender": ["configuration.voice_application_sid"],
    "studio_v2 CreateFlow": ["author_sid"],
    "studio_v2 UpdateFlow": ["author_sid"],
  }),
  at("The example has an address of Apple's for each type; one of WhatsApp must have WhatsApp's form.", {
    "conversations_v1 CreateConfigurationAddress": ["createWhatsapp", "createWhatsappCaseInsensitive"],
  }),
  at("The request asks for descending order, and the example is in ascending order.", {
    "conversations_v1 ListServiceConversationMessage": [
      "messages.sid",
      "messages.body",
      "messages.author",
      "messages.date_created",
      "messages.date_updated",
    ],
  }),
  at("The example shows another type than its request sends, and only that of Apple has a sandbox.", {
    "conversations_v1 CreateCredential": ["type", "sandbox"],
  }),
  at("RCS compliance is not imitated: it is null.", {
    "messaging_v2 CreateChannelsSender": ["compliance"],
  }),
  at("The sender of the other examples has none, and the request does not set it.", {
    "messaging_v2 UpdateChannelsSender": ["configuration.waba_id", "configuration.verification_method"],
  }),
  at("A call began the execution of the example, the request of the API began this one.", {
    "studio_v2 CreateExecution": ["initiated_by"],
  }),
  at(
    "The list is never empty: the caller's account is in it, what is for sale, each queue, a channel for each task channel.",
    {
      "api_v2010 ListAccount": ["accounts"],
      "api_v2010 ListAvailablePhoneNumberCountry": ["countries"],
      "api_v2010 ListAvailablePhoneNumberLocal": ["available_phone_numbers"],
      "api_v2010 ListAvailablePhoneNumberTollFree": ["available_phone_numbers"],
      "taskrouter_v1 ListTaskQueuesStatistics": ["task_queues_statistics"],
      "taskrouter_v1 ListWorkerChannel": ["channels"],
    },
  ),
  at("An account without a parent keeps its status (21477).", { "api_v2010 UpdateAccount": ["update"] }),
  at("The document enumerates the statuses by name.", {
    "api_v2010 UpdateAccount": ["updateWithNumericStatus"],
  }),
  at("Numbers for sale have no places here.", {
    "api_v2010 ListAvailablePhoneNumberLocal": ["lata", "latitude", "longitude"].map(
      (key) => `available_phone_numbers.${key}`,
    ),
  }),
  at("Numbers are for sale in other countries here.", {
    "api_v2010 ListAvailablePhoneNumberCountry": [
      "countries.uri",
      ...["local", "mobile", "toll_free"].map((kind) => `countries.subresource_uris.${kind}`),
    ],
  }),
  at("There are no numbers of this kind for sale.", {
    "api_v2010 ListAvailablePhoneNumberMachineToMachine": ["available_phone_numbers"],
    "api_v2010 ListAvailablePhoneNumberNational": ["available_phone_numbers"],
    "api_v2010 ListAvailablePhoneNumberSharedCost": ["available_phone_numbers"],
    "api_v2010 ListAvailablePhoneNumberVoip": ["available_phone_numbers"],
  }),
  at("The number that the example buys is a local one.", {
    "api_v2010 CreateIncomingPhoneNumberMobile": ["create"],
    "api_v2010 CreateIncomingPhoneNumberTollFree": ["create"],
  }),
  at("The example has an application's SID where the schema in the same document wants a trunk's.", {
    "api_v2010 ListDependentPhoneNumber": ["dependent_phone_numbers.trunk_sid"],
  }),
  at("There are no mobile numbers for sale in the country of the example (US).", {
    "api_v2010 ListAvailablePhoneNumberMobile": ["readFull", "readEmpty"],
  }),
  at("A chat service shows all its notifications, also those that are off.", {
    "chat_v2 CreateService": notifications,
    "chat_v2 FetchService": notifications,
    "chat_v2 ListService": listedNotifications,
  }),
  wherever(
    "Nobody has ever been online here, which is shown as null.",
    ["chat_v2", "conversations_v1"],
    /(^|\.)is_online$/,
  ),
  at("No device registers itself for push notifications: there are no bindings.", {
    "chat_v2 FetchBinding": ["fetch"],
    "chat_v2 FetchUserBinding": ["fetch"],
    "chat_v2 ListBinding": ["bindings"],
    "chat_v2 ListUserBinding": ["bindings"],
    "conversations_v1 FetchServiceBinding": ["fetch"],
    "conversations_v1 ListServiceBinding": ["bindings"],
  }),
  wherever(
    "Members, messages and channels are counted, and there are not as many as the example says.",
    ["chat_v2", "conversations_v1"],
    /(^|\.)(members|messages|joined_channels|unread_messages)_count$/,
  ),
  at("Messages are texts: media, templates and subjects are not imitated.", {
    "chat_v2 CreateMessage": ["createMedia"],
    "conversations_v1 CreateConversationMessage": ["createWithMedia", "createWithContentSid", "content_sid"],
    "conversations_v1 CreateServiceConversationMessage": [
      "createWithMedia",
      "createWithContentSid",
      "content_sid",
    ],
    "conversations_v1 ListConversationMessage": ["messages.media"],
    "conversations_v1 ListServiceConversationMessage": ["messages.media"],
  }),
  wherever(
    "Nothing is delivered here, and a message does not tell of it.",
    ["conversations_v1"],
    /(^|\.)delivery$/,
  ),
  at("Nothing is delivered here: there are no receipts.", {
    "conversations_v1 FetchConversationMessageReceipt": ["fetch"],
    "conversations_v1 FetchServiceConversationMessageReceipt": ["fetch"],
    "conversations_v1 ListConversationMessageReceipt": ["delivery_receipts"],
    "conversations_v1 ListServiceConversationMessageReceipt": ["delivery_receipts"],
  }),
  at("An update of a role gives all its permissions anew, as the parameter's description says.", {
    "chat_v2 UpdateRole": ["permissions"],
    "conversations_v1 UpdateRole": ["permissions"],
    "conversations_v1 UpdateServiceRole": ["permissions"],
  }),
  wherever(
    "Conversations have no timers here.",
    ["conversations_v1"],
    /(^|\.)(conversation_)?timers\.date_(inactive|closed)$/,
  ),
  at("Conversations have no bindings for e-mail here.", {
    "conversations_v1 CreateConversation": ["bindings.email"],
  }),
  wherever(
    "It is not kept who made a conversation; all are shown as the system's.",
    ["conversations_v1"],
    /(^|\.)(conversation_)?created_by$/,
  ),
  at("An address is never exchanged for its fallback here.", {
    "conversations_v1 CreateConversationParticipant": [
      "messaging_binding.address",
      "messaging_binding.proxy_address",
    ],
    "conversations_v1 CreateServiceConversationParticipant": [
      "messaging_binding.address",
      "messaging_binding.proxy_address",
    ],
  }),
  at("The example has the word `null` where there is no identity.", {
    "conversations_v1 CreateServiceConversationParticipant": ["identity"],
  }),
  at(
    "Attributes that were never set are `{}`, as their description says, and nobody has updated a new message.",
    {
      "chat_v2 CreateMessage": ["attributes", "last_updated_by"],
    },
  ),
  at("The session of the examples expired in 2015, and who or what is new has not ended.", {
    "proxy_v1 FetchSession": ["status", "closed_reason"],
    "proxy_v1 UpdateSession": ["status", "closed_reason"],
    "proxy_v1 CreateParticipant": ["date_deleted"],
    "proxy_v1 CreateSession": ["date_ended", "date_last_interaction", "date_expiry"],
  }),
  at("Nothing is set by the request; a recorded answer has null (github.com/craigpaul/twiligo).", {
    "proxy_v1 CreateService": ["intercept_callback_url", "out_of_session_callback_url"],
  }),
  wherever(
    "Auto-creation has the keys of every type, null where they are not of its own, as in recorded answers (RJPearson94/twilio-sdk-go addressResponse.json).",
    ["conversations_v1"],
    /(^|\.)auto_creation\.\w+$/,
    ["extra"],
  ),
  at(
    "The keywords of a trigger are shown as `triggers`, as acceptance tests against live accounts find them (RJPearson94/terraform-provider-twilio).",
    {
      "chat_v2 UpdateChannelWebhook": ["configuration.filters", "configuration.triggers"],
      "conversations_v1 UpdateConversationScopedWebhook": ["configuration.filters", "configuration.triggers"],
      "conversations_v1 UpdateServiceConversationScopedWebhook": [
        "configuration.filters",
        "configuration.triggers",
      ],
    },
  ),
  wherever(
    "What of a sender's parts is not set has no key, as in recorded answers (dixahq/twilio-client ChannelSenderFetchTest.scala).",
    ["messaging_v2"],
    /(^|\.)(configuration|webhook|profile|properties)\.\w+$/,
    ["missing"],
  ),
  at("Senders that have no number have no country.", {
    "messaging_v1 CreateChannelSender": ["country_code"],
  }),
  at("A member shows what its number can do; that of the example can do nothing.", {
    "messaging_v1 CreatePhoneNumber": ["capabilities"],
  }),
  at("The documents leave 200 and 201 to choose from.", {
    "messaging_v1 CreatePhoneNumber": ["createWithCapabilitiesWhenDownstreamResponse200"],
    "messaging_v1 CreateShortCode": ["createwith200Downstreamresponse"],
  }),
  at("Senders are not verified here, and a new name is shown once it is in use.", {
    "messaging_v2 UpdateChannelsSender": ["status", "profile.name"],
  }),
  at(
    "The example shows two of the 13 capabilities that github.com/RJPearson94/terraform-provider-twilio reads in its tests.",
    {
      "proxy_v1 CreatePhoneNumber": [
        "sms_inbound",
        "mms_inbound",
        "mms_outbound",
        "fax_inbound",
        "fax_outbound",
        "voice_outbound",
        "restriction_sms_domestic",
        "restriction_mms_domestic",
        "restriction_fax_domestic",
        "restriction_voice_domestic",
        "sip_trunking",
      ].map((key) => `capabilities.${key}`),
    },
  ),
  at("It is in the definition that was sent.", {
    "studio_v2 CreateFlow": ["definition.states"],
    "studio_v2 UpdateFlow": ["definition.states"],
  }),
  at("A task is in its workflow's queue at once, and is not routed from there.", {
    "taskrouter_v1 CreateTask": ["task_queue_entered_date", "routing_target"],
  }),
  at("Nothing routes a task to a worker: there are no reservations.", {
    "taskrouter_v1 FetchTaskReservation": ["fetch"],
    "taskrouter_v1 FetchWorkerReservation": ["fetch"],
    "taskrouter_v1 ListTaskReservation": ["reservations"],
    "taskrouter_v1 ListWorkerReservation": ["reservations"],
    "taskrouter_v1 UpdateTaskReservation": ["update", "updateSuperviseInstruction"],
    "taskrouter_v1 UpdateWorkerReservation": ["update"],
  }),
  at("Nobody writes down what happens in a workspace: there are no events.", {
    "taskrouter_v1 FetchEvent": ["fetch"],
    "taskrouter_v1 ListEvent": ["events"],
  }),
  wherever(
    "Waiting times are split where a request says at which ones, which the example's does not.",
    ["taskrouter_v1"],
    /^split_by_wait_time\.\d+$/,
  ),
  wherever(
    "Tasks are counted by priority and status, and one is there.",
    ["taskrouter_v1"],
    /(^|\.)tasks_by_(priority|status)\.\w+$/,
  ),
  wherever(
    "The example leaves out figures that the statistics of that half alone have.",
    ["taskrouter_v1"],
    /(^|\.)(cumulative|realtime)\.\w+$/,
    ["extra"],
  ),
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
  at("A workflow's content type is null in a recording (task-router-rails, configure_workspace).", {
    "taskrouter_v1 CreateWorkflow": ["document_content_type"],
    "taskrouter_v1 FetchWorkflow": ["document_content_type"],
    "taskrouter_v1 ListWorkflow": ["workflows.document_content_type"],
    "taskrouter_v1 UpdateWorkflow": ["document_content_type"],
  }),
  at(
    "A valid flow has null for both and an address with https in a recording (twilio-sdk-go by RJPearson94, flowResponse.json).",
    {
      "studio_v2 CreateFlow": ["errors", "warnings", "webhook_url"],
      "studio_v2 FetchFlow": ["errors", "warnings", "webhook_url"],
      "studio_v2 ListFlow": ["flows.webhook_url"],
      "studio_v2 UpdateFlow": ["errors", "warnings", "webhook_url"],
    },
  ),
];

/** The more specific ones first. */
export const reasons: readonly Reason[] = [...singles, ...classes];
