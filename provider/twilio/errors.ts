import { ApiError } from "../core/errors";
import { isRecord } from "../core/values";

/** What a person can do about an error, by Twilio's code. https://www.twilio.com/docs/api/errors */
const advice: Record<number, string> = {
  20003: "Check that the credentials are those of this account",
  20006: "The credentials may not do this; use the account's auth token or a key with this permission",
  20404: "It is not in this account; check the SID and whose credentials these are",
  20429: "Too many requests at once; lower twilio:maxConcurrency",
  45212: "Another Flex Flow serves the same channel type and contact identity",
  80506:
    "Twilio no longer creates Proxy services on newer accounts; use the account's own one (getFlexProxyService), or Flex Conversations",
  80602: "Another Proxy service has this unique name",
  81022: "Correct the flow's definition",
};

/** An answer that is not a success, in one line. */
export function answerError(status: number, body: unknown, credentials: string): ApiError {
  const answer = isRecord(body) ? body : {};
  const code = typeof answer.code === "number" ? answer.code : undefined;
  const message = typeof answer.message === "string" && answer.message ? answer.message : "no explanation";
  // On the 2010 API some answers repeat the HTTP status as code; there is no page for those.
  const isDocumented = code !== undefined && code >= 10_000;
  const text = [
    `${sentence(message)} (HTTP ${status}${code === undefined ? "" : `, code ${code}`})`,
    ...findings(answer.details),
    ...(code !== undefined && advice[code] ? [advice[code]] : []),
    ...(status === 401 ? [staleCredentials(credentials)] : []),
    ...(isDocumented ? [`https://www.twilio.com/docs/errors/${code}`] : []),
  ].join(". ");
  return new ApiError(text, status, code, answer.details);
}

export const connectionError = (host: string, why: string): ApiError =>
  new ApiError(`no answer from ${host}: ${why}. Check the network and, if it is set, twilio:baseUrl`);

const staleCredentials = (credentials: string): string =>
  `The credentials are from ${credentials}; refresh and destroy use those stored with the stack, unless run with --run-program`;

const sentence = (message: string): string => message.trim().replace(/\.$/, "");

/** Studio explains what is wrong with a definition by the place in it. */
function findings(details: unknown): string[] {
  const errors = isRecord(details) && Array.isArray(details.errors) ? details.errors : [];
  return errors.flatMap((error: unknown) =>
    isRecord(error) ? [`${String(error.property_path ?? "#")}: ${sentence(String(error.message))}`] : [],
  );
}
