import * as pulumi from "@pulumi/pulumi";
import { defaultAuthToken, seeded } from "../../emulator/index";
import {
  FlexFlow,
  getProxyService,
  getProxyServiceOutput,
  ProxyService,
  TwilioProvider,
  type TwilioProviderArgs,
} from "../../provider/index";
import { defaultTokenAlone } from "../emulator/support";
import { textIn } from "../twilio/support";
import { onStack } from "./onStack";

const own = { accountSid: seeded.account, authToken: defaultAuthToken };
const other = { accountSid: `AC${"2".repeat(32)}`, authToken: "token-of-the-other-account" };

const stack = onStack({
  needsEngine: true,
  eachTest: true,
  emulator: { seed: { accounts: { [other.accountSid]: { auth_token: other.authToken } } } },
});

const servicesOf = (accountSid: string) =>
  Object.values(stack.emulator.state.account(accountSid).proxyServices).map(({ unique_name }) => unique_name);
const writes = () => stack.emulator.requests.filter(({ method }) => method !== "GET");

class Channel extends pulumi.ComponentResource {
  readonly found: pulumi.Output<string>;
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Channel", name, {}, opts);
    const service = new ProxyService(`${name}-service`, { uniqueName: `${name} service` }, { parent: this });
    const found = getProxyServiceOutput({ sid: service.sid }, { parent: this });
    this.found = pulumi.interpolate`${found.accountSid} ${found.uniqueName}`;
    this.registerOutputs({});
  }
}

test("two accounts in one stack: resources and lookups go where their provider leads", async () => {
  const program = async () => {
    const provider = new TwilioProvider("other", other);
    const here = new ProxyService("here", { uniqueName: "here" });
    const there = new ProxyService("there", { uniqueName: "there" }, { provider });
    const channel = new Channel("channel", { providers: [provider] });
    return { here: here.accountSid, there: there.accountSid, found: channel.found };
  };
  const made = await stack.tryUp(program);
  expect(made.output).not.toContain("error");
  expect(made.outputs).toEqual({
    here: own.accountSid,
    there: other.accountSid,
    found: `${other.accountSid} channel service`,
  });
  expect(servicesOf(own.accountSid)).toEqual(["Flex Proxy Service", "here"]);
  expect(servicesOf(other.accountSid).sort()).toEqual(["channel service", "there"]);

  const stored = textIn(stack.workDir);
  expect(stored).toContain(other.accountSid);
  expect(stored).not.toContain(other.authToken);
  expect(stored).not.toMatch(defaultTokenAlone);

  const before = writes().length;
  expect((await stack.tryUp(program)).steps).toEqual({});
  expect((await stack.refresh()).steps).toEqual({});
  expect(writes()).toHaveLength(before);

  expect((await stack.destroy()).failed).toBe(false);
  expect(servicesOf(own.accountSid)).toEqual(["Flex Proxy Service"]);
  expect(servicesOf(other.accountSid)).toEqual([]);
});

test("credentials of another account do not move what is there: preview refuses, and nothing changes", async () => {
  const program = (credentials: TwilioProviderArgs, uniqueName: string) => async () => {
    const provider = new TwilioProvider("account", credentials);
    new ProxyService("service", { uniqueName }, { provider });
  };
  expect((await stack.tryUp(program(own, "first"))).failed).toBe(false);
  const before = writes().length;

  const refusal = `this object lives in ${own.accountSid}; the credentials are for ${other.accountSid}`;
  for (const changed of [program(other, "first"), program(other, "second")]) {
    const previewed = await stack.preview(changed);
    expect(previewed.failed).toBe(true);
    expect(previewed.output).toContain(refusal);
    const upped = await stack.tryUp(changed);
    expect(upped.failed).toBe(true);
    expect(upped.output).toContain(refusal);
  }
  expect(writes()).toHaveLength(before);
  expect(servicesOf(own.accountSid)).toEqual(["Flex Proxy Service", "first"]);
  expect(servicesOf(other.accountSid)).toEqual([]);
  expect(textIn(stack.workDir)).not.toContain(other.authToken);

  expect((await stack.tryUp(program(own, "first"))).failed).toBe(false);
  expect(writes()).toHaveLength(before);
});

test("a provider inherits the configuration, and overrides what it gives", async () => {
  const made = await stack.tryUp(async () => {
    const provider = new TwilioProvider("eu", { region: "ie1", edge: "dublin" });
    const service = new ProxyService("service", { uniqueName: "service" }, { provider });
    return { account: service.accountSid };
  });
  expect(made.outputs).toEqual({ account: own.accountSid });
  expect(writes().map(({ host }) => host)).toEqual(["proxy.dublin.ie1.twilio.com"]);
});

test("credentials that come from another resource are waited for", async () => {
  let told = "";
  const program = async () => {
    const first = new ProxyService("first", { uniqueName: "first" });
    const authToken = pulumi.secret(first.sid.apply(() => other.authToken));
    const provider = new TwilioProvider("later", { accountSid: other.accountSid, authToken });
    const second = new ProxyService("second", { uniqueName: "second" }, { provider });
    const found = getProxyServiceOutput({ uniqueName: second.uniqueName }, { provider, parent: second });
    told = await getProxyService({ uniqueName: "second" }, { provider }).then(() => "", String);
    return { account: second.accountSid, found: second.sid.apply(() => found.uniqueName) };
  };
  const previewed = await stack.preview(program);
  expect(previewed.failed).toBe(false);
  expect(previewed.steps).toEqual({ first: "create", second: "create" });
  expect(told).toContain(
    "the credentials of later are not known yet in this preview; use getProxyServiceOutput",
  );
  // Preview looks at what exists in the account that is known.
  const { requests } = stack.emulator;
  expect(requests.filter(({ method, account }) => method !== "GET" || account !== own.accountSid)).toEqual(
    [],
  );
});

test("wrong credentials of a provider are named after it", async () => {
  const failed = await stack.tryUp(async () => {
    const provider = new TwilioProvider("stale", { ...own, authToken: "revoked-token" });
    new FlexFlow("flow", { channelType: "web", chatServiceSid: seeded.chatService }, { provider });
  });
  expect(failed.failed).toBe(true);
  expect(failed.output).toContain('The credentials are from the TwilioProvider "stale"');
  expect(failed.output).not.toContain("revoked-token");
});
