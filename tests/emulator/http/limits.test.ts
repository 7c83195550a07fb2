import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index";
import { ask, control } from "../support";

const services = "/proxy.twilio.com/v1/Services";
const other = `AC${"1".repeat(32)}`;

let time = new Date("2026-11-22T10:20:30Z").getTime();
const later = (milliseconds: number) => {
  time += milliseconds;
};

let emulator: Emulator;
const start = async (options: EmulatorOptions) => {
  const seed = { accounts: { [other]: { auth_token: "other" } } };
  emulator = await startEmulator({ seed, clock: () => new Date(time), ...options });
};
afterEach(() => emulator.close());

const create = (name: string) => ask(emulator, services, { body: `UniqueName=${name}` });
const made = () => Object.keys(emulator.state.account().proxyServices).length - 1;
const statuses = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();

const tooMany = {
  status: 429,
  body: {
    code: 20429,
    message: "Too Many Requests",
    more_info: "https://www.twilio.com/docs/errors/20429",
    status: 429,
  },
};

describe("requests per second", () => {
  test("beyond them requests are refused and not carried out, until the rate allows more", async () => {
    await start({ rateLimit: 2 });
    expect((await create("a")).status).toBe(201);
    expect((await create("b")).status).toBe(201);
    const refused = await create("c");
    expect(refused).toMatchObject(tooMany);
    expect(refused.headers).not.toHaveProperty("retry-after");
    expect(made()).toBe(2);
    expect(emulator.requests.at(-1)).toMatchObject({ status: 429, account: expect.any(String) });

    later(499);
    expect((await create("c")).status).toBe(429);
    later(1);
    expect((await create("c")).status).toBe(201);
    expect((await create("d")).status).toBe(429);
    later(60_000);
    expect(await statuses(["d", "e", "f"].map(create))).toEqual([201, 201, 429]);
  });

  test("a rate that comes in small parts is as high as one that comes at once", async () => {
    await start({ rateLimit: 10 });
    expect(new Set(await statuses(Array.from({ length: 10 }, () => ask(emulator, services))))).toEqual(
      new Set([200]),
    );
    for (let part = 0; part < 99; part++) {
      later(1);
      expect((await ask(emulator, services)).status).toBe(429);
    }
    later(1);
    expect((await ask(emulator, services)).status).toBe(200);
  });

  test("each account has its own, and who has no credentials takes none", async () => {
    await start({ rateLimit: 1 });
    expect((await ask(emulator, services, { credentials: false })).status).toBe(401);
    expect((await ask(emulator, services)).status).toBe(200);
    expect((await ask(emulator, services)).status).toBe(429);
    expect((await ask(emulator, services, { credentials: `${other}:other` })).status).toBe(200);
  });

  test("control endpoints do not count, and a reset gives the rate back", async () => {
    await start({ rateLimit: 1 });
    for (let request = 0; request < 3; request++) {
      expect((await control(emulator, "GET", "faults")).status).toBe(200);
    }
    expect((await ask(emulator, services)).status).toBe(200);
    expect((await ask(emulator, services)).status).toBe(429);
    emulator.reset();
    expect((await ask(emulator, services)).status).toBe(200);
  });
});

describe("requests in flight", () => {
  test("beyond them requests are refused at once and not carried out", async () => {
    await start({ concurrency: 2, latency: 500 });
    expect(await statuses(["a", "b", "c", "d"].map(create))).toEqual([201, 201, 429, 429]);
    expect(made()).toBe(2);
    expect(await statuses(["e", "f"].map(create))).toEqual([201, 201]);
  });

  test("each account has its own", async () => {
    await start({ concurrency: 1, latency: 500 });
    const asked = [ask(emulator, services), ask(emulator, services, { credentials: `${other}:other` })];
    expect(await statuses(asked)).toEqual([200, 200]);
  });

  test("a request that failed or was dropped counts no longer", async () => {
    await start({
      concurrency: 1,
      faults: [
        { match: { method: "POST" }, times: 1, effect: { drop: "before" } },
        { match: { method: "POST" }, times: 1, effect: { drop: "after" } },
        { match: { method: "POST" }, times: 1, effect: { status: 500 } },
      ],
    });
    await expect(create("a")).rejects.toThrow();
    await expect(create("a")).rejects.toThrow();
    expect((await create("b")).status).toBe(500);
    expect((await ask(emulator, "/proxy.twilio.com/v1/Nowhere")).status).toBe(404);
    expect((await create("b")).status).toBe(201);
  });
});

describe("what answers say of them", () => {
  test("how many requests were in flight", async () => {
    await start({ latency: 50 });
    const answers = await Promise.all(["a", "b", "c"].map(create));
    expect(answers.map(({ headers }) => headers["twilio-concurrent-requests"]).sort()).toEqual([
      "1",
      "2",
      "3",
    ]);
    expect((await create("d")).headers["twilio-concurrent-requests"]).toBe("1");
  });

  test("how long it took, in seconds", async () => {
    // Each look at the clock finds it moved on.
    const clock = () => {
      later(60);
      return new Date(time);
    };
    await start({ clock });
    const { headers } = await ask(emulator, services);
    expect(headers["twilio-request-duration"]).toMatch(/^\d+\.\d{3}$/);
    const looks = Number(headers["twilio-request-duration"]) / 0.06;
    expect(looks).toBeGreaterThanOrEqual(1);
    expect(looks).toBeCloseTo(Math.round(looks));
  });

  test.each([
    ["a refusal", { body: "Nothing=x" }, 400],
    ["an answer without a body", { method: "DELETE" }, 404],
    ["no credentials", { credentials: false }, 401],
  ] as const)("%s has them too", async (_, request, status) => {
    await start({ clock: () => new Date(time) });
    const missing = `/messaging.twilio.com/v1/Services/MG${"9".repeat(32)}`;
    const path = "method" in request ? missing : services;
    expect(await ask(emulator, path, request)).toMatchObject({
      status,
      headers: { "twilio-concurrent-requests": "1", "twilio-request-duration": "0.000" },
    });
  });
});
