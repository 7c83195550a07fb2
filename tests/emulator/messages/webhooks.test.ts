import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import twilio from "twilio";
import { WebhookCaller } from "../../../emulator/messages/webhooks";

interface Received {
  url: string;
  method: string;
  signature: string;
  authorization: string | undefined;
  params: Record<string, string>;
}

const received: Received[] = [];
const server = createServer(async (request, response) => {
  received.push(await read(request));
  if (request.url?.startsWith("/moved")) response.writeHead(302, { Location: "/elsewhere" }).end();
  else if (request.url !== "/silent") response.end("<Response/>");
});
let authority = "";

async function read(request: IncomingMessage): Promise<Received> {
  const { url = "", method = "", headers } = request;
  const sent =
    method === "GET" ? new URL(url, "http://x").searchParams : new URLSearchParams(await text(request));
  return {
    url,
    method,
    signature: String(headers["x-twilio-signature"]),
    authorization: headers.authorization,
    params: Object.fromEntries(sent),
  };
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No TCP port");
  authority = `127.0.0.1:${address.port}`;
});
beforeEach(() => received.splice(0));
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const params = { From: "+15550001111", Body: "Hello & good day" };
const call = (path: string, method: "GET" | "POST", allowed: string | undefined = authority) =>
  new WebhookCaller(allowed).call({ url: `http://${authority}${path}`, method, params, authToken: "token" });

test.each(["GET", "POST"] as const)(
  "a %s arrives with its parameters and a signature that Twilio's SDK accepts",
  async (method) => {
    expect(await call("/in?line=1", method)).toBe("Called: it answered 200");
    const [{ url, signature, params: sent } = { url: "", signature: "", params: {} }] = received;
    expect(sent).toMatchObject(params);
    const signed = method === "GET" ? {} : params;
    expect(twilio.validateRequest("token", signature, `http://${authority}${url}`, signed)).toBe(true);
  },
);

test.each(["GET", "POST"] as const)(
  "credentials in the URL of a %s come in the header, and are neither signed nor told",
  async (method) => {
    const url = `http://us%40er:hunter%3A2@${authority}/in?line=1`;
    const said = await new WebhookCaller(authority).call({ url, method, params, authToken: "token" });
    expect(said).toBe("Called: it answered 200");
    const [request] = received;
    expect(request?.authorization).toBe(`Basic ${Buffer.from("us@er:hunter:2").toString("base64")}`);
    const signed = method === "GET" ? {} : params;
    const asked = `http://${authority}${request?.url}`;
    expect(twilio.validateRequest("token", request?.signature ?? "", asked, signed)).toBe(true);
    const refused = await new WebhookCaller("127.0.0.1:1").call({ url, method, params, authToken: "token" });
    expect(refused).not.toMatch(/hunter|us%40er/);
  },
);

test("a redirect is not followed", async () => {
  expect(await call("/moved", "POST")).toBe("Called: it answered 302");
  expect(received.map(({ url }) => url)).toEqual(["/moved"]);
});

test("an answer that does not come is waited for five seconds", async () => {
  expect(await call("/silent", "POST")).toBe("Called: no answer (none within 5 s)");
}, 15_000);

test.each([
  ["nothing is allowed", undefined],
  ["another port is allowed", "127.0.0.1:1"],
  ["another host is allowed", "localhost:80"],
])("nothing leaves the machine where %s", async (_, allowed) => {
  const caller = new WebhookCaller(allowed);
  const said = await caller.call({
    url: `http://${authority}/in`,
    method: "POST",
    params,
    authToken: "token",
  });
  expect(said).toMatch(/^Not called: /);
  expect(received).toEqual([]);
});

test.each(["", "nonsense", "ftp://127.0.0.1/in"])("%j is not called", async (url) => {
  const caller = new WebhookCaller(authority);
  expect(await caller.call({ url, method: "POST", params, authToken: "token" })).toMatch(/^Not called: /);
});

test("a port that nobody listens on is said", async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await call("/in", "POST")).toBe("Called: no answer (ECONNREFUSED)");
});
