import { types } from "../../provider/cli/account/kinds";
import { allResources } from "../../provider/life/define";
import { everyClass } from "../lives/program";
import { onStack } from "../stacks/onStack";
import { compilerErrors } from "./imported";
import { accountsOfChance, roundTrip } from "./roundTrip";

// A program reads, is compiled, and runs three times.
jest.setTimeout(180_000);

const stack = onStack();

test("an account with one of every class is taken over as it is, and given back as it was", async () => {
  await stack.up(everyClass());
  const { files, plan } = await roundTrip(stack);
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
    const { files } = await roundTrip(stack, { components: true });
    expect(files.get("index.ts")).toMatch(/InboundChannels\([^;]*type: "whatsapp"[^;]*type: "sms"/);
    expect(files.get("index.ts")).not.toContain("new flex.ConversationsAddress(");
    expect(compilerErrors([files])).toEqual([]);
  });
});

describe("accounts of chance, with odd names and credentials in URLs", () => accountsOfChance(stack, [1, 2]));
