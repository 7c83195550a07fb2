import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, type Fault, seeded } from "../../emulator/index";
import type { ShownRoute } from "../../provider/routing";
import { clientOf, control, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

jest.setTimeout(120_000);

const emulator = useEmulator({ profile: "conversations" });
const number = "+15017122661";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bad-input-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const shell = () => shellFor(emulator.current);
const fault = (match: Fault["match"], effect: Fault["effect"]) =>
  control(emulator.current, "POST", "faults", { match, effect });
const refused = { status: 403, code: 20003, message: "Permission denied" };

/** A key of this account, as in the environment of a shell. */
function keyOf(account: string) {
  const sid = `SK${"1".repeat(32)}`;
  const of = emulator.current.state.accounts[account];
  if (of) of.api_keys[sid] = "key-secret";
  const { TWILIO_AUTH_TOKEN: _, ...rest } = shell();
  return { ...rest, TWILIO_API_KEY: sid, TWILIO_API_SECRET: "key-secret" };
}

const commands = () => [
  ["trace"],
  ["import"],
  ["import", "--out", join(folder, "account")],
  ["pull", "--out", join(folder, "flows")],
  ["mirror", "--out", join(folder, "seed.json")],
];

/** Each command ends with 2, one line and nothing else. */
async function eachSays(env: Record<string, string>, reason: RegExp) {
  const ended = await Promise.all(
    commands().map(async (command) => ({ command, ...(await run(command, env)) })),
  );
  for (const { command, code, out, err } of ended) {
    const lines = err.trimEnd().split("\n").length;
    expect({ command, code, out, lines }).toEqual({ command, code: 2, out: "", lines: 1 });
    expect(err).toMatch(reason);
    expect(err).not.toContain("key-secret");
  }
  expect(readdirSync(folder)).toEqual([]);
}

const programWritten = () => readFileSync(join(folder, "account", "index.ts"), "utf8");

describe("each command that reads the account ends with 2, and says in one line,", () => {
  test("that there are no credentials", () => eachSays({}, /no Twilio credentials/));

  test("that they are wrong", () => eachSays({ ...shell(), TWILIO_AUTH_TOKEN: "0".repeat(32) }, /HTTP 401/));

  test("that the account is suspended", async () => {
    await fault({}, { status: 403, code: 20005, message: "Account not active" });
    await eachSays(shell(), /The account is suspended or closed/);
  });

  test("that the API key is one of a subaccount", async () => {
    const { sid } = await clientOf(emulator.current).api.v2010.accounts.create({ friendlyName: "Sub" });
    await eachSays(keyOf(sid), new RegExp(`${sid}.*not.*${defaultAccountSid}|${defaultAccountSid}.*${sid}`));
  });
});

test("a suspended account of which its numbers can still be read is imported as far as that goes", async () => {
  for (const host of ["conversations", "studio", "taskrouter", "messaging", "flex-api", "proxy", "chat"])
    await fault({ host: `${host}.twilio.com` }, { status: 403, code: 20005, message: "Account not active" });
  const { code, err } = await run(["import", "--out", join(folder, "account")], shell());
  const program = programWritten();
  expect(code).toBe(2);
  expect(program).toContain("new flex.PhoneNumber(");
  expect(program).toMatch(/\/\/ - StudioFlow: could not be read: .*suspended or closed/);
  expect(err).toMatch(/^StudioFlow: could not be read: .*suspended or closed/m);
});

describe("where TaskRouter may not be read,", () => {
  beforeEach(() => fault({ host: "taskrouter.twilio.com" }, refused));

  test("trace shows the routes, calls nothing missing that it has not seen, and ends with 2", async () => {
    const { code, out, err } = await run(["trace", number, "--json", "--expect", "agent"], shell());
    const routes: ShownRoute[] = JSON.parse(out).routes;
    expect(code).toBe(2);
    expect(routes.flatMap(({ problems }) => problems.map((one) => one.code))).toEqual(["not-read"]);
    expect(err).toMatch(/^workflows: could not be read: .*Permission denied.*\n$/);
  });

  test("doctor says what it does not know, and counts nothing as missing", async () => {
    const { code, out } = await run(["doctor"], shell());
    expect(code).toBe(2);
    expect(out).toMatch(/^problem +account: workflows: could not be read/m);
    expect(out).toMatch(/^ok +Studio flows: /m);
    expect(out).not.toContain("missing-object");
  });

  test("import names what is in it besides it, in the file too", async () => {
    const { code, err } = await run(["import", "--out", join(folder, "account")], shell());
    expect(code).toBe(2);
    for (const text of [err, programWritten()])
      expect(text).toMatch(/TaskRouterWorkflow: could not be read: it is in a TaskRouterWorkspace/);
    expect(err).toMatch(/^TaskRouterWorkflow +0 +0 +0 +0 +could not be read/m);
  });
});

test("flows whose definitions may not be read are not called drafts, and the rest is imported", async () => {
  await fault({ operationId: "FetchFlowRevision" }, refused);
  const { code, out } = await run(["trace", number, "--json"], shell());
  const [route]: ShownRoute[] = JSON.parse(out).routes;
  expect({ code, codes: route?.problems.map((one) => one.code) }).toEqual({ code: 2, codes: ["not-read"] });
  const program = await run(["import"], shell());
  expect(program.code).toBe(2);
  expect(program.out).toContain("new flex.ConversationsAddress(");
  expect(program.out).toMatch(/\/\/ - Studio flows: could not be read: .*Permission denied/);
});

test("a key that may not read Conversations still gets what it may read", async () => {
  await fault({ host: "conversations.twilio.com" }, { status: 401, code: 20003 });
  const { code, out, err } = await run(["trace", "--json"], keyOf(seeded.account));
  expect(code).toBe(2);
  expect(err).toMatch(/^address configurations: could not be read/m);
  expect(JSON.parse(out).routes).not.toEqual([]);
});
