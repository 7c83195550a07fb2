import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  seeded,
  startEmulator,
} from "../../emulator/index";
import { clientOf, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

const legacy = useEmulator();
let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mirror-"));
  out = join(folder, "account.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const mirrored = (emulator: Emulator, ...args: string[]) =>
  run(["mirror", "--out", out, ...args], shellFor(emulator));
const planted = "pl4nted-s3cret-9f8e7d";
const url = `https://bot:${planted}@bot.example.com/hooks/${planted}?key=${planted}`;

/** A secret in every place of the account that may hold one. */
async function withSecrets(emulator: Emulator) {
  const client = clientOf(emulator);
  await client
    .incomingPhoneNumbers(seeded.smsNumber)
    .update({ smsUrl: url, voiceUrl: url, statusCallback: url });
  await client.messaging.v1.services(seeded.messagingService).update({ inboundRequestUrl: url });
  await client.chat.v2.services(seeded.chatService).update({ postWebhookUrl: url });
  const attributes = JSON.stringify({ crm: { token: planted } });
  await client.taskrouter.v1.workspaces(seeded.workspace).workers.create({ friendlyName: "Ada", attributes });
  await client.studio.v2.flows.create({
    friendlyName: "With a key",
    status: "draft",
    definition: {
      states: [
        { name: "Trigger", type: "trigger", transitions: [] },
        {
          name: "ask",
          type: "make-http-request",
          transitions: [],
          properties: { url, method: "GET", parameters: [{ key: "api_key", value: planted }] },
        },
      ],
      initial_state: "Trigger",
    },
  });
}

test("what is written starts an emulator that traces the same", async () => {
  const { code, out: printed, err } = await mirrored(legacy.current);
  expect({ code, printed }).toEqual({ code: 0, printed: "" });
  expect(err).toContain(`wrote ${out}. Start it with: npx twilio-flex-emulator --seed ${out}`);
  const twin = await startEmulator({ seed: JSON.parse(readFileSync(out, "utf8")) });
  try {
    const trace = async (emulator: Emulator) => (await run(["trace", "--json"], shellFor(emulator))).out;
    expect(await trace(twin)).toBe(await trace(legacy.current));
  } finally {
    await twin.close();
  }
});

test("nothing but GET is sent", async () => {
  await mirrored(legacy.current);
  const methods = legacy.current.requests.map(({ method }) => method);
  expect(new Set(methods)).toEqual(new Set(["GET"]));
});

test("credentials are in the file only where that is asked for, and then nobody else can read it", async () => {
  await withSecrets(legacy.current);
  const { err } = await mirrored(legacy.current);
  const text = readFileSync(out, "utf8");
  expect(text).not.toContain(planted);
  expect(text).toContain("https://bot.example.com/***");
  expect(text.replaceAll(defaultAccountSid, "")).not.toContain(defaultAuthToken);
  expect(err).toMatch(/\d+ values that may hold credentials are not in it/);
  expect(err).not.toContain(planted);

  await mirrored(legacy.current, "--with-secrets", "--force");
  expect(readFileSync(out, "utf8")).toContain(planted);
  expect(statSync(out).mode & 0o077).toBe(0);
});

test("a file that is there stays, unless told otherwise", async () => {
  writeFileSync(out, "mine");
  const { code, err } = await mirrored(legacy.current);
  expect(code).toBe(2);
  expect(err).toContain(`${out} is there already; name another one with --out, or give --force`);
  expect(readFileSync(out, "utf8")).toBe("mine");
  expect(legacy.current.requests).toHaveLength(0);
  expect((await mirrored(legacy.current, "--force")).code).toBe(0);
});

test("what could not be read is in the file and on stderr, and the exit code says so", async () => {
  legacy.current.addFault({
    match: { operationId: "ListTaskQueue" },
    effect: { status: 403, code: 20003, message: "Permission denied" },
  });
  const { code, err } = await mirrored(legacy.current, "--no-traffic");
  expect(code).toBe(2);
  expect(err).toMatch(/not read: https:\/\/taskrouter\.twilio\.com\S+TaskQueues\S*: .*Permission denied/);
  const { unread, accounts } = JSON.parse(readFileSync(out, "utf8"));
  expect(unread).toHaveLength(1);
  expect(accounts[defaultAccountSid]).toHaveProperty("taskrouterWorkflows");
});

test("wrong credentials are one line, and no file", async () => {
  const shell = { ...shellFor(legacy.current), TWILIO_AUTH_TOKEN: "wrong" };
  const { code, err } = await run(["mirror", "--out", out], shell);
  expect(code).toBe(2);
  expect(err).toMatch(/^pulumi-twilio-flex: .*HTTP 401.*\n$/);
  expect(existsSync(out)).toBe(false);
});

test("without the emulator's package there is nothing to start", async () => {
  const { code, err } = await run(["mirror", "--out", out], shellFor(legacy.current), folder);
  expect(code).toBe(2);
  expect(err).toContain("twilio-flex-emulator is not installed here");
});
