/** See `help` below and README.md. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Emulator } from "../scripts/demo/emulator.mjs";
import { getEngine } from "../scripts/engine/get-engine.mjs";
import { say, seconds } from "../scripts/progress.mjs";
import { CommandFailed } from "../scripts/run.mjs";
import { countsOf, worse } from "./counts.mjs";
import { live, programs } from "./life.mjs";
import { page } from "./page.mjs";
import { plot } from "./plot.mjs";
import { start } from "./start.mjs";

const help = `npm run bench [-- --quick]
  Measures what Flex Flows of this package cost, beside resources behind which nothing happens (the floor) and a dynamic
  provider as Pulumi's guide shows it (closure), and writes docs/performance.md, docs/performance.svg and bench/results.json.

  --minutes <n>      begins no group that would not end in time, default 25
  --resources <n,n>  how many, default 50,200,400,1000
  --latency <ms,ms>  of the API, default 0 and, for 400 resources, 100
  --program <p,p>    of ${Object.keys(programs).join(", ")}; default all, closure up to 400 resources
  --rounds <n>       at most, default 3
  --add              adds to what bench/results.json has, instead of beginning anew
  --report           measures nothing, and writes the page again
  --quick            20 Flex Flows, only counts (requests, bytes): fails where they got worse than bench/counts.json
  --write            with --quick: writes bench/counts.json
  --help
`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "25" },
    resources: { type: "string" },
    latency: { type: "string" },
    program: { type: "string" },
    rounds: { type: "string", default: "3" },
    add: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}

/** @typedef {import("./life.mjs").Life} Life */
/** @typedef {{ machine: string, lives: Life[], starts: import("./start.mjs").Start[], loads: number[] }} Results */

const root = fileURLToPath(new URL("..", import.meta.url));
const resultsFile = join(root, "bench/results.json");
const countsFile = join(root, "bench/counts.json");

if (values.report) {
  write(JSON.parse(readFileSync(resultsFile, "utf8")));
  process.exit();
}

const began = Date.now();
const engine = await getEngine();
const folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-bench-"));
/** @type {Set<Emulator>} */
const emulators = new Set();
const stop = () =>
  Promise.all([...emulators].map((one) => one.stop())).then(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop().then(() => process.exit(130)));

try {
  await (values.quick ? quick() : whole());
} catch (error) {
  say(error instanceof CommandFailed ? error.output : "");
  throw error;
} finally {
  await stop();
}

/** Counts are the same on every machine, whatever else it does. */
async function quick() {
  const counts = countsOf(...(await measure(["ours"], 20, 0)));
  if (values.write) writeFileSync(countsFile, `${JSON.stringify(counts, undefined, 2)}\n`);
  const problems = worse(JSON.parse(readFileSync(countsFile, "utf8")), counts);
  process.stdout.write(
    `${Object.entries(counts)
      .map(([name, count]) => `${name}: ${count}`)
      .join("\n")}\n`,
  );
  for (const problem of problems) say(`worse: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function whole() {
  const kept = values.add && existsSync(resultsFile);
  /** @type {Results} */
  const results = kept
    ? JSON.parse(readFileSync(resultsFile, "utf8"))
    : { machine: "", lives: [], starts: [], loads: [] };
  results.machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.version}`;
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const { resources, latency, among } of groups()) {
      const expected = expectedSeconds(results.lives, resources, latency, among);
      const left = Number(values.minutes) * 60 - (Date.now() - began) / 1000;
      if (expected > left) {
        say(
          `round ${round}, ${resources}, ${latency} ms: left out, takes some ${expected.toFixed(0)} s of ${left.toFixed(0)}`,
        );
        continue;
      }
      const since = Date.now();
      results.lives.push(...(await measure(among, resources, latency)));
      say(`round ${round}, ${resources}, ${latency} ms: ${seconds(since)}`);
      results.starts.push(await startOne());
      results.loads.push(loadavg()[0]);
      write(results);
    }
  }
}

/** What is compared with each other. The long ones come last. */
function groups() {
  const numbers = (/** @type {string} */ text) => text.split(",").map(Number);
  const wanted = numbers(values.resources ?? "50,200,400,1000").flatMap((resources) => {
    const latencies = values.latency ? numbers(values.latency) : resources === 400 ? [0, 100] : [0];
    return latencies.map((latency) => ({ resources, latency }));
  });
  const named = values.program?.split(",");
  return wanted.map(({ resources, latency }) => ({
    resources,
    latency,
    among: Object.keys(programs).filter((program) =>
      named ? named.includes(program) : program !== "closure" || resources <= 400,
    ),
  }));
}

/**
 * As long as it took before; else as long as it would by the next smaller number of resources: commands take a while to start,
 * and the engine's checkpoints make time grow faster than the number of resources once there are many.
 *
 * @param {Life[]} lives @param {number} resources @param {number} latency @param {string[]} among
 */
function expectedSeconds(lives, resources, latency, among) {
  const each = among.map((program) => {
    const known = lives.filter((life) => life.program === program && life.resources <= resources);
    const largest = Math.max(...known.map((life) => life.resources));
    const alike = known.filter((life) => life.resources === largest);
    const last = alike.findLast((life) => life.latency === latency) ?? alike.at(-1);
    if (last === undefined) return 0;
    const took = Object.values(last.operations).reduce((sum, one) => sum + one.seconds, 0);
    return took * (resources / largest) ** (resources > 400 ? 1.6 : 1);
  });
  return each.reduce((sum, one) => sum + one, 0);
}

/**
 * Each operation of one program right after the same of another, so that whatever else the machine does hits all of them. Each
 * program has an account of its own.
 *
 * @param {string[]} among @param {number} resources @param {number} latency
 * @returns {Promise<Life[]>}
 */
async function measure(among, resources, latency) {
  const running = [];
  for (const program of among) {
    const own = mkdtempSync(join(folder, "life-"));
    const emulator = await open();
    running.push({
      program,
      emulator,
      life: live({ program, resources, latency, engine, folder: own, emulator }),
    });
  }
  /** @type {Life[]} */
  const lives = [];
  while (lives.length < running.length) {
    for (const { program, life } of running) {
      const since = Date.now();
      const { value, done } = await life.next();
      if (done) lives.push(value);
      else say(`  ${resources}, ${latency} ms, ${programs[program].title}, ${value}: ${seconds(since)}`);
    }
  }
  for (const { emulator } of running) await close(emulator);
  return lives;
}

async function startOne() {
  const emulator = await open();
  const figures = start(emulator.env);
  await close(emulator);
  return figures;
}

async function open() {
  const emulator = new Emulator();
  emulators.add(emulator);
  await emulator.ready;
  return emulator;
}

async function close(/** @type {Emulator} */ emulator) {
  await emulator.stop();
  emulators.delete(emulator);
}

function write(/** @type {Results} */ results) {
  writeFileSync(resultsFile, `${JSON.stringify(results)}\n`);
  writeFileSync(join(root, "docs/performance.md"), page(results));
  writeFileSync(join(root, "docs/performance.svg"), plot(results));
}
