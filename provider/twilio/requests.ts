import { type BulkheadPolicy, bulkhead, DelegateBackoff, handleWhen, type IPolicy, retry } from "cockatiel";
import { RequestClient } from "twilio";
import { ApiError, messageOf } from "../core/errors";
import { answerError, connectionError } from "./errors";
import type { Settings } from "./settings";

type RequestOptions<Data> = Parameters<typeof RequestClient.prototype.request<Data>>[0];

const attempts = { busy: 12, lost: 5 };
const longestPause = 20_000;

/** Twilio counts concurrent requests by account, and each provider process is a client of its own. */
const limiters = new Map<string, BulkheadPolicy>();

function limiterOf({ accountSid, baseUrl = "", maxConcurrency }: Settings): BulkheadPolicy {
  const key = `${baseUrl} ${accountSid}`;
  const limiter = limiters.get(key) ?? bulkhead(maxConcurrency, Number.POSITIVE_INFINITY);
  limiters.set(key, limiter);
  return limiter;
}

/** The server's clock, told from the `Date` of its answers: creates that were lost are recognised by their time. */
export class ServerClock {
  #ahead = 0;

  note(date: unknown): void {
    const time = typeof date === "string" ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(time)) this.#ahead = time - Date.now();
  }

  at(moment: Date): Date {
    return new Date(moment.getTime() + this.#ahead);
  }
}

/**
 * The SDK's HTTP client with what infrastructure as code needs: another base URL, one limit of requests in flight,
 * retries where they are safe, and errors that say what to do.
 */
export class Requests extends RequestClient {
  readonly #limiter: BulkheadPolicy;
  readonly #retry: IPolicy;

  constructor(
    private readonly settings: Settings,
    private readonly clock: ServerClock,
    /** Whether a request whose fate is unknown may be sent again. */
    repeatable: boolean,
  ) {
    super({ autoRetry: false });
    this.#limiter = limiterOf(settings);
    this.#retry = retry(
      handleWhen(
        (error) => error instanceof Unanswered && (error.isBusy || (repeatable && error.cause.lost)),
      ),
      {
        maxAttempts: attempts.busy,
        backoff: new DelegateBackoff(({ attempt, result }) => {
          const error = "error" in result ? result.error : undefined;
          return pauseBefore(attempt, error instanceof Unanswered ? error.retryAfter : undefined);
        }),
      },
    );
  }

  override async request<Data>(opts: RequestOptions<Data>) {
    const options = { ...opts, uri: addressOf(opts.uri, this.settings.baseUrl) };
    let lost = 0;
    try {
      return await this.#retry.execute(() =>
        this.#limiter.execute(async () => {
          try {
            return await this.#send<Data>(options);
          } catch (error) {
            if (!(error instanceof Unanswered) || error.isBusy) throw error;
            lost += 1;
            throw lost < attempts.lost ? error : error.cause;
          }
        }),
      );
    } catch (error) {
      throw error instanceof Unanswered ? error.cause : error;
    }
  }

  async #send<Data>(options: RequestOptions<Data>) {
    const response = await super.request<Data>(options).catch((error: unknown) => {
      throw new Unanswered(connectionError(new URL(options.uri).host, messageOf(error)));
    });
    const headers: Record<string, unknown> = { ...response.headers };
    this.clock.note(headers.date);
    if (response.statusCode < 400) return response;
    const error = answerError(response.statusCode, response.body, this.settings.source);
    if (response.statusCode === 429 || error.lost) throw new Unanswered(error, headers["retry-after"]);
    throw error;
  }
}

/** No answer, or one that invites another try. Never leaves this module. */
class Unanswered extends Error {
  constructor(
    override readonly cause: ApiError,
    readonly retryAfter?: unknown,
  ) {
    super(cause.message);
  }

  /** "Never processed and always safe to retry": https://www.twilio.com/docs/api/errors/20429 */
  get isBusy(): boolean {
    return this.cause.status === 429;
  }
}

/** What the server asks for, else doubled each time and drawn by chance, so that many clients do not move in step. */
function pauseBefore(attempt: number, retryAfter: unknown): number {
  const seconds = Number(retryAfter);
  if (typeof retryAfter === "string" && seconds >= 0) return Math.min(seconds * 1000, 10 * longestPause);
  return Math.random() * Math.min(longestPause, 200 * 2 ** attempt);
}

/**
 * Where a request really goes. Next pages come as absolute URLs out of answers, and credentials go with them:
 * only host, path and query are taken, and the host must be Twilio's.
 */
export function addressOf(uri: string, baseUrl: string | undefined): string {
  const url = new URL(uri);
  const [, first = "", ...rest] = url.pathname.split("/");
  const isPathAddressed = isTwilioHost(first);
  const host = isPathAddressed ? first : url.hostname;
  if (!isTwilioHost(host))
    throw new ApiError(`an answer names ${url.host}, which is not Twilio's; nothing is sent there`, 400);
  const path = isPathAddressed ? `/${rest.join("/")}` : url.pathname;
  return `${baseUrl === undefined ? `https://${host}` : `${baseUrl}/${host}`}${path}${url.search}`;
}

const isTwilioHost = (host: string): boolean => /^([a-z0-9-]+\.)+twilio\.com$/i.test(host);
