import { Agent, request as httpRequest } from "node:http";
import fc from "fast-check";
import { isObject } from "../../../emulator/api/body";
import { loadDocuments } from "../../../emulator/api/documents";
import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type EmulatorOptions,
  mirror,
  type Profile,
  startEmulator,
} from "../../../emulator/index";
import { families } from "../../../emulator/products";
import { readerOf, withToken } from "../mirror/support";
import { control } from "../support";
import { Known } from "./known";
import { type Drawn, requestsTo, requestTo } from "./requests";
import { type Target, targetsOf } from "./targets";

/** The same seed draws the same requests, and the emulators answer them the same way. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);
const requestsPerProfile = Math.ceil(Number(process.env.FUZZ_REQUESTS ?? 10_000) / 3);
const patienceMs = 10_000;

const targets = targetsOf(loadDocuments());
const imitated = new Set(
  families.flatMap(({ document, operations }) => Object.keys(operations).map((id) => `${document} ${id}`)),
);
const isImitated = ({ document, operationId }: Target) => imitated.has(`${document} ${operationId}`);
/** A request to each list, without filters. */
const lists = targets
  .filter((target) => isImitated(target) && target.operationId.startsWith("List"))
  .flatMap((target) => fc.sample(requestTo(target, true), { seed, numRuns: 1 }))
  .map((drawn): Drawn => {
    const needed = drawn.target.parameters.filter(({ required }) => required).map(({ name }) => name);
    return { ...drawn, query: drawn.query.filter(([name]) => needed.includes(name)) };
  });
const anyRequest = fc.oneof(
  { weight: 9, arbitrary: requestsTo(targets.filter(isImitated)) },
  { weight: 1, arbitrary: requestsTo(targets.filter((target) => !isImitated(target))) },
);

const quirks = {
  applicationKeepsUrls: false,
  proxyMissingIs400: true,
  trunkNeedsNoApplication: true,
  nameReview: true,
  flexHasOneWorkspace: true,
  emptyChannelSendersAre404: true,
  addressTypeSticks: true,
};
const profiles: { profile: Profile; options: EmulatorOptions; seed: number }[] = [
  { profile: "legacy", options: {}, seed },
  { profile: "conversations", options: { quirks, senderDelayMs: 60_000 }, seed: seed + 1 },
  { profile: "bare", options: {}, seed: seed + 2 },
];
// What only a strict emulator refuses leaves objects behind that name what is gone.
const setups = profiles.flatMap((setup) => [
  { ...setup, strict: true, mode: "strict" },
  { ...setup, strict: false, mode: "not strict" },
]);

const agent = new Agent({ keepAlive: true });
let emulator: Emulator;

beforeAll(() => {
  process.stdout.write(`fuzz: seed ${seed}; FUZZ_SEED and FUZZ_REQUESTS change what is drawn\n`);
});
afterEach(() => emulator.close());
afterAll(() => agent.destroy());

test.each(setups)(
  "whatever is asked of the profile $profile, $mode, is answered as Twilio answers",
  async ({ profile, options, seed, strict, mode }) => {
    emulator = await startEmulator({
      ...options,
      profile,
      strict,
      random: chance(seed),
      clock: steadyClock(),
    });
    const known = new Known();
    known.learn(emulator.state.accounts);
    const failures: string[] = [];
    const outcomes: Record<number, number> = {};
    const meet = async (drawn: Drawn, place: string) => {
      const request = resolve(drawn, known);
      const answer = await send(request);
      const { status, text } = answer;
      const wrong = faultOf(drawn, answer);
      if (wrong) failures.push(`${place}: ${wrong}: ${JSON.stringify({ ...request, answer })}`);
      else if (status < 300 && text) known.learn(JSON.parse(text));
      else if (status === 204 || status === 404) known.forget(request.host, request.path);
      outcomes[status] = (outcomes[status] ?? 0) + 1;
    };

    // Twice: first what is at the top, then what that holds.
    for (const list of [...lists, ...lists]) await meet(list, list.target.operationId);
    const requests = fc.sample(anyRequest, { seed, numRuns: requestsPerProfile });
    for (const [index, request] of requests.entries()) await meet(request, String(index));
    process.stdout.write(`fuzz: ${profile}, ${mode}: ${JSON.stringify(outcomes)}\n`);

    const shown = await control(emulator, "GET", "state?secrets=1");
    expect(shown.status).toBe(200);
    expect(await control(emulator, "POST", "seed", shown.body)).toMatchObject({ status: 204 });
    expect((await control(emulator, "GET", "state?secrets=1")).body).toEqual(shown.body);
    for (const list of lists) await meet(list, `given back, ${list.target.operationId}`);
    expect(failures).toEqual([]);

    // Reading takes time, in which a session may expire.
    for (const session of Object.values(emulator.state.account().proxySessions))
      Object.assign(session, { ttl: 0, date_expiry: null });
    const seen = await mirror({ account: defaultAccountSid, get: readerOf(emulator) });
    expect(seen.unread).toEqual([]);
    expect(await control(emulator, "POST", "seed", withToken(seen.seed))).toMatchObject({ status: 204 });
    const again = await mirror({ account: defaultAccountSid, get: readerOf(emulator) });
    expect(again).toEqual(seen);
  },
  Math.max(120_000, requestsPerProfile * 40),
);

interface Request {
  method: string;
  host: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

function resolve({ target, path, query, body, twist }: Drawn, known: Known): Request {
  const located = String(path(known, ""));
  const isForm = !target.isJson;
  const values = body.map(([name, value]): [string, unknown] => [name, value(known, located)]);
  const types = { json: "application/json", form: "application/x-www-form-urlencoded" };
  const type = twist === "content type" ? "text/plain" : isForm ? types.form : types.json;
  const credentials = twist === "bad credentials" ? "wrong" : defaultAuthToken;

  const asked = query.map(([name, value]): [string, unknown] => [name, value(known, located)]);
  return {
    method: twist === "method" ? (target.method === "GET" ? "DELETE" : "PUT") : target.method,
    host: target.host,
    path: `${twist === "path" ? "/v0" : ""}${located}${asked.length > 0 ? `?${formOf(asked)}` : ""}`,
    headers: {
      ...(target.method === "POST" && { "Content-Type": type }),
      ...(twist !== "no credentials" && {
        Authorization: `Basic ${Buffer.from(`${defaultAccountSid}:${credentials}`).toString("base64")}`,
      }),
    },
    body:
      twist === "broken body" ? "%zz{" : isForm ? formOf(values) : JSON.stringify(Object.fromEntries(values)),
  };
}

const formOf = (pairs: [string, unknown][]) =>
  pairs
    .flatMap(([name, value]) =>
      (Array.isArray(value) && value.length > 0 ? value : [value]).map((item) => [name, item]),
    )
    .map((pair) =>
      pair.map((part) => encodeURIComponent(typeof part === "object" ? "" : String(part))).join("="),
    )
    .join("&");

interface Answer {
  /** 0 where there is none. */
  status: number;
  type: string;
  text: string;
}

function send({ method, host, path, headers, body }: Request): Promise<Answer> {
  const { hostname, port } = new URL(emulator.url);
  return new Promise((settle) => {
    const none = (why: string) => settle({ status: 0, type: "", text: why });
    const length = Buffer.byteLength(body);
    const options = {
      agent,
      hostname,
      port,
      method,
      path,
      headers: { ...headers, Host: host, "Content-Length": length },
    };
    const sent = httpRequest(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        settle({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", text }),
      );
    });
    sent.setTimeout(patienceMs, () => sent.destroy(new Error(`no answer within ${patienceMs} ms`)));
    sent.on("error", ({ message }) => none(message));
    sent.end(body);
  });
}

/** What is wrong with an answer, whatever was asked. */
function faultOf({ target, twist }: Drawn, { status, type, text }: Answer): string | undefined {
  if (status === 0) return "no answer";
  if (status === 500) return "the emulator failed";
  if (status === 204) return text === "" ? undefined : "a body where there is none";
  if (type !== "application/json") return "no JSON";
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) return "no JSON object";
  if (twist.endsWith("credentials") && status !== 401) return "wrong credentials are let in";
  if (status < 400) {
    const isOwn = emulator.requests.at(-1)?.operationId === target.operationId;
    return !isOwn || target.statuses.includes(status)
      ? undefined
      : "a status that the document does not have";
  }
  const { code, message, more_info } = body;
  if (body.status !== status || typeof code !== "number" || typeof message !== "string")
    return "no error of Twilio's";
  if (more_info !== `https://www.twilio.com/docs/errors/${code}`) return "an error that leads nowhere";
  return undefined;
}

/** The same numbers for the same seed (mulberry32). */
function chance(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A second passes whenever somebody looks. */
function steadyClock(): () => Date {
  let now = Date.parse("2026-01-01T00:00:00Z");
  return () => {
    now += 1000;
    return new Date(now);
  };
}
