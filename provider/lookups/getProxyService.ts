import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { exactlyOne } from "../core/validate";
import { sid, text } from "../twilio/fields";
import { findOne } from "./findOne";
import { defineLookup, type InputsOf, type LookupOptions, lookUp, lookUpOutput } from "./lookup";
import {
  type ProxyServiceQuery,
  type ProxyServiceResult,
  proxyServiceResult,
  proxyServices,
} from "./proxyServices";

export type { ProxyServiceQuery, ProxyServiceResult } from "./proxyServices";

/**
 * A Proxy service that exists, by its SID or unique name. One request.
 *
 * Errors: no such service, with what there is; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/proxy/api/service
 */
export function getProxyService(args: ProxyServiceQuery, opts?: LookupOptions): Promise<ProxyServiceResult> {
  return lookUp(proxyService, args, opts);
}

/** `getProxyService` with arguments that may still be outputs. */
export function getProxyServiceOutput(
  args: pulumi.Input<InputsOf<ProxyServiceQuery>>,
  opts?: LookupOptions,
): pulumi.Output<ProxyServiceResult> {
  return lookUpOutput(proxyService, args, opts);
}

const proxyService = defineLookup<ProxyServiceQuery>()("getProxyService", {
  args: z.strictObject({ sid: sid("KS", "a Proxy service").optional(), uniqueName: text(191).optional() }),
  rules: [exactlyOne("sid", "uniqueName")],
  ask: async (session, query) => proxyServiceResult(await findOne(session, query, proxyServices)),
});
