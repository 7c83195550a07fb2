import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { marked } from "marked";

/** What a document tells its reader to type, one block of it. */
export interface Typed {
  commands: string;
  /** Whether the text before it says to open another terminal. */
  inAnother: boolean;
}

/** The blocks of a document that are marked as `sh`, in order. */
export function typedIn(document: string): Typed[] {
  let before = "";
  return marked.lexer(document).flatMap((token) => {
    if (token.type === "code" && token.lang === "sh")
      return [{ commands: token.text, inAnother: /\banother terminal\b/.test(before) }];
    if (token.type === "paragraph") before = token.text;
    return [];
  });
}

/** The terminals of somebody who types what documents say. A command that goes on running keeps its terminal. */
export class Terminals {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #servers: ChildProcess[] = [];
  #current = 0;
  #files = 0;

  /** @param folder for what terminals remember and print */
  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  /** Opens a terminal in this folder, and leaves the one before to what runs there. */
  open(cwd: string): void {
    this.#current += 1;
    this.#start = cwd;
  }
  #start = "";

  /** Types commands and waits for their end. `server` begins the line that does not end: it runs until `close`. */
  async type(commands: string, server: string): Promise<{ code: number | null; output: string }> {
    const lines = commands.split("\n");
    const serving = lines.findIndex((line) => line.startsWith(server));
    const ending = serving === -1 ? lines : lines.slice(0, serving);
    const ended = await this.#run(ending.join("\n"));
    if (ended.code === 0 && serving !== -1) await this.#serve(lines[serving] ?? "");
    return ended;
  }

  async #run(commands: string) {
    const memory = join(this.#folder, `terminal-${this.#current}`);
    const remembered = existsSync(memory) ? `. '${memory}'\n` : "";
    const script = `${remembered}${commands}\n{ export -p; printf "cd '%s'\\n" "$PWD"; } > '${memory}'\n`;
    this.#files += 1;
    const log = join(this.#folder, `output-${this.#files}`);
    const out = openSync(log, "w");
    const shell = spawn("sh", ["-e", "-c", script], {
      cwd: this.#start,
      env: this.#env,
      stdio: ["ignore", out, out],
    });
    closeSync(out);
    const [code] = await once(shell, "exit");
    return { code: typeof code === "number" ? code : null, output: readFileSync(log, "utf8") };
  }

  async #serve(command: string) {
    const memory = join(this.#folder, `terminal-${this.#current}`);
    const server = spawn("sh", ["-c", `. '${memory}'\n${command}`], {
      cwd: this.#start,
      env: this.#env,
      stdio: ["ignore", "pipe", "inherit"],
      // `npx` does not hand on what ends it: its whole group is ended.
      detached: true,
    });
    this.#servers.push(server);
    await Promise.race([
      once(server.stdout, "data"),
      once(server, "exit").then(() => Promise.reject(new Error(`${command}: ended at once`))),
    ]);
    server.stdout.resume();
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      if (server.pid === undefined || server.exitCode !== null) continue;
      const gone = once(server, "exit");
      process.kill(-server.pid);
      await gone;
    }
  }
}
