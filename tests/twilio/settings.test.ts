import { seeded } from "../../emulator/index";
import {
  configuration,
  emulatorAccount,
  environment,
  refuseMisspelt,
  type SettingKey,
  type Settings,
  settingKeys,
  settingsFrom,
} from "../../provider/twilio/settings";

const account = `AC${"a".repeat(32)}`;
const otherAccount = `AC${"b".repeat(32)}`;
const key = `SK${"a".repeat(32)}`;

type Given = { [Key in SettingKey]?: string };

const config = (given: Given) => {
  const entries = new Map(Object.entries(given).map(([name, value]) => [`twilio:${name}`, value]));
  return configuration((name) => entries.get(name));
};
const env = (given: Given) => {
  const entries = new Map(Object.entries(given));
  return { ...environment, get: (name: SettingKey) => entries.get(name) };
};
const both = (configured: Given, ambient: Given = {}): Settings =>
  settingsFrom([config(configured), env(ambient)]);

const token = { accountSid: account, authToken: "token" };
const otherToken = { accountSid: otherAccount, authToken: "other" };

test("what is not given has its default", () => {
  expect(both(token)).toEqual({
    accountSid: account,
    username: account,
    password: "token",
    authToken: "token",
    source: { name: "the stack configuration", stored: true },
    region: "",
    edge: "",
    baseUrl: undefined,
    maxConcurrency: 10,
    online: true,
    recover: false,
  });
});

test.each<[string, Given, Given, Partial<Settings>]>([
  ["config goes before environment", token, otherToken, { accountSid: account, password: "token" }],
  [
    "the environment where config gives none",
    {},
    otherToken,
    { accountSid: otherAccount, password: "other" },
  ],
  [
    "an API key instead of the token",
    { accountSid: account, apiKey: key, apiSecret: "secret" },
    otherToken,
    { accountSid: account, username: key, password: "secret" },
  ],
  [
    "an API key goes before a token beside it",
    { ...token, apiKey: key, apiSecret: "secret" },
    {},
    { username: key, password: "secret", authToken: "token" },
  ],
  [
    "an edge alone, which leads to the first region",
    token,
    { edge: "dublin" },
    { region: "us1", edge: "dublin" },
  ],
  [
    "an edge alone, and no region of another place",
    { ...token, edge: "dublin" },
    { region: "ie1", edge: "sydney" },
    { region: "us1", edge: "dublin" },
  ],
  [
    "region and edge of one place, credentials of another",
    { region: "ie1", edge: "dublin" },
    { ...token, region: "au1", edge: "sydney" },
    { accountSid: account, region: "ie1", edge: "dublin" },
  ],
  [
    "the other settings one by one",
    { ...token, maxConcurrency: "3", validate: "offline" },
    { baseUrl: "http://127.0.0.1:4010", maxConcurrency: "5", recover: "true" },
    { baseUrl: "http://127.0.0.1:4010", maxConcurrency: 3, online: false, recover: true },
  ],
  [
    "blank counts as not given",
    { ...token, region: "", baseUrl: "" },
    {},
    { region: "", baseUrl: undefined },
  ],
  [
    "a trailing slash of the base URL is none",
    { ...token, baseUrl: "https://gateway.example.com/" },
    {},
    { baseUrl: "https://gateway.example.com" },
  ],
  ["a loopback address", { ...token, baseUrl: "http://[::1]:4010" }, {}, { baseUrl: "http://[::1]:4010" }],
  [
    "the name of loopback",
    { ...token, baseUrl: "http://localhost:4010" },
    {},
    { baseUrl: "http://localhost:4010" },
  ],
  [
    "the emulator's account against an emulator",
    { accountSid: emulatorAccount, authToken: "x", baseUrl: "http://127.0.0.1:4010" },
    {},
    { accountSid: emulatorAccount },
  ],
])("takes %s", (_, configured, ambient, expected) => {
  expect(both(configured, ambient)).toMatchObject(expected);
});

test.each<[string, Given, Given, string]>([
  [
    "no credentials, with every place that was looked in",
    {},
    {},
    "no Twilio credentials. Looked for twilio:accountSid with twilio:authToken, or with twilio:apiKey and twilio:apiSecret, in the stack configuration; then TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET, in the environment. Set them with: pulumi config set twilio:accountSid <AC…>; pulumi config set --secret twilio:authToken <token>",
  ],
  [
    "half a set in config, although the environment has the other half",
    { accountSid: account },
    otherToken,
    "the Twilio credentials in the stack configuration are incomplete: twilio:authToken missing there. They are one set and never mixed from two places: give twilio:accountSid with twilio:authToken, or with twilio:apiKey and twilio:apiSecret, in the stack configuration",
  ],
  [
    "half a set in the environment",
    {},
    { authToken: "x" },
    "the environment are incomplete: TWILIO_ACCOUNT_SID missing",
  ],
  ["a key without its secret", { ...token, apiKey: key }, {}, "incomplete: twilio:apiSecret missing"],
  ["a secret alone", { apiSecret: "x" }, {}, "incomplete: twilio:accountSid and twilio:apiKey missing"],
  [
    "a region without its edge, although the environment has one",
    { ...token, region: "ie1" },
    { edge: "dublin" },
    "twilio:region and twilio:edge go together, such as ie1 with dublin; the stack configuration has only one of them",
  ],
  ["a region alone", token, { region: "ie1" }, "TWILIO_REGION and TWILIO_EDGE go together"],
  [
    "half a set in config, and names the other half that was not looked at",
    { accountSid: account },
    otherToken,
    "in the stack configuration. Not looked at: TWILIO_AUTH_TOKEN in the environment",
  ],
  [
    "half a key in config, and names the other half that was not looked at",
    { accountSid: account, apiKey: key },
    { apiSecret: "x" },
    "twilio:apiSecret missing there. They are one set and never mixed from two places: give twilio:accountSid with twilio:authToken, or with twilio:apiKey and twilio:apiSecret, in the stack configuration. Not looked at: TWILIO_API_SECRET in the environment",
  ],
  [
    "half a set in the environment, without more where config has nothing of it",
    {},
    { accountSid: account },
    "TWILIO_API_KEY and TWILIO_API_SECRET, in the environment",
  ],
  [
    "half a pair in config, and names the other half that was not looked at",
    { ...token, region: "ie1" },
    { edge: "dublin" },
    "has only one of them. Not looked at: TWILIO_EDGE in the environment",
  ],
  [
    "an output inside a text",
    { ...token, authToken: "Calling [toString] on an [Output<T>] is not supported." },
    {},
    "twilio:authToken in the stack configuration holds Pulumi's warning about an output",
  ],
  [
    "no account SID",
    { ...token, accountSid: key },
    {},
    "twilio:accountSid in the stack configuration must be AC and 32",
  ],
  [
    "no key SID",
    { accountSid: account, apiKey: account, apiSecret: "x" },
    {},
    "twilio:apiKey in the stack configuration must be SK and 32",
  ],
  [
    "a region that is no name",
    { ...token, region: "evil.com/", edge: "x" },
    {},
    "twilio:region in the stack",
  ],
  [
    "the emulator's account against Twilio",
    { ...token, accountSid: emulatorAccount },
    {},
    "is the emulator's own account",
  ],
  [
    "http off loopback",
    { ...token, baseUrl: "http://gateway.example.com:8080" },
    {},
    "twilio:baseUrl in the stack configuration would send credentials in clear to gateway.example.com:8080; use https",
  ],
  [
    "http to a name that only begins like loopback",
    { ...token, baseUrl: "http://127.0.0.1.example.com" },
    {},
    "in clear",
  ],
  [
    "a Twilio host as base URL",
    { ...token, baseUrl: "https://api.twilio.com" },
    {},
    "leave it out to reach Twilio itself",
  ],
  [
    "a base URL with a path",
    { ...token, baseUrl: "https://gateway.example.com/x" },
    {},
    "must be the plain origin",
  ],
  [
    "a base URL with credentials",
    { ...token, baseUrl: "https://u:p@example.com" },
    {},
    "must be the plain origin",
  ],
  [
    "a base URL with a fragment",
    { ...token, baseUrl: "https://example.com#x" },
    {},
    "must be the plain origin",
  ],
  ["a base URL that is none", { ...token, baseUrl: "127.0.0.1:4010" }, {}, "must be the plain origin"],
  ["no requests at all", { ...token, maxConcurrency: "0" }, {}, "twilio:maxConcurrency in the stack"],
  ["half a request", { ...token, maxConcurrency: "1.5" }, {}, "must be a whole number from 1"],
  [
    "many in words",
    token,
    { maxConcurrency: "ten" },
    "TWILIO_MAX_CONCURRENCY in the environment must be a whole number",
  ],
  ["another way to validate", { ...token, validate: "maybe" }, {}, "must be online or offline"],
  ["another way to recover", { ...token, recover: "yes" }, {}, "must be true or false"],
])("refuses %s", (_, configured, ambient, message) => {
  expect(() => both(configured, ambient)).toThrow(message);
});

test.each<[SettingKey, string]>([
  ["accountSid", "s3cret"],
  ["apiKey", "s3cret"],
  ["region", "s3cret!"],
  ["baseUrl", "https://user:s3cret@example.com"],
  ["maxConcurrency", "s3cret"],
])("what could be a mistaken secret is not quoted: %s", (name, value) => {
  const given = { ...token, apiSecret: "x", apiKey: key, edge: "dublin", region: "ie1", [name]: value };
  let message = "";
  try {
    both(given);
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain(`twilio:${name}`);
  expect(message).not.toContain("s3cret");
});

test.each([
  ["twilio:acountSid", "accountSid"],
  ["twilio:auth_token", "authToken"],
  ["twilio:baseURL", "baseUrl"],
  ["twilio:apiSecrets", "apiSecret"],
  ["twilio:maxConcurency", "maxConcurrency"],
])("%s is refused as a slip of the hand", (given, meant) => {
  expect(() => refuseMisspelt(["twilio:edge", given])).toThrow(
    `${given} in the stack configuration is no setting; did you mean twilio:${meant}? Take it away with: pulumi config rm ${given}`,
  );
});

test("keys of other packages and programs are nobody's slip", () => {
  const others = ["twilio:username", "twilio:password", "aws:region", "project:accountsid", "acountSid"];
  expect(() => refuseMisspelt([...settingKeys.map((name) => `twilio:${name}`), ...others])).not.toThrow();
});

test("the process of a TwilioProvider calls its credentials by the provider's name", () => {
  const given = new Map([
    ["twilio:provider", "eu"],
    ["twilio:accountSid", account],
  ]);
  const process = configuration((name) => given.get(name));
  expect(() => settingsFrom([process])).toThrow(
    'the Twilio credentials in the TwilioProvider "eu" are incomplete',
  );
});

test("the environment is read by names in capitals", () => {
  expect(environment.label("maxConcurrency")).toBe("TWILIO_MAX_CONCURRENCY");
  expect(environment.label("accountSid")).toBe("TWILIO_ACCOUNT_SID");
  process.env.TWILIO_BASE_URL = "http://127.0.0.1:4010";
  try {
    expect(environment.get("baseUrl")).toBe("http://127.0.0.1:4010");
    process.env.TWILIO_BASE_URL = "";
    expect(environment.get("baseUrl")).toBeUndefined();
  } finally {
    delete process.env.TWILIO_BASE_URL;
  }
});

test("the emulator's own account is the one that is refused against Twilio", () => {
  expect(emulatorAccount).toBe(seeded.account);
});
