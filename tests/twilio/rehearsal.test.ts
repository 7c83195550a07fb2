import { configuration, settingsFrom } from "../../provider/twilio/settings";

const account = `AC${"a".repeat(32)}`;
const other = `AC${"b".repeat(32)}`;
const key = `SK${"a".repeat(32)}`;
const twin = { url: "http://127.0.0.1:4010", token: "twins", accounts: [account] };

const settings = (given: Record<string, string>) => settingsFrom([configuration((name) => given[name])]);
const own = { "twilio:accountSid": account, "twilio:authToken": "real" };

afterEach(() => {
  delete process.env.TWILIO_REHEARSAL;
});

test("in a rehearsal all goes to the twin with its token, whatever is configured", () => {
  process.env.TWILIO_REHEARSAL = JSON.stringify(twin);
  const all = [own, { ...own, "twilio:baseUrl": "https://gateway.example.com" }].map(settings);
  for (const one of all) {
    expect(one).toMatchObject({
      username: account,
      password: "twins",
      authToken: "twins",
      baseUrl: twin.url,
    });
    expect(JSON.stringify(one)).not.toContain("real");
  }
});

test("where a key is configured, there is no token in a rehearsal either", () => {
  process.env.TWILIO_REHEARSAL = JSON.stringify(twin);
  const byKey = { "twilio:accountSid": account, "twilio:apiKey": key, "twilio:apiSecret": "real" };
  expect(settings(byKey)).toMatchObject({ username: account, password: "twins", authToken: undefined });
});

test("another account is not rehearsed, and not asked", () => {
  process.env.TWILIO_REHEARSAL = JSON.stringify(twin);
  expect(() => settings({ ...own, "twilio:accountSid": other })).toThrow(
    `${other} cannot be rehearsed: the twin has ${account} only`,
  );
});

test.each(["1", "{}", JSON.stringify({ ...twin, url: "https://api.twilio.com" })])(
  "TWILIO_REHEARSAL=%s does not pass for no rehearsal",
  (text) => {
    process.env.TWILIO_REHEARSAL = text;
    expect(() => settings(own)).toThrow("TWILIO_REHEARSAL in the environment is not what");
  },
);
