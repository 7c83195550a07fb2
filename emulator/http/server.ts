import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Answer, Api, Target } from "../api/api";
import { readBody } from "../api/body";
import type { Clock } from "../api/clock";
import { malformedRequest, TwilioError, tooManyRequests } from "../api/errors";
import type { LoggedRequest, RequestLog } from "../api/request-log";
import { page } from "../page";
import { targetOf } from "./addressing";
import { answerClientErrors, patience } from "./connections";
import { type ControlOptions, control, guard } from "./control";
import { type Fault, type Faults, spoilt } from "./faults";
import type { Limits } from "./limits";
import { pause } from "./pause";

export interface ServerOptions {
  api: Api;
  control: ControlOptions;
  faults: Faults;
  limits: Limits;
  log: RequestLog;
  clock: Clock;
  /** A new one for each answer. */
  requestId: () => string;
  latencyMs: number;
  requestTimeoutMs: number;
  onRequest: (request: LoggedRequest) => void;
  /** Before any other request is carried out. */
  onCarriedOut: (request: LoggedRequest, body: object | undefined) => void;
}

type Headers = Record<string, string>;

/** No page of another origin may read what the control endpoints say, by whatever element it asks for it. */
const controlHeaders: Headers = {
  "Cache-Control": "no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

interface Reply extends Answer {
  /** Requests of the account in flight, where it is known whose this one is. */
  concurrent?: number;
}

export function serverOf(options: ServerOptions): Server {
  const server = createServer(patience(options.requestTimeoutMs), (request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  });
  // Bounded by their size; Node would drop what is beyond a number in silence.
  server.maxHeadersCount = 0;
  answerClientErrors(server, options.clock, options.requestId);
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  response.setHeader("Date", options.clock().toUTCString());
  const scheme = request.socket instanceof TLSSocket ? "https" : "http";
  const target = targetOf(request.url ?? "/", request.headers.host ?? "", scheme);
  const { host } = target;
  if (host !== undefined) await answerApi(request, response, { ...target, host }, options);
  else await answerOwn(request, response, target, options);
}

/** What is the emulator's own: the page and the control endpoints. */
async function answerOwn(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  options: ServerOptions,
): Promise<void> {
  const method = request.method ?? "GET";
  const { path, query, isElsewhere, givenHost } = target;
  if (isElsewhere) {
    const refusal = new TwilioError(403, 20403, `This emulator passes nothing on to ${givenHost}`);
    send(response, refusalOf(refusal));
    return;
  }
  const asked = { method, path, query, host: givenHost, headers: request.headers };
  try {
    const shown = page(asked, options.control);
    if (shown) {
      response.writeHead(shown.status, shown.headers).end(shown.body);
      return;
    }
    if (!path.startsWith("/_emulator/")) {
      const hint =
        "Put the Twilio host before the path (/api.twilio.com/2010-04-01/…) or into the Host header";
      throw new TwilioError(404, 20404, `The requested resource ${path} was not found. ${hint}`);
    }
    refuseTwins(request);
    const reply =
      guard(asked, options.control) ??
      (await control({ ...asked, body: await readBody(request) }, options.control));
    send(response, reply, controlHeaders);
  } catch (error) {
    send(response, refusalOf(error));
  }
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target & { host: string },
  options: ServerOptions,
): Promise<void> {
  const { clock, log } = options;
  const arrived = clock();
  const entry: LoggedRequest = {
    time: arrived.toISOString(),
    method: request.method ?? "GET",
    host: target.givenHost,
    path: target.path,
    operationId: null,
    account: null,
    status: null,
    params: {},
    ignored: [],
  };
  log.add(entry);
  const reply = await replyTo(request, target, entry, options).catch(refusalOf);
  if (reply) {
    send(response, reply, {
      "Twilio-Concurrent-Requests": String(reply.concurrent ?? 1),
      "Twilio-Request-Id": options.requestId(),
      "Twilio-Request-Duration": ((clock().getTime() - arrived.getTime()) / 1000).toFixed(3),
    });
  } else response.destroy();
  // A dropped connection has no status.
  entry.status = reply?.status ?? null;
  log.weigh(entry);
  options.onRequest(entry);
}

/** What an API request gets; undefined where a fault drops its connection. */
async function replyTo(
  request: IncomingMessage,
  target: Target & { host: string },
  log: LoggedRequest,
  { api, faults, limits, latencyMs, onCarriedOut }: ServerOptions,
): Promise<Reply | undefined> {
  const { method } = log;
  const carriedOut = (reply: Reply): Reply => {
    log.status = reply.status;
    onCarriedOut(log, reply.body);
    return reply;
  };
  refuseTwins(request);
  // Before the body, so that only those who may ask can make the emulator hold megabytes.
  const caller = api.callerOf(request.headers.authorization);
  log.account = caller.caller.sid;
  const body = await readBody(request);
  const turn = limits.begin(caller.caller.sid);
  try {
    if (!turn.isAllowed) throw tooManyRequests();
    if (latencyMs > 0) await pause(latencyMs);
    const apiRequest = { method, target, headers: request.headers, body, log };
    const matched = api.match(apiRequest, caller);
    const { host, givenHost, path } = target;
    const { operationId } = matched.operation;
    const effect = faults.strike({ method, host, givenHost, path, operationId });
    if (effect?.delayMs) await pause(effect.delayMs);
    if (effect?.drop === "before") return undefined;
    const reply =
      effect?.status === undefined
        ? carriedOut(api.carryOut(apiRequest, matched))
        : faultOf(effect, effect.status);
    if (effect?.drop) return undefined;
    const sent = effect?.spoil ? { ...reply, ...spoilt(reply.status, reply.body, effect.spoil) } : reply;
    return { ...sent, concurrent: turn.concurrent };
  } catch (error) {
    return carriedOut({ ...refusalOf(error), concurrent: turn.concurrent });
  } finally {
    turn.end();
  }
}

/** Of two such headers Node sees the first, what stands before it perhaps the second. */
function refuseTwins({ headersDistinct }: IncomingMessage): void {
  for (const name of ["host", "authorization"]) {
    if ((headersDistinct[name]?.length ?? 0) > 1) throw malformedRequest(`more than one ${name} header`);
  }
}

function faultOf(effect: Fault["effect"], status: number): Reply {
  const { code = status, message = "A fault asked for this answer", retryAfter } = effect;
  const headers: Headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return { status, body: new TwilioError(status, code, message).body, headers };
}

function refusalOf(error: unknown): Reply {
  const known =
    error instanceof TwilioError
      ? error
      : new TwilioError(
          500,
          20500,
          `The emulator failed: ${error instanceof Error ? error.message : String(error)}`,
        );
  const headers: Headers = known.status === 401 ? { "WWW-Authenticate": 'Basic realm="Twilio API"' } : {};
  if (known.status === 413) headers.Connection = "close";
  return { status: known.status, body: known.body, headers };
}

function send(
  response: ServerResponse,
  { status, body, headers, text = body === undefined ? "" : JSON.stringify(body) }: Reply,
  more: Headers = {},
): void {
  const all = { ...headers, ...more };
  if (text === "") {
    response.writeHead(status, all).end();
    return;
  }
  const length = Buffer.byteLength(text);
  response
    .writeHead(status, { "Content-Type": "application/json", "Content-Length": length, ...all })
    .end(text);
}
