import { statSync } from "node:fs";
import { createServer } from "node:http2";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Emulator, Fault } from "../../emulator/index";
import { EngineWatch } from "../../provider/hosts/engineWatch";
import { emulatorCredentials } from "../stacks/onStack";
import { type Properties, type ProviderHost, Refused } from "./host";
import { useRuns } from "./runs";

const runs = useRuns();
const run = (more?: Record<string, string>) => runs.begin(more);
let emulator: Emulator;
beforeAll(async () => {
  emulator = await runs.emulator;
});

/** What a program of the stack `dev` of the project `test` gives with a resource. */
const declared = (name: string, args: Properties = {}): Properties => ({
  ...args,
  __at: "dev::test::",
  __pulumiName: name,
});
const urn = (name: string) =>
  `urn:pulumi:dev::test::pulumi-nodejs:dynamic/twilio-flex:MessagingService::${name}`;

const begun = (host: ProviderHost, args: Properties) =>
  host.create("MessagingService", { ...args, accountSid: account });
const account = emulatorCredentials.accountSid;

const services = () =>
  Object.values(emulator.state.account().messagingServices).filter(
    ({ friendly_name }) => friendly_name !== "Flex Messaging Service",
  );
const fault = (effect: Fault["effect"]) =>
  emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect });

const files = () => runs.files();
const journal = () => runs.journal();

/** Kills the process of a run while a create is on its way, after Twilio has done it. */
async function killedWhile(args: Properties, before: () => void = () => {}) {
  const host = await run();
  before();
  fault({ delayMs: 300 });
  const made = begun(host, args).catch(() => {});
  while (emulator.requests.length === 0) await wait(5);
  host.stop("SIGKILL");
  await made;
  await wait(400);
}

describe("a create that was cut off", () => {
  test("is written down before its request, in a file that nobody else can read, without arguments", async () => {
    await killedWhile(declared("support", { inboundRequestUrl: "https://user:secret@example.com/in" }));
    const [file = ""] = files();
    expect(file).toMatch(/^pulumi-twilio-flex\/creates\/test\/dev\/\d+-\d+\.jsonl$/);
    expect(statSync(join(runs.home, file)).mode & 0o077).toBe(0);
    expect(journal()).toContain(urn("support"));
    expect(journal()).not.toMatch(/secret|example/);
  });

  test("is taken by the next run, and not made a second time", async () => {
    await killedWhile(declared("support"));
    expect(services()).toHaveLength(1);
    const { id } = await begun(await run(), declared("support"));
    expect(services().map(({ sid }) => sid)).toEqual([id]);
  });

  test("is made by the next run where nothing was made", async () => {
    await killedWhile(declared("support"), () => fault({ drop: "before" }));
    emulator.reset();
    await begun(await run(), declared("support"));
    expect(services()).toHaveLength(1);
  });

  test("is not taken by another resource, of which nothing was under way", async () => {
    await killedWhile(declared("support", { friendlyName: "Same" }));
    const { id } = await begun(await run(), declared("other", { friendlyName: "Same" }));
    expect(services()).toHaveLength(2);
    const { id: taken } = await begun(await run(), declared("support", { friendlyName: "Same" }));
    expect(taken).not.toBe(id);
    expect(services()).toHaveLength(2);
  });

  test("is not what another run has made for another resource, though that is over", async () => {
    await killedWhile(declared("support", { friendlyName: "Same" }), () => fault({ drop: "before" }));
    const other = declared("other", { friendlyName: "Same" });
    const second = await run();
    const { id, state } = await begun(second, other);
    second.stop("SIGKILL");
    const third = await run();
    await third.diff("MessagingService", id, state, { ...other, accountSid: account });
    third.stop("SIGKILL");
    expect((await begun(await run(), declared("support", { friendlyName: "Same" }))).id).not.toBe(id);
    expect(services()).toHaveLength(2);
  });

  test("is not what the state has of this very resource, which is replaced", async () => {
    const args = declared("support", { friendlyName: "Same" });
    await killedWhile(args, () => fault({ drop: "before" }));
    const { id, state } = await begun(await run({ PULUMI_HOME: "/dev/null/home" }), args);
    const next = await run();
    await next.diff("MessagingService", id, state, { ...args, accountSid: account });
    expect((await begun(next, args)).id).not.toBe(id);
    expect(services()).toHaveLength(2);
  });

  test("is not refused as a duplicate in preview", async () => {
    const args = declared("proxy", { uniqueName: "support" });
    const host = await run();
    fault({ delayMs: 300 });
    const made = host.create("ProxyService", { ...args, accountSid: account }).catch(() => {});
    while (emulator.requests.length === 0) await wait(5);
    host.stop("SIGKILL");
    await made;
    await wait(400);
    const next = await run();
    const { inputs, reasons } = await next.check("ProxyService", {}, args);
    expect(reasons).toEqual([]);
    await next.create("ProxyService", inputs);
    const proxies = Object.values(emulator.state.account().proxyServices);
    expect(proxies.filter(({ unique_name }) => unique_name === "support")).toHaveLength(1);
  });
});

describe("a create whose answer came and whose checkpoint was never written", () => {
  const made = async (args: Properties) => {
    const host = await run();
    const { id } = await begun(host, args);
    host.stop("SIGKILL");
    return id;
  };

  test("is taken by the next run, and gets what is declared by now", async () => {
    const id = await made(declared("support"));
    const next = await run();
    expect((await begun(next, declared("support", { validityPeriod: 3600 }))).id).toBe(id);
    expect(services()).toMatchObject([{ sid: id, validity_period: 3600 }]);
  });

  test("is over once the state has it, for whatever comes in its place", async () => {
    const args = declared("support");
    const host = await run();
    const { id, state } = await begun(host, args);
    host.stop("SIGKILL");
    const next = await run();
    await next.diff("MessagingService", id, state, { ...args, accountSid: account });
    expect((await begun(next, args)).id).not.toBe(id);
    expect(services()).toHaveLength(2);
  });

  test("is not taken in the place of what a forced replacement replaces", async () => {
    const args = declared("support");
    const id = await made(args);
    const next = await run();
    await next.check("MessagingService", {}, { ...args, __isInState: true });
    expect((await begun(next, args)).id).not.toBe(id);
  });
});

describe("a create in doubt that an up has begun to replace, and which is killed before the engine has kept what it took", () => {
  const listPath = "/v1/Services";

  /** The state of a create whose answer was lost and which could not be looked up. */
  const inDoubt = async (args: Properties) => {
    const host = await run();
    fault({ spoil: { body: "<html>" } });
    emulator.addFault({ match: { method: "GET", path: listPath }, effect: { status: 403, code: 20003 } });
    const error: unknown = await begun(host, args).catch((error: unknown) => error);
    emulator.clearFaults();
    host.stop("SIGKILL");
    if (!(error instanceof Refused) || !error.half) throw new Error(`it is not in doubt: ${error}`);
    return { id: error.half.id, state: error.half.properties };
  };

  /** The engine asks for the difference of what waits for its replacement, but no longer for its deletion. */
  const killedUp = async (was: { id: string; state: Properties }, args: Properties) => {
    const host = await run();
    await host.diff("MessagingService", was.id, was.state, { ...args, accountSid: account });
    await host.delete("MessagingService", was.id, was.state);
    const { id } = await begun(host, args);
    host.stop("SIGKILL");
    return id;
  };
  const nextUp = async (
    was: { id: string; state: Properties },
    args: Properties,
    more: Record<string, string> = {},
  ) => {
    const host = await run(more);
    await host.diff("MessagingService", was.id, was.state, { ...args, accountSid: account });
    return (await begun(host, args)).id;
  };

  test.each([
    ["on the same machine", true],
    ["on another machine", false],
  ])("is taken by the next up %s, also where the first has changed it", async (_, isSame) => {
    const was = await inDoubt(declared("support", { friendlyName: "Same" }));
    expect(services()).toHaveLength(1);
    const changed = declared("support", { friendlyName: "Other" });
    const id = await killedUp(was, changed);
    expect(services()).toMatchObject([{ sid: id, friendly_name: "Other" }]);
    const elsewhere = { PULUMI_HOME: join(runs.home, "elsewhere") };
    expect(await nextUp(was, changed, isSame ? {} : elsewhere)).toBe(id);
    expect(services()).toHaveLength(1);
  });

  test("is taken by the next up where the run ended right after the deletion", async () => {
    const args = declared("support", { friendlyName: "Same" });
    const was = await inDoubt(args);
    const host = await run();
    await host.diff("MessagingService", was.id, was.state, { ...args, accountSid: account });
    await host.delete("MessagingService", was.id, was.state);
    host.stop("SIGKILL");
    const [made] = services();
    expect(await nextUp(was, args, { PULUMI_HOME: join(runs.home, "elsewhere") })).toBe(made?.sid);
    expect(services()).toHaveLength(1);
  });
});

test("what was refused leaves nothing behind", async () => {
  fault({ status: 400, code: 20001, message: "Wrong" });
  const host = await run();
  await expect(begun(host, declared("support"))).rejects.toThrow("Wrong");
  expect(journal()).toContain('"over":true');
});

test("what failed before anything was sent leaves nothing behind", async () => {
  const host = await run();
  const nowhere = { areaCode: "907", ...declared("desk"), accountSid: account };
  await expect(host.create("PhoneNumber", nowhere)).rejects.toThrow("no number in area code 907 is for sale");
  expect(journal()).toContain('"over":true');
});

test("a file whose creates are all over is removed by the next run", async () => {
  const host = await run();
  const { id, state } = await begun(host, declared("support"));
  host.stop("SIGKILL");
  expect(files()).toHaveLength(1);
  const next = await run();
  await next.diff("MessagingService", id, state, declared("support", { accountSid: account }));
  await next.diff("MessagingService", id, state, declared("support", { accountSid: account }));
  expect(files()).toEqual([]);
});

test("where no journal can be kept, everything else goes on", async () => {
  const { id } = await begun(await run({ PULUMI_HOME: "/dev/null/home" }), declared("support"));
  expect(services()).toMatchObject([{ sid: id }]);
});

describe("the engine", () => {
  test("that ends lets nothing more be sent", async () => {
    const engine = createServer();
    const connections = new Set<{ destroy(): void }>();
    engine.on("connection", (connection) => connections.add(connection));
    await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
    const address = engine.address();
    if (address === null || typeof address === "string") throw new Error("it does not listen");
    let lost = 0;
    const watch = new EngineWatch(`127.0.0.1:${address.port}`, () => {
      lost += 1;
    });
    await watch.proceed();
    engine.close();
    for (const connection of connections) connection.destroy();
    await wait(50);
    await expect(watch.proceed()).rejects.toThrow("nothing more is sent");
    expect(lost).toBe(1);
  });

  test.each(["127.0.0.1:1", "nonsense", ""])("that was never there is not missed: %s", async (address) => {
    await new EngineWatch(address, () => {}).proceed();
  });
});
