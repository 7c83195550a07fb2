import { setTimeout as wait } from "node:timers/promises";
import { type BulkheadPolicy, bulkhead } from "cockatiel";
import { RequestClient } from "twilio";
import { ApiError, type ForeignAnswer, isInDoubt, messageOf, type Reach, Refusal } from "../values/errors";
import { isRecord } from "../values/values";
import { isAbout, isExplained } from "./answers";
import { answerError, connectionError, foreignAnswer } from "./errors";
import { Proxies } from "./proxies";
import type { Settings } from "./settings";
import { refuseForeignKey, tokenOf } from "./subaccounts";

type RequestOptions<Data> = Parameters<typeof RequestClient.prototype.request<Data>>[0];

/**
 * How long all pauses before one request may add up to, the longest that is chosen here, and how often a request is
 * sent whose fate is unknown. With the time for an answer, this bounds the time that a request takes.
 */
const limits = { pausesMs: 300_000, pauseMs: 20_000, sendings: 5 };

/** How long an answer may take. A write that is given up too soon is carried out after all, beside its repetition. */
const patience = { readMs: 30_000, writeMs: 60_000 };

/** Twilio counts concurrent requests by account, and each provider process is a client of its own. */
const limiters = new Map<string, BulkheadPolicy>();

function limiterOf({ accountSid, subaccountSid, baseUrl = "", maxConcurrency }: Settings): BulkheadPolicy {
  const key = `${baseUrl} ${subaccountSid ?? accountSid}`;
  const limiter = limiters.get(key) ?? bulkhead(maxConcurrency, Number.POSITIVE_INFINITY);
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
  readonly #limiter: BulkheadPolicy;

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

  async #sendUntilAnswered<Data>(options: RequestOptions<Data>, repeatable: boolean, account?: string) {
    let lost = 0;
    let paused = 0;
    for (let sending = 1; ; sending += 1) {
      const answer = await this.#limiter.execute(() => this.#send<Data>(options, account));
      if (!(answer instanceof Failure)) return answer;
      if (!answer.isBusy) lost += 1;
      const pause = pauseAfter(sending, answer.retryAfter);
      paused += pause;
      const isOver = paused > limits.pausesMs || lost === limits.sendings;
      if (isOver || (lost > 0 && !repeatable)) throw answer.error;
      await wait(pause);
    }
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
