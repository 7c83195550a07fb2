import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultAccountSid, defaultAuthToken } from "../../emulator/index";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "emulator-pack-"));
const installed = join(folder, "node_modules", "twilio-flex-emulator");
let packed: string[] = [];

const isWindows = process.platform === "win32";
const run = promisify(execFile);
const npm = (cwd: string, ...args: string[]) => run("npm", args, { cwd, shell: isWindows });

beforeAll(async () => {
  const { stdout } = await npm(
    root,
    "pack",
    "--workspace",
    "emulator",
    "--json",
    "--pack-destination",
    folder,
  );
  const [tarball] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  packed = tarball.files.map(({ path }: { path: string }) => path).sort();
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "user", private: true, type: "module" }),
  );
  await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball.filename}`);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("holds what runs, the documents and both licences, and nothing of the workshop", () => {
  const expected = ["LICENSE", "README.md", "bin/twilio-flex-emulator.js", "docs/page.png", "package.json"];
  expect(packed.filter((path) => !path.startsWith("dist/"))).toEqual(expected);
  const strange = packed.filter(
    (path) =>
      path.startsWith("dist/") &&
      !/\.(js|d\.ts|json)$/.test(path) &&
      !/^dist\/emulator\/page\/assets\/\w+\.(css|svg)$/.test(path) &&
      path !== "dist/documents/LICENSE",
  );
  expect(strange).toEqual([]);
  expect(packed.filter((path) => /test|script|node_modules|(^|\/)\./.test(path))).toEqual([]);
  const documents = packed.filter((path) => /^dist\/documents\/\w+\.json$/.test(path));
  expect(documents).toContain("dist/documents/flex_v1.json");
  expect(readFileSync(join(installed, "dist/documents/LICENSE"), "utf8")).toMatch(
    /MIT License.*Twilio, Inc\./s,
  );
  expect(readFileSync(join(installed, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
});

test("the command answers", async () => {
  const command = join(
    folder,
    "node_modules",
    ".bin",
    isWindows ? "twilio-flex-emulator.cmd" : "twilio-flex-emulator",
  );
  const emulator = spawn(command, ["--port", "0", "--quiet"], { cwd: folder, shell: isWindows });
  const ended = once(emulator, "close");
  try {
    const [line] = await once(emulator.stdout, "data");
    const url = /listening on (\S+)/.exec(String(line))?.[1];
    const basic = Buffer.from(`${defaultAccountSid}:${defaultAuthToken}`).toString("base64");
    const headers = { Authorization: `Basic ${basic}` };
    const answer = await fetch(`${url}/flex-api.twilio.com/v1/FlexFlows`, { headers });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 200,
      body: { flex_flows: expect.any(Array) },
    });
  } finally {
    emulator.kill();
    await ended;
  }
});

const program = `
import { type Emulator, type Fault, seeded, startEmulator } from "twilio-flex-emulator";

const fault: Fault = { match: { operationId: "ListService" }, times: 1, effect: { status: 503 } };
const emulator: Emulator = await startEmulator({ profile: "legacy", rateLimit: 10, randomSeed: 7, faults: [fault] });
const name: string | undefined = emulator.state.account().proxyServices[seeded.proxyService]?.unique_name;
const left: (number | null)[] = emulator.faults().map((one) => one.left);
// @ts-expect-error there is no such profile
void (() => startEmulator({ profile: "modern" }));
await emulator.close();
export const found = { name, left };
`;

test("a TypeScript program compiles against its types alone, and runs", async () => {
  const source = join(folder, "src");
  mkdirSync(source);
  writeFileSync(join(source, "program.mts"), program);
  const compilerOptions = {
    strict: true,
    module: "node16",
    target: "es2022",
    lib: ["es2022"],
    types: [],
    skipLibCheck: false,
    outDir: "out",
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  const compiler = require.resolve("typescript/bin/tsc");
  const compiled = run(process.execPath, [compiler], { cwd: folder }).catch(({ stdout }) => ({ stdout }));
  expect((await compiled).stdout).toBe("");
  const code = `import("./out/program.mjs").then(({ found }) => process.stdout.write(JSON.stringify(found)))`;
  const { stdout } = await run(process.execPath, ["-e", code], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({ name: "Flex Proxy Service", left: [1] });
});
