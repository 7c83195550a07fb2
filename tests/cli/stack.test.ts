import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, defaultAuthToken, seeded } from "../../emulator/index";
import { clientOf, useEmulator } from "../emulator/support";
import { run } from "./support";

const emulator = useEmulator({ profile: "conversations" });

let folder: string;
/** What the Pulumi CLI needs to find the stacks of this folder. */
let env: Record<string, string>;
const pulumi = (...args: string[]) =>
  execFileSync("pulumi", [...args, "--non-interactive"], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: "pipe",
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-stack-"));
  env = { PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "words", HOME: folder };
  writeFileSync(join(folder, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
  pulumi("stack", "init", "dev");
  pulumi("config", "set", "--stack", "dev", "twilio:accountSid", defaultAccountSid);
  pulumi("config", "set", "--stack", "dev", "--secret", "twilio:authToken", defaultAuthToken);
  pulumi("config", "set", "--stack", "dev", "twilio:baseUrl", emulator.current.url);
  pulumi("stack", "init", "bare");
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const command = (args: string[], more: Record<string, string> = {}) => run(args, { ...env, ...more }, folder);

test.each([[["trace", "--json"]], [["doctor"]]])(
  "%j takes the credentials of a stack, secrets too, and prints none",
  async (args) => {
    const { out, err } = await command([...args, "--stack", "dev"]);
    expect(err).toBe("");
    expect(out).toContain(
      args[0] === "doctor" ? "complete, from the configuration of the stack dev" : "+15017122661",
    );
    expect(out.replaceAll(defaultAccountSid, "")).not.toContain(defaultAuthToken);
  },
);

test("what the stack lacks is taken from the environment", async () => {
  const credentials = {
    TWILIO_ACCOUNT_SID: defaultAccountSid,
    TWILIO_AUTH_TOKEN: defaultAuthToken,
    TWILIO_BASE_URL: emulator.current.url,
  };
  const { code, out } = await command(["trace", "+15017122661", "--json", "--stack", "bare"], credentials);
  expect(code).toBe(0);
  expect(out).toContain(defaultAccountSid);
});

test.each([
  [
    "a stack that is not there",
    ["--stack", "none"],
    {},
    /^pulumi-twilio-flex: the configuration of the stack none cannot be read: .*none/,
  ],
  [
    "a stack without credentials",
    ["--stack", "bare"],
    {},
    /twilio:accountSid with twilio:authToken.*in the configuration of the stack bare; then/,
  ],
  ["a wrong passphrase", ["--stack", "dev"], { PULUMI_CONFIG_PASSPHRASE: "other" }, /cannot be read: /],
  ["no Pulumi CLI", ["--stack", "dev"], { PATH: "" }, /pulumi is not found on PATH; install it/],
])("%s ends with 2 and one line", async (_, args, more, reason) => {
  const { code, out, err } = await command(["trace", ...args], more);
  expect({ code, out, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
  expect(err).toMatch(reason);
  expect(err.replaceAll(defaultAccountSid, "")).not.toContain(defaultAuthToken);
});

test("a slip of the hand in the stack's configuration is said", async () => {
  pulumi("stack", "init", "slip");
  pulumi("config", "set", "--stack", "slip", "twilio:acountSid", defaultAccountSid);
  const { code, err } = await command(["trace", "--stack", "slip"]);
  expect(code).toBe(2);
  expect(err).toContain("did you mean twilio:accountSid?");
});

describe("import --stack", () => {
  const secretUrl = "https://user:secret@bot.example.com/in?key=secret";
  const config = () => JSON.parse(pulumi("config", "--json", "--show-secrets", "--stack", "dev").toString());
  beforeEach(async () => {
    await clientOf(emulator.current).incomingPhoneNumbers(seeded.legacyNumber).update({ smsUrl: secretUrl });
  });

  test("takes the credentials of a stack that the project has, and sets secret URLs in it", async () => {
    const { code, out, err } = await command(["import", "--out", folder, "--force", "--stack", "dev"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err + readFileSync(join(folder, "index.ts"), "utf8")).not.toContain("secret@");
    const { "project:legacySupportLineHandlerMessageUrl": set, "twilio:accountSid": account } = config();
    expect({ set, account: account.value }).toEqual({
      set: expect.objectContaining({ value: secretUrl, secret: true }),
      account: defaultAccountSid,
    });
  });

  test("creates a stack that is not there yet, with the credentials of the environment", async () => {
    const args = ["import", "--out", folder, "--force", "--only", "handlers", "--stack", "fresh"];
    expect(await command(args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no Twilio credentials/),
    });
    const { code } = await command(args, {
      TWILIO_ACCOUNT_SID: defaultAccountSid,
      TWILIO_AUTH_TOKEN: defaultAuthToken,
      TWILIO_BASE_URL: emulator.current.url,
    });
    expect(code).toBe(0);
    expect(pulumi("config", "--json", "--stack", "fresh").toString()).toContain("HandlerMessageUrl");
  });
});
