import { existsSync, readFileSync } from "node:fs";
import { type Emulator, type Fault, seeded, startEmulator } from "../../emulator/index";
import { MessagingService, ProxyService, TaskRouterWorker, TwimlApplication } from "../../provider/index";
import { type HostProcess, startHost } from "../hosts/host";
import { emulatorCredentials } from "../stacks/onStack";
import { openStandIn } from "../stacks/standIn";

/** Set by `jest.scale.config.js`, with which `npm run test:scale` runs more. */
declare const scale: { resources: number; operations: number; peakMb: number };
const { resources, operations, peakMb } =
  // When the collector works is not the same on each machine: the strict limit is the large form's.
  typeof scale === "undefined" ? { resources: 200, operations: 1_000, peakMb: 350 } : scale;

const isLinux = existsSync("/proc/self/status");
/** How many megabytes the provider process had at most. */
function peakOf({ pid }: HostProcess): number {
  const status = isLinux ? readFileSync(`/proc/${pid}/status`, "utf8") : "";
  return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
const report = (text: string) => process.stderr.write(`${text}\n`);

let emulator: Emulator;
let host: HostProcess;
beforeEach(async () => {
  emulator = await startEmulator({ strict: true, randomSeed: 7 });
  // Pauses before repeated requests pass faster.
  host = await startHost({ HURRY: "50" });
});
afterEach(async () => {
  host.stop();
  await emulator.close();
});

const config = () => ({ baseUrl: emulator.url, ...emulatorCredentials });

/** As many at a time as the engine has under way. */
const parallel = 16;
const program = async () => {
  const made: (MessagingService | ProxyService | TaskRouterWorker | TwimlApplication)[] = [];
  for (let index = 0; index < resources; index++) {
    const before = made[index - parallel];
    const opts = before ? { dependsOn: [before] } : {};
    const name = `made-${index}`;
    const makers = [
      () => new MessagingService(name, {}, opts),
      () => new ProxyService(name, { uniqueName: name }, opts),
      () => new TaskRouterWorker(name, { workspaceSid: seeded.workspace }, opts),
      () => new TwimlApplication(name, {}, opts),
    ];
    const make = makers[index % makers.length];
    if (make) made.push(make());
  }
};

/** The names of all that the program makes, sorted; what is doubled is there twice. */
const made = () => {
  const { messagingServices, proxyServices, taskrouterWorkers, applications } = emulator.state.account();
  return [
    ...Object.values(messagingServices).map(({ friendly_name }) => friendly_name),
    ...Object.values(proxyServices).map(({ unique_name }) => unique_name),
    ...Object.values(taskrouterWorkers).map(({ friendly_name }) => friendly_name),
    ...Object.values(applications).map(({ friendly_name }) => friendly_name),
  ]
    .filter((name) => name?.startsWith("made-"))
    .sort();
};

const spoiled: Fault[] = [
  { match: {}, probability: 0.05, effect: { status: 429, code: 20429, retryAfter: 1 } },
  { match: {}, probability: 0.05, effect: { status: 503 } },
];

test(`${resources} resources, with 5 % of 429 and 5 % of 503: done, nothing doubled, and the provider stays small`, async () => {
  const stack = openStandIn(config(), host);
  const { pid } = host;
  for (const fault of spoiled) emulator.addFault(fault);
  const started = Date.now();
  const runs = [];
  do runs.push(await stack.up(program));
  while (runs.at(-1)?.failed && runs.length < 2);
  expect(runs.at(-1)).toMatchObject({ failed: false });
  expect(made()).toEqual(Array.from({ length: resources }, (_, index) => `made-${index}`).sort());

  const asked = emulator.requests.length;
  expect(await stack.up(program)).toMatchObject({ failed: false, steps: {} });
  expect(emulator.requests.length).toBe(asked);

  const destroyed = [];
  do destroyed.push(await stack.destroy());
  while (destroyed.at(-1)?.failed && destroyed.length < 2);
  expect(made()).toEqual([]);
  const peak = peakOf(host);
  report(
    `${resources} resources: ${runs.length} up, ${emulator.requests.length} requests, ${emulator.requests.filter(({ status }) => status === 429 || status === 503).length} of them refused, provider at most ${peak.toFixed(0)} MB, ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  expect(host.pid).toBe(pid);
  expect(peak).toBeLessThan(peakMb);
  await stack.close();
}, 1_200_000);

test(`a provider process does not grow over ${operations} operations`, async () => {
  await host.configure(config());
  const { pid } = host;
  const inputs = { accountSid: seeded.account, __pulumiName: "made", __at: "dev::test::" };
  let count = 0;
  const life = async () => {
    const { id, state } = await host.create("MessagingService", inputs);
    const later = { ...inputs, validityPeriod: 3600 };
    await host.diff("MessagingService", id, state, later);
    const updated = await host.update("MessagingService", id, state, later);
    const read = await host.read("MessagingService", id, updated.state);
    await host.delete("MessagingService", id, read.state);
    count += 5;
  };
  const until = async (end: number) => {
    const lane = async () => {
      while (count < end) await life();
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  };
  await until(operations * 0.4);
  const early = (await host.used()) / 2 ** 20;
  await until(operations);
  const late = (await host.used()) / 2 ** 20;
  report(
    `${count} operations: ${early.toFixed(1)} MB in use after two fifths, ${late.toFixed(1)} MB at the end`,
  );
  expect(host.pid).toBe(pid);
  expect(late - early).toBeLessThan(5);
}, 1_200_000);
