import type { PulumiFn } from "@pulumi/pulumi/automation";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../emulator/index";
import { type ProviderHost, startHost } from "../hosts/host";
import { openEngine } from "./engine";
import type { Config, Outcome, TestStack } from "./outcome";
import { openStandIn, type Resource } from "./standIn";

/** Set by `jest.engine.config.js`, with which `npm run test:all` runs the stack tests once more. */
declare const everyStackOnEngine: boolean;

/** Whether stack tests run on the real engine. */
export const isOnEngine = typeof everyStackOnEngine !== "undefined" && everyStackOnEngine;

export const emulatorCredentials = { accountSid: defaultAccountSid, authToken: defaultAuthToken };

export interface StackOptions {
  emulator?: EmulatorOptions;
  /** Settings of the stack besides those that lead to the emulator. With an account of its own, they replace the emulator's. */
  config?: Config;
  /** Whether the stack is told of no account. */
  isWithoutAccount?: boolean;
  /** Whether the tests show what only the real engine can, and so always run on it. */
  needsEngine?: boolean;
  /** How many times faster the provider's pauses pass on the stand-in, where tests lose hundreds of answers. */
  hurry?: number;
  /** What the stack holds at the start, on the stand-in. */
  resources?: Resource[];
  /** Whether each test has an emulator and a stack of its own, instead of each file or `describe`. */
  eachTest?: boolean;
}

/**
 * The lists that checks of new and of changed resources have looked at: whole ones, each the first of its kind. Where nothing
 * is written, or a second list of a kind is asked for, that is no look.
 */
function looksAmong(requests: Emulator["requests"], { steps }: Outcome): Emulator["requests"] {
  if (!/create|replace|update/.test(Object.values(steps).join())) return [];
  const lists = requests.filter(
    ({ operationId, params }) =>
      operationId?.startsWith("List") &&
      /^(Channel )?PageSize$|^Channel$/.test(Object.keys(params).join(" ")),
  );
  return lists.filter(
    (list) => lists.find(({ host, path }) => host === list.host && path === list.path) === list,
  );
}

/** What an operation did, and the requests it took, such as `CreateFlow Definition FriendlyName Status`; `asked` has their values. */
export interface Watched extends Outcome {
  requests: string[];
  asked: Record<string, Emulator["requests"][number]["params"]>[];
  /** The lists that checks of new and of changed resources have looked at besides. */
  looks: string[];
}

/**
 * Starts an emulator and opens a stack for the tests of a file or a `describe`, and closes them afterwards. Fails where a request
 * had a parameter that the emulator does not know: production ignores those.
 */
export function onStack(options: StackOptions = {}) {
  const { isWithoutAccount, eachTest, hurry } = options;
  const onEngine = options.needsEngine || isOnEngine;
  let config = options.config ?? {};
  let host: ProviderHost | undefined;
  let emulator: Emulator | undefined;
  let stack: TestStack | undefined;
  let others: TestStack[] = [];

  const running = (): Emulator => {
    if (!emulator) throw new Error("the emulator is not running");
    return emulator;
  };
  const openStack = async (settings: Config, resources?: Resource[]): Promise<TestStack> => {
    if (onEngine) return openEngine(settings);
    host ??= await startHost(hurry ? { HURRY: String(hurry) } : {});
    return openStandIn(settings, host, resources);
  };
  const opened = async (): Promise<TestStack> => {
    const account = isWithoutAccount || "accountSid" in config ? {} : emulatorCredentials;
    stack ??= await openStack({ baseUrl: running().url, ...account, ...config }, options.resources);
    return stack;
  };

  const start = async (other = options.emulator) => {
    emulator = await startEmulator({ strict: true, ...other });
  };
  const end = async () => {
    for (const open of [...others, ...(stack ? [stack] : [])]) await open.close();
    stack = undefined;
    others = [];
    const { requests } = running();
    await running().close();
    expect(requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  };
  if (eachTest) {
    beforeEach(() => start());
    afterEach(end);
  } else {
    beforeAll(() => start());
    afterAll(end);
  }
  afterAll(() => host?.stop());

  return {
    ...operationsOn(opened, running),
    get emulator() {
      return running();
    },
    /** Where the stack keeps its configuration and state. */
    get workDir() {
      if (!stack) throw new Error("the stack is not open");
      return stack.workDir;
    },
    account: (sid?: string) => running().state.account(sid),
    /** For the tests of one `describe`: an account as it is at the start, and a stack without resources. */
    afresh: (other: Pick<StackOptions, "emulator" | "config"> = {}) => {
      beforeAll(async () => {
        await end();
        config = other.config ?? options.config ?? {};
        await start(other.emulator);
      });
    },
    /** Opens one more stack, with these settings and no others. */
    another: async (settings: Config) => {
      const next = await openStack(settings);
      others.push(next);
      return { ...operationsOn(async () => next, running), workDir: next.workDir };
    },
  };
}

function operationsOn(stack: () => Promise<TestStack>, running: () => Emulator) {
  const watched = async (operation: (stack: TestStack) => Promise<Outcome>): Promise<Watched> => {
    const before = running().requests.length;
    const outcome = await operation(await stack());
    const all = running().requests.slice(before);
    const looks = looksAmong(all, outcome);
    const made = all.filter((request) => !looks.includes(request));
    const requests = made.map(({ operationId, params }) =>
      [operationId, ...Object.keys(params).sort()].join(" "),
    );
    const asked = made.map(({ operationId, params }) => ({ [operationId ?? "none"]: params }));
    return { ...outcome, requests, asked, looks: looks.map(({ operationId }) => operationId ?? "none") };
  };
  const tryUp = (program: PulumiFn, replace?: string[]) => watched((open) => open.up(program, replace));

  return {
    /** An `up` that has to work. */
    up: async (program: PulumiFn, replace?: string[]): Promise<Watched> => {
      const done = await tryUp(program, replace);
      if (done.failed) throw new Error(done.output);
      return done;
    },
    /** An `up` that may fail. */
    tryUp,
    preview: (program: PulumiFn) => watched((open) => open.preview(program)),
    refresh: () => watched((open) => open.refresh()),
    destroy: () => watched((open) => open.destroy()),
    /** Changes settings of the stack. */
    configure: async (values: Config) => (await stack()).configure(values),
    /** The state as it is stored, secrets decrypted. */
    stored: async () => (await stack()).stored(),
    taint: async (name: string) => (await stack()).taint(name),
    untaint: async (name: string) => (await stack()).untaint(name),
  };
}
