import { ApiError } from "../values/errors";

/** What some of Twilio's APIs answer for what is not there, where all others answer 404. */
const inPlaceOf404: readonly (readonly [status: number, message: RegExp])[] = [
  // Proxy, of a service, a number in a pool, and what belongs to them.
  [400, /^Invalid [\w ]*Sid\b/i],
  // Programmable Chat, of what belongs to a service that is not there.
  [403, /^Service instance not found\b/i],
];

/** Reads such an answer as a 404. */
export async function orMissing<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, message, code, details } = error;
    if (!inPlaceOf404.some(([refusal, words]) => status === refusal && words.test(message))) throw error;
    throw new ApiError(message, 404, code, details);
  }
}
