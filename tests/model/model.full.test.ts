import fc from "fast-check";
import { type Counts, runSequence, sequences } from "./sequences";
import { World } from "./world";

/** Given by `npm run test:model`. */
declare const model: { sequences: number; seed: number; path?: string } | undefined;

const {
  sequences: numRuns,
  seed,
  path,
} = typeof model === "undefined" ? { sequences: 40, seed: 1, path: undefined } : model;

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

test(
  "whatever a program was, and whatever went wrong: the account is as declared, the next up asks nothing, and destroy gives back the start",
  async () => {
    const counts: Counts = { sequences: 0, ups: 0, faults: 0 };
    const options = { numRuns, seed, ...(path !== undefined && { path }) };
    await fc.assert(
      fc.asyncProperty(sequences, (sequence) => runSequence(world, sequence, counts)),
      options,
    );
    process.stderr.write(`${JSON.stringify(counts)}\n`);
  },
  24 * 3600_000,
);
