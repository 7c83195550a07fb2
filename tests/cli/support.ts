import { spawn } from "node:child_process";
import { join } from "node:path";
import { defaultAccountSid, defaultAuthToken, type Emulator } from "../../emulator/index";

const root = join(__dirname, "..", "..");

export interface Ended {
  code: number | null;
  out: string;
  err: string;
  /** What was said on stderr while it took long, as it may on a busy machine. */
  progress: string;
}

/** The environment of a shell that is set up for this emulator. */
export const shellFor = ({ url }: Emulator) => ({
  TWILIO_ACCOUNT_SID: defaultAccountSid,
  TWILIO_AUTH_TOKEN: defaultAuthToken,
  TWILIO_BASE_URL: url,
});

/** Runs the command as a shell would, with nothing in its environment but PATH and what is given. */
export function run(
  args: string[],
  env: Record<string, string> = {},
  cwd = root,
  command = join(root, "bin", "pulumi-twilio-flex.js"),
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? "", ...env },
    });
    const ended: Ended = { code: null, out: "", err: "", progress: "" };
    child.stdout.on("data", (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      ended.err += chunk;
    });
    child.on("close", (code) => {
      const progress = /^reading the account .*\n/gm;
      const said = ended.err.match(progress) ?? [];
      resolve({ ...ended, code, err: ended.err.replace(progress, ""), progress: said.join("") });
    });
  });
}
