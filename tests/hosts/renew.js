/**
 * Loaded into a provider host that several runs share: when told to, it forgets what this package's modules hold, so that the next
 * run finds them as a process of its own would. The engine starts a process for each run instead, and each run has another
 * address of the engine, by which the provider processes of one run know each other.
 */
const { join, sep } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

const timers = require("node:timers/promises");

// Where a test loses hundreds of answers, the pauses before the next try pass faster.
const { HURRY = "1" } = process.env;
const pause = timers.setTimeout;
timers.setTimeout = (ms, ...rest) => pause(ms / Number(HURRY), ...rest);

const own = join(__dirname, "../../dist") + sep;
let runs = 0;

function nextRun() {
  runs += 1;
  process.argv[process.argv.length - 1] = `run-${runs}-of-${process.pid}:1`;
  for (const file of Object.keys(require.cache)) if (file.startsWith(own)) delete require.cache[file];
}

/** What is in use, in bytes, without what only waits to be collected. */
function used() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

nextRun();
process.on("message", (mark) => {
  if (mark === "used") return process.send(used());
  nextRun();
  process.stdout.write(`${mark}\n`);
});
