import * as pulumi from "@pulumi/pulumi";
import {
  getProxyServiceOutput,
  ProxyService,
  TwilioProvider,
  type TwilioProviderArgs,
} from "../../provider/index";

const account = `AC${"a".repeat(32)}`;
const otherAccount = `AC${"b".repeat(32)}`;
const key = `SK${"a".repeat(32)}`;
const own = { accountSid: otherAccount, authToken: "own-token" };

/** What the engine is told of each provider, secrets in their wrapping. */
const registered = new Map<string, Record<string, unknown>>();

beforeEach(async () => {
  registered.clear();
  await pulumi.runtime.setMocks({
    newResource: ({ name, type, inputs }) => {
      if (type === "pulumi:providers:pulumi-nodejs") registered.set(name, inputs);
      return { id: name, state: inputs };
    },
    call: () => ({}),
  });
  configure({
    accountSid: account,
    authToken: "config-token",
    maxConcurrency: "4",
    region: "ie1",
    edge: "dublin",
  });
});

const configure = (config: Record<string, string>) =>
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([name, value]) => [`twilio:${name}`, value])),
    ["twilio:authToken"],
  );

async function inputsOf(args?: TwilioProviderArgs): Promise<Record<string, unknown>> {
  const provider = new TwilioProvider("eu", args);
  await new Promise((resolve) => provider.urn.apply(resolve));
  return registered.get("eu") ?? {};
}

const secret = (value: string) => expect.objectContaining({ value });

const inherited = {
  "twilio:accountSid": account,
  "twilio:authToken": secret("config-token"),
  "twilio:maxConcurrency": "4",
  "twilio:region": "ie1",
  "twilio:edge": "dublin",
};

test.each<[string, TwilioProviderArgs | undefined, Record<string, unknown>]>([
  ["all of the stack configuration's, where it gives nothing", undefined, inherited],
  ["blanks count as nothing", { accountSid: "", region: "" }, inherited],
  [
    "credentials as one set",
    own,
    {
      ...inherited,
      "twilio:provider": "eu",
      "twilio:accountSid": otherAccount,
      "twilio:authToken": secret("own-token"),
    },
  ],
  [
    "an API key without the token of the configuration",
    { accountSid: otherAccount, apiKey: key, apiSecret: "own-secret" },
    {
      "twilio:provider": "eu",
      "twilio:accountSid": otherAccount,
      "twilio:apiKey": key,
      "twilio:apiSecret": secret("own-secret"),
      "twilio:maxConcurrency": "4",
      "twilio:region": "ie1",
      "twilio:edge": "dublin",
    },
  ],
  [
    "region with edge",
    { region: "au1", edge: "sydney" },
    { ...inherited, "twilio:region": "au1", "twilio:edge": "sydney" },
  ],
  [
    "the others one by one, as text",
    { baseUrl: "http://127.0.0.1:1", maxConcurrency: 2, validate: "offline", recover: false },
    {
      ...inherited,
      "twilio:baseUrl": "http://127.0.0.1:1",
      "twilio:maxConcurrency": "2",
      "twilio:validate": "offline",
      "twilio:recover": "false",
    },
  ],
  [
    "what comes from elsewhere",
    {
      accountSid: pulumi.output(otherAccount),
      authToken: Promise.resolve("own-token"),
      maxConcurrency: pulumi.output(3),
    },
    {
      ...inherited,
      "twilio:provider": "eu",
      "twilio:accountSid": otherAccount,
      "twilio:authToken": secret("own-token"),
      "twilio:maxConcurrency": "3",
    },
  ],
])("takes %s", async (_, args, inputs) => {
  expect(await inputsOf(args)).toEqual(inputs);
});

test("waits for nothing but the process where neither it nor the configuration gives credentials", async () => {
  configure({});
  expect(await inputsOf()).toEqual({});
});

test.each<[string, TwilioProviderArgs, string]>([
  [
    "half a set, although the configuration has the other half",
    { accountSid: otherAccount },
    'the Twilio credentials in the TwilioProvider "eu" are incomplete: authToken missing there. They are one set and never mixed from two places: give accountSid with authToken, or with apiKey and apiSecret, in the TwilioProvider "eu"',
  ],
  [
    "half a set that is not known yet",
    { authToken: pulumi.output("x") },
    "incomplete: accountSid missing there",
  ],
  [
    "half a pair",
    { region: "ie1" },
    'region and edge go together, such as ie1 with dublin; the TwilioProvider "eu" has only one of them',
  ],
  [
    "half a set, and names the other half that it does not look at",
    { accountSid: otherAccount },
    "Not looked at: twilio:authToken in the stack configuration",
  ],
  [
    "an output inside a text",
    { ...own, authToken: `${pulumi.output("x")}` },
    'authToken in the TwilioProvider "eu" holds Pulumi\'s warning about an output',
  ],
  [
    "a key that is misspelt by little",
    JSON.parse('{"acountSid": "x"}'),
    'the TwilioProvider "eu": acountSid: no such argument; did you mean accountSid?',
  ],
  [
    "an ill-formed SID",
    { ...own, accountSid: key },
    'accountSid in the TwilioProvider "eu" must be AC and 32',
  ],
  ["http off loopback", { baseUrl: "http://example.com" }, "baseUrl in the TwilioProvider"],
  [
    "an invalid number",
    { maxConcurrency: 0 },
    'maxConcurrency in the TwilioProvider "eu" must be a whole number from 1',
  ],
  [
    "a misspelt key",
    JSON.parse('{"token": "x"}'),
    'the TwilioProvider "eu": token: no such argument; known are subaccountSid, accountSid',
  ],
])("refuses %s", (_, args, message) => {
  const make = () => new TwilioProvider("eu", args);
  expect(make).toThrow(message);
  expect(make).toThrow(pulumi.RunError);
});

test.each<[string, () => unknown]>([
  ["a provider", () => new TwilioProvider("eu", own)],
  ["a resource", () => new ProxyService("proxy", { uniqueName: "x" })],
  ["a lookup", () => getProxyServiceOutput({ uniqueName: "x" })],
])("a misspelt key of the stack configuration is named by %s", (_, make) => {
  configure({ accountSid: account, auth_token: "x" });
  expect(make).toThrow(
    new pulumi.RunError(
      "twilio:auth_token in the stack configuration is no setting; did you mean twilio:authToken? Take it away with: pulumi config rm twilio:auth_token",
    ),
  );
});
