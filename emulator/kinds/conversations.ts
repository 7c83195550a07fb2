import { phoneNumbers } from "./api";
import { chatService, chatServices } from "./chat";
import { type Kind, type Kinds, nothing, objectAt, objects, single, viewOf, without } from "./kind";
import { messagingServices } from "./messaging";

const root = "conversations_v1 /v1";
const configuration = `${root}/Configuration`;
const conversations = `${root}/Conversations`;
const participants = `${conversations}/{ConversationSid}/Participants`;
const roles = `${root}/Roles`;
const services = `${root}/Services`;
const inService = (path: string) => `${services}/{ChatServiceSid}/${path}`;
const users = `${root}/Users`;

const conversation = objects("conversations", {
  derived: ["timers", "bindings"],
  besides: [{ kind: messagingServices, as: (shown) => ({ sid: shown.messaging_service_sid }) }],
});
const role: Kind = {
  kept: "chatRoles",
  seed: ({ chat_service_sid, type, ...shown }, exampleOf) =>
    objects("chatRoles").seed(
      { ...shown, service_sid: chat_service_sid, type: type === "conversation" ? "channel" : "deployment" },
      exampleOf,
    ),
};
/** Of each service there is one. */
const singleOfService = (kept: string): Kind => ({
  kept,
  seed: ({ account_sid: _, chat_service_sid, ...settings }, exampleOf) =>
    objects(kept).seed({ sid: chat_service_sid, ...settings }, exampleOf),
});
const message = objects("conversationMessages", {
  derived: ["chat_service_sid", "media", "delivery", "content_sid"],
  isOldestFirst: true,
  besides: [{ kind: participants, as: ({ author }) => ({ identity: author }) }],
});
const participant = objects("conversationParticipants", {
  derived: ["chat_service_sid"],
  besides: [{ kind: roles, as: () => ({ type: "conversation" }) }],
  before: { messaging_binding: null },
});
const user = objects("conversationsUsers", {
  derived: ["is_online", "is_notifiable"],
  besides: [{ kind: roles, as: () => ({ type: "service" }) }],
});
const webhook = objects("conversationWebhooks", { derived: ["chat_service_sid"] });

/** Somebody's conversation is their being a participant of it. */
const userConversation: Kind = {
  ...viewOf(participants, participant, (shown) => ({
    sid: shown.participant_sid,
    identity: "admin",
    last_read_message_index: shown.last_read_message_index,
    notification_level: shown.notification_level,
  })),
  besides: [
    { kind: users, as: () => ({ identity: "admin" }) },
    {
      kind: conversations,
      as: ({ conversation_state, friendly_name, unique_name, attributes, date_created, date_updated }) => ({
        state: conversation_state,
        friendly_name,
        unique_name,
        attributes,
        date_created,
        date_updated,
      }),
    },
  ],
};
const participantConversation: Kind = {
  ...viewOf(participants, participant, (shown) => {
    const binding = objectAt(shown, "participant_messaging_binding");
    const unset = Object.keys(binding).filter((name) => binding[name] === null);
    return {
      sid: shown.participant_sid,
      identity: shown.participant_identity,
      messaging_binding: shown.participant_messaging_binding && without(binding, unset),
    };
  }),
  besides: [
    { kind: users, as: (shown) => ({ identity: shown.participant_identity }) },
    {
      kind: conversations,
      as: (shown) => ({
        state: shown.conversation_state,
        friendly_name: shown.conversation_friendly_name,
        unique_name: shown.conversation_unique_name,
        attributes: shown.conversation_attributes,
        date_created: shown.conversation_date_created,
        date_updated: shown.conversation_date_updated,
      }),
    },
  ],
};

/** What is there twice: of the account's default service, and of each service. */
const inBothScopes = (kinds: Kinds): Kinds =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([path, kind]) => [
      [`${root}/${path}`, kind],
      [inService(path), kind],
    ]),
  );

export const conversationsKinds: Kinds = {
  [configuration]: single("conversationsConfiguration"),
  [`${configuration}/Addresses`]: objects("addressConfigurations", {
    besides: [{ kind: phoneNumbers, as: ({ address }) => ({ phone_number: address }) }],
  }),
  [`${configuration}/Webhooks`]: single("conversationsWebhooks"),
  [services]: viewOf(chatServices, chatService, (shown) => shown),
  [inService("Bindings")]: nothing,
  [inService("Configuration")]: viewOf(chatServices, chatService, (shown) => ({
    sid: shown.chat_service_sid,
    default_channel_creator_role_sid: shown.default_conversation_creator_role_sid,
    default_channel_role_sid: shown.default_conversation_role_sid,
    default_service_role_sid: shown.default_chat_service_role_sid,
    reachability_enabled: shown.reachability_enabled,
  })),
  [inService("Configuration/Notifications")]: singleOfService("conversationsServiceNotifications"),
  [inService("Configuration/Webhooks")]: singleOfService("conversationsServiceWebhooks"),
  ...inBothScopes({
    Conversations: conversation,
    ConversationWithParticipants: conversation,
    "Conversations/{ConversationSid}/Messages": message,
    "Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts": nothing,
    "Conversations/{ConversationSid}/Participants": participant,
    "Conversations/{ConversationSid}/Webhooks": webhook,
    ParticipantConversations: participantConversation,
    Roles: role,
    Users: user,
    "Users/{UserSid}/Conversations": userConversation,
  }),
};
