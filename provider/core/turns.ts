/**
 * Operations of one process run side by side. Those that read an object and then write it wait here for each other,
 * or one would decide by what the other is about to change.
 */
export class Turns {
  #count = 0;
  readonly #last = new Map<string, { number: number; over: boolean; ended: Promise<void> }>();

  /** A moment, for `stale`. */
  get now(): number {
    return this.#count;
  }

  /** Whether what was read of an object since that moment may be out of date. */
  stale(key: string, since: number): boolean {
    const last = this.#last.get(key);
    return last !== undefined && (last.number > since || !last.over);
  }

  /** Runs when all that came before at the same object are through. */
  take<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    const result = (this.#last.get(key)?.ended ?? Promise.resolve()).then(run);
    const turn = { number: this.#count, over: false, ended: Promise.resolve() };
    const end = () => {
      turn.over = true;
    };
    turn.ended = result.then(end, end);
    this.#last.set(key, turn);
    return result;
  }
}
