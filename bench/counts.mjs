/** What a life costs in numbers that are the same on every machine. */

/** @param {import("./life.mjs").Life} life */
export function countsOf({ resources, operations, unplaced, pointer }) {
  // How many reads of a refresh one list answers depends on how many arrive together.
  const steady = Object.entries(operations).filter(([name]) => name !== "refresh");
  const calls = steady.map(([name, { calls }]) => [`requests, ${name}`, calls]);
  return {
    ...Object.fromEntries(calls),
    "bytes of state for each resource": Math.round(unplaced / resources),
    "characters of the stored pointer": pointer,
  };
}

/**
 * What costs more than before. Times in a state differ by a digit from run to run.
 *
 * @param {Record<string, number>} before @param {Record<string, number>} now
 */
export const worse = (before, now) =>
  Object.entries(now)
    .filter(([name, count]) => count > (before[name] ?? 0) * (name.startsWith("bytes") ? 1.01 : 1))
    .map(([name, count]) => `${name}: ${count}, before ${before[name] ?? 0}`);
