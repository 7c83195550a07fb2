import { setTimeout as wait } from "node:timers/promises";
import { Limiter, type Pace } from "../../provider/twilio/limiter";

/** An account that takes so many requests at once and in a second, and is asked until it has answered so many. */
function account(atOnce: number, perSecond = Number.POSITIVE_INFINITY) {
  const limiter = new Limiter(10);
  const sent: { at: number; inFlight: number; pace: Pace }[] = [];
  let inFlight = 0;
  const ask = async (): Promise<void> => {
    const pace = await limiter.run(
      async (): Promise<Pace> => {
        inFlight += 1;
        const now = performance.now();
        const lately = sent.filter(({ at, pace }) => pace === "answered" && at > now - 1000).length;
        const pace = inFlight > atOnce || lately >= perSecond ? "too fast" : "answered";
        sent.push({ at: now, inFlight, pace });
        await wait(5);
        inFlight -= 1;
        return pace;
      },
      (pace) => pace,
    );
    if (pace === "too fast") return ask();
  };
  return { sent, ask: (times: number) => Promise.all(Array.from({ length: times }, ask)) };
}

const refused = (sent: { pace: Pace }[]) => sent.filter(({ pace }) => pace === "too fast").length;

test("sends as many requests at once as it may, where nothing is refused", async () => {
  const { sent, ask } = account(10);
  await ask(50);
  expect(sent).toHaveLength(50);
  expect(Math.max(...sent.map(({ inFlight }) => inFlight))).toBe(10);
});

test("learns how many requests at once an account takes", async () => {
  const { sent, ask } = account(3);
  await ask(200);
  expect(refused(sent)).toBeLessThan(100);
  const later = sent.slice(-100);
  expect(refused(later)).toBeLessThan(30);
  const atOnce = later.reduce((sum, { inFlight }) => sum + inFlight, 0) / later.length;
  expect(atOnce).toBeLessThan(4);
});

test("learns how many requests a second an account takes", async () => {
  const { sent, ask } = account(10, 20);
  await ask(60);
  expect(refused(sent)).toBeLessThan(45);
});

test("is slowed down once by all that was sent before", async () => {
  const limiter = new Limiter(8);
  const burst = (pace: Pace) =>
    Array.from({ length: 8 }, () =>
      limiter.run(
        () => wait(20),
        () => pace,
      ),
    );
  await Promise.all(burst("too fast"));
  let now = 0;
  let most = 0;
  const counted = async () => {
    now += 1;
    most = Math.max(most, now);
    await wait(20);
    now -= 1;
  };
  await Promise.all(Array.from({ length: 4 }, () => limiter.run(counted, () => undefined)));
  expect(most).toBe(4);
});

test("goes on after an error", async () => {
  const limiter = new Limiter(1);
  const fail = () =>
    limiter.run(
      () => Promise.reject(new Error("refused")),
      () => "answered",
    );
  await expect(fail()).rejects.toThrow("refused");
  await expect(fail()).rejects.toThrow("refused");
});
