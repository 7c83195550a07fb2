import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Refusal } from "../values/errors";

const name = "twilio-flex-emulator";

/** Becomes the emulator that is installed in the working folder: signals, output and exit code are its own from now on. */
export async function becomeEmulator(args: string[]): Promise<void> {
  const command = commandIn(process.cwd());
  if (command === undefined) {
    throw new Refusal(`${name} is not installed here. Install it with: npm install --save-dev ${name}`);
  }
  process.argv.splice(1, process.argv.length, command, ...args);
  await import(pathToFileURL(command).href);
}

function commandIn(folder: string): string | undefined {
  const paths = createRequire(join(folder, "index.js")).resolve.paths(name) ?? [];
  const manifest = paths.map((path) => join(path, name, "package.json")).find(existsSync);
  if (manifest === undefined) return undefined;
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), bin[name]);
}
