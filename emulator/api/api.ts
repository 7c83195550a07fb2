import type { IncomingMessage } from "node:http";
import type { Account, State } from "../account/state";
import { families } from "../products";
import { type MediaType, parseBody, parseForm } from "./body";
import { Call, type Handler, lookUp } from "./call";
import { Checks, describe } from "./checks";
import type { Clock, Random } from "./clock";
import { loadDocuments } from "./documents";
import {
  authenticate,
  brokenAnswer,
  invalidParameter,
  malformedRequest,
  methodNotAllowed,
  missingParameter,
  noCredentials,
  noDocument,
  notFound,
  notWritten,
} from "./errors";
import { type Operation, Router } from "./operations";
import { Params, type Values } from "./params";
import { type LoggedRequest, loggedNames, loggedParams } from "./request-log";

export interface Answer {
  status: number;
  body: object | undefined;
  /** The body as it is sent, where it is not the JSON of `body`, or where that is there already. */
  text?: string;
  headers?: Record<string, string>;
}

/** Where a request wants to go. */
export interface Target {
  /** Host of the API without region, such as `flex-api.twilio.com`; undefined for the emulator's own pages. */
  host: string | undefined;
  /** Host as given, such as `flex-api.dublin.ie1.twilio.com`. */
  givenHost: string;
  /** Still percent-encoded. */
  path: string;
  query: string;
  /** What stands before the path in next-page URLs: this emulator for path-addressed requests, else the vendor's host. */
  pageBase: string;
  /** Whether the client takes this emulator for a proxy to somewhere else. */
  isElsewhere: boolean;
}

export interface ApiRequest {
  method: string;
  target: Target & { host: string };
  headers: IncomingMessage["headers"];
  body: Buffer;
  log: LoggedRequest;
}

/** Whose credentials came with a request. */
export interface Caller {
  caller: Account;
  /** Whether the caller came with an API key. */
  isApiKey: boolean;
}

/** A request that has an operation and a caller, so that it may be carried out. */
export interface Matched extends Caller {
  operation: Operation;
  path: Record<string, string>;
}

interface ApiOptions {
  state: State;
  senderDelayMs: number;
  clock: Clock;
  random: Random;
}

/** Twilio's REST API: finds the operation, checks the request, carries it out, checks the answer. Throws `TwilioError`s. */
export class Api {
  private readonly documents = loadDocuments();
  private readonly router = new Router(this.documents);
  private readonly checks = new Checks(this.documents);
  private readonly handlers = new Map<string, Handler>();

  constructor(private readonly options: ApiOptions) {
    for (const { document, operations } of families) {
      for (const [id, handler] of Object.entries(operations)) this.handlers.set(`${document} ${id}`, handler);
    }
  }

  /** The account that the Basic credentials belong to: its SID with its token, or an API key with its secret. */
  callerOf(authorization: string | undefined): Caller {
    if (!authorization) throw noCredentials();
    const [, encoded] = /^Basic ([A-Za-z0-9+/_=-]+)$/i.exec(authorization ?? "") ?? [];
    const [, user, password] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? "", "base64").toString("utf8")) ?? [];
    if (!user || !password) throw authenticate();
    const { accounts } = this.options.state;
    const named = lookUp(accounts, user);
    const byToken = named?.auth_token === password ? named : undefined;
    const byKey = Object.values(accounts).find(({ api_keys }) => lookUp(api_keys, user) === password);
    const caller = byToken ?? byKey;
    // An account that is suspended or closed is one of the causes: https://www.twilio.com/docs/api/errors/20003
    if (caller?.status !== "active") throw authenticate();
    return { caller, isApiKey: !byToken };
  }

  match(request: ApiRequest, { caller, isApiKey }: Caller): Matched {
    const { method, target, log } = request;
    const found = this.find(method, target);
    if (found.kind === "none") this.refuseUnknown(target);
    if (found.kind === "method") throw methodNotAllowed();
    log.operationId = found.operation.operationId;
    return { operation: found.operation, path: found.path, caller, isApiKey };
  }

  carryOut(request: ApiRequest, { operation, path, caller, isApiKey }: Matched): Answer {
    const { target, log } = request;
    const handler = this.handlers.get(`${operation.document} ${operation.operationId}`);
    if (!handler) throw notWritten(`${operation.document} ${operation.operationId}`);

    const account = this.accountOf(caller, path, request);
    const checks = this.checks.of(operation);
    // A path parameter that does not fit its pattern names nothing that could exist.
    if (!checks.path({ ...path })) throw notFound(resourceOf(target));

    const query = parseForm(target.query);
    const mediaType = mediaTypeOf(operation);
    const body = mediaType ? parseBody(request.body, request.headers, mediaType) : {};
    log.params = loggedParams([...Object.entries(query), ...Object.entries(body)]);
    log.ignored = loggedNames([
      ...Object.keys(query).filter((name) => !checks.queryNames.has(name)),
      ...checks.unknownInBody(body),
    ]);
    const sentQuery = known(query, checks.queryNames);
    const values = checks.lenient({ ...sentQuery, ...known(body, checks.bodyNames) });
    for (const validate of [checks.query, checks.body]) {
      if (!validate(values)) refuse(validate.errors);
    }

    const isV2010 = operation.document === "api_v2010";
    const call = new Call({
      account,
      caller,
      isApiKey,
      state: this.options.state,
      path,
      params: new Params(values),
      ifMatch: request.headers["if-match"],
      query: sentQuery,
      resource: resourceOf(target),
      isV2010,
      location: isV2010 ? target.path : target.pageBase + target.path,
      quirks: this.options.state.quirks,
      senderDelayMs: this.options.senderDelayMs,
      clock: this.options.clock,
      random: this.options.random,
    });
    const answer = handler(call);
    const text = this.checkAnswer(operation, answer);
    return {
      status: call.status ?? operation.successStatus,
      body: answer,
      ...(text !== undefined && { text }),
      ...(call.headers && { headers: call.headers }),
    };
  }

  /** What a document has no such path for is not there; of what there is no document nobody knows. */
  private refuseUnknown(target: Target & { host: string }): never {
    const { host, path } = target;
    const versions = this.router.versionsOf(host);
    if (versions.length === 0) throw noDocument(host, this.router.hosts);
    const version = path.split("/")[1] ?? "";
    const isVersion = /^(v\d+|\d{4}-\d{2}-\d{2})$/i.test(version);
    if (isVersion && !versions.includes(version)) throw noDocument(`${host}/${version}`, versions);
    throw notFound(resourceOf(target));
  }

  private find(method: string, target: Target & { host: string }) {
    try {
      return this.router.match(method, target.host, target.path);
    } catch (error) {
      if (error instanceof URIError) throw malformedRequest("a percent-encoding in the path is malformed");
      throw error;
    }
  }

  /**
   * Credentials of a parent reach its subaccounts on the 2010-04-01 API, by the path, and nowhere else. What a closed one
   * held stays readable.
   */
  private accountOf(caller: Account, path: Record<string, string>, { method, target }: ApiRequest): Account {
    const wanted = path.AccountSid;
    if (wanted === undefined || wanted === caller.sid) return caller;
    const account = lookUp(this.options.state.accounts, wanted);
    if (account?.owner_account_sid !== caller.sid) throw notFound(resourceOf(target));
    if (account.status === "closed" && method !== "GET") throw authenticate();
    return account;
  }

  /** The answer's text, where the check has made it. */
  private checkAnswer(operation: Operation, answer: object | undefined): string | undefined {
    const { answer: validate, listed } = this.checks.of(operation);
    if (!validate) return undefined;
    const text = answer && listed?.textOf(answer);
    const rest = text !== undefined && answer && listed ? listed.without(answer) : answer;
    if (!validate(rest)) throw brokenAnswer(operation.operationId, describe(validate.errors));
    return text;
  }
}

/** How error messages name what was asked for: with `/2010-04-01` on the old API, without the version on the others. */
function resourceOf({ path }: Target): string {
  return path.replace(/^\/v\d+(?=\/)/, "");
}

function mediaTypeOf({ documented, method }: Operation): MediaType | undefined {
  if (method !== "POST") return undefined;
  return documented.requestBody?.content["application/json"]
    ? "application/json"
    : "application/x-www-form-urlencoded";
}

function known(values: Values, names: Set<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function refuse(errors: Errors): never {
  const first = errors?.[0];
  const { missingProperty } = first?.params ?? {};
  if (typeof missingProperty === "string") throw missingParameter(missingProperty);
  const name = first?.instancePath.split("/")[1]?.replaceAll("~1", "/").replaceAll("~0", "~") ?? "body";
  const reason = errors?.find(({ keyword }) => /^(pattern|enum|maxLength)$/.test(keyword)) ?? first;
  const allowed = reason?.params.allowedValues;
  const list = Array.isArray(allowed) ? `: ${allowed.filter((value) => value !== null).join(", ")}` : "";
  throw invalidParameter(name, `${reason?.message ?? "is invalid"}${list}`);
}

type Errors =
  | { instancePath: string; keyword: string; message?: string; params: Record<string, unknown> }[]
  | null
  | undefined;
