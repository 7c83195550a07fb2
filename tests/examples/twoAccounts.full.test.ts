import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultAccountSid, type Seed } from "../../emulator/index";
import type { ShownRoute } from "../../provider/routing";
import { control, defaultTokenAlone } from "../emulator/support";
import { useExample } from "./useExample";

const accountsFile = join(__dirname, "../../examples/two-accounts/accounts.json");
const seed: Seed = JSON.parse(readFileSync(accountsFile, "utf8"));
const [subaccount = ""] = Object.keys(seed.accounts);
const example = useExample("two-accounts", { seed });
const token = seed.accounts[subaccount]?.auth_token ?? "";

/** Both accounts, without dates and without what messages leave behind. */
const accounts = () =>
  JSON.stringify(
    example.emulator.state.accounts,
    (key, value) =>
      /^(date_.*|conversations|conversation(Messages|Participants|Webhooks)|studioExecutions)$/.test(key)
        ? undefined
        : value,
    2,
  );
const namesIn = (account: string) => {
  const { chatServices, studioFlows, addressConfigurations } = example.emulator.state.account(account);
  return {
    services: Object.values(chatServices).map(({ friendly_name }) => friendly_name),
    flows: Object.values(studioFlows).map(({ revisions }) => revisions.at(-1)?.friendly_name),
    addresses: Object.values(addressConfigurations).map(({ address }) => address),
  };
};
const writes = (since = 0) => example.emulator.requests.slice(since).filter(({ method }) => method !== "GET");

describe("examples/two-accounts, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = accounts();
  });

  test("up makes in each account what belongs there, and nothing else", async () => {
    const [here, there] = [namesIn(defaultAccountSid), namesIn(subaccount)];
    expect(await example.run("up")).toMatchObject({ code: 0 });
    expect(namesIn(defaultAccountSid)).toEqual({
      ...here,
      flows: [...here.flows, "production-flow"],
      addresses: ["+15017122661"],
    });
    expect(namesIn(subaccount)).toEqual({
      ...there,
      services: [...there.services, "Trials"],
      addresses: ["+15550100001"],
    });
    const byAccount = writes().map(({ account, operationId }) => `${account} ${operationId}`);
    expect(byAccount).toContain(`${subaccount} CreateConfigurationAddress`);
    expect(byAccount).toContain(`${defaultAccountSid} CreateConfigurationAddress`);
  }, 180_000);

  test.each([
    ["production", defaultAccountSid, "+15017122661", "agents"],
    ["the trial", subaccount, "+15550100001", "webhook"],
  ])("a message to %s stays in its account and reaches whom it should", async (_, account, to, whom) => {
    const message = { channel: "sms", from: "+15005550006", to, body: "Where is my parcel?" };
    const { text } = await control(example.emulator, "POST", "inbound", message);
    const route: ShownRoute = JSON.parse(text);
    expect([route.accountSid, route.ways.map(({ reaches }) => reaches), route.problems]).toEqual([
      account,
      [whom],
      [],
    ]);
  });

  test("a second up changes nothing and writes nothing, and refresh finds nothing that differs", async () => {
    const since = example.emulator.requests.length;
    expect(await example.run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await example.run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(writes(since)).toEqual([]);
  }, 180_000);

  test("neither token is stored anywhere in clear", async () => {
    const stored = example.project.stored().join("\n");
    expect(stored).toContain(subaccount);
    expect(token).not.toBe("");
    expect(stored).not.toContain(token);
    expect(stored).not.toMatch(defaultTokenAlone);
  });

  test("destroy leaves both accounts as they were", async () => {
    expect(await example.run("destroy")).toMatchObject({ code: 0 });
    expect(accounts()).toBe(before);
  }, 120_000);
});
