import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { findFlexProxyService } from "./flexProxyService";
import type { ProxyServiceResult } from "./getProxyService";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { LookupOptions, NoArgs } from "./options";

/**
 * The Proxy service that Flex has made for its own use: the one called `Flex Proxy Service`, else the only one whose
 * Chat service is that of the Flex Configuration. One request; a second one where the name is not found.
 *
 * Errors: neither is there, with the services that are; newer accounts may have none. No credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/flex/developer/messaging/inbound-messages-channels
 */
export function getFlexProxyService(args: NoArgs = {}, opts?: LookupOptions): Promise<ProxyServiceResult> {
  return lookUp(flexProxyService, args, opts);
}

/** `getFlexProxyService` as an output. */
export function getFlexProxyServiceOutput(
  args: NoArgs = {},
  opts?: LookupOptions,
): pulumi.Output<ProxyServiceResult> {
  return lookUpOutput(flexProxyService, args, opts);
}

const flexProxyService = defineLookup<NoArgs>()("getFlexProxyService", {
  args: z.strictObject({}),
  ask: findFlexProxyService,
});
