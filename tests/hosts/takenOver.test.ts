import { setTimeout as wait } from "node:timers/promises";
import { type Emulator, seeded } from "../../emulator/index";
import { emulatorCredentials } from "../stacks/onStack";
import type { Properties, ProviderHost } from "./host";
import { useRuns } from "./runs";

const runs = useRuns();
const run = () => runs.begin();
let emulator: Emulator;
beforeAll(async () => {
  emulator = await runs.emulator;
});

const number = () => {
  const found = emulator.state.account().phoneNumbers[seeded.smsNumber];
  if (!found) throw new Error("the number is gone");
  return found;
};
const handler = (url: string): Properties => ({
  phoneNumberSid: seeded.smsNumber,
  message: { kind: "webhook", url },
  onConflict: "takeOver",
  accountSid: emulatorCredentials.accountSid,
  __at: "dev::test::",
  __pulumiName: "line",
});
const former = "https://former.example.com/in";

const written = () =>
  emulator.requests.filter(({ operationId }) => operationId === "UpdateIncomingPhoneNumber");

/** Kills the process of a run while a write is on its way, after Twilio has done it. */
async function killed(work: (host: ProviderHost) => Promise<unknown>) {
  const host = await run();
  const before = written().length;
  emulator.addFault({
    match: { operationId: "UpdateIncomingPhoneNumber" },
    times: 1,
    effect: { delayMs: 300 },
  });
  const working = work(host).catch(() => {});
  while (written().length === before) await wait(5);
  host.stop("SIGKILL");
  await working;
  await wait(400);
}

const create = async (url: string) => (await run()).create("PhoneNumberHandler", handler(url));
const destroy = async ({ id, state }: { id: string; state: Properties }) =>
  (await run()).delete("PhoneNumberHandler", id, state);
const ours = "https://ours.example.com/in";
const next = "https://ours.example.com/next";

beforeEach(() => {
  number().sms_url = former;
});

test("what a run that was cut off has taken over is given back by destroy", async () => {
  await killed((host) => host.create("PhoneNumberHandler", handler(ours)));
  expect(number().sms_url).toBe(ours);
  await destroy(await create(ours));
  expect(number().sms_url).toBe(former);
});

test("what two runs that were cut off have taken over, one after the other, is given back", async () => {
  await killed((host) => host.create("PhoneNumberHandler", handler(ours)));
  await killed((host) => host.create("PhoneNumberHandler", handler(next)));
  await destroy(await create(ours));
  expect(number().sms_url).toBe(former);
});

test("what a run that was cut off has taken over is no conflict for the next one", async () => {
  await killed((host) => host.create("PhoneNumberHandler", handler(ours)));
  const { onConflict, ...args } = handler(next);
  const made = await (await run()).create("PhoneNumberHandler", args);
  expect(number().sms_url).toBe(next);
  await destroy(made);
  expect(number().sms_url).toBe(former);
});

test("what a run that was cut off has changed is given back by destroy", async () => {
  const { id, state } = await create(ours);
  await killed((host) => host.update("PhoneNumberHandler", id, state, handler(next)));
  expect(number().sms_url).toBe(next);
  await destroy({ id, state });
  expect(number().sms_url).toBe(former);
});

test("what somebody has set since a run was cut off is theirs", async () => {
  const { id, state } = await create(ours);
  await killed((host) => host.update("PhoneNumberHandler", id, state, handler(next)));
  number().sms_url = "https://theirs.example.com/in";
  await destroy({ id, state });
  expect(number().sms_url).toBe("https://theirs.example.com/in");
});

test("what the state has is over, and what may hold a credential is not written down", async () => {
  number().sms_url = "https://user:secret@former.example.com/in?key=secret";
  const host = await run();
  const { id, state } = await host.create("PhoneNumberHandler", handler(ours));
  expect(runs.journal()).not.toContain("secret");
  const later = await run();
  await later.diff("PhoneNumberHandler", id, state, handler(ours));
  expect(runs.journal()).toContain('"over":true');
});
