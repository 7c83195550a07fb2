import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ShownRoute } from "../provider/routing";
import { type Profile, profileSeed } from "./account/profiles";
import type { Quirks } from "./account/quirks";
import { type Seed, State } from "./account/state";
import { Api } from "./api/api";
import { type Clock, newSid, type Random, secureRandom, seededRandom } from "./api/clock";
import { type LoggedRequest, RequestLog } from "./api/request-log";
import { type Fault, Faults, type ListedFault } from "./http/faults";
import { type LimitOptions, Limits } from "./http/limits";
import { serverOf } from "./http/server";
import { inbound } from "./messages/inbound";
import { routes } from "./messages/routes";
import { WebhookCaller } from "./messages/webhooks";

export type { Collection } from "./account/collections";
export { type Profile, profiles } from "./account/profiles";
export type { Quirks } from "./account/quirks";
export {
  type Account,
  type AccountSeed,
  defaultAccountSid,
  defaultAuthToken,
  type Seed,
  type State,
} from "./account/state";
export type { Clock, Random } from "./api/clock";
export type { LoggedRequest } from "./api/request-log";
export type { Fault, ListedFault } from "./http/faults";
export { type Mirror, type MirrorOptions, mirror } from "./mirror/mirror";
export type { Get, Unread } from "./mirror/source";
export type { Key } from "./products/accounts/records";
export type {
  ChatChannel,
  ChatChannelWebhook,
  ChatInvite,
  ChatMember,
  ChatMessage,
  ChatRole,
  ChatService,
  ChatUser,
} from "./products/chat/records";
export type {
  AddressConfiguration,
  AutoCreation,
  Conversation,
  ConversationsConfiguration,
  ConversationsServiceWebhooks,
  ConversationsWebhooks,
} from "./products/conversations/records";
export type {
  FlexChannel,
  FlexConfiguration,
  FlexFlow,
  FlexWebChannel,
  Integration,
} from "./products/flex/records";
export type {
  ChannelsSender,
  MessagingAlphaSender,
  MessagingChannelSender,
  MessagingDestinationAlphaSender,
  MessagingPhoneNumber,
  MessagingService,
  MessagingShortCode,
} from "./products/messaging/records";
export type { Address, Application, PhoneNumber, ShortCode } from "./products/numbers/records";
export type {
  ProxyInteraction,
  ProxyParticipant,
  ProxyPhoneNumber,
  ProxyService,
  ProxySession,
} from "./products/proxy/records";
export type { StudioExecution, StudioFlow, StudioRevision, StudioStep } from "./products/studio/records";
export type {
  TaskRouterActivity,
  TaskRouterTask,
  TaskRouterTaskChannel,
  TaskRouterTaskQueue,
  TaskRouterWorker,
  TaskRouterWorkerChannel,
  TaskRouterWorkflow,
  TaskRouterWorkspace,
} from "./products/taskrouter/records";

export interface EmulatorOptions extends LimitOptions {
  /** TCP port; 0, the default, picks a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  /** What is there at the start. Default `legacy`. */
  profile?: Profile;
  /** Added to the profile, or in its place where it is complete, as the state is that `GET state?secrets=1` answers. */
  seed?: Seed;
  /** Faults that are there at the start. `reset` brings them back. */
  faults?: Fault[];
  /** Is told of each API request that was carried out or refused, before any other one is. `body`: what it is answered. */
  onCarriedOut?: (request: LoggedRequest, body: object | undefined) => void;
  /** What the control endpoints then want as `Authorization: Bearer`. Without it they are off unless `host` is loopback. */
  controlToken?: string;
  /** False writes one line per request to stdout. Default true. */
  quiet?: boolean;
  /** Time before each answer, in milliseconds. Default 0. */
  latency?: number;
  /** How long a client may take to send a request, in milliseconds, until it is answered 408. Default 60000. */
  requestTimeoutMs?: number;
  /** Whether the port also speaks HTTPS, with a CA of its own, and CONNECT to Twilio's hosts. Default false. */
  tls?: boolean;
  /** Folder in which the CA is kept. Default `$XDG_STATE_HOME/twilio-flex-emulator`. */
  tlsCa?: string;
  /** Reported but uncertain behaviour of production. Wins over that of the profile and the seed. */
  quirks?: Quirks;
  /** Whether to refuse what production refuses only perhaps; the same as the quirk of that name. Default false. */
  strict?: boolean;
  /** How long a WhatsApp or RCS sender takes to be made or changed, in milliseconds of `clock`. Default 0: no longer than the answer. */
  senderDelayMs?: number;
  /** The one `host:port` whose webhooks are called when a test message reaches them. Without it none is. */
  callWebhooks?: string;
  /**
   * Whether the handler of a number also runs where Conversations takes a message. Twilio's pages disagree. Default `both`.
   * That of a WhatsApp or other channel sender does not run beside an enabled address.
   */
  handlerWithAddress?: "both" | "addressOnly";
  /** The time. Default that of the machine. */
  clock?: Clock;
  /** Where SIDs, tokens and the chance of faults come from. Default a secure source. */
  random?: Random;
  /** Instead of `random`: the same SIDs, tokens and chances at each start, and anew after each `reset`. */
  randomSeed?: number;
}

/** A running emulator. */
export interface Emulator {
  /** Origin, such as `http://127.0.0.1:4010`. */
  url: string;
  /** With `tls`: path of the CA certificate that clients are to trust. */
  ca: string | undefined;
  /** What is there. Live: a change is seen by the next request. */
  state: State;
  /** Every address that customers may write to, and what happens to messages there. */
  routes: () => ShownRoute[];
  /** Lets a message arrive, as `POST inbound` does. Rejects where it cannot. */
  receive: (message: { channel: string; from: string; to: string; body?: string }) => Promise<ShownRoute>;
  /** The API requests so far, oldest first, credentials taken out. */
  requests: readonly LoggedRequest[];
  /** Makes the requests that match go wrong. */
  addFault: (fault: Fault) => void;
  clearFaults: () => void;
  /** The faults, with what is left of each. */
  faults: () => ListedFault[];
  /** Back to the start: state, faults, request log and rates, also after another state was given to `POST seed`. */
  reset: () => void;
  close: () => Promise<void>;
}

/** Starts a local Twilio and answers once it listens. Rejects where it cannot, for instance with `EADDRINUSE`. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = "127.0.0.1", quiet = true, clock = () => new Date() } = options;
  const profile = options.profile ?? "legacy";
  const state = new State();
  const log = new RequestLog();
  const chance = chanceOf(options);
  const random = () => chance.next();
  // Of its own, so that what is made has the same SIDs however many requests only read.
  const { randomSeed } = options;
  const requests = chanceOf({ ...options, ...(randomSeed !== undefined && { randomSeed: ~randomSeed }) });
  const faults = new Faults(random);
  const limits = new Limits(options, clock);

  const reset = () => {
    state.plant(profileSeed(profile));
    if (options.seed) state.plant(options.seed);
    Object.assign(state.quirks, options.quirks, options.strict !== undefined && { strict: options.strict });
    chance.rewind();
    requests.rewind();
    limits.refill();
    log.clear();
    faults.clear();
    for (const fault of options.faults ?? []) faults.add(fault);
  };
  reset();

  const messages = {
    webhooks: new WebhookCaller(options.callWebhooks),
    handlerWithAddress: options.handlerWithAddress,
    clock,
    random,
    state,
  };
  const http = serverOf({
    api: new Api({
      state,
      senderDelayMs: options.senderDelayMs ?? 0,
      clock,
      random,
    }),
    control: {
      ...messages,
      isLoopback: isLoopback(host),
      token: options.controlToken,
      requests: log.entries,
      clearRequests: () => log.clear(),
      faults,
      reset,
      restore: (seed) => {
        state.accounts = {};
        state.plant(seed);
      },
    },
    faults,
    limits,
    log,
    clock,
    requestId: () => newSid("RQ", requests.next),
    latencyMs: options.latency ?? 0,
    requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
    onRequest: (request) => {
      if (!quiet) process.stdout.write(`${lineOf(request)}\n`);
    },
    onCarriedOut: options.onCarriedOut ?? (() => {}),
  });
  const secure = options.tls ? portWithTls(http, options.tlsCa) : undefined;
  const server = secure?.port ?? http;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });

  return {
    url: originOf(server.address()),
    ca: secure?.ca,
    state,
    routes: () => routes(state, options),
    receive: async (message) => {
      const answer = await inbound(message, messages);
      if (typeof answer === "string") throw new Error(answer);
      return answer;
    },
    requests: log.entries,
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function chanceOf({ random = secureRandom, randomSeed }: EmulatorOptions) {
  const start = () => (randomSeed === undefined ? random : seededRandom(randomSeed));
  let next = start();
  return {
    next: () => next(),
    rewind: () => {
      next = start();
    },
  };
}

/** Loaded where it is wanted only: the start is quicker without. */
function portWithTls(http: Server, folder: string | undefined) {
  const { securePort }: typeof import("./http/port") = require("./http/port");
  return securePort(http, folder);
}

const isLoopback = (host: string) => /^(127\.\d+\.\d+\.\d+|localhost|::1)$/i.test(host);

function originOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string")
    throw new Error("The emulator does not listen on a TCP port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

function lineOf({ method, host, path, operationId, status, ignored }: LoggedRequest): string {
  const note = ignored.length > 0 ? ` ignored: ${ignored.join(", ")}` : "";
  const line = `${method} ${host}${path} ${status ?? "dropped"}${operationId ? ` ${operationId}` : ""}${note}`;
  // What comes from a client must neither look like another line nor drive a terminal.
  return line.replace(/[^\x20-\x7e]/g, "?");
}

export { seeded } from "./account/seeded";
