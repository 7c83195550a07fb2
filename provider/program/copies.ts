import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const name = "pulumi-twilio-flex";

/** A package where it is installed. */
export interface Copy {
  readonly folder: string;
  readonly version: string;
}

/** The copy of this package that runs. */
export const ownCopy = (): Copy => copyAt(join(__dirname, "..", ".."));

/** The copy that the stored pointer finds from a folder. */
export function copyFoundFrom(folder: string): Copy | undefined {
  try {
    const paths = searchPaths(name, folder).flatMap((path) => [path, join(path, ".pnpm", "node_modules")]);
    const entry = requireFrom(folder).resolve(`${name}/provider`, { paths });
    return copyAt(join(dirname(entry), ".."));
  } catch {
    return undefined;
  }
}

/** All copies of this package beside a program in this folder, and in the packages that it depends on. */
export function copiesAround(folder: string): Copy[] {
  const places = searchPaths(name, folder).flatMap((path) => [
    path,
    ...[...foldersIn(join(path, ".pnpm")), ...packagesIn(path)].map((one) => join(one, "node_modules")),
  ]);
  const found = places
    .map((place) => join(place, name))
    .filter((copy) => existsSync(join(copy, "package.json")));
  return [...new Set(found.map((copy) => realpathSync(copy)))].map(copyAt);
}

/** A package as a program in this folder loads it. */
export function packageFrom(wanted: string, folder: string): Copy | undefined {
  const found = searchPaths(wanted, folder)
    .map((path) => join(path, wanted))
    .find((path) => existsSync(join(path, "package.json")));
  return found === undefined ? undefined : copyAt(found);
}

const requireFrom = (folder: string) => createRequire(join(folder, "index.js"));
const searchPaths = (wanted: string, folder: string) => requireFrom(folder).resolve.paths(wanted) ?? [];

const packagesIn = (folder: string) =>
  foldersIn(folder).flatMap((path) => (/[\\/]@[^\\/]+$/.test(path) ? foldersIn(path) : [path]));
const foldersIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).map((entry) => join(folder, entry)) : [];

const copyAt = (folder: string): Copy => ({
  folder,
  version: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version,
});
