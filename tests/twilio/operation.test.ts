import { duration, Operation } from "../../provider/twilio/operation";
import { ApiError } from "../../provider/values/errors";

const busy = () => new ApiError("Too many requests (HTTP 429, code 20429)", 429, 20429);

/** Not that of timers/promises, which jest's clock does not move. */
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

afterEach(() => jest.useRealTimers());

/** An operation, and what it has said. */
function operation() {
  const said: string[] = [];
  return { said, current: new Operation({ say: (text) => void said.push(text) }) };
}

test("says what it waits for, after ten seconds and then each time after twice as long", async () => {
  jest.useFakeTimers();
  const { said, current } = operation();
  const asked = current.request("POST proxy.twilio.com", async (request) => {
    request.fails("too many requests (HTTP 429)");
    await wait(35_000);
  });
  await jest.advanceTimersByTimeAsync(9_000);
  expect(said).toEqual([]);
  await jest.advanceTimersByTimeAsync(90_000);
  await asked;
  expect(said).toEqual([
    "waiting for POST proxy.twilio.com for 10 s: too many requests (HTTP 429)",
    "waiting for POST proxy.twilio.com for 30 s: too many requests (HTTP 429)",
  ]);
});

test("says nothing where it does not wait", async () => {
  const { said, current } = operation();
  await current.request("GET proxy.twilio.com", () => Promise.resolve());
  expect(said).toEqual([]);
});

test("has one budget for all its requests", async () => {
  jest.useFakeTimers();
  const { current } = operation();
  const failing = (ms: number) =>
    current.request("GET proxy.twilio.com", async (request) => {
      request.fails("HTTP 503");
      await wait(ms);
    });
  const first = failing(200_000);
  await jest.advanceTimersByTimeAsync(200_000);
  await first;
  // Time without trouble does not count.
  await jest.advanceTimersByTimeAsync(500_000);
  expect(current.hasTimeFor(99_000)).toBe(true);
  const together = [failing(60_000), failing(60_000)];
  await jest.advanceTimersByTimeAsync(60_000);
  await Promise.all(together);
  expect(current.hasTimeFor(39_000)).toBe(true);
  expect(current.hasTimeFor(41_000)).toBe(false);
  expect(current.gaveUp(busy(), false).message).toBe(`${busy().message}. It was tried for 4 min 20 s`);
});

test("is uncertain once an answer was lost, and not after a refusal", () => {
  const { current } = operation();
  expect(current.gaveUp(busy(), false).message).toBe(busy().message);
  expect(current.isUncertain).toBe(false);
  current.gaveUp(new ApiError("Bad gateway", 502), true);
  expect(current.isUncertain).toBe(true);
});

test("is found by what runs in it", async () => {
  const { current } = operation();
  await current.run(async () => {
    await wait(1);
    expect(Operation.current()).toBe(current);
  });
  expect(Operation.current()).not.toBe(current);
});

test("durations", () => {
  expect([1, 59, 60, 260].map(duration)).toEqual(["1 s", "59 s", "1 min 0 s", "4 min 20 s"]);
});
