import * as fc from "fast-check";
import {
  isMasked,
  isQuotable,
  masked,
  maskedBeside,
  maskedIn,
  mayHoldSecret,
  shownUrl,
  withoutUrls,
} from "../../provider/values/secrets";

const hex = "0a".repeat(16);
const uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

describe("URLs as services give them out", () => {
  /** What each shows once it is masked. */
  test.each([
    [
      "Slack",
      "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
      "hooks.slack.com",
    ],
    ["Zapier", "https://hooks.zapier.com/hooks/catch/123456/abc/", "hooks.zapier.com"],
    ["Zapier, with a longer key", "https://hooks.zapier.com/hooks/catch/1234567/bxk2f9q", "hooks.zapier.com"],
    ["Make", "https://hook.eu1.make.com/k1x2f3q4p5n6m7b8v9c0z1l2j3h4g5f6", "hook.eu1.make.com"],
    ["n8n", `https://acme.app.n8n.cloud/webhook/${uuid}`, "acme.app.n8n.cloud"],
    ["n8n, by user and password", "https://bot:hunter@n8n.example.com/webhook/sms", "n8n.example.com"],
    [
      "Discord",
      "https://discord.com/api/webhooks/123456789012345678/aBcD_efGhIjK-lmNoPqRsTuVwXyZ0123456789",
      "discord.com",
    ],
    [
      "Teams",
      `https://acme.webhook.office.com/webhookb2/${uuid}@${uuid}/IncomingWebhook/${hex}/${uuid}`,
      "acme.webhook.office.com",
    ],
    [
      "Power Automate",
      `https://prod-00.westus.logic.azure.com:443/workflows/${hex}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=a_b-c`,
      "prod-00.westus.logic.azure.com:443",
    ],
    ["Azure Functions", "https://acme.azurewebsites.net/api/sms?code=abc==", "acme.azurewebsites.net"],
    ["IFTTT", "https://maker.ifttt.com/trigger/sms/with/key/bQ2x-9fZk_LmNoPqRsTuV", "maker.ifttt.com"],
    ["Telegram", "https://api.telegram.org/bot123456:ABC-DEF1234ghIkl/sendMessage", "api.telegram.org"],
    [
      "Google Chat",
      "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=a&token=b",
      "chat.googleapis.com",
    ],
    ["webhook.site", `https://webhook.site/${uuid}`, "webhook.site"],
    ["Pipedream, whose key is the host", "https://eo1a2b3c4d5e6f7.m.pipedream.net", "***.m.pipedream.net"],
    [
      "a function URL of AWS",
      `https://${"a1".repeat(16)}.lambda-url.us-east-1.on.aws/`,
      "***.lambda-url.us-east-1.on.aws",
    ],
    ["Opsgenie and the like", `https://api.example.com/v1/json/twilio?apiKey=${uuid}`, "api.example.com"],
    ["base64url in a path", "https://example.com/hook/aGVsbG8td29ybGQ_c2VjcmV0", "example.com"],
    ["base64url of letters alone", "https://example.com/hook/xKdTqZbWvNmRjLhGfPsYcQaE", "example.com"],
    ["hexadecimal digits in a path", `https://example.com/hook/${hex}`, "example.com"],
    ["a signed token in a path", "https://example.com/eyJhbGciOi.eyJzdWIiOi.SflKxwRJSMeK", "example.com"],
    ["a number in a path", "https://example.com/hook/48151623", "example.com"],
    ["a path parameter", "https://example.com/sms;key=abc", "example.com"],
    ["an escape in a path", "https://example.com/sms%2Fabc", "example.com"],
    ["a fragment", "https://example.com/sms#key", "example.com"],
    ["a Twilio URL with a query", "https://webhooks.twilio.com/v1?token=x", "webhooks.twilio.com"],
    ["a Twilio URL with a user", "https://u:p@api.twilio.com/2010-04-01", "api.twilio.com"],
    [
      "a host that begins like Twilio's",
      `https://api.twilio.com.example.com/${uuid}`,
      "api.twilio.com.example.com",
    ],
    ["a host with Twilio's in the user part", `https://api.twilio.com@example.com/${uuid}`, "example.com"],
    ["backslashes", "https:\\\\example.com\\key", "example.com"],
  ])("%s: may hold a credential", (_, url, host) => {
    expect(mayHoldSecret(url)).toBe(true);
    expect(masked(url)).toBe(`${url.slice(0, url.indexOf(":"))}://${host}/***`);
    expect(shownUrl(url)).toBe(masked(url));
  });

  test.each([
    ["a plain webhook", "https://example.com/sms"],
    ["one with words, versions and years", "https://api.example.com/v2/inbound-messages/2026/onMessage.php"],
    ["an origin", "https://example.com"],
    ["a port", "http://localhost:3000/sms"],
    ["a template of a tunnel", "https://acme-dev.ngrok-free.app/twilio/voice"],
    ["a Twilio Function", "https://absurd-pizza-1234.twil.io/sms/reply.protected"],
    ["a Twilio Function of an environment", "https://messages-4815-dev.twil.io/inbound"],
    ["a Studio flow", `https://webhooks.twilio.com/v1/Accounts/AC${hex}/Flows/FW${hex}`],
    ["a Proxy service", `http://webhooks.twilio.com/v1/Accounts/AC${hex}/Proxy/KS${hex}/Webhooks/Message`],
    ["a TwiML Bin", `https://handler.twilio.com/twiml/EH${hex}`],
    [
      "Twilio's API",
      `https://api.twilio.com/2010-04-01/Accounts/AC${hex}/IncomingPhoneNumbers/PN${hex}.json`,
    ],
    ["Twilio's demo", "https://demo.twilio.com/welcome/sms/reply/"],
    ["Twilio's demo of voice", "http://demo.twilio.com/docs/voice.xml"],
    ["a page of the documents", "https://www.twilio.com/docs/errors/20404"],
  ])("%s: is harmless", (_, url) => {
    expect(mayHoldSecret(url)).toBe(false);
    expect(masked(url)).toBe(url);
  });
});

describe("secrets", () => {
  const sid = `FW${hex}`;

  test.each([
    ["https://user:pass@example.com/path", "https://example.com/***"],
    ["https://user@example.com", "https://example.com/***"],
    ["https://example.com?key=1", "https://example.com/***"],
    ["https://example.com/path?key=1#a@b", "https://example.com/***"],
    ["https://u:p@example.com:8443/a/b?c#d", "https://example.com:8443/***"],
    ["https://example.com/a?\nb", "https://example.com/***"],
    ["wss://user:p@example.com/x", "wss://example.com/***"],
    ["https://hooks.example.com/services/T0AB/B0CD/x1y2z3x1y2z3x1y2z3", "https://hooks.example.com/***"],
  ])("%j may hold one and is shown as %j", (url, shown) => {
    expect(mayHoldSecret(url)).toBe(true);
    expect(masked(url)).toBe(shown);
    expect(mayHoldSecret(masked(url))).toBe(false);
  });

  test.each([
    ["https://example.com/inbound-messages/v2"],
    ["https://example.com/a@b"],
    [`https://webhooks.twilio.com/v1/Accounts/AC${"0a".repeat(16)}/Flows/${sid}`],
    ["user:pass@example.com"],
    ["why?"],
    [""],
    [7],
    [undefined],
  ])("%j is shown as it is", (value) => {
    expect(mayHoldSecret(value)).toBe(false);
    expect(masked(value)).toBe(value);
  });

  test("no part of a URL but its host survives", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9]{6,12}$/);
    fc.assert(
      fc.property(part, part, part, part, (user, password, path, query) => {
        const url = `https://${user}Q:${password}W@h.io/${path}E?x=${query}R`;
        expect(masked(url)).toBe("https://h.io/***");
      }),
    );
  });

  test("are masked wherever they are in a record", () => {
    const url = "https://user:pass@example.com/path";
    expect(maskedIn({ url, plain: 1, inner: { url, none: null }, list: ["a"] })).toEqual({
      url: "https://example.com/***",
      plain: 1,
      inner: { url: "https://example.com/***", none: null },
      list: ["a"],
    });
  });
});

describe("free-form JSON", () => {
  const hook = "https://hooks.slack.com/services/T01AB2CD3/B01AB2CD3/k3y";

  test.each<[string, unknown, unknown]>([
    ["a URL deep inside", { a: [{ url: hook }] }, { a: [{ url: "https://hooks.slack.com/***" }] }],
    [
      "a URL in a sentence",
      { note: `post to ${hook} only` },
      { note: "post to https://hooks.slack.com/*** only" },
    ],
    [
      "JSON in a text",
      { raw: JSON.stringify({ url: hook }) },
      { raw: '{"url":"https://hooks.slack.com/***"}' },
    ],
    ["a whole that is JSON text", JSON.stringify({ url: hook }), '{"url":"https://hooks.slack.com/***"}'],
    ["escaped slashes", "see https:\\/\\/hooks.slack.com\\/services", "see https://hooks.slack.com/***"],
    ["a name that says so", { crmApiKey: "abc", auth_token: "abc" }, { crmApiKey: "***", auth_token: "***" }],
    [
      "a header",
      { headers: [{ key: "Authorization", value: "Basic abc" }] },
      { headers: [{ key: "Authorization", value: "***" }] },
    ],
    ["a user in a URL", { url: "https://user:pass@example.com" }, { url: "https://example.com/***" }],
    ["several behind one name", { credentials: { user: "u", pin: 1234 } }, { credentials: "***" }],
  ])("%s may hold a credential", (_, value, shown) => {
    expect(mayHoldSecret(value)).toBe(true);
    expect(masked(value)).toEqual(shown);
    expect(mayHoldSecret(shown)).toBe(false);
  });

  test.each<[string, unknown]>([
    [
      "attributes of a worker",
      {
        contact_uri: "client:ann",
        email: "ann@example.com",
        routing: { skills: ["sms"], levels: { sms: 3 } },
      },
    ],
    [
      "a workflow",
      {
        task_routing: {
          filters: [{ expression: "channel == 'sms'" }],
          default_filter: { queue: `WQ${hex}` },
        },
      },
    ],
    ["a plain URL", { url: "https://example.com/sms" }],
    ["blanks and flags", { token: "", api_key: null, password: false }],
    ["names that only begin alike", { tokens_used: 3, secretary: "ann", keyword: "stop" }],
    ["a text that is no JSON", "{{trigger.message.Body}}"],
  ])("%s is harmless", (_, value) => {
    expect(mayHoldSecret(value)).toBe(false);
    expect(masked(value)).toEqual(value);
  });

  test("what is masked is never a possible credential, and a mask changes nothing else", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(mayHoldSecret(masked(value))).toBe(false);
        if (!mayHoldSecret(value)) expect(masked(value)).toEqual(value);
      }),
    );
  });

  test("beside what is declared, only what differs is masked", () => {
    const declared = { url: hook, list: [hook, "a"], inner: { token: "mine" } };
    const live = { url: hook, list: [hook, hook, hook], inner: { token: "other" }, more: hook };
    expect(maskedBeside(declared, live)).toEqual({
      url: hook,
      list: [hook, "https://hooks.slack.com/***", "https://hooks.slack.com/***"],
      inner: { token: "***" },
      more: "https://hooks.slack.com/***",
    });
    expect(maskedBeside(hook, `${hook}2`)).toBe("https://hooks.slack.com/***");
    expect(maskedBeside(declared, structuredClone(declared))).toEqual(declared);
  });
});

describe("messages", () => {
  test("show of a URL its origin, as long as it is not Twilio's own", () => {
    expect(
      withoutUrls("took https://example.com/sms for https://demo.twilio.com/welcome/ (http://a.b)"),
    ).toBe("took https://example.com/*** for https://demo.twilio.com/welcome/ (http://a.b)");
    expect(shownUrl("example.com/key")).toBe("***");
    expect(shownUrl("https://example.com/")).toBe("https://example.com");
  });

  test("show whatever is masked as it is", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const shown = shownUrl(url);
        expect(shownUrl(shown)).toBe(shown);
        expect(mayHoldSecret(shown)).toBe(false);
        if (mayHoldSecret(url)) expect(isMasked(shown)).toBe(true);
      }),
    );
  });

  test.each([
    [`FW${hex}`, true],
    ["+15017122661", true],
    ["quick", true],
    ["s3cr3t", false],
    [hex, false],
    [uuid, false],
    ["two words", false],
    ["https://example.com", false],
  ])("quote %j: %j", (text, isQuoted) => {
    expect(isQuotable(text)).toBe(isQuoted);
  });
});

test("a URL behind a word of any length is found, in a time that grows with the word and not with its square", () => {
  const started = performance.now();
  const shown = String(masked(`${"x".repeat(300_000)} https://user:secret@hooks.example.com/in`));
  expect(shown).not.toContain("secret");
  expect(masked(`${"x".repeat(100)}https://user:secret@hooks.example.com/in`)).not.toContain("secret");
  expect(performance.now() - started).toBeLessThan(5_000);
});
