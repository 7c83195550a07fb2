import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "../../emulator/index";
import { clientOf, useEmulator } from "../emulator/support";
import { run, shellFor } from "./support";

const emulator = useEmulator();
const secretUrl = "https://user:secret@bot.example.com/in?key=secret";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "project-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const importing = (args: string[], env = {}) =>
  run(["import", ...args], { ...shellFor(emulator.current), ...env });
const read = (path: string) => readFileSync(join(folder, path), "utf8");

test("a folder gets a whole project, and a table says what became of each kind", async () => {
  const out = join(folder, "account");
  const { code, err } = await importing(["--out", out]);
  expect(code).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    ".gitignore",
    "Pulumi.yaml",
    "flows",
    "index.ts",
    "package.json",
    "tsconfig.json",
  ]);
  expect(read("account/Pulumi.yaml")).toContain("name: account\n");
  expect(JSON.parse(read("account/flows/messaging-flow.json"))).toMatchObject({ initial_state: "Trigger" });
  expect(err).toMatch(/^kind +found +written +looked up +left out +why$/m);
  expect(err).toMatch(/^TaskRouterWorkspace +1 +0 +1 +0$/m);
  expect(err).toMatch(/^PhoneNumberHandler +2 +1 +0 +1 {2}nothing is set in it$/m);
  expect(err).toContain("Functions, Sync, SIP trunks");
  expect(err).toContain(`wrote ${out}. See what it would change`);
  const pull = ["pull", "--portable", "--out", join(out, "flows")];
  expect((await run(pull, shellFor(emulator.current))).err).not.toMatch(/^wrote /m);
});

test("a folder that is not empty is written into with --force only, and keeps its own project files", async () => {
  writeFileSync(join(folder, "package.json"), "{}");
  const refused = await importing(["--out", folder]);
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toBe(
    `pulumi-twilio-flex: ${folder} is not empty; name another folder with --out, or give --force\n`,
  );
  expect(readdirSync(folder)).toEqual(["package.json"]);
  expect((await importing(["--out", folder, "--force"])).code).toBe(0);
  expect(read("package.json")).toBe("{}");
  expect(existsSync(join(folder, "index.ts"))).toBe(true);
});

test("--only and --match choose, and what they leave out is named as people know it", async () => {
  const { code, out } = await importing(["--only", "phonenumberhandler", "StudioFlow", "--match", "legacy"]);
  expect(code).toBe(0);
  expect(out).toContain(`new flex.PhoneNumberHandler("legacySupportLineHandler", {
  phoneNumber: "+15558675310",`);
  expect(out.match(/new flex\.\w+/g)).toEqual(["new flex.PhoneNumberHandler"]);
  const product = await importing(["--only", "numbers"]);
  expect(new Set([...product.out.matchAll(/new flex\.(\w+)/g)].map(([, type]) => type))).toEqual(
    new Set(["PhoneNumber", "TwimlApplication"]),
  );
  const unknown = await importing(["--only", "Trunk"]);
  expect({ code: unknown.code, out: unknown.out }).toEqual({ code: 2, out: "" });
  const file = join(folder, "index.ts");
  expect(await importing(["--only", "numbers", "--out", file])).toMatchObject({ code: 2, out: "" });
  expect(await importing(["--stack", "dev"])).toMatchObject({ code: 2, out: "" });
  expect(existsSync(file)).toBe(false);
  expect(unknown.err).toMatch(
    /--only Trunk: no such kind; give one of taskrouter, services, studio, .*StudioFlow/,
  );
});

test("a product that the key may not read is named, the rest is written, and the code is 2", async () => {
  emulator.current.addFault({
    match: { host: "taskrouter.twilio.com" },
    effect: { status: 403, code: 20003, message: "Permission denied" },
  });
  const { code, err } = await importing(["--out", folder]);
  expect(code).toBe(2);
  expect(err).toMatch(/^TaskRouterWorkspace: could not be read: .*Permission denied/m);
  expect(read("index.ts")).toContain("new flex.StudioFlow(");
  expect(read("index.ts")).toMatch(/\/\/ - TaskRouterWorkspace: could not be read: .*Permission denied/);
});

test("where nothing can be read, nothing is written", async () => {
  const out = join(folder, "account");
  const { code, err } = await importing(["--out", out], { TWILIO_AUTH_TOKEN: "0".repeat(32) });
  expect({ code, lines: err.trimEnd().split("\n").length, isWritten: existsSync(out) }).toEqual({
    code: 2,
    lines: 1,
    isWritten: false,
  });
});

describe("with a URL that holds a credential", () => {
  beforeEach(() =>
    clientOf(emulator.current).incomingPhoneNumbers(seeded.legacyNumber).update({ smsUrl: secretUrl }),
  );

  test("the commands that set it are printed, without its value", async () => {
    const { err } = await importing(["--out", folder]);
    expect(err).toContain("\npulumi config set --secret legacySupportLineHandlerMessageUrl\n");
    expect(read("index.ts")).toContain('url: config.requireSecret("legacySupportLineHandlerMessageUrl")');
    expect(err + read("index.ts")).not.toContain("secret@");
  });

  test("--stack sets it, by the standard input", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const script = `#!/bin/sh\n[ "$2" = config ] && { echo "$@"; cat; echo; } >> "${folder}/calls"\nexit 0\n`;
    writeFileSync(join(bin, "pulumi"), script);
    chmodSync(join(bin, "pulumi"), 0o755);
    const out = join(folder, "account");
    const { code, err } = await importing(["--out", out, "--stack", "dev"], {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
    });
    expect({ code, hasCommands: err.includes("pulumi config set") }).toEqual({ code: 0, hasCommands: false });
    expect(read("calls")).toBe(
      `--non-interactive config set --secret --stack dev legacySupportLineHandlerMessageUrl\n${secretUrl}\n`,
    );
  });

  test("a stack that cannot be set is an error, and the project is there", async () => {
    const out = join(folder, "account");
    const { code, err } = await importing(["--out", out, "--stack", "dev"], { PATH: folder });
    expect(code).toBe(2);
    expect(err).toContain("The program is written; its settings are not all set");
    expect(existsSync(join(out, "index.ts"))).toBe(true);
    expect(err).not.toContain("secret@");
  });
});
