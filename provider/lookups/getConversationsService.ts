import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { conversationsServiceResult, conversationsServices } from "./conversationsServices";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetConversationsServiceArgs {
  /** SID of the service (IS…). */
  sid?: string;
  /** Name that people see. Several services may have the same one. */
  friendlyName?: string;
}

/** What `getConversationsService` returns. */
export interface ConversationsServiceResult {
  /** SID of the service (IS…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
}

/**
 * A Conversations service that exists, by its SID or friendly name. One request. The one that Flex uses is
 * `getFlexConversationsService`.
 *
 * Errors: no such service, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/conversations/api/service-resource
 */
export function getConversationsService(
  args: GetConversationsServiceArgs,
  opts?: LookupOptions,
): Promise<ConversationsServiceResult> {
  return lookUp(conversationsService, args, opts);
}

/** `getConversationsService` with arguments that may still be outputs. */
export function getConversationsServiceOutput(
  args: pulumi.Input<InputsOf<GetConversationsServiceArgs>>,
  opts?: LookupOptions,
): pulumi.Output<ConversationsServiceResult> {
  return lookUpOutput(conversationsService, args, opts);
}

const conversationsService = defineLookup<GetConversationsServiceArgs>()("getConversationsService", {
  args: z.strictObject({
    sid: sid("IS", "a Conversations service").optional(),
    friendlyName: text(256).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) =>
    conversationsServiceResult(await findOne(session, query, conversationsServices)),
});
