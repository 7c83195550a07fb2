import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { say } from "../progress.mjs";
import { run } from "../run.mjs";

const suffix = process.platform === "win32" ? ".exe" : "";

/**
 * An engine that is installed already.
 *
 * @returns {Promise<string>} its folder
 */
export async function fromPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => has(folder, "pulumi"));
  const reasons = [];
  for (const folder of folders) {
    const reason = await unusable(folder);
    if (!reason) return folder;
    say(`${reason}: not used`);
    reasons.push(reason);
  }
  throw new Error(reasons.join("; ") || "there is none");
}

/** @param {string} folder */
async function unusable(folder) {
  if (!has(folder, "pulumi-language-nodejs")) return `${folder} has pulumi but not pulumi-language-nodejs`;
  const found = await versionOf(folder).catch(() => undefined);
  if (!found) return `pulumi in ${folder} cannot be run`;
  if (isOlder(found, oldest())) return `pulumi in ${folder} is ${found}, needed is ${oldest()} or newer`;
}

/** @param {string} folder @param {string} program */
function has(folder, program) {
  return folder !== "" && existsSync(join(folder, program + suffix));
}

/**
 * @param {string} folder
 * @returns {Promise<string>} such as "3.259.0"
 */
export async function versionOf(folder) {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return (await run(join(folder, `pulumi${suffix}`), ["version"], { env, limitSeconds: 60 }))
    .trim()
    .replace(/^v/, "");
}

/** The engine is as old as the SDK may be. */
function oldest() {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return manifest.peerDependencies["@pulumi/pulumi"].replace(/^\D+/, "");
}

/** @param {string} version @param {string} than */
function isOlder(version, than) {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
