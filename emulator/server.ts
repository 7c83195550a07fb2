import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { type Target, targetOf } from "./addressing";
import type { Answer, Api } from "./api";
import { readBody } from "./body";
import type { Clock } from "./clock";
import { type ControlOptions, control } from "./control";
import { TwilioError } from "./errors";
import type { Fault, Faults } from "./faults";
import { homePage } from "./home";
import type { LoggedRequest, RequestLog } from "./request-log";

export interface ServerOptions {
  api: Api;
  control: ControlOptions;
  faults: Faults;
  log: RequestLog;
  clock: Clock;
  latencyMs: number;
  onRequest: (request: LoggedRequest) => void;
}

type Headers = Record<string, string>;

export function serverOf(options: ServerOptions): Server {
  return createServer((request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  });
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

/** The emulator's own pages: the control endpoints and `/`. */
async function answerOwn(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  options: ServerOptions,
): Promise<void> {
  const method = request.method ?? "GET";
  const { path, query, isElsewhere, givenHost } = target;
  if (isElsewhere) {
    sendError(response, new TwilioError(403, 20403, `This emulator passes nothing on to ${givenHost}`));
    return;
  }
  if (method === "GET" && path === "/") {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" }).end(homePage);
    return;
  }
  try {
    if (!path.startsWith("/_emulator/")) {
      const hint =
        "Put the Twilio host before the path (/api.twilio.com/2010-04-01/…) or into the Host header";
      throw new TwilioError(404, 20404, `The requested resource ${path} was not found. ${hint}`);
    }
    const body = await readBody(request);
    const { status, body: sent } = control(
      { method, path, query, headers: request.headers, body },
      options.control,
    );
    send(response, { status, body: sent });
  } catch (error) {
    sendError(response, error);
  }
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target & { host: string },
  options: ServerOptions,
): Promise<void> {
  const { api, faults, log, latencyMs } = options;
  const method = request.method ?? "GET";
  const entry: LoggedRequest = {
    time: options.clock().toISOString(),
    method,
    host: target.givenHost,
    path: target.path,
    operationId: null,
    account: null,
    status: null,
    params: {},
    ignored: [],
  };
  log.add(entry);
  let isDropped = false;
  try {
    const body = await readBody(request);
    if (latencyMs > 0) await wait(latencyMs);
    const apiRequest = { method, target, headers: request.headers, body, log: entry };
    const matched = api.match(apiRequest);
    const { host, givenHost, path } = target;
    const { operationId } = matched.operation;
    const effect = faults.strike({ method, host, givenHost, path, operationId });
    if (effect?.delayMs) await wait(effect.delayMs);
    isDropped = effect?.drop !== undefined;
    if (effect?.status !== undefined) sendFault(response, effect, effect.status);
    else if (effect?.drop !== "before") {
      const carriedOut = api.carryOut(apiRequest, matched);
      if (!isDropped) send(response, carriedOut);
    }
  } catch (error) {
    if (!isDropped) sendError(response, error);
  }
  if (isDropped) response.destroy();
  // A dropped connection has no status.
  entry.status = response.headersSent ? response.statusCode : null;
  options.onRequest(entry);
}

function sendFault(response: ServerResponse, effect: Fault["effect"], status: number): void {
  const error = new TwilioError(
    status,
    effect.code ?? status,
    effect.message ?? "A fault asked for this answer",
  );
  const headers: Headers =
    effect.retryAfter === undefined ? {} : { "Retry-After": String(effect.retryAfter) };
  send(response, { status, body: error.body }, headers);
}

function sendError(response: ServerResponse, error: unknown): void {
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
  send(response, { status: known.status, body: known.body }, headers);
}

function send(response: ServerResponse, { status, body }: Answer, headers: Headers = {}): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}
