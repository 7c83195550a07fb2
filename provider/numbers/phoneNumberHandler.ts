import * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { TwilioSingleton } from "../program/resource";
import { e164, flag, httpMethod, kind, oneOf, sid, url } from "../twilio/fields";
import type { Declared, Plain } from "../values/args";
import { Refusal } from "../values/errors";
import { atLeastOne, exactlyOne } from "../values/validate";
import { blank, facets, held, live, type Params, params, taken, urlOf } from "./handlerParameters";
import type { MessageHandler, VoiceHandler } from "./handlers";
import { notOwned, ownNumbers } from "./ownNumbers";
import { fallback, none, webhook } from "./webhookHandler";

/** Arguments of `PhoneNumberHandler`. */
export interface PhoneNumberHandlerArgs {
  /** SID of the number (PN…). Exactly one of `phoneNumberSid` and `phoneNumber`. Another number replaces. */
  phoneNumberSid?: pulumi.Input<string>;
  /** The number in E.164 form, looked up in the account. Naming the same number the other way is no change. */
  phoneNumber?: pulumi.Input<string>;
  /** What answers messages. Owned whole; when not given, the message side is not touched. */
  message?: pulumi.Input<MessageHandler>;
  /** What answers calls. Owned whole; when not given, the voice side is not touched. */
  voice?: pulumi.Input<VoiceHandler>;
  /**
   * What to do when something else handles messages or calls already: `fail` names it and changes nothing,
   * `takeOver` takes its place, and preview says what that was and which parameters change. Blank and Twilio's demo
   * are nothing. Default fail.
   */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
  /**
   * What destroy does, and the removal of `message` or `voice`: `restore` puts back what was there before, as long as
   * the handler is still ours, `clear` blanks it, `keep` leaves it. Default restore.
   */
  onDelete?: pulumi.Input<"restore" | "clear" | "keep">;
}

/**
 * What a number that the account owns does with messages and calls. It never buys and never releases a number.
 *
 * Two resources may share a number, one for messages and one for calls; two for the same side are refused. A
 * different number replaces the resource: the old number gets back what it had. Renaming the resource, moving it or
 * forcing its replacement leaves the number answering as declared.
 *
 * Errors: a number that is not in the account; a handler that is somebody else's, unless `onConflict: "takeOver"`.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export class PhoneNumberHandler extends TwilioSingleton {
  /** The number in E.164 form. */
  declare readonly phoneNumber: pulumi.Output<string>;
  /** SID of the number (PN…). */
  declare readonly phoneNumberSid: pulumi.Output<string>;
  /** What answers messages, as declared. */
  declare readonly message: pulumi.Output<Plain<PhoneNumberHandlerArgs>["message"]>;
  /** What answers calls, as declared. */
  declare readonly voice: pulumi.Output<Plain<PhoneNumberHandlerArgs>["voice"]>;

  constructor(name: string, args: PhoneNumberHandlerArgs, opts?: pulumi.CustomResourceOptions) {
    super(phoneNumberHandler, name, args, opts);
  }

  /** URL that messages are posted to; undefined where it is not a URL that handles them. */
  get messageUrl(): pulumi.Output<string | undefined> {
    return pulumi.all([this.message, this.accountSid]).apply(([message, account]) => urlOf(message, account));
  }

  /** URL that calls are posted to; undefined where it is not a URL that handles them. */
  get voiceUrl(): pulumi.Output<string | undefined> {
    return pulumi.all([this.voice, this.accountSid]).apply(([voice, account]) => urlOf(voice, account));
  }
}

const voiceSettings = {
  statusCallback: url().optional(),
  statusCallbackMethod: httpMethod().optional(),
  callerIdLookup: flag().optional(),
};

const proxy = z.strictObject({
  kind: kind("proxy"),
  proxyServiceSid: sid("KS", "a Proxy service"),
  ...fallback,
});
const studio = z.strictObject({
  kind: kind("studio"),
  studioFlowSid: sid("FW", "a Studio flow"),
  ...fallback,
});
const application = z.strictObject({
  kind: kind("application"),
  applicationSid: sid("AP", "a TwiML application"),
});
const trunk = z.strictObject({ kind: kind("trunk"), trunkSid: sid("TK", "an Elastic SIP trunk") });

/** What `PhoneNumber` manages. */
const notOfHandlers = Object.fromEntries(
  [
    "ApiVersion",
    "FriendlyName",
    "AddressSid",
    "BundleSid",
    "IdentitySid",
    "EmergencyStatus",
    "EmergencyAddressSid",
    "VoiceReceiveMode",
    "AccountSid",
  ].map((parameter) => [parameter, "of the number itself, not of what handles it: see PhoneNumber"]),
);

const phoneNumberHandler = defineSingleton<PhoneNumberHandlerArgs>()("PhoneNumberHandler", {
  label: "handler of the phone number",
  api: {
    operations: {
      api_v2010: ["FetchIncomingPhoneNumber", "ListIncomingPhoneNumber", "UpdateIncomingPhoneNumber"],
    },
    renamed: {
      SmsUrl: "message.url",
      SmsMethod: "message.method",
      SmsFallbackUrl: "message.fallbackUrl",
      SmsFallbackMethod: "message.fallbackMethod",
      SmsApplicationSid: "message.applicationSid",
      VoiceUrl: "voice.url",
      VoiceMethod: "voice.method",
      VoiceFallbackUrl: "voice.fallbackUrl",
      VoiceFallbackMethod: "voice.fallbackMethod",
      VoiceApplicationSid: "voice.applicationSid",
      VoiceCallerIdLookup: "voice.callerIdLookup",
      TrunkSid: "voice.trunkSid",
      StatusCallback: "voice.statusCallback",
      StatusCallbackMethod: "voice.statusCallbackMethod",
    },
    leftOut: notOfHandlers,
  },
  args: z.strictObject({
    phoneNumberSid: sid("PN", "a phone number of the account").optional(),
    phoneNumber: e164().optional(),
    message: z
      .discriminatedUnion("kind", [proxy, studio, webhook, application, none])
      .describe("an object whose kind is proxy, studio, webhook, application or none")
      .optional(),
    voice: z
      .discriminatedUnion("kind", [
        proxy.extend(voiceSettings),
        studio.extend(voiceSettings),
        webhook.extend(voiceSettings),
        application.extend(voiceSettings),
        none.extend(voiceSettings),
        trunk.extend(voiceSettings),
      ])
      .describe("an object whose kind is proxy, studio, webhook, application, trunk or none")
      .optional(),
    onConflict: oneOf(["fail", "takeOver"]).optional(),
    onDelete: oneOf(["restore", "clear", "keep"]).optional(),
  }),
  rules: [exactlyOne("phoneNumberSid", "phoneNumber"), atLeastOne("message", "voice")],

  facets,
  params,
  held,
  live,
  blank,
  taken,

  find,
  among: ownNumbers,
  naming: ["phoneNumberSid", "phoneNumber"],
  otherTarget: ({ phoneNumberSid, phoneNumber }, id, state) =>
    phoneNumberSid !== undefined
      ? phoneNumberSid === id
        ? []
        : ["phoneNumberSid"]
      : phoneNumber === state.phoneNumber
        ? []
        : ["phoneNumber"],
  computed: { phoneNumberSid: (number) => number.sid, phoneNumber: (number) => number.phoneNumber },
  id: (number) => number.sid,
  read: (twilio, id) => twilio.incomingPhoneNumbers(id).fetch(),
  update,
});

async function find(twilio: Twilio, { phoneNumberSid, phoneNumber }: Declared<PhoneNumberHandlerArgs>) {
  if (phoneNumberSid !== undefined) return twilio.incomingPhoneNumbers(phoneNumberSid).fetch();
  // The API's filter also finds numbers of which this is a part.
  const found = await twilio.incomingPhoneNumbers.list({ phoneNumber });
  const [number] = found.filter((candidate) => candidate.phoneNumber === phoneNumber);
  if (number) return number;
  throw new Refusal(notOwned(phoneNumber));
}

/** Setting an application takes away the trunk and the other way round; where that wins, what was asked for is set again. */
async function update(twilio: Twilio, id: string, changed: Partial<Params>) {
  const number = await twilio.incomingPhoneNumbers(id).update(changed);
  const { voiceApplicationSid, trunkSid } = changed;
  if (trunkSid && !number.trunkSid) return twilio.incomingPhoneNumbers(id).update({ trunkSid });
  if (voiceApplicationSid && !number.voiceApplicationSid) {
    return twilio.incomingPhoneNumbers(id).update({ voiceApplicationSid });
  }
  return number;
}
