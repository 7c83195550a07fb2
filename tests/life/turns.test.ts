import { setTimeout as pause } from "node:timers/promises";
import { Turns } from "../../provider/life/turns";

test("operations on one object wait for each other, also for one that fails", async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const run =
    (name: string, fails = false) =>
    async () => {
      seen.push(`${name} starts`);
      await pause(5);
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    turns.take("a", run("first", true)),
    turns.take("a", run("second")),
    turns.take("b", run("beside")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(seen.indexOf("second starts")).toBeGreaterThan(seen.indexOf("first ends"));
  expect(seen.indexOf("beside starts")).toBeLessThan(seen.indexOf("first ends"));
});

test("what was read is out of date once somebody else has had a turn, or is having one", async () => {
  const turns = new Turns();
  const start = turns.now;
  expect(turns.stale("a", start)).toBe(false);
  const turn = turns.take("a", () => pause(5));
  const during = turns.now;
  expect([turns.stale("a", start), turns.stale("a", during), turns.stale("b", start)]).toEqual([
    true,
    true,
    false,
  ]);
  await turn;
  await pause(0);
  expect([turns.stale("a", start), turns.stale("a", turns.now)]).toEqual([true, false]);
  // What was asked for while the turn went on may have been answered before it changed anything.
  expect(turns.stale("a", during)).toBe(true);
});
