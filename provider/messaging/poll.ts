import { setTimeout as pause } from "node:timers/promises";

/** Time, as waiting needs it. Tests have one of their own, which passes at once. */
interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const realTime: Clock = { now: () => performance.now(), pause };

/** Pauses between two looks, and how long nothing is said, in milliseconds. */
const shortest = 200;
const longest = 5_000;
const silence = 10_000;

interface Patience<Answer> {
  readonly isOver: (answer: Answer, seconds: number) => boolean;
  readonly seconds: number;
  /** Told every now and then, each time after twice as long. */
  readonly still: (answer: Answer, seconds: number) => void;
  readonly clock?: Clock;
}

/** Looks until it is over or the time is up, and answers with what was seen last. */
export async function poll<Answer>(
  look: () => Promise<Answer>,
  { isOver, seconds, still, clock = realTime }: Patience<Answer>,
): Promise<Answer> {
  const start = clock.now();
  let next = silence;
  for (let wait = shortest; ; wait = Math.min(2 * wait, longest)) {
    const answer = await look();
    const passed = clock.now() - start;
    const left = seconds * 1000 - passed;
    if (isOver(answer, passed / 1000) || left <= 0) return answer;
    if (passed >= next) {
      still(answer, Math.round(passed / 1000));
      next *= 2;
    }
    await clock.pause(Math.min(wait, left));
  }
}
