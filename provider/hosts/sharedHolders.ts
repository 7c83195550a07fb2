import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { tailOf } from "../journal/tail";

/**
 * Who holds what, shared by all provider processes of one engine: an explicit provider is a process of its own, and a
 * resource that moves from one to another must be let go of by the old one. The engine's address tells its run, and a
 * file of that name holds a line for each change: claims and SIDs, no credentials. Where there can be no such file,
 * each process remembers its own.
 */
export class SharedHolders extends Map<string, string> {
  readonly #file: string | undefined;
  #read = 0;

  constructor(engineAddress: string | undefined) {
    super();
    this.#file = engineAddress === undefined ? undefined : fileOf(engineAddress);
  }

  override get(key: string): string | undefined {
    this.#catchUp();
    return super.get(key);
  }

  override has(key: string): boolean {
    this.#catchUp();
    return super.has(key);
  }

  override set(key: string, holder: string): this {
    if (this.get(key) !== holder) this.#tell(key, holder);
    return super.set(key, holder);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#tell(key, null);
    return super.delete(key);
  }

  override [Symbol.iterator](): MapIterator<[string, string]> {
    this.#catchUp();
    return super.entries();
  }

  #tell(key: string, holder: string | null): void {
    if (this.#file === undefined) return;
    appendFileSync(this.#file, `${JSON.stringify([key, holder])}\n`, { mode: 0o600 });
  }

  /** Reads what other processes have written since. Lines are short: each is written at once. */
  #catchUp(): void {
    if (this.#file === undefined || sizeOf(this.#file) === this.#read) return;
    const { lines, end } = tailOf(this.#file, this.#read);
    this.#read = end;
    for (const line of lines) {
      const [key, holder]: unknown[] = JSON.parse(line);
      if (typeof key !== "string") continue;
      if (typeof holder === "string") super.set(key, holder);
      else super.delete(key);
    }
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** In a folder that nobody else can write to; undefined where there is none. What is left of older runs is removed. */
function fileOf(engineAddress: string): string | undefined {
  try {
    const folder = join(tmpdir(), `pulumi-twilio-flex-${userInfo().username}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o077) !== 0)) return undefined;
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > dayMs) rmSync(file, { force: true });
    }
    const run = `${engineAddress} ${enginePid() ?? ""}`;
    return join(folder, createHash("sha256").update(run).digest("hex").slice(0, 32));
  } catch {
    return undefined;
  }
}

const dayMs = 24 * 60 * 60 * 1000;

/** The engine starts a shell that starts this process. Where that cannot be seen, the address has to do. */
function enginePid(): string | undefined {
  try {
    return /\) \S (\d+) /.exec(readFileSync(`/proc/${process.ppid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
