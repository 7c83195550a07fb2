import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pulumi } from "./pulumi";

/** The temporary folder of a rehearsal, which only its user can read, and the commands that run in it. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-rehearsal-"));
  readonly pulumi: Pulumi;
  readonly #caretaker: ChildProcess;
  #closing: Promise<void> | undefined;
  readonly #undo: (() => Promise<void>)[] = [];

  constructor() {
    this.#caretaker = spawn(process.execPath, [join(__dirname, "caretaker.js"), this.folder], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.#caretaker.stdin?.on("error", () => {});
    this.#caretaker.on("error", () => {});
    this.#caretaker.unref();
    this.pulumi = new Pulumi((what, pid) =>
      this.#caretaker.stdin?.write(`${what === "started" ? "+" : "-"}${pid}\n`),
    );
  }

  /** What else is to be ended with it. */
  onClose(undo: () => Promise<void>): void {
    this.#undo.push(undo);
  }

  /** Ends all that runs and removes the folder. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.pulumi.stop();
    for (const undo of this.#undo) await undo();
    rmSync(this.folder, { recursive: true, force: true });
    this.#caretaker.stdin?.end();
  }
}
