import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { proxyServiceResult, proxyServices } from "./proxyServices";

/** Exactly one is given. */
export interface GetProxyServiceArgs {
  /** SID of the service (KS…). */
  sid?: string;
  /** Name by which the service is known in the account. */
  uniqueName?: string;
}

/** What `getProxyService` returns. */
export interface ProxyServiceResult {
  /** SID of the service (KS…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Unique name in the account. */
  uniqueName: string;
  /** SID of the Chat service (IS…) whose channels are participants; blank where there is none. */
  chatInstanceSid: string;
  /** URL that a number or sender posts messages to, so that this service handles them. */
  messageWebhookUrl: string;
}

/**
 * A Proxy service that exists, by its SID or unique name. One request.
 *
 * Errors: no such service, with what there is; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/proxy/api/service
 */
export function getProxyService(
  args: GetProxyServiceArgs,
  opts?: LookupOptions,
): Promise<ProxyServiceResult> {
  return lookUp(proxyService, args, opts);
}

/** `getProxyService` with arguments that may still be outputs. */
export function getProxyServiceOutput(
  args: pulumi.Input<InputsOf<GetProxyServiceArgs>>,
  opts?: LookupOptions,
): pulumi.Output<ProxyServiceResult> {
  return lookUpOutput(proxyService, args, opts);
}

const proxyService = defineLookup<GetProxyServiceArgs>()("getProxyService", {
  args: z.strictObject({ sid: sid("KS", "a Proxy service").optional(), uniqueName: text(191).optional() }),
  rules: [exactlyOne("sid", "uniqueName")],
  ask: async (session, query) => proxyServiceResult(await findOne(session, query, proxyServices)),
});
