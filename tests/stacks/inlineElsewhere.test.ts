import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { ProxyService } from "../../provider/index";
import { emulatorCredentials, openStack, type TestStack } from "./support";

let emulator: Emulator;
let stack: TestStack;
const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
const here = process.cwd();

beforeAll(async () => {
  emulator = await startEmulator();
  stack = await openStack({ ...emulatorCredentials, baseUrl: emulator.url });
});
afterAll(async () => {
  process.chdir(here);
  rmSync(elsewhere, { recursive: true });
  await emulator.close();
  stack.close();
});

test("an inline program works where only its workDir has the package", async () => {
  process.chdir(elsewhere);
  const outcome = await stack.up(async () => {
    new ProxyService("proxy", { uniqueName: "support" });
  });
  expect(outcome.failed ? outcome.output : "").toBe("");
  expect(outcome.steps).toEqual({ proxy: "create" });
});
