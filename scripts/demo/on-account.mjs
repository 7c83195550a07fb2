import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { expect, Session } from "./session.mjs";
import { Steps } from "./steps.mjs";
import { print, printFinding } from "./terminal.mjs";

/**
 * A real account: looked at first, changed only where a person says yes.
 *
 * @param {object} stage
 * @param {import("./project.mjs").Project} stage.project
 * @param {Record<string, string>} stage.config of the program
 * @param {boolean} stage.yes answers all questions
 * @returns {Promise<void>}
 */
export async function onAccount({ project, config, yes }) {
  const session = new Session(project);
  const steps = new Steps();

  await steps.step("Preview: what would be done", async () => {
    await session.run("stack", "init", "demo");
    for (const [key, value] of Object.entries(config)) await session.run("config", "set", key, value);
    await session.run("preview");
  });
  if (!(await agreed("Do this to the account?", yes))) return print("Nothing was changed.");

  project.keep = true;
  await steps.step("Up: do it", () => session.run("up", "--yes", "--skip-preview"));
  await steps.step("Where a message goes now", async () => {
    await session.showRoutes();
    if (config.smsNumber) await session.trace(config.smsNumber);
  });
  await steps.step("Up again: nothing to do", async () => {
    const counts = await session.run("up", "--yes", "--skip-preview");
    expect(Object.keys(counts).join() === "unchanged", "a second up changed something");
    printFinding("all unchanged");
  });
  if (!(await agreed("Take it all back?", yes))) return;

  await steps.step("Destroy: what was there before comes back", () =>
    session.run("destroy", "--yes", "--skip-preview"),
  );
  project.keep = false;
  steps.summary();
}

/** What to do with a stack that is left on a real account. */
export function printWayBack(/** @type {import("./project.mjs").Project} */ project) {
  const file = join(project.folder, "settings.sh");
  const { PATH, ...settings } = { PATH: project.env.PATH, ...project.settings };
  const lines = Object.entries({ ...settings, PATH }).map(([key, value]) => `export ${key}='${value}'\n`);
  writeFileSync(file, lines.join(""));
  chmodSync(file, 0o600);
  print();
  print("The stack is still there. To take it back, with the same credentials in the environment:");
  print(`  cd ${project.folder} && . ./settings.sh && pulumi destroy`);
}

async function agreed(/** @type {string} */ question, /** @type {boolean} */ yes) {
  print();
  if (yes) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C belongs to the demo as a whole, not to this line.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
