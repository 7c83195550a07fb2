import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, linkSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { say, seconds } from "../progress.mjs";
import { run } from "../run.mjs";
import { cache, cached, version } from "./cache.mjs";
import { versionOf } from "./on-path.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const buildFlags = [
  "-tags=osusergo,grpcnotrace",
  `-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
];
const cliHash = hash(
  ...["go.mod", "go.sum"].map((file) => readFileSync(join(here, file), "utf8")),
  ...buildFlags,
  process.platform,
  process.arch,
);
const cliName = `cli-${version}-${cliHash}`;

/** Plugins of our own, each with the file that it starts: Pulumi's own are not to be had as Go modules. */
const plugins = {
  "pulumi-language-nodejs": "language-host.mjs",
  "pulumi-resource-random": "random-plugin.mjs",
};
const pluginFiles = [...Object.values(plugins), "service.mjs", "random-resources.mjs", "pet-words.mjs"];

/** `exec` and quotes: signals must reach node, and the folder may have blanks in its name. */
const launcherOf = (/** @type {string} */ file) => `#!/bin/sh
exec node "$(dirname "$0")/${file}" "$@"
`;
const engineName = `engine-${version}-${hash(
  cliName,
  ...Object.entries(plugins).flatMap(([name, file]) => [name, launcherOf(file)]),
  ...pluginFiles.map((file) => readFileSync(join(here, file), "utf8")),
)}`;

/** @returns {string | undefined} the folder, where an earlier call has built it */
export function builtFromSource() {
  const folder = join(cache, engineName);
  return existsSync(folder) ? folder : undefined;
}

/** Whether all that is left to do is quick: only our plugins have changed since. */
export function cliIsBuilt() {
  return existsSync(join(cache, cliName));
}

/**
 * The CLI built from its Go module, with plugins of our own.
 *
 * @returns {Promise<string>} its folder
 */
export async function buildFromSource() {
  if (process.platform === "win32") throw new Error("not for Windows: its launchers are shell scripts");
  const launcher = dynamicProviderLauncher();
  const cli = await cached(cliName, buildCli);
  return cached(engineName, async (folder) => {
    linkSync(join(cli, "pulumi"), join(folder, "pulumi"));
    for (const file of pluginFiles) copyFileSync(join(here, file), join(folder, file));
    for (const [name, file] of Object.entries(plugins)) writeFileSync(join(folder, name), launcherOf(file));
    copyFileSync(launcher, join(folder, "pulumi-resource-pulumi-nodejs"));
    for (const name of [...Object.keys(plugins), "pulumi-resource-pulumi-nodejs"]) {
      chmodSync(join(folder, name), 0o755);
    }
    const found = await versionOf(folder);
    if (found !== version) throw new Error(`the pulumi that was built says it is ${found}, not ${version}`);
  });
}

/** @param {string} folder */
async function buildCli(folder) {
  say(`building Pulumi ${version} from its Go module: four to five minutes, once`);
  const started = Date.now();
  let downloaded = 0;
  let compiled = 0;
  const module = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
  await run("go", ["build", "-v", ...buildFlags, "-o", join(folder, "pulumi"), module], {
    cwd: here,
    env: { ...process.env, GOWORK: "off" },
    doing: "building",
    detail: () => `${downloaded} modules downloaded, ${compiled} packages compiled`,
    onLine: (line) => {
      if (line.startsWith("go: downloading")) downloaded++;
      else compiled++;
    },
  }).catch((error) => {
    error.message += `; it takes Go ${goVersion()} or newer on PATH and a Go module proxy in reach`;
    throw error;
  });
  say(`built Pulumi in ${seconds(started)}`);
}

/** Starts the host of dynamic resources; `@pulumi/pulumi` ships it. */
function dynamicProviderLauncher() {
  try {
    return createRequire(import.meta.url).resolve("@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
  } catch {
    throw new Error("@pulumi/pulumi is not installed: run `npm install` first");
  }
}

function goVersion() {
  return readFileSync(join(here, "go.mod"), "utf8").match(/^go (\S+)/m)?.[1];
}

/** @param {string[]} parts */
function hash(...parts) {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
