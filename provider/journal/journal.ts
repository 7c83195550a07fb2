import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isRehearsal, variable } from "../twilio/settings";
import { mayHoldSecret } from "../values/secrets";
import { type Entry, JournalFile, type Noted, ownFileName, type Taking } from "./file";

/** After so long somebody has looked after what was left. */
const expiryMs = 30 * 24 * 60 * 60 * 1000;

/** How long a create of a process that has lost its engine can still be under way. */
const patienceMs = 75_000;

/** Beside Pulumi's own files. */
const root = (): string =>
  join(variable("PULUMI_HOME") ?? join(homedir(), ".pulumi"), "pulumi-twilio-flex", "creates");

/** Stack and project, from a URN. Undefined where that is none, and in a rehearsal, which leaves nothing behind. */
function folderOf(urn: string): string | undefined {
  if (isRehearsal()) return undefined;
  const [, , stack, project] = /^(urn:pulumi:)([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return stack && project && join(root(), encodeURIComponent(project), encodeURIComponent(stack));
}

/** Of one type: other types of resources may have the same object. */
const isOfSameType = (urn: string, other: string): boolean => typeIn(urn) === typeIn(other);
const typeIn = (urn: string): string | undefined => urn.split("::")[2]?.split("$").at(-1);

/**
 * The creates and updates of a stack whose outcome is not in the state yet, as far as this machine knows. Each process of the provider
 * writes a file of its own, and so needs no lock. An entry is written before the first request; it is struck off once the
 * engine keeps what was made, which the program learns, or the next run by the state. What is then left was cut off.
 */
export class Journal {
  readonly #files = new Map<string, JournalFile>();
  readonly #own = new Map<string, JournalFile>();
  readonly #inState = new Set<string>();
  readonly #compared = new Set<string>();
  #count = 0;

  /** Undefined where no journal can be kept. */
  begin(urn: string, account: string): Begun | undefined {
    return unlessImpossible(() => {
      const file = this.#ownFile(urn);
      if (file === undefined) return undefined;
      this.#count += 1;
      const key = String(this.#count);
      file.begin(key, urn, account);
      return new Begun(this, file, key, urn);
    });
  }

  /** The creates of this resource that other processes have begun and not brought to an end. */
  cutOff(urn: string, account: string): readonly Entry[] {
    const isForced = this.#inState.has(urn) && !this.#compared.has(urn);
    return (
      this.#open(urn)
        .map(({ entry }) => entry)
        .filter((entry) => entry.urn === urn && entry.account === account)
        // A forced replacement, of which the engine does not say what it replaces.
        .filter(({ id }) => id === undefined || !isForced)
    );
  }

  /** Notes what was there before this write, which other runs have to know where this one is cut off. */
  take(urn: string, account: string, { previous, ...taken }: Noted): void {
    unlessImpossible(() => {
      this.#count += 1;
      const known = Object.entries(previous).filter(([, held]) => !mayHoldSecret(held));
      const key = String(this.#count);
      const all = { ...taken, previous: Object.fromEntries(known) };
      this.#ownFile(urn)?.take({ key, urn, account, at: Date.now(), ...all });
    });
  }

  /** What other processes have noted of this resource, and no state has yet. The last one comes last. */
  takings(urn: string, account: string): readonly Taking[] {
    const all = this.#others(urn).flatMap((file) => unlessImpossible(() => file.takings) ?? []);
    const own = all.filter((taking) => taking.urn === urn && taking.account === account && isRecent(taking));
    return own.sort((a, b) => a.at - b.at);
  }

  /** Nothing was written: what this process has noted of this resource is void. */
  takeBack(urn: string): void {
    this.#forOwn(urn, (file, key) => file.strikeOff(key));
  }

  /** What this process has noted of this resource was written. */
  written(urn: string): void {
    this.#forOwn(urn, (file, key) => file.isDone(key));
  }

  /** The state has what was written, and nothing is left of what was written before; or nothing is there any more. */
  strikeOffTakings(urn: string, isOver: (taking: Taking) => boolean = () => true): void {
    unlessImpossible(() => {
      const own = this.#own.get(folderOf(urn) ?? "");
      const files = [...this.#others(urn), ...(own ? [own] : [])];
      const all = files.flatMap((file) => file.takings.map((taking) => ({ file, taking })));
      const noted = all.filter(({ taking }) => taking.urn === urn);
      const over = noted.filter(({ taking }) => isOver(taking));
      const last = Math.max(0, ...over.filter(({ taking }) => taking.isDone).map(({ taking }) => taking.at));
      for (const { file, taking } of noted)
        if (taking.at < last || isOver(taking)) file.strikeOff(taking.key);
    });
  }

  #forOwn(urn: string, work: (file: JournalFile, key: string) => void): void {
    unlessImpossible(() => {
      const own = this.#own.get(folderOf(urn) ?? "");
      if (own) for (const { key } of own.takings.filter((one) => one.urn === urn)) work(own, key);
    });
  }

  /** Whether it is known which create has made this object: it cannot be what one of unknown outcome has made. */
  isAccountedFor(urn: string, id: string): boolean {
    return this.#others(urn).some((file) => unlessImpossible(() => file.made.has(id)));
  }

  /** Resolves once no process that has lost its engine works on this resource any more. */
  async settled(urn: string): Promise<void> {
    const end = Date.now() + patienceMs;
    const isUnderWay = () =>
      this.#open(urn).some(({ file, entry }) => entry.urn === urn && file.isUnderWay(entry));
    while (isUnderWay() && Date.now() < end) await wait(200);
  }

  /** The last state has a resource of this URN, whatever its object is. */
  isInState(urn: string): void {
    this.#inState.add(urn);
  }

  /** The state has this object: its create is over. */
  has(urn: string, id: string): void {
    this.#compared.add(urn);
    this.strikeOff((entry) => entry.id === id && isOfSameType(entry.urn, urn), urn);
  }

  /** What was begun for this resource before is over: what there was of it has been taken. */
  supersede(urn: string): void {
    this.strikeOff((entry) => entry.urn === urn, urn);
  }

  strikeOff(isOver: (entry: Entry) => boolean, urn: string): void {
    const over = this.#open(urn).filter(({ entry }) => isOver(entry));
    unlessImpossible(() => {
      for (const { file, entry } of over) file.strikeOff(entry.key);
    });
  }

  /** The engine of this process is gone. */
  leave(): void {
    unlessImpossible(() => {
      for (const file of this.#own.values()) file.left();
    });
  }

  #ownFile(urn: string): JournalFile | undefined {
    const folder = folderOf(urn);
    if (folder === undefined) return undefined;
    const known = this.#own.get(folder);
    if (known) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    clear(root());
    const file = new JournalFile(join(folder, ownFileName()));
    this.#own.set(folder, file);
    return file;
  }

  #open(urn: string): { file: JournalFile; entry: Entry }[] {
    const all = this.#others(urn).map((file) => ({
      file,
      entries: unlessImpossible(() => recent(file)) ?? [],
    }));
    // What was made is of use as long as there is a create whose outcome is not known.
    const isOpen = ({ file, entries }: (typeof all)[number]) =>
      entries.length > 0 || unlessImpossible(() => file.takings.some(isRecent)) === true;
    if (!all.some(isOpen))
      for (const { file } of all.filter(({ file }) => !file.isAlive))
        unlessImpossible(() => this.#remove(file));
    return all.flatMap(({ file, entries }) => entries.map((entry) => ({ file, entry })));
  }

  /** Of other processes. */
  #others(urn: string): JournalFile[] {
    const folder = folderOf(urn);
    if (folder === undefined) return [];
    const own = this.#own.get(folder)?.path;
    const paths = namesIn(folder).map((name) => join(folder, name));
    return paths.filter((path) => path !== own).map((path) => this.#file(path));
  }

  #file(path: string): JournalFile {
    const file = this.#files.get(path) ?? new JournalFile(path);
    this.#files.set(path, file);
    return file;
  }

  #remove(file: JournalFile): void {
    rmSync(file.path, { force: true });
    this.#files.delete(file.path);
  }
}

const isRecent = ({ at }: Pick<Entry, "at">): boolean => at > Date.now() - expiryMs;

const recent = (file: JournalFile): Entry[] => file.open.filter(isRecent);

/** A create of this process. */
export class Begun {
  constructor(
    private readonly journal: Journal,
    private readonly file: JournalFile,
    private readonly key: string,
    private readonly urn: string,
  ) {}

  /** Resolves once no process that has lost its engine works on the same resource any more. */
  settled(): Promise<void> {
    return this.journal.settled(this.urn);
  }

  /** What earlier runs had begun is over with it. */
  made(id: string): void {
    unlessImpossible(() => this.file.isMade(this.key, id));
    this.journal.supersede(this.urn);
  }

  /** Nothing was made, but something taken over that was there: what earlier runs had begun is over with that, too. */
  adopted(): void {
    this.refused();
    this.journal.supersede(this.urn);
  }

  /** Nobody knows what became of it. */
  ended(): void {
    unlessImpossible(() => this.file.ended(this.key));
  }

  /** Nothing was made. */
  refused(): void {
    unlessImpossible(() => this.file.strikeOff(this.key));
  }
}

/** Without a journal everything else goes on: a disk may be full, or a home not writable. */
function unlessImpossible<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const namesIn = (folder: string): string[] => unlessImpossible(() => readdirSync(folder)) ?? [];

/** Removes what is left of stacks that nobody runs any more. */
function clear(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const path of files.filter((name) => name.endsWith(".jsonl")).map((name) => join(folder, name))) {
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (changed < Date.now() - expiryMs) rmSync(path, { force: true });
  }
}
