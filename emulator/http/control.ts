import type { IncomingMessage } from "node:http";
import { isMasked, isSeed, MASK } from "../account/seed";
import type { Account, Seed, State } from "../account/state";
import { isObject, parseJson } from "../api/body";
import type { LoggedRequest } from "../api/request-log";
import { type InboundOptions, inbound } from "../messages/inbound";
import { routes } from "../messages/routes";
import { type Faults, isFault } from "./faults";

export interface ControlOptions extends InboundOptions {
  /** Whether the emulator listens on a loopback address only. */
  isLoopback: boolean;
  token: string | undefined;
  requests: readonly LoggedRequest[];
  clearRequests: () => void;
  faults: Faults;
  reset: () => void;
  restore: (seed: Seed) => void;
}

export interface ControlRequest {
  method: string;
  path: string;
  query: string;
  /** Host that the request names: the one in an absolute URL wins over the header. */
  host: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

export interface ControlAnswer {
  status: number;
  body: object | undefined;
}

interface Refusal extends ControlAnswer {
  body: { status: number; message: string };
}

/** The emulator's own endpoints, all under `/_emulator/`, for a request that `guard` let through. */
export async function control(request: ControlRequest, options: ControlOptions): Promise<ControlAnswer> {
  switch (`${request.method} ${request.path.slice("/_emulator/".length)}`) {
    case "GET state":
      return ok(
        new URLSearchParams(request.query).get("secrets") === "1"
          ? bare(options.state)
          : masked(options.state),
      );
    case "POST reset":
      options.reset();
      return done;
    case "POST seed":
      return plant(request, options);
    case "GET routes":
      return ok({ routes: routes(options.state, options) });
    case "POST inbound":
      return receive(request, options);
    case "GET requests":
      return ok({ requests: options.requests });
    case "DELETE requests":
      options.clearRequests();
      return done;
    case "GET faults":
      return ok({ faults: options.faults.list() });
    case "POST faults":
      return addFaults(request, options);
    case "DELETE faults":
      options.faults.clear();
      return done;
    default:
      return refuse(404, `${request.method} ${request.path} is no control endpoint of this emulator`);
  }
}

const done: ControlAnswer = { status: 204, body: undefined };
const ok = (body: object): ControlAnswer => ({ status: 200, body });
const refuse = (status: number, message: string): Refusal => ({ status, body: { status, message } });

/**
 * A page in somebody's browser can send requests to this port too: under a host name of its own that resolves to
 * 127.0.0.1, or across origins with a content type that needs no asking. Neither gets in. Answers the refusal, if any.
 */
export function guard(
  { method, host, headers }: Omit<ControlRequest, "body">,
  { isLoopback, token }: ControlOptions,
): Refusal | undefined {
  if (!isLoopback && token === undefined) {
    return refuse(
      403,
      "Off loopback the page and the control endpoints are off, unless the emulator is started with a control token",
    );
  }
  if (isLoopback && !isLoopbackHost(host)) {
    return refuse(
      403,
      "The page and the control endpoints answer only to localhost and loopback addresses, such as 127.0.0.1",
    );
  }
  if (token !== undefined && headers.authorization !== `Bearer ${token}`) {
    return refuse(401, "The page and the control endpoints of this emulator want its control token");
  }
  const { origin, "sec-fetch-site": site = "none" } = headers;
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== host) {
    return refuse(403, `The control endpoints do not answer to pages of ${origin}`);
  }
  if (site !== "none" && site !== "same-origin") {
    return refuse(403, "The control endpoints do not answer to pages of another origin");
  }
  if (method === "GET") return undefined;
  if (headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() !== "application/json") {
    return refuse(415, "POST and DELETE need the content type application/json");
  }
  return undefined;
}

/** Addresses only and the one name that is nobody else's: no other host name can be made to lead here. */
const isLoopbackHost = (host: string) =>
  /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])(:\d+)?$/i.test(host);

const bare = ({ accounts, quirks }: State): Seed => ({ complete: true, accounts, quirks });

function masked({ accounts, quirks }: State): Seed {
  return {
    complete: true,
    quirks,
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([sid, account]) => {
        const api_keys = Object.fromEntries(Object.keys(account.api_keys).map((key) => [key, MASK]));
        return [sid, { ...withoutUrlCredentials(account), auth_token: MASK, api_keys }];
      }),
    ),
  };
}

/** A copy in which no URL has credentials; inside JSON in a text its slashes may be escaped. */
const withoutUrlCredentials = (account: Account): Account =>
  JSON.parse(JSON.stringify(account), (_, value: unknown) =>
    typeof value === "string"
      ? value.replace(/([a-z][a-z0-9+.-]*:(?:\\*\/){2})[^\s"'<>/?#\\]*@/gi, `$1${MASK}@`)
      : value,
  );

async function receive({ body }: ControlRequest, options: ControlOptions): Promise<ControlAnswer> {
  const answer = await inbound(parseJson(body.toString("utf8"))?.value, options);
  return typeof answer === "string" ? refuse(400, answer) : ok(answer);
}

function plant({ body }: ControlRequest, { restore }: ControlOptions): ControlAnswer {
  const seed = parseJson(body.toString("utf8"))?.value;
  if (!isSeed(seed))
    return refuse(400, "The body must be a state, as GET /_emulator/state?secrets=1 answers it");
  if (isMasked(seed)) {
    return refuse(400, "This state has its tokens masked. Take it from GET /_emulator/state?secrets=1");
  }
  restore(seed);
  return done;
}

function addFaults({ body }: ControlRequest, { faults }: ControlOptions): ControlAnswer {
  const given = parseJson(body.toString("utf8"))?.value;
  const list = Array.isArray(given) ? given : [given];
  for (const fault of list) {
    if (!isFault(fault)) {
      const error = isFault.errors?.[0];
      const where =
        isObject(fault) && error ? `${error.instancePath || "/"} ${error.message}` : "not an object";
      return refuse(400, `This is no fault: ${where}`);
    }
  }
  for (const fault of list) faults.add(fault);
  return done;
}
