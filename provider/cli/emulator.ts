import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ShownRoute } from "../routing";
import { Refusal } from "../values/errors";

const name = "twilio-flex-emulator";
const notInstalled = `${name} is not installed here. Install it with: npm install --save-dev ${name}`;

/** Becomes the emulator that is installed in the working folder: signals, output and exit code are its own from now on. */
export async function becomeEmulator(args: string[]): Promise<void> {
  const command = commandIn(process.cwd());
  if (command === undefined) throw new Refusal(notInstalled);
  process.argv.splice(1, process.argv.length, command, ...args);
  await import(pathToFileURL(command).href);
}

/** What `mirror` of the emulator answers. */
export interface Mirror {
  seed: Record<string, unknown>;
  unread: { url: string; why: string }[];
}

/** A request that an emulator has carried out. */
export interface TwinRequest {
  method: string;
  path: string;
  operationId: string | null;
  status: number | null;
  params: Record<string, unknown>;
}

/** An emulator that runs in this process. */
export interface RunningEmulator {
  url: string;
  state: { accounts: Record<string, unknown> };
  routes(): ShownRoute[];
  receive(message: { channel: string; from: string; to: string; body: string }): Promise<ShownRoute>;
  close(): Promise<void>;
}

/** What of the emulator's package is used here: the two are installed each by itself. */
interface EmulatorPackage {
  startEmulator(options: {
    seed: Record<string, unknown>;
    controlToken: string;
    onCarriedOut: (request: TwinRequest, body: object | undefined) => void;
  }): Promise<RunningEmulator>;
  mirror(options: {
    account: string;
    get: (url: string) => Promise<unknown>;
    withoutTraffic: boolean;
    onRead: () => void;
  }): Promise<Mirror>;
}

/** The emulator that is installed in this folder. */
export function loadEmulator(folder: string): EmulatorPackage {
  if (commandIn(folder) === undefined) throw new Refusal(notInstalled);
  return createRequire(join(folder, "index.js"))(name);
}

function commandIn(folder: string): string | undefined {
  const paths = createRequire(join(folder, "index.js")).resolve.paths(name) ?? [];
  const manifest = paths.map((path) => join(path, name, "package.json")).find(existsSync);
  if (manifest === undefined) return undefined;
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), bin[name]);
}
