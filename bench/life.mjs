/** One stack of one program through its life, each operation measured. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "../scripts/demo/project.mjs";
import { below, providers } from "../scripts/killed/processes.mjs";

/** In this order. */
const commands = {
  create: ["up", "--skip-preview"],
  "no change": ["up", "--skip-preview"],
  "one change": ["up", "--skip-preview"],
  refresh: ["refresh"],
  destroy: ["destroy", "--skip-preview"],
};
export const operations = Object.keys(commands);

const withoutCheckpoints = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** What is compared. `--parallel 64`, since without checkpoints it is the requests that take the time. */
export const programs = {
  floor: { title: "floor", main: "no-op.js", env: {}, args: [] },
  ours: { title: "ours", main: "flex-flows.js", env: {}, args: [] },
  without: {
    title: "ours, no checkpoints",
    main: "flex-flows.js",
    env: withoutCheckpoints,
    args: ["--parallel", "64"],
  },
  closure: { title: "closure", main: "closure.js", env: {}, args: [] },
};

/**
 * @typedef {object} Measured
 * @property {number} seconds
 * @property {number} calls API requests, counted by the emulator
 * @property {number | undefined} memory the most that the provider process had, in MB; undefined where the system does not tell
 */

/**
 * @typedef {object} Life
 * @property {keyof typeof programs} program
 * @property {number} resources
 * @property {number} latency of the API, in milliseconds
 * @property {Record<string, Measured>} operations
 * @property {number} state bytes of the checkpoint with all resources
 * @property {number} unplaced characters of it without where in the program each resource is made, which tells folders of the machine
 * @property {number} pointer characters that are stored to find the provider
 */

/**
 * Lives through all operations, each after one `next()`, so that several lives can be interleaved.
 *
 * @param {object} options
 * @param {keyof typeof programs} options.program
 * @param {number} options.resources
 * @param {number} options.latency
 * @param {string} options.engine the folder that holds `pulumi`
 * @param {string} options.folder
 * @param {import("../scripts/demo/emulator.mjs").Emulator} options.emulator for this life alone
 * @returns {AsyncGenerator<string, Life>} the operations that are over
 */
export async function* live({ program, resources, latency, engine, folder, emulator }) {
  const { main, env, args } = programs[program];
  if (latency > 0) await control(emulator, "POST", "faults", { match: {}, effect: { delayMs: latency } });
  const project = new Project(folder, {
    name: "bench",
    main: fileURLToPath(new URL(`programs/${main}`, import.meta.url)),
    engine,
    env: { ...emulator.env, BENCH_RESOURCES: String(resources) },
  });
  Object.assign(project.env, env);
  await project.pulumi(["stack", "init", "bench"]);
  const checkpoint = join(folder, "state/.pulumi/stacks/bench/bench.json");
  const life = { program, resources, latency, operations: {}, state: 0, unplaced: 0, pointer: 0 };
  for (const operation of operations) {
    if (operation === "one change") {
      const text = readFileSync(checkpoint, "utf8");
      life.state = Buffer.byteLength(text);
      life.unplaced = withoutPlaces(text).length;
      life.pointer = pointerIn(text);
      project.env.BENCH_CHANGED = "1";
    }
    const [command, ...options] = commands[operation];
    life.operations[operation] = await measured(emulator, () =>
      project.pulumi([command, "--yes", ...options, ...args]),
    );
    yield operation;
  }
  project.remove();
  return life;
}

const withoutPlaces = (/** @type {string} */ checkpoint) =>
  JSON.stringify(JSON.parse(checkpoint), (key, value) =>
    key === "sourcePosition" || key === "stackTrace" ? undefined : value,
  );

/** The longest text that is stored to find a provider. */
const pointerIn = (/** @type {string} */ checkpoint) =>
  Math.max(
    0,
    ...[...checkpoint.matchAll(/"__provider":\s*("(?:[^"\\]|\\.)*")/g)].map(
      ([, text]) => JSON.parse(text).length,
    ),
  );

/** @param {import("../scripts/demo/emulator.mjs").Emulator} emulator @param {() => Promise<unknown>} run */
async function measured(emulator, run) {
  await control(emulator, "DELETE", "requests");
  const memory = watchMemory();
  const started = performance.now();
  try {
    await run();
  } finally {
    memory.end();
  }
  const seconds = (performance.now() - started) / 1000;
  const { requests } = await (await fetch(`${emulator.url}/_emulator/requests`)).json();
  return { seconds, calls: requests.length, memory: memory.peak() };
}

/** The engine starts more than one process of the provider, some only for a moment. Linux keeps the peak of each. */
function watchMemory() {
  /** @type {Set<number>} */
  const pids = new Set();
  let [peak, looks] = [0, 0];
  const look = () => {
    if (looks++ % 4 === 0) for (const { pid } of providers(below(process.pid))) pids.add(pid);
    for (const pid of pids) peak = Math.max(peak, peakOf(pid));
  };
  const timer = setInterval(look, 250);
  return { end: () => clearInterval(timer), peak: () => (peak > 0 ? peak : undefined) };
}

/** In MB; 0 where the process is gone, or the system does not tell. */
function peakOf(/** @type {number} */ pid) {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) / 1000;
  } catch {
    return 0;
  }
}

/** @param {import("../scripts/demo/emulator.mjs").Emulator} emulator @param {string} method @param {string} path @param {object} [body] */
async function control(emulator, method, path, body) {
  const answer = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${method} ${path}`);
}
