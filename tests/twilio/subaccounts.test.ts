import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import type { AccountSession } from "../../provider/life/life";
import { openSession } from "../../provider/twilio/session";
import { configuration } from "../../provider/twilio/settings";
import { Refusal } from "../../provider/values/errors";

let emulator: Emulator;
/** What a process has asked once, it does not ask again: each test has accounts of its own. */
let made = 0;
let parent: string;
let sub: string;
let key: string;

beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
});
beforeEach(() => {
  emulator.reset();
  made += 1;
  const digits = String(made).padStart(31, "0");
  [parent, sub, key] = [`AC1${digits}`, `AC2${digits}`, `SK1${digits}`];
  emulator.state.plant({
    accounts: {
      [parent]: { auth_token: "token-of-the-parent", api_keys: { [key]: "secret-of-the-parent" } },
      [sub]: { auth_token: "token-of-the-subaccount", owner_account_sid: parent },
    },
  });
});
afterAll(() => emulator.close());

function sessionWith(settings: Record<string, string>): AccountSession {
  const given: Record<string, string> = { baseUrl: emulator.url, ...settings };
  return openSession([configuration((name) => given[name.replace("twilio:", "")])], {
    warn: () => {},
    say: () => {},
  });
}
const withKey = (accountSid: string, more: Record<string, string> = {}) =>
  sessionWith({ accountSid, apiKey: key, apiSecret: "secret-of-the-parent", ...more });
const withSubaccount = (more: Record<string, string> = {}) =>
  sessionWith({ accountSid: parent, authToken: "token-of-the-parent", subaccountSid: sub, ...more });

const asked = () => emulator.requests.map(({ operationId, account }) => [operationId, account]);
const failure = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("an API key beside the account's token", () => {
  test("is used but for what no key may do", async () => {
    const session = withKey(parent, { authToken: "token-of-the-parent" });
    expect(session.isApiKey).toBe(false);
    const { sid } = await session.once.api.v2010.accounts.create({ friendlyName: "new" });
    expect(await session.api.api.v2010.accounts(sid).fetch()).toMatchObject({ friendlyName: "new" });
    emulator.state.account(parent).auth_token = "changed";
    await session.api.proxy.v1.services.list();
    emulator.state.account(parent).api_keys = {};
    await expect(session.api.proxy.v1.services.list()).rejects.toThrow("HTTP 401");
  });

  test("hides neither from what is printed", () => {
    const session = withKey(parent, { authToken: "token-of-the-parent" });
    expect(session.redact(`${key}:secret-of-the-parent ${parent}:token-of-the-parent`)).toBe(
      `***:*** ${parent}:***`,
    );
  });
});

describe("a subaccount's token", () => {
  test("is asked for once, with the parent's credentials, and opens every product", async () => {
    const { api } = withSubaccount();
    await Promise.all([api.proxy.v1.services.list(), api.incomingPhoneNumbers.list()]);
    await api.studio.v2.flows.list();
    expect(asked()).toEqual([
      ["FetchAccount", parent],
      ...["ListService", "ListIncomingPhoneNumber"].map((operation) => [operation, sub]),
      ["ListFlow", sub],
    ]);
  });

  test("is not had by an API key", async () => {
    const error = await failure(withKey(parent, { subaccountSid: sub }).api.proxy.v1.services.list());
    expect(error).toBeInstanceOf(Refusal);
    expect(String(error)).toContain(`the token of the subaccount ${sub} can be had with twilio:accountSid`);
    expect(emulator.requests).toEqual([]);
  });

  test("is had where the account's token is given beside an API key", async () => {
    const { api } = withKey(parent, { authToken: "token-of-the-parent", subaccountSid: sub });
    await api.proxy.v1.services.list();
    expect(asked()).toEqual([
      ["FetchAccount", parent],
      ["ListService", sub],
    ]);
  });

  test("of what is no subaccount of it is refused, which does not pass for gone", async () => {
    const error = await failure(
      withSubaccount({ subaccountSid: seeded.account }).api.proxy.v1.services.list(),
    );
    expect(error).toBeInstanceOf(Refusal);
    expect(String(error)).toContain(`${seeded.account} is not a subaccount of ${parent}`);
  });

  test("of a closed one is not used: what was in it is gone", async () => {
    emulator.state.account(sub).status = "closed";
    expect(await failure(withSubaccount().api.proxy.v1.services.list())).toMatchObject({ gone: true });
  });

  test("is asked for again after a fault that passes", async () => {
    emulator.addFault({
      match: { operationId: "FetchAccount" },
      times: 1,
      effect: { status: 403, code: 20006 },
    });
    const { api } = withSubaccount();
    expect(await failure(api.proxy.v1.services.list())).toMatchObject({ status: 403 });
    expect(await api.proxy.v1.services.list()).toEqual([]);
  });
});

describe("an API key of the parent beside the SID of a subaccount", () => {
  test("is refused before it acts on the parent", async () => {
    const { api, once } = withKey(sub);
    for (const run of [
      once.proxy.v1.services.create({ uniqueName: "wrong account" }),
      api.studio.v2.flows.list(),
    ]) {
      const error = await failure(run);
      expect(error).toBeInstanceOf(Refusal);
      expect(String(error)).toBe(
        `Refusal: the API key belongs to ${parent}, and the accountSid beside it is ${sub}: the request would be carried out in ${parent}. Give a key of ${sub}; or, where that is a subaccount, a TwilioProvider with subaccountSid: "${sub}" and accountSid and authToken of ${parent}`,
      );
    }
    expect(asked()).toEqual([["FetchConfiguration", parent]]);
    expect(emulator.state.account(parent).proxyServices).toEqual({});
  });

  test("reaches the subaccount's numbers, whose API has the account in its paths", async () => {
    await withKey(sub).api.incomingPhoneNumbers.list();
    expect(asked()).toEqual([["ListIncomingPhoneNumber", parent]]);
  });

  test("goes its way where it is right, after one look", async () => {
    const { api } = withKey(parent);
    await Promise.all([api.proxy.v1.services.list(), api.studio.v2.flows.list()]);
    expect(
      asked()
        .map(([operation]) => operation)
        .sort(),
    ).toEqual(["FetchConfiguration", "ListFlow", "ListService"]);
  });

  test.each([401, 403, 404, 501])("goes its way where a key may not look (%i)", async (status) => {
    emulator.addFault({
      match: { operationId: "FetchConfiguration" },
      effect: { status, code: 20003, message: "no" },
    });
    expect(await withKey(parent).api.proxy.v1.services.list()).toEqual([]);
    expect(emulator.requests).toHaveLength(2);
  });

  test("asks nothing with an auth token, which opens its own account only", async () => {
    await sessionWith({ accountSid: parent, authToken: "token-of-the-parent" }).api.proxy.v1.services.list();
    expect(asked()).toEqual([["ListService", parent]]);
  });
});

describe("region and edge", () => {
  const place = { region: "ie1", edge: "dublin" };
  const products = ["api", "chat", "conversations", "flex-api", "messaging", "proxy", "studio", "taskrouter"];

  test("are in the host of every product, and in that of the subaccount's token", async () => {
    const { api } = withSubaccount(place);
    await api.incomingPhoneNumbers.list();
    await api.chat.v2.services.list();
    await api.conversations.v1.services.list();
    await api.flexApi.v1.flexFlow.list();
    await api.messaging.v1.services.list();
    await api.messaging.v2.channelsSenders.list({ channel: "whatsapp" });
    await api.proxy.v1.services.list();
    await api.studio.v2.flows.list();
    await api.taskrouter.v1.workspaces.list();
    const hosts = emulator.requests.map(({ host }) => host);
    expect([...new Set(hosts)].sort()).toEqual(products.map((name) => `${name}.dublin.ie1.twilio.com`));
    expect(emulator.requests[0]).toMatchObject({ operationId: "FetchAccount", status: 200 });
  });

  test("are in the host that tells whose key it is", async () => {
    await withKey(parent, place).api.proxy.v1.services.list();
    expect(emulator.requests.map(({ host }) => host)).toEqual([
      "conversations.dublin.ie1.twilio.com",
      "proxy.dublin.ie1.twilio.com",
    ]);
  });
});
