import type { AddressInfo } from "node:net";
import { Api } from "./api";
import type { Quirks } from "./call";
import { type Clock, type Random, secureRandom } from "./clock";
import { type Fault, Faults } from "./faults";
import { type Profile, profileQuirks, profileSeed } from "./profiles";
import { type LoggedRequest, RequestLog } from "./request-log";
import { serverOf } from "./server";
import { type Seed, State } from "./state";

export type { Quirks } from "./call";
export type { Clock, Random } from "./clock";
export type { AddressConfiguration, AutoCreation } from "./families/address-configurations";
export type { Address } from "./families/addresses";
export type { Application } from "./families/applications";
export type { ChannelsSender } from "./families/channels-senders";
export type { ChatChannel } from "./families/chat-channels";
export type { ChatRole, ChatService } from "./families/chat-services";
export type { Conversation } from "./families/conversations";
export type { ConversationsConfiguration } from "./families/conversations-configuration";
export type { ConversationsServiceWebhooks } from "./families/conversations-service-configuration";
export type { ConversationsWebhooks } from "./families/conversations-webhooks";
export type { FlexConfiguration } from "./families/flex-configuration";
export type { FlexFlow, Integration } from "./families/flex-flows";
export type { Key } from "./families/keys";
export type {
  MessagingAlphaSender,
  MessagingChannelSender,
  MessagingDestinationAlphaSender,
  MessagingPhoneNumber,
  MessagingShortCode,
} from "./families/messaging-members";
export type { MessagingService } from "./families/messaging-services";
export type { PhoneNumber } from "./families/phone-numbers";
export type { ProxyPhoneNumber } from "./families/proxy-phone-numbers";
export type { ProxyService } from "./families/proxy-services";
export type { ShortCode } from "./families/short-codes";
export type { StudioExecution, StudioStep } from "./families/studio-executions";
export type { StudioFlow, StudioRevision } from "./families/studio-flows";
export type { TaskRouterActivity } from "./families/taskrouter-activities";
export type { TaskRouterTaskChannel } from "./families/taskrouter-task-channels";
export type { TaskRouterTaskQueue } from "./families/taskrouter-task-queues";
export type { TaskRouterTask } from "./families/taskrouter-tasks";
export type { TaskRouterWorkerChannel } from "./families/taskrouter-worker-channels";
export type { TaskRouterWorker } from "./families/taskrouter-workers";
export type { TaskRouterWorkflow } from "./families/taskrouter-workflows";
export type { TaskRouterWorkspace } from "./families/taskrouter-workspaces";
export type { Fault } from "./faults";
export { type Profile, profiles, seeded } from "./profiles";
export type { LoggedRequest } from "./request-log";
export {
  type Account,
  type AccountSeed,
  type Collection,
  defaultAccountSid,
  defaultAuthToken,
  type PlainRecord,
  type Seed,
  type State,
} from "./state";

export interface EmulatorOptions {
  /** TCP port; 0, the default, picks a free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  /** What is there at the start. Default `legacy`. */
  profile?: Profile;
  /** Added to the profile. */
  seed?: Seed;
  /** Faults that are there at the start. `reset` brings them back. */
  faults?: Fault[];
  /** What the control endpoints then want as `Authorization: Bearer`. Without it they are off unless `host` is loopback. */
  controlToken?: string;
  /** False writes one line per request to stdout. Default true. */
  quiet?: boolean;
  /** Time before each answer, in milliseconds. Default 0. */
  latency?: number;
  /** Reported but uncertain behaviour of production. */
  quirks?: Quirks;
  /** How long a WhatsApp or RCS sender takes to be made or changed, in milliseconds of `clock`. Default 0: no longer than the answer. */
  senderDelayMs?: number;
  clock?: Clock;
  random?: Random;
}

/** A running emulator. */
export interface Emulator {
  /** Origin, such as `http://127.0.0.1:4010`. */
  url: string;
  /** What is there. Live: a change is seen by the next request. */
  state: State;
  /** The API requests so far, oldest first, credentials taken out. */
  requests: readonly LoggedRequest[];
  /** Makes the requests that match go wrong. */
  addFault: (fault: Fault) => void;
  clearFaults: () => void;
  /** Back to the start: state, faults and request log. */
  reset: () => void;
  close: () => Promise<void>;
}

/** Starts a local Twilio and answers once it listens. Rejects where it cannot, for instance with `EADDRINUSE`. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = "127.0.0.1", quiet = true, clock = () => new Date(), random = secureRandom } = options;
  const profile = options.profile ?? "legacy";
  const state = new State();
  const log = new RequestLog();
  const faults = new Faults(random);

  const restore = (seed: Seed) => {
    state.accounts = {};
    state.plant(seed);
  };
  const reset = () => {
    restore(profileSeed(profile));
    if (options.seed) state.plant(options.seed);
    log.clear();
    faults.clear();
    for (const fault of options.faults ?? []) faults.add(fault);
  };
  reset();

  const server = serverOf({
    api: new Api({
      state,
      quirks: { ...profileQuirks(profile), ...options.quirks },
      senderDelayMs: options.senderDelayMs ?? 0,
      clock,
      random,
    }),
    control: {
      isLoopback: isLoopback(host),
      token: options.controlToken,
      state,
      requests: log.entries,
      clearRequests: () => log.clear(),
      faults,
      reset,
      restore,
    },
    faults,
    log,
    clock,
    latencyMs: options.latency ?? 0,
    onRequest: (request) => {
      if (!quiet) process.stdout.write(`${lineOf(request)}\n`);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });

  return {
    url: originOf(server.address()),
    state,
    requests: log.entries,
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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
  return `${method} ${host}${path} ${status ?? "dropped"}${operationId ? ` ${operationId}` : ""}${note}`;
}
