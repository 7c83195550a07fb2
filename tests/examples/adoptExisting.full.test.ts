import { seeded } from "../../emulator/index";
import type { ShownRoute } from "../../provider/routing";
import { run as command, shellFor } from "../cli/support";
import { control } from "../emulator/support";
import { textOf, useExample } from "./useExample";

const program = textOf("adopt-existing", "index.ts");
const sidsIn = (source: string) => source.match(/\b[A-Z]{2}[0-9a-f]{32}\b/g) ?? [];
const [studioFlow = "", flexFlow = "", address = ""] = sidsIn(program);
const addresses = { sms: "+15552360123", messenger: "messenger:104512345678901" };
type Channel = keyof typeof addresses;

const example = useExample("adopt-existing", {
  seed: JSON.parse(textOf("adopt-existing", "old-account.json")),
  latency: 20,
  clock,
});

const account = () => example.emulator.state.account();
const number = () =>
  Object.values(account().phoneNumbers).find(({ phone_number }) => phone_number === addresses.sms);
const flowName = () => account().studioFlows[studioFlow]?.revisions.at(-1)?.friendly_name;
const retryCounts = () => [
  account().flexFlows[flexFlow]?.integration.retry_count,
  account().addressConfigurations[address]?.auto_creation.studio_retry_count,
];
/** What the program declares or stands on, without dates. */
const kept = () => {
  const { phoneNumbers, studioFlows, flexFlows, addressConfigurations, proxyServices } = account();
  const all = { phoneNumbers, studioFlows, flexFlows, addressConfigurations, proxyServices };
  return JSON.stringify(all, (key, value) => (key.startsWith("date_") ? undefined : value), 2);
};

/** What a first message passes that was there before, and whom it reaches: more than one way would be a longer list. */
const way = {
  sms: [seeded.proxyService, flexFlow, studioFlow, seeded.workflow, "agents"],
  messenger: [address, studioFlow, seeded.workflow, "agents"],
};
const customers = new Set<string>();
let messages = 0;

async function write(channel: Channel, from: string) {
  customers.add(from);
  messages += 1;
  const message = { channel, from, to: addresses[channel], body: "Hello?" };
  const { text } = await control(example.emulator, "POST", "inbound", message);
  const { ways }: ShownRoute = JSON.parse(text);
  const isMade = (kind: string) => kind === "chatChannel" || kind === "conversation";
  return ways.flatMap(({ hops, reaches }) => [
    ...hops.slice(1).flatMap(({ kind, sid }) => (isMade(kind) ? [] : sid)),
    reaches,
  ]);
}

/** Somebody who has never written before, on each channel. */
async function newcomer() {
  const from = `+1500555${1000 + customers.size}`;
  const [sms, messenger] = await Promise.all([write("sms", from), write("messenger", from)]);
  return { sms, messenger };
}

/** Somebody who has written before. */
async function regular() {
  for (const channel of ["sms", "messenger"] as const) await write(channel, "+15005550006");
}

/** While they are there, one writes at each request; by the latency the message is ahead of what the next request does. */
let newcomers: ReturnType<typeof newcomer>[] | undefined;
let requests = 0;
function clock() {
  if (newcomers && example.emulator.requests.length > requests) {
    requests = example.emulator.requests.length;
    newcomers.push(newcomer());
  }
  return new Date();
}

/** Runs a command, with newcomers all the while, who must all go the same way. The answer holds what was written. */
async function run(...args: string[]) {
  await regular();
  requests = example.emulator.requests.length;
  const before = requests;
  newcomers = [newcomer()];
  const { code, output } = await example.project.pulumi(...args, "--yes", "--skip-preview");
  const all = await Promise.all([...newcomers, newcomer()]);
  newcomers = undefined;
  for (const passed of all) expect(passed).toEqual(way);
  const asked = example.emulator.requests.slice(before);
  expect(all.length).toBeGreaterThan(asked.length);
  const written = asked
    .filter(({ method, operationId }) => method !== "GET" && operationId !== "UpdateFlowValidate")
    .map(({ operationId }) => operationId)
    .sort();
  return { code, output, written };
}

describe("examples/adopt-existing, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = kept();
  });

  test("takes over what import finds, but for the Proxy service of Flex and what leads elsewhere", async () => {
    const { code, out } = await command(["import"], shellFor(example.emulator));
    expect(code).toBe(0);
    const found = out.match(/adopt: "\w+"|phoneNumber: "[^"]+"/g) ?? [];
    expect(found.filter((one) => !program.includes(one.slice(one.indexOf('"'))))).toEqual([
      `adopt: "${seeded.proxyService}"`,
      'phoneNumber: "+15558675310"',
    ]);
    expect(found).toHaveLength(6);
  });

  test("preview says what it would change: a dead fallback, and nothing else", async () => {
    const { code, output } = await example.project.pulumi("preview");
    expect(code).toBe(0);
    const [, diagnostics = ""] = output.split("Diagnostics:");
    expect((diagnostics.match(/(adopting|taking over).*/g) ?? []).sort()).toEqual([
      `adopting the Conversations address "page" (${address}) changes nothing in it`,
      `adopting the Flex Flow "hotline" (${flexFlow}) changes nothing in it`,
      `adopting the Studio flow "support" (${studioFlow}) changes nothing in it`,
      `taking over: message: ${number()?.sms_url} already handles it; changes smsFallbackUrl "https://bot-2018.example.com/***" → ""`,
    ]);
    expect(kept()).toBe(before);
  }, 120_000);

  test("up writes that one change, and messages go their way before, during and after it", async () => {
    const { code, written } = await run("up");
    expect({ code, written }).toEqual({ code: 0, written: ["UpdateIncomingPhoneNumber"] });
    expect(number()?.sms_fallback_url).toBe("");
    expect(kept()).toBe(before.replace("https://bot-2018.example.com/sms", ""));
  }, 120_000);

  test("a second up changes nothing and writes nothing, and refresh finds nothing that differs", async () => {
    expect(await run("up", "--expect-no-changes")).toMatchObject({ code: 0, written: [] });
    expect(await run("refresh", "--expect-no-changes")).toMatchObject({ code: 0, written: [] });
  }, 180_000);

  test("what configuration changes is changed in place, and taken out again it is as the README says", async () => {
    expect(retryCounts()).toEqual([2, 3]);
    await example.project.pulumi("config", "set", "flowName", "Customer care");
    await example.project.pulumi("config", "set", "retryCount", "1");
    expect(await run("up")).toMatchObject({
      code: 0,
      written: ["UpdateConfigurationAddress", "UpdateFlexFlow", "UpdateFlow"],
    });
    expect([flowName(), retryCounts()]).toEqual(["Customer care", [1, 1]]);

    await example.project.pulumi("config", "rm", "flowName");
    await example.project.pulumi("config", "rm", "retryCount");
    expect(await run("up")).toMatchObject({
      code: 0,
      written: ["UpdateConfigurationAddress", "UpdateFlexFlow"],
    });
    expect([flowName(), retryCounts()]).toEqual(["Customer care", [3, 3]]);
  }, 180_000);

  test("destroy gives everything back, also what configuration has changed", async () => {
    const { code, written } = await run("destroy");
    expect(code).toBe(0);
    expect(written.sort()).toEqual(["UpdateFlexFlow", "UpdateFlow", "UpdateIncomingPhoneNumber"]);
    // The changed definition, and the one that is given back.
    expect(account().studioFlows[studioFlow]?.revisions.splice(1)).toHaveLength(2);
    expect(kept()).toBe(before);
  }, 120_000);

  test("all the while every message has arrived, and no customer was torn out of a chat or conversation", () => {
    const { chatChannels, conversations, chatMessages, conversationMessages } = account();
    const count = (items: object) => Object.keys(items).length;
    expect([count(chatChannels), count(conversations)]).toEqual([customers.size, customers.size]);
    expect(count(chatMessages) + count(conversationMessages)).toBe(messages);
  });
});
