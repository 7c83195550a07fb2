/** What users of both packages install with them, as package-lock.json has it. */
import { readFileSync } from "node:fs";

/** @typedef {{ version: string, resolved?: string, integrity?: string, hasInstallScript?: boolean, license?: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked */

/** What each of both declares, by the folder of the package. @returns {Record<string, string[]>} */
export function declaredPackages() {
  const { packages } = lockfile();
  return Object.fromEntries(
    ["", "emulator"].map((folder) => [folder, Object.keys(packages[folder]?.dependencies ?? {})]),
  );
}

/** All that these lead to; `@pulumi/pulumi` is the user's own. @returns {(Locked & { path: string })[]} */
export function runtimePackages() {
  const { packages } = lockfile();
  /** @type {Map<string, Locked>} */
  const found = new Map();
  const follow = (/** @type {string} */ from, /** @type {string} */ name, isOptional = false) => {
    const path = placesFrom(from, name).find((place) => packages[place]);
    const locked = path === undefined ? undefined : packages[path];
    if (path === undefined || locked === undefined) {
      if (isOptional) return;
      throw new Error(`package-lock.json has no ${name} for ${from || "the package"}`);
    }
    if (found.has(path)) return;
    found.set(path, locked);
    for (const next of Object.keys(locked.dependencies ?? {})) follow(path, next);
    for (const next of Object.keys(locked.optionalDependencies ?? {})) follow(path, next, true);
  };
  for (const [folder, names] of Object.entries(declaredPackages()))
    for (const name of names) follow(folder, name);
  return [...found].map(([path, locked]) => ({ path, ...locked }));
}

/** Where Node looks for a package. */
function placesFrom(/** @type {string} */ from, /** @type {string} */ name) {
  const parts = from === "" ? [] : from.split("/node_modules/");
  const folders = parts.map((_, index) => `${parts.slice(0, parts.length - index).join("/node_modules/")}/`);
  return [...folders, ""].map((folder) => `${folder}node_modules/${name}`);
}

/** @returns {{ packages: Record<string, Locked> }} */
function lockfile() {
  return JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
}
