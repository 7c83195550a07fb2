import type * as pulumi from "@pulumi/pulumi";
import type {
  ApplicationInstance,
  ApplicationListInstanceCreateOptions,
} from "twilio/lib/rest/api/v2010/account/application";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { cannot, through, unmanaged } from "../life/definition";
import { TwilioResource } from "../program/resource";
import { flag, httpMethod, methodIn, text, url } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Adoptable, Echoes } from "../values/args";

/** Arguments of `TwimlApplication`. */
export interface TwimlApplicationArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 64 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** URL that answers calls. Default: none. Can be changed, not taken away. */
  voiceUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  voiceMethod?: pulumi.Input<HttpMethod>;
  /** URL that answers calls when `voiceUrl` fails. Default: none. */
  voiceFallbackUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  voiceFallbackMethod?: pulumi.Input<HttpMethod>;
  /** Whether the caller's name is looked up, at a price. Default false. */
  voiceCallerIdLookup?: pulumi.Input<boolean>;
  /** URL that is told what becomes of calls. Default: none. */
  statusCallback?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  statusCallbackMethod?: pulumi.Input<HttpMethod>;
  /** URL that answers messages. Default: none. Can be changed, not taken away. */
  smsUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  smsMethod?: pulumi.Input<HttpMethod>;
  /** URL that answers messages when `smsUrl` fails. Default: none. */
  smsFallbackUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  smsFallbackMethod?: pulumi.Input<HttpMethod>;
  /** URL that is told by POST what becomes of messages sent. Default: none. */
  messageStatusCallback?: pulumi.Input<string>;
  /** Whether other Twilio accounts may dial the application. Default false. */
  publicApplicationConnectEnabled?: pulumi.Input<boolean>;
}

/**
 * URLs for messages and calls under one SID, which numbers name instead of URLs of their own: see
 * `PhoneNumberHandler { kind: "application" }`. Its URLs may carry credentials: give them as secrets then.
 *
 * Nothing replaces an application. Destroy deletes it; numbers that use it are then without a handler. Several may bear
 * the same name.
 *
 * @see https://www.twilio.com/docs/usage/api/applications
 */
export class TwimlApplication extends TwilioResource implements Echoes<TwimlApplicationArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly voiceUrl: pulumi.Output<string | undefined>;
  declare readonly voiceMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly voiceFallbackUrl: pulumi.Output<string | undefined>;
  declare readonly voiceFallbackMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly voiceCallerIdLookup: pulumi.Output<boolean | undefined>;
  declare readonly statusCallback: pulumi.Output<string | undefined>;
  declare readonly statusCallbackMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly smsUrl: pulumi.Output<string | undefined>;
  declare readonly smsMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly smsFallbackUrl: pulumi.Output<string | undefined>;
  declare readonly smsFallbackMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly messageStatusCallback: pulumi.Output<string | undefined>;
  declare readonly publicApplicationConnectEnabled: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: TwimlApplicationArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(twimlApplication, name, args, opts);
  }
}

const keepsUrl = cannot(
  "Twilio keeps the last URL of an application whatever it is sent; give another URL, or let the numbers use another TwimlApplication",
);

const twimlApplication = defineResource<TwimlApplicationArgs>()("TwimlApplication", {
  label: "TwiML application",
  prefix: "AP",
  api: {
    operations: {
      api_v2010: [
        "CreateApplication",
        "FetchApplication",
        "UpdateApplication",
        "ListApplication",
        "DeleteApplication",
      ],
    },
    leftOut: {
      ApiVersion: "2010-04-01 is the only version that is still written for",
      SmsStatusCallback: "an older name of MessageStatusCallback, deprecated by Twilio",
    },
  },
  args: z.strictObject({
    ...adoptable,
    friendlyName: text(64).optional(),
    voiceUrl: url().optional(),
    voiceMethod: httpMethod().optional(),
    voiceFallbackUrl: url().optional(),
    voiceFallbackMethod: httpMethod().optional(),
    voiceCallerIdLookup: flag().optional(),
    statusCallback: url().optional(),
    statusCallbackMethod: httpMethod().optional(),
    smsUrl: url().optional(),
    smsMethod: httpMethod().optional(),
    smsFallbackUrl: url().optional(),
    smsFallbackMethod: httpMethod().optional(),
    messageStatusCallback: url().optional(),
    publicApplicationConnectEnabled: flag().optional(),
  }),
  notArguments: {
    smsStatusCallback: "an older name of messageStatusCallback; give that",
  },

  params: (args): Omit<ApplicationListInstanceCreateOptions, "apiVersion" | "smsStatusCallback"> => args,
  reset: {
    friendlyName: unmanaged,
    voiceUrl: keepsUrl,
    voiceMethod: "POST",
    voiceFallbackUrl: "",
    voiceFallbackMethod: "POST",
    voiceCallerIdLookup: false,
    statusCallback: "",
    statusCallbackMethod: "POST",
    smsUrl: keepsUrl,
    smsMethod: "POST",
    smsFallbackUrl: "",
    smsFallbackMethod: "POST",
    // Reported: Twilio keeps it when it is sent empty, and lets go of it under its older name.
    messageStatusCallback: through("smsStatusCallback", ""),
    publicApplicationConnectEnabled: false,
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (application: ApplicationInstance) => ({
    friendlyName: application.friendlyName,
    voiceUrl: application.voiceUrl,
    voiceMethod: methodIn(application.voiceMethod),
    voiceFallbackUrl: application.voiceFallbackUrl,
    voiceFallbackMethod: methodIn(application.voiceFallbackMethod),
    voiceCallerIdLookup: application.voiceCallerIdLookup,
    statusCallback: application.statusCallback,
    statusCallbackMethod: methodIn(application.statusCallbackMethod),
    smsUrl: application.smsUrl,
    smsMethod: methodIn(application.smsMethod),
    smsFallbackUrl: application.smsFallbackUrl,
    smsFallbackMethod: methodIn(application.smsFallbackMethod),
    messageStatusCallback: application.messageStatusCallback,
    publicApplicationConnectEnabled: application.publicApplicationConnectEnabled,
  }),

  id: (application) => application.sid,
  createdAt: (application) => application.dateCreated,
  list: (twilio) => twilio.applications.page({ pageSize: 1000 }),
  create: (twilio, application) => twilio.applications.create(application),
  read: (twilio, id) => twilio.applications(id).fetch(),
  update: (twilio, id, changed) => twilio.applications(id).update(changed),
  delete: (twilio, id) => twilio.applications(id).remove(),
});
