/** Runs every class through create, update, read and delete, each with every fault, and looks at the account afterwards. */
import { isDeepStrictEqual } from "node:util";
import { emulator, openSession, Run, resourceNamed, types } from "./built.mjs";
import { classesOn } from "./classes.cjs";
import { faults } from "./faults.mjs";

const { defaultAccountSid, defaultAuthToken, startEmulator } = emulator;
export const classes = classesOn(emulator.seeded);
export const operations = ["create", "update", "read", "delete"];

const verbs = {
  create: ["Create", "Update"],
  update: ["Update"],
  read: ["Fetch"],
  delete: ["Delete", "Update"],
};

/** The request that an operation of a class is about. */
function requestOf({ api }, operation) {
  const all = Object.values(api.operations).flat();
  const names = verbs[operation].flatMap((verb) =>
    all.filter((id) => id.startsWith(verb) && !/Validate$/.test(id)),
  );
  return names[0];
}

/** One stack with one resource, as the engine keeps it. Each run is a process of its own. */
class Stack {
  kept;

  constructor(resource, url) {
    this.resource = resource;
    this.url = url;
  }

  #session() {
    const given = { accountSid: defaultAccountSid, authToken: defaultAuthToken, baseUrl: this.url };
    const source = { name: "the matrix", label: (key) => key, stored: false, get: (key) => given[key] };
    // What takes minutes is not waited for; what lets a connection recover is.
    const pause = (milliseconds) => new Promise((done) => setTimeout(done, Math.min(milliseconds, 300)));
    const run = new Run(new Map(), pause);
    return Object.assign(openSession([source], { warn: () => {}, say: () => {} }), { run });
  }

  async #checked(session, was, args) {
    const { inputs, problems } = await this.resource.life.check(session, was, args);
    if (problems.length > 0) throw new Error(problems.join("; "));
    return inputs;
  }

  async #keep(inputs, made) {
    try {
      this.kept = { inputs, isHalfMade: false, ...(await made) };
    } catch (error) {
      if (error.name !== "HalfMade") throw error;
      this.kept = { inputs, id: error.id, state: error.state, isHalfMade: true };
      throw error;
    }
  }

  async up(given) {
    const { life } = this.resource;
    const session = this.#session();
    const args = { __pulumiName: "made", __at: "dev::test::", ...given };
    const inputs = await this.#checked(session, this.kept?.inputs ?? {}, args);
    if (!this.kept) return this.#keep(inputs, life.create(session, inputs));
    const { id, state, isHalfMade } = this.kept;
    const { changes, replaces } = life.diff(session, id, state, inputs);
    if (replaces.length > 0) {
      const again = await this.#checked(session, {}, args);
      await life.delete(session, id, state);
      return this.#keep(again, life.create(session, again));
    }
    if (changes || isHalfMade) await this.#keep(inputs, life.update(session, id, state, inputs));
  }

  async refresh() {
    const seen = await this.resource.life.read(this.#session(), this.kept.id, this.kept.state);
    this.kept = seen && { ...this.kept, ...seen };
  }

  /** Whether another run would change anything. */
  async isDone(given) {
    const session = this.#session();
    const args = { __pulumiName: "made", __at: "dev::test::", ...given };
    const inputs = await this.#checked(session, this.kept.inputs, args);
    const { id, state, isHalfMade } = this.kept;
    return !isHalfMade && !this.resource.life.diff(session, id, state, inputs).changes;
  }

  async destroy() {
    await this.resource.life.delete(this.#session(), this.kept.id, this.kept.state);
    this.kept = undefined;
  }
}

/** What is in the account, whatever the SIDs are and whenever it was made. */
const pictureOf = ({ state }) =>
  Object.values(state.accounts)
    .filter(({ status }) => status !== "closed")
    .map((account) => JSON.stringify(plain(account)))
    .sort();

const sid = /\b([A-Z]{2})[0-9a-f]{32}\b/g;

function plain(value) {
  if (typeof value === "string") return value.replace(sid, "$1");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !/^date_|^revision$|token/.test(key));
  if (entries.some(([key]) => key.search(sid) === 0))
    return entries.map(([, one]) => JSON.stringify(plain(one))).sort();
  // Of a flow, the last revision is what it is now.
  return Object.fromEntries(
    entries.map(([key, one]) => [key, plain(key === "revisions" ? one.slice(-1) : one)]),
  );
}

/** The first place in which two pictures differ. */
function difference(wanted, found) {
  const [a, b] = [wanted, found].map((picture) => picture.join("\n"));
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 120);
  return `${around(a)} <> ${around(b)}`;
}

const step = { create: "up", update: "up", read: "refresh", delete: "destroy" };

/** Everything up to the operation, the operation itself, and what has to be there afterwards. */
async function run(server, { type, args, later }, operation, fault) {
  const resource = resourceNamed(type);
  server.reset();
  const before = pictureOf(server);
  const stack = new Stack(resource, server.url);
  if (operation !== "create") await stack.up(args);
  const declared = operation === "update" ? { ...args, ...later } : args;
  const request = requestOf(resource, operation);
  let attempts = 1;
  if (fault) {
    const [, sid = ""] = /([A-Z]{2})[0-9a-f]{32}$/.exec(stack.kept?.id ?? "") ?? [];
    const prefix = sid || prefixes[type] || "XX";
    server.addFault({
      match: { operationId: request },
      times: 1,
      effect: fault.effect(prefix, request.startsWith("Delete")),
    });
  }
  const lookups = fault?.lookups && (await afterStrike(server, request, fault.lookups));
  for (; ; attempts += 1) {
    try {
      await stack[step[operation]](declared);
      break;
    } catch (error) {
      if (attempts === 2) throw error;
      await lookups?.end();
    }
  }
  await lookups?.end();
  if (fault && server.faults().some(({ left }) => left === 1))
    return { attempts: 0, picture: pictureOf(server) };
  if (operation !== "delete" && !(await stack.isDone(declared)))
    throw new Error("the next up changes something");
  const picture = pictureOf(server);
  if (operation === "delete" && !isDeepStrictEqual(picture, before))
    throw new Error(`the account is not as before: ${difference(before, picture)}`);
  return { attempts, picture };
}

/** From the moment that the fault has struck, every read fails until `end`. */
async function afterStrike(server, request, effect) {
  const before = server.requests.length;
  let isOver = false;
  const watch = (async () => {
    while (!isOver && !server.requests.slice(before).some(({ operationId }) => operationId === request))
      await new Promise((done) => setTimeout(done, 1));
    if (!isOver) server.addFault({ match: { method: "GET" }, effect });
  })();
  return {
    end: async () => {
      isOver = true;
      await watch;
      server.clearFaults();
    },
  };
}

const prefixes = {
  ChatService: "IS",
  ConversationsAddress: "IG",
  ConversationsService: "IS",
  FlexFlow: "FO",
  MessagingService: "MG",
  MessagingServiceAlphaSender: "AI",
  MessagingServiceChannelSender: "XE",
  MessagingServicePhoneNumber: "PN",
  MessagingServiceShortCode: "SC",
  PhoneNumber: "PN",
  ProxyPhoneNumber: "PN",
  ProxyService: "KS",
  StudioFlow: "FW",
  Subaccount: "AC",
  TaskRouterActivity: "WA",
  TaskRouterTaskChannel: "TC",
  TaskRouterTaskQueue: "WQ",
  TaskRouterWorker: "WK",
  TaskRouterWorkflow: "WW",
  TaskRouterWorkspace: "WS",
  TwimlApplication: "AP",
};

/** Every cell: `{ type, operation, fault, runs }`, with `problem` where the account was not as declared after two runs. */
export async function runMatrix({ workers = 60, only = () => true, say = () => {} } = {}) {
  const cells = faults.flatMap((fault) =>
    classes.flatMap((kind) =>
      operations
        .filter((operation) => operation !== "update" || kind.later !== null)
        .filter((operation) => !fault.lookups || operation === "create")
        .map((operation) => ({ kind, type: kind.type, operation, fault })),
    ),
  );
  const missing = types.filter((type) => !classes.some((kind) => kind.type === type));
  if (missing.length > 0) throw new Error(`the matrix lacks ${missing.join(", ")}`);
  const chosen = cells.filter(only);
  const clean = new Map();
  const done = [];
  const waiting = [...chosen];
  const servers = await Promise.all(
    Array.from({ length: Math.min(workers, chosen.length) }, () => startEmulator({ quiet: true })),
  );
  const [first] = servers;
  for (const kind of classes)
    for (const operation of operations.filter((one) => one !== "update" || kind.later !== null))
      if (chosen.some((cell) => cell.kind === kind && cell.operation === operation))
        clean.set(
          `${kind.type} ${operation}`,
          (
            await run(first, kind, operation).catch((error) => {
              throw new Error(`${kind.type} ${operation} without a fault: ${error.message}`);
            })
          ).picture,
        );
  const work = async (server) => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const { kind, type, operation, fault } = cell;
      const result = { type, operation, fault: fault.name };
      try {
        const { attempts, picture } = await run(server, kind, operation, fault);
        result.runs = attempts;
        if (!isDeepStrictEqual(picture, clean.get(`${type} ${operation}`)))
          result.problem = `the account is not as declared: ${difference(clean.get(`${type} ${operation}`), picture)}`;
      } catch (error) {
        result.problem = error.stack ?? String(error);
      }
      done.push(result);
      if (done.length % 500 === 0) say(`${done.length} of ${chosen.length}`);
    }
  };
  await Promise.all(servers.map(work));
  await Promise.all(servers.map((server) => server.close()));
  return done;
}
