import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import { dynamicProvider } from "../../provider/hosts/dynamic";
import * as resources from "../../provider/index";
import type { Life, Session } from "../../provider/life/life";
import { Run } from "../../provider/life/run";
import { pointer, TwilioResource } from "../../provider/program/resource";
import { emulatorCredentials } from "../stacks/onStack";
import { type Properties, type ProviderHost, Refused, startHost, unknown } from "./host";

const other = `AC${"9".repeat(32)}`;
const missing = (prefix: string) => `${prefix}${"0".repeat(32)}`;

let emulator: Emulator;
let host: ProviderHost;

beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
  host = await startHost();
  await host.configure({ ...emulatorCredentials, baseUrl: emulator.url });
});

/** Each test is a run of its own. */
beforeEach(async () => {
  emulator.reset();
  await host.renew();
});

afterAll(async () => {
  host.stop();
  await emulator.close();
});

const flexFlow: Properties = {
  __pulumiName: "support",
  chatServiceSid: seeded.chatService,
  channelType: "sms",
  contactIdentity: "+15017122661",
  integration: { type: "studio", flowSid: seeded.studioFlow, retryCount: 2 },
};

/** Valid arguments of each class. */
const examples: Record<string, Properties> = {
  FlexFlow: flexFlow,
  ProxyService: { uniqueName: "support", defaultTtl: 60, chatInstanceSid: seeded.chatService },
  ChatService: {
    friendlyName: "Support",
    limits: { channelMembers: 10, userChannels: 20 },
    notifications: { newMessage: { enabled: true, template: "A message" }, logEnabled: true },
    webhookFilters: ["onMessageSent", "onMessageSend"],
    webhookMethod: "GET",
    postWebhookUrl: "https://example.com/after",
  },
  StudioFlow: {
    friendlyName: "Support",
    status: "published",
    definition: {
      states: [{ name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage" }] }],
      initial_state: "Trigger",
    },
  },
  PhoneNumberHandler: {
    phoneNumber: "+15017122661",
    message: { kind: "proxy", proxyServiceSid: seeded.proxyService },
    voice: { kind: "webhook", url: "https://example.com/call", statusCallback: "https://example.com/done" },
  },
};
const types = Object.keys(examples);

/** As the engine does it: what `check` gives back goes into `create`. */
async function made(type: string, args: Properties) {
  const { inputs, reasons } = await host.check(type, {}, args);
  expect(reasons).toEqual([]);
  return { inputs, ...(await host.create(type, inputs)) };
}

async function refusal(answer: Promise<unknown>): Promise<Refused> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refused)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return error;
}

const requests = () => emulator.requests.map(({ method, path }) => `${method} ${path}`);

describe("the pointer", () => {
  test("is one constant line that fits any class", () => {
    expect(pointer("FlexFlow")).toBe(
      'exports.handler=()=>require(require.resolve("pulumi-twilio-flex/provider",{paths:module.paths.flatMap(p=>[p,p+"/.pnpm/node_modules"])})).resource("FlexFlow")',
    );
    for (const type of [...types, "ConversationsServiceConfiguration", "TaskRouterWorkspaceConfiguration"]) {
      expect(pointer(type).length).toBeLessThanOrEqual(200);
    }
  });

  test("leads to every class that can be imported", async () => {
    const names = Object.entries(resources)
      .filter(([, member]) => typeof member === "function" && member.prototype instanceof TwilioResource)
      .map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(types));
    for (const name of names) {
      const { reasons } = await host.check(name, {}, examples[name] ?? {});
      expect(reasons.join()).not.toContain("update the package");
      if (examples[name]) expect(reasons).toEqual([]);
    }
  });

  test("to a class that this version does not have is one sentence", async () => {
    const says = "this version of pulumi-twilio-flex has no Newer; update the package";
    expect(await host.check("Newer", {}, {})).toMatchObject({ reasons: [says], properties: [""] });
    for (const asked of [
      host.create("Newer", {}),
      host.read("Newer", "id", {}),
      host.delete("Newer", "id", {}),
    ]) {
      expect(await refusal(asked)).toMatchObject({ status: 2, message: says, half: undefined });
    }
    expect(host.printed()).not.toMatch(/^\s+at /m);
  });
});

describe("configuration", () => {
  test("is there for all calls of the first moment", async () => {
    const fresh = await startHost();
    try {
      await fresh.configure({ ...emulatorCredentials, baseUrl: emulator.url });
      const both = await Promise.all([
        fresh.check("FlexFlow", {}, flexFlow),
        fresh.read("FlexFlow", missing("FO"), { ...flexFlow, accountSid: seeded.account }),
        fresh.check("FlexFlow", {}, flexFlow),
      ]);
      expect(both[0].inputs.accountSid).toBe(seeded.account);
      expect(both[1].id).toBe("");
      expect(both[2].inputs.accountSid).toBe(seeded.account);
    } finally {
      fresh.stop();
    }
  });

  test("that is missing, half or wrong is a failed check that says where it was looked for", async () => {
    const lacking = async (config: Record<string, string>, environment?: Record<string, string>) => {
      const fresh = await startHost(environment);
      try {
        await fresh.configure(config);
        const { reasons, properties } = await fresh.check(
          "FlexFlow",
          {},
          { ...flexFlow, channelType: "fax" },
        );
        expect(new Set(properties)).toEqual(new Set([""]));
        expect(fresh.printed()).toMatch(/^\d+\n$/);
        return reasons.join("\n");
      } finally {
        fresh.stop();
      }
    };
    const { accountSid } = emulatorCredentials;
    const [none, half, mixed] = await Promise.all([
      lacking({}),
      lacking({ accountSid, apiKey: missing("SK") }),
      lacking({ accountSid }, { TWILIO_AUTH_TOKEN: "token", TWILIO_ACCOUNT_SID: accountSid }),
    ]);
    expect(none).toMatch(/channelType: got "fax"/);
    expect(none).toMatch(/no Twilio credentials.*twilio:accountSid with twilio:authToken.*TWILIO_AUTH_TOKEN/);
    expect(half).toMatch(/credentials in the stack configuration are incomplete: twilio:apiSecret missing/);
    expect(mixed).toMatch(/twilio:authToken missing there.*never mixed/);
  });

  test("that is misspelt is named once, also where no program runs", async () => {
    const fresh = await startHost();
    try {
      await fresh.configure({ ...emulatorCredentials, baseUrl: emulator.url, validat: "offline" });
      const { accountSid } = emulatorCredentials;
      await fresh.delete("FlexFlow", missing("FO"), { ...flexFlow, accountSid });
      await fresh.delete("ProxyService", missing("KS"), { uniqueName: "support", accountSid });
      const said = "twilio:validat in the stack configuration is no setting; did you mean twilio:validate?";
      expect(fresh.printed().split(said)).toHaveLength(2);
    } finally {
      fresh.stop();
    }
  });

  test("from the environment does as well", async () => {
    const fresh = await startHost({
      TWILIO_ACCOUNT_SID: emulatorCredentials.accountSid,
      TWILIO_AUTH_TOKEN: emulatorCredentials.authToken,
      TWILIO_BASE_URL: emulator.url,
    });
    try {
      await fresh.configure({});
      expect(await fresh.check("FlexFlow", {}, flexFlow)).toMatchObject({ reasons: [] });
    } finally {
      fresh.stop();
    }
  });
});

describe("check", () => {
  test("gives back the arguments in their normal form, with the account, and adds no defaults", async () => {
    const { inputs, reasons } = await host.check(
      "ChatService",
      {},
      {
        ...examples.ChatService,
        webhookMethod: "get",
        webhookFilters: ["onMessageSent", "onMessageSend", "onMessageSent"],
        preWebhookUrl: "",
        readStatusEnabled: null,
        media: { compatibilityMessage: "" },
      },
    );
    expect(reasons).toEqual([]);
    expect(inputs).toEqual({
      ...examples.ChatService,
      webhookFilters: ["onMessageSend", "onMessageSent"],
      accountSid: seeded.account,
      __provider: pointer("ChatService"),
    });
  });

  test("reads JSON text and leaves what is in it alone", async () => {
    const definition = {
      states: [{ name: "T", type: "trigger", id: "1", Nothing: null, empty: "", transitions: [] }],
      initial_state: "T",
    };
    const { inputs, reasons } = await host.check(
      "StudioFlow",
      {},
      { status: "draft", definition: JSON.stringify(definition) },
    );
    expect(reasons).toEqual([]);
    expect(inputs.definition).toEqual(definition);
  });

  test("names no property, so that the engine prints no value", async () => {
    const { reasons, properties } = await host.check(
      "FlexFlow",
      {},
      { ...flexFlow, channelType: 7, nme: "x" },
    );
    expect(reasons).toHaveLength(2);
    expect(properties).toEqual(["", ""]);
  });

  test("passes over what is not known yet, wherever it is", async () => {
    for (const type of types) {
      const args = examples[type] ?? {};
      for (const path of places(args)) {
        const { reasons } = await host.check(type, {}, put(args, path, unknown));
        expect({ type, path, reasons }).toEqual({ type, path, reasons: [] });
      }
    }
    const looks = emulator.requests.filter(({ path }) => !path.includes("/Flows/Validate"));
    expect(looks.filter(({ method }) => method !== "GET")).toEqual([]);
    const lists = looks.map(({ host, path }) => `${host}${path}`);
    expect(lists).toEqual([...new Set(lists)]);
  });

  test("still sees what is wrong beside it", async () => {
    const integration = { type: "studio", flowSid: unknown, retryCount: 4 };
    const { reasons } = await host.check("FlexFlow", {}, { ...flexFlow, chatServiceSid: "XX1", integration });
    expect(reasons).toEqual([
      expect.stringMatching(/^chatServiceSid: /),
      expect.stringMatching(/^integration\.retryCount: got 4/),
    ]);
  });

  test("of a replacement comes without the old inputs, while the old object lives", async () => {
    for (const type of ["FlexFlow", "ProxyService", "PhoneNumberHandler"]) {
      const { id, state } = await made(type, examples[type] ?? {});
      const { reasons, inputs } = await host.check(type, {}, examples[type] ?? {});
      expect({ type, reasons }).toEqual({ type, reasons: [] });
      expect(await host.diff(type, id, state, inputs)).toEqual({ changes: "DIFF_NONE", replaces: [] });
      await host.delete(type, id, state);
    }
  });
});

describe("diff", () => {
  const equal: [string, string, Properties, Properties][] = [
    ["nothing, null and blank", "FlexFlow", { contactIdentity: "" }, { contactIdentity: null }],
    ["an empty object and none", "ChatService", { media: {} }, {}],
    ["the case of a method", "ChatService", { webhookMethod: "get" }, { webhookMethod: "GET" }],
    [
      "JSON text and object",
      "StudioFlow",
      { definition: { a: 1, b: [2] } },
      { definition: '{"b":[2],"a":1}' },
    ],
    ["the order of a set", "ChatService", { webhookFilters: ["b", "a"] }, { webhookFilters: ["a", "b"] }],
    [
      "http and https of Twilio's own webhooks",
      "PhoneNumberHandler",
      { message: { kind: "studio", studioFlowSid: seeded.studioFlow }, voice: null },
      {
        message: {
          kind: "webhook",
          url: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${seeded.studioFlow}`,
        },
        voice: "",
      },
    ],
  ];

  test.each(equal)("takes for equal: %s", async (_name, type, was, now) => {
    const base = type === "FlexFlow" ? { ...flexFlow, integration: flowOf() } : examples[type];
    const state = { ...base, ...was, accountSid: seeded.account, previous: {}, baseline: {} };
    expect(await host.diff(type, "id", state, { ...base, ...now })).toEqual({
      changes: "DIFF_NONE",
      replaces: [],
    });
  });

  test("leaves a change to the engine, which then tells it property by property", async () => {
    for (const [type, change] of [
      ["FlexFlow", { enabled: false }],
      ["ProxyService", { uniqueName: "other" }],
      ["ChatService", { limits: { channelMembers: 11, userChannels: 20 } }],
      ["StudioFlow", { definition: {} }],
      ["PhoneNumberHandler", { message: { kind: "none" } }],
      ["FlexFlow", { deleteAdopted: true }],
      ["PhoneNumberHandler", { onDelete: "keep" }],
    ] as const) {
      const state = { ...examples[type], accountSid: seeded.account, previous: {}, baseline: {} };
      const found = await host.diff(type, "id", state, { ...examples[type], ...change });
      expect({ type, found }).toEqual({ type, found: { changes: "DIFF_UNKNOWN", replaces: [] } });
    }
  });

  test("replaces for another number, or for one that is not known yet", async () => {
    const state = { ...examples.PhoneNumberHandler, accountSid: seeded.account };
    for (const phoneNumber of ["+15558675310", unknown]) {
      const inputs = { ...examples.PhoneNumberHandler, phoneNumber };
      expect(await host.diff("PhoneNumberHandler", seeded.smsNumber, state, inputs)).toEqual({
        changes: "DIFF_UNKNOWN",
        replaces: ["phoneNumber"],
      });
    }
  });

  test("counts what is not known yet as a change, wherever it is", async () => {
    for (const type of types) {
      const args = examples[type] ?? {};
      const state = { ...args, accountSid: seeded.account, previous: {}, baseline: {} };
      for (const path of places(args)) {
        const { changes } = await host.diff(type, "id", state, put(args, path, unknown));
        expect({ type, path, changes }).toEqual({ type, path, changes: "DIFF_UNKNOWN" });
      }
    }
  });

  test("answers whatever is in the state", async () => {
    const rubbish = [
      null,
      true,
      7,
      "text",
      [],
      [null, 7],
      {},
      { a: { b: [null] } },
      { type: "no", kind: "no" },
    ];
    for (const type of types) {
      const args = examples[type] ?? {};
      const keys = [...Object.keys(args), "baseline", "previous", "accountSid", "adopted", "__claim"];
      for (const value of rubbish) {
        const alike = Object.fromEntries(keys.map((key) => [key, value]));
        await host.diff(type, "id", alike, args);
        await host.diff(type, "id", args, alike);
        await host.diff(type, "id", alike, alike);
        for (const key of keys) await host.diff(type, "id", { ...args, [key]: value }, args);
      }
      await host.diff(type, "", {}, args);
    }
    expect(host.printed()).not.toMatch(/Error/);
  });
});

describe("create, read, update and delete", () => {
  test.each(types)("%s: echo the arguments, and hold nothing that the wire refuses", async (type) => {
    const { id, inputs, state } = await made(type, examples[type] ?? {});
    expect(id).toMatch(/^[A-Z]{2}[0-9a-f]{32}$/);
    expect(state).toMatchObject(inputs);
    expect(state).toMatchObject({ accountSid: seeded.account, __provider: pointer(type) });

    const read = await host.read(type, id, state);
    expect(read).toEqual({ id, state, inputs });
    const before = emulator.requests.length;
    expect((await host.update(type, id, state, inputs)).state).toEqual(state);
    expect(emulator.requests).toHaveLength(before);

    await host.delete(type, id, state);
    expect(emulator.requests.filter(({ ignored }) => ignored.length > 0)).toEqual([]);
  });

  test.each(types)("%s: get reads an object by its id alone", async (type) => {
    const { id, state } = await made(type, examples[type] ?? {});
    const got = await host.read(type, id, {});
    expect(got).toMatchObject({ id, state: { accountSid: seeded.account, __provider: pointer(type) } });
    // Once read, it is refreshed like any other.
    expect(await host.read(type, id, got.state)).toEqual(got);
    await host.delete(type, id, state);
  });

  test.each(types)(
    "%s: one that is missing is an error to get, gone to refresh, no matter to delete",
    async (type) => {
      const { id, state } = await made(type, examples[type] ?? {});
      await host.delete(type, id, state);
      if (type === "PhoneNumberHandler") delete emulator.state.account().phoneNumbers[id];

      const { status, message } = await refusal(host.read(type, id, {}));
      expect(status).toBe(2);
      expect(message).toBe(`${id} is not in account ${seeded.account}`);
      expect((await host.read(type, id, state)).id).toBe("");
      await host.delete(type, id, state);
    },
  );

  test("a number is named as it was declared, also after a refresh", async () => {
    const { phoneNumber, ...args } = examples.PhoneNumberHandler ?? {};
    const { id, state, inputs } = await made("PhoneNumberHandler", {
      ...args,
      phoneNumberSid: seeded.smsNumber,
    });
    expect(state).toMatchObject({ phoneNumber: "+15017122661", phoneNumberSid: seeded.smsNumber });
    expect(await host.read("PhoneNumberHandler", id, state)).toEqual({ id, state, inputs });
    await host.delete("PhoneNumberHandler", id, state);
  });

  test("an argument that says what is the default anyway is stored, and asks nothing of the API", async () => {
    const plain = { ...flexFlow, integration: { type: "studio", flowSid: seeded.studioFlow } };
    const { id, state, inputs } = await made("FlexFlow", plain);
    const said = { ...inputs, enabled: true, integration: { ...plain.integration, retryCount: 3 } };
    const before = emulator.requests.length;
    const updated = await host.update("FlexFlow", id, state, said);
    expect(updated.state).toMatchObject(said);
    expect((await host.update("FlexFlow", id, updated.state, inputs)).state).toEqual(state);
    expect(emulator.requests).toHaveLength(before);
  });

  test("a change of control arguments stores them and asks nothing of the API", async () => {
    for (const [type, control] of [
      ["FlexFlow", { deleteAdopted: true }],
      ["ChatService", { deleteData: true }],
      ["PhoneNumberHandler", { onDelete: "clear", onConflict: "takeOver" }],
    ] as const) {
      const { id, state, inputs } = await made(type, examples[type] ?? {});
      const before = emulator.requests.length;
      const updated = await host.update(type, id, state, { ...inputs, ...control });
      expect(updated.state).toEqual({ ...state, ...control });
      expect(emulator.requests).toHaveLength(before);
      await host.delete(type, id, updated.state);
    }
  });
});

describe("the account", () => {
  test("of the state must be that of the credentials, before the first request", async () => {
    for (const type of types) {
      const inputs = { ...examples[type], accountSid: seeded.account };
      const state = { ...inputs, accountSid: other, baseline: {}, previous: {} };
      const says = `this object lives in ${other}; the credentials are for ${seeded.account}. Use the credentials of ${other}`;
      expect((await host.check(type, state, examples[type] ?? {})).reasons).toEqual([says]);
      for (const asked of [
        host.read(type, "id", state),
        host.update(type, "id", state, inputs),
        host.delete(type, "id", state),
      ]) {
        expect((await refusal(asked)).message).toBe(says);
      }
    }
    expect(requests()).toEqual([]);
  });
});

describe("errors", () => {
  test("are one line with a status that gRPC knows, whatever Twilio's code is", async () => {
    const { id, state, inputs } = await made("FlexFlow", flexFlow);
    const message = "Gone\n  for ever\nat Object.<anonymous> (index.js:1:1)";
    emulator.addFault({ match: {}, effect: { status: 400, code: 20404, message } });
    const asked = [
      host.create("FlexFlow", inputs),
      host.read("FlexFlow", id, state),
      host.update("FlexFlow", id, state, { ...inputs, longLived: true }),
      host.delete("FlexFlow", id, state),
      host.create("PhoneNumberHandler", examples.PhoneNumberHandler ?? {}),
    ];
    const failed = await Promise.all(asked.map(refusal));
    for (const { status, message, half } of failed) {
      expect({ status, half }).toEqual({ status: 2, half: undefined });
      expect(message).toMatch(/^[a-z]+ .*Gone for ever at .*HTTP 400, code 20404.*\/errors\/20404$/);
      expect(message).not.toContain("\n");
    }
    expect(failed[2]?.message).toContain(`the Flex Flow "support" (${id})`);
    expect(host.printed()).not.toMatch(/^\s+at /m);
  });

  test("of an inspection in check are failures", async () => {
    const { reasons, properties } = await host.check(
      "StudioFlow",
      {},
      { status: "published", definition: { states: [], initial_state: "Nowhere" } },
    );
    expect(properties).toEqual([""]);
    expect(reasons[0]).toMatch(/HTTP 400, code 81022.*#\/initial_state: .*Nowhere/);
  });

  test("of a missing object of another kind in update say that it is not there", async () => {
    const { id, state, inputs } = await made("FlexFlow", flexFlow);
    await host.delete("FlexFlow", id, state);
    const { status, message } = await refusal(
      host.update("FlexFlow", id, state, { ...inputs, enabled: false }),
    );
    expect(status).toBe(2);
    expect(message).toMatch(/^updating the Flex Flow "support" \(FO.*HTTP 404, code 20404/);
  });
});

describe("an object that is half made", () => {
  const args = { ...examples.ChatService, __pulumiName: "chat" };

  test("is kept with all that is needed to finish or delete it", async () => {
    const fault = { status: 400, code: 20001, message: "Not today" };
    emulator.addFault({
      match: { host: "chat.twilio.com", operationId: "UpdateService" },
      times: 1,
      effect: fault,
    });
    const { inputs } = await host.check("ChatService", {}, args);
    const { half, message, status } = await refusal(host.create("ChatService", inputs));
    expect(status).toBe(2);
    expect(message).toMatch(/^creating the Chat service "chat": Not today \(HTTP 400, code 20001\)/);
    expect(half).toMatchObject({
      id: expect.stringMatching(/^IS/),
      reasons: [message],
      properties: { __provider: pointer("ChatService"), accountSid: seeded.account, friendlyName: "Support" },
    });
    const { id = "", properties = {} } = half ?? {};
    expect(emulator.state.account().chatServices[id]?.limits.channel_members).toBe(100);

    expect(await host.diff("ChatService", id, properties, inputs)).toMatchObject({ changes: "DIFF_UNKNOWN" });
    const { state } = await host.update("ChatService", id, properties, inputs);
    expect(state).toMatchObject(inputs);
    expect(emulator.state.account().chatServices[id]).toMatchObject({
      limits: { channel_members: 10 },
      webhook_method: "GET",
    });
    await host.delete("ChatService", id, state);
  });

  test("can be deleted as it is", async () => {
    emulator.addFault({ match: { operationId: "UpdateService" }, times: 1, effect: { status: 400 } });
    const { inputs } = await host.check("ChatService", {}, args);
    const { half } = await refusal(host.create("ChatService", inputs));
    const { id = "", properties = {} } = half ?? {};
    await host.delete("ChatService", id, properties);
    expect(emulator.state.account().chatServices[id]).toBeUndefined();
  });
});

describe("two resources of one process", () => {
  const args = examples.PhoneNumberHandler ?? {};
  const number = () => emulator.state.account().phoneNumbers[seeded.smsNumber];

  test("a handler that is deleted by the process that made it gives the number back", async () => {
    const { date_updated, ...original } = number() ?? {};
    const { id, state } = await made("PhoneNumberHandler", args);
    expect(number()).toMatchObject({ voice_url: "https://example.com/call" });
    await host.delete("PhoneNumberHandler", id, state);
    expect(number()).toMatchObject(original);
  });

  test("what somebody has put in the place of a handler stays, also when a refresh has seen it", async () => {
    const { id, state } = await made("PhoneNumberHandler", args);
    Object.assign(number() ?? {}, { sms_url: "https://example.com/by-hand" });
    const seen = await host.read("PhoneNumberHandler", id, state);
    expect(seen.inputs.message).toEqual({ kind: "webhook", url: "https://example.com/by-hand" });
    const again = await host.read("PhoneNumberHandler", id, seen.state);
    await host.delete("PhoneNumberHandler", id, again.state);
    expect(number()).toMatchObject({
      sms_url: "https://example.com/by-hand",
      voice_url: "https://demo.twilio.com/welcome/voice/",
    });
  });

  test("a second handler of the same side is refused, one after the other and at once", async () => {
    const { inputs } = await host.check("PhoneNumberHandler", {}, args);
    const first = await host.create("PhoneNumberHandler", inputs);
    const second = await refusal(host.create("PhoneNumberHandler", inputs));
    expect(second.message).toMatch(
      /another resource of this stack declares message and voice of the same PN/,
    );
    expect(second.half).toBeUndefined();
    await host.delete("PhoneNumberHandler", first.id, first.state);

    const { message, voice, ...named } = inputs;
    const both = await Promise.allSettled([
      host.create("PhoneNumberHandler", { ...named, message }),
      host.create("PhoneNumberHandler", { ...named, message: { kind: "none" } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const made of both) {
      if (made.status === "fulfilled")
        await host.delete("PhoneNumberHandler", made.value.id, made.value.state);
    }
  });

  test("a side that goes from one handler to another at once stays as declared", async () => {
    const original = structuredClone(number());
    for (const isGivenFirst of [true, false]) {
      const { id, state, inputs } = await made("PhoneNumberHandler", args);
      const { message, voice, ...named } = inputs;
      const give = () => host.update("PhoneNumberHandler", id, state, { ...named, message });
      const take = () => host.create("PhoneNumberHandler", { ...named, voice, __inherited: state });
      const [first, second] = isGivenFirst
        ? await Promise.all([give(), take()])
        : (await Promise.all([take(), give()])).reverse();
      expect(number()).toMatchObject({ voice_url: "https://example.com/call" });
      await host.delete("PhoneNumberHandler", id, first?.state ?? {});
      await host.delete("PhoneNumberHandler", id, second?.state ?? {});
      expect({ ...number(), date_updated: "" }).toEqual({ ...original, date_updated: "" });
    }
  });

  test("after one that was refused, the side is free", async () => {
    const { inputs } = await host.check("PhoneNumberHandler", {}, { ...args, phoneNumber: "+15558675310" });
    expect((await refusal(host.create("PhoneNumberHandler", inputs))).message).toContain(
      "already handles it",
    );
    const { id, state } = await host.create("PhoneNumberHandler", { ...inputs, onConflict: "takeOver" });
    await host.delete("PhoneNumberHandler", id, state);
  });
});

describe("in front of any life", () => {
  const silent = { warn: () => {}, say: () => {}, flush: async () => {} };
  const session: Session = {
    account: seeded.account,
    online: false,
    recover: false,
    isApiKey: false,
    run: new Run(),
    get api(): never {
      throw new Error("no request is due");
    },
    get once(): never {
      throw new Error("no request is due");
    },
    serverTime: (moment) => moment,
    redact: (text) => text,
    warn: () => {},
    say: () => {},
  };

  /** A provider whose life throws `thrown` at every turn, in a promise or at once. */
  function failing(thrown: unknown, how: "later" | "at once") {
    const fail = (): Promise<never> => {
      if (how === "at once") throw thrown;
      return Promise.reject(thrown);
    };
    const life: Life = {
      check: fail,
      diff: () => {
        throw thrown;
      },
      create: fail,
      read: fail,
      update: fail,
      delete: fail,
      isKept: () => false,
    };
    return dynamicProvider(
      "Thing",
      () => life,
      () => session,
      silent,
    );
  }

  const odd: [string, unknown, string][] = [
    ["a text", "gone wrong", "gone wrong"],
    ["nothing", undefined, "undefined"],
    ["an object", { id: "FO1", code: 20404 }, "[object Object]"],
    [
      "an error of an SDK",
      Object.assign(new Error("not\n  found"), { id: "FO1", code: 20404, status: 404, properties: {} }),
      "not found",
    ],
  ];

  test.each(odd)("%s that is thrown is answered with a plain error", async (_name, thrown, message) => {
    for (const how of ["later", "at once"] as const) {
      const provider = failing(thrown, how);
      const text = message.replace("not found", "not\n  found");
      expect(await provider.check({}, { __provider: "p" })).toMatchObject({
        failures: [{ property: "", reason: text }],
      });
      expect(await provider.diff("id", {}, {})).toEqual({ changes: undefined, replaces: [] });
      for (const asked of [
        provider.create({}),
        provider.read("id", {}),
        provider.update("id", {}, {}),
        provider.delete("id", {}),
      ]) {
        const error: unknown = await asked.catch((reason: unknown) => reason);
        if (!(error instanceof Error)) throw new Error("not an Error");
        expect(error.message).toBe(message);
        expect(error.stack).toBe(message);
        expect(error).not.toHaveProperty("id");
        expect(error).not.toHaveProperty("code");
      }
    }
  });

  test("only what JSON has goes in", async () => {
    const seen: unknown[] = [];
    const life: Life = {
      check: async (_session, was, given) => {
        seen.push(was, given);
        return { inputs: given, problems: [] };
      },
      diff: () => ({ changes: false, replaces: [] }),
      create: async (_session, inputs) => ({ id: "1", state: inputs }),
      read: async (_session, id, state) => ({ id, state, inputs: state }),
      update: async (_session, id, _state, inputs) => ({ id, state: inputs }),
      delete: async () => {},
      isKept: () => false,
    };
    const provider = dynamicProvider(
      "Thing",
      () => life,
      () => session,
      silent,
    );
    await provider.check(undefined, { a: undefined, b: [undefined, null], c: new Date(0), __provider: "p" });
    expect(seen).toEqual([{}, { b: [null, null], c: "1970-01-01T00:00:00.000Z" }]);
  });
});

function flowOf(): Properties {
  return { type: "studio", flowSid: seeded.studioFlow };
}

/** The paths of everything in nested records and lists. */
function places(value: unknown, above: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith("__") ? [] : [[...above, key], ...places(inner, [...above, key])],
  );
}

/** A copy with another value in one place. */
function put(value: object, path: string[], inner: unknown): Properties {
  const copy: Properties = { ...value };
  const [head = "", ...rest] = path;
  copy[head] = rest.length > 0 ? within(copy[head], rest, inner) : inner;
  return copy;
}

function within(value: unknown, path: string[], inner: unknown): unknown {
  if (Array.isArray(value)) {
    const [head, ...rest] = path;
    return value.map((item, index) =>
      index !== Number(head) ? item : rest.length > 0 ? within(item, rest, inner) : inner,
    );
  }
  return put(typeof value === "object" && value !== null ? value : {}, path, inner);
}
