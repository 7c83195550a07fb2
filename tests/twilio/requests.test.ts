import { setTimeout as wait } from "node:timers/promises";
import { type Emulator, type Fault, seeded, startEmulator } from "../../emulator/index";
import type { AccountSession } from "../../provider/life/life";
import { addressOf, busyPause, pauseAfter } from "../../provider/twilio/requests";
import { openSession } from "../../provider/twilio/session";
import { configuration } from "../../provider/twilio/settings";
import { ApiError, isLost, Refusal } from "../../provider/values/errors";
import { emulatorCredentials } from "../stacks/onStack";
import { page, type Server, startServer } from "./support";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const silent = { warn: () => {}, say: () => {} };

function sessionAt(baseUrl: string, more: Record<string, string> = {}): AccountSession {
  const given: Record<string, string> = { ...emulatorCredentials, baseUrl, ...more };
  return openSession([configuration((key) => given[key.replace("twilio:", "")])], silent);
}
const session = (more?: Record<string, string>) => sessionAt(emulator.url, more);

const statuses = () => emulator.requests.map(({ status }) => status);
const always = (effect: Fault["effect"], times?: number) => emulator.addFault({ match: {}, effect, times });

const read = ({ api }: AccountSession) => api.proxy.v1.services(seeded.proxyService).fetch();
const update = ({ api }: AccountSession) =>
  api.proxy.v1.services(seeded.proxyService).update({ defaultTtl: 5 });
const remove = ({ api }: AccountSession) => api.proxy.v1.services(seeded.proxyService).remove();
const create = ({ once }: AccountSession) => once.proxy.v1.services.create({ uniqueName: "new" });
const kinds: [string, (session: AccountSession) => Promise<unknown>, number][] = [
  ["reads", read, 200],
  ["updates", update, 200],
  ["deletes", remove, 204],
  ["creates", create, 201],
];
const repeatable = kinds.slice(0, 3);

describe("too many requests", () => {
  test.each(kinds)("%s are repeated: nothing was done yet", async (_, request, done) => {
    always({ status: 429, code: 20429 }, 2);
    await request(session());
    expect(statuses()).toEqual([429, 429, done]);
    const made = Object.values(emulator.state.account().proxyServices);
    expect(made.filter(({ unique_name }) => unique_name === "new").length).toBeLessThan(2);
  });

  test("are repeated no sooner than the server asks", async () => {
    always({ status: 429, code: 20429, retryAfter: 1 }, 1);
    const started = Date.now();
    await read(session());
    // A timer may be early on a busy machine.
    expect(Date.now() - started).toBeGreaterThanOrEqual(800);
  });

  test("are given up at once where the server asks for more than anybody waits", async () => {
    always({ status: 429, code: 20429, retryAfter: 3600 });
    await expect(read(session())).rejects.toThrow("HTTP 429, code 20429");
    expect(statuses()).toEqual([429]);
  });
});

describe("a fate that is unknown", () => {
  test.each(repeatable)("%s are repeated after 5xx", async (_, request, done) => {
    always({ status: 503 }, 2);
    await request(session());
    expect(statuses()).toEqual([503, 503, done]);
  });

  test.each(repeatable)("%s are repeated after a dropped connection", async (_, request, done) => {
    always({ drop: "before" }, 1);
    await request(session());
    expect(statuses()).toEqual([null, done]);
  });

  test.each<[string, Fault["effect"], number]>([
    ["5xx", { status: 500, code: 20500, message: "Oops" }, 0],
    ["a connection dropped before", { drop: "before" }, 0],
    ["a connection dropped after", { drop: "after" }, 1],
  ])("creates are not, after %s: the life cycle looks first", async (_, effect, made) => {
    always(effect);
    const error: unknown = await create(session()).catch((error: unknown) => error);
    expect(error).toMatchObject({ lost: true });
    expect(emulator.requests).toHaveLength(1);
    const services = Object.values(emulator.state.account().proxyServices);
    expect(services.filter(({ unique_name }) => unique_name === "new")).toHaveLength(made);
  });

  test("is given up after some tries, with what the last one said", async () => {
    always({ status: 502, code: 20502, message: "Bad gateway" });
    await expect(read(session())).rejects.toThrow("Bad gateway (HTTP 502, code 20502)");
    expect(statuses()).toEqual([502, 502, 502, 502, 502]);
  });

  test("is given up with how long it was tried, in words that name no credential", async () => {
    always({ status: 429, code: 20429, retryAfter: 2 }, 1);
    always({ status: 502, code: 20502, message: "Bad gateway" });
    await expect(read(session())).rejects.toThrow(/code 20502\).*\. It was tried for \d+ s$/);
  });

  test("nobody there is said with the host", async () => {
    const gone = await startServer(() => {});
    await gone.close();
    const failed = read(sessionAt(gone.url));
    await expect(failed).rejects.toThrow(`no answer from ${gone.url.slice(7)}: connect ECONNREFUSED`);
    await expect(failed).rejects.toThrow("Check the network and, if it is set, twilio:baseUrl");
  });
});

test("twenty refusals of each of six creates side by side are over within a minute", async () => {
  const creates = Array.from({ length: 6 }, (_, index) => {
    emulator.addFault({
      match: { operationId: "CreateService" },
      times: 20,
      effect: { status: 429, code: 20429 },
    });
    return session().once.proxy.v1.services.create({ uniqueName: `burst ${index}` });
  });
  const started = Date.now();
  await Promise.all(creates);
  expect(Date.now() - started).toBeLessThan(60_000);
  expect(statuses().filter((status) => status === 201)).toHaveLength(6);
});

test("other refusals are not repeated", async () => {
  const missing = session()
    .api.messaging.v1.services(`MG${"0".repeat(32)}`)
    .fetch();
  await expect(missing).rejects.toMatchObject({ status: 404, code: 20404, gone: true });
  await expect(read(session({ authToken: "wrong" }))).rejects.toMatchObject({ status: 401, code: 20003 });
  expect(emulator.requests).toHaveLength(2);
});

describe("requests in flight", () => {
  let server: Server;
  afterEach(() => server.close());

  test("are never more than maxConcurrency, over all sessions of the account", async () => {
    server = await startServer(async (_, response) => {
      await wait(20);
      response.setHeader("Content-Type", "application/json").end(page());
    });
    const sessions = [1, 2].map(() => sessionAt(server.url, { maxConcurrency: "3" }));
    await Promise.all(
      sessions.flatMap(({ api, once }) =>
        [api, once].flatMap(({ proxy }) => Array.from({ length: 6 }, () => proxy.v1.services.list())),
      ),
    );
    expect(server.requests).toHaveLength(24);
    expect(server.atOnce).toBe(3);
  });

  test("do not wait for one that pauses", async () => {
    server = await startServer((request, response) => {
      const isFirst = server.requests.length === 1;
      if (isFirst) response.writeHead(429, { "Retry-After": "1" }).end("{}");
      else response.setHeader("Content-Type", "application/json").end(page());
      request.resume();
    });
    const { api } = sessionAt(server.url, { maxConcurrency: "1" });
    const ended: string[] = [];
    const ask = (name: string) => api.proxy.v1.services.list().then(() => ended.push(name));
    await Promise.all([ask("paused"), ask("second"), ask("third")]);
    expect(ended).toEqual(["second", "third", "paused"]);
  });
});

describe("what does not answer as Twilio does", () => {
  test.concurrent.each<[string, number, string]>([
    ["a page", 200, "<html>Welcome</html>"],
    ["a page that is not found, which is not an object that is gone", 404, "<html>Not found</html>"],
    ["a refusal of a proxy", 403, "Forbidden"],
    ["a refusal without a word", 403, ""],
    ["nothing found without a word", 404, ""],
    ["a redirection", 302, ""],
  ])("%s", async (_, status, body) => {
    const server = await startServer((_, response) => {
      response.writeHead(status, { Location: "https://example.com/" }).end(body);
    });
    try {
      const error: unknown = await read(sessionAt(server.url)).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Refusal);
      expect(error).not.toBeInstanceOf(ApiError);
      expect(isLost(error)).toBe(true);
      expect(String(error)).toContain(`does not answer as Twilio does (HTTP ${status}`);
      // A proxy on the way may be right again a moment later.
      expect(server.requests).toHaveLength(5);
    } finally {
      await server.close();
    }
  });

  test("a page of a server that is down is a fate unknown like any other", async () => {
    const server = await startServer((_, response) => {
      if (server.requests.length === 1) response.writeHead(503).end("<html>Down</html>");
      else response.setHeader("Content-Type", "application/json").end(page());
    });
    try {
      await sessionAt(server.url).api.proxy.v1.services.list();
      expect(server.requests).toHaveLength(2);
    } finally {
      await server.close();
    }
  });
});

describe("where requests go", () => {
  const hosts = () => emulator.requests.map(({ host }) => host);

  test("to the product's host", async () => {
    await read(session());
    await session().api.incomingPhoneNumbers.list();
    expect(hosts()).toEqual(["proxy.twilio.com", "api.twilio.com"]);
  });

  test("through edge and region, next pages too", async () => {
    const { api } = session({ region: "ie1", edge: "dublin" });
    await api.incomingPhoneNumbers.list();
    await api.proxy.v1.services.create({ uniqueName: "second" });
    expect(await api.proxy.v1.services.list({ pageSize: 1 })).toHaveLength(2);
    expect(new Set(hosts())).toEqual(new Set(["api.dublin.ie1.twilio.com", "proxy.dublin.ie1.twilio.com"]));
    expect(new Set(statuses())).toEqual(new Set([200, 201]));
  });

  test("through an edge alone, to the first region", async () => {
    await read(session({ edge: "dublin" }));
    expect(hosts()).toEqual(["proxy.dublin.us1.twilio.com"]);
  });

  test("not where the environment would have the SDK go", async () => {
    process.env.TWILIO_REGION = "au1";
    process.env.TWILIO_EDGE = "sydney";
    try {
      await read(session());
      await read(session({ region: "ie1", edge: "dublin" }));
    } finally {
      delete process.env.TWILIO_REGION;
      delete process.env.TWILIO_EDGE;
    }
    expect(hosts()).toEqual(["proxy.twilio.com", "proxy.dublin.ie1.twilio.com"]);
  });

  test("not to a foreign host that a next page names", async () => {
    const foreign = await startServer((_, response) => void response.end("{}"));
    const server = await startServer((_, response) => {
      response
        .setHeader("Content-Type", "application/json")
        .end(page(`${foreign.url}/v1/Services?Page=1`, [{}]));
    });
    try {
      const listed = sessionAt(server.url).api.proxy.v1.services.list();
      await expect(listed).rejects.toThrow("which is not Twilio's; nothing is sent there");
      expect(foreign.requests).toEqual([]);
      expect(server.requests).toHaveLength(1);
    } finally {
      await foreign.close();
      await server.close();
    }
  });

  test.each([
    [
      "a vendor's URL",
      "https://proxy.twilio.com/v1/Services?Page=1",
      undefined,
      "https://proxy.twilio.com/v1/Services?Page=1",
    ],
    ["in clear", "http://proxy.twilio.com/v1", undefined, "https://proxy.twilio.com/v1"],
    ["on another port", "https://proxy.twilio.com:8443/v1", undefined, "https://proxy.twilio.com/v1"],
    [
      "with credentials of its own",
      "https://u:p@proxy.twilio.com/v1",
      undefined,
      "https://proxy.twilio.com/v1",
    ],
    [
      "at the base",
      "https://proxy.twilio.com/v1?a=b",
      "http://127.0.0.1:1",
      "http://127.0.0.1:1/proxy.twilio.com/v1?a=b",
    ],
    [
      "a base's own",
      "http://127.0.0.1:1/proxy.dublin.ie1.twilio.com/v1",
      "http://127.0.0.1:1",
      "http://127.0.0.1:1/proxy.dublin.ie1.twilio.com/v1",
    ],
    [
      "another base's, of which only the Twilio host counts",
      "https://evil.example/proxy.twilio.com/v1",
      "http://127.0.0.1:1",
      "http://127.0.0.1:1/proxy.twilio.com/v1",
    ],
    [
      "a path that climbs",
      "https://proxy.twilio.com/../../x",
      "http://127.0.0.1:1",
      "http://127.0.0.1:1/proxy.twilio.com/x",
    ],
  ])("%s", (_, uri, base, address) => {
    expect(addressOf(uri, base)).toBe(address);
  });

  test.each([
    "https://example.com/v1/Services",
    "https://twilio.com.example.com/v1",
    "https://eviltwilio.com/v1",
    "https://twilio.com/v1",
    "https://example.com/twilio.com.example/v1",
    "https://proxy.twilio.com@example.com/v1",
  ])("never to %s", (uri) => {
    expect(() => addressOf(uri, undefined)).toThrow("which is not Twilio's");
  });
});

describe("the pause before another try", () => {
  const many = (sending: number, retryAfter?: unknown, now?: number) =>
    Array.from({ length: 200 }, () => pauseAfter(sending, retryAfter, now));

  test("doubles up to a limit, and is not the same for all", () => {
    expect(Math.min(...many(1))).toBeGreaterThanOrEqual(200);
    expect(Math.max(...many(1))).toBeLessThanOrEqual(400);
    expect(Math.min(...many(3))).toBeGreaterThanOrEqual(800);
    expect(Math.max(...many(50))).toBeLessThanOrEqual(20_000);
    expect(new Set(many(1)).size).toBeGreaterThan(100);
  });

  test.each<[unknown, number]>([
    ["3", 3000],
    ["0", 0],
    ["Sun, 22 Nov 2026 10:20:34 GMT", 4000],
    ["Sun, 22 Nov 2026 10:20:00 GMT", 0],
  ])("is at least what the server asks for: %s", (retryAfter, least) => {
    const pauses = many(1, retryAfter, Date.parse("2026-11-22T10:20:30Z"));
    expect(Math.min(...pauses)).toBeGreaterThan(least);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(least * 1.1 + 50);
  });

  test.each(["", "soon", undefined, 5])(
    "is its own where the server asks for nothing that is understood: %s",
    (retryAfter) => {
      expect(Math.min(...many(1, retryAfter))).toBeGreaterThanOrEqual(200);
    },
  );
});

describe("the pause after one request too many", () => {
  const many = (time: number, retryAfter?: unknown) =>
    Array.from({ length: 400 }, () => busyPause(time, retryAfter));

  test("is wholly by chance, up to a limit that doubles", () => {
    expect(Math.min(...many(3))).toBeLessThan(100);
    expect(Math.max(...many(1))).toBeLessThanOrEqual(200);
    expect(Math.max(...many(3))).toBeGreaterThan(600);
    expect(Math.max(...many(50))).toBeLessThanOrEqual(2_000);
  });

  test("is at least what the server asks for", () => {
    expect(Math.min(...many(1, "3"))).toBeGreaterThanOrEqual(3000);
  });
});

test("the server's clock is told from its answers", async () => {
  const ahead = 3 * 3600_000;
  const early = await startEmulator({ clock: () => new Date(Date.now() + ahead) });
  try {
    const { api, serverTime } = sessionAt(early.url);
    const now = new Date();
    expect(serverTime(now)).toEqual(now);
    await api.proxy.v1.services.list();
    const off = serverTime(now).getTime() - now.getTime();
    // Whole seconds, and never later than it really is.
    expect(off).toBeLessThanOrEqual(ahead);
    expect(off).toBeGreaterThan(ahead - 2000);
  } finally {
    await early.close();
  }
});
