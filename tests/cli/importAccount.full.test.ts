import { onStack } from "../stacks/onStack";
import { fillAccount } from "./accounts";
import { compilerErrors } from "./imported";
import { roundTrip } from "./roundTrip";

jest.setTimeout(180_000);

describe.each([
  ["on the stand-in", false, Array.from({ length: 40 }, (_, index) => index + 5)],
  ["on the engine", true, [1, 2]],
])("accounts of chance, %s", (_, needsEngine, seeds) => {
  const stack = onStack({ needsEngine });
  const programs: ReadonlyMap<string, string>[] = [];

  describe.each(seeds)("number %i", (seed) => {
    stack.afresh({ emulator: { profile: seed % 2 ? "legacy" : "conversations" } });

    test("is taken over as it is, and given back as it was", async () => {
      await fillAccount(stack.emulator, seed);
      programs.push((await roundTrip(stack)).files);
    });
  });

  test("their programs compile under the strictest rules", () => {
    expect(compilerErrors(programs)).toEqual([]);
  });
});
