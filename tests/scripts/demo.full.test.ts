import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  seeded,
  startEmulator,
} from "../../emulator/index";

const root = join(__dirname, "../..");
const own = Object.entries(process.env).filter(([key]) => !/^(PULUMI|TWILIO)_/.test(key));

let folder: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  for (const name of ["temporary", "cache"]) mkdirSync(join(folder, name));
});
afterEach(() => {
  running?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** What the demo has left in the places where it may put something. */
const left = () => ["temporary", "cache/pulumi-twilio-flex"].flatMap((name) => list(join(folder, name)));
const examples = ["flex-conversations", "inbound-channels"] as const;
const inClone = () => [root, ...examples.map((name) => join(root, "examples", name))].flatMap(list);

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Runs the demo without a terminal. `interruptAt` presses Ctrl-C when it has printed that. */
function demo(args: string[] = [], env: Record<string, string> = {}, interruptAt?: string) {
  const child = spawn(process.execPath, [join(root, "scripts/demo.mjs"), ...args], {
    // The engine is on PATH, so that another cache than the user's will do.
    env: {
      ...Object.fromEntries(own),
      TMPDIR: join(folder, "temporary"),
      XDG_CACHE_HOME: join(folder, "cache"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running = child;
  let output = "";
  let isInterrupted = false;
  const take = (text: string) => {
    output += text;
    if (interruptAt === undefined || isInterrupted || !output.includes(interruptAt)) return;
    isInterrupted = true;
    child.kill("SIGINT");
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The emulator that the demo said it started must be gone. */
async function expectEmulatorGone(output: string) {
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
  await expect(fetch(url)).rejects.toThrow("fetch failed");
}

test("--help says what it does", async () => {
  const { code, output } = await demo(["--help"]);
  expect(code).toBe(0);
  expect(output).toContain("--live");
});

test.each([
  ["flex-conversations", "blank again", '"none" => "webhook"', /^ +\d addresses, 0 errors, 0 warnings$/m],
  [
    "inbound-channels",
    "https://demo.twilio.com/welcome/sms/reply/ again",
    '~ kind           : "proxy" => "webhook"',
    /^ +1 address, 0 errors, 1 warning$/m,
  ],
] as const)(
  "runs %s from preview to destroy, plain in a pipe, and leaves nothing behind",
  async (name, end, drift, traced) => {
    const before = inClone();
    const { code, output } = await demo(name === examples[0] ? [] : ["--example", name]);

    expect(output).toContain(end);
    expect(code).toBe(0);
    expect(output).toContain(drift);
    expect(output).toContain(`examples/${name}/index.ts`);
    expect(output).toMatch(traced);
    expect(output).not.toContain("\x1b");
    expect(left()).toEqual([]);
    expect(inClone()).toEqual(before);
    await expectEmulatorGone(output);
  },
  240_000,
);

test("Ctrl-C ends it, and leaves nothing behind", async () => {
  const { code, output } = await demo([], {}, "$ pulumi up");
  expect(code).toBe(130);
  expect(left()).toEqual([]);
  await expectEmulatorGone(output);
}, 120_000);

describe("--live", () => {
  const numbers = ["--sms-number", "+15017122661"];
  const legacy = ["--live", "--yes", "--example", "inbound-channels"];
  const credentials = { TWILIO_ACCOUNT_SID: defaultAccountSid, TWILIO_AUTH_TOKEN: defaultAuthToken };
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const handler = () => emulator.state.account().phoneNumbers[seeded.smsNumber]?.sms_url;

  test.each([
    ["without credentials", ["--live", ...numbers], {}, "set TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN"],
    ["an example that there is not", ["--example", "nowhere"], {}, 'no example "nowhere"'],
    ["without a number", ["--live"], credentials, "--live needs --sms-number"],
    ["without a terminal to ask at", ["--live", ...numbers], credentials, "without a terminal give --yes"],
  ])("refuses %s", async (_, args, env, message) => {
    const { code, output } = await demo(args, env);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(left()).toEqual([]);
  });

  test("goes up and comes down on the account of the environment", async () => {
    const { code, output } = await demo(["--live", "--yes", ...numbers], {
      ...credentials,
      TWILIO_BASE_URL: emulator.url,
    });
    expect(output).toContain("all unchanged");
    expect(code).toBe(0);
    expect(handler()).toBe("https://demo.twilio.com/welcome/sms/reply/");
    expect(left()).toEqual([]);
  }, 240_000);

  /** Does what the demo says takes everything back. */
  const goBack = (output: string) => {
    const [, wayBack = ""] = /^ {2}(cd .* && pulumi destroy)$/m.exec(output) ?? [];
    const env = { ...Object.fromEntries(own), ...credentials, TWILIO_BASE_URL: emulator.url };
    return promisify(execFile)("sh", ["-c", `${wayBack} --yes --non-interactive`], { env });
  };

  test("where something fails it shows the whole log, keeps the state and says how to take everything back", async () => {
    // A preview that looks would find it out before anything is written.
    const env = { ...credentials, TWILIO_BASE_URL: emulator.url, TWILIO_VALIDATE: "offline" };
    const { code, output } = await demo([...legacy, ...numbers, "--sms-number", "+15550100000"], env);
    expect(code).toBe(1);
    expect(output).toContain("+15550100000 is not a number of this account");
    expect(output).toContain("The demo failed: pulumi up ended with");
    await goBack(output);
    expect(emulator.state.account().flexFlows).toEqual({});
  }, 240_000);

  test("interrupted, it keeps the state too", async () => {
    const env = { ...credentials, TWILIO_BASE_URL: emulator.url };
    const { code, output } = await demo([...legacy, ...numbers], env, "Up again");
    expect(code).toBe(130);
    expect(handler()).toContain("/Proxy/");
    await goBack(output);
    expect(handler()).toBe("https://demo.twilio.com/welcome/sms/reply/");
  }, 240_000);
});
