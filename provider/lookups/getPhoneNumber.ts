import type * as pulumi from "@pulumi/pulumi";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import { z } from "zod";
import { e164, sid } from "../twilio/fields";
import { canonical } from "../twilio/webhooks";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { phoneNumbers } from "./sharedKinds";

/** Exactly one is given. */
export interface GetPhoneNumberArgs {
  /** SID of the number (PN…). */
  sid?: string;
  /** The number in E.164 form, such as `+15017122661`. */
  phoneNumber?: string;
}

/** What is not set is blank. */
export interface PhoneNumberResult {
  /** SID of the number (PN…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** The number in E.164 form. */
  phoneNumber: string;
  /** Name that people see. */
  friendlyName: string;
  /** What the number can do. */
  capabilities: {
    /** Whether it sends and receives SMS. */
    sms: boolean;
    /** Whether it sends and receives MMS. */
    mms: boolean;
    /** Whether it makes and receives calls. */
    voice: boolean;
  };
  /** URL that messages are posted to, unless `smsApplicationSid` is set. */
  smsUrl: string;
  /** SID of the TwiML application (AP…) that handles messages. */
  smsApplicationSid: string;
  /** URL that calls are posted to, unless `voiceApplicationSid` or `trunkSid` is set. */
  voiceUrl: string;
  /** SID of the TwiML application (AP…) that handles calls. */
  voiceApplicationSid: string;
  /** SID of the Elastic SIP trunk (TK…) that handles calls. */
  trunkSid: string;
}

/**
 * A phone number that the account owns, by its SID or the number itself. One request.
 *
 * `smsUrl` and `voiceUrl` may carry credentials. Where they have a user, a password or a query,
 * `getPhoneNumberOutput` makes its result a secret; here `pulumi.secret` is left to the program.
 *
 * Errors: no such number, with what there is; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export function getPhoneNumber(args: GetPhoneNumberArgs, opts?: LookupOptions): Promise<PhoneNumberResult> {
  return lookUp(phoneNumber, args, opts);
}

/** `getPhoneNumber` with arguments that may still be outputs. */
export function getPhoneNumberOutput(
  args: pulumi.Input<InputsOf<GetPhoneNumberArgs>>,
  opts?: LookupOptions,
): pulumi.Output<PhoneNumberResult> {
  return lookUpOutput(phoneNumber, args, opts);
}

const phoneNumber = defineLookup<GetPhoneNumberArgs>()("getPhoneNumber", {
  args: z.strictObject({
    sid: sid("PN", "a phone number of the account").optional(),
    phoneNumber: e164().optional(),
  }),
  rules: [exactlyOne("sid", "phoneNumber")],
  ask: async (session, query) => resultOf(await findOne(session, query, phoneNumbers)),
});

const resultOf = (number: IncomingPhoneNumberInstance): PhoneNumberResult => ({
  sid: number.sid,
  accountSid: number.accountSid,
  phoneNumber: number.phoneNumber,
  friendlyName: number.friendlyName,
  capabilities: {
    sms: number.capabilities.sms,
    mms: number.capabilities.mms,
    voice: number.capabilities.voice,
  },
  smsUrl: canonical(number.smsUrl ?? ""),
  smsApplicationSid: number.smsApplicationSid ?? "",
  voiceUrl: canonical(number.voiceUrl ?? ""),
  voiceApplicationSid: number.voiceApplicationSid ?? "",
  trunkSid: number.trunkSid ?? "",
});
