import { isAbout, isExplained } from "../../provider/twilio/answers";

const sid = (prefix: string, digit = "1") => `${prefix}${digit.repeat(32)}`;
const account = sid("AC");

const isTrusted = (method: string, path: string, status: number, body: unknown, of = account) =>
  isAbout({ method, url: new URL(`https://${path}`), account: of }, status, body);

const service = `proxy.twilio.com/v1/Services/${sid("KS")}`;
const workers = `taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/Workers`;
const numbers = `api.twilio.com/2010-04-01/Accounts/${account}/IncomingPhoneNumbers`;

describe("an answer counts where it speaks of what was asked for", () => {
  test.each<[string, string, string, object]>([
    ["a read", "get", service, { sid: sid("KS") }],
    [
      "a read of the 2010 API",
      "get",
      `${numbers}/${sid("PN")}.json`,
      { sid: sid("PN"), account_sid: account },
    ],
    ["an update", "post", `${workers}/${sid("WK")}`, { sid: sid("WK"), workspace_sid: sid("WS") }],
    ["a create", "post", workers, { sid: sid("WK", "2"), workspace_sid: sid("WS") }],
    ["a create at a product", "post", "messaging.twilio.com/v1/Services", { sid: sid("MG") }],
    ["the account's own", "get", "flex-api.twilio.com/v1/Configuration", { account_sid: account }],
    [
      "a service's own",
      "post",
      `conversations.twilio.com/v1/Services/${sid("IS")}/Configuration/Webhooks`,
      { chat_service_sid: sid("IS") },
    ],
    [
      "a revision",
      "get",
      `studio.twilio.com/v2/Flows/${sid("FW")}/Revisions/LatestPublished`,
      { sid: sid("FW") },
    ],
    ["a verdict", "post", "studio.twilio.com/v2/Flows/Validate", { valid: false }],
    ["a page", "get", workers, { workers: [], meta: { key: "workers" } }],
    ["a page of the 2010 API", "get", `${numbers}.json`, { incoming_phone_numbers: [{}], page: 0, uri: "/" }],
  ])("%s", (_, method, path, body) => {
    expect(isTrusted(method, path, 200, body)).toBe(true);
  });

  test("a delete, where nothing is said", () => {
    expect(isTrusted("delete", service, 204, "")).toBe(true);
    expect(isTrusted("delete", service, 200, "")).toBe(false);
    expect(isTrusted("delete", service, 200, { sid: sid("KS") })).toBe(false);
  });
});

describe("an answer counts for nothing where it is", () => {
  const asked: [string, string, string][] = [
    ["a read", "get", service],
    ["an update", "post", service],
    ["a create", "post", "proxy.twilio.com/v1/Services"],
    ["a page", "get", "proxy.twilio.com/v1/Services"],
    ["the account's own", "get", "flex-api.twilio.com/v1/Configuration"],
    ["a verdict", "post", "studio.twilio.com/v2/Flows/Validate"],
  ];
  test.each(asked)("no such thing: %s", (_, method, path) => {
    for (const body of ["", "<html>", '{"sid":"KS', null, [], {}, 7, true, { sid: null }, { sid: sid("XX") }])
      expect(isTrusted(method, path, 200, body)).toBe(false);
  });

  test.each<[string, string, string, object]>([
    ["another object's", "get", service, { sid: sid("KS", "2") }],
    [
      "one in another parent",
      "get",
      `${workers}/${sid("WK")}`,
      { sid: sid("WK"), workspace_sid: sid("WS", "2") },
    ],
    ["one in no parent", "post", workers, { sid: sid("WK") }],
    ["one of another kind", "post", "proxy.twilio.com/v1/Services", { sid: sid("IS") }],
    [
      "one that lives elsewhere",
      "post",
      "proxy.twilio.com/v1/Services",
      { sid: sid("KS"), url: `/${sid("KS", "2")}` },
    ],
    ["another account's own", "get", "flex-api.twilio.com/v1/Configuration", { account_sid: sid("AC", "2") }],
    ["a page of something else", "get", workers, { meta: { key: "workers" }, queues: [] }],
    ["a page of no objects", "get", workers, { meta: { key: "workers" }, workers: [null] }],
  ])("%s", (_, method, path, body) => {
    expect(isTrusted(method, path, 200, body)).toBe(false);
  });
});

test("a refusal counts where it is explained", () => {
  expect(isExplained({ code: 20404, message: "not found" })).toBe(true);
  expect(isExplained({ title: "Not found", status: 404 })).toBe(true);
  for (const body of ["", "Forbidden", null, [], {}, { status: 404 }]) expect(isExplained(body)).toBe(false);
});
