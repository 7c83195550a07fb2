import { poll } from "../../provider/messaging/poll";

/** Time that passes as it is waited for. */
function fake() {
  let now = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    pause: async (ms: number) => {
      pauses.push(ms);
      now += ms;
    },
  };
}

test("looks at growing distances, and answers as soon as it is over", async () => {
  const clock = fake();
  let looks = 0;
  const look = async () => ++looks;
  const answer = await poll(look, { isOver: (count) => count === 4, seconds: 60, still: () => {}, clock });
  expect({ answer, pauses: clock.pauses }).toEqual({ answer: 4, pauses: [200, 400, 800] });
});

test("says that it still waits after ten seconds, then ever more rarely, and ends with what it saw last", async () => {
  const clock = fake();
  const said: number[] = [];
  const still = (_: string, seconds: number) => void said.push(seconds);
  const answer = await poll(async () => "waiting", { isOver: () => false, seconds: 60, still, clock });
  expect(answer).toBe("waiting");
  expect(clock.now()).toBe(60_000);
  expect(said.map((seconds) => Math.floor(seconds / 10))).toEqual([1, 2, 4]);
});

test("looks once more when the time is up, and pauses no longer than that", async () => {
  const clock = fake();
  await poll(async () => "waiting", { isOver: () => false, seconds: 1, still: () => {}, clock });
  expect(clock.pauses).toEqual([200, 400, 400]);
});

test("what counts as over may depend on the time that has passed", async () => {
  const clock = fake();
  const isOver = (_: string, seconds: number) => seconds >= 3;
  await poll(async () => "", { isOver, seconds: 60, still: () => {}, clock });
  expect(clock.pauses).toEqual([200, 400, 800, 1600]);
});

test("a look that fails ends it", async () => {
  const look = () => Promise.reject(new Error("no answer"));
  const waiting = poll(look, { isOver: () => false, seconds: 60, still: () => {}, clock: fake() });
  await expect(waiting).rejects.toThrow("no answer");
});
