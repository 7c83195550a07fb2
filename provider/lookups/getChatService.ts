import type * as pulumi from "@pulumi/pulumi";
import type { ServiceInstance } from "twilio/lib/rest/chat/v2/service";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findable, findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetChatServiceArgs {
  /** SID of the service (IS…). */
  sid?: string;
  /** Name that people see. Several services may have the same one. */
  friendlyName?: string;
}

/** What `getChatService` returns. */
export interface ChatServiceResult {
  /** SID of the service (IS…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** SID of the role (RL…) that users get in the service. */
  defaultServiceRoleSid: string;
  /** SID of the role (RL…) that users get in a channel they join. */
  defaultChannelRoleSid: string;
  /** SID of the role (RL…) that users get in a channel they make. */
  defaultChannelCreatorRoleSid: string;
}

/**
 * A Chat service that exists, by its SID or friendly name. One request. The one that Flex uses is
 * `chatServiceInstanceSid` of `getFlexConfiguration`.
 *
 * **Legacy.** Programmable Chat for Flex reached its end of life on 2026-06-01.
 *
 * Errors: no such service, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/chat/rest/service-resource
 */
export function getChatService(args: GetChatServiceArgs, opts?: LookupOptions): Promise<ChatServiceResult> {
  return lookUp(chatService, args, opts);
}

/** `getChatService` with arguments that may still be outputs. */
export function getChatServiceOutput(
  args: pulumi.Input<InputsOf<GetChatServiceArgs>>,
  opts?: LookupOptions,
): pulumi.Output<ChatServiceResult> {
  return lookUpOutput(chatService, args, opts);
}

const chatService = defineLookup<GetChatServiceArgs>()("getChatService", {
  args: z.strictObject({ sid: sid("IS", "a Chat service").optional(), friendlyName: text(256).optional() }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) => resultOf(await findOne(session, query, chatServices)),
});

const chatServices = findable<GetChatServiceArgs, ServiceInstance>({
  label: "Chat service",
  plural: "Chat services",
  fetch: (twilio, sid) => twilio.chat.v2.services(sid).fetch(),
  list: (twilio, _, limit) => twilio.chat.v2.services.list({ pageSize: 100, limit }),
  sid: (service) => service.sid,
  called: (service) => service.friendlyName,
  isMeant: (service, { friendlyName }) => service.friendlyName === friendlyName,
});

const resultOf = (service: ServiceInstance): ChatServiceResult => ({
  sid: service.sid,
  accountSid: service.accountSid,
  friendlyName: service.friendlyName,
  defaultServiceRoleSid: service.defaultServiceRoleSid,
  defaultChannelRoleSid: service.defaultChannelRoleSid,
  defaultChannelCreatorRoleSid: service.defaultChannelCreatorRoleSid,
});
