/**
 * Operations of one process run side by side. Those that read an object and then write it wait here for each other,
 * or one would decide by what the other is about to change.
 */
export class Turns {
  #count = 0;
  /** The last turn at each object: when it was over, if it is, and what to wait for. */
  readonly #last = new Map<string, { overAt: number | undefined; ended: Promise<void> }>();

  /** A moment, for `stale`. */
  get now(): number {
    return this.#count;
  }

  /** Whether what was read of an object since that moment may be out of date: a turn was not over then, or is not now. */
  stale(key: string, since: number): boolean {
    const last = this.#last.get(key);
    return last !== undefined && (last.overAt === undefined || last.overAt > since);
  }

  /** Runs when all that came before at the same object are through. */
  take<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    const result = (this.#last.get(key)?.ended ?? Promise.resolve()).then(run);
    const turn: { overAt: number | undefined; ended: Promise<void> } = {
      overAt: undefined,
      ended: Promise.resolve(),
    };
    const end = () => {
      this.#count += 1;
      turn.overAt = this.#count;
    };
    turn.ended = result.then(end, end);
    this.#last.set(key, turn);
    return result;
  }
}
