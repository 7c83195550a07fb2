import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { proxyFor } from "../../provider/twilio/proxies";
import { openSession } from "../../provider/twilio/session";
import { configuration } from "../../provider/twilio/settings";
import { messageOf } from "../../provider/values/errors";

const twilio = "https://proxy.twilio.com/v1/Services";
const through = (given: Record<string, string>, uri = twilio) => proxyFor(uri, (name) => given[name])?.href;

test.each<[string, Record<string, string>, string | undefined]>([
  ["none where none is set", {}, undefined],
  ["HTTPS_PROXY", { HTTPS_PROXY: "http://proxy:3128" }, "http://proxy:3128/"],
  ["https_proxy", { https_proxy: "https://proxy" }, "https://proxy/"],
  ["one without scheme", { HTTPS_PROXY: "proxy:3128" }, "http://proxy:3128/"],
  ["one with a login", { HTTPS_PROXY: "http://u:p@proxy:3128" }, "http://u:p@proxy:3128/"],
  ["lower case first, as curl does", { https_proxy: "http://a", HTTPS_PROXY: "http://b" }, "http://a/"],
  ["HTTP_PROXY, as Twilio's SDK does", { HTTP_PROXY: "http://proxy:3128" }, "http://proxy:3128/"],
  ["HTTPS_PROXY before HTTP_PROXY", { HTTP_PROXY: "http://a", https_proxy: "http://b" }, "http://b/"],
])("takes %s", (_, given, proxy) => {
  expect(through(given)).toBe(proxy);
});

test.each<[string, boolean]>([
  ["*", true],
  ["proxy.twilio.com", true],
  ["twilio.com", true],
  [".twilio.com", true],
  ["*.twilio.com", true],
  ["PROXY.Twilio.com", true],
  ["other.example.com, twilio.com:443", true],
  ["other.example.com twilio.com", true],
  ["twilio.com:8443", false],
  ["api.twilio.com", false],
  ["evil-twilio.com", false],
  ["lio.com", false],
  ["", false],
])("NO_PROXY=%s excepts Twilio: %j", (exceptions, isExcepted) => {
  const given = { HTTPS_PROXY: "http://proxy:3128" };
  expect(through({ ...given, NO_PROXY: exceptions }) === undefined).toBe(isExcepted);
  expect(through({ ...given, no_proxy: exceptions }) === undefined).toBe(isExcepted);
});

test("nothing on this machine is asked through a proxy", () => {
  const given = { HTTPS_PROXY: "http://proxy:3128", HTTP_PROXY: "http://proxy:3128" };
  for (const uri of ["http://127.0.0.1:4010/x", "https://localhost:4010/x", "https://[::1]/x"])
    expect(through(given, uri)).toBeUndefined();
});

test.each(["socks5://user:s3cret@proxy", "http://", "://s3cret"])(
  "%s is refused, and not quoted",
  (proxy) => {
    const refused = () => through({ HTTPS_PROXY: proxy });
    expect(refused).toThrow("HTTPS_PROXY in the environment must be the URL of an HTTP proxy");
    expect(refused).not.toThrow("s3cret");
  },
);

describe("requests to Twilio", () => {
  const folder = mkdtempSync(join(tmpdir(), "proxies-"));
  const account = `AC${"7".repeat(32)}`;
  const before = { ...process.env };
  let emulator: Emulator;
  /** A proxy that counts what it is asked for, and hands it to the emulator's port, whoever is meant. */
  let proxy: Server;
  let asked: [string | undefined, string | undefined][];
  let answer: number;

  beforeAll(async () => {
    emulator = await startEmulator({ tls: true, tlsCa: folder });
    emulator.state.plant({ accounts: { [account]: { auth_token: "token" } } });
    proxy = createServer();
    proxy.on("connect", ({ url, headers }, client) => {
      asked.push([url, headers["proxy-authorization"]]);
      if (answer !== 200) return client.end(`HTTP/1.1 ${answer} No\r\nContent-Length: 0\r\n\r\n`);
      const upstream = connect(Number(new URL(emulator.url).port), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      client.on("error", () => upstream.destroy());
      upstream.on("error", () => client.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    process.env.TWILIO_CA_BUNDLE = emulator.ca;
  });
  beforeEach(() => {
    asked = [];
    answer = 200;
  });
  afterEach(() => {
    for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy"]) delete process.env[name];
  });
  afterAll(async () => {
    process.env = before;
    proxy.closeAllConnections();
    proxy.close();
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  const origin = (login = "") => {
    const address = proxy.address();
    return `http://${login}127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  };
  const session = (more: Record<string, string> = {}) => {
    const given: Record<string, string> = { accountSid: account, authToken: "token", ...more };
    return openSession([configuration((key) => given[key.replace("twilio:", "")])], {
      warn: () => {},
      say: () => {},
    });
  };
  const basic = (login: string) => `Basic ${Buffer.from(login).toString("base64")}`;

  test.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])(
    "go through %s, over a connection that is kept",
    async (name) => {
      process.env[name] = origin("user:p%40ss@");
      const { api } = session();
      await api.proxy.v1.services.create({ uniqueName: name });
      expect((await api.proxy.v1.services.list()).map(({ uniqueName }) => uniqueName)).toContain(name);
      expect(asked).toEqual([["proxy.twilio.com:443", basic("user:p@ss")]]);
    },
  );

  test("go through it to every product, and for a subaccount's token", async () => {
    process.env.HTTPS_PROXY = origin();
    const sub = `AC${"8".repeat(32)}`;
    emulator.state.plant({ accounts: { [sub]: { auth_token: "t", owner_account_sid: account } } });
    const { api } = session({ subaccountSid: sub, region: "ie1", edge: "dublin" });
    await api.studio.v2.flows.list();
    expect(asked.map(([host]) => host)).toEqual([
      "api.dublin.ie1.twilio.com:443",
      "studio.dublin.ie1.twilio.com:443",
    ]);
  });

  test("that the proxy refuses were never carried out: said at once, and nothing is gone", async () => {
    process.env.HTTPS_PROXY = origin("user:s3cret@");
    answer = 404;
    const error: unknown = await session()
      .api.proxy.v1.services(`KS${"0".repeat(32)}`)
      .fetch()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "Refusal" });
    expect(messageOf(error)).toBe(
      `the proxy ${origin()} answers HTTP 404 when asked for proxy.twilio.com:443. Check HTTPS_PROXY, or except the host with NO_PROXY`,
    );
    expect(asked.length).toBe(1);
  });

  test("are repeated where the proxy has no way on for a while", async () => {
    process.env.HTTPS_PROXY = origin();
    answer = 503;
    const listing = session().api.proxy.v1.services.list();
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    answer = 200;
    await listing;
    expect(asked.length).toBeGreaterThan(2);
  });

  test("name the proxy that does not answer", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:9";
    const { once } = session();
    await expect(once.proxy.v1.services.create({ uniqueName: "x" })).rejects.toThrow(
      "no answer from proxy.twilio.com: the proxy http://127.0.0.1:9: connect ECONNREFUSED",
    );
  });
});
