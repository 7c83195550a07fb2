import { spawn } from "node:child_process";
import { basename } from "node:path";
import { say, seconds } from "./progress.mjs";

/** A command that could not be run, or ended badly. */
export class CommandFailed extends Error {
  /** @param {string} message @param {string} [output] what the command printed, its end if that was much */
  constructor(message, output = "") {
    super(message);
    this.output = output.trim();
  }
}

const progressEveryMs = 10_000;
const outputKept = 20_000;

/**
 * Runs a command and keeps what it prints to itself.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] instead of this process's environment
 * @param {string} [options.doing] asks for a progress line every ten seconds, which begins like this
 * @param {(line: string) => void} [options.onLine] sees each line of output
 * @param {() => string} [options.detail] added to a progress line
 * @param {number} [options.limitSeconds] the command is ended after that
 * @returns {Promise<string>} stdout
 */
export async function run(command, args, options = {}) {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: options.limitSeconds && options.limitSeconds * 1000,
  });
  let stdout = "";
  let output = "";
  let partial = "";
  const take = (/** @type {string} */ text) => {
    output = (output + text).slice(-outputKept);
    const lines = (partial + text).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines) options.onLine?.(line);
  };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    take(text);
  });
  child.stderr.setEncoding("utf8").on("data", take);

  const progress = setInterval(() => {
    if (!options.doing) return;
    const elapsed = Math.round((Date.now() - started) / 1000);
    say(`  ${options.doing}: ${elapsed} s${options.detail ? `, ${options.detail()}` : ""}`);
  }, progressEveryMs);
  try {
    await new Promise((resolve, reject) => {
      child.on("error", (error) => {
        const missing = "code" in error && error.code === "ENOENT";
        reject(new CommandFailed(missing ? `${command} is not on PATH` : error.message));
      });
      child.on("close", (code, signal) => {
        if (code === 0) return resolve(undefined);
        const ending = `${basename(command)} ended with ${code ?? signal} after ${seconds(started)}`;
        reject(new CommandFailed(ending, output));
      });
    });
  } finally {
    clearInterval(progress);
  }
  return stdout;
}
