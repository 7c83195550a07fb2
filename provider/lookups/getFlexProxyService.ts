import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { Refusal } from "../core/errors";
import { unlessGone } from "../core/frame";
import type { Session } from "../core/life";
import { candidates } from "./findOne";
import type { ProxyServiceResult } from "./getProxyService";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { LookupOptions, NoArgs } from "./options";
import { proxyServiceResult, proxyServices } from "./proxyServices";

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

const uniqueName = "Flex Proxy Service";

const flexProxyService = defineLookup<NoArgs>()("getFlexProxyService", {
  args: z.strictObject({}),
  ask: findFlexProxyService,
});

/** The service itself, for those who ask more of it. */
export async function findFlexProxyService({ api, account }: Session): Promise<ProxyServiceResult> {
  const services = await proxyServices.list(api, {});
  const called = services.find((service) => service.uniqueName === uniqueName);
  if (called) return proxyServiceResult(called);

  const flex = await unlessGone(api.flexApi.v1.configuration().fetch());
  const chat = flex?.chatServiceInstanceSid;
  const connected = services.filter((service) => chat && service.chatInstanceSid === chat);
  const [only] = connected;
  if (only && connected.length === 1) return proxyServiceResult(only);

  const there = connected.length > 0 ? connected : services;
  throw new Refusal(
    [
      `${account} has no Proxy service "${uniqueName}", and ${connected.length > 0 ? "several have" : "none has"} the Chat service of Flex`,
      there.length > 0
        ? `It has ${candidates(there, proxyServices)}; if one of them is meant, use getProxyService`
        : "It has no Proxy services at all",
      "Newer accounts may have none, since Flex Conversations does without",
    ].join(". "),
  );
}
