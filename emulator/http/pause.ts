import { setTimeout as wait } from "node:timers/promises";

/** Waits at least so long, in milliseconds: on a busy machine a timer may be early. */
export async function pause(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - performance.now()) await wait(left);
}
