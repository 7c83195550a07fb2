import { onStack } from "../stacks/onStack";
import { accountsOfChance } from "./roundTrip";

/** Given by `npm run test:import`. */
declare const importing: { accounts: number; engine: number; seed: number } | undefined;

const { accounts, engine, seed } =
  typeof importing === "undefined" ? { accounts: 8, engine: 2, seed: 3 } : importing;

const seeds = (count: number) => Array.from({ length: count }, (_, index) => seed + index);

jest.setTimeout(300_000);

describe.each(
  [
    { where: "on the stand-in", needsEngine: false, count: accounts },
    { where: "on the engine", needsEngine: true, count: engine },
  ].filter(({ count }) => count > 0),
)("accounts of chance, $where", ({ needsEngine, count }) =>
  accountsOfChance(onStack({ needsEngine }), seeds(count)),
);
