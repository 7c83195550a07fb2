import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { programError } from "./program";

const own = join(__dirname, "..", "..", "package.json");
let checked = false;

/**
 * The engine loads the provider from the program's folder, not from here. Where that is another copy, or none,
 * an explanation now is better than an error from the engine later.
 */
export function checkInstallation(): void {
  if (checked) return;
  const found = installedVersion(process.cwd());
  const version = versionIn(own);
  if (found === undefined) {
    throw programError(
      "pulumi-twilio-flex cannot be found from the program's folder: add it to the dependencies of the program itself",
    );
  }
  if (found !== version) {
    throw programError(
      `the program uses pulumi-twilio-flex ${version}, but its folder resolves to ${found}: depend on one version of it`,
    );
  }
  checked = true;
}

/** The same search that the stored pointer makes. */
function installedVersion(folder: string): string | undefined {
  const require = createRequire(join(folder, "index.js"));
  const paths = require.resolve.paths("pulumi-twilio-flex") ?? [];
  try {
    const entry = require.resolve("pulumi-twilio-flex/provider", {
      paths: paths.flatMap((path) => [path, join(path, ".pnpm", "node_modules")]),
    });
    return versionIn(join(dirname(entry), "..", "package.json"));
  } catch {
    return undefined;
  }
}

const versionIn = (file: string): string => JSON.parse(readFileSync(file, "utf8")).version;
