import * as pulumi from "@pulumi/pulumi";
import type { ServiceInstance, ServiceListInstanceCreateOptions } from "twilio/lib/rest/proxy/v1/service";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { TwilioResource } from "../program/resource";
import { oneOf, sid, text, url, whole } from "../twilio/fields";
import { orMissing } from "../twilio/missing";
import { proxyMessageUrl } from "../twilio/webhooks";
import type { Adoptable, Echoes } from "../values/args";
import { proxyServices } from "./proxyServices";

const geoMatchLevels = ["area-code", "overlay", "radius", "country"] as const;
const numberSelections = ["avoid-sticky", "prefer-sticky"] as const;

/** Arguments of `ProxyService`. */
export interface ProxyServiceArgs extends Adoptable {
  /** Name by which the service is known in the account, 1 to 191 characters. Two services cannot have the same one. */
  uniqueName: pulumi.Input<string>;
  /** Seconds that a session stays open after its last interaction. Default 0: for ever. */
  defaultTtl?: pulumi.Input<number>;
  /** URL that is told of each interaction. Default: none. */
  callbackUrl?: pulumi.Input<string>;
  /** How near a proxy number is to the participant's own: area-code, overlay, radius or country. Default country. */
  geoMatchLevel?: pulumi.Input<(typeof geoMatchLevels)[number]>;
  /** Whether a participant keeps the same proxy number in a further session. Default prefer-sticky. */
  numberSelectionBehavior?: pulumi.Input<(typeof numberSelections)[number]>;
  /** URL that is asked before each interaction; an answer of 403 blocks it. Default: none. */
  interceptCallbackUrl?: pulumi.Input<string>;
  /** URL that is called when a message comes in for which there is no session. Default: none. */
  outOfSessionCallbackUrl?: pulumi.Input<string>;
  /** SID of the Chat service (IS…) whose channels are participants. Needed for Flex. Default: none. */
  chatInstanceSid?: pulumi.Input<string>;
}

/**
 * Connects what customers write from outside with the chat channel that the agent sees.
 *
 * **Legacy.** Proxy stands in the path of Programmable Chat for Flex, whose end of life was 2026-06-01. Twilio no
 * longer creates Proxy services on newer accounts (80506); a Flex account that has one already looks it up with
 * `getFlexProxyService`.
 *
 * Nothing replaces a Proxy service. Destroy deletes it, with its sessions. A second service with the same unique name
 * is refused by Twilio (80602); `adopt` takes over the one that is there.
 *
 * @see https://www.twilio.com/docs/proxy/api/service
 */
export class ProxyService extends TwilioResource implements Echoes<ProxyServiceArgs> {
  declare readonly uniqueName: pulumi.Output<string>;
  declare readonly defaultTtl: pulumi.Output<number | undefined>;
  declare readonly callbackUrl: pulumi.Output<string | undefined>;
  declare readonly geoMatchLevel: pulumi.Output<(typeof geoMatchLevels)[number] | undefined>;
  declare readonly numberSelectionBehavior: pulumi.Output<(typeof numberSelections)[number] | undefined>;
  declare readonly interceptCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly outOfSessionCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly chatInstanceSid: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProxyServiceArgs, opts?: pulumi.CustomResourceOptions) {
    super(proxyService, name, args, opts);
  }

  /** URL that a number or sender posts messages to, so that this service handles them. */
  get messageWebhookUrl(): pulumi.Output<string> {
    return pulumi.all([this.accountSid, this.id]).apply(([account, id]) => proxyMessageUrl(account, id));
  }
}

const proxyService = defineResource<ProxyServiceArgs>()("ProxyService", {
  ...proxyServices.listing,
  collection: proxyServices,
  madeByTwilio: ({ uniqueName }) =>
    uniqueName === "Flex Proxy Service" ? { by: "getFlexProxyService", args: {}, field: "sid" } : undefined,
  api: {
    operations: {
      proxy_v1: ["CreateService", "FetchService", "UpdateService", "ListService", "DeleteService"],
    },
  },
  args: z.strictObject({
    ...adoptable,
    uniqueName: text(191),
    defaultTtl: whole(0).optional(),
    callbackUrl: url().optional(),
    geoMatchLevel: oneOf(geoMatchLevels).optional(),
    numberSelectionBehavior: oneOf(numberSelections).optional(),
    interceptCallbackUrl: url().optional(),
    outOfSessionCallbackUrl: url().optional(),
    chatInstanceSid: sid("IS", "a Chat service").optional(),
  }),

  params: (args): ServiceListInstanceCreateOptions => args,
  reset: {
    defaultTtl: 0,
    callbackUrl: "",
    geoMatchLevel: "country",
    numberSelectionBehavior: "prefer-sticky",
    interceptCallbackUrl: "",
    outOfSessionCallbackUrl: "",
    chatInstanceSid: "",
  },

  live: (service: ServiceInstance) => ({
    uniqueName: service.uniqueName,
    defaultTtl: service.defaultTtl,
    callbackUrl: service.callbackUrl,
    geoMatchLevel: service.geoMatchLevel,
    numberSelectionBehavior: service.numberSelectionBehavior,
    interceptCallbackUrl: service.interceptCallbackUrl,
    outOfSessionCallbackUrl: service.outOfSessionCallbackUrl,
    chatInstanceSid: service.chatInstanceSid,
  }),

  naturalKey: ({ uniqueName }) => uniqueName,
  duplicate: [80602],
  createdAt: (service) => service.dateCreated,
  create: (twilio, service) => twilio.proxy.v1.services.create(service),
  update: (twilio, id, changed) => orMissing(twilio.proxy.v1.services(id).update(changed)),
  delete: (twilio, id) => orMissing(twilio.proxy.v1.services(id).remove()),
});
