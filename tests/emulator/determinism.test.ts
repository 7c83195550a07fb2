import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, defaultAuthToken, type Fault, seeded } from "../../emulator/index";

const command = join(__dirname, "..", "..", "emulator", "bin", "twilio-flex-emulator.js");
const folder = mkdtempSync(join(tmpdir(), "emulator-"));
const faults: Fault[] = [
  {
    match: { method: "GET", host: "proxy.twilio.com" },
    probability: 0.5,
    effect: { status: 503, retryAfter: 1 },
  },
];
const faultsFile = join(folder, "faults.json");
writeFileSync(faultsFile, JSON.stringify(faults));

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true });
});

/** Starts the command and answers its port. */
async function start(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, [command, "--port", "0", "--quiet", "--faults", faultsFile, ...args]);
  running.push(child);
  const [line] = await once(child.stdout, "data");
  return Number(/:(\d+)\n$/.exec(String(line))?.[1]);
}

/** Every byte that comes back, headers included. */
async function bytesOf(port: number, method: string, url: string, body = ""): Promise<string> {
  const { host, pathname, search } = new URL(url);
  const credentials = Buffer.from(`${defaultAccountSid}:${defaultAuthToken}`).toString("base64");
  const type = host === "127.0.0.1" ? "application/json" : "application/x-www-form-urlencoded";
  const socket = createConnection(port, "127.0.0.1");
  socket.write(
    `${method} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Basic ${credentials}\r\n` +
      `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  let bytes = "";
  for await (const chunk of socket) bytes += chunk;
  return bytes;
}

async function story(port: number): Promise<string[]> {
  const bytes: string[] = [];
  const ask = async (method: string, url: string, body?: string) =>
    bytes.push(await bytesOf(port, method, url, body));
  const services = "https://proxy.twilio.com/v1/Services";
  for (let number = 0; number < 5; number++) await ask("POST", services, `UniqueName=Service${number}`);
  for (let page = 0; page < 5; page++) await ask("GET", `${services}?PageSize=2&Page=${page}`);
  await ask("DELETE", `${services}/${seeded.proxyService}`);
  await ask("POST", "https://api.twilio.com/2010-04-01/Accounts.json", "FriendlyName=Branch");
  const numbers = `https://api.twilio.com/2010-04-01/Accounts/${defaultAccountSid}/IncomingPhoneNumbers.json`;
  await ask("POST", numbers, "PhoneNumber=%2B14155550123");
  await ask("GET", numbers);
  await ask("POST", "https://taskrouter.twilio.com/v1/Workspaces", "FriendlyName=x&Template=FIFO");
  await ask("POST", "https://flex-api.twilio.com/v1/FlexFlows", "Nothing=x");
  await ask("GET", "https://flex-api.twilio.com/v1/Nowhere");
  await ask("GET", "http://127.0.0.1/_emulator/state?secrets=1");
  await ask("GET", "http://127.0.0.1/_emulator/requests");
  return bytes;
}

const clock = ["--clock", "2026-11-22T10:20:30Z"];

test("two runs with the same clock and random seed answer the same to the byte, and again after a reset", async () => {
  const [one, two] = await Promise.all([
    start(...clock, "--random-seed", "7"),
    start(...clock, "--random-seed", "7"),
  ]);
  const told = await story(one);
  expect(told[0]).toContain("Date: Sun, 22 Nov 2026 10:20:30 GMT\r\n");
  expect(told.join()).toContain("503 Service Unavailable");
  expect(await story(two)).toEqual(told);
  expect(await bytesOf(one, "POST", "http://127.0.0.1/_emulator/reset")).toContain("204");
  expect(await story(one)).toEqual(told);
});

test("another random seed, or none, makes other SIDs", async () => {
  const ports = await Promise.all([
    start(...clock, "--random-seed", "7"),
    start(...clock, "--random-seed", "8"),
    start(...clock),
  ]);
  const made = await Promise.all(
    ports.map((port) => bytesOf(port, "POST", "https://proxy.twilio.com/v1/Services", "UniqueName=x")),
  );
  expect(new Set(made).size).toBe(3);
});
