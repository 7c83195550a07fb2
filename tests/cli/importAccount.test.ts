import { everyClass } from "../lives/program";
import { emulatorCredentials, onStack } from "../stacks/onStack";
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
async function roundTrip() {
  const before = picture();
  const program = await imported(stack.emulator);
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

describe.each(["legacy", "conversations"] as const)(
  "an account of the profile %s with one of every class",
  (profile) => {
    stack.afresh({ emulator: { profile } });

    test("is taken over as it is, and given back as it was", async () => {
      const made = await stack.tryUp(everyClass());
      if (profile === "legacy")
        expect({ failed: made.failed, output: made.failed && made.output }).toEqual({
          failed: false,
          output: false,
        });
      const { files } = await roundTrip();
      expect(compilerErrors([files])).toEqual([]);
    });
  },
);
