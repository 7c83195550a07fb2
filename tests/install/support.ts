import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Published, startRegistry } from "./registry";

const root = join(__dirname, "../..");
const example = join(root, "examples/component-package");
const components = join(example, "support-line");
const caches = join(root, "node_modules/.cache/install");

/** Another package of components, for another version of pulumi-twilio-flex. */
export const otherComponents = "other-support-line";
export const otherVersion = "9.9.9";

export type PackageManager = "npm" | "pnpm" | "yarn";
export type Machine = Awaited<ReturnType<typeof prepareMachine>>;

/** Where nobody has the clone: our packages come out of a registry, packed, as all others do. */
export async function prepareMachine() {
  const folder = mkdtempSync(join(tmpdir(), "install-"));
  const published = await Promise.all([
    pack(root, folder),
    pack(components, folder),
    pack(relabelled(root, join(folder, "other-version"), { version: otherVersion }), folder),
    pack(
      relabelled(components, join(folder, "other-components"), {
        name: otherComponents,
        dependencies: { "pulumi-twilio-flex": `^${otherVersion}` },
      }),
      folder,
    ),
  ]);
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  writeFileSync(join(workspace, "pnpm-workspace.yaml"), "packages: [programs/*]\n");

  const { stdout: others } = await call("npm", root, ["config", "get", "registry"]);
  const registry = await startRegistry(published, others.trim());
  const settings = {
    npm_config_registry: registry.url,
    npm_config_ignore_scripts: "true",
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
    npm_config_store_dir: join(caches, "pnpm"),
    // What pnpm knows of a registry; this one is another one in each run.
    npm_config_cache_dir: join(folder, "cache"),
    YARN_CACHE_FOLDER: join(caches, "yarn"),
  };

  return {
    /** The example's program in a folder of its own, where nothing is installed yet. `workspace/programs` is in one of pnpm. */
    program: (path: string): string => {
      const own = join(folder, path);
      mkdirSync(own, { recursive: true });
      cpSync(join(example, "index.ts"), join(own, "index.ts"));
      const manifest = manifestOf(example);
      const dependencies = {
        ...manifest.dependencies,
        // The clone's own: a newer one may need a newer Node.
        "@pulumi/pulumi": manifestOf(root).devDependencies["@pulumi/pulumi"],
        "example-support-line": `^${manifestOf(components).version}`,
      };
      writeFileSync(join(own, "package.json"), JSON.stringify({ ...manifest, dependencies }));
      return own;
    },
    /** Runs a package manager in a folder. */
    call: (manager: PackageManager, cwd: string, ...args: string[]) => call(manager, cwd, args, settings),
    close: () => {
      registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Packs what is built. */
async function pack(folder: string, destination: string): Promise<Published> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  const { stdout } = await call("npm", folder, args);
  const [{ filename }] = JSON.parse(stdout);
  return { manifest: manifestOf(folder), tarball: join(destination, filename) };
}

/** The same package with something else in its package.json. */
function relabelled(folder: string, copy: string, changes: object): string {
  cpSync(join(folder, "dist"), join(copy, "dist"), { recursive: true });
  writeFileSync(join(copy, "package.json"), JSON.stringify({ ...manifestOf(folder), ...changes }));
  return copy;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

const programs = {
  pnpm: join(dirname(require.resolve("pnpm")), "bin/pnpm.cjs"),
  yarn: require.resolve("yarn/bin/yarn.js"),
};

function call(manager: PackageManager, cwd: string, args: string[], settings = {}) {
  const options = { cwd, env: { ...process.env, ...settings } };
  if (manager !== "npm") return run(process.execPath, [programs[manager], ...args], options);
  return run("npm", args, { ...options, shell: process.platform === "win32" });
}

const run = promisify(execFile);
