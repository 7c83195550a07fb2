import { setTimeout as wait } from "node:timers/promises";
import { RequestClient } from "twilio";
import { ApiError, type ForeignAnswer, isInDoubt, messageOf, type Reach, Refusal } from "../values/errors";
import { isRecord } from "../values/values";
import { isAbout, isExplained } from "./answers";
import { answerError, connectionError, foreignAnswer } from "./errors";
import { Limiter, type Pace } from "./limiter";
import { Operation } from "./operation";
import { Proxies } from "./proxies";
import type { Settings } from "./settings";
import { refuseForeignKey, tokenOf } from "./subaccounts";

type RequestOptions<Data> = Parameters<typeof RequestClient.prototype.request<Data>>[0];

/**
 * The longest pause that is chosen here, that of a request which was one too many, and how often a request is sent whose
 * fate is unknown. With the time for an answer, and with what an operation may wait, this bounds the time
 * that a request takes.
 */
const limits = { pauseMs: 20_000, busyMs: 2_000, sendings: 5 };

/** How long an answer may take. A write that is given up too soon is carried out after all, beside its repetition. */
const patience = { readMs: 30_000, writeMs: 60_000 };

const limiters = new Map<string, Limiter>();

function limiterOf({ accountSid, subaccountSid, baseUrl = "", maxConcurrency }: Settings): Limiter {
  const key = `${baseUrl} ${subaccountSid ?? accountSid}`;
  const limiter = limiters.get(key) ?? new Limiter(maxConcurrency);
  limiters.set(key, limiter);
  return limiter;
}

/** The server's clock, told from the `Date` of its answers: creates that were lost are recognised by their time. */
export class ServerClock {
  #ahead = 0;

  #isKnown = false;

  /** What is not Twilio's may have a clock of its own: it counts until Twilio has answered. */
  note(date: unknown, isTwilios: boolean): void {
    const time = typeof date === "string" ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(time) || (this.#isKnown && !isTwilios)) return;
    this.#ahead = time - Date.now();
    this.#isKnown ||= isTwilios;
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
  readonly #limiter: Limiter;

  constructor(
    private readonly settings: Settings,
    private readonly clock: ServerClock,
    /** Whether a request whose fate is unknown may be sent again. */
    private readonly repeatable: boolean,
  ) {
    super({ autoRetry: false });
    this.#limiter = limiterOf(settings);
    const proxies = new Proxies();
    this.axios.interceptors.request.use((request) => {
      if (request.url) request.httpsAgent = proxies.agentFor(request.url);
      return request;
    });
  }

  override async request<Data>(opts: RequestOptions<Data>) {
    const uri = addressOf(opts.uri, this.settings.baseUrl);
    const options = { ...opts, ...(await this.#credentials(uri)), uri };
    const { username, accountSid, subaccountSid } = this.settings;
    const isByKey = username !== accountSid && options.username === username;
    if (isByKey && !/^api\./.test(new URL(addressOf(opts.uri, undefined)).hostname)) {
      await refuseForeignKey(this.settings, () => this.#get("conversations", "/v1/Configuration"));
    }
    return this.#sendUntilAnswered<Data>(options, this.repeatable, subaccountSid ?? accountSid);
  }

  /** With the credentials as they are configured. */
  async #get(product: string, path: string): Promise<unknown> {
    const { region, edge, baseUrl } = this.settings;
    const host = region ? `${product}.${edge}.${region}.twilio.com` : `${product}.twilio.com`;
    const uri = addressOf(`https://${host}${path}`, baseUrl);
    // Without headers the SDK's client would leave out the credentials.
    const headers = { Accept: "application/json" };
    const request = { method: "get", uri, ...this.#own(uri), headers } as const;
    return (await this.#sendUntilAnswered<unknown>(request, true)).body;
  }

  /** As they are configured: the token where a key would not do, if it is there too. */
  #own(uri: string) {
    const { accountSid, authToken, username, password } = this.settings;
    return authToken !== undefined && isOnAccounts(uri)
      ? { username: accountSid, password: authToken }
      : { username, password };
  }

  /** Those of the subaccount, where one is meant. */
  async #credentials(uri: string) {
    const { subaccountSid } = this.settings;
    if (subaccountSid === undefined) return this.#own(uri);
    const password = await tokenOf(this.settings, (path) => this.#get("api", path));
    return { username: subaccountSid, password };
  }

  #sendUntilAnswered<Data>(options: RequestOptions<Data>, repeatable: boolean, account?: string) {
    const { host } = new URL(addressOf(options.uri, undefined));
    const operation = Operation.current();
    return operation.request(`${options.method.toUpperCase()} ${host}`, async (request) => {
      let lost = 0;
      let busy = 0;
      for (;;) {
        const answer = await this.#limiter.run(async () => {
          await request.proceed();
          return this.#send<Data>(options, account);
        }, paceIn);
        if (!(answer instanceof Failure)) return answer;
        request.fails(answer.reason);
        if (answer.isBusy) busy += 1;
        else lost += 1;
        const pause = answer.isBusy
          ? busyPause(busy, answer.retryAfter)
          : pauseAfter(lost, answer.retryAfter);
        const isOver = lost === limits.sendings || !operation.hasTimeFor(pause);
        if (isOver || (lost > 0 && !repeatable)) throw operation.gaveUp(answer.error, !answer.isBusy);
        await wait(pause);
      }
    });
  }

  /** One request. What may be worth another one is answered, not thrown. */
  async #send<Data>(options: RequestOptions<Data>, account?: string) {
    const { host } = new URL(options.uri);
    const timeout = options.method === "get" ? patience.readMs : patience.writeMs;
    const response = await super.request<Data>({ ...options, timeout }).catch((error: unknown) => {
      const refusal = [error, isRecord(error) && error.cause].find((one) => one instanceof Refusal);
      if (refusal) throw refusal;
      return new Failure(connectionError(host, reasonOf(error), reachOf(error)));
    });
    if (response instanceof Failure) return response;

    const { statusCode: status, body } = response;
    const headers: Record<string, unknown> = { ...response.headers };
    const isTwilios =
      status < 300
        ? isAbout({ ...options, url: this.#vendors(options.uri), account }, status, body)
        : isExplained(body);
    this.clock.note(headers.date, isTwilios);
    const error = () => answerError(status, body, this.settings.source, headers["twilio-request-id"]);
    if (status === 429 || isInDoubt(status)) {
      // What is not there to be read (501) will not be there a moment later.
      if (status === 501 && options.method === "get" && isTwilios) throw error();
      return new Failure(error(), headers["retry-after"]);
    }
    // Twilio explains each refusal: without that, a 404 does not mean that an object is gone.
    if (!isTwilios || (status >= 300 && status < 400)) return new Failure(foreignAnswer(host, status));
    if (status >= 400) throw error();
    return response;
  }

  /** The address at Twilio, which the base may stand before. */
  #vendors(uri: string): URL {
    const { baseUrl } = this.settings;
    return new URL(baseUrl === undefined ? uri : `https:/${uri.slice(baseUrl.length)}`);
  }
}

/** No answer, or one that invites another try. */
class Failure {
  constructor(
    readonly error: ApiError | ForeignAnswer,
    readonly retryAfter?: unknown,
  ) {}

  /** "Never processed and always safe to retry": https://www.twilio.com/docs/api/errors/20429 */
  get isBusy(): boolean {
    return this.error instanceof ApiError && this.error.status === 429;
  }

  /** In a few words, for what is said of the progress. */
  get reason(): string {
    if (!(this.error instanceof ApiError)) return "an answer that is not Twilio's";
    const { status } = this.error;
    if (status === undefined) return "the connection failed";
    return this.isBusy ? "too many requests (HTTP 429)" : `HTTP ${status}`;
  }
}

function paceIn(answer: unknown): Pace {
  if (!(answer instanceof Failure)) return "answered";
  return answer.isBusy ? "too fast" : undefined;
}

/** Where a name has several addresses and none answers, the error has no message but a code. */
const reasonOf = (error: unknown): string => messageOf(error) || codeOf(error) || "the connection failed";

const codeOf = (error: unknown): string => {
  const { code } = isRecord(error) ? error : {};
  return typeof code === "string" ? code : "";
};

/** Codes of Node and of axios. */
function reachOf(error: unknown): Reach | undefined {
  const code = codeOf(error);
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|\w+_CERT\w*)$/.test(code))
    return "unsent";
  return /^(ECONNABORTED|ETIMEDOUT)$/.test(code) ? "underWay" : undefined;
}

/** What the server asks for, else doubled each time. Partly by chance, so that many clients do not move in step. */
export function pauseAfter(sending: number, retryAfter?: unknown, now = Date.now()): number {
  const asked = askedPause(retryAfter, now);
  const pause = asked ?? Math.min(limits.pauseMs, 200 * 2 ** sending);
  const spread = Math.random() * Math.min(pause, limits.pauseMs);
  return asked === undefined ? pause / 2 + spread / 2 : asked + 50 + spread / 10;
}

/**
 * The same for a request that was one too many. The limiter slows all of them down, so this one waits less, and wholly by
 * chance: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter
 */
export function busyPause(time: number, retryAfter?: unknown, now = Date.now()): number {
  if (askedPause(retryAfter, now) !== undefined) return pauseAfter(time, retryAfter, now);
  return Math.random() * Math.min(limits.busyMs, 100 * 2 ** time);
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function askedPause(retryAfter: unknown, now: number): number | undefined {
  if (typeof retryAfter !== "string" || retryAfter.trim() === "") return undefined;
  const asked = /^\d+$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isNaN(asked) ? undefined : Math.max(0, asked);
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
    throw new Refusal(`an answer names ${url.host}, which is not Twilio's; nothing is sent there`);
  const path = isPathAddressed ? `/${rest.join("/")}` : url.pathname;
  return `${baseUrl === undefined ? `https://${host}` : `${baseUrl}/${host}`}${path}${url.search}`;
}

/** What no standard API key may do: https://www.twilio.com/docs/iam/api-keys */
const isOnAccounts = (uri: string): boolean =>
  /\/2010-04-01\/Accounts(\/[^/]+)?\.json$/.test(new URL(uri).pathname);

const isTwilioHost = (host: string): boolean => /^([a-z0-9-]+\.)+twilio\.com$/i.test(host);
