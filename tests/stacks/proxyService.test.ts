import type * as pulumi from "@pulumi/pulumi";
import { type ProxyService as Service, seeded } from "../../emulator/index";
import { ProxyService, type ProxyServiceArgs } from "../../provider/index";
import { onStack } from "./onStack";
import type { Config } from "./outcome";

/** Every argument at another value than its default. */
const everything: Partial<ProxyServiceArgs> = {
  uniqueName: "support-proxy-2",
  defaultTtl: 3600,
  callbackUrl: "https://example.com/callback",
  geoMatchLevel: "overlay",
  numberSelectionBehavior: "avoid-sticky",
  interceptCallbackUrl: "https://example.com/intercept",
  outOfSessionCallbackUrl: "https://example.com/lost",
  chatInstanceSid: seeded.chatService,
};

const defaults: Partial<Service> = {
  default_ttl: 0,
  callback_url: null,
  geo_match_level: "country",
  number_selection_behavior: "prefer-sticky",
  intercept_callback_url: null,
  out_of_session_callback_url: null,
  chat_instance_sid: null,
};

/** What was never set is null, what was cleared is blank. */
const blankAsNull = (service: Service) =>
  Object.fromEntries(Object.entries(service).map(([key, value]) => [key, value === "" ? null : value]));

const stack = onStack();

/** For the tests of one `describe`: an account without services. */
function afresh(config: Config = {}) {
  stack.afresh({ config });
  beforeAll(() => {
    stack.account().proxyServices = {};
  });
}

const program =
  (args: Partial<ProxyServiceArgs> = {}, name = "support", opts?: pulumi.CustomResourceOptions) =>
  async () => {
    const service = new ProxyService(name, { uniqueName: "support-proxy", ...args }, opts);
    return { sid: service.sid, adopted: service.adopted, messageWebhookUrl: service.messageWebhookUrl };
  };

const services = () => Object.values(stack.account().proxyServices);

/** The only service of the account. */
function service(): Service {
  const [only, ...others] = services();
  if (!only || others.length > 0) throw new Error(`expected one service, and there are ${services().length}`);
  return only;
}

/** A service made by somebody else, long ago. */
function plant(planted: Partial<Service> = {}): Service {
  const made: Service = {
    sid: `KS${"a".repeat(32)}`,
    account_sid: seeded.account,
    unique_name: "support-proxy",
    chat_instance_sid: seeded.chatService,
    callback_url: "https://example.com/found",
    default_ttl: 60,
    number_selection_behavior: "prefer-sticky",
    geo_match_level: "country",
    intercept_callback_url: "",
    out_of_session_callback_url: "",
    date_created: "2021-03-04T05:06:07Z",
    date_updated: "2021-03-04T05:06:07Z",
    ...planted,
  };
  stack.account().proxyServices[made.sid] = made;
  return made;
}

const names = (asked: object[]) => asked.flatMap((request) => Object.keys(request));

const { up } = stack;

describe("a service's life", () => {
  afresh();

  test("is created by one request, and knows the URL that messages go to", async () => {
    const { steps, asked, outputs } = await up(program());
    expect(steps).toEqual({ support: "create" });
    expect(asked).toEqual([{ CreateService: { UniqueName: "support-proxy" } }]);
    const { sid } = service();
    expect(service()).toMatchObject({ unique_name: "support-proxy", ...defaults });
    expect(outputs).toEqual({
      sid,
      adopted: false,
      messageWebhookUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${sid}/Webhooks/Message`,
    });
  });

  test("does nothing and asks nothing where nothing changed", async () => {
    const { steps, asked } = await up(program());
    expect(steps).toEqual({});
    expect(asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("updates one argument by one request that carries nothing else", async () => {
    const { asked } = await up(program({ defaultTtl: 60 }));
    expect(asked).toEqual([{ UpdateService: { DefaultTtl: "60" } }]);
    expect(service().default_ttl).toBe(60);
  });

  test("updates everything at once by one request, the unique name too", async () => {
    const { sid } = service();
    const { requests } = await up(program(everything));
    expect(requests).toEqual([
      "UpdateService CallbackUrl ChatInstanceSid DefaultTtl GeoMatchLevel InterceptCallbackUrl NumberSelectionBehavior OutOfSessionCallbackUrl UniqueName",
    ]);
    expect(service()).toMatchObject({
      sid,
      unique_name: "support-proxy-2",
      default_ttl: 3600,
      callback_url: "https://example.com/callback",
      geo_match_level: "overlay",
      number_selection_behavior: "avoid-sticky",
      intercept_callback_url: "https://example.com/intercept",
      out_of_session_callback_url: "https://example.com/lost",
      chat_instance_sid: seeded.chatService,
    });
  });

  test("gives each argument that is taken away its default back", async () => {
    const { asked } = await up(program());
    expect(asked).toEqual([
      {
        UpdateService: {
          UniqueName: "support-proxy",
          DefaultTtl: "0",
          CallbackUrl: "",
          GeoMatchLevel: "country",
          NumberSelectionBehavior: "prefer-sticky",
          InterceptCallbackUrl: "",
          OutOfSessionCallbackUrl: "",
          ChatInstanceSid: "",
        },
      },
    ]);
    expect(blankAsNull(service())).toMatchObject(defaults);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("takes a default that is spelt out for no change of the service", async () => {
    const spelt = program({ defaultTtl: 0, geoMatchLevel: "country", callbackUrl: "" });
    expect((await up(spelt)).asked).toEqual([]);
  });

  test("refuses in preview what cannot work, all of it at once", async () => {
    const wrong = program({
      uniqueName: "x".repeat(192),
      defaultTtl: -1,
      callbackUrl: "example.com/callback",
      chatInstanceSid: seeded.studioFlow,
    });
    const { failed, output, asked } = await stack.preview(wrong);
    expect(failed).toBe(true);
    expect(output).toContain("uniqueName: got a text of 192 characters; give a text of 1 to 191 characters");
    expect(output).toContain("defaultTtl: got -1; give a whole number from 0");
    expect(output).toContain("callbackUrl: got a text of 20 characters; give an absolute URL");
    expect(output).toContain("chatInstanceSid: got");
    expect(asked).toEqual([]);
  });

  test("is deleted by one request, and destroying what is gone already is no error", async () => {
    const { failed, asked } = await stack.destroy();
    expect(failed).toBe(false);
    expect(asked).toEqual([{ DeleteService: {} }]);
    expect(services()).toEqual([]);

    await up(program());
    stack.account().proxyServices = {};
    expect((await stack.destroy()).failed).toBe(false);
  });
});

describe("what somebody changed by hand", () => {
  afresh();
  const declared = { callbackUrl: "https://example.com/callback", defaultTtl: 3600 };

  test("shows under each key, declared or not, and the next up repairs and resets", async () => {
    await up(program(declared));
    Object.assign(service(), {
      unique_name: "by-hand",
      callback_url: "",
      default_ttl: 5,
      geo_match_level: "radius",
      number_selection_behavior: "avoid-sticky",
      intercept_callback_url: "https://example.com/by-hand",
      chat_instance_sid: seeded.chatService,
    });
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual([
      "callbackUrl",
      "chatInstanceSid",
      "defaultTtl",
      "geoMatchLevel",
      "interceptCallbackUrl",
      "numberSelectionBehavior",
      "uniqueName",
    ]);
    const { asked } = await up(program(declared));
    expect(asked).toHaveLength(1);
    expect(blankAsNull(service())).toMatchObject({
      ...defaults,
      unique_name: "support-proxy",
      callback_url: declared.callbackUrl,
      default_ttl: 3600,
    });
  });

  test("to a URL with credentials, where none is declared, is reset and never stored in clear", async () => {
    service().intercept_callback_url = "https://user:secret@example.com/by-hand?key=secret";
    expect((await stack.refresh()).diffs.support).toEqual(["interceptCallbackUrl"]);
    expect(JSON.stringify(await stack.stored())).not.toContain("secret@");
    await up(program(declared));
    expect(service().intercept_callback_url).toBe("");
  });

  test("to nothing at all: what was deleted is created again", async () => {
    const { sid } = service();
    stack.account().proxyServices = {};
    expect((await stack.refresh()).steps).toEqual({ support: "delete" });
    expect((await up(program(declared))).steps).toEqual({ support: "create" });
    expect(service().sid).not.toBe(sid);
  });
});

describe("a service that has to be made anew", () => {
  afresh();

  test("by force is deleted first, since Twilio allows one for a unique name", async () => {
    await up(program());
    const { sid } = service();
    const { asked } = await up(program(), ["support"]);
    expect(names(asked)).toEqual(["DeleteService", "CreateService"]);
    expect(service().sid).not.toBe(sid);
  });

  test("under another Pulumi name, without an alias, is refused with both ways out, and stays", async () => {
    const before = { ...service() };
    const { failed, output } = await stack.tryUp(program({}, "again"));
    expect(failed).toBe(true);
    expect(output).toContain(`${before.sid} is there already; take it over with adopt`);
    expect(output).toContain('aliases: [{ name: "<old name>" }]');
    expect(service()).toEqual(before);
  });

  test("under another Pulumi name, with adopt, survives the deletion of its old name", async () => {
    const before = { ...service() };
    const { steps } = await up(program({ adopt: true }, "again"));
    expect(steps).toEqual({ again: "create", support: "delete" });
    expect(service()).toEqual(before);
  });
});

describe("adoption", () => {
  afresh();
  const declared = { geoMatchLevel: "radius" } as const;

  test("a second service of one unique name is refused; the error names the first and the way out", async () => {
    const planted = plant();
    const looked = await stack.preview(program());
    expect(looked.output).toContain(`${planted.sid} is there already; take it over with adopt:`);
    await stack.configure({ validate: "offline" });
    const { failed, output } = await stack.tryUp(program());
    await stack.configure({ validate: "online" });
    expect(failed).toBe(true);
    expect(output).toContain("(HTTP 400, code 80602)");
    expect(output).toContain(`${planted.sid} is there already; take it over with adopt: "${planted.sid}"`);
    expect(output).toContain("https://www.twilio.com/docs/errors/80602");
    expect(service()).toEqual(plant());
  });

  test("preview lists what it will change, and changes nothing", async () => {
    const { output } = await stack.preview(program({ ...declared, adopt: true }));
    expect(output).toContain(`adopting the Proxy service "support" (${service().sid}) changes geoMatchLevel`);
    expect(service()).toEqual(plant());
  });

  test("by unique name writes the declared keys that differ and leaves the rest", async () => {
    const before = plant();
    const { requests, outputs } = await up(program({ ...declared, adopt: true }));
    expect(requests.filter((request) => request.startsWith("Update"))).toEqual([
      "UpdateService GeoMatchLevel",
    ]);
    expect(service()).toEqual({ ...before, geo_match_level: "radius", date_updated: expect.anything() });
    expect(outputs).toMatchObject({ sid: before.sid, adopted: true });
  });

  test("an argument that is taken away again gets the default, and what it found elsewhere stays", async () => {
    await up(program({ adopt: true }));
    expect(service()).toMatchObject({ geo_match_level: "country", default_ttl: 60 });
  });

  test("taking adopt away asks nothing of the API, and destroy leaves the service as it was found", async () => {
    const { sid } = service();
    const { asked, outputs } = await up(program());
    expect(asked).toEqual([]);
    expect(outputs).toMatchObject({ sid, adopted: true });
    // What was changed is as it was already.
    expect((await stack.destroy()).asked).toEqual([]);
    expect(service()).toEqual({ ...plant(), sid, date_updated: expect.anything() });

    await up(program({ ...declared, adopt: true }));
    expect((await stack.destroy()).asked).toEqual([
      { FetchService: {} },
      { UpdateService: { GeoMatchLevel: "country" } },
    ]);
    expect(service()).toEqual({ ...plant(), sid, date_updated: expect.anything() });
  });

  test("by SID takes over a service of another unique name; with deleteAdopted destroy deletes it", async () => {
    const { sid } = service();
    service().unique_name = "older-proxy";
    await up(program({ adopt: sid, deleteAdopted: true }));
    expect(service()).toMatchObject({ sid, unique_name: "support-proxy" });
    await stack.destroy();
    expect(services()).toEqual([]);
  });

  test("of what is not there is refused in preview", async () => {
    const bySid = await stack.preview(program({ adopt: `KS${"c".repeat(32)}` }));
    expect(bySid.output).toContain(`adopt: KS${"c".repeat(32)} is not in account ${seeded.account}`);
    const byName = await stack.preview(program({ adopt: true }));
    expect(byName.output).toContain("adopt: nothing with this key is in the account");
  });
});

describe("an API that fails", () => {
  afresh();
  const lose = (drop: "before" | "after") =>
    stack.emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect: { drop } });

  test.each([
    ["after", "first"],
    ["before", "second"],
  ] as const)("an answer lost %s the create leaves one service, which is ours", async (drop, name) => {
    lose(drop);
    const { outputs } = await up(program({ uniqueName: name }, name));
    expect(service()).toMatchObject({ sid: outputs.sid, unique_name: name });
    expect(outputs.adopted).toBe(false);
  });

  test("a service of this name that was there before is not taken for the lost one", async () => {
    const older = plant({ unique_name: "third", chat_instance_sid: "", callback_url: "", default_ttl: 0 });
    lose("before");
    const { failed, output } = await stack.tryUp(program({ uniqueName: "third" }, "third"));
    expect(failed).toBe(true);
    expect(output).toContain(`${older.sid} is there already`);
    delete stack.account().proxyServices[older.sid];
  });

  test("too many requests, and a 503 of an update, are sent again", async () => {
    const busy = { status: 429, code: 20429, retryAfter: 1 };
    stack.emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect: busy });
    await up(program({ uniqueName: "fourth" }, "fourth"));
    stack.emulator.addFault({ match: { operationId: "UpdateService" }, times: 1, effect: { status: 503 } });
    const { asked } = await up(program({ uniqueName: "fourth", defaultTtl: 9 }, "fourth"));
    expect(names(asked)).toEqual(["UpdateService", "UpdateService"]);
    expect(service()).toMatchObject({ unique_name: "fourth", default_ttl: 9 });
  });

  test("a newer account, where no service can be made, is told where to go", async () => {
    const effect = { status: 400, code: 80506, message: "Service Creation is restricted for new customers" };
    stack.emulator.addFault({ match: { operationId: "CreateService" }, times: 1, effect });
    const { failed, output } = await stack.tryUp(program({ uniqueName: "fifth" }, "fifth"));
    expect(failed).toBe(true);
    expect(output).toContain("use the account's own one (getFlexProxyService), or Flex Conversations");
  });
});

describe("after a killed run, recover", () => {
  afresh({ recover: "true" });

  test("takes the service that the run made, as made by this stack", async () => {
    const left = plant();
    const { asked, looks, outputs } = await up(program({ defaultTtl: 60 }));
    expect(looks).toContain("ListService");
    expect(names(asked)).toEqual(["FetchService"]);
    expect(outputs).toMatchObject({ sid: left.sid, adopted: false });
    await stack.destroy();
    expect(services()).toEqual([]);
  });

  test("does not take a service that differs", async () => {
    const other = plant();
    const { failed, output } = await stack.tryUp(program({ defaultTtl: 61 }));
    expect(failed).toBe(true);
    expect(output).toContain(`${other.sid} is there already`);
    expect(service()).toEqual(other);
  });
});

// Twilio answers 400 "Invalid Service Sid": github.com/RJPearson94/terraform-provider-twilio, resource_proxy_service_test.go.
describe.each([true, false])(
  "a service of which Twilio answers 400 instead of 404: %s",
  (proxyMissingIs400) => {
    stack.afresh({ emulator: { quirks: { proxyMissingIs400 } } });

    test("when it is gone is gone all the same", async () => {
      await up(program());
      stack.account().proxyServices = {};
      expect((await stack.refresh()).steps).toEqual({ support: "delete" });
      expect((await up(program())).steps).toEqual({ support: "create" });
      stack.account().proxyServices = {};
      expect((await stack.destroy()).failed).toBe(false);
    });
  },
);
