import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { say, seconds } from "./progress.mjs";
import { CommandFailed, run } from "./run.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const advice = "Install Chromium or Chrome, or set CHROMIUM to its program";

/** It runs without a screen and asks nobody for anything. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * How Playwright launches a Chromium or Chrome of this machine. Where there is none, Debian's is installed, which takes
 * root.
 */
export async function getChromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (existsSync(CHROMIUM)) return { executablePath: CHROMIUM, args };
    throw new Error(`CHROMIUM is ${CHROMIUM}, which is not there`);
  }
  return { executablePath: onPath() ?? (await installed()), args };
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

async function installed() {
  if (process.getuid?.() !== 0) throw new Error(`There is no browser on PATH. ${advice}`);
  const started = Date.now();
  say("installing chromium");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update"], { env, doing: "reading package lists" });
    await run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], {
      env,
      doing: "installing chromium",
    });
  } catch (error) {
    if (error instanceof CommandFailed) say(error.output);
    throw new Error(`Chromium could not be installed with apt-get. ${advice}`, { cause: error });
  }
  const program = onPath();
  if (!program) throw new Error(`apt-get installed no chromium. ${advice}`);
  say(`installing chromium: done in ${seconds(started)}`);
  return program;
}

// On its own it prints that as JSON, for tests, which cannot import it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(JSON.stringify(await getChromium()));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
