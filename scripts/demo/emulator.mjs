import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const account = "ACe0000000000000000000000000000001";
const authToken = "e0000000000000000000000000000001";

/** A Twilio account on this machine: the emulator, as a process of its own on a free port. */
export class Emulator {
  url = "";
  #child;

  /** @param {string} [profile] the account that it has at the start */
  constructor(profile = "legacy") {
    const index = createRequire(import.meta.url).resolve("twilio-flex-emulator");
    const main = join(dirname(index), "main.js");
    // In a process group of its own: Ctrl-C is not for it, it goes last.
    this.#child = spawn(process.execPath, [main, "--port", "0", "--profile", profile, "--quiet"], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    /** Settled when it listens, at `url`. */
    this.ready = this.#listening();
  }

  async #listening() {
    /** @type {string} */
    const line = await new Promise((resolve, reject) => {
      createInterface(this.#child.stdout).once("line", resolve);
      this.#child.once("error", reject);
      this.#child.once("exit", (code) => reject(new Error(`the emulator ended with ${code}, not listening`)));
    });
    this.url = line.slice(line.indexOf("http"));
  }

  /** What makes a program's provider use it. */
  get env() {
    return { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: authToken, TWILIO_BASE_URL: this.url };
  }

  /** The number with this SID, as it is now. */
  async number(/** @type {string} */ sid) {
    const { accounts } = await json(await fetch(`${this.url}/_emulator/state`));
    return accounts[account].phoneNumbers[sid];
  }

  /** Sends Twilio what the Console would send when somebody sets the number's message handler there. */
  async setMessageHandler(/** @type {string} */ sid, /** @type {string} */ url) {
    const path = `/2010-04-01/Accounts/${account}/IncomingPhoneNumbers/${sid}.json`;
    const authorization = `Basic ${Buffer.from(`${account}:${authToken}`).toString("base64")}`;
    const body = new URLSearchParams({ SmsUrl: url });
    const answer = fetch(`${this.url}/api.twilio.com${path}`, {
      method: "POST",
      headers: { authorization },
      body,
    });
    await json(await answer);
    return { path, body: `SmsUrl=${url}` };
  }

  /**
   * What was asked of the API while `run` ran.
   *
   * @template Result
   * @param {() => Promise<Result>} run
   */
  async during(run) {
    const before = (await this.#requests()).length;
    const result = await run();
    const requests = (await this.#requests()).slice(before);
    const isRead = (/** @type {{ method: string }} */ { method }) => method === "GET";
    return {
      result,
      requests,
      reads: requests.filter(isRead).length,
      writes: requests.filter((r) => !isRead(r)).length,
    };
  }

  /** @returns {Promise<{ method: string, operationId: string | null }[]>} */
  async #requests() {
    return (await json(await fetch(`${this.url}/_emulator/requests`))).requests;
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill();
    await gone;
  }
}

async function json(/** @type {Response} */ answer) {
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${answer.url}`);
  return answer.json();
}
