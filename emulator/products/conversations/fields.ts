import { parseJson } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import { isoDate } from "../../api/clock";
import { invalidParameter, TwilioError } from "../../api/errors";
import type { ChatRole } from "../chat/records";

// What requests set in several families of Conversations.

/** Attributes are any JSON, kept as they were sent. https://www.twilio.com/docs/api/errors/50304 */
export function checkedAttributes(text: string | undefined, was = "{}"): string {
  if (text === undefined) return was;
  if (text !== "" && !parseJson(text)) throw new TwilioError(400, 50304, "Attributes not valid JSON");
  return text || "{}";
}

/** A date in a parameter, in the form of answers; undefined where there is none. */
export function dateIn({ params }: Call, name: string): string | undefined {
  const text = params.text(name);
  if (!text) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw invalidParameter(name, "must be an ISO 8601 date");
  return isoDate(date);
}

/** The dates of a new object, which a request may set. */
export const newDates = (call: Call) => ({
  date_created: dateIn(call, "DateCreated") ?? call.now,
  date_updated: dateIn(call, "DateUpdated") ?? call.now,
});

/** The dates of an object that is updated, which a request may set too. */
export const newerDates = (call: Call, was: { date_created: string }) => ({
  date_created: dateIn(call, "DateCreated") ?? was.date_created,
  date_updated: dateIn(call, "DateUpdated") ?? call.now,
});

/** A role's SID, where it is one of the service and of that type. */
export function checkedRole(
  { account }: Call,
  sid: string,
  serviceSid: string,
  type: ChatRole["type"],
): string {
  const role = lookUp(account.chatRoles, sid);
  if (role?.service_sid !== serviceSid) throw new TwilioError(400, 50100, `Role ${sid} was not found`);
  if (role.type !== type) throw new TwilioError(400, 50105, `Role ${sid} is of another type`);
  return sid;
}
