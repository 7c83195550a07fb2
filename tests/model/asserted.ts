import fc from "fast-check";
import { type Counts, runSequence, sequences } from "./sequences";
import type { World } from "./world";

/** Which sequences are run, and how many. */
export interface Chosen {
  sequences: number;
  seed: number;
  /** One of them, as a failure prints it. */
  path?: string;
}

/** Runs sequences, says how many ups and faults they were, and throws the shortest one that does not end as it should. */
export async function runSequences(
  world: World,
  { sequences: numRuns, seed, path }: Chosen,
  { endOnFailure = false } = {},
): Promise<void> {
  const counts: Counts = { sequences: 0, ups: 0, faults: 0 };
  const options = { numRuns, seed, endOnFailure, ...(path !== undefined && { path }) };
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => runSequence(world, sequence, counts)),
    options,
  );
  process.stderr.write(`${JSON.stringify(counts)}\n`);
}
