import { execFile, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ConnectionOptions,
  connect as connectTls,
  createServer as createTlsServer,
  type TLSSocket,
} from "node:tls";
import { promisify } from "node:util";
import { openAuthority } from "../../../emulator/http/authority";
import { newAuthority, newKey, newServerCertificate } from "../../../emulator/http/certificates";
import { Port } from "../../../emulator/http/port";
import { defaultAccountSid, defaultAuthToken, startEmulator } from "../../../emulator/index";
import { useEmulator } from "../support";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "emulator-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

const emulator = useEmulator({ tls: true, tlsCa: folder });
const portOf = (url: string) => Number(new URL(url).port);
const port = () => portOf(emulator.current.url);
const ca = () => emulator.current.ca ?? "";
const regional = "flex-api.dublin.ie1.twilio.com";

describe("clients as they are", () => {
  describe("curl", () => {
    const curl = async (...args: string[]) => {
      const basic = `${defaultAccountSid}:${defaultAuthToken}`;
      const settings = ["--silent", "--show-error", "--cacert", ca(), "--user", basic, ...args];
      const { stdout } = await run("curl", settings, { env: { PATH: process.env.PATH } });
      return stdout;
    };

    test.each(["api.twilio.com", regional])("through a tunnel to %s", async (host) => {
      const answer = JSON.parse(await curl("--proxy", emulator.current.url, `https://${host}/v1/FlexFlows`));
      // The old API has no version of that name.
      if (host === "api.twilio.com") expect(answer).toMatchObject({ code: 20501 });
      else expect(answer.meta.url).toBe(`https://${host}/v1/FlexFlows?PageSize=50&Page=0`);
      expect(emulator.current.requests).toMatchObject([{ host, path: "/v1/FlexFlows" }]);
    });

    test("straight to a host whose name leads here", async () => {
      const here = ["--connect-to", `::127.0.0.1:${port()}`];
      const body = ["--data", "UniqueName=Curl"];
      const { sid } = JSON.parse(await curl(...here, ...body, "https://proxy.twilio.com/v1/Services"));
      expect(emulator.current.state.account().proxyServices[sid]).toMatchObject({ unique_name: "Curl" });
    });

    test("a Twilio host in the path: next pages are this address's, over the same scheme", async () => {
      const here = ["--connect-to", `::127.0.0.1:${port()}`, "--header", `Host: localhost:${port()}`];
      const { meta } = JSON.parse(await curl(...here, "https://api.twilio.com/proxy.twilio.com/v1/Services"));
      expect(meta.url).toBe(`https://localhost:${port()}/proxy.twilio.com/v1/Services?PageSize=50&Page=0`);
    });

    test("plain HTTP on the same port", async () => {
      expect(await curl(emulator.current.url)).toContain("twilio-flex-emulator");
    });

    test.each(["https://example.com", "https://api.twilio.com:8443", "https://127.0.0.1"])(
      "finds no way to %s",
      async (url) => {
        await expect(curl("--proxy", emulator.current.url, url)).rejects.toMatchObject({
          stderr: expect.stringContaining("403"),
        });
      },
    );

    test("what is asked of it as of a proxy for HTTP stays here, too", async () => {
      const through = ["--proxy", emulator.current.url];
      expect(JSON.parse(await curl(...through, "http://example.com/"))).toMatchObject({
        status: 403,
        message: "This emulator passes nothing on to example.com",
      });
      expect(await curl(...through, `http://localhost:${port()}/`)).toContain("twilio-flex-emulator");
    });
  });

  test("the strictest verifier of Python", async () => {
    const names = ["api.twilio.com", regional];
    const args = [join(__dirname, "..", "clients", "python", "strict.py"), ca(), String(port()), ...names];
    const { stdout } = await run("python3", args);
    expect(stdout.trim().split("\n")).toEqual(names);
  });
});

/** What a server answers to bytes just as written, until it closes. */
function exchange(to: number, ...writes: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(to, "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      text += chunk;
      const next = writes.shift();
      if (next !== undefined) socket.write(next);
    });
    socket.on("error", () => socket.destroy()).on("close", () => resolve(text));
    const first = writes.shift();
    if (first !== undefined) socket.write(first);
  });
}

const connectTo = (target: string) => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`;

/** A tunnel through which nothing was sent yet. */
function tunnelTo(host: string, proxy = port()): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxy, "127.0.0.1");
    socket.once("error", reject).once("data", () => resolve(socket.off("error", reject)));
    socket.write(connectTo(`${host}:443`));
  });
}

function handshake(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ ca: readFileSync(ca()), ...options }, () => resolve(socket));
    socket.once("error", reject);
  });
}

describe("bad input", () => {
  // Whatever came, the emulator is there for the next client.
  afterEach(async () => {
    const socket = await handshake({ host: "127.0.0.1", port: port(), servername: regional });
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });

  test.each([
    "example.com:443",
    "api.twilio.com:80",
    "api.twilio.com",
    "api.twilio.com:443:443",
    "api.twilio.com.example.com:443",
    "nottwilio.com:443",
    "[::1]:443",
    "127.0.0.1:443",
    ":443",
    "/",
    "http://api.twilio.com:443",
    "%00:443",
  ])("a tunnel to %s is refused", async (target) => {
    const answer = await exchange(port(), connectTo(target));
    expect(answer).toMatch(
      /^HTTP\/1\.1 403 Forbidden\r\n.*Connection: close\r\n\r\nThis emulator connects nowhere/s,
    );
  });

  test.each([
    ["garbage", Buffer.from([0, 1, 2, 3])],
    ["a target that is none", "CONNECT\r\n\r\n"],
    ["a word", "hello\r\n\r\n"],
    ["half a greeting of TLS, then garbage", Buffer.from([0x16, 3, 1, 0, 5, 9, 9, 9, 9, 9, 9, 9])],
  ])("%s is refused", async (_, bytes) => {
    expect(await exchange(port(), bytes)).not.toContain(" 200 ");
  });

  test("what is not TLS is not answered in a tunnel", async () => {
    const answer = await exchange(port(), connectTo("api.twilio.com:443"), "GET / HTTP/1.1\r\n\r\n");
    expect(answer).toBe("HTTP/1.1 200 Connection Established\r\n\r\n");
  });

  test.each([
    ["no name", {}],
    ["a foreign name", { servername: "example.com" }],
    ["a name that only ends alike", { servername: "nottwilio.com" }],
    ["this machine's name", { servername: "localhost" }],
    ["too deep a name", { servername: "a.b.c.d.twilio.com" }],
  ])("TLS to %s is refused with an alert", async (_, name) => {
    const greeting = handshake({ host: "127.0.0.1", port: port(), ...name });
    await expect(greeting).rejects.toMatchObject({ code: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE" });
    const socket = await tunnelTo("api.twilio.com");
    await expect(handshake({ socket, ...name })).rejects.toMatchObject({
      code: "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    });
  });

  test("clients that close one half, or go without a word", async () => {
    const socket = await tunnelTo("api.twilio.com");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.resume().end();
    await closed;

    const silent = connect(port(), "127.0.0.1");
    const ended = new Promise((resolve) => silent.once("close", resolve));
    silent.resume().end();
    await ended;

    (await tunnelTo("api.twilio.com")).resetAndDestroy();
    connect(port(), "127.0.0.1").once("connect", function (this: Socket) {
      this.resetAndDestroy();
    });

    const secure = await handshake({ socket: await tunnelTo(regional), servername: regional });
    const basic = Buffer.from(`${defaultAccountSid}:${defaultAuthToken}`).toString("base64");
    let text = "";
    const answered = new Promise((resolve) => secure.once("close", resolve));
    secure.on("data", (chunk) => {
      text += chunk;
    });
    secure.end(
      `GET /v1/FlexFlows HTTP/1.1\r\nHost: ${regional}\r\nAuthorization: Basic ${basic}\r\nConnection: close\r\n\r\n`,
    );
    await answered;
    expect(text).toContain('"flex_flows":[]');
  });

  test("a client that falls silent is not waited for", async () => {
    const http = createServer({ headersTimeout: 100, connectionsCheckingInterval: 50 });
    const impatient = new Port(http, newAuthority(), 100);
    await new Promise<void>((resolve) => impatient.listen(0, "127.0.0.1", resolve));
    try {
      const address = impatient.address();
      const at = typeof address === "object" && address ? address.port : 0;
      expect(await exchange(at)).toBe("");
      expect(await exchange(at, "GET / HT")).toMatch(/^HTTP\/1\.1 408 /);
      expect(await exchange(at, Buffer.from([0x16, 3, 1, 2]))).toBe("");
      expect(await exchange(at, connectTo("api.twilio.com:443"))).toContain("200 Connection Established");
    } finally {
      impatient.close();
      impatient.closeAllConnections();
    }
  });
});

test("many tunnels at once, and none holds up the end", async () => {
  const other = await startEmulator({ tls: true, tlsCa: folder });
  const sockets = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const servername = `product-${String.fromCharCode(97 + (index % 26))}.twilio.com`;
      const socket = await tunnelTo(servername, portOf(other.url));
      return index % 2 ? handshake({ socket, servername }) : socket;
    }),
  );
  const ends = sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve).resume()));
  await other.close();
  await Promise.all(ends);
  expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
});

describe("certificates", () => {
  const dayMs = 86_400_000;

  test("a server shows one for the name it was asked for, not longer than verifiers allow", async () => {
    const socket = await handshake({ host: "127.0.0.1", port: port(), servername: regional.toUpperCase() });
    const shown = socket.getPeerX509Certificate();
    socket.destroy();
    expect(shown?.subjectAltName).toBe(`DNS:${regional}`);
    const [from = 0, to = 0] = [shown?.validFrom, shown?.validTo].map((text) => Date.parse(text ?? ""));
    expect(from).toBeLessThan(Date.now() - dayMs / 2);
    expect(to).toBeGreaterThan(Date.now() + 30 * dayMs);
    expect(to - from).toBeLessThan(398 * dayMs);
    expect(shown?.checkIssued(new X509Certificate(readFileSync(ca())))).toBe(true);
  });

  test("the CA is not believed about names that are not Twilio's", async () => {
    const authority = newAuthority();
    const key = newKey();
    const shownFor = async (name: string) => {
      const cert = newServerCertificate(authority, name, key).toString();
      const server = createTlsServer({ key: key.export({ type: "pkcs8", format: "pem" }), cert });
      server.on("tlsClientError", (_, socket) => socket.destroy());
      const address = await new Promise<AddressInfo | string | null>((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve(server.address()));
      });
      try {
        const at = typeof address === "object" && address ? address.port : 0;
        const trusted = authority.certificate.toString();
        (await handshake({ host: "127.0.0.1", port: at, servername: name, ca: trusted })).destroy();
      } finally {
        server.close();
      }
    };
    await shownFor("a.b.twilio.com");
    for (const name of ["example.com", "nottwilio.com"]) {
      await expect(shownFor(name)).rejects.toMatchObject({ message: "permitted subtree violation" });
    }
  });
});

describe("the CA on disk", () => {
  const newFolder = () => mkdtempSync(join(folder, "ca-"));
  const yearsMs = 365 * 86_400_000;
  const command = join(__dirname, "..", "..", "..", "emulator", "bin", "twilio-flex-emulator.js");

  /** Starts the command, and ends it once it has said what to trust. */
  function start(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [command, "--port", "0", ...args]);
      let out = "";
      child.stdout.setEncoding("utf8").on("data", (chunk) => {
        out += chunk;
        if (out.includes("export ")) child.kill("SIGTERM");
      });
      child.on("error", reject).on("close", () => resolve(out));
    });
  }

  test("is the same at each start; its key is the owner's alone", async () => {
    const place = join(newFolder(), "made", "on", "demand");
    const first = await startEmulator({ tls: true, tlsCa: place });
    await first.close();
    const text = readFileSync(join(place, "ca.pem"), "utf8");
    const second = await startEmulator({ tls: true, tlsCa: place });
    await second.close();
    expect([first.ca, second.ca]).toEqual([join(place, "ca.pem"), join(place, "ca.pem")]);
    expect(readFileSync(join(place, "ca.pem"), "utf8")).toBe(text);
    expect(text).not.toContain("PRIVATE");
    expect(readdirSync(place)).toEqual(["ca-key-1.pem", "ca.pem"]);
    expect(statSync(join(place, "ca-key-1.pem")).mode & 0o777).toBe(0o600);
    expect(statSync(place).mode & 0o777).toBe(0o700);
  });

  test("is put back where its certificate was changed or lost", () => {
    const place = newFolder();
    const { file, certificate } = openAuthority(place);
    for (const lose of [() => rmSync(file), () => writeFileSync(file, "something else")]) {
      lose();
      openAuthority(place);
      expect(readFileSync(file, "utf8")).toBe(certificate.toString());
    }
  });

  test("is followed by another before it ends", () => {
    const place = newFolder();
    const { file, certificate } = openAuthority(place);
    const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 4 * yearsMs);
    try {
      expect(openAuthority(place).certificate.raw).toEqual(certificate.raw);
      now.mockReturnValue(Date.parse(certificate.validTo) - 86_400_000);
      const next = openAuthority(place);
      expect(next.certificate.subject).not.toBe(certificate.subject);
      expect(Date.parse(next.certificate.validTo) - Date.now()).toBeGreaterThan(4 * yearsMs);
      expect(readFileSync(file, "utf8")).toBe(next.certificate.toString());
      expect(openAuthority(place).certificate.raw).toEqual(next.certificate.raw);
    } finally {
      now.mockRestore();
    }
  });

  test("is one for all emulators that start at once", async () => {
    const place = newFolder();
    await Promise.all(Array.from({ length: 4 }, () => start("--tls-ca", place)));
    expect(readdirSync(place)).toEqual(["ca-key-1.pem", "ca.pem"]);
    expect(readFileSync(join(place, "ca.pem"), "utf8")).toBe(openAuthority(place).certificate.toString());
  });

  test("the command says what to type, after the line that it always says, and keeps the key to itself", async () => {
    const place = newFolder();
    const [ready, sid, token, baseUrl, about, settings, ...rest] = (
      await start("--tls", "--tls-ca", place)
    ).split("\n");
    const file = join(place, "ca.pem");
    expect(ready).toMatch(/^twilio-flex-emulator listening on http:\/\/127\.0\.0\.1:\d+$/);
    const [url] = /http:.*/.exec(ready ?? "") ?? [];
    expect([sid, token, baseUrl]).toEqual([
      `export TWILIO_ACCOUNT_SID=${defaultAccountSid}`,
      `export TWILIO_AUTH_TOKEN=${defaultAuthToken}`,
      `export TWILIO_BASE_URL=${url}`,
    ]);
    expect(about).toBe(`CA, good for twilio.com only: ${file}`);
    expect(settings).toBe(
      `export HTTPS_PROXY=${url} HTTP_PROXY=${url} NODE_EXTRA_CA_CERTS=${file} REQUESTS_CA_BUNDLE=${file} SSL_CERT_FILE=${file} CURL_CA_BUNDLE=${file}`,
    );
    expect(rest).toEqual([""]);
  });

  test.each<[string, (place: string) => void, string]>([
    ["others can read", (place) => chmodSync(join(place, "ca-key-1.pem"), 0o644), "can be read by others"],
    ["is broken", (place) => writeFileSync(join(place, "ca-key-1.pem"), "no key"), "holds no CA and its key"],
    [
      "is another's",
      (place) => {
        const { certificate } = newAuthority();
        const key = newKey().export({ type: "pkcs8", format: "pem" });
        writeFileSync(join(place, "ca-key-1.pem"), `${key}${certificate}`);
      },
      "holds no CA and its key",
    ],
  ])("a key that %s is refused", async (_, spoil, reason) => {
    const place = newFolder();
    openAuthority(place);
    spoil(place);
    await expect(startEmulator({ tls: true, tlsCa: place })).rejects.toThrow(reason);
  });

  test("a folder that cannot be is refused by its name", async () => {
    const place = join(openAuthority(newFolder()).file, "below");
    await expect(startEmulator({ tls: true, tlsCa: place })).rejects.toThrow(
      `The CA cannot be kept in ${place}`,
    );
  });
});

test("without the option there is no CA, and no TLS", async () => {
  const plain = await startEmulator();
  try {
    expect(plain.ca).toBeUndefined();
    const greeting = handshake({ host: "127.0.0.1", port: portOf(plain.url), servername: regional });
    await expect(greeting).rejects.toThrow();
  } finally {
    await plain.close();
  }
});
