import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CommandFailed } from "../run.mjs";
import { colored } from "./terminal.mjs";

const patienceMs = 15_000;

/**
 * A Pulumi project in a folder of its own, with its own home, state and stack `demo`: nothing is written beside the
 * program, and nothing of the user's Pulumi is touched.
 */
export class Project {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #running;
  #stopped = false;

  /**
   * @param {string} folder is made, and removed by `remove`
   * @param {object} options
   * @param {string} options.name the project's
   * @param {string} options.main the program's folder or file
   * @param {string} options.engine the folder that holds `pulumi`
   * @param {NodeJS.ProcessEnv} options.env what the program's provider is to find in the environment
   */
  constructor(folder, { name, main, engine, env }) {
    this.folder = folder;
    /** Whether the folder holds what is still needed. */
    this.keep = false;
    /** What it takes to use this project by hand. */
    this.settings = {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(18).toString("base64url"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    const inherited = Object.entries(process.env).filter(([key]) => !/^(PULUMI|TWILIO)_/.test(key));
    this.env = {
      ...Object.fromEntries(inherited),
      ...env,
      ...this.settings,
      PATH: `${engine}${delimiter}${process.env.PATH}`,
      // The compiler of TypeScript programs keeps a cache there.
      TMPDIR: join(folder, "tmp"),
    };
    for (const name of ["state", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: ${name}\nruntime: nodejs\nmain: ${JSON.stringify(main)}\n`,
    );
  }

  /**
   * Runs the CLI.
   *
   * @param {string[]} args
   * @param {(line: string) => void} [onLine] sees each line as it is printed
   * @returns {Promise<string>} what it printed
   */
  async pulumi(args, onLine = () => {}) {
    if (this.#stopped) throw new CommandFailed("stopped");
    const all = [...args, "--non-interactive", "--color", colored ? "always" : "never"];
    // In a process group of its own, so that Ctrl-C reaches it once, through `stop`: twice means "at once" to it.
    const child = spawn("pulumi", all, { cwd: this.folder, env: this.env, detached: true });
    this.#running = child;
    let output = "";
    let partial = "";
    const take = (/** @type {string} */ text) => {
      output += text;
      const lines = (partial + text).split("\n");
      partial = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    this.#running = undefined;
    if (partial) onLine(partial);
    if (code !== 0) throw new CommandFailed(`pulumi ${args[0]} ended with ${code}`, output);
    return output;
  }

  /** Ends what is running. The engine lets go of its plugins first; what is to be kept it also brings in order. */
  async stop() {
    this.#stopped = true;
    const child = this.#running;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    const impatience = this.keep ? undefined : setTimeout(() => child.kill("SIGKILL"), patienceMs);
    await gone;
    clearTimeout(impatience);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
