import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccountSid, defaultAuthToken } from "../../emulator/index";
import { withAccount } from "../emulator/support";

/** What one command ended with. */
export interface Ended {
  code: number;
  output: string;
}

export type Project = Awaited<ReturnType<typeof openProject>>;

/** A program as a user runs it: by the CLI, on a file backend, its account in the stack configuration. */
export async function openProject(settings: string, emulatorUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  const state = join(folder, "state");
  mkdirSync(state);
  writeFileSync(join(folder, "Pulumi.yaml"), settings);
  const own = Object.entries(process.env).filter(([key]) => !/^(PULUMI|TWILIO)_/.test(key));
  const env = {
    ...Object.fromEntries(own),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const pulumi = (...args: string[]) =>
    new Promise<Ended>((resolve) => {
      execFile("pulumi", [...args, "--non-interactive"], { cwd: folder, env }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: withAccount(stdout + stderr) });
      });
    });
  await pulumi("stack", "init", "dev");
  await pulumi("config", "set", "twilio:accountSid", defaultAccountSid);
  await pulumi("config", "set", "--secret", "twilio:authToken", defaultAuthToken);
  await pulumi("config", "set", "twilio:baseUrl", emulatorUrl);
  return {
    folder,
    /** What the Pulumi CLI needs to find the stack. */
    env,
    pulumi,
    /** Everything that the backend has stored, as it is on the disk. */
    stored: (): string[] =>
      readdirSync(state, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
