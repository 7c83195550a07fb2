import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import { emulatorCredentials } from "../stacks/onStack";
import { type Properties, type ProviderHost, Refused, startHost } from "./host";

/** Two stacks on one account whose `up` runs in the same moment, each with a provider process of its own. */
let emulator: Emulator;
let homes: string[];
let hosts: ProviderHost[];

beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
  homes = ["one", "other"].map((name) => mkdtempSync(join(tmpdir(), `${name}-`)));
  hosts = await Promise.all(homes.map((home) => startHost({ PULUMI_HOME: home })));
});

/** Another account as it is at the start, and another run of each stack. */
async function afresh() {
  emulator.reset();
  for (const host of hosts) {
    await host.renew();
    await host.configure({ ...emulatorCredentials, baseUrl: emulator.url });
  }
}
afterAll(async () => {
  for (const host of hosts) host.stop();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
  await emulator.close();
});

interface Made {
  readonly host: ProviderHost;
  readonly id: string;
  readonly state: Properties;
}

/** What became of the same declaration in both stacks. The second begins a few milliseconds after the first. */
async function both(type: string, args: Properties, laterMs: number) {
  const ends = await Promise.all(
    hosts.map(async (host, index): Promise<Made | string> => {
      await wait(index * laterMs);
      const given = { ...args, __at: `stack-${index}::test::`, __pulumiName: "ours" };
      const { inputs, reasons } = await host.check(type, {}, given);
      if (reasons.length > 0) return reasons.join();
      try {
        return { host, ...(await host.create(type, inputs)) };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        expect(error.half).toBeUndefined();
        return error.message;
      }
    }),
  );
  return {
    made: ends.filter((end) => typeof end !== "string"),
    refusals: ends.filter((end) => typeof end === "string"),
  };
}

const account = () => emulator.state.account();
const number = "+15017122661";
const bought = "+12065550150";
const { workspace: workspaceSid, messagingService: serviceSid, smsNumber: phoneNumberSid } = seeded;
const moments = [0, 5, 10, 20, 40];

const scenes: [string, string, Properties, () => string[]][] = [
  [
    "a unique name",
    "ProxyService",
    { uniqueName: "ours" },
    () =>
      Object.values(account().proxyServices).flatMap(({ sid, unique_name }) =>
        unique_name === "ours" ? [sid] : [],
      ),
  ],
  [
    "an address",
    "ConversationsAddress",
    { type: "sms", address: number, autoCreation: { type: "default" } },
    () =>
      Object.values(account().addressConfigurations).flatMap(({ sid, address }) =>
        address === number ? [sid] : [],
      ),
  ],
  [
    "a worker's name",
    "TaskRouterWorker",
    { workspaceSid, friendlyName: "ann" },
    () =>
      Object.values(account().taskrouterWorkers).flatMap(({ sid, friendly_name }) =>
        friendly_name === "ann" ? [sid] : [],
      ),
  ],
  [
    "a number that is for sale",
    "PhoneNumber",
    { phoneNumber: bought },
    () =>
      Object.values(account().phoneNumbers).flatMap(({ sid, phone_number }) =>
        phone_number === bought ? [sid] : [],
      ),
  ],
  [
    "a number for a Messaging Service",
    "MessagingServicePhoneNumber",
    { serviceSid, phoneNumberSid },
    () => Object.keys(account().messagingPhoneNumbers).filter((sid) => sid === phoneNumberSid),
  ],
];

describe("what two stacks create at once", () => {
  test.each(scenes)(
    "%s: is there once, and the stack that has it not is told whose it is",
    async (_, type, args, there) => {
      for (const moment of moments) {
        await afresh();
        expect(there()).toEqual([]);
        const { made, refusals } = await both(type, args, moment);
        const [sid = ""] = there();
        expect({ moment, made: made.length, there: there().length }).toEqual({ moment, made: 1, there: 1 });
        expect(refusals).toEqual([expect.stringContaining(sid)]);
        expect(made[0]?.id).toContain(sid);
      }
    },
  );
});

describe("a number whose handler two stacks set at once", () => {
  const handler = () => account().phoneNumbers[phoneNumberSid]?.sms_url;

  test("answers as one of them declares, and what gives it back takes nothing from the other", async () => {
    for (const moment of moments) {
      await afresh();
      const before = handler();
      const url = (index: number) => `https://example.com/${index}`;
      const ends = await Promise.all(
        hosts.map(async (host, index) => {
          await wait(index * moment);
          const message = { kind: "webhook", url: url(index) };
          const given = { phoneNumberSid, message, __at: `stack-${index}::test::`, __pulumiName: "ours" };
          const { inputs, reasons } = await host.check("PhoneNumberHandler", {}, given);
          if (reasons.length > 0) return reasons.join();
          const end = await host
            .create("PhoneNumberHandler", inputs)
            .catch((error: unknown) => String(error));
          return typeof end === "string" ? end : { host, index, ...end };
        }),
      );
      for (const end of ends) if (typeof end === "string") expect(end).toContain('onConflict: "takeOver"');
      const set = ends.flatMap((end) => (typeof end === "string" ? [] : [end]));
      const last = set.find(({ index }) => handler() === url(index));
      expect(last).toBeDefined();
      for (const { host, id, state, index } of set.filter((one) => one !== last)) {
        await host.delete("PhoneNumberHandler", id, state);
        expect({ index, handler: handler() }).toEqual({ index, handler: url(last?.index ?? -1) });
      }
      await last?.host.delete("PhoneNumberHandler", last.id, last.state);
      expect(handler()).toBe(before);
    }
  });
});
