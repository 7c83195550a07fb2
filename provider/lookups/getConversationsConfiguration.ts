import type * as pulumi from "@pulumi/pulumi";
import type { ConfigurationInstance } from "twilio/lib/rest/conversations/v1/configuration";
import { z } from "zod";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { LookupOptions, NoArgs } from "./options";

/** The account's defaults for Conversations. What is not set is blank. */
export interface ConversationsConfigurationResult {
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the service (IS…) that conversations are made in where none is named. */
  defaultChatServiceSid: string;
  /** SID of the Messaging Service (MG…) that conversations are answered from where none is named. */
  defaultMessagingServiceSid: string;
  /** Time after which an untouched conversation becomes inactive, as an ISO 8601 duration. */
  defaultInactiveTimer: string;
  /** Time after which an untouched conversation is closed, as an ISO 8601 duration. */
  defaultClosedTimer: string;
}

/**
 * The account's defaults for Conversations. One request.
 *
 * Errors: no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/conversations/api/configuration-resource
 */
export function getConversationsConfiguration(
  args: NoArgs = {},
  opts?: LookupOptions,
): Promise<ConversationsConfigurationResult> {
  return lookUp(conversationsConfiguration, args, opts);
}

/** `getConversationsConfiguration` as an output. */
export function getConversationsConfigurationOutput(
  args: NoArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ConversationsConfigurationResult> {
  return lookUpOutput(conversationsConfiguration, args, opts);
}

const conversationsConfiguration = defineLookup<NoArgs>()("getConversationsConfiguration", {
  args: z.strictObject({}),
  ask: async ({ api }) => resultOf(await api.conversations.v1.configuration().fetch()),
});

const resultOf = (configuration: ConfigurationInstance): ConversationsConfigurationResult => ({
  accountSid: configuration.accountSid,
  defaultChatServiceSid: configuration.defaultChatServiceSid ?? "",
  defaultMessagingServiceSid: configuration.defaultMessagingServiceSid ?? "",
  defaultInactiveTimer: configuration.defaultInactiveTimer ?? "",
  defaultClosedTimer: configuration.defaultClosedTimer ?? "",
});
