import { ApiError, ForeignAnswer, type Reach } from "../values/errors";
import { isRecord } from "../values/values";
import type { Settings } from "./settings";

/** What a person can do about an error, by Twilio's code. https://www.twilio.com/docs/api/errors */
const advice: Record<number, string> = {
  20003:
    "Check that the credentials are those of this account. A subaccount has its own: those of its parent open it through a TwilioProvider with subaccountSid",
  20006: "The credentials may not do this; use the account's auth token or a key with this permission",
  20005: "The account is suspended or closed; the Console says why",
  20404: "It is not in this account; check the SID and whose credentials these are",
  20429: "Too many requests at once; lower twilio:maxConcurrency",
  21405: "A fallback URL needs the URL that it stands in for",
  21406: "A fallback URL needs the URL that it stands in for",
  21480: "The account may not have more subaccounts; close one, or ask Twilio",
  21615: "Such a number needs an address in its country; give addressSid",
  21631: "Such a number needs an address; give addressSid",
  21649: "Such a number needs a regulatory bundle; give bundleSid",
  21650: "Such a number needs an identity; give identitySid",
  21421: "It is not a number of this account; check the SID and whose credentials these are",
  21714: "The Messaging Service is full; put the sender into another one",
  45212:
    "Another enabled Flex Flow of the same integration type serves the same channel type and contact identity",
  80301:
    "The account does not have the number; buy it first (PhoneNumber), or check whose credentials these are",
  80408: "The account does not have this Proxy service; check the SID and whose credentials these are",
  80506:
    "Twilio no longer creates Proxy services on newer accounts; use the account's own one (getFlexProxyService), or Flex Conversations",
  80602: "Another Proxy service has this unique name",
  80611: "Open sessions use the number; close them, or wait until they end, and run it again",
  81022: "Correct the flow's definition",
};

/** What to do about a status that no code explains better. The end of the legacy products is such a case. */
const adviceByStatus: Record<number, string> = {
  403: "The account may not use this: the account is suspended, or the product was never opened to it or is closed to it. Newer accounts have neither Proxy services nor Programmable Chat: use Flex Conversations, or ask Twilio",
  410: "Twilio has ended this for the account, as it did with Programmable Chat and the Flex Flows on it on 2026-06-01: use Flex Conversations. What a stack still holds of it, pulumi state delete makes it forget",
};

/** An answer that is not a success, in one line. Twilio's support asks for the id of its request. */
export function answerError(
  status: number,
  body: unknown,
  source: Settings["source"],
  requestId?: unknown,
): ApiError {
  const answer = isRecord(body) ? body : {};
  const code = typeof answer.code === "number" ? answer.code : undefined;
  const message = typeof answer.message === "string" && answer.message ? answer.message : "no explanation";
  // On the 2010 API some answers repeat the HTTP status as code; there is no page for those.
  const isDocumented = code !== undefined && code >= 10_000;
  const todo = (code !== undefined && advice[code]) || adviceByStatus[status];
  const text = [
    `${sentence(message)} (HTTP ${status}${code === undefined ? "" : `, code ${code}`})`,
    ...findings(answer.details),
    ...(todo ? [todo] : []),
    ...(status === 401 ? [originOf(source)] : []),
    ...(typeof requestId === "string" && isRequestId(requestId) ? [`Twilio-Request-Id ${requestId}`] : []),
    ...(isDocumented ? [`https://www.twilio.com/docs/errors/${code}`] : []),
  ].join(". ");
  // Whoever gave up waiting does not know whether others still work on it.
  const reach = [408, 499, 504].includes(status) ? "underWay" : undefined;
  return new ApiError(text, status, code, answer.details, reach);
}

export const connectionError = (host: string, why: string, reach?: Reach): ApiError =>
  new ApiError(
    `no answer from ${host}: ${sentence(why)}. Check the network and, if it is set, twilio:baseUrl`,
    undefined,
    undefined,
    undefined,
    reach,
  );

/**
 * An answer that Twilio does not give: a page of a proxy or of another server, or what a proxy has left of an answer. Its
 * 404 says nothing about an object, so this is no `ApiError`.
 */
export const foreignAnswer = (host: string, status: number): ForeignAnswer =>
  new ForeignAnswer(
    `${host} does not answer as Twilio does (HTTP ${status}, and no JSON that ${status < 300 ? "speaks of what was asked for" : "explains it"}). Check twilio:baseUrl, if it is set, and any proxy on the way`,
  );

/** Nothing else that a header may hold gets into a message. */
const isRequestId = (text: string): boolean => /^RQ[0-9a-f]{32}$/i.test(text);

const originOf = ({ name, stored }: Settings["source"]): string =>
  stored
    ? `The credentials are from ${name}; refresh and destroy use those stored with the stack, unless run with --run-program`
    : `The credentials are from ${name}`;

/** Without line breaks and without the full stop that the joining brings. */
const sentence = (message: string): string => message.trim().replace(/\s+/g, " ").replace(/\.$/, "");

/** Studio explains what is wrong with a definition by the place in it. */
function findings(details: unknown): string[] {
  const errors = isRecord(details) && Array.isArray(details.errors) ? details.errors : [];
  return errors.flatMap((error: unknown) =>
    isRecord(error) && typeof error.message === "string"
      ? [`${typeof error.property_path === "string" ? error.property_path : "#"}: ${sentence(error.message)}`]
      : [],
  );
}
