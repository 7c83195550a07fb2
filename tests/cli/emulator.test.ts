import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./support";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "cli-emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("where the emulator is not installed, one line says how to install it", async () => {
  expect(await run(["emulator", "--port", "0"], {}, folder)).toEqual({
    code: 2,
    out: "",
    progress: "",
    err: "pulumi-twilio-flex: twilio-flex-emulator is not installed here. Install it with: npm install --save-dev twilio-flex-emulator\n",
  });
});

test("where it is installed, options, output and exit code are its own", async () => {
  const installed = join(folder, "project", "node_modules");
  mkdirSync(installed, { recursive: true });
  symlinkSync(join(root, "emulator"), join(installed, "twilio-flex-emulator"), "junction");
  const inProject = (...args: string[]) => run(["emulator", ...args], {}, join(folder, "project"));

  const help = await inProject("--help");
  expect(help.code).toBe(0);
  expect(help.out).toContain("Usage: twilio-flex-emulator [options]");

  const refused = await inProject("--port", "http");
  expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: "" });
  expect(refused.err).toContain("'--port <port>' argument 'http' is invalid");
});
