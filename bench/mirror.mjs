/** See `help` below and README.md. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { say } from "../scripts/progress.mjs";

const help = `npm run bench:mirror [-- --objects <n> --latency <ms>]
  Measures how long mirror takes on an account with many numbers and as many addresses, each answer of which takes a while.

  --objects <n>   numbers, and addresses, default 2000
  --latency <ms>  before each answer, default 50
  --help
`;

const { values } = parseArgs({
  options: {
    objects: { type: "string", default: "2000" },
    latency: { type: "string", default: "50" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
const objects = Number(values.objects);
/** Seconds that it may take. */
const target = 30;

const index = createRequire(import.meta.url).resolve("twilio-flex-emulator");
const { defaultAccountSid, defaultAuthToken, startEmulator } = await import(pathToFileURL(index).href);
const command = fileURLToPath(new URL("../bin/pulumi-twilio-flex.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bench-mirror-"));
const seed = join(folder, "seed.json");
const out = join(folder, "mirror.json");
/** @type {import("node:child_process").ChildProcess | undefined} */
let emulator;

try {
  writeFileSync(seed, JSON.stringify(await filledAccount()));
  const url = await listening();
  const env = {
    PATH: process.env.PATH,
    TWILIO_ACCOUNT_SID: defaultAccountSid,
    TWILIO_AUTH_TOKEN: defaultAuthToken,
    TWILIO_BASE_URL: url,
  };
  say(`mirror of ${objects} numbers and ${objects} addresses, ${values.latency} ms before each answer`);
  const started = performance.now();
  const peak = await mirrored(env);
  const seconds = (performance.now() - started) / 1000;
  const { requests } = await (await fetch(`${url}/_emulator/requests`)).json();
  const { accounts } = JSON.parse(readFileSync(out, "utf8"));
  const { phoneNumbers, addressConfigurations } = accounts[defaultAccountSid];
  const [numbers, addresses] = [phoneNumbers, addressConfigurations].map((kept) => Object.keys(kept).length);
  const methods = [...new Set(requests.map((/** @type {{ method: string }} */ { method }) => method))];
  process.stdout.write(
    `${seconds.toFixed(1)} s (target ${target} s), ${requests.length} requests of ${methods.join(", ")}, ${peak} MB; ${numbers} numbers and ${addresses} addresses in the file\n`,
  );
  if (seconds > target || numbers < objects || addresses < objects || methods.join() !== "GET")
    process.exitCode = 1;
} finally {
  emulator?.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** The emulator's account with so many of what it has one of. */
async function filledAccount() {
  const running = await startEmulator({ profile: "conversations" });
  /** @type {{ accounts: Record<string, Record<string, Record<string, object>>> }} */
  const { accounts } = structuredClone(running.state);
  await running.close();
  const account = accounts[defaultAccountSid];
  if (!account) throw new Error("the emulator has no account");
  const [number] = Object.values(account.phoneNumbers);
  const [address] = Object.values(account.addressConfigurations);
  if (!number || !address) throw new Error("the profile has neither number nor address");
  for (let at = 0; at < objects; at += 1) {
    const phone_number = `+1202${5_000_000 + at}`;
    const [pn, ig] = [`PNb${hex(at)}`, `IGb${hex(at)}`];
    account.phoneNumbers[pn] = { ...number, sid: pn, phone_number, friendly_name: phone_number };
    account.addressConfigurations[ig] = { ...address, sid: ig, address: phone_number };
  }
  return { complete: true, accounts };
}

/** @param {number} at */
function hex(at) {
  return at.toString(16).padStart(31, "0");
}

async function listening() {
  const main = join(dirname(index), "main.js");
  const args = [main, "--port", "0", "--quiet", "--seed", seed, "--latency", values.latency];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  emulator = child;
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the emulator ended with ${code}`)));
  });
  return line.slice(line.indexOf("http"));
}

/** Megabytes that it took at most. @param {NodeJS.ProcessEnv} env */
async function mirrored(env) {
  const child = spawn(process.execPath, [command, "mirror", "--out", out], {
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  let peak = 0;
  const timer = setInterval(() => {
    const [, kilobytes = "0"] = /VmHWM:\s+(\d+)/.exec(statusOf(child.pid)) ?? [];
    peak = Math.max(peak, Math.round(Number(kilobytes) / 1024));
  }, 100);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`mirror ended with ${code}`);
  return peak;
}

/** @param {number | undefined} pid */
function statusOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
