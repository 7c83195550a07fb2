import { createConnection } from "node:net";
import { defaultAccountSid, seeded, startEmulator } from "../../../emulator/index";
import { ask, clientOf, refusal, useEmulator } from "../support";

const emulator = useEmulator({ clock: () => new Date("2026-11-22T10:20:30.400Z") });
const flexFlows = "/flex-api.twilio.com/v1/FlexFlows";
const chatServices = "/chat.twilio.com/v2/Services";
const json = { "Content-Type": "application/json" };

describe("addressing", () => {
  const account = `/2010-04-01/Accounts/${defaultAccountSid}`;

  test("a Twilio host in the path: next pages are the emulator's, object URLs the vendor's", async () => {
    const { body } = await ask(emulator.current, "/proxy.twilio.com/v1/Services");
    const { url } = emulator.current;
    expect(body.meta).toMatchObject({ url: `${url}/proxy.twilio.com/v1/Services?PageSize=50&Page=0` });
    expect(body.services).toMatchObject([
      { url: `https://proxy.twilio.com/v1/Services/${seeded.proxyService}` },
    ]);
  });

  test("a Twilio host in the Host header wins, with its region", async () => {
    const headers = { Host: "proxy.dublin.ie1.twilio.com" };
    const { body } = await ask(emulator.current, "/v1/Services", { headers });
    expect(body.meta).toMatchObject({
      url: "https://proxy.dublin.ie1.twilio.com/v1/Services?PageSize=50&Page=0",
    });
    expect(body.services).toMatchObject([
      { url: `https://proxy.twilio.com/v1/Services/${seeded.proxyService}` },
    ]);
    expect(emulator.current.requests.at(-1)).toMatchObject({
      host: "proxy.dublin.ie1.twilio.com",
      status: 200,
    });
    const both = await ask(emulator.current, flexFlows, { headers: { Host: "api.twilio.com" } });
    expect(both.status).toBe(404);
  });

  test("the absolute URL of a proxied request counts as its host", async () => {
    const { status } = await ask(emulator.current, "http://proxy.twilio.com/v1/Services");
    expect(status).toBe(200);
  });

  test("neither a Twilio host nor a page of the emulator", async () => {
    expect(await ask(emulator.current, `${account}.json`)).toMatchObject(refusal(404, 20404));
    expect((await ask(emulator.current, "/", { credentials: false })).text).toContain("twilio-flex-emulator");
  });
});

describe("credentials", () => {
  test.each([
    ["none", false],
    ["a wrong token", `${defaultAccountSid}:wrong`],
    ["no token", `${defaultAccountSid}:`],
    ["an unknown account", `AC${"9".repeat(32)}:e0000000000000000000000000000001`],
    ["a name every object has", "__proto__:x"],
    ["an unknown key", `SK${"9".repeat(32)}:secret`],
  ] as const)("%s", async (_, credentials) => {
    const answer = await ask(emulator.current, flexFlows, { credentials });
    expect(answer).toMatchObject(refusal(401, 20003));
    expect(answer.headers["www-authenticate"]).toContain("Basic");
    expect(emulator.current.requests.at(-1)).toMatchObject({ account: null, status: 401 });
  });

  // Recorded: dixahq/twilio-client for wrong ones, logs of 2025 and 2026 for none.
  test("none have other words than wrong ones", async () => {
    const wordsFor = async (credentials: string | false) =>
      (await ask(emulator.current, flexFlows, { credentials })).body.message;
    expect(await wordsFor(false)).toBe("Authentication Error - No credentials provided");
    expect(await wordsFor(`${defaultAccountSid}:wrong`)).toBe("Authenticate");
  });

  test("an API key stands for its account", async () => {
    const key = `SK${"1".repeat(32)}`;
    emulator.current.state.account().api_keys[key] = "secret";
    expect((await ask(emulator.current, flexFlows, { credentials: `${key}:secret` })).status).toBe(200);
    expect(emulator.current.requests.at(-1)?.account).toBe(defaultAccountSid);
  });

  test("accounts see their own objects only", async () => {
    const other = `AC${"1".repeat(32)}`;
    emulator.current.state.plant({ accounts: { [other]: { auth_token: "other" } } });
    const { proxy } = clientOf(emulator.current, other, "other");
    expect(await proxy.v1.services.list()).toEqual([]);
    // How Proxy says that there is none.
    const missing = { status: 400, message: "Invalid Service Sid" };
    await expect(proxy.v1.services(seeded.proxyService).fetch()).rejects.toMatchObject(missing);
  });
});

describe("what the documents know", () => {
  test.each([
    ["an unknown path", "GET", "/flex-api.twilio.com/v1/Nowhere", 404, 20404],
    ["a Twilio host without a document", "GET", "/serverless.twilio.com/v1/Services", 501, 20501],
    ["a version without a document", "POST", "/flex-api.twilio.com/v3/Instances", 501, 20501],
    ["a path without a version", "GET", "/flex-api.twilio.com/FlexFlows", 404, 20404],
    ["a method a path does not have", "DELETE", flexFlows, 405, 20004],
    ["PUT, which no path has", "PUT", flexFlows, 405, 20004],
    ["an operation that is not written", "GET", "/messaging.twilio.com/v1/Deactivations", 501, 20501],
    ["a SID of another kind", "GET", `${flexFlows}/${seeded.studioFlow}`, 404, 20404],
    ["a path that climbs", "GET", `${flexFlows}/../Configuration`, 404, 20404],
    ["an encoded path that climbs", "GET", `${flexFlows}/%2e%2e%2fConfiguration`, 404, 20404],
    ["a malformed percent-encoding", "GET", `${flexFlows}/%E0%A4%A`, 400, 20001],
    ["a malformed percent-encoding in the query", "GET", `${flexFlows}?FriendlyName=%zz`, 400, 20001],
  ])("%s", async (_, method, path, status, code) => {
    expect(await ask(emulator.current, path, { method })).toMatchObject(refusal(status, code));
  });

  test("an operation that is not written says its name", async () => {
    const queues = `/api.twilio.com/2010-04-01/Accounts/${seeded.account}/Queues.json`;
    const { body } = await ask(emulator.current, queues, { body: "" });
    expect(body.message).toContain("CreateQueue");
  });
});

test("a host and a version without a document say what they are, and what there is", async () => {
  const host = await ask(emulator.current, "/serverless.twilio.com/v1/Services/ZS1");
  expect(host.body.message).toMatch(
    /^serverless\.twilio\.com is not imitated .* It has: .*flex-api\.twilio\.com/,
  );
  const version = await ask(emulator.current, "/studio.twilio.com/v1/Flows");
  expect(version.body.message).toMatch(/^studio\.twilio\.com\/v1 is not imitated .* It has: v2$/);
  expect(emulator.current.requests.at(-1)).toMatchObject({ operationId: null, status: 501 });
});

// Recorded: keploy's sample of 2023, an ESP8266 log of 2020.
test("every answer has an id of its own, refusals too", async () => {
  const answers = [
    await ask(emulator.current, flexFlows),
    await ask(emulator.current, flexFlows, { credentials: false }),
    await ask(emulator.current, flexFlows, { body: "" }),
    await ask(emulator.current, "/nowhere.twilio.com/v1/Services"),
  ];
  const ids = answers.map(({ headers }) => headers["twilio-request-id"]);
  for (const id of ids) expect(id).toMatch(/^RQ[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(4);
});

describe("bodies", () => {
  test.each([
    ["another media type", { body: "{}", headers: json }, 415, 20001],
    ["no media type", { body: "FriendlyName=x", headers: { "Content-Type": "" } }, 415, 20001],
    ["a malformed percent-encoding", { body: "FriendlyName=%zz" }, 400, 20001],
    ["bytes that are no UTF-8", { body: Buffer.from([0x61, 0x3d, 0xff]) }, 400, 20001],
    ["nothing", { body: "" }, 400, 20001],
    ["a prototype", { body: "__proto__=x&constructor=y" }, 400, 20001],
    ["a list where one value is wanted", { body: "FriendlyName=a&FriendlyName=b" }, 400, 20001],
    ["more than 10 MB", { body: `FriendlyName=${"x".repeat(11 * 1024 * 1024)}` }, 413, 20413],
  ])("%s", async (_, request, status, code) => {
    expect(await ask(emulator.current, chatServices, request)).toMatchObject(refusal(status, code));
    expect(Object.keys(emulator.current.state.account().chatServices)).toHaveLength(2);
  });

  test("more than 10 MB of unannounced length", async () => {
    const headers = { "Transfer-Encoding": "chunked" };
    const answer = await ask(emulator.current, chatServices, { headers, body: "x".repeat(11 * 1024 * 1024) });
    expect(answer).toMatchObject(refusal(413, 20413));
  });

  test("a client that hangs up in the middle hurts nobody", async () => {
    const socket = createConnection(Number(new URL(emulator.current.url).port), "127.0.0.1");
    socket.resume().end(`POST ${chatServices} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nFriendly`);
    await new Promise((resolve) => socket.once("close", resolve));
    expect((await ask(emulator.current, chatServices)).status).toBe(200);
  });
});

describe("paging", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `Service ${index}`);

  test("both styles follow their pages to the end, newest first", async () => {
    const client = clientOf(emulator.current);
    for (const uniqueName of names(120)) await client.proxy.v1.services.create({ uniqueName });
    const services = await client.proxy.v1.services.list();
    expect(services.map(({ uniqueName }) => uniqueName)).toEqual([
      ...names(120).reverse(),
      "Flex Proxy Service",
    ]);
    expect(emulator.current.requests.filter(({ operationId }) => operationId === "ListService")).toHaveLength(
      3,
    );

    for (let line = 100; line < 160; line++)
      await client.incomingPhoneNumbers.create({ phoneNumber: `+14155550${line}` });
    const numbers = await client.incomingPhoneNumbers.list({ phoneNumber: "+1415" });
    expect(new Set(numbers.map(({ phoneNumber }) => phoneNumber)).size).toBe(60);
    const page = await client.incomingPhoneNumbers.page({ phoneNumber: "+1415", pageSize: 40 });
    const second = await page.nextPage();
    expect(second?.instances).toHaveLength(20);
    expect((await second?.previousPage())?.instances.map(({ sid }) => sid)).toEqual(
      page.instances.map(({ sid }) => sid),
    );
  });

  test("deleting while paging leaves nothing out", async () => {
    const { services } = clientOf(emulator.current).proxy.v1;
    for (const uniqueName of names(30)) await services.create({ uniqueName });
    await services.each({ pageSize: 10 }, ({ sid }) => void services(sid).remove());
    const remaining = () => Object.keys(emulator.current.state.account().proxyServices).length;
    for (let tries = 0; remaining() > 0 && tries < 50; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(remaining()).toBe(0);
  });

  // Programs of 2026 that stop at any refusal ask for larger pages than the documents allow.
  test("a page is at most as large as the documents say", async () => {
    const { body } = await ask(emulator.current, "/proxy.twilio.com/v1/Services?PageSize=1001");
    expect(body).toMatchObject({ meta: { page_size: 1000, url: expect.stringContaining("PageSize=1000") } });
  });

  test.each([
    ["PageToken=nonsense", 21481],
    [`PageToken=PA${Buffer.from("[1]").toString("base64url")}`, 21481],
    ["PageSize=0", 20001],
    ["PageSize=1001.5", 20001],
    ["PageSize=ten", 20001],
    ["Page=-1", 20001],
  ])("refuses %s", async (query, code) => {
    expect(await ask(emulator.current, `/proxy.twilio.com/v1/Services?${query}`)).toMatchObject(
      refusal(400, code),
    );
  });
});

describe("time", () => {
  test("answers carry the emulator's clock, refusals too", async () => {
    const date = "Sun, 22 Nov 2026 10:20:30 GMT";
    expect((await ask(emulator.current, flexFlows)).headers.date).toBe(date);
    expect((await ask(emulator.current, flexFlows, { credentials: false })).headers.date).toBe(date);
    const { proxy } = clientOf(emulator.current);
    const made = await proxy.v1.services.create({ uniqueName: "x" });
    expect(made.dateCreated).toEqual(new Date("2026-11-22T10:20:30Z"));
  });

  test("SIDs come from the given source of chance", async () => {
    const fixed = await startEmulator({ random: () => 0.5 });
    try {
      const { body } = await ask(fixed, chatServices, { body: "FriendlyName=x" });
      expect(body.sid).toBe(`IS${"8".repeat(32)}`);
    } finally {
      await fixed.close();
    }
  });
});

test("a record that breaks Twilio's schema is an error that names the key", async () => {
  const { proxyServices } = emulator.current.state.account();
  Object.assign(proxyServices[seeded.proxyService] ?? {}, { colour: "red" });
  const { status, body } = await ask(
    emulator.current,
    `/proxy.twilio.com/v1/Services/${seeded.proxyService}`,
  );
  expect({ status, message: body.message }).toEqual({
    status: 500,
    message: expect.stringContaining("(colour)"),
  });
  expect(body.message).toContain("FetchService");
  emulator.current.reset();
});

test("tests may change what is there behind a program's back", async () => {
  const number = emulator.current.state.account().phoneNumbers[seeded.smsNumber];
  if (number) number.sms_url = "https://example.com/by-hand";
  const { smsUrl } = await clientOf(emulator.current).incomingPhoneNumbers(seeded.smsNumber).fetch();
  expect(smsUrl).toBe("https://example.com/by-hand");
});
