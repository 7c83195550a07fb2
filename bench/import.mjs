/** See `help` below and README.md. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Emulator } from "../scripts/demo/emulator.mjs";
import { say } from "../scripts/progress.mjs";

const help = `npm run bench:import [-- --quick]
  Measures how long the commands that read a whole account take for a large one, each answer of which takes 50 ms.

  --numbers <n>  and as many addresses, default 2000
  --flows <n>    default 200
  --latency <n>  milliseconds, default 50
  --quick        200 numbers and 20 flows
  --help
`;

const { values } = parseArgs({
  options: {
    numbers: { type: "string" },
    flows: { type: "string" },
    latency: { type: "string", default: "50" },
    quick: { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
const numbers = Number(values.numbers ?? (values.quick ? 200 : 2000));
const flows = Number(values.flows ?? (values.quick ? 20 : 200));
const latency = Number(values.latency);

const command = fileURLToPath(new URL("../bin/pulumi-twilio-flex.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-bench-"));
const emulator = new Emulator();
const stop = () => emulator.stop().then(() => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop().then(() => process.exit(130)));

try {
  await emulator.ready;
  await fill();
  say(`the account has ${numbers} numbers, ${numbers} addresses and ${flows} flows`);
  await control("POST", "faults", { match: {}, effect: { delayMs: latency } });
  report([
    ["import", await measure(["import", "--out", join(folder, "account")])],
    ["mirror", await measure(["mirror", "--out", join(folder, "seed.json")])],
    ["pull --portable", await measure(["pull", "--portable", "--out", join(folder, "flows")])],
    ["trace", await measure(["trace", "--json"])],
  ]);
} finally {
  await stop();
}

/** @typedef {{ seconds: number, requests: number, peak: number }} Measured */

/** @param {string[]} args @returns {Promise<Measured>} */
async function measure(args) {
  await control("DELETE", "requests");
  const started = performance.now();
  const env = { ...process.env, ...emulator.env };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: "ignore" });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(child.pid));
  }, 100);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(timer);
  const seconds = (performance.now() - started) / 1000;
  if (code === null || code === 2) throw new Error(`${args[0]} ended with ${code}`);
  const requests = (await control("GET", "requests")).requests.length;
  say(`${args[0]}: ${seconds.toFixed(1)} s`);
  return { seconds, requests, peak };
}

/** 0 once it has ended. @param {number | undefined} pid */
function residentMegabytes(pid) {
  try {
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
  } catch {
    return 0;
  }
}

/** Makes what the account has, a few at a time. */
async function fill() {
  const definition = (/** @type {number} */ index) => ({
    description: `Flow ${index}`,
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingConversationMessage", next: "Say" }],
        properties: {},
      },
      { name: "Say", type: "send-message", transitions: [], properties: { body: "x".repeat(5_000) } },
    ],
    initial_state: "Trigger",
  });
  const sids = await inTurns(flows, (index) =>
    create("studio.twilio.com/v2/Flows", {
      FriendlyName: `Flow ${index}`,
      Status: "published",
      Definition: JSON.stringify(definition(index)),
    }),
  );
  await inTurns(numbers, async (index) => {
    const address = `+1415${5550000 + index}`;
    const { TWILIO_ACCOUNT_SID: account } = emulator.env;
    await create(`api.twilio.com/2010-04-01/Accounts/${account}/IncomingPhoneNumbers.json`, {
      PhoneNumber: address,
    });
    await create("conversations.twilio.com/v1/Configuration/Addresses", {
      Type: "sms",
      Address: address,
      FriendlyName: `Line ${index}`,
      "AutoCreation.Enabled": "true",
      "AutoCreation.Type": "studio",
      "AutoCreation.StudioFlowSid": sids[index % sids.length] ?? "",
    });
  });
}

/** @template Result @param {number} count @param {(index: number) => Promise<Result>} run */
async function inTurns(count, run) {
  /** @type {Result[]} */
  const results = [];
  for (let from = 0; from < count; from += 20) {
    const indexes = Array.from({ length: Math.min(20, count - from) }, (_, index) => from + index);
    results.push(...(await Promise.all(indexes.map(run))));
  }
  return results;
}

/** @param {string} path @param {Record<string, string>} params @returns {Promise<string>} */
async function create(path, params) {
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token, TWILIO_BASE_URL: url } = emulator.env;
  const answer = await fetch(`${url}/${path}`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(`${account}:${token}`).toString("base64")}` },
    body: new URLSearchParams(params),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).sid;
}

/** @param {string} method @param {string} what @param {object} [body] */
async function control(method, what, body) {
  const answer = await fetch(`${emulator.env.TWILIO_BASE_URL}/_emulator/${what}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${what}`);
  const text = await answer.text();
  return text === "" ? {} : JSON.parse(text);
}

/** @param {[string, Measured][]} measured */
function report(measured) {
  const rows = [
    [
      `${numbers} numbers, ${numbers} addresses, ${flows} flows, ${latency} ms`,
      "seconds",
      "requests",
      "peak",
    ],
    ...measured.map(([name, { seconds, requests, peak }]) => [
      name,
      seconds.toFixed(1),
      String(requests),
      `${peak.toFixed(0)} MB`,
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ");
  process.stdout.write(
    `${rows.map(line).join("\n")}\n\n${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}\n`,
  );
}
