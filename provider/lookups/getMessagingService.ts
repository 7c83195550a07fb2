import type * as pulumi from "@pulumi/pulumi";
import type { ServiceInstance } from "twilio/lib/rest/messaging/v1/service";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findable, findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetMessagingServiceArgs {
  /** SID of the service (MG…). */
  sid?: string;
  /** Name that people see. Several services may have the same one. */
  friendlyName?: string;
}

/** What is not set is blank. */
export interface MessagingServiceResult {
  /** SID of the service (MG…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** URL that is called for each message to a number of the service. */
  inboundRequestUrl: string;
  /** Whether each number's own handler answers its messages instead. */
  useInboundWebhookOnNumber: boolean;
}

/**
 * A Messaging Service that exists, by its SID or friendly name. One request. The one that Flex uses is
 * `messagingServiceInstanceSid` of `getFlexConfiguration`.
 *
 * Errors: no such service, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/messaging/api/service-resource
 */
export function getMessagingService(
  args: GetMessagingServiceArgs,
  opts?: LookupOptions,
): Promise<MessagingServiceResult> {
  return lookUp(messagingService, args, opts);
}

/** `getMessagingService` with arguments that may still be outputs. */
export function getMessagingServiceOutput(
  args: pulumi.Input<InputsOf<GetMessagingServiceArgs>>,
  opts?: LookupOptions,
): pulumi.Output<MessagingServiceResult> {
  return lookUpOutput(messagingService, args, opts);
}

const messagingService = defineLookup<GetMessagingServiceArgs>()("getMessagingService", {
  args: z.strictObject({
    sid: sid("MG", "a Messaging Service").optional(),
    friendlyName: text(64).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) => resultOf(await findOne(session, query, messagingServices)),
});

const messagingServices = findable<GetMessagingServiceArgs, ServiceInstance>({
  label: "Messaging Service",
  plural: "Messaging Services",
  fetch: (twilio, sid) => twilio.messaging.v1.services(sid).fetch(),
  list: (twilio, _, limit) => twilio.messaging.v1.services.list({ pageSize: 1000, limit }),
  sid: (service) => service.sid,
  called: (service) => service.friendlyName,
  isMeant: (service, { friendlyName }) => service.friendlyName === friendlyName,
});

const resultOf = (service: ServiceInstance): MessagingServiceResult => ({
  sid: service.sid,
  accountSid: service.accountSid,
  friendlyName: service.friendlyName,
  inboundRequestUrl: service.inboundRequestUrl ?? "",
  useInboundWebhookOnNumber: service.useInboundWebhookOnNumber,
});
