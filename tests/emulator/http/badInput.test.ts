import { createConnection, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { defaultAccountSid, defaultAuthToken, seeded, startEmulator } from "../../../emulator/index";
import { ask, control, type RawAnswer, refusal, useEmulator } from "../support";

const emulator = useEmulator({ requestTimeoutMs: 500 });
const json = { "Content-Type": "application/json" };
const services = "/proxy.twilio.com/v1/Services";
const flows = "/studio.twilio.com/v2/Flows";
const configuration = "/flex-api.twilio.com/v1/Configuration";
const basic = `Authorization: Basic ${Buffer.from(`${defaultAccountSid}:${defaultAuthToken}`).toString("base64")}`;
const megabyte = 1024 * 1024;

afterEach(async () => {
  expect((await ask(emulator.current, services)).status).toBe(200);
});

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

async function connect(...parts: string[]): Promise<Socket> {
  const socket = createConnection(Number(new URL(emulator.current.url).port), "127.0.0.1");
  open.push(socket);
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  for (const part of parts) socket.write(part);
  return socket;
}

/** All that comes back until the emulator closes the connection. */
async function answerTo(...parts: string[]): Promise<string> {
  return untilClosed(await connect(...parts));
}

function untilClosed(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((resolve) => socket.once("close", () => resolve(text)));
}

/** The one answer in what came back. */
function read(text: string): Pick<RawAnswer, "status" | "body"> {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  expect(head).toContain("Content-Type: application/json");
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), body: JSON.parse(body) };
}

describe("what is no HTTP", () => {
  test.each([
    ["nothing of the kind", "EHLO example.com\r\n\r\n", 400, 20001],
    ["bytes", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, 20001],
    ["a method that is none", "FETCH / HTTP/1.1\r\nHost: x\r\n\r\n", 400, 20001],
    ["a header without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400, 20001],
    ["a length that is none", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400, 20001],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      20001,
    ],
    [
      "a chunk of no size",
      `POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n`,
      400,
      20001,
    ],
    ["headers without end", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}`, 431, 431],
    ["thousands of headers", `GET / HTTP/1.1\r\nHost: x\r\n${"a: b\r\n".repeat(20_000)}\r\n`, 431, 431],
    ["an endless path", `GET /${"x".repeat(20_000)}`, 431, 431],
  ])("%s", async (_, text, status, code) => {
    expect(read(await answerTo(text))).toMatchObject(refusal(status, code));
  });

  test("after a good request on the same connection", async () => {
    const good = `GET ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\n\r\n`;
    const socket = await connect(good);
    const answers = untilClosed(socket);
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write("nonsense\r\n\r\n");
    expect(await answers).toMatch(/^HTTP\/1\.1 200 .*HTTP\/1\.1 400 /s);
  });

  test("a request that waits for its answer does not get the one to what follows it", async () => {
    const slow = await startEmulator({ latency: 100 });
    try {
      const socket = createConnection(Number(new URL(slow.url).port), "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`GET ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\n\r\nnonsense\r\n\r\n`);
      expect(await untilClosed(socket)).toBe("");
    } finally {
      await slow.close();
    }
  });

  test.each([
    ["an expectation", "Expect: the-spanish-inquisition"],
    ["an upgrade", "Connection: Upgrade, close\r\nUpgrade: websocket"],
  ])("%s is not heeded", async (_, header) => {
    const answer = await answerTo(
      `GET ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nConnection: close\r\n${header}\r\n\r\n`,
    );
    expect(read(answer).status).toBe(200);
  });

  test("a client that wants to be told to go on is told so", async () => {
    const head = `POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nExpect: 100-continue\r\nContent-Length: 12\r\n`;
    const type = "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n";
    const socket = await connect(head + type);
    const answers = untilClosed(socket);
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write("UniqueName=x");
    expect(await answers).toMatch(/^HTTP\/1\.1 100 .*HTTP\/1\.1 201 /s);
  });
});

describe("headers that come twice", () => {
  test.each([
    ["Authorization", `Host: x\r\n${basic}\r\nAuthorization: Basic eDp5`],
    ["Host", `Host: x\r\nHost: y\r\n${basic}`],
  ])("%s", async (_, headers) => {
    const answer = await answerTo(`GET ${services} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`);
    expect(read(answer)).toMatchObject(refusal(400, 20001));
  });
});

describe("clients that do not come to an end", () => {
  test("with their headers", async () => {
    const answer = await answerTo(`GET ${services} HTTP/1.1\r\nHost: x\r\n`);
    expect(read(answer)).toMatchObject(refusal(408, 408));
  });

  test("with their body", async () => {
    const answer = await answerTo(
      `POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nContent-Length: 100\r\n\r\nUnique`,
    );
    expect(read(answer)).toMatchObject(refusal(408, 408));
    expect(Object.keys(emulator.current.state.account().proxyServices)).toEqual([seeded.proxyService]);
  });

  test("with a body that comes drop by drop", async () => {
    const socket = await connect(
      `POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nContent-Length: 1000000\r\n\r\n`,
    );
    const drops = setInterval(() => socket.write("x"), 20);
    const answer = await untilClosed(socket);
    clearInterval(drops);
    expect(read(answer)).toMatchObject(refusal(408, 408));
  });

  test("with anything at all", async () => {
    expect(read(await answerTo())).toMatchObject(refusal(408, 408));
  });

  test("with a body that never ends, though it was refused", async () => {
    const socket = await connect(
      `POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `${megabyte.toString(16)}\r\n${"x".repeat(megabyte)}\r\n`;
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const flow = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on("drain", flow).resume();
    flow();
    await closed;
  });

  test("a slow body that does come to its end is taken", async () => {
    const head =
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\nConnection: close\r\n\r\n";
    const socket = await connect(`POST ${services} HTTP/1.1\r\nHost: x\r\n${basic}\r\n${head}`);
    const answer = untilClosed(socket);
    for (const sign of "UniqueName=x") {
      await wait(10);
      socket.write(sign);
    }
    expect(read(await answer).status).toBe(201);
  });
});

test("a thousand open connections keep nobody out", async () => {
  const before = process.memoryUsage().rss;
  await Promise.all(Array.from({ length: 1000 }, () => connect(`GET ${services} HTTP/1.1\r\nHost: x\r\n`)));
  expect((await ask(emulator.current, services)).status).toBe(200);
  expect((process.memoryUsage().rss - before) / megabyte).toBeLessThan(200);
  await Promise.all(open.map((socket) => (socket.destroyed ? undefined : untilClosed(socket))));
});

describe("parameters", () => {
  const text = (length: number, sign = "x") => sign.repeat(length / sign.length);
  const form = (name: string, value: string) => ({ body: `${name}=${encodeURIComponent(value)}` });
  const flow = (definition: string) => ({
    body: `FriendlyName=x&Status=draft&Definition=${encodeURIComponent(definition)}`,
  });

  // What takes a regular expression minutes, or more stack than there is.
  test.each([
    ["a long name", services, { body: `${text(9 * megabyte)}=x` }, 400, 20001],
    ["a long URL", services, form("CallbackUrl", `https://${text(9 * megabyte, "a.")}`), 400, 20001],
    [
      "a text of many words",
      "/chat.twilio.com/v2/Services",
      form("FriendlyName", text(megabyte, "a.")),
      400,
      50003,
    ],
    ["more parameters than there are", services, { body: text(9 * megabyte, "a=b&") }, 400, 20001],
    ["nothing but separators", services, { body: text(9 * megabyte, "&") }, 400, 20001],
    ["a long text in JSON in a form", flows, flow(`{"a":"${text(9 * megabyte)}"}`), 400, 81022],
    ["deep JSON in a form", flows, flow(text(3 * megabyte, "[")), 400, 81022],
    ["broad JSON in a form", flows, flow(`{"states":[${text(megabyte, "[],")}[]]}`), 400, 81025],
    ["deep JSON", configuration, { headers: json, body: text(9 * megabyte, '{"a":') }, 400, 20001],
    ["blank JSON", configuration, { headers: json, body: text(9 * megabyte, " ") }, 400, 20001],
    ["ten megabytes and one byte", services, { body: text(10 * megabyte + 1) }, 413, 20413],
    [
      "a compressed body",
      services,
      { ...form("UniqueName", "x"), headers: { "Content-Encoding": "gzip" } },
      400,
      20001,
    ],
    [
      "an unknown content type",
      services,
      { headers: { "Content-Type": "image/png" }, body: "x" },
      415,
      20001,
    ],
    ["a content type that is none", services, { headers: { "Content-Type": ";;;" }, body: "x" }, 415, 20001],
  ])("%s", async (_, path, request, status, code) => {
    expect(await ask(emulator.current, path, request)).toMatchObject(refusal(status, code));
    expect((await control(emulator.current, "GET", "requests")).text.length).toBeLessThan(100_000);
  });

  test("whoever may not ask is told so before the body, and not kept waiting for its end", async () => {
    const head = `POST ${services} HTTP/1.1\r\nHost: x\r\nContent-Length: ${9 * megabyte}\r\n\r\n`;
    const socket = await connect(head);
    const [start] = await new Promise<[Buffer]>((resolve) =>
      socket.once("data", (chunk) => resolve([chunk])),
    );
    expect(start.toString()).toMatch(/^HTTP\/1\.1 401 /);
  });

  test.each([
    "..%2f",
    "..%5c",
    "%2e%2e",
    "%00",
    "%0d%0aX-Injected:%20yes",
    "%f0%9f%92%a9",
    "__proto__",
    "constructor",
  ])("%s in a SID names nothing", async (sid) => {
    const flows = "/studio.twilio.com/v2/Flows";
    for (const path of [`${flows}/${sid}`, `${flows}/${sid}${seeded.studioFlow}`]) {
      const answer = await ask(emulator.current, path);
      expect(answer).toMatchObject(refusal(404, 20404));
      expect(answer.headers).not.toHaveProperty("x-injected");
    }
  });

  test.each(["%", "%zz", "%e0%a4", "%c0%ae%c0%ae"])("the malformed encoding %s in a SID", async (sid) => {
    expect(await ask(emulator.current, `${services}/${sid}`)).toMatchObject(refusal(400, 20001));
  });
});

describe("what is remembered of requests", () => {
  test("long values by their length, and not all of many parameters", async () => {
    const names = Array.from({ length: 500 }, (_, index) => `Name${index}${"n".repeat(200)}`);
    await ask(emulator.current, services, { body: `UniqueName=${"x".repeat(20_000)}&${names.join("=&")}=` });
    const [entry] = emulator.current.requests;
    expect(entry?.params.UniqueName).toBe("(20000 characters)");
    expect(entry?.ignored.length).toBe(100);
    expect(JSON.stringify(entry).length).toBeLessThan(40_000);
  });

  test("no more than fits, the latest first", async () => {
    const params = Array.from({ length: 99 }, (_, index) => `Name${index}=${"x".repeat(9_000)}`).join("&");
    for (let request = 0; request < 50; request++) {
      await ask(emulator.current, services, { body: `${params}&UniqueName=Service${request}`.slice(1) });
    }
    const { requests } = emulator.current;
    expect(requests.length).toBeLessThan(45);
    expect(JSON.stringify(requests).length).toBeLessThan(34 * megabyte);
    expect(requests.at(-1)?.params.UniqueName).toBe("Service49");
    emulator.current.reset();
    await ask(emulator.current, services);
    expect(requests).toHaveLength(1);
  });
});

describe("control endpoints and other origins", () => {
  const state = (headers: Record<string, string>, path = "/_emulator/state?secrets=1") =>
    ask(emulator.current, path, { credentials: false, headers });

  test.each([
    ["a host name of one's own", { Host: "evil.example" }],
    ["a trailing dot", { Host: "localhost." }],
    ["a trailing dot and a port", { Host: "localhost.:4010" }],
    ["a user before the host", { Host: "localhost@evil.example" }],
    ["an address in another form", { Host: "0x7f.1" }],
    ["another loopback name", { Host: "localhost.localdomain" }],
    ["IPv6 of IPv4", { Host: "[::ffff:127.0.0.1]" }],
    ["an opaque origin", { Origin: "null" }],
    ["another port of the same machine", { Origin: "http://127.0.0.1:1" }],
    ["another page in the browser", { "Sec-Fetch-Site": "cross-site" }],
    ["a page on another port in the browser", { "Sec-Fetch-Site": "same-site" }],
  ])("%s is refused, reading and writing", async (_, headers) => {
    const read = await state(headers);
    expect(read.status).toBe(403);
    expect(read.text).not.toContain(defaultAuthToken);
    const reset = { method: "POST", credentials: false, headers: { ...json, ...headers }, body: "" } as const;
    expect((await ask(emulator.current, "/_emulator/reset", reset)).status).toBe(403);
  });

  test("no host is refused", async () => {
    const request = "GET /_emulator/state?secrets=1 HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n";
    expect(read(await answerTo(request)).status).toBe(403);
    const old = "GET /_emulator/state?secrets=1 HTTP/1.0\r\n\r\n";
    expect(read(await answerTo(old)).status).toBe(403);
  });

  test("an absolute URL counts more than the Host header", async () => {
    const host = { Host: "127.0.0.1" };
    expect((await state(host, "http://evil.example/_emulator/state?secrets=1")).status).toBe(403);
    expect((await state(host, "http://x@127.0.0.1/_emulator/state?secrets=1")).status).toBe(403);
    expect((await state({ Host: "evil.example" }, "http://127.0.0.1/_emulator/state")).status).toBe(200);
  });

  test("a person and the emulator's own page may, and no other page may show what they see", async () => {
    const { headers } = await state({ "Sec-Fetch-Site": "none" });
    expect(headers).toMatchObject({
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    const own = { "Sec-Fetch-Site": "same-origin", Origin: emulator.current.url };
    expect((await state(own)).status).toBe(200);
  });

  test("a preflight is not answered with leave", async () => {
    const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
    for (const path of ["/_emulator/reset", services]) {
      const answer = await ask(emulator.current, path, { method: "OPTIONS", credentials: false, headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  test("whoever is refused is so before the body", async () => {
    const socket = await connect(
      `POST /_emulator/seed HTTP/1.1\r\nHost: evil.example\r\nContent-Length: ${9 * megabyte}\r\n\r\n`,
    );
    const start = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
    expect(start.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test("lines on stdout hold no second line, no sign that drives a terminal, and no token", async () => {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const loud = await startEmulator({ quiet: false });
  try {
    await ask(loud, `${services}?AuthToken=${defaultAuthToken}`, {
      body: `UniqueName=x&evil%0aGET%20/%201%1b[2J=${defaultAuthToken}`,
    });
  } finally {
    write.mockRestore();
    await loud.close();
  }
  const [line = "", ...more] = lines;
  expect(more).toEqual([]);
  expect(line).toMatch(/^POST proxy\.twilio\.com\/v1\/Services 201 CreateService ignored: [\x20-\x7e]+\n$/);
  expect(line).not.toContain(defaultAuthToken);
});
