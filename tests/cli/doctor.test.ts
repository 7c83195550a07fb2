import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, type Emulator, type Fault, seeded } from "../../emulator/index";
import { clientOf, control, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

const { version } = require("../../package.json");
const root = join(__dirname, "..", "..");
const legacy = useEmulator();
const bare = useEmulator({ profile: "bare" });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const doctor = (env: Record<string, string>, cwd = root) => run(["doctor"], env, cwd);
const lineOf = (out: string, about: string) => out.split("\n").find((line) => line.includes(`  ${about}: `));

/** A package of which nothing is there but its manifest and what a program would load. */
function install(path: string, manifest: object) {
  mkdirSync(join(folder, path, "dist"), { recursive: true });
  writeFileSync(join(folder, path, "dist", "provider.js"), "");
  writeFileSync(join(folder, path, "package.json"), JSON.stringify(manifest));
}
const copy = (its: string) => ({
  name: "pulumi-twilio-flex",
  version: its,
  exports: { "./provider": "./dist/provider.js" },
});

test("an account and an installation with which all is well", async () => {
  const { url } = legacy.current;
  const { code, out, err } = await doctor(shellFor(legacy.current));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n").filter((line) => !/^ok {7}\S/.test(line))).toEqual([""]);
  expect(lineOf(out, "pulumi-twilio-flex")).toContain(`${version}, found from ${root}`);
  expect(lineOf(out, "credentials")).toContain("the account's auth token, complete, from the environment");
  expect(lineOf(out, "base URL")).toContain(url);
  expect(lineOf(out, "account")).toContain(`Emulator (${defaultAccountSid}), Full, active`);
  expect(lineOf(out, "Flex")).toContain(seeded.workspace);
  expect(lineOf(out, "Conversations")).toContain(seeded.flexService);
  expect(lineOf(out, "Proxy")).toContain(seeded.proxyService);
  expect(lineOf(out, "inbound addresses")).toContain("4, without a problem");
});

test("an account without Flex is warned of, and no failure", async () => {
  const { code, out } = await doctor(shellFor(bare.current));
  expect(code).toBe(0);
  expect(lineOf(out, "Flex")).toMatch(/^warning .*create it in the Console/);
  expect(lineOf(out, "Proxy")).toMatch(/^ok .*only the legacy path needs one/);
});

test("a region that has no Flex is warned of", async () => {
  const at = (region: string, edge: string) =>
    doctor({ ...shellFor(legacy.current), TWILIO_REGION: region, TWILIO_EDGE: edge });
  const elsewhere = await at("ie1", "dublin");
  expect(elsewhere.code).toBe(0);
  expect(lineOf(elsewhere.out, "region and edge")).toMatch(
    /^warning .*ie1 by way of dublin; Flex is in us1 only/,
  );
  expect(lineOf((await at("us1", "ashburn")).out, "region and edge")).toMatch(/^ok .*us1 by way of ashburn$/);
});

test("problems of inbound addresses are counted by their code", async () => {
  const { shortCodes, incomingPhoneNumbers } = clientOf(legacy.current);
  const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Flows/FW${"f".repeat(32)}`;
  await shortCodes(seeded.shortCode).update({ smsUrl });
  await incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl });
  const { code, out } = await doctor(shellFor(legacy.current));
  expect(code).toBe(1);
  expect(lineOf(out, "inbound addresses")).toMatch(/^problem .*4, with missing-object \(2\); see npx /);
});

test("what widgets of flows name and is not there, also in drafts", async () => {
  const workflow = `WW${"0".repeat(32)}`;
  const { sid } = await clientOf(legacy.current).studio.v2.flows.create({
    friendlyName: "Planned",
    status: "draft",
    definition: {
      initial_state: "Trigger",
      states: [
        { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "Agent" }] },
        { name: "Agent", type: "send-to-flex", transitions: [], properties: { workflow, channel: "TC1" } },
      ],
    },
  });
  const draft = await doctor(shellFor(legacy.current));
  expect(draft.code).toBe(0);
  expect(lineOf(draft.out, "Studio flows")).toMatch(
    /^warning .*the draft of Planned: widget Agent names the workflow WW0/,
  );
  await clientOf(legacy.current).studio.v2.flows(sid).update({ status: "published" });
  const published = await doctor(shellFor(legacy.current));
  expect(published.code).toBe(1);
  expect(lineOf(published.out, "Studio flows")).toMatch(/^problem .* Planned: widget Agent names/);
});

test("--json prints the same for programs, and nothing else", async () => {
  const [text, json] = await Promise.all([
    doctor(shellFor(bare.current)),
    run(["doctor", "--json"], shellFor(bare.current)),
  ]);
  expect({ code: json.code, err: json.err }).toEqual({ code: 0, err: "" });
  const { findings } = JSON.parse(json.out);
  const lines = text.out.trimEnd().split("\n");
  expect(findings).toHaveLength(lines.length);
  expect(findings).toContainEqual({
    level: "warning",
    about: "Flex",
    text: expect.stringContaining("create it in the Console"),
  });
});

test("--version", async () => {
  expect(await run(["--version"])).toMatchObject({ code: 0, out: `${version}\n` });
});

describe("the Pulumi CLI", () => {
  const withPath = (PATH: string) => doctor({ ...shellFor(legacy.current), PATH });
  const fake = (name: string, script: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  test("and its language host tell their versions", async () => {
    const { out } = await doctor(shellFor(legacy.current));
    expect(lineOf(out, "Pulumi CLI")).toMatch(/^ok .*: 3\.\d+\.\d+/);
    expect(lineOf(out, "Pulumi language host")).toMatch(/^ok .*: 3\.\d+\.\d+/);
  });

  test("that is not on PATH is a problem", async () => {
    const { code, out } = await withPath(folder);
    expect(code).toBe(1);
    expect(lineOf(out, "Pulumi CLI")).toMatch(/^problem .*not found on PATH; install it: https/);
  });

  test("that is older than the SDK has to be is warned of, without a host it is a problem", async () => {
    fake("pulumi", "echo v3.100.0");
    const alone = await withPath(`${folder}:/bin`);
    expect(lineOf(alone.out, "Pulumi CLI")).toMatch(/^warning .*3\.100\.0 is not the \^3/);
    expect(lineOf(alone.out, "Pulumi language host")).toMatch(/^problem .*install Pulumi anew/);
    expect(alone.code).toBe(1);
    fake("pulumi-language-nodejs", "exit 1");
    const withHost = await withPath(`${folder}:/bin`);
    expect(lineOf(withHost.out, "Pulumi language host")).toMatch(/^ok .*does not tell its version/);
    expect(withHost.code).toBe(0);
  });

  test("that does not answer, and one of another major version, are problems", async () => {
    fake("pulumi", "exit 1");
    expect(lineOf((await withPath(`${folder}:/bin`)).out, "Pulumi CLI")).toMatch(/^problem .*does not tell/);
    fake("pulumi", "echo v4.0.0");
    expect(lineOf((await withPath(`${folder}:/bin`)).out, "Pulumi CLI")).toMatch(/^problem .*4\.0\.0 is not/);
  });
});

describe("API keys", () => {
  const sid = `SK${"1".repeat(32)}`;
  const shell = (emulator: Emulator) => ({
    TWILIO_ACCOUNT_SID: defaultAccountSid,
    TWILIO_API_KEY: sid,
    TWILIO_API_SECRET: "key-secret",
    TWILIO_BASE_URL: emulator.url,
  });
  beforeEach(() => {
    legacy.current.state.account().api_keys[sid] = "key-secret";
  });

  test("are told from the auth token", async () => {
    const { code, out } = await doctor(shell(legacy.current));
    expect(code).toBe(0);
    expect(lineOf(out, "credentials")).toContain("an API key, complete");
    expect(out).not.toContain(sid);
  });

  test("work also where they may not see the account", async () => {
    const fault: Fault = { match: { operationId: "FetchAccount" }, effect: { status: 401, code: 20003 } };
    await control(legacy.current, "POST", "faults", fault);
    const { code, out } = await doctor(shell(legacy.current));
    expect(code).toBe(0);
    expect(lineOf(out, "account")).toContain("the key works");
  });
});

describe("what cannot be found out ends with 2", () => {
  test.each([
    ["no credentials", "credentials", {}, "export TWILIO_ACCOUNT_SID"],
    ["half a location", "credentials", { TWILIO_REGION: "ie1" }, "go together"],
    ["wrong credentials", "account", { TWILIO_AUTH_TOKEN: "not-the-token" }, "HTTP 401"],
    ["no network", "account", { TWILIO_BASE_URL: "http://127.0.0.1:1" }, "Check the network"],
  ])("%s", async (_, about, changes, reason) => {
    const isEmpty = Object.keys(changes).length === 0;
    const { code, out } = await doctor(isEmpty ? {} : { ...shellFor(legacy.current), ...changes });
    expect(code).toBe(2);
    expect(lineOf(out, about)).toMatch(/^problem /);
    expect(lineOf(out, about)).toContain(reason);
    expect(out).not.toContain("not-the-token");
  });
});

describe("installations", () => {
  const inFolder = () => doctor(shellFor(legacy.current), folder);

  test("a folder with neither package is told what to install", async () => {
    const { code, out } = await inFolder();
    expect(code).toBe(1);
    expect(lineOf(out, "@pulumi/pulumi")).toMatch(/^problem .*npm install "@pulumi\/pulumi@\^3/);
    expect(lineOf(out, "pulumi-twilio-flex")).toMatch(/^problem .*run npm install pulumi-twilio-flex/);
  });

  test.each([
    ["3.216.0", /^ok /],
    ["3.300.1", /^ok /],
    ["3.215.9", /^problem .*3\.215\.9 is not the \^3/],
    ["4.0.0", /^problem /],
  ])("@pulumi/pulumi %s", async (its, line) => {
    install("node_modules/@pulumi/pulumi", { name: "@pulumi/pulumi", version: its });
    expect(lineOf((await inFolder()).out, "@pulumi/pulumi")).toMatch(line);
  });

  test("another version is named", async () => {
    install("node_modules/pulumi-twilio-flex", copy("9.9.9"));
    const { code, out } = await inFolder();
    expect(code).toBe(1);
    expect(lineOf(out, "pulumi-twilio-flex")).toContain(
      `this is ${version}, but ${folder} resolves to 9.9.9`,
    );
  });

  test.each([
    "node_modules/@acme/channels/node_modules/pulumi-twilio-flex",
    "node_modules/.pnpm/pulumi-twilio-flex@9.9.9/node_modules/pulumi-twilio-flex",
  ])("a second copy in %s is warned of", async (path) => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules", "pulumi-twilio-flex"), "junction");
    install(path, copy("9.9.9"));
    const { out } = await inFolder();
    expect(lineOf(out, "pulumi-twilio-flex")).toMatch(/^ok /);
    expect(lineOf(out, "copies of it")).toMatch(/^warning .*9\.9\.9 in .*npm dedupe/);
  });

  test("a component package's link to the same copy is no second one", async () => {
    const nested = join(folder, "node_modules/@acme/channels/node_modules");
    mkdirSync(nested, { recursive: true });
    for (const place of [join(folder, "node_modules"), nested]) {
      symlinkSync(root, join(place, "pulumi-twilio-flex"), "junction");
    }
    expect(lineOf((await inFolder()).out, "copies of it")).toMatch(/^ok .*one$/);
  });

  test("it runs without @pulumi/pulumi", async () => {
    const own = join(folder, "node_modules", "pulumi-twilio-flex");
    for (const part of ["bin", "dist", "package.json"])
      cpSync(join(root, part), join(own, part), { recursive: true });
    for (const name of ["commander", "twilio", "zod"]) {
      symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
    }
    const { code, out } = await run(["doctor"], {}, folder, join(own, "bin", "pulumi-twilio-flex.js"));
    expect(code).toBe(2);
    expect(lineOf(out, "@pulumi/pulumi")).toMatch(/^problem /);
    expect(lineOf(out, "pulumi-twilio-flex")).toMatch(/^ok /);
  });
});
