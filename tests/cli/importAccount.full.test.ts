import { onStack } from "../stacks/onStack";
import { accountsOfChance } from "./roundTrip";

jest.setTimeout(180_000);

describe.each([
  ["on the stand-in", false, Array.from({ length: 40 }, (_, index) => index + 5)],
  ["on the engine", true, [1, 2]],
])("accounts of chance, %s", (_, needsEngine, seeds) => accountsOfChance(onStack({ needsEngine }), seeds));
