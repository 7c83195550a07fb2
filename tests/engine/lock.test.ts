import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const lockModule = join(__dirname, "../../scripts/engine/lock.mjs");

/** Builds unless somebody has built already, and says what it did: what the engine does with the lock. */
const builder = `
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { withLock } from ${JSON.stringify(lockModule)};
const [lock, built] = process.argv.slice(2);
let waited = false;
await withLock(lock, async () => {
  if (existsSync(built)) return console.log(waited ? "waited" : "found");
  await sleep(1000);
  writeFileSync(built, "");
  console.log("built");
}, () => { waited = true; });
`;

describe("the lock of the engine", () => {
  let folder: string;
  let lock: string;
  let script: string;

  const build = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, lock, join(folder, "built")]);
    return stdout.trim();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    lock = join(folder, "engine.lock");
    script = join(folder, "builder.mjs");
    writeFileSync(script, builder);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets one of several callers build, the others wait and find the result", async () => {
    const did = await Promise.all([build(), build(), build()]);

    expect(did.sort()).toEqual(["built", "waited", "waited"]);
    expect(existsSync(lock)).toBe(false);
  });

  it("is taken over, by one caller, from an owner that was killed", async () => {
    const killed: ChildProcess = spawn(process.execPath, [script, lock, join(folder, "built")]);
    while (!existsSync(lock)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readFileSync(lock, "utf8")).toBe(String(killed.pid));
    killed.kill("SIGKILL");
    await once(killed, "exit");

    const did = await Promise.all([build(), build(), build()]);

    expect(did.filter((what) => what === "built")).toHaveLength(1);
    expect(existsSync(lock)).toBe(false);
  });

  it("is taken over from a process that has the owner's id but gives no sign of life", async () => {
    writeFileSync(lock, String(process.pid));
    const longAgo = new Date(Date.now() - 5 * 60_000);
    utimesSync(lock, longAgo, longAgo);

    expect(await build()).toBe("built");
  });
});
