import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defaultAccountSid, defaultAuthToken } from "../../emulator/index";
import { Terminals, type Typed, typedIn } from "./terminals";

const root = join(__dirname, "../..");
const blocksOf = (file: string) => typedIn(readFileSync(join(root, file), "utf8"));

let home: string;
let terminals: Terminals;
let origin: string;
/** What a line of the documents becomes here. A reader's own account is the emulator's, and any other `…` is refused. */
const asTyped = (commands: string) => {
  const filled = commands
    .replace(/^unset TWILIO_BASE_URL\n/m, "")
    .replaceAll("AC…", defaultAccountSid)
    .replace(/(TWILIO_AUTH_TOKEN=|twilio:authToken )…/g, `$1${defaultAuthToken}`)
    .replaceAll("+1…", "+15017122661")
    .replaceAll("4010", new URL(origin).port);
  if (filled.includes("…")) throw new Error(`nobody has said what to type for "…" in\n${filled}`);
  return filled;
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "documents-"));
  origin = `http://127.0.0.1:${await freePort()}`;
  const own = Object.entries(process.env).filter(([key]) => !/^(PULUMI|TWILIO|npm)_/.test(key));
  terminals = new Terminals(mkdtempSync(join(home, "terminals-")), {
    ...Object.fromEntries(own),
    HOME: home,
    npm_config_cache: execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim(),
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
    // Pulumi asks the system, not HOME.
    PULUMI_HOME: join(home, ".pulumi"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Nobody is there to answer `pulumi up`.
    PULUMI_SKIP_CONFIRMATIONS: "true",
  });
});
afterAll(async () => {
  await terminals.close();
  rmSync(home, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}

/** The clone as git has it, with what is compiled and installed there. */
function clone(): string {
  const folder = join(home, "pulumi-twilio-flex");
  const options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", options, { cwd: root, encoding: "utf8" }).split("\0");
  for (const file of [...files.filter((name) => name !== ""), "dist", "emulator/dist"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Types one block as it is in the document; what it ends with is what the reader would see. */
async function type({ commands, inAnother }: Typed) {
  if (inAnother) terminals.open(join(home, "try-flex"));
  const typed = asTyped(commands);
  const { code, output } = await terminals.type(typed, "npx twilio-flex-emulator");
  if (code !== 0) throw new Error(`ended with ${code}:\n${typed}\n\n${output}`);
  return output;
}

describe("what README and getting-started.md say to type, in an empty folder", () => {
  const [pack, ...readme] = blocksOf("README.md");
  const gettingStarted = blocksOf("docs/getting-started.md");

  test("packs both packages from a clone", async () => {
    // What is compiled and installed there stays as it is.
    const untouched = "export npm_config_package_lock_only=true npm_config_ignore_scripts=true";
    const back = "unset npm_config_package_lock_only npm_config_ignore_scripts";
    terminals.open(clone());
    await type({ commands: `${untouched}\n${pack?.commands}\n${back}`, inAnother: false });
  }, 120_000);

  test("writes a project, brings it up, and a message reaches its flow", async () => {
    let output = "";
    for (const block of readme) output = await type(block);
    const [, answer = ""] = /^(\{.*"ways".*\})\s*$/ms.exec(output) ?? [];
    expect(JSON.parse(answer).ways).toMatchObject([{ by: "conversations", reaches: "agents" }]);
  }, 300_000);

  test("goes on to drift, repair, destroy and the reader's own account, and a message reaches its flow", async () => {
    for (const block of gettingStarted) await type(block);
    // Of another customer: the conversation with the first one is still open, and its flow is gone with the first stack.
    const message = { channel: "sms", from: "+15005550009", to: "+15017122661", body: "Where is my parcel?" };
    const answer = await fetch(`${origin}/_emulator/inbound`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
    });
    expect(await answer.json()).toMatchObject({ ways: [{ by: "conversations", reaches: "agents" }] });
  }, 300_000);
});
