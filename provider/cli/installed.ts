import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const root = join(__dirname, "..", "..");
const { name, version, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const emulator = "twilio-flex-emulator";

/** What a project in this folder depends on: the versions of this installation, or the packed files it came from. */
export function dependenciesFor(folder: string) {
  const own = packedDependency(name, folder);
  const emulated = packedDependency(emulator, folder);
  // Both are released together. Without a packed file of the emulator, it can be installed only where it is released.
  const isReleased = own === undefined;
  return {
    dependencies: {
      "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"],
      [name]: own ?? `^${version}`,
    },
    devDependencies: {
      "@types/node": "^20.19.0",
      ...((emulated ?? isReleased) && { [emulator]: emulated ?? `^${version}` }),
      typescript: "^5.0.0",
    },
  };
}

/** The packed file that a package was installed from, as a dependency of a project in this folder. */
function packedDependency(packageName: string, folder: string): string | undefined {
  const packed = root.split(sep).includes("node_modules")
    ? packedFileOf(packageName, root)
    : packedInClone(packageName);
  if (packed === undefined) return undefined;
  const path = relative(resolve(folder), packed);
  return `file:${isAbsolute(path) ? path : path.split(sep).join("/")}`;
}

function packedInClone(packageName: string): string | undefined {
  const packed = join(root, `${packageName}-${version}.tgz`);
  return existsSync(packed) ? packed : undefined;
}

/** What the nearest project above that depends on this package says of `packageName`. */
function packedFileOf(packageName: string, folder: string): string | undefined {
  const above = dirname(folder);
  if (above === folder) return undefined;
  const dependencies = dependenciesIn(above);
  if (dependencies[name] === undefined) return packedFileOf(packageName, above);
  const [, path] = /^(?:file:)?(.+\.(?:tgz|tar\.gz))$/.exec(dependencies[packageName] ?? "") ?? [];
  return path === undefined || /^https?:/.test(path) ? undefined : resolve(above, path);
}

function dependenciesIn(folder: string): Record<string, string> {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return {};
  const { dependencies, devDependencies }: Manifest = JSON.parse(readFileSync(file, "utf8"));
  return { ...dependencies, ...devDependencies };
}
