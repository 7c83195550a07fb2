import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, defaultAuthToken, startEmulator } from "../../emulator/index";

const account = `AC${"1".repeat(32)}`;
const command = join(__dirname, "..", "..", "emulator", "bin", "twilio-flex-emulator.js");
const folder = mkdtempSync(join(tmpdir(), "emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Runs the command until it ends or says that it listens; then asks it `paths` and stops it. */
function run(args: string[], paths: string[] = []) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [command, ...args]);
    let out = "";
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.stdout.on("data", (chunk) => {
      const [, url] = /listening on (\S+)/.exec(chunk) ?? [];
      out += chunk;
      if (url) void Promise.all(paths.map((path) => fetch(url + path))).then(() => child.kill("SIGTERM"));
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

test("says when it listens, writes a line per request, and ends when told", async () => {
  const { code, out, err } = await run(["--port", "0"], ["/flex-api.twilio.com/v1/FlexFlows?FriendlyName=x"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [ready, ...lines] = out.split("\n");
  expect(ready).toMatch(/^twilio-flex-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
  expect(lines).toEqual([
    `export TWILIO_ACCOUNT_SID=${defaultAccountSid}`,
    `export TWILIO_AUTH_TOKEN=${defaultAuthToken}`,
    `export TWILIO_BASE_URL=${ready?.split(" ").at(-1)}`,
    "GET flex-api.twilio.com/v1/FlexFlows 401",
    "",
  ]);
});

test("takes a seed, faults and a profile, and can be quiet", async () => {
  const seed = fileOf("seed.json", JSON.stringify({ accounts: { [account]: { auth_token: "x" } } }));
  const faults = fileOf("faults.json", JSON.stringify([{ match: {}, effect: { status: 503 } }]));
  const args = [
    "--port",
    "0",
    "--quiet",
    "--profile",
    "bare",
    "--seed",
    seed,
    "--faults",
    faults,
    "--latency",
    "1",
    "--rate-limit",
    "100",
    "--concurrency",
    "10",
    "--random-seed",
    "7",
  ];
  const { code, out } = await run(args, ["/proxy.twilio.com/v1/Services"]);
  expect({ code, lines: out.trim().split("\n").length }).toEqual({ code: 0, lines: 4 });
});

test("what it prints for a shell is what programs there need, whatever the token", async () => {
  const accounts = { [defaultAccountSid]: { auth_token: "it's a token" } };
  const seed = fileOf("token.json", JSON.stringify({ accounts }));
  const { out } = await run(["--port", "0", "--quiet", "--strict", "--seed", seed], ["/"]);
  const settings = out.split("\n").slice(1, 4).join("\n");
  const shell = spawnSync("sh", ["-c", `${settings}\nprintf %s "$TWILIO_AUTH_TOKEN $TWILIO_BASE_URL"`]);
  expect(String(shell.stdout)).toMatch(/^it's a token http:\/\/127\.0\.0\.1:\d+$/);
});

test("says its version", async () => {
  const { version } = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "emulator", "package.json"), "utf8"),
  );
  expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("a port in use is said in one line", async () => {
  const { url, close } = await startEmulator();
  try {
    const { port } = new URL(url);
    const { code, err } = await run(["--port", port]);
    expect({ code, err }).toEqual({
      code: 1,
      err: `twilio-flex-emulator: port ${port} is in use. Choose another with --port, or 0 for any free one.\n`,
    });
  } finally {
    await close();
  }
});

test.each([
  ["--port", "http", "whole number"],
  ["--rate-limit", "0", "from 1"],
  ["--concurrency", "many", "from 1"],
  ["--profile", "modern", "legacy, conversations, bare"],
  ["--seed", join(folder, "missing.json"), "cannot be read"],
  ["--seed", fileOf("text.json", "no json"), "not JSON"],
  ["--seed", fileOf("list.json", "[]"), "no seed"],
  ["--faults", fileOf("fault.json", "{}"), "no fault"],
  [
    "--seed",
    fileOf("masked.json", JSON.stringify({ accounts: { [account]: { auth_token: "********" } } })),
    "masked",
  ],
  ["--clock", "yesterday", "with its zone"],
  ["--clock", "2026-01-01T00:00:00", "with its zone"],
  ["--unheard-of", "red", "unknown option"],
])("%s %s is refused in one line", async (option, value, reason) => {
  const { code, err } = await run([option, value]);
  expect({ code, lines: err.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
  expect(err).toContain(reason);
});
