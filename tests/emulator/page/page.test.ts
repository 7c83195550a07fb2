import { collections } from "../../../emulator/account/collections";
import { type Emulator, seeded, startEmulator } from "../../../emulator/index";
import { at } from "../../../emulator/page/objects";
import { ask, clientOf, control, useEmulator } from "../support";

const emulator = useEmulator();
const get = (headers: Record<string, string> = {}, path = "/", from: Emulator = emulator.current) =>
  ask(from, path, { credentials: false, headers });
const shown = async () => (await get()).text;
const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;

describe("who may see it", () => {
  test.each(["127.0.0.1:4010", "127.0.0.2:4010", "localhost", "[::1]:4010"])("Host %s may", async (host) => {
    expect((await get({ Host: host })).status).toBe(200);
  });

  test.each(["evil.example", "127.0.0.1.evil.example:4010", "127.0.0.2.evil.example", "0.0.0.0"])(
    "Host %s may not",
    async (host) => {
      for (const path of ["/", "/_page/page.js"]) {
        const { status, text } = await get({ Host: host }, path);
        expect({ status, text }).toEqual({
          status: 403,
          text: "The page and the control endpoints answer only to localhost and loopback addresses, such as 127.0.0.1\n",
        });
      }
    },
  );

  test("who follows a link to it may, the page with the link may not", async () => {
    const from = { "Sec-Fetch-Site": "cross-site" };
    const opened = { ...from, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
    expect((await get(opened)).status).toBe(200);
    expect((await get({ ...opened, Host: "evil.example" })).status).toBe(403);
    expect((await get({ ...opened, "Sec-Fetch-Dest": "iframe" })).status).toBe(403);
    expect((await get({ ...from, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" })).status).toBe(
      403,
    );
  });

  test("off loopback nobody; with a control token those who have it", async () => {
    const open = await startEmulator({ host: "0.0.0.0" });
    const guarded = await startEmulator({ host: "0.0.0.0", controlToken: "let-me-in" });
    try {
      expect((await get({}, "/", open)).status).toBe(403);
      expect((await get({}, "/", guarded)).status).toBe(401);
      const headers = { Host: "emulator.internal:4010", Authorization: "Bearer let-me-in" };
      expect((await get(headers, "/", guarded)).status).toBe(200);
    } finally {
      await open.close();
      await guarded.close();
    }
  });
});

test("an emulator on another loopback address has its page there", async () => {
  const other = await startEmulator({ host: "127.0.0.2" });
  try {
    expect(await get({}, "/", other)).toMatchObject({ status: 200 });
    expect((await control(other, "GET", "state")).status).toBe(200);
  } finally {
    await other.close();
  }
});

describe("headers", () => {
  test.each([
    ["/", "text/html; charset=utf-8"],
    ["/_page/page.css", "text/css; charset=utf-8"],
    ["/_page/map.css", "text/css; charset=utf-8"],
    ["/_page/page.js", "text/javascript; charset=utf-8"],
    ["/_page/icon.svg", "image/svg+xml; charset=utf-8"],
  ])("%s is %s, kept nowhere, and runs only what is its own", async (path, type) => {
    const { status, headers } = await get({}, path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": type,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = headers["content-security-policy"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("form-action 'none'; frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  test("no other file is served", async () => {
    for (const path of [
      "/_page/page.ts",
      "/_page/..",
      "/_page/../index.ts",
      "/_page/constructor",
      "/_page/",
    ]) {
      expect((await get({}, path)).status).toBe(404);
    }
  });

  test("what is known already is not sent again", async () => {
    const { etag = "" } = (await get()).headers;
    expect(await get({ "If-None-Match": etag })).toMatchObject({ status: 304, text: "" });
    await clientOf(emulator.current).proxy.v1.services.create({ uniqueName: "new" });
    expect((await get({ "If-None-Match": etag })).status).toBe(200);
  });

  test("it loads nothing from elsewhere and holds neither style nor script", async () => {
    const text = await shown();
    const loaded = [...text.matchAll(/\b(?:src|href|action)="([^"]*)"/g)].map(([, url]) => url);
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((url) => !/^[/#](?!\/)/.test(url ?? ""))).toEqual([]);
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! type="module" src="\/_page\/page\.js")/);
  });
});

describe("what it shows", () => {
  const { chatService } = seeded;
  const flexFlow = () =>
    clientOf(emulator.current).flexApi.v1.flexFlow.create({
      ...{ friendlyName: "Support by SMS", chatServiceSid: chatService, channelType: "sms" },
      ...{ contactIdentity: "+15558675310", enabled: true, integrationType: "studio" },
      "integration.flowSid": seeded.studioFlow,
    });
  const toProxy = () =>
    clientOf(emulator.current).incomingPhoneNumbers(seeded.legacyNumber).update({ smsUrl: proxyUrl });

  test("a route as a picture and in words", async () => {
    await toProxy();
    await flexFlow();
    const text = await shown();
    const drawn = text.slice(text.indexOf('<svg class="map"'), text.indexOf('<p class="room">'));
    for (const name of [
      "+15558675310",
      "Flex Proxy Service",
      "Support by SMS",
      "Assign to Anyone",
      "Agents",
    ]) {
      expect(drawn).toContain(`<b>${name}</b>`);
    }
    const words = text.slice(text.indexOf('<ul class="routes">'));
    expect(words).toMatch(
      /\+15558675310.*Flex Proxy Service.*Support by SMS.*a new chat.*Messaging Flow.*Assign to Anyone.*It reaches agents/s,
    );
    expect(text).toContain("<b>1 warning</b>");
  });

  test("what is broken, why, and what to do", async () => {
    await toProxy();
    const text = await shown();
    const reason =
      "No Flex Flow has the contact identity +15558675310, and there is no out-of-session callback";
    const remedy =
      "Make a Flex Flow for this address, or move it to Conversations with a ConversationsAddress";
    expect(text).toContain("<b>1 error</b>");
    expect(text).toContain(`<div class="reason"><b>${reason}</b><span>${remedy}</span></div>`);
    expect(text).toContain(`<p class="problem error">${reason}. <span class="remedy">${remedy}.</span></p>`);
    expect(text).toMatch(/class="line broken handler"/);
  });

  test("the calls of a number beside its messages", async () => {
    const text = await shown();
    const [entry = ""] =
      /<li class="route" data-route="sms \+15558675310">.*?<\/ol>\s*<\/li>/s.exec(text) ?? [];
    expect(entry).toMatch(/The customer writes to it.*<p class="which">Calls<\/p>.*The customer calls it/s);
    expect(text).not.toContain('data-route="voice ');
  });

  test("what widgets of flows name and is not there, also in a draft that nothing leads to", async () => {
    const workflow = `WW${"0".repeat(32)}`;
    const widget = (name: string) => ({
      name,
      type: "send-to-flex",
      transitions: [],
      properties: { workflow, channel: seeded.chatTaskChannel },
    });
    const definition = {
      initial_state: "Trigger",
      states: [
        { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "Agent" }] },
        widget("Agent"),
        widget("Unreached"),
      ],
    };
    await clientOf(emulator.current).studio.v2.flows.create({
      friendlyName: "Planned",
      status: "draft",
      definition,
    });
    const text = await shown();
    expect(text).toContain("<b>Studio flow Planned (draft)</b>");
    expect(text).toContain(
      `Its widget Agent names the workflow ${workflow}, which does not exist in this account`,
    );
    expect(text).not.toContain("widget Unreached");
  });

  test("a section for each account, none of routes where it is suspended", async () => {
    const [branch, closed] = [`AC${"2".repeat(32)}`, `AC${"3".repeat(32)}`];
    emulator.current.reset();
    const { body } = await control(emulator.current, "GET", "state?secrets=1");
    const accounts = Object.assign({}, body.accounts, {
      [branch]: { friendly_name: "Branch", owner_account_sid: seeded.account },
      [closed]: { friendly_name: "Old one", status: "suspended" },
    });
    expect((await control(emulator.current, "POST", "seed", { accounts })).status).toBe(204);
    const text = await shown();
    expect(text).toMatch(/<h3 id="routes-AC2+">Branch/);
    expect(text).toMatch(/<h3 id="objects-AC3+">Old one/);
    expect(text).not.toMatch(/<h3 id="routes-AC3+">/);
    expect(text).toContain("customers cannot write to this account");
  });

  test("the last requests: operation, status, and what was ignored", async () => {
    await ask(emulator.current, "/proxy.twilio.com/v1/Services", { body: "UniqueName=x&Colour=blue" });
    await ask(emulator.current, "/messaging.twilio.com/v1/Services/MG0");
    const text = await shown();
    expect(text).toMatch(/201<\/td>\s*<td><b>POST CreateService<\/b> <span class="ignored">ignored: Colour/);
    expect(text).toMatch(/<tr class="failed"><td>.*?<td class="status">404<\/td>/s);
  });

  test("of many things only so many", async () => {
    const account = emulator.current.state.account();
    const number = account.phoneNumbers[seeded.smsNumber];
    if (!number) throw new Error("The profile has no number");
    for (let at = 0; at < 300; at++) {
      const sid = `PN${String(at).padStart(32, "0")}`;
      account.phoneNumbers[sid] = { ...number, sid, phone_number: `+1202555${1000 + at}` };
      await ask(emulator.current, "/messaging.twilio.com/v1/Services/MG0");
    }
    const text = await shown();
    expect(text.split('<tr class="failed">')).toHaveLength(201);
    expect(text.split('class="box fine phoneNumber"').length).toBeLessThan(62);
    expect(text).toContain("60 of 304 addresses, those with problems first");
    expect(text).toContain("and 202 more in GET /_emulator/state");
    expect(text.length).toBeLessThan(700_000);
  });

  test("every fact of an object is a property that its records have", () => {
    const account: Record<string, unknown> = { ...emulator.current.state.account() };
    for (const [kind, { facts }] of Object.entries(collections)) {
      const records = Object.values(account[kind] ?? {});
      for (const record of records) {
        expect(facts.filter((path) => at(record, path) === undefined)).toEqual([]);
      }
    }
  });
});

test("names are text, wherever they come from", async () => {
  const evil = [
    `<script>alert("1")</script>`,
    `"><img src=x onerror=alert(1)>`,
    "</svg><b onclick='x'>&amp;",
  ];
  const account = emulator.current.state.account();
  const number = account.phoneNumbers[seeded.smsNumber];
  if (!number) throw new Error("The profile has no number");
  const { flexApi, studio } = clientOf(emulator.current);
  for (const [place, name] of evil.entries()) {
    account.phoneNumbers[`PN${place}`] = {
      ...{ ...number, sid: `PN${place}`, phone_number: name, friendly_name: name },
      sms_url: proxyUrl,
    };
    await flexApi.v1.flexFlow.create({
      ...{ friendlyName: name, chatServiceSid: seeded.chatService, channelType: "sms" },
      ...{
        contactIdentity: name,
        enabled: true,
        integrationType: "external",
        "integration.url": "https://a.example",
      },
    });
    await studio.v2.flows(seeded.studioFlow).update({ status: "published", friendlyName: name });
  }
  account.friendly_name = evil.join(" ");
  await ask(emulator.current, `/proxy.twilio.com/v1/Services/"><img/onerror=alert(1)>`);
  await ask(emulator.current, "/proxy.twilio.com/v1/Services", {
    body: new URLSearchParams({ "<script>": "1" }).toString(),
  });
  const text = await shown();
  expect(text).not.toMatch(/<script>|<img|<b onclick|<\/svg><b/);
  expect(text).toContain("<b>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</b>");
  expect(text).toContain("ignored: &lt;script&gt;");
  expect(text.split("<script")).toHaveLength(2);
});

test("with which account and token one connects, and under which URL", async () => {
  const host = new URL(emulator.current.url).host;
  const lines = [
    `export TWILIO_ACCOUNT_SID=${seeded.account}`,
    "export TWILIO_AUTH_TOKEN=e0000000000000000000000000000001",
    `export TWILIO_BASE_URL=http://${host}`,
  ];
  expect(await shown()).toContain(`>${lines.join("\n")}</pre>`);
  expect((await get({ Host: "localhost:4010" })).text).toContain("TWILIO_BASE_URL=http://localhost:4010<");
});

test("no token that somebody has given, and no credential of a URL", async () => {
  const account = emulator.current.state.account();
  account.auth_token = "f".repeat(32);
  account.api_keys[`SK${"1".repeat(32)}`] = "key-secret";
  const secret = "https://user:hunter2@hooks.example.com/s3cret?key=s3cret";
  for (const number of Object.values(account.phoneNumbers)) {
    Object.assign(number, { sms_url: secret, voice_url: secret, friendly_name: secret });
  }
  for (const sender of Object.values(account.channelsSenders)) sender.webhook.callback_url = secret;
  for (const application of Object.values(account.applications)) {
    Object.assign(application, { sms_url: secret, voice_url: secret });
  }
  for (const service of Object.values(account.messagingServices)) service.inbound_request_url = secret;
  for (const service of Object.values(account.proxyServices)) service.out_of_session_callback_url = secret;
  const text = await shown();
  expect(text).toContain("https://hooks.example.com/***");
  expect(text).not.toMatch(/hunter2|s3cret|(?<!AC)e0{30}1|f{32}|key-secret/);
  expect(text).toContain("Its token is not shown");
});
