import { appendFileSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { isRecord, toValues, type Values } from "../values/values";
import { tailOf } from "./tail";

/** A create, from before its first request on. */
export interface Entry {
  readonly key: string;
  readonly urn: string;
  readonly account: string;
  /** When it began, in milliseconds by this machine's clock. */
  readonly at: number;
  /** What was made. */
  readonly id?: string;
  /** Whether its process no longer works on it. */
  readonly isEnded: boolean;
}

/** What is noted before a write. */
export interface Noted {
  readonly id: string;
  /** What tells, facet by facet or parameter by parameter, whether they are still as the write left them. */
  readonly set: Values;
  /** What they held before this stack took them. Without what may hold a credential. */
  readonly previous: Values;
  /** What the state of an object has once it has this write. */
  readonly token?: string;
}

/** What was written of something that was there before, from before the request on. */
export interface Taking extends Noted, Pick<Entry, "key" | "urn" | "account" | "at"> {
  /** Whether the write was answered. */
  readonly isDone?: boolean;
}

/**
 * The journal of one provider process: a line for each step of each create, and for each update. Only this process
 * adds them; others strike off what they know to be over. Lines are short, and each is written at once.
 */
export class JournalFile {
  readonly #entries = new Map<string, Entry>();
  readonly #takings = new Map<string, Taking>();
  readonly #made = new Map<string, string>();
  #read = 0;
  #isLeft = false;

  constructor(readonly path: string) {}

  /** The creates that are not struck off. */
  get open(): Entry[] {
    this.#catchUp();
    return [...this.#entries.values()];
  }

  /** The updates that are not struck off. */
  get takings(): Taking[] {
    this.#catchUp();
    return [...this.#takings.values()];
  }

  /** For which resource each object was made, also of creates that are struck off: by SID, the URN. */
  get made(): ReadonlyMap<string, string> {
    this.#catchUp();
    return this.#made;
  }

  /** Whether its process runs, and the engine of that too. */
  get isAlive(): boolean {
    this.#catchUp();
    return !this.#isLeft && isRunning(basename(this.path));
  }

  /** Whether its process may still be at work on one of its creates. */
  isUnderWay({ key }: Entry): boolean {
    return this.open.some((entry) => entry.key === key && !entry.isEnded) && isRunning(basename(this.path));
  }

  begin(key: string, urn: string, account: string): void {
    this.#append({ entry: key, urn, account, at: Date.now() });
  }

  take({ key, urn, account, at, ...taken }: Omit<Taking, "isDone">): void {
    this.#append({ entry: key, urn, account, at, taken });
  }

  isDone(key: string): void {
    this.#append({ entry: key, done: true });
  }

  isMade(key: string, id: string): void {
    this.#append({ entry: key, id });
  }

  ended(key: string): void {
    this.#append({ entry: key, ended: true });
  }

  strikeOff(key: string): void {
    this.#append({ entry: key, over: true });
  }

  /** The engine of this process is gone. */
  left(): void {
    this.#append({ left: true });
  }

  #append(line: object): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  #catchUp(): void {
    if ((statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) === this.#read) return;
    const { lines, end } = tailOf(this.path, this.#read);
    this.#read = end;
    for (const line of lines) this.#note(parsed(line));
  }

  #note({ entry: key, urn, account, at, taken, id, ended, done, over, left }: Record<string, unknown>): void {
    if (left === true) this.#isLeft = true;
    if (typeof key !== "string") return;
    const entry = this.#entries.get(key);
    const taking = this.#takings.get(key);
    if (typeof urn === "string" && typeof account === "string" && typeof at === "number") {
      if (isRecord(taken)) this.#takings.set(key, { key, urn, account, at, ...takenIn(taken) });
      else this.#entries.set(key, { key, urn, account, at, isEnded: false });
    } else if (over === true) {
      this.#entries.delete(key);
      this.#takings.delete(key);
    } else if (taking && done === true) this.#takings.set(key, { ...taking, isDone: true });
    else if (entry && typeof id === "string") {
      this.#entries.set(key, { ...entry, id, isEnded: true });
      this.#made.set(id, entry.urn);
    } else if (entry && ended === true) this.#entries.set(key, { ...entry, isEnded: true });
  }
}

const takenIn = ({ id, set, previous, token }: Record<string, unknown>): Noted => ({
  id: String(id),
  set: isRecord(set) ? toValues(set) : {},
  previous: isRecord(previous) ? toValues(previous) : {},
  ...(typeof token === "string" && { token }),
});

/** A line that a crash of the machine has cut says nothing. */
function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** The name of this process's file: its number, and when it was started, since numbers come again. */
export const ownFileName = (): string => `${process.pid}-${startOf(process.pid) ?? 0}.jsonl`;

function isRunning(name: string): boolean {
  const [, pid, start] = /^(\d+)-(\d+)\.jsonl$/.exec(name) ?? [];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
  } catch {
    return false;
  }
  return start === "0" || startOf(Number(pid)) === start;
}

/** In ticks since the machine was started. Undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  try {
    return /\) (?:\S+ ){19}(\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
