import type * as pulumi from "@pulumi/pulumi";
import type { ApplicationInstance } from "twilio/lib/rest/api/v2010/account/application";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findable, findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetTwimlApplicationArgs {
  /** SID of the application (AP…). */
  sid?: string;
  /** Name that people see. Several applications may have the same one. */
  friendlyName?: string;
}

/** What is not set is blank. */
export interface TwimlApplicationResult {
  /** SID of the application (AP…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** URL that answers messages. */
  smsUrl: string;
  /** URL that answers calls. */
  voiceUrl: string;
}

/**
 * A TwiML application that exists, by its SID or friendly name. One request.
 *
 * `smsUrl` and `voiceUrl` may carry credentials. Where they have a user, a password or a query,
 * `getTwimlApplicationOutput` makes its result a secret; here `pulumi.secret` is left to the program.
 *
 * Errors: no such application, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/usage/api/applications
 */
export function getTwimlApplication(
  args: GetTwimlApplicationArgs,
  opts?: LookupOptions,
): Promise<TwimlApplicationResult> {
  return lookUp(twimlApplication, args, opts);
}

/** `getTwimlApplication` with arguments that may still be outputs. */
export function getTwimlApplicationOutput(
  args: pulumi.Input<InputsOf<GetTwimlApplicationArgs>>,
  opts?: LookupOptions,
): pulumi.Output<TwimlApplicationResult> {
  return lookUpOutput(twimlApplication, args, opts);
}

const twimlApplication = defineLookup<GetTwimlApplicationArgs>()("getTwimlApplication", {
  args: z.strictObject({
    sid: sid("AP", "a TwiML application").optional(),
    friendlyName: text(64).optional(),
  }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) => resultOf(await findOne(session, query, twimlApplications)),
});

const twimlApplications = findable<GetTwimlApplicationArgs, ApplicationInstance>({
  label: "TwiML application",
  plural: "TwiML applications",
  fetch: (twilio, sid) => twilio.applications(sid).fetch(),
  list: (twilio, { friendlyName }, limit) =>
    twilio.applications.list({ friendlyName, pageSize: limit ?? 1000, limit }),
  sid: (application) => application.sid,
  called: (application) => application.friendlyName,
  isMeant: (application, { friendlyName }) => application.friendlyName === friendlyName,
});

const resultOf = (application: ApplicationInstance): TwimlApplicationResult => ({
  sid: application.sid,
  accountSid: application.accountSid,
  friendlyName: application.friendlyName ?? "",
  smsUrl: application.smsUrl ?? "",
  voiceUrl: application.voiceUrl ?? "",
});
