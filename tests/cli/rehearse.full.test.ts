import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import type { Rehearsal } from "../../provider/cli/rehearse/rehearsal";
import { type Route, routesOf } from "../../provider/routing";
import { defaultTokenAlone } from "../emulator/support";
import { openProject, type Project } from "../examples/project";
import { textOf } from "../examples/useExample";
import { plant, plantIn } from "./planted";
import { run } from "./support";

/** A Studio flow's definition. */
const trigger =
  '{ states: [{ name: "Trigger", type: "trigger", transitions: [] }], initial_state: "Trigger" }';

const root = join(__dirname, "../..");
const command = join(root, "bin/pulumi-twilio-flex.js");
const planted = "pl4nted-s3cret-9f8e7d";

let account: Emulator;
let project: Project;
/** The system's temporary folder, as far as a rehearsal sees. */
let temporary: string;

/** An example, or a program of this test, whose stack is on an emulated account. */
async function open(settings: string, options: EmulatorOptions = {}, program?: string) {
  account = await startEmulator({ strict: true, ...options });
  project = await openProject(settings, account.url);
  temporary = join(project.folder, "tmp");
  mkdirSync(temporary);
  symlinkSync(join(root, "node_modules"), join(project.folder, "node_modules"));
  if (program !== undefined) {
    writeFileSync(join(project.folder, "index.js"), program);
    writeFileSync(join(project.folder, "package.json"), '{ "name": "program", "main": "index.js" }');
  }
}
const openExample = (name: string, options?: EmulatorOptions) =>
  open(`name: ${name}\nruntime: nodejs\nmain: ${join(root, "examples", name)}\n`, options);
const openProgram = (program: string) => open("name: program\nruntime: nodejs\n", {}, program);
afterEach(async () => {
  expect(rehearsals()).toEqual([]);
  expect(account.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  project.close();
  await account.close();
});

const environment = (more: Record<string, string> = {}) => ({
  ...Object.fromEntries(
    Object.entries(project.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ),
  TMPDIR: temporary,
  ...more,
});
const rehearse = (args: string[] = [], more: Record<string, string> = {}) =>
  run(["rehearse", ...args], environment(more), project.folder);
async function rehearsed(...args: string[]): Promise<Rehearsal> {
  const { code, out, err } = await rehearse(["--json", ...args]);
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}
const rehearsals = () => readdirSync(temporary).filter((name) => name.includes("rehearsal"));

const up = () => project.pulumi("up", "--yes", "--skip-preview");
const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== "GET" && !path.endsWith("/Flows/Validate");
/** Without SIDs, which the twin and the account each make up for themselves. */
const whole = (routes: (Route | undefined)[]) =>
  routes
    .flatMap((route) => (route ? [{ at: `${route.channel} ${route.address}`, ...route }] : []))
    .map(({ at, ways, problems }) => [
      at,
      ways.map(({ by, reaches, hops }) => [by, reaches, hops.map(({ kind, name }) => `${kind} ${name}`)]),
      problems.map(({ code }) => code),
    ])
    .sort()
    .map((one) => JSON.stringify(one).replace(/\b[A-Z]{2}[0-9a-f]{32}\b/g, "…"));
const routesNow = () => Object.values(account.state.accounts).flatMap((one) => routesOf(snapshotOf(one)));

const accounts = JSON.parse(textOf("two-accounts", "accounts.json"));
const oldAccount = JSON.parse(textOf("adopt-existing", "old-account.json"));

/** Given by `npm run test:rehearsal`, for all examples. */
declare const rehearsing: "all" | undefined;
const isQuick = typeof rehearsing === "undefined";

interface Example {
  options?: EmulatorOptions;
  /** Operations that cannot come in another order. */
  order: string[];
  config?: Record<string, string>;
  /** What of other providers is there before the rehearsal. */
  first?: string[];
}

const examples: [string, Example][] = [
  [
    "flex-conversations",
    { order: ["CreateFlow", "CreateConfigurationAddress", "UpdateIncomingPhoneNumber"] },
  ],
  ["two-accounts", { options: { seed: accounts }, order: ["CreateService", "CreateConfigurationAddress"] }],
  ["inbound-channels", { order: ["CreateFlow", "CreateFlexFlow"] }],
  ["adopt-existing", { options: { seed: oldAccount }, order: [] }],
  [
    "leave-programmable-chat",
    { order: ["CreateFlow", "CreateFlexFlow"], config: { messaging: "proxy", onConflict: "takeOver" } },
  ],
  ["component-package", { order: ["CreateFlow", "CreateConfigurationAddress", "UpdateIncomingPhoneNumber"] }],
  ["unique-names", { order: ["CreateFlow"], first: ["**RandomPet::name"] }],
  [
    "gitops",
    {
      order: ["CreateFlow", "UpdateIncomingPhoneNumber"],
      config: { smsNumber: "+15017122661", botUrl: "https://bot.example.com/in" },
    },
  ],
];

test.each(isQuick ? examples.slice(0, 2) : examples)(
  "%s: the real up does what the rehearsal said, and nothing before it",
  async (name, { options, order, config = {}, first = [] }) => {
    await openExample(name, options);
    for (const [key, value] of Object.entries(config)) await project.pulumi("config", "set", key, value);
    for (const resource of first) {
      const made = await project.pulumi("up", "--yes", "--skip-preview", "--target", resource);
      expect(made).toMatchObject({ code: 0 });
    }
    const [stack, asked] = [project.stored(), account.requests.length];
    const { routes, writes, gaps, second, back, outcome } = await rehearsed("--and-back");
    expect(account.requests.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
    expect(project.stored()).toEqual(stack);
    expect(outcome).toBe("done");
    // Only components make before they break; this example has the resources themselves.
    if (name !== "inbound-channels") expect(gaps.filter(({ kind }) => kind === "unrouted")).toEqual([]);
    expect(second).toEqual({ writes: [], failures: [] });
    expect(back).toMatchObject({ failures: [], differences: [] });

    const since = account.requests.length;
    expect(await up()).toMatchObject({ code: 0 });
    const real = account.requests.slice(since).filter(isWrite);
    const shown = writes.map(({ operation, sets }) => `${operation} ${sets}`);
    const done = real.map(({ operationId, params }) => `${operationId} ${Object.keys(params)}`);
    expect(done.sort()).toEqual(shown.sort());
    for (const operations of [
      real.map(({ operationId }) => operationId),
      writes.map(({ operation }) => operation),
    ]) {
      const places = order.map((operation) => operations.indexOf(operation));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
    expect(whole(routes.map(({ after }) => after))).toEqual(whole(routesNow()));

    expect((await rehearsed()).writes).toEqual([]);
  },
  300_000,
);

test("a conflict half-way ends with 1 and is named, and the account has seen GETs alone", async () => {
  await openProgram(`
    const { ConversationsAddress, StudioFlow } = require("pulumi-twilio-flex");
    const flow = new StudioFlow("hello", { status: "published", definition: ${trigger} });
    const autoCreation = { type: "studio", studioFlowSid: flow.sid };
    new ConversationsAddress("sms", { type: "sms", address: "+15017122661", autoCreation });
  `);
  await project.pulumi("config", "set", "twilio:validate", "offline");
  expect(await takeAddress("+15017122661")).toBe(201);
  const first = account.requests.length;
  const { code, out, err } = await rehearse(["--md", "rehearsal.md", "--html", "rehearsal.html"]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^the program is run now, .*; what it does besides its Pulumi resources, it does for real$/m,
  );
  expect(out).toContain("up of the stack dev fails on the twin");
  expect(out).toMatch(/failed: ConversationsAddress sms: .*\+15017122661/);
  expect(out).toContain("1. POST Studio flow hello (new)");
  for (const file of ["rehearsal.md", "rehearsal.html"])
    expect(readFileSync(join(project.folder, file), "utf8")).toContain("ConversationsAddress sms");
  expect(new Set(account.requests.slice(first).map(({ method }) => method))).toEqual(new Set(["GET"]));
}, 120_000);

test("what a component refuses in preview ends with 1, too, before anything is written", async () => {
  await openProgram(`
    const { InboundChannels, studioFlowToFlex } = require("pulumi-twilio-flex");
    new InboundChannels("support", {
      destination: { kind: "studio", definition: studioFlowToFlex() },
      channels: { sms: { type: "sms", phoneNumber: "+15017122661" } },
    });
  `);
  expect(await takeAddress("+15017122661")).toBe(201);
  const { code, out } = await rehearse();
  expect(code).toBe(1);
  expect(out).toMatch(/failed: support-sms: the Conversations address IG\w+ is there already/);
  expect(out).not.toContain("Writes, in order");
}, 120_000);

/** Takes an address in the account before the program does. */
async function takeAddress(address: string): Promise<number> {
  const { status } = await fetch(`${account.url}/conversations.twilio.com/v1/Configuration/Addresses`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${defaultAccountSid}:${defaultAuthToken}`)}` },
    body: new URLSearchParams({ Type: "sms", Address: address }),
  });
  return status;
}

test("what waits for another provider's resource that is not made yet is named", async () => {
  await openExample("unique-names");
  const { code, err } = await rehearse();
  expect(code).toBe(2);
  expect(err).toMatch(
    /^pulumi-twilio-flex: resources of Twilio wait for .*StudioFlow messages for RandomPet name/m,
  );
}, 120_000);

test("secrets of the stack and the account are in nothing that is printed or written", async () => {
  const url = `https://bot:${planted}@bot.example.com/hooks/${planted}?key=${planted}`;
  await openProgram(`
    const pulumi = require("@pulumi/pulumi");
    const { PhoneNumberHandler, StudioFlow } = require("pulumi-twilio-flex");
    const url = new pulumi.Config().requireSecret("url");
    new PhoneNumberHandler("sms", { phoneNumber: "+15017122661", message: { kind: "webhook", url } });
    new StudioFlow("hello", {
      status: "published",
      definition: url.apply((secret) => ({ description: secret, states: [{ name: "Trigger", type: "trigger", transitions: [] }], initial_state: "Trigger" })),
    });
  `);
  await project.pulumi("config", "set", "--secret", "url", url);
  expect(await up()).toMatchObject({ code: 0 });
  plantIn(account.state.account());
  const { code, out, err } = await rehearse([
    "--json",
    "--md",
    "rehearsal.md",
    "--html",
    "rehearsal.html",
    "--and-back",
    "--send",
    "+15017122661",
  ]);
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  const files = ["rehearsal.md", "rehearsal.html"].map((file) =>
    readFileSync(join(project.folder, file), "utf8"),
  );
  for (const text of [out, err, ...files]) {
    expect(text).not.toContain(planted);
    expect(text).not.toMatch(plant);
    expect(text).not.toMatch(defaultTokenAlone);
  }
}, 180_000);

describe("what cannot be rehearsed is one sentence, and nothing stays", () => {
  const ends = async (args: string[], more: Record<string, string>, reason: RegExp) => {
    const { code, out, err } = await rehearse(args, more);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const lines = err
      .trimEnd()
      .split("\n")
      .filter((line) => !/^(rehears|the program is run)/.test(line));
    expect(lines).toEqual([expect.stringMatching(reason)]);
    expect(rehearsals()).toEqual([]);
  };

  test("no stack, no credentials, no passphrase, another account, an old mirror, a program that throws", async () => {
    await openProgram(`
      const { StudioFlow } = require("pulumi-twilio-flex");
      new StudioFlow("hello", { status: "draft", definition: ${trigger} });
      if (require("node:fs").existsSync("throw")) throw new Error("no such luck");
    `);
    await ends(["--stack", "none"], {}, /the configuration of the stack none cannot be read: .*none/);
    await ends([], { PULUMI_CONFIG_PASSPHRASE: "wrong" }, /stack dev cannot be read: .*passphrase/);
    await run(
      ["mirror", "--out", "mirror.json"],
      environment({
        TWILIO_ACCOUNT_SID: defaultAccountSid,
        TWILIO_AUTH_TOKEN: defaultAuthToken,
        TWILIO_BASE_URL: account.url,
      }),
      project.folder,
    );
    lock();
    expect(await up()).toMatchObject({ output: expect.stringContaining("is currently locked") });
    expect((await rehearse(["--from", "mirror.json"])).code).toBe(0);
    await project.pulumi("cancel", "--yes", "dev");
    await wait(1_000);
    expect(await up()).toMatchObject({ code: 0 });
    await ends(
      ["--from", "mirror.json"],
      {},
      /mirror\.json was written at .*, before the last update of the stack dev at .*; mirror the account again/,
    );
    await ends(["--send", "+15550000000"], {}, /customers cannot write to \+15550000000/);

    writeFileSync(join(project.folder, "throw"), "");
    await ends(["--md", "reason.md"], {}, /the program fails: .*no such luck/);
    const reason = readFileSync(join(project.folder, "reason.md"), "utf8");
    expect(reason).toMatch(/^### Rehearsal\n\nNot rehearsed: the program fails: .*no such luck\n$/);
    expect(reason).not.toContain(defaultAuthToken);

    const other = `AC${"b".repeat(32)}`;
    await project.pulumi("config", "set", "twilio:accountSid", other);
    await ends(
      [],
      {},
      new RegExp(
        `the stack dev has objects of the account ${defaultAccountSid}, and the credentials are for ${other}`,
      ),
    );
    for (const key of ["accountSid", "authToken"]) await project.pulumi("config", "rm", `twilio:${key}`);
    await ends([], {}, /no Twilio credentials/);
    await project.pulumi("stack", "unselect");
    await ends([], {}, /no stack: .*; name one with --stack/);
  }, 300_000);

  test.each<[NodeJS.Signals, number | null]>([
    ["SIGINT", 130],
    ["SIGKILL", null],
  ])(
    "after %s nothing is left",
    async (signal, code) => {
      await openProgram(`
      require("node:fs").writeFileSync("began", String(process.pid));
      setInterval(() => {}, 1000);
      module.exports = new Promise(() => {});
    `);
      const files = ["--md", "rehearsal.md", "--html", "rehearsal.html"];
      const child = spawn(process.execPath, [command, "rehearse", ...files], {
        cwd: project.folder,
        env: { PATH: process.env.PATH, ...environment() },
        stdio: "ignore",
      });
      const ended = new Promise((resolve) => child.once("close", resolve));
      const began = join(project.folder, "began");
      while (!existsSync(began) || readFileSync(began, "utf8") === "") await wait(100);
      expect(rehearsals()).toHaveLength(1);
      child.kill(signal);
      expect(await ended).toBe(code);
      const program = Number(readFileSync(began, "utf8"));
      for (let times = 0; (rehearsals().length > 0 || isRunning(program)) && times < 200; times += 1)
        await wait(100);
      expect({ rehearsals: rehearsals(), program: isRunning(program) }).toEqual({
        rehearsals: [],
        program: false,
      });
      expect(readdirSync(project.folder).filter((name) => name.startsWith("rehearsal"))).toEqual([]);
    },
    120_000,
  );
});

/** As an update does that runs elsewhere. */
function lock() {
  const folder = join(project.folder, "state/.pulumi/locks/organization/program/dev");
  mkdirSync(folder, { recursive: true });
  const held = { pid: 1, username: "somebody", hostname: "elsewhere", timestamp: new Date().toISOString() };
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(held));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
