import type { Begun, Journal } from "../journal/journal";
import { isDoubtful } from "../life/doubts";
import type { Checked, Difference, Kept, Life, Session } from "../life/life";
import { Operation } from "../twilio/operation";
import { ApiError, HalfMade, isLost, messageOf, Refusal } from "../values/errors";
import { tokenOf } from "../values/token";
import { isRecord, toValues, type Values } from "../values/values";

/** The one setting that the host hands over: a reader of the provider's configuration. */
export interface HostConfig {
  get(key: string): string | undefined;
}

/**
 * All keys of the configuration, which the host's reader does not tell. None where another version of the host keeps them
 * elsewhere.
 */
export function keysOf(config: HostConfig): string[] {
  const raw: unknown = Reflect.get(config, "rawConfig");
  return isRecord(raw) ? Object.keys(raw) : [];
}

/** Tells a person something of a resource while an operation runs. */
interface Log {
  warn(text: string, urn: string): void;
  say(text: string, urn: string): void;
  /** When everything that was said has arrived. */
  flush(): Promise<void>;
}

/** What a process of the provider has of its own. */
export interface Process {
  /** Rejects where nothing may be sent any more. */
  readonly proceed?: () => Promise<void>;
  readonly journal?: Journal;
}

/** Opens a session lazily, at the first call that needs one. */
export type OpenSession = (config: HostConfig, print: Pick<Session, "warn" | "say">) => Session;

/**
 * Puts a life cycle behind the interface that Pulumi's dynamic provider host calls. All of the host's peculiarities
 * are dealt with here and nowhere else:
 * - it calls methods while an asynchronous `configure` still runs, so `configure` only remembers;
 * - it fails on `undefined`, dates and functions in results, so results are cleaned;
 * - it takes any error with an `id` for a half-made object and any numeric `code` for a gRPC status, so errors are
 *   made anew, without stack;
 * - it never answers when something other than an Error is thrown;
 * - it puts `__provider` beside the results, but not beside those of a half-made object;
 * - it needs `{ id: "" }` for an object that is gone;
 * - it prints a stack of whatever fails before the first method is called, so the life is looked up by the methods;
 * - it tells no method the URN, so the program puts into the inputs what it begins with: see `__at`.
 */
export function dynamicProvider(
  type: string,
  find: () => Life,
  open: OpenSession,
  log: Log,
  { proceed, journal }: Process = {},
) {
  let config: HostConfig = { get: () => undefined };
  let opened: Session | undefined;
  /** The session, its messages on the resource of these inputs or this state. */
  const session = (of: Values): Session => {
    opened ??= open(config, { warn: (text) => log.warn(text, ""), say: (text) => log.say(text, "") });
    const account = opened;
    const urn = urnOf(type, of);
    const print: Pick<Session, "warn" | "say"> = {
      warn: (text) => log.warn(account.redact(text), urn),
      say: (text) => log.say(account.redact(text), urn),
    };
    const cutOff = () => cutOffIn(journal, urn, account.account);
    const notes: Session["notes"] = {
      take: (id, taken) => journal?.take(urn, account.account, { id, ...taken }),
      taken: (id) => (journal?.takings(urn, account.account) ?? []).filter((taking) => taking.id === id),
    };
    return Object.assign(Object.create(opened, { cutOff: { get: cutOff } }), { notes, ...print });
  };
  /** What the state has is no longer under way. */
  const known = (id: string, state: Values): void => {
    journal?.has(urnOf(type, state), id);
    journal?.strikeOffTakings(urnOf(type, state), (taking) => find().isKept(state, taking));
  };
  /** Writes into the journal what became of what was noted before a write, as far as that is known. */
  const writing = async (of: Values, write: () => Promise<Kept>): Promise<Kept> => {
    try {
      const kept = await write();
      journal?.written(urnOf(type, of));
      return kept;
    } catch (error) {
      if (wasRefused(error)) journal?.takeBack(urnOf(type, of));
      throw error;
    }
  };
  /** Runs an operation on the resource of these inputs or this state. */
  const answered = <Result>(of: unknown, run: () => Promise<Result>, inputs?: unknown): Promise<Result> => {
    const operation = new Operation({ say: (text) => session(values(of)).say(text), proceed });
    return answer(() => operation.run(run), inputs).finally(() => log.flush());
  };

  /** Settings that do not hold are a failed check, which is printed once, where a throw is printed twice. */
  const checked = async (olds: Values, news: Values): Promise<Checked> => {
    try {
      if (news.__isThere === true || news.__isInState === true) journal?.isInState(urnOf(type, news));
      return await find().check(session(news), olds, news);
    } catch (error) {
      return { inputs: news, problems: [messageOf(error)] };
    }
  };

  return {
    configure(request: { config: HostConfig }): Promise<void> {
      config = request.config;
      return Promise.resolve();
    },

    check: (olds: unknown, news: unknown) =>
      answered(news, async () => {
        const { inputs, problems } = await checked(values(olds), values(news));
        // Without a property: the engine would print its value, secrets too.
        return { inputs, failures: problems.map((reason) => ({ property: "", reason })) };
      }),

    diff: (id: string, olds: unknown, news: unknown) =>
      answered(news, async () => {
        known(id, values(olds));
        const {
          changes,
          replaces,
          isDoubtful: isInDoubt,
          isOpen = false,
        } = difference(find, session(values(news)), id, values(olds), values(news));
        // An update cannot change an id: what is found is taken by a create.
        if (isInDoubt) return { changes, replaces, deleteBeforeReplace: true };
        // `undefined` makes the engine compare inputs itself, which gives a diff property by property.
        return { changes: changes && !isOpen ? undefined : changes, replaces };
      }),

    create: (inputs: unknown) =>
      answered(
        inputs,
        async () => {
          const own = session(values(inputs));
          const begun = journal?.begin(urnOf(type, values(inputs)), own.account);
          const { id, state } = await writing(values(inputs), () =>
            noted(begun, () => find().create(own, values(inputs))),
          );
          return { id, outs: withId(id, state) };
        },
        inputs,
      ),

    read: (id: string, state: unknown) =>
      answered(state, async () => {
        known(id, values(state));
        const seen = await find().read(session(values(state)), id, values(state));
        if (seen) return { id: seen.id, props: withId(seen.id, seen.state), inputs: seen.inputs };
        if (isRefresh(values(state))) return { id: "", props: {} };
        throw new Refusal(`${id} is not in account ${session(values(state)).account}`);
      }),

    update: (id: string, olds: unknown, news: unknown) =>
      answered(
        news,
        async () => {
          known(id, values(olds));
          const { state } = await writing(values(news), () =>
            find().update(session(values(news)), id, values(olds), values(news)),
          );
          return { outs: withId(id, state) };
        },
        news,
      ),

    delete: (id: string, state: unknown) =>
      answered(state, async () => {
        known(id, values(state));
        await find().delete(session(values(state)), id, values(state));
        journal?.strikeOffTakings(urnOf(type, values(state)));
      }),
  };
}

function cutOffIn(journal: Journal | undefined, urn: string, account: string): Session["cutOff"] {
  const creates = journal?.cutOff(urn, account) ?? [];
  if (journal === undefined || creates.length === 0) return undefined;
  return { creates, isAccountedFor: (id) => journal.isAccountedFor(urn, id) };
}

/** Makes an object, and writes into the journal what became of it, as far as that is known. */
async function noted(begun: Begun | undefined, create: () => Promise<Kept>): Promise<Kept> {
  if (begun === undefined) return create();
  await begun.settled();
  try {
    const kept = await create();
    settle(begun, kept);
    return kept;
  } catch (error) {
    // What is in doubt has no id of its own yet; the state says so, and the next run looks.
    if (error instanceof HalfMade && !isDoubtful(toValues(error.state)))
      settle(begun, { id: error.id, state: toValues(error.state) });
    else if (wasRefused(error)) begun.refused();
    else begun.ended();
    throw error;
  }
}

/** The next run must not take for made, and so delete, what was there before. */
function settle(begun: Begun, { id, state }: Kept): void {
  if (state.adopted === true) begun.adopted();
  else begun.made(id);
}

/** Whether it is known that nothing was done. */
const wasRefused = (error: unknown): boolean =>
  (error instanceof ApiError || error instanceof Refusal) &&
  !isLost(error) &&
  !Operation.current().isUncertain;

/** The engine shows programs the outputs of the last state, but no ids. */
const withId = (id: string, state: Values): Values => ({ ...state, __id: id });

/** A diff that throws would fail the refresh of the whole stack. What cannot be compared counts as changed. */
function difference(
  find: () => Life,
  session: Session,
  id: string,
  state: Values,
  inputs: Values,
): Difference {
  try {
    return find().diff(session, id, state, inputs);
  } catch {
    return { changes: true, replaces: [] };
  }
}

/** `check` puts the account beside the arguments; `get` brings nothing but arguments, unchecked. */
const isRefresh = (state: Values): boolean => state.accountSid !== undefined;

/** Empty, which is the stack, where the program has not said what it begins with. */
const urnOf = (type: string, { __at, __pulumiName }: Values): string =>
  typeof __at === "string" ? `urn:pulumi:${__at}${tokenOf(type)}::${__pulumiName}` : "";

const values = (record: unknown): Values => {
  const { __provider, ...rest } = isRecord(record) ? record : {};
  return toValues(rest);
};

async function answer<Result>(run: () => Promise<Result>, inputs?: unknown): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw plain(error, inputs);
  }
}

function plain(error: unknown, inputs: unknown): Error {
  const message = messageOf(error).replace(/\s*\n\s*/g, " ");
  // The host prints `${error}: ${error.stack}` and then the engine prints the message.
  const clean = Object.assign(new Error(message), { stack: message, toString: () => "pulumi-twilio-flex" });
  if (!(error instanceof HalfMade) || !isRecord(inputs)) return clean;
  const properties = toValues({ ...withId(error.id, toValues(error.state)), __provider: inputs.__provider });
  return Object.assign(clean, { id: error.id, properties, reasons: [message] });
}
