/**
 * Makes a clone ready to work in: packages, compiled sources, engine. Does, and says, nothing when all is there.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cache } from "./engine/cache.mjs";
import { getEngine } from "./engine/get-engine.mjs";
import { withLock } from "./engine/lock.mjs";
import { say, seconds } from "./progress.mjs";
import { CommandFailed, run } from "./run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** The package of components of an example, which is compiled too. */
const components = "examples/component-package/support-line";
const built = join(root, "node_modules/.cache/ready/built");

try {
  await withLock(join(cache, `clone-${hash(root)}.lock`), async () => {
    // Not `npm ci`, which refuses a lockfile that names no packages for platforms the registry in use does not offer.
    if (!packagesMatchLockfile()) await npm("installing packages", "install", "--no-save", "--no-audit");
    await build();
  });
  await getEngine();
} catch (error) {
  if (error instanceof CommandFailed) say(error.output);
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** npm notes in node_modules what it has installed; packages for other platforms are missing there. */
function packagesMatchLockfile() {
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  if (!installed) return false;
  return Object.entries(readJson("package-lock.json").packages).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional;
  });
}

async function build() {
  const sources = fingerprint([
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "provider",
    "emulator",
    components,
  ]);
  const outputs = ["dist", "emulator/dist", `${components}/dist`].every((folder) =>
    existsSync(join(root, folder)),
  );
  if (outputs && existsSync(built) && readFileSync(built, "utf8") === sources) return;
  await npm("compiling", "run", "--silent", "build");
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, sources);
}

/** Changes when a file is added, changed or removed. */
function fingerprint(/** @type {string[]} */ paths) {
  return hash(
    ...paths.flatMap(files).map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`),
  );
}

/** @returns {string[]} */
function files(/** @type {string} */ path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [full];
  const names = readdirSync(full).filter((name) => name !== "node_modules" && name !== "dist");
  return names.flatMap((name) => files(join(path, name)));
}

async function npm(/** @type {string} */ doing, /** @type {string[]} */ ...args) {
  const started = Date.now();
  say(doing);
  // npm names its own program to the scripts it runs; that one is the right version and needs no shell on Windows.
  const program = process.env.npm_execpath;
  const [command, ...first] = program ? [process.execPath, program] : ["npm"];
  await run(command, [...first, ...args], { cwd: root, doing });
  say(`${doing}: done in ${seconds(started)}`);
}

function readJson(/** @type {string} */ file) {
  return existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), "utf8")) : undefined;
}

function hash(/** @type {string[]} */ ...parts) {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 12);
}
