import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Emulator, type Fault, startEmulator } from "../../emulator/index";
import { TwilioProvider } from "../../provider/index";
import { isRecord } from "../../provider/values/values";
import type { ProviderHost } from "../hosts/host";
import { openEngine } from "../stacks/engine";
import { emulatorCredentials } from "../stacks/onStack";
import type { Config, TestStack } from "../stacks/outcome";
import { openStandIn } from "../stacks/standIn";
import { startHostHere } from "./host";
import { componentsOf, declareIn, type Slot, slots } from "./slots";

/** What is declared in a place of the program. */
export interface Declared {
  /** Which of `more` are declared beside the arguments. */
  more: boolean[];
  /** How often it was given another name. */
  name: number;
  /** The component that it is in, 0 where in none. */
  component: number;
  /** Whether it belongs to an explicit provider of the same account. */
  isExplicit: boolean;
  /** Its former places. */
  aliases: { name: number; component: number }[];
  /** The SID of what somebody has made, which is adopted. */
  adopt?: string;
}

export type Program = Map<Slot, Declared>;

export const nameIn = (slot: Slot, name: number): string => `model-${slots.indexOf(slot)}-${name}`;

export const argsOf = (slot: Slot, more: boolean[]): object =>
  Object.assign({}, slot.args, ...slot.more.filter((_, index) => more[index]));

const asWritten =
  (program: Program): PulumiFn =>
  async () => {
    const parts = componentsOf();
    const isWithProvider = [...program.values()].some(({ isExplicit }) => isExplicit);
    const provider = isWithProvider ? new TwilioProvider("explicit") : undefined;
    for (const [slot, { more, name, component, isExplicit, aliases, adopt }] of program) {
      const args = { ...argsOf(slot, more), ...(adopt !== undefined && { adopt }) };
      const at = (place: { name: number; component: number }) => ({
        ...place,
        name: nameIn(slot, place.name),
      });
      declareIn(
        slot.type,
        at({ name, component }),
        args,
        aliases.map(at),
        parts,
        isExplicit ? provider : undefined,
      );
    }
  };

/** An account, a stack on it, and the stack of somebody else who has made a thing or two before. */
class Place {
  private constructor(
    readonly emulator: Emulator,
    /** Lets the account's time go on: what is made by two runs is not of one second. */
    private readonly later: () => void,
    private readonly open: () => Promise<TestStack>,
    private stack: TestStack,
    private other: TestStack,
  ) {}

  static async start(openStack: (config: Config) => Promise<TestStack>): Promise<Place> {
    let skippedMs = 0;
    const clock = () => new Date(Date.now() + skippedMs);
    const emulator = await startEmulator({ strict: true, randomSeed: 1, clock });
    const later = () => {
      skippedMs += 1000;
    };
    const open = () => openStack({ ...emulatorCredentials, baseUrl: emulator.url });
    return new Place(emulator, later, open, await open(), await open());
  }

  /** Back to the start, with what somebody else has made there. Resolves to the SIDs of that. */
  async begin(theirs: ReadonlyMap<Slot, boolean[]>): Promise<Map<Slot, string>> {
    await this.close();
    this.stack = await this.open();
    this.other = await this.open();
    this.emulator.reset();
    if (theirs.size === 0) return new Map();
    const declared = [...theirs].map(([slot, more]): [Slot, Declared] => [
      slot,
      { more, name: 0, component: 0, isExplicit: false, aliases: [] },
    ]);
    const { failed, output } = await this.other.up(asWritten(new Map(declared)));
    if (failed) throw new Error(`somebody else: ${output}`);
    const { resources } = await this.other.stored();
    return new Map(
      declared.map(([slot, { name }]) => {
        const made = resources.find(({ urn }) => urn.endsWith(`::${nameIn(slot, name)}`));
        return [slot, String(made?.id).replace(/^.*\//, "")];
      }),
    );
  }

  /** `forced` are the names of what is replaced by force. */
  async up(program: Program, forced: string[] = []) {
    this.later();
    const before = this.emulator.requests.length;
    const outcome = await this.stack.up(asWritten(program), forced);
    const requests = this.emulator.requests.slice(before);
    return { ...outcome, requests: requests.map(({ operationId }) => operationId ?? "none") };
  }

  /** Marks what the state has for replacement by force. */
  async taint(name: string): Promise<void> {
    const { resources } = await this.stack.stored();
    if (resources.some(({ urn }) => urn.endsWith(`::${name}`))) await this.stack.taint(name);
  }

  refresh = () => this.stack.refresh();
  destroy = () => this.stack.destroy();
  stored = () => this.stack.stored();

  async close(): Promise<void> {
    await this.stack.close();
    await this.other.close();
  }
}

export class World {
  private constructor(
    private readonly host: ProviderHost,
    readonly ours: Place,
    /** Where a program is seen as if it were the first. */
    private readonly fresh: Place,
  ) {}

  static async start({ isOnEngine = false } = {}): Promise<World> {
    const [host, explicit] = [startHostHere(), startHostHere()];
    const standIn = async (config: Config) => openStandIn(config, host, [], explicit);
    return new World(host, await Place.start(isOnEngine ? openEngine : standIn), await Place.start(standIn));
  }

  async stop(): Promise<void> {
    for (const place of [this.ours, this.fresh]) {
      await place.close();
      await place.emulator.close();
    }
    this.host.stop();
  }

  /** What the account holds where this program is the first. */
  async asDeclared(theirs: ReadonlyMap<Slot, boolean[]>, program: Program): Promise<Seen> {
    const sids = await this.fresh.begin(theirs);
    const declared = [...program].map(([slot, one]): [Slot, Declared] => [
      slot,
      { ...one, isExplicit: false, aliases: [], ...(one.adopt !== undefined && { adopt: sids.get(slot) }) },
    ]);
    const { failed, output } = await this.fresh.up(new Map(declared));
    if (failed) throw new Error(`as the first program: ${output}`);
    return seen(this.fresh.emulator);
  }

  /** Somebody undoes what a resource has done, behind the stack's back. */
  async undo(slot: Slot, { name }: Declared): Promise<boolean> {
    const { resources } = await this.ours.stored();
    const made = resources.find(({ urn }) => urn.endsWith(`::${nameIn(slot, name)}`));
    if (made?.id === undefined || made.id === "") return false;
    await this.host.configure({ ...emulatorCredentials, baseUrl: this.ours.emulator.url });
    await this.host.delete(slot.type, made.id, made.outputs);
    await this.host.renew();
    return true;
  }
}

/** What happens to a write, and from then on to all that reads. */
interface Mishap extends Pick<Fault, "times" | "effect"> {
  afterwards?: Fault["effect"];
}

export const mishaps = {
  refused: { times: 1, effect: { status: 403, code: 20003 } },
  // As often as it is tried again.
  failing: { effect: { status: 500 } },
  lost: { times: 1, effect: { drop: "after" } },
  spoilt: { times: 1, effect: { spoil: { status: 200, body: "<html>" } } },
  dropped: { effect: { drop: "after" } },
  away: { effect: { drop: "after" }, afterwards: { status: 503 } },
} satisfies Record<string, Mishap>;
export type Kind = keyof typeof mishaps;

/** Runs something during which a write goes wrong. Resolves to what it did, and whether the write was asked for. */
export async function duringMishap<Result>(
  emulator: Emulator,
  operationId: string,
  kind: Kind,
  run: () => Promise<Result>,
): Promise<{ result: Result; isStruck: boolean }> {
  const { afterwards, ...fault }: Mishap = mishaps[kind];
  const before = emulator.requests.length;
  const isAsked = () =>
    emulator.requests.slice(before).some((request) => request.operationId === operationId);
  let isOver = false;
  const watch = async () => {
    while (!isOver && !isAsked()) await new Promise(setImmediate);
    if (!isOver) emulator.addFault({ match: { method: "GET" }, effect: afterwards ?? {} });
  };
  emulator.addFault({ match: { operationId }, ...fault });
  const watched = afterwards && watch();
  try {
    return { result: await run(), isStruck: isAsked() };
  } finally {
    isOver = true;
    await watched;
    emulator.clearFaults();
  }
}

/**
 * What is in the account, but for dates, tokens and what stays for ever: closed accounts, and of a flow's revisions all but what
 * the last one makes of it. Its commit message speaks of the write, not of the flow.
 */
export function pictureOf({ state }: Emulator): unknown {
  const open = Object.entries(state.accounts).filter(([, { status }]) => status !== "closed");
  return JSON.parse(
    JSON.stringify(Object.fromEntries(open), (key, value) => {
      if (/^date_|_at$|^revision$|^commit_message$|auth_token/.test(key)) return undefined;
      // What was emptied and what was never there say the same.
      if (value === "") return null;
      return key === "revisions" ? value.slice(-1) : value;
    }),
  );
}

const sid = /\b([A-Z]{2})[0-9a-f]{32}\b/g;

/** The same account made twice has other SIDs, bought numbers and names. */
function withoutSids(value: unknown): unknown {
  if (typeof value === "string")
    return value
      .replace(sid, "$1")
      .replace(/(model-\d+)-\d+/g, "$1")
      .replace(/\+1415\d{7}|\(415\) \d{3}-\d{4}/g, "bought");
  if (Array.isArray(value)) return value.map(withoutSids);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  if (entries.some(([key]) => key.search(sid) === 0))
    return entries.map(([, one]) => JSON.stringify(withoutSids(one))).sort();
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutSids(one)]));
}

/** One line for each value, so that a difference is a line. */
export function linesOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path} = ${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path} is empty`];
  return entries.flatMap(([key, one]) => linesOf(one, `${path}/${key}`)).sort();
}

/** The account whatever the SIDs are: object by object, and value by value to show where two differ. */
export interface Seen {
  objects: string;
  values: string[];
}

export function seen(emulator: Emulator): Seen {
  const picture = pictureOf(emulator);
  const values = linesOf(picture).map((line) => String(withoutSids(line)));
  return { objects: JSON.stringify(withoutSids(picture)), values };
}
