import { type ChildProcess, spawn } from "node:child_process";
import { Refusal } from "../../values/errors";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** How long a command that is told to stop may take. */
const patienceMs = 8_000;

/** Runs the Pulumi CLI, one command after the other, and can stop the one that runs. */
export class Pulumi {
  #running: ChildProcess | undefined;
  #isStopped = false;

  /** `tell` hears of each process, which leads a group of its own: a terminal's ^C does not reach it. */
  constructor(private readonly tell: (what: "started" | "ended", pid: number) => void) {}

  run(
    args: string[],
    { cwd, env, input = "" }: { cwd: string; env: NodeJS.ProcessEnv; input?: string },
  ): Promise<Ran> {
    if (this.#isStopped) return Promise.reject(new Refusal("interrupted"));
    return new Promise((resolve, reject) => {
      const all = [...args, "--non-interactive", "--color=never"];
      const child = spawn("pulumi", all, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
      this.#running = child;
      const ran: Ran = { code: 1, stdout: "", stderr: "" };
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        ran.stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        ran.stderr += text;
      });
      // It may end without having read all.
      child.stdin.on("error", () => {}).end(input);
      child.on("error", () =>
        reject(new Refusal("pulumi is not found on PATH; install it: https://www.pulumi.com/docs/install/")),
      );
      child.on("close", (code) => {
        this.#running = undefined;
        if (child.pid !== undefined) this.tell("ended", child.pid);
        resolve({ ...ran, code: code ?? 1 });
      });
      if (child.pid !== undefined) this.tell("started", child.pid);
    });
  }

  /** Lets the command that runs end in order, so that it ends its plugins too; where that takes long, ends it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const child = this.#running;
    if (child?.pid === undefined) return;
    const { pid } = child;
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    const timer = setTimeout(() => process.kill(-pid, "SIGKILL"), patienceMs);
    await ended;
    clearTimeout(timer);
  }
}

/** The CLI's own reason, of which the first line says enough. */
export const reasonOf = ({ code, stderr, stdout }: Ran): string =>
  /^error: *(\S.*)$/m.exec(`${stderr}\n${stdout}`)?.[1] ?? `pulumi ended with ${code}`;
