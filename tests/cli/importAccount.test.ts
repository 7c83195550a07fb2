import { types } from "../../provider/cli/account/kinds";
import type { Wanted } from "../../provider/cli/account/plan";
import { allResources } from "../../provider/life/define";
import { everyClass } from "../lives/program";
import { emulatorCredentials, onStack } from "../stacks/onStack";
import { fillAccount } from "./accounts";
import { compilerErrors, imported } from "./imported";

const stack = onStack();

/** All that is there, without what stays: dates and revisions. */
const picture = () =>
  JSON.parse(
    JSON.stringify(stack.emulator.state.accounts, (key, value) =>
      key.startsWith("date_") ? undefined : value,
    ),
  );

/** Takes over what the account has, twice, and gives it back: nothing may be written. */
async function roundTrip(wanted: Wanted = {}) {
  const before = picture();
  const program = await imported(stack.emulator, wanted);
  const second = await stack.another({ ...emulatorCredentials, baseUrl: stack.emulator.url });
  const since = stack.emulator.requests.length;
  const first = await second.tryUp(program.run);
  expect({ failed: first.failed, output: first.failed && first.output }).toEqual({
    failed: false,
    output: false,
  });
  const again = await second.tryUp(program.run);
  expect({ failed: again.failed, steps: again.steps }).toEqual({ failed: false, steps: {} });
  const gone = await second.destroy();
  expect({ failed: gone.failed, output: gone.failed && gone.output }).toEqual({
    failed: false,
    output: false,
  });
  const writes = stack.emulator.requests
    .slice(since)
    .filter(({ method, operationId }) => method !== "GET" && operationId !== "UpdateFlowValidate");
  expect(writes.map(({ operationId, params }) => ({ operationId, params }))).toEqual([]);
  expect(picture()).toEqual(before);
  return program;
}

test("an account with one of every class is taken over as it is, and given back as it was", async () => {
  await stack.up(everyClass());
  const { files, plan } = await roundTrip();
  expect(compilerErrors([files])).toEqual([]);
  const written = new Set(plan.declared.map(({ type }) => type));
  expect(types.filter((type) => !written.has(type))).toEqual([]);
});

test("every class has its place in a project", () => {
  expect([...types].sort()).toEqual(
    allResources()
      .map(({ type }) => type)
      .sort(),
  );
});

describe("an account with addresses", () => {
  stack.afresh({ emulator: { profile: "conversations" } });

  test("is taken over by one component, with --components", async () => {
    const { files } = await roundTrip({ components: true });
    expect(files.get("index.ts")).toContain(`new flex.InboundChannels("inboundChannels", {
  destination: { kind: "studio", flow: messagingFlow },
  channels: {
    sms: { type: "sms", phoneNumber: "+15017122661", adopt: "IGe1000000000000000000000000000001" },
    whatsApp: {
      type: "whatsapp",
      phoneNumber: "+15017122661",
      adopt: "IGe1000000000000000000000000000002",
    },
  },
});`);
    expect(compilerErrors([files])).toEqual([]);
  });
});

const seeds = Array.from({ length: 6 }, (_, index) => index + 1);

describe("accounts of chance, with odd names and credentials in URLs", () => {
  const programs: ReadonlyMap<string, string>[] = [];
  describe.each(seeds)("number %i", (seed) => {
    stack.afresh({ emulator: { profile: seed % 2 ? "legacy" : "conversations" } });

    test("is taken over as it is, and given back as it was", async () => {
      await fillAccount(stack.emulator, seed);
      const { files } = await roundTrip();
      expect([...files.values()].join("\n")).not.toMatch(/secret@|key=secret|"secret"/);
      programs.push(files);
    });
  });

  test("their programs compile under the strictest rules", () => {
    expect(compilerErrors(programs)).toEqual([]);
  });
});
