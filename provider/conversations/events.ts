import { z } from "zod";

/** Events that the webhook of an address may be called for. */
export const autoCreationEvents = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
];

/** Events of a service. Those that are not in the past ask before something happens. */
export const serviceEvents = [
  ...autoCreationEvents,
  "onConversationAdded",
  "onMessageAdd",
  "onMessageUpdate",
  "onMessageRemove",
  "onConversationAdd",
  "onConversationUpdate",
  "onConversationRemove",
  "onParticipantAdd",
  "onParticipantUpdate",
  "onParticipantRemove",
];

/** Events of the account. */
export const accountEvents = [...serviceEvents, "onUserAdded", "onUserUpdate", "onUserUpdated"];

export const event = (names: readonly string[]) =>
  z
    .string()
    .refine((name) => names.includes(name))
    .describe(`one of ${names.join(", ")}`);
