/** See `help` below and docs/development/testing.md. */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Emulator } from "./demo/emulator.mjs";
import { Project } from "./demo/project.mjs";
import { getEngine } from "./engine/get-engine.mjs";
import { contents, differences, renew, writes } from "./killed/account.mjs";
import { below, kill, providers } from "./killed/processes.mjs";
import { say, seconds } from "./progress.mjs";

const help = `npm run test:kill [-- --moments <n> --seed <n> --kind <kind> --victim <victim>]
  Kills \`pulumi up\` of thirty resources at moments of chance, and looks at what the next \`pulumi up\` makes of it:
  the account has to be as declared, with nothing doubled. Where the machine is the same, \`pulumi destroy\` then has to
  give back the start.

  --moments <n>      of each kind and victim, default 40
  --seed <n>         the same moments in each run, default by chance; it is printed
  --kind <kind>      plain: on the same machine
                     new-machine: all but the state is gone, and twilio:recover is set
                     no-checkpoints: with PULUMI_SKIP_CHECKPOINTS, so that the state knows nothing of the run
                     default: all three
  --victim <victim>  cli or provider, default: both
  --only <moment>    one of the moments, to see it again
  --help
`;

const { values } = parseArgs({
  options: {
    moments: { type: "string", default: "40" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    kind: { type: "string" },
    victim: { type: "string" },
    only: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}

/** How long a request takes, so that there is time to be killed in. */
const delayMs = 40;
const kinds = values.kind === undefined ? ["plain", "new-machine", "no-checkpoints"] : [values.kind];
const victims = values.victim === undefined ? ["cli", "provider"] : [values.victim];
const main = fileURLToPath(new URL("killed/program.js", import.meta.url));
const up = ["up", "--yes", "--skip-preview", "--stack", "demo"];
const destroy = ["destroy", "--yes", "--skip-preview", "--stack", "demo"];

const engine = await getEngine();
const folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-killed-"));
const emulator = new Emulator();
const stop = () => emulator.stop().then(() => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop().then(() => process.exit(130)));

const started = Date.now();
say(`seed ${values.seed}`);
try {
  await emulator.ready;
  const expected = await undisturbed();
  /** @type {Record<string, string>[]} */
  const failures = [];
  let count = 0;
  for (const kind of kinds)
    for (const victim of victims)
      for (let moment = 1; moment <= Number(values.moments); moment++) {
        const chance = random(`${values.seed} ${kind} ${victim} ${moment}`);
        if (values.only !== undefined && values.only !== String(moment)) continue;
        count += 1;
        const problems = await killed(kind, victim, chance, expected);
        say(`${problems.length === 0 ? "ok    " : "FAILED"}  ${kind}, ${victim}, moment ${moment}`);
        for (const problem of problems) say(`        ${problem}`);
        if (problems.length > 0) failures.push({ kind, victim, moment: String(moment) });
      }
  process.stdout.write(
    `${count} runs killed, ${failures.length} not as declared after the next up, seed ${values.seed}, ${seconds(started)}\n`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  await stop();
}

/** A run that nobody kills: what it begins with, what it makes, and how many writes it takes. */
async function undisturbed() {
  const project = await open({});
  const start = await contents(emulator.url);
  await project.pulumi(up);
  const made = { start, lines: await contents(emulator.url), writes: (await writes(emulator.url)).length };
  project.remove();
  return made;
}

/**
 * @param {string} kind
 * @param {string} victim
 * @param {() => number} chance
 * @param {Awaited<ReturnType<typeof undisturbed>>} expected
 * @returns {Promise<string[]>} what is wrong
 */
async function killed(kind, victim, chance, expected) {
  /** @type {NodeJS.ProcessEnv} */
  const env =
    kind === "no-checkpoints" ? { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } : {};
  const project = await open(env);
  const after = 1 + Math.floor(chance() * expected.writes);
  const later = chance() * 2 * delayMs;
  const orphans = await killedUp(project, victim, after, later);
  const problems = [];
  const atKill = Date.now();

  // A person needs a moment, and a pipeline none.
  if (chance() < 0.5) {
    await wait(1500);
    const late = (await writes(emulator.url)).filter(({ time }) => Date.parse(time) > atKill + 200);
    if (victim === "cli" && late.length > 0)
      problems.push(`${late.length} writes after the end of the CLI: ${late.map((one) => one.operationId)}`);
  }
  if (kind === "new-machine") {
    for (const gone of ["home", "tmp"]) rmSync(join(project.folder, gone), { recursive: true, force: true });
    project.env.TWILIO_RECOVER = "true";
    mkdirSync(join(project.folder, "tmp"));
  }
  mend(project);
  // The lock of a run that was killed stays.
  await project.pulumi(["cancel", "--yes", "--stack", "demo"]).catch(() => {});
  try {
    await project.pulumi(up);
    problems.push(...differences(expected.lines, await contents(emulator.url)));
    if (kind !== "new-machine") {
      await project.pulumi(destroy);
      problems.push(...differences(expected.start, await contents(emulator.url)));
    }
  } catch (error) {
    const output = error instanceof Error && "output" in error ? String(error.output) : String(error);
    problems.push(...output.split("\n").filter((line) => /error|warning/.test(line)));
  }
  for (const { pid } of orphans) kill(pid);
  if (problems.length === 0) project.remove();
  else say(`        after write ${after} and ${later.toFixed(0)} ms`);
  return problems;
}

/**
 * Pulumi's backend of files does not write a checkpoint, nor the attributes beside it, at once: what is cut is put right as a
 * person would, by the copy of the one before.
 *
 * @param {Project} project
 */
function mend(project) {
  const checkpoint = join(project.folder, "state/.pulumi/stacks/killed/demo.json");
  if (isCut(`${checkpoint}.attrs`)) rmSync(`${checkpoint}.attrs`);
  if (!isCut(checkpoint)) return;
  copyFileSync(`${checkpoint}.bak`, checkpoint);
  say("        the checkpoint was cut, and is put right by its copy");
}

function isCut(/** @type {string} */ path) {
  try {
    JSON.parse(readFileSync(path, "utf8"));
    return false;
  } catch {
    return existsSync(path);
  }
}

/**
 * Starts `pulumi up`, and kills it so many milliseconds after so many writes.
 *
 * @param {Project} project
 * @param {string} victim
 * @param {number} after
 * @param {number} later
 */
async function killedUp(project, victim, after, later) {
  const cli = spawn("pulumi", [...up, "--non-interactive"], {
    cwd: project.folder,
    env: project.env,
    stdio: "ignore",
    detached: true,
  });
  const ended = new Promise((resolve) => cli.once("close", resolve));
  const pid = cli.pid ?? 0;
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver && (await writes(emulator.url)).length < after) await wait(5);
  await wait(later);
  const started = below(pid);
  if (victim === "cli") kill(pid);
  else for (const provider of providers(started)) kill(provider.pid);
  await ended;
  return started;
}

/** @param {NodeJS.ProcessEnv} env */
async function open(env) {
  await renew(emulator.url, delayMs);
  const inFolder = mkdtempSync(join(folder, "run-"));
  const project = new Project(inFolder, { name: "killed", main, engine, env: { ...emulator.env } });
  Object.assign(project.env, env);
  await project.pulumi(["stack", "init", "demo"]);
  return project;
}

/** Numbers from 0 to 1 by chance, the same for the same seed. */
function random(/** @type {string} */ seed) {
  let state = [...seed].reduce(
    (hash, character) => Math.imul(hash ^ character.charCodeAt(0), 16777619),
    2166136261,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
