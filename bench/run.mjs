/** See `help` below and README.md. */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Emulator } from "../scripts/demo/emulator.mjs";
import { Project } from "../scripts/demo/project.mjs";
import { getEngine } from "../scripts/engine/get-engine.mjs";
import { say } from "../scripts/progress.mjs";
import { median } from "./median.mjs";

const help = `npm run bench [-- --quick]
  Measures what a resource of this package costs beside one behind which nothing happens, in the same run.

  --resources <n>  of each kind, default 200
  --rounds <n>     how often, default 3
  --quick          20 resources, one round
  --help
`;

const { values } = parseArgs({
  options: {
    resources: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
const resources = Number(values.resources ?? (values.quick ? 20 : 200));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));

const programs = fileURLToPath(new URL("programs", import.meta.url));
const engine = await getEngine();
const folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-bench-"));
const emulator = new Emulator();
const stop = () => emulator.stop().then(() => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop().then(() => process.exit(130)));

try {
  await emulator.ready;
  /** @type {Measured[]} */
  const noOps = [];
  /** @type {Measured[]} */
  const flexFlows = [];
  for (let round = 1; round <= rounds; round++) {
    // One right after the other, so that whatever else the machine does hits both.
    noOps.push(await measure("no-op", round));
    flexFlows.push(await measure("flex-flows", round));
  }
  report(noOps, flexFlows);
} finally {
  await stop();
}

/**
 * @typedef {object} Measured
 * @property {number} create seconds of the first `up`
 * @property {number} again seconds of an `up` that changes nothing
 * @property {number} createCalls API requests in the first `up`
 * @property {number} againCalls API requests in the second
 * @property {number} pointer characters that are stored to find the provider
 * @property {number} state bytes of the whole state
 */

/** @param {string} program @param {number} round @returns {Promise<Measured>} */
async function measure(program, round) {
  const env = { ...emulator.env, BENCH_RESOURCES: String(resources) };
  const main = join(programs, `${program}.js`);
  const project = new Project(join(folder, `${program}-${round}`), { name: program, main, engine, env });
  await project.pulumi(["stack", "init", "bench"]);
  const up = ["up", "--yes", "--skip-preview"];
  const first = await timed(() => project.pulumi(up));
  const second = await timed(() => project.pulumi(up));
  const state = await project.pulumi(["stack", "export", "--show-secrets"]);
  await project.pulumi(["destroy", "--yes", "--skip-preview"]);
  project.remove();
  say(`round ${round}, ${program}: up ${first.seconds.toFixed(1)} s, again ${second.seconds.toFixed(1)} s`);
  return {
    create: first.seconds,
    again: second.seconds,
    createCalls: first.requests,
    againCalls: second.requests,
    pointer: Math.max(
      ...[...state.matchAll(/"__provider": ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text).length),
    ),
    state: state.length,
  };
}

/** @param {() => Promise<unknown>} run */
async function timed(run) {
  const started = performance.now();
  const { requests } = await emulator.during(run);
  return { seconds: (performance.now() - started) / 1000, requests: requests.length };
}

/** @param {Measured[]} noOps @param {Measured[]} flexFlows */
function report(noOps, flexFlows) {
  const figure = (/** @type {keyof Measured} */ key, digits = 1) => {
    const [floor, ours] = [noOps, flexFlows].map((measured) => median(measured.map((one) => one[key])));
    return { floor: floor.toFixed(digits), ours: ours.toFixed(digits), ratio: (ours / floor).toFixed(2) };
  };
  const calls = (/** @type {"createCalls" | "againCalls"} */ key) =>
    `${Math.max(...flexFlows.map((one) => one[key])) / resources}`;
  const create = figure("create");
  const again = figure("again");
  const state = figure("state", 0);
  const rows = [
    [`${resources} resources, median of ${rounds}`, "no-op", "FlexFlow", "ratio", "target"],
    ["up, all new, seconds", create.floor, create.ours, create.ratio, "≤ 1.5"],
    ["up, no change, seconds", again.floor, again.ours, again.ratio, ""],
    ["API calls per create", "", calls("createCalls"), "", "1"],
    ["API calls per resource, no change", "", calls("againCalls"), "", "0"],
    ["stored pointer, characters", "", String(flexFlows[0].pointer), "", "≤ 200"],
    ["state, bytes", state.floor, state.ours, state.ratio, ""],
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ");
  const cpu = cpus()[0]?.model ?? "unknown";
  process.stdout.write(
    `${rows.map(line).join("\n")}\n\n${cpus().length} × ${cpu}, Node ${process.version}\n`,
  );
  const missed = [
    median(flexFlows.map((one, index) => one.create / noOps[index].create)) > 1.5 && "time of up",
    flexFlows.some((one) => one.createCalls !== resources) && "API calls per create",
    flexFlows.some((one) => one.againCalls !== 0) && "API calls without change",
    flexFlows[0].pointer > 200 && "pointer",
  ].filter(Boolean);
  if (missed.length > 0) {
    say(`missed: ${missed.join(", ")}`);
    process.exitCode = 1;
  }
}
