import type { Wanted } from "../../provider/cli/account/plan";
import { agreed } from "../emulator/messages/agreed";
import { emulatorCredentials, type onStack } from "../stacks/onStack";
import { fillAccount } from "./accounts";
import { compilerErrors, imported } from "./imported";

type Stack = ReturnType<typeof onStack>;

/** All that is there, without what stays: dates and revisions. */
const picture = ({ emulator }: Stack) =>
  JSON.parse(
    JSON.stringify(emulator.state.accounts, (key, value) => (key.startsWith("date_") ? undefined : value)),
  );

/** Takes over what the account has, twice, and gives it back: nothing may be written. */
export async function roundTrip(stack: Stack, wanted: Wanted = {}) {
  const before = picture(stack);
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
  expect(picture(stack)).toEqual(before);
  expect([...program.files.values()].join("\n")).not.toMatch(/secret@|key=secret|"secret"/);
  return program;
}

/** Accounts with odd names and credentials in URLs, each by a seed of its own. Each third is written by components. */
export function accountsOfChance(stack: Stack, seeds: readonly number[]): void {
  const programs: ReadonlyMap<string, string>[] = [];

  describe.each(seeds)("number %i", (seed) => {
    stack.afresh({ emulator: { profile: seed % 2 ? "legacy" : "conversations" } });

    test("is taken over as it is, and given back as it was", async () => {
      await fillAccount(stack.emulator, seed);
      programs.push((await roundTrip(stack, { components: seed % 3 === 0 })).files);
    });

    test("takes messages and calls on the ways that trace shows", async () => {
      await agreed(stack.emulator);
    });
  });

  test("their programs compile under the strictest rules", () => {
    expect(compilerErrors(programs)).toEqual([]);
  });
}
