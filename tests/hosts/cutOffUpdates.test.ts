import { setTimeout as wait } from "node:timers/promises";
import type { Emulator } from "../../emulator/index";
import { emulatorCredentials } from "../stacks/onStack";
import type { Properties, ProviderHost } from "./host";
import { useRuns } from "./runs";

const runs = useRuns();
const run = () => runs.begin();
let emulator: Emulator;
beforeAll(async () => {
  emulator = await runs.emulator;
});

const declared = (args: Properties): Properties => ({
  accountSid: emulatorCredentials.accountSid,
  __at: "dev::test::",
  __pulumiName: "support",
  ...args,
});

/** Kills the process of a run while a write is on its way, after Twilio has done it. */
async function killed(operationId: string, work: (host: ProviderHost) => Promise<unknown>) {
  const host = await run();
  const written = () => emulator.requests.filter((request) => request.operationId === operationId).length;
  const before = written();
  emulator.addFault({ match: { operationId }, times: 1, effect: { delayMs: 300 } });
  const working = work(host).catch(() => {});
  while (written() === before) await wait(5);
  host.stop("SIGKILL");
  await working;
  await wait(400);
}

describe("an update that was cut off", () => {
  const type = "MessagingService";
  const one = declared({ friendlyName: "One" });
  const two = declared({ friendlyName: "Two", validityPeriod: 60 });
  const service = (id: string) => emulator.state.account().messagingServices[id];
  const made = async () => (await run()).create(type, one);
  const cutOff = async ({ id, state }: { id: string; state: Properties }) => {
    await killed("UpdateService", (host) => host.update(type, id, state, two));
    expect(service(id)).toMatchObject({ friendly_name: "Two", validity_period: 60 });
  };

  test("is undone by a program that no longer wants it, once", async () => {
    const { id, state } = await made();
    await cutOff({ id, state });
    const next = await run();
    expect((await next.diff(type, id, state, one)).changes).toBe("DIFF_SOME");
    const { state: after } = await next.update(type, id, state, one);
    expect(service(id)).toMatchObject({ friendly_name: "One", validity_period: 36_000 });
    expect((await (await run()).diff(type, id, after, one)).changes).toBe("DIFF_NONE");
  });

  test("is repeated by a program that still wants it, and then over", async () => {
    const { id, state } = await made();
    await cutOff({ id, state });
    const { state: after } = await (await run()).update(type, id, state, two);
    expect((await (await run()).diff(type, id, after, two)).changes).toBe("DIFF_NONE");
  });

  test("that was not cut off is over, also where it took arguments away", async () => {
    const more = { ...two, inboundRequestUrl: "https://example.com/in", useInboundWebhookOnNumber: true };
    const { id, state } = await (await run()).create(type, more);
    const { state: after } = await (await run()).update(type, id, state, one);
    const next = await run();
    expect((await next.diff(type, id, after, one)).changes).toBe("DIFF_NONE");
    const seen = await next.read(type, id, after);
    expect((await next.diff(type, id, seen.state, one)).changes).toBe("DIFF_NONE");
  });

  test("leaves nothing to do where it was refused", async () => {
    const { id, state } = await made();
    const fault = { status: 400, code: 20001 };
    emulator.addFault({ match: { operationId: "UpdateService" }, times: 1, effect: fault });
    await expect((await run()).update(type, id, state, two)).rejects.toThrow();
    expect((await (await run()).diff(type, id, state, one)).changes).toBe("DIFF_NONE");
  });
});

describe("what a run that was cut off has changed of an object that was there before", () => {
  const type = "ConversationsAddress";
  const webhook = (url: string) => ({ type: "webhook", webhookUrl: url });
  const address = (url: string) =>
    declared({ ...sms, adopt: sid, friendlyName: "Ours", autoCreation: webhook(url) });
  const ours = "https://ours.example.com/in";
  const next = "https://ours.example.com/next";
  const sms = { type: "sms", address: "+15017122661" };
  let sid = "";
  const there = () => emulator.state.account().addressConfigurations[sid];
  const update = "UpdateConfigurationAddress";
  const create = async (url: string) => (await run()).create(type, address(url));
  const destroy = async ({ id, state }: { id: string; state: Properties }) =>
    (await run()).delete(type, id, state);

  let before: unknown;
  beforeEach(async () => {
    const somebody = { ...sms, autoCreation: webhook("https://former.example.com/in") };
    const elsewhere = await runs.begin({ PULUMI_HOME: "/dev/null/home" });
    ({ id: sid } = await elsewhere.create(type, { ...declared({}), ...somebody }));
    before = { name: there()?.friendly_name, ...there()?.auto_creation };
  });
  const asItIs = () => ({ name: there()?.friendly_name, ...there()?.auto_creation });

  test("is given back by destroy", async () => {
    await killed(update, (host) => host.create(type, address(ours)));
    expect(asItIs()).not.toEqual(before);
    await destroy(await create(ours));
    expect(asItIs()).toEqual(before);
  });

  test("and had finished, is given back by destroy, and not deleted for one that it has made", async () => {
    const { adopt, ...args } = address(ours);
    const ifThere = { ...args, adopt: "ifThere" };
    await (await run()).create(type, ifThere);
    const made = await (await run()).create(type, ifThere);
    expect(made).toMatchObject({ id: sid, state: { adopted: true } });
    await destroy(made);
    expect(asItIs()).toEqual(before);
  });

  test("by two runs, one after the other, is given back", async () => {
    await killed(update, (host) => host.create(type, address(ours)));
    await killed(update, (host) => host.create(type, address(next)));
    await destroy(await create(ours));
    expect(asItIs()).toEqual(before);
  });

  test("by an update is given back, also by a destroy right after it", async () => {
    const { id, state } = await (await run()).create(type, declared({ ...sms, adopt: sid }));
    await killed(update, (host) => host.update(type, id, state, address(ours)));
    await destroy({ id, state });
    expect(asItIs()).toEqual(before);
  });

  test("and somebody has changed since is theirs", async () => {
    const { id, state } = await (await run()).create(type, declared({ ...sms, adopt: sid }));
    await killed(update, (host) => host.update(type, id, state, address(ours)));
    Object.assign(there() ?? {}, { friendly_name: "Theirs" });
    await destroy({ id, state });
    expect(asItIs()).toEqual({ ...Object(before), name: "Theirs" });
  });
});
