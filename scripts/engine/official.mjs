import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "../progress.mjs";
import { run } from "../run.mjs";
import { cache, cached, version } from "./cache.mjs";

const name = `official-${version}`;
const limitSeconds = 300;

/** @returns {string | undefined} the folder, where an earlier call has installed it */
export function installedOfficial() {
  const folder = join(cache, name, "bin");
  return existsSync(folder) ? folder : undefined;
}

/**
 * The release of Pulumi, got as its Automation API gets it.
 *
 * @returns {Promise<string>} its folder
 */
export async function installOfficial() {
  say(`installing Pulumi ${version}, once`);
  const installer = fileURLToPath(new URL("official-installer.mjs", import.meta.url));
  const folder = await cached(name, async (draft) => {
    await run(process.execPath, [installer, draft, `${version}`], { doing: "downloading", limitSeconds });
  }).catch((error) => {
    say("cannot be installed here");
    throw error;
  });
  return join(folder, "bin");
}
