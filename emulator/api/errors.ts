/** An answer of Twilio's that is not a success: `{ code, message, more_info, status }` and sometimes `details`. */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly details?: object,
  ) {
    super(message);
    this.name = "TwilioError";
  }

  get body() {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
      ...(this.details && { details: this.details }),
    };
  }
}

// Which status and code production gives to a bad value is not documented. All such guesses are in this file, so that a
// recording of the real thing can correct them in one place.

export const authenticate = () => new TwilioError(401, 20003, "Authenticate");

/** Other words than for wrong ones, as logs of 2025 and 2026 show. */
export const noCredentials = () =>
  new TwilioError(401, 20003, "Authentication Error - No credentials provided");

export const notFound = (resource: string) =>
  new TwilioError(404, 20404, `The requested resource ${resource} was not found`);

export const methodNotAllowed = () => new TwilioError(405, 20004, "Method not allowed");

export const missingParameter = (name: string) =>
  new TwilioError(400, 20001, `Missing required parameter ${name} in the post body`);

export const invalidParameter = (name: string, why: string) =>
  new TwilioError(400, 20001, `Invalid value for parameter ${name}: ${why}`);

export const unknownReference = (name: string, sid: string, where = "account") =>
  new TwilioError(400, 20001, `${name} ${sid} was not found in this ${where}`);

/** Production's own words for a task queue; taken to be the same for TaskRouter's other kinds. */
export const nameTaken = (kind: string, name: string, workspaceSid: string, accountSid: string) =>
  new TwilioError(
    400,
    20001,
    `${kind} named ${name} already exists for workspace ${workspaceSid} for account ${accountSid}`,
  );

export const stillInUse = (sid: string, why: string) =>
  new TwilioError(400, 20001, `${sid} cannot be deleted: ${why}`);

/** Of a write that was meant for another state of the object. */
export const preconditionFailed = (sid: string) =>
  new TwilioError(412, 20412, `${sid} is not as the If-Match header says`);

/** Of something that may be there only once. */
export const conflict = (why: string, details?: object) => new TwilioError(409, 20409, why, details);

export const malformedRequest = (why: string) => new TwilioError(400, 20001, `Malformed request: ${why}`);

export const wrongMediaType = (wanted: string) =>
  new TwilioError(415, 20001, `Unsupported media type: the body of this request must be ${wanted}`);

export const requestTimeout = () => new TwilioError(408, 408, "The request took too long to arrive");

export const headersTooLarge = () => new TwilioError(431, 431, "Request header fields too large");

export const bodyTooLarge = () => new TwilioError(413, 20413, "Request entity too large");

/** https://www.twilio.com/docs/api/errors/20429 */
export const tooManyRequests = () => new TwilioError(429, 20429, "Too Many Requests");

export const invalidPageToken = () => new TwilioError(400, 21481, "Invalid PageToken");

export const notWritten = (operation: string) =>
  new TwilioError(501, 20501, `${operation} is not imitated by this emulator`);

/** Not a 404: clients would take what they ask for as deleted. */
export const noDocument = (what: string, known: string[]) =>
  new TwilioError(
    501,
    20501,
    `${what} is not imitated by this emulator, which has no document of it. It has: ${known.join(", ")}`,
  );

export const brokenAnswer = (operation: string, why: string) =>
  new TwilioError(
    500,
    20500,
    `The emulator's answer to ${operation} does not hold to Twilio's document: ${why}`,
  );
