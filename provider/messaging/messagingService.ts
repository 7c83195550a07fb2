import type * as pulumi from "@pulumi/pulumi";
import type { ServiceInstance, ServiceListInstanceCreateOptions } from "twilio/lib/rest/messaging/v1/service";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { inFlexConfiguration, unmanaged, type Without } from "../life/definition";
import type { Declaration } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { flag, httpMethod, methodIn, oneOf, text, url, whole } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Adoptable, Echoes } from "../values/args";
import { messagingServices } from "./messagingServices";

const contentScans = ["inherit", "enable", "disable"] as const;
const usecases = ["notifications", "marketing", "verification", "discussion", "poll", "undeclared"] as const;

/** Arguments of `MessagingService`. */
export interface MessagingServiceArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /**
   * URL that is called for each message to a number of the service, unless `useInboundWebhookOnNumber`. Default: none,
   * and Twilio then neither delivers nor logs what customers write.
   */
  inboundRequestUrl?: pulumi.Input<string>;
  /** HTTP method of `inboundRequestUrl`: GET or POST. Default POST. */
  inboundMethod?: pulumi.Input<HttpMethod>;
  /** URL that is called when `inboundRequestUrl` fails, unless `useInboundWebhookOnNumber`. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** HTTP method of `fallbackUrl`: GET or POST. Default POST. */
  fallbackMethod?: pulumi.Input<HttpMethod>;
  /** URL that is told how the delivery of messages goes. Default: none. */
  statusCallback?: pulumi.Input<string>;
  /** Whether a customer hears from the same number each time. Default true. */
  stickySender?: pulumi.Input<boolean>;
  /** Whether pictures are sent as a link where the carrier takes no MMS. Default true. */
  mmsConverter?: pulumi.Input<boolean>;
  /** Whether Unicode characters are replaced by similar ones of GSM-7. Default true. */
  smartEncoding?: pulumi.Input<boolean>;
  /** Reserved by Twilio: inherit, enable or disable. Default inherit. */
  scanMessageContent?: pulumi.Input<(typeof contentScans)[number]>;
  /** Obsolete at Twilio: whether a long code was tried after a short code failed. Default true. */
  fallbackToLongCode?: pulumi.Input<boolean>;
  /** Whether a number with the customer's area code is preferred. Default true. */
  areaCodeGeomatch?: pulumi.Input<boolean>;
  /** Seconds that a message may wait until it is sent, 1 to 36000. Default 36000. */
  validityPeriod?: pulumi.Input<number>;
  /** Reserved by Twilio. Default false. */
  synchronousValidation?: pulumi.Input<boolean>;
  /** What the service is for: notifications, marketing, verification, discussion, poll or undeclared. Default undeclared. */
  usecase?: pulumi.Input<(typeof usecases)[number]>;
  /**
   * Whether each number's own handler answers its messages, instead of `inboundRequestUrl` and `fallbackUrl`. WhatsApp and
   * RCS senders answer by their own webhook only where `inboundRequestUrl` is blank too. Default false.
   */
  useInboundWebhookOnNumber?: pulumi.Input<boolean>;
}

/**
 * A pool of senders that messages go out from, with what happens to messages that come in.
 *
 * A number in a service no longer answers by its own handler, unless `useInboundWebhookOnNumber`. For a WhatsApp or RCS
 * sender that holds only without `inboundRequestUrl`, which takes its messages in any case. With neither of the two, Twilio
 * drops what customers write and does not log it; preview warns. (A service that is made in the Console defers to its
 * senders. What the Console calls auto-creation of conversations on a service has no API.)
 *
 * Senders join by `MessagingServicePhoneNumber` and its likes. Nothing replaces a service. Destroy deletes it; its
 * numbers, short codes and WhatsApp senders stay in the account.
 *
 * The defaults that Twilio's pages state are those of methods and of `validityPeriod`; the others are not verified.
 *
 * @see https://www.twilio.com/docs/messaging/api/service-resource
 */
export class MessagingService extends TwilioResource implements Echoes<MessagingServiceArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly inboundRequestUrl: pulumi.Output<string | undefined>;
  declare readonly inboundMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly fallbackUrl: pulumi.Output<string | undefined>;
  declare readonly fallbackMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly statusCallback: pulumi.Output<string | undefined>;
  declare readonly stickySender: pulumi.Output<boolean | undefined>;
  declare readonly mmsConverter: pulumi.Output<boolean | undefined>;
  declare readonly smartEncoding: pulumi.Output<boolean | undefined>;
  declare readonly scanMessageContent: pulumi.Output<(typeof contentScans)[number] | undefined>;
  declare readonly fallbackToLongCode: pulumi.Output<boolean | undefined>;
  declare readonly areaCodeGeomatch: pulumi.Output<boolean | undefined>;
  declare readonly validityPeriod: pulumi.Output<number | undefined>;
  declare readonly synchronousValidation: pulumi.Output<boolean | undefined>;
  declare readonly usecase: pulumi.Output<(typeof usecases)[number] | undefined>;
  declare readonly useInboundWebhookOnNumber: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: MessagingServiceArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(messagingService, name, args, opts);
  }
}

const messagingService = defineResource<MessagingServiceArgs>()("MessagingService", {
  ...messagingServices.listing,
  collection: messagingServices,
  madeByTwilio: (_, field) => inFlexConfiguration(field),
  api: {
    operations: {
      messaging_v1: ["CreateService", "FetchService", "UpdateService", "ListService", "DeleteService"],
    },
  },
  args: z.strictObject({
    ...adoptable,
    friendlyName: text(64).optional(),
    inboundRequestUrl: url().optional(),
    inboundMethod: httpMethod().optional(),
    fallbackUrl: url().optional(),
    fallbackMethod: httpMethod().optional(),
    statusCallback: url().optional(),
    stickySender: flag().optional(),
    mmsConverter: flag().optional(),
    smartEncoding: flag().optional(),
    scanMessageContent: oneOf(contentScans).optional(),
    fallbackToLongCode: flag().optional(),
    areaCodeGeomatch: flag().optional(),
    validityPeriod: whole(1, 36_000).optional(),
    synchronousValidation: flag().optional(),
    usecase: oneOf(usecases).optional(),
    useInboundWebhookOnNumber: flag().optional(),
  }),

  params: (args): Without<ServiceListInstanceCreateOptions, "friendlyName"> => args,
  reset: {
    friendlyName: unmanaged,
    inboundRequestUrl: "",
    inboundMethod: "POST",
    fallbackUrl: "",
    fallbackMethod: "POST",
    statusCallback: "",
    stickySender: true,
    mmsConverter: true,
    smartEncoding: true,
    scanMessageContent: "inherit",
    fallbackToLongCode: true,
    areaCodeGeomatch: true,
    validityPeriod: 36_000,
    synchronousValidation: false,
    usecase: "undeclared",
    useInboundWebhookOnNumber: false,
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (service: ServiceInstance) => ({
    friendlyName: service.friendlyName,
    inboundRequestUrl: service.inboundRequestUrl,
    inboundMethod: methodIn(service.inboundMethod),
    fallbackUrl: service.fallbackUrl,
    fallbackMethod: methodIn(service.fallbackMethod),
    statusCallback: service.statusCallback,
    stickySender: service.stickySender,
    mmsConverter: service.mmsConverter,
    smartEncoding: service.smartEncoding,
    scanMessageContent: service.scanMessageContent,
    fallbackToLongCode: service.fallbackToLongCode,
    areaCodeGeomatch: service.areaCodeGeomatch,
    validityPeriod: service.validityPeriod,
    synchronousValidation: service.synchronousValidation,
    usecase: usecases.find((usecase) => usecase === service.usecase),
    useInboundWebhookOnNumber: service.useInboundWebhookOnNumber,
  }),

  guards: [{ caution: silentService }],

  createdAt: (service) => service.dateCreated,
  create: (twilio, service) => twilio.messaging.v1.services.create({ friendlyName: "", ...service }),
  update: (twilio, id, changed) => twilio.messaging.v1.services(id).update(changed),
  delete: (twilio, id) => twilio.messaging.v1.services(id).remove(),
});

/** An adopted service keeps what is not declared. */
function silentService({ args, inputs }: Declaration<MessagingServiceArgs>): string | undefined {
  return !inputs.adopt && args.inboundRequestUrl === undefined && args.useInboundWebhookOnNumber !== true
    ? "neither inboundRequestUrl nor useInboundWebhookOnNumber is given: unless the Console lets the service make conversations, Twilio drops what customers write to its numbers, and does not log it"
    : undefined;
}
