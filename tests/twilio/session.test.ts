import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { openSession, redact } from "../../provider/twilio/session";
import { configuration, type Settings, settingsFrom } from "../../provider/twilio/settings";

const account = `AC${"a".repeat(32)}`;
const key = `SK${"b".repeat(32)}`;
const sourceOf = (given: Record<string, string>) => configuration((name) => given[name]);
const byToken = sourceOf({ "twilio:accountSid": account, "twilio:authToken": "t0ken" });
const byKey = sourceOf({ "twilio:accountSid": account, "twilio:apiKey": key, "twilio:apiSecret": "s3cret" });

describe("takes out of a text", () => {
  const token: Settings = settingsFrom([byToken]);
  test.each([
    ["the token", "bad t0ken, t0ken", "bad ***, ***"],
    ["nothing of the account", account, account],
    [
      "a URL's all but its origin",
      "got https://example.com/hook/abc?key=1 there",
      "got https://example.com/*** there",
    ],
    ["a URL's user and password", "https://user:pass@example.com:8080", "https://example.com:8080/***"],
    ["a query right after the host", "HTTPS://example.com?key=1", "HTTPS://example.com/***"],
    ["those of other kinds of URL", "wss://u:p@example.com/x", "wss://example.com/***"],
    [
      "all of several",
      "'https://a.example/x','https://b.example/y'",
      "'https://a.example/***','https://b.example/***'",
    ],
    [
      "nothing of Twilio's own",
      "https://www.twilio.com/docs/errors/20404",
      "https://www.twilio.com/docs/errors/20404",
    ],
    ["the password of Twilio's own", "https://u:p@webhooks.twilio.com/v1", "https://webhooks.twilio.com/***"],
    ["those of a host that only ends alike", "https://eviltwilio.com/x", "https://eviltwilio.com/***"],
    ["those of a host in the user part", "https://api.twilio.com@example.com/x", "https://example.com/***"],
  ])("%s", (_, given, shown) => {
    expect(redact(given, token)).toBe(shown);
  });

  test("an API key with its secret", () => {
    expect(redact(`${key}:s3cret of ${account}`, settingsFrom([byKey]))).toBe(`***:*** of ${account}`);
  });
});

test("a token that is the end of SIDs, as the emulator's is, takes nothing out of those", () => {
  const authToken = "e0000000000000000000000000000001";
  const settings = settingsFrom([
    sourceOf({ "twilio:accountSid": `AC${"1".repeat(32)}`, "twilio:authToken": authToken }),
  ]);
  expect(redact(`PN${authToken} token ${authToken} x${authToken}, KS${authToken}`, settings)).toBe(
    `PN${authToken} token *** x***, KS${authToken}`,
  );
});

test("warnings are redacted", () => {
  const warned: string[] = [];
  openSession([byToken], { warn: (text) => warned.push(text), say: () => {} }).warn(
    "takes over https://example.com/t0ken",
  );
  expect(warned).toEqual(["takes over https://example.com/***"]);
});

test("is opened without credentials, and refuses once they are needed", () => {
  const session = openSession([sourceOf({})], { warn: () => {}, say: () => {} });
  expect(() => session.account).toThrow("no Twilio credentials");
  expect(() => session.api).toThrow("no Twilio credentials");
});

test("the SDK is loaded with the first request, not before", () => {
  const program = `
    const { openSession } = require("./dist/twilio/session.js");
    const { configuration } = require("./dist/twilio/settings.js");
    require("./dist/provider.js");
    const config = { "twilio:accountSid": "${account}", "twilio:authToken": "x" };
    const session = openSession([configuration((key) => config[key])], { warn: () => {}, say: () => {} });
    const loaded = () => Object.keys(require.cache).some((file) => /node_modules.twilio.lib/.test(file));
    const steps = [loaded()];
    session.account; session.online; session.redact("x");
    steps.push(loaded());
    session.api;
    steps.push(loaded());
    process.stdout.write(JSON.stringify(steps));`;
  const root = join(__dirname, "../..");
  const printed = execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual([false, false, true]);
});
