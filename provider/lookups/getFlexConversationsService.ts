import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { Refusal } from "../values/errors";
import { conversationsServiceResult, conversationsServices } from "./conversationsServices";
import { findOne } from "./findOne";
import type { ConversationsServiceResult } from "./getConversationsService";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { LookupOptions, NoArgs } from "./options";

/**
 * The Conversations service that Flex keeps conversations in: the account's default one. Two requests, one for the
 * account's defaults and one for the service.
 *
 * Errors: the account has no default service; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/conversations/api/configuration-resource
 */
export function getFlexConversationsService(
  args: NoArgs = {},
  opts?: LookupOptions,
): Promise<ConversationsServiceResult> {
  return lookUp(flexConversationsService, args, opts);
}

/** `getFlexConversationsService` as an output. */
export function getFlexConversationsServiceOutput(
  args: NoArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ConversationsServiceResult> {
  return lookUpOutput(flexConversationsService, args, opts);
}

const flexConversationsService = defineLookup<NoArgs>()("getFlexConversationsService", {
  args: z.strictObject({}),
  async ask(session) {
    const { defaultChatServiceSid: sid } = await session.api.conversations.v1.configuration().fetch();
    if (sid) return conversationsServiceResult(await findOne(session, { sid }, conversationsServices));
    throw new Refusal(
      `${session.account} has no default Conversations service; set one with ConversationsConfiguration, or name a service with getConversationsService`,
    );
  },
});
