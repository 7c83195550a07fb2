import {
  defaultAccountSid,
  defaultAuthToken,
  type Emulator,
  type Fault,
  profiles,
  type Seed,
  seeded,
  startEmulator,
} from "../../../emulator/index";
import { ask, clientOf, control, useEmulator } from "../support";

const emulator = useEmulator();
const json = { "Content-Type": "application/json" };
const flexFlows = "/flex-api.twilio.com/v1/FlexFlows";
const services = "/proxy.twilio.com/v1/Services";

describe("who may use the control endpoints", () => {
  const state = (headers: Record<string, string>) =>
    ask(emulator.current, "/_emulator/state", { credentials: false, headers });
  const reset = (headers: Record<string, string>) =>
    ask(emulator.current, "/_emulator/reset", { method: "POST", credentials: false, headers, body: "" });

  test.each(["127.0.0.1", "127.0.0.1:4010", "localhost", "LOCALHOST:80", "[::1]:4010"])(
    "Host %s may",
    async (host) => {
      expect((await state({ Host: host })).status).toBe(200);
    },
  );

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:4010",
    "0.0.0.0",
  ])("Host %s may not", async (host) => {
    expect((await state({ Host: host })).status).toBe(403);
    expect((await reset({ Host: host, ...json })).status).toBe(403);
  });

  test("a Twilio host never reaches them", async () => {
    expect((await state({ Host: "api.twilio.com" })).status).toBe(401);
  });

  test("writes need JSON and no foreign origin", async () => {
    expect((await reset({ "Content-Type": "text/plain" })).status).toBe(415);
    expect((await reset({ "Content-Type": "application/x-www-form-urlencoded" })).status).toBe(415);
    expect((await reset({ ...json, Origin: "https://evil.example" })).status).toBe(403);
    expect((await reset({ ...json, Origin: "null" })).status).toBe(403);
    expect((await reset({ ...json, Origin: emulator.current.url })).status).toBe(204);
  });

  test("with a control token nothing answers without it", async () => {
    const guarded = await startEmulator({ controlToken: "let-me-in" });
    try {
      expect((await control(guarded, "GET", "state")).status).toBe(401);
      const headers = { Authorization: "Bearer let-me-in" };
      expect((await ask(guarded, "/_emulator/state", { credentials: false, headers })).status).toBe(200);
    } finally {
      await guarded.close();
    }
  });

  test("off loopback they are off, but for a control token", async () => {
    const open = await startEmulator({ host: "0.0.0.0" });
    const guarded = await startEmulator({ host: "0.0.0.0", controlToken: "let-me-in" });
    try {
      expect((await control(open, "GET", "state")).status).toBe(403);
      expect((await ask(open, flexFlows)).status).toBe(200);
      expect((await control(guarded, "GET", "state")).status).toBe(401);
      const headers = { Authorization: "Bearer let-me-in", Host: "emulator.internal:4010" };
      expect((await ask(guarded, "/_emulator/state", { credentials: false, headers })).status).toBe(200);
    } finally {
      await open.close();
      await guarded.close();
    }
  });

  test("an endpoint that is none", async () => {
    expect((await control(emulator.current, "GET", "nothing")).status).toBe(404);
    expect((await control(emulator.current, "POST", "state")).status).toBe(404);
  });
});

describe("state", () => {
  test("tokens and secrets are masked unless asked for", async () => {
    emulator.current.state.account().api_keys[`SK${"1".repeat(32)}`] = "key-secret";
    const masked = await control(emulator.current, "GET", "state");
    expect(masked.text).not.toMatch(/(?<!AC)e0{30}1|key-secret/);
    expect((await control(emulator.current, "GET", "state?secrets=1")).text).toMatch(/(?<!AC)e0{30}1/);
    expect((await control(emulator.current, "POST", "seed", masked.body)).status).toBe(400);
  });

  test("URLs lose their credentials unless asked for, in texts of JSON too", async () => {
    const account = emulator.current.state.account();
    const url = "https://user:hunter2@hooks.example.com/in?of=support@example.com";
    Object.assign(account.phoneNumbers[seeded.smsNumber] ?? {}, { sms_url: url });
    Object.assign(account.taskrouterWorkflows[seeded.workflow] ?? {}, {
      configuration: JSON.stringify({ url }).replaceAll("/", "\\/"),
    });
    const masked = await control(emulator.current, "GET", "state");
    expect(masked.text).not.toContain("hunter2");
    expect(masked.text).toContain("https://********@hooks.example.com/in?of=support@example.com");
    const whole = await control(emulator.current, "GET", "state?secrets=1");
    expect(whole.text).toContain(url);
  });

  test("what was taken can be put back", async () => {
    const { body: taken } = await control(emulator.current, "GET", "state?secrets=1");
    const { services: proxyServices } = clientOf(emulator.current).proxy.v1;
    await proxyServices.create({ uniqueName: "later" });
    await proxyServices(seeded.proxyService).remove();
    const { configuration } = clientOf(emulator.current).conversations.v1;
    await configuration.webhooks().update({ target: "flex" });
    await configuration().update({ defaultChatServiceSid: seeded.chatService });
    expect((await control(emulator.current, "POST", "seed", taken)).status).toBe(204);
    expect(Object.keys(emulator.current.state.account().proxyServices)).toEqual([seeded.proxyService]);
    expect((await control(emulator.current, "GET", "state?secrets=1")).body).toEqual(taken);
  });

  test.each(profiles)(
    "what was taken from %s is the same to the byte in any other emulator",
    async (profile) => {
      const from = await startEmulator({
        profile,
        quirks: { nameReview: true, applicationKeepsUrls: false },
      });
      const client = clientOf(from);
      await client.api.v2010.accounts.create({ friendlyName: "sub" });
      await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550123" });
      await client.conversations.v1.configuration.webhooks().update({ target: "flex" });
      await client.conversations.v1.services.create({ friendlyName: "x" });
      await client.taskrouter.v1.workspaces.create({ friendlyName: "x", template: "FIFO" });
      from.state.account().api_keys[`SK${"1".repeat(32)}`] = "key-secret";
      const taken = await control(from, "GET", "state?secrets=1");
      const file: Seed = JSON.parse(taken.text);
      const bare = await startEmulator({ profile: "bare" });
      const used = await startEmulator({ profile: "conversations", quirks: { addressTypeSticks: true } });
      const begun = await startEmulator({ profile: "legacy", seed: file });
      try {
        for (const to of [bare, used]) {
          expect((await control(to, "POST", "seed", file)).status).toBe(204);
        }
        for (const to of [bare, used, begun]) {
          expect((await control(to, "GET", "state?secrets=1")).text).toBe(taken.text);
          const [there, here] = await Promise.all([to, from].map((one) => ask(one, services)));
          expect(there?.text.replaceAll(to.url, from.url)).toBe(here?.text);
        }
      } finally {
        await Promise.all([from, bare, used, begun].map((running) => running.close()));
      }
    },
  );

  test("behaviour comes along", async () => {
    const taken = await startEmulator({ profile: "conversations" });
    const { body } = await control(taken, "GET", "state?secrets=1");
    await taken.close();
    expect((await control(emulator.current, "POST", "seed", body)).status).toBe(204);
    const { status, body: refusal } = await ask(emulator.current, services, { body: "UniqueName=x" });
    expect({ status, code: refusal.code }).toEqual({ status: 400, code: 80506 });
    emulator.current.reset();
    expect((await ask(emulator.current, services, { body: "UniqueName=x" })).status).toBe(201);
  });

  test("a state without quirks leaves those that are there", async () => {
    const taken = await startEmulator({ profile: "bare", quirks: { proxyClosed: true } });
    try {
      const accounts = { [seeded.account]: { auth_token: defaultAuthToken } };
      expect((await control(taken, "POST", "seed", { accounts })).status).toBe(204);
      expect((await ask(taken, services, { body: "UniqueName=x" })).body.code).toBe(80506);
    } finally {
      await taken.close();
    }
  });

  test("reset goes back to the start, not to what was planted since", async () => {
    const before = await control(emulator.current, "GET", "state?secrets=1");
    const accounts = { [`AC${"2".repeat(32)}`]: { auth_token: "other" } };
    expect((await control(emulator.current, "POST", "seed", { accounts })).status).toBe(204);
    expect((await ask(emulator.current, services)).status).toBe(401);
    expect((await control(emulator.current, "POST", "reset")).status).toBe(204);
    expect((await control(emulator.current, "GET", "state?secrets=1")).text).toBe(before.text);
  });

  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["no accounts", {}],
    ["an account that is none", { accounts: { me: {} } }],
    ["an account in no status", { accounts: { [seeded.account]: { status: "asleep" } } }],
    ["an unknown quirk", { accounts: {}, quirks: { catsAreDogs: true } }],
    [
      "masked secrets",
      { accounts: { [seeded.account]: { api_keys: { [`SK${"1".repeat(32)}`]: "********" } } } },
    ],
    ["an unknown collection", { accounts: { [seeded.account]: { cats: {} } } }],
    [
      "a record that is none",
      { accounts: { [seeded.account]: { flexFlows: { [`FO${"1".repeat(32)}`]: 1 } } } },
    ],
  ])("refuses %s as a seed and changes nothing", async (_, seed) => {
    expect((await control(emulator.current, "POST", "seed", seed)).status).toBe(400);
    expect((await ask(emulator.current, services)).status).toBe(200);
  });

  test("reset goes back to the profile and its seed", async () => {
    const sub = `AC${"2".repeat(32)}`;
    const seededEmulator = await startEmulator({
      profile: "bare",
      seed: { accounts: { [sub]: { auth_token: "sub", owner_account_sid: seeded.account } } },
    });
    try {
      await clientOf(seededEmulator, sub, "sub").chat.v2.services.create({ friendlyName: "x" });
      expect((await control(seededEmulator, "POST", "reset")).status).toBe(204);
      expect(seededEmulator.state.account(sub)).toMatchObject({ auth_token: "sub", chatServices: {} });
      expect(seededEmulator.state.account().flexConfiguration).toBeNull();
      expect(seededEmulator.requests).toEqual([]);
    } finally {
      await seededEmulator.close();
    }
  });
});

describe("the request log", () => {
  const logged = async () => (await control(emulator.current, "GET", "requests")).text;

  test("tells what was asked, without credentials", async () => {
    await clientOf(emulator.current)
      .incomingPhoneNumbers(seeded.smsNumber)
      .update({
        smsUrl: "https://user:hunter2@hooks.example.com/T0/s3cret?key=s3cret",
        voiceUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${seeded.studioFlow}`,
        friendlyName: "Support",
      });
    expect(emulator.current.requests).toMatchObject([
      {
        method: "POST",
        host: "api.twilio.com",
        operationId: "UpdateIncomingPhoneNumber",
        account: seeded.account,
        status: 200,
        ignored: [],
        params: {
          SmsUrl: "https://hooks.example.com/***",
          VoiceUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${seeded.studioFlow}`,
          FriendlyName: "Support",
        },
      },
    ]);
    expect(await logged()).not.toMatch(/hunter2|s3cret|(?<!AC)e0{30}1/);
    expect((await control(emulator.current, "DELETE", "requests")).status).toBe(204);
    expect(emulator.current.requests).toEqual([]);
  });

  test("takes URLs and secrets out of JSON too, and out of refused requests", async () => {
    const definition = { states: [], url: "https://hooks.example.com/s3cret" };
    const escaped = JSON.stringify(definition).replaceAll("/", "\\/");
    const body = new URLSearchParams({ FriendlyName: "x", Status: "draft", Definition: escaped }).toString();
    expect((await ask(emulator.current, "/studio.twilio.com/v2/Flows", { body })).status).toBe(400);
    await ask(emulator.current, "/flex-api.twilio.com/v1/Configuration", {
      headers: json,
      body: JSON.stringify({
        account_sid: seeded.account,
        call_recording_webhook_url: "hooks.example.com/s3cret",
        integrations: [
          { name: "crm", config: '{"auth_token":"s3cret","callback":"https://a.example/s3cret"}' },
        ],
      }),
    });
    expect(await logged()).not.toContain("s3cret");
  });
});

describe("faults", () => {
  const add = (fault: Fault) => control(emulator.current, "POST", "faults", fault);
  const made = () => Object.keys(emulator.current.state.account().proxyServices).length - 1;
  const create = () => ask(emulator.current, services, { body: "UniqueName=x" });

  test("answers an error so many times, then goes on", async () => {
    const match = { operationId: "CreateService", host: "proxy.twilio.com" };
    await add({
      match,
      times: 2,
      effect: { status: 429, code: 20429, message: "Too many requests", retryAfter: 3 },
    });
    const first = await create();
    expect(first).toMatchObject({
      status: 429,
      body: { code: 20429, message: "Too many requests", status: 429 },
    });
    expect(first.headers["retry-after"]).toBe("3");
    expect((await ask(emulator.current, services)).status).toBe(200);
    expect((await create()).status).toBe(429);
    expect(made()).toBe(0);
    expect((await create()).status).toBe(201);
  });

  test("drops the connection before or after the effect", async () => {
    await add({ match: { method: "post", path: "/v1/Serv*" }, times: 1, effect: { drop: "before" } });
    await expect(create()).rejects.toThrow();
    expect(made()).toBe(0);
    await add({ match: { method: "POST" }, times: 1, effect: { drop: "after" } });
    await expect(create()).rejects.toThrow();
    expect(made()).toBe(1);
    expect(emulator.current.requests.map(({ status }) => status)).toEqual([null, null]);
  });

  test("spoils the answer to what was carried out", async () => {
    const spoilt = async (spoil: Fault["effect"]["spoil"]) => {
      await add({ match: { method: "POST" }, times: 1, effect: { spoil } });
      const response = await fetch(`${emulator.current.url}${services}`, {
        method: "POST",
        headers: {
          Authorization: `Basic ${Buffer.from(`${defaultAccountSid}:${defaultAuthToken}`).toString("base64")}`,
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: `UniqueName=x${made()}`,
      });
      return { status: response.status, text: await response.text() };
    };
    expect(await spoilt({ status: 200, body: "<html>" })).toEqual({ status: 200, text: "<html>" });
    expect(await spoilt({ status: 204, body: "" })).toEqual({ status: 204, text: "" });
    const sid = `KS${"f".repeat(32)}`;
    expect(JSON.parse((await spoilt({ sid })).text)).toMatchObject({ sid, unique_name: "x2" });
    expect(JSON.parse((await spoilt({ sid: null })).text)).toMatchObject({ sid: null });
    const { status, text } = await spoilt({ cut: true });
    expect(status).toBe(201);
    expect(() => JSON.parse(text)).toThrow();
    expect(made()).toBe(5);
    expect(
      (await control(emulator.current, "POST", "faults", { match: {}, effect: { drop: "after", spoil: {} } }))
        .status,
    ).toBe(400);
  });

  test("waits, strikes by chance, and is cleared", async () => {
    await add({ match: {}, times: 1, effect: { delayMs: 50 } });
    const start = Date.now();
    expect((await ask(emulator.current, services)).status).toBe(200);
    expect(Date.now() - start).toBeGreaterThanOrEqual(45);
    await add({ match: {}, probability: 0, effect: { status: 503 } });
    expect((await ask(emulator.current, services)).status).toBe(200);
    await add({ match: {}, effect: { status: 503 } });
    expect((await ask(emulator.current, services)).body).toMatchObject({ status: 503, code: 503 });
    expect((await control(emulator.current, "DELETE", "faults")).status).toBe(204);
    expect((await ask(emulator.current, services)).status).toBe(200);
  });

  test("are listed with what is left of them", async () => {
    const listed = async () => (await control(emulator.current, "GET", "faults")).body.faults;
    const once: Fault = { match: { operationId: "CreateService" }, times: 1, effect: { status: 503 } };
    const always: Fault = { match: { method: "DELETE" }, effect: { delayMs: 1 } };
    await control(emulator.current, "POST", "faults", [once, always]);
    expect(await listed()).toEqual([
      { ...once, left: 1 },
      { ...always, left: null },
    ]);
    await create();
    expect(emulator.current.faults()).toEqual([
      { ...once, left: 0 },
      { ...always, left: null },
    ]);
    await control(emulator.current, "DELETE", "faults");
    expect(await listed()).toEqual([]);
  });

  test("strike at the same requests for the same random seed, and again after a reset", async () => {
    const faults: Fault[] = [{ match: {}, probability: 0.5, effect: { status: 503 } }];
    const statusesOf = async (running: Emulator) => {
      const statuses: number[] = [];
      for (let request = 0; request < 20; request++) statuses.push((await ask(running, services)).status);
      return statuses;
    };
    const one = await startEmulator({ randomSeed: 7, faults });
    const same = await startEmulator({ randomSeed: 7, faults });
    const other = await startEmulator({ randomSeed: 8, faults });
    try {
      const struck = await statusesOf(one);
      expect(new Set(struck)).toEqual(new Set([200, 503]));
      expect(await statusesOf(same)).toEqual(struck);
      expect(await statusesOf(other)).not.toEqual(struck);
      expect(await statusesOf(one)).not.toEqual(struck);
      one.reset();
      expect(await statusesOf(one)).toEqual(struck);
    } finally {
      await Promise.all([one.close(), same.close(), other.close()]);
    }
  });

  test.each([
    ["no effect", { match: {} }],
    ["an empty effect", { match: {}, effect: {} }],
    ["a code without a status", { match: {}, effect: { code: 1 } }],
    ["a misspelt key", { match: { operation: "x" }, effect: { status: 500 } }],
    ["a success", { match: {}, effect: { status: 200 } }],
    ["nothing", null],
  ])("refuses %s", async (_, fault) => {
    expect((await control(emulator.current, "POST", "faults", fault)).status).toBe(400);
    expect((await ask(emulator.current, services)).status).toBe(200);
  });
});
