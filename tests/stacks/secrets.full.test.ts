import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import {
  ChatService,
  ConversationsWebhooks,
  FlexFlow,
  type FlexFlowArgs,
  PhoneNumberHandler,
  ProxyService,
  StudioFlow,
  TaskRouterWorker,
} from "../../provider/index";
import { onStack } from "./onStack";
import type { Outcome } from "./outcome";

/** What must not be seen. Each stands for one place that a credential can be in. */
const planted = (place: string) => `planted-${place}-4f9d1c`;
const authToken = planted("token");
const apiKey = `SK${"7".repeat(32)}`;
const apiSecret = planted("key");

/** A webhook that carries a credential wherever a URL can. */
const hook = (place: string) =>
  `https://user:${planted(`${place}-password`)}@hooks.example.com/${planted(`${place}-path`)}?token=${planted(`${place}-query`)}`;

const plant = /planted[-%\w]*-4f9d1c/;

// Eight operations and more on one stack.
jest.setTimeout(180_000);

const _stack = onStack();
let printed = "";
let emulatorPrinted = "";

beforeEach(() => {
  printed = "";
  emulatorPrinted = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    emulatorPrinted += text;
    return true;
  });
});
const seed = {
  accounts: { [seeded.account]: { auth_token: authToken, api_keys: { [apiKey]: apiSecret } } },
};
const on = onStack({ needsEngine: true, eachTest: true, emulator: { quiet: false, seed } });
let stack: Awaited<ReturnType<typeof on.another>>;

afterEach(() => {
  jest.restoreAllMocks();
});

const account = () => on.account();

/** Changes an object of the account by hand. */
function set(record: object | undefined, values: object): void {
  if (!record) throw new Error("it is not seeded");
  Object.assign(record, values);
}

/** A worker that was there before the program, with these attributes. */
async function workerWith(attributes: object): Promise<string> {
  const response = await fetch(
    `${on.emulator.url}/taskrouter.twilio.com/v1/Workspaces/${seeded.workspace}/Workers`,
    {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${seeded.account}:${authToken}`)}` },
      body: new URLSearchParams({ FriendlyName: "ann", Attributes: JSON.stringify(attributes) }),
    },
  );
  const { sid }: { sid: string } = JSON.parse(await response.text());
  return sid;
}

/** The place and a few letters around each planted string that can be read. */
function leaks(): string[] {
  const texts: [string, string][] = [
    ["what the engine printed", printed],
    ["what the emulator printed", emulatorPrinted],
    ["the emulator's log", JSON.stringify(on.emulator.requests)],
    ...filesBelow(stack.workDir).map((file): [string, string] => [file, readFileSync(file, "latin1")]),
  ];
  return texts.flatMap(([place, text]) => {
    const found = plant.exec(text);
    return found ? [`${place}: ${text.slice(Math.max(0, found.index - 120), found.index + 60)}`] : [];
  });
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

/** Runs one operation and looks for what it let out, on the emulator's page and in its answers about itself too. */
async function run(operation: Promise<Outcome>): Promise<Outcome> {
  const outcome = await operation;
  printed += outcome.output;
  expect(leaks()).toEqual([]);
  for (const path of ["/", "/_emulator/requests", "/_emulator/routes"]) {
    const answer = await fetch(`${on.emulator.url}${path}`);
    const text = await answer.text();
    expect({ path, status: answer.status, leak: plant.exec(text)?.[0] }).toEqual({ path, status: 200 });
  }
  return outcome;
}

/** Without what Pulumi's own SDK tells of each request, which the CLI leaves out of everything but JSON: it quotes secrets. */
const own = async (operation: Promise<Outcome>): Promise<Outcome> => {
  const outcome = await operation;
  const lines = outcome.output.split("\n").filter((line) => !line.includes('"severity":"debug"'));
  return { ...outcome, output: lines.join("\n") };
};

/** Runs with these options of the CLI. */
async function withOptions(options: Record<string, string>, run: () => Promise<void>): Promise<void> {
  const given = Object.entries(options).map(([name, value]) => [`PULUMI_OPTION_${name}`, value]);
  Object.assign(process.env, Object.fromEntries(given));
  try {
    await run();
  } finally {
    for (const [name = ""] of given) delete process.env[name];
  }
}

/** Fails with what was printed, so that a fault in the test does not pass for silence. */
async function done(operation: Promise<Outcome>): Promise<Outcome> {
  const outcome = await run(operation);
  expect(outcome.failed ? outcome.output : "").toBe("");
  return outcome;
}

const sms = { channelType: "sms", chatServiceSid: seeded.chatService } as const;
const definition = (url: string) => ({
  states: [
    { name: "T", type: "trigger", transitions: [{ event: "incomingMessage", next: "Ask" }] },
    { name: "Ask", type: "make-http-request", transitions: [], properties: { url } },
  ],
  initial_state: "T",
});

const declared =
  (place: string, longLived = false) =>
  async () => {
    const url = pulumi.secret(hook(place));
    const { integration } = new FlexFlow("flow", {
      ...sms,
      longLived,
      integration: { type: "external", url },
    });
    new ProxyService("proxy", { uniqueName: "support", callbackUrl: url, interceptCallbackUrl: url });
    new ChatService("chat", { preWebhookUrl: url, postWebhookUrl: url });
    new StudioFlow("studio", { status: "draft", definition: pulumi.secret(definition(hook(place))) });
    const handler = new PhoneNumberHandler("handler", {
      phoneNumberSid: seeded.legacyNumber,
      message: { kind: "webhook", url, fallbackUrl: url },
      voice: { kind: "webhook", url, statusCallback: url },
      onConflict: "takeOver",
    });
    return { integration, url: handler.messageUrl, previous: handler.previous };
  };

describe("credentials in webhook URLs", () => {
  beforeEach(async () => {
    stack = await on.another({ accountSid: seeded.account, authToken, baseUrl: on.emulator.url });
  });

  test("declared as secrets are not seen in any phase", async () => {
    const number = account().phoneNumbers[seeded.legacyNumber];
    set(number, {
      sms_url: hook("old"),
      sms_fallback_url: hook("old"),
      voice_url: hook("old"),
      status_callback: hook("old"),
    });
    const original = structuredClone(number);

    const preview = await done(stack.preview(declared("new")));
    expect(preview.output).toContain("taking over: message: https://hooks.example.com/***");
    await done(stack.tryUp(declared("new")));
    expect(account().phoneNumbers[seeded.legacyNumber]?.sms_url).toBe(hook("new"));
    await done(stack.preview(declared("newer")));

    const echo = `Url '${hook("newer")}' is not valid, nor is "${hook("newer")}" (${hook("newer")}).`;
    on.emulator.addFault({
      match: { method: "POST" },
      effect: { status: 400, code: 21402, message: echo },
    });
    const failing = await run(stack.tryUp(declared("newer", true)));
    expect(failing.output).toContain("Url 'https://hooks.example.com/***");
    on.emulator.clearFaults();
    await done(stack.tryUp(declared("newer")));

    await done(stack.refresh());
    for (const flow of Object.values(account().flexFlows)) flow.integration.url = hook("drifted");
    for (const service of Object.values(account().proxyServices)) {
      set(service, { callback_url: hook("drifted"), out_of_session_callback_url: hook("drifted") });
    }
    for (const service of Object.values(account().chatServices)) service.pre_webhook_url = hook("drifted");
    set(account().phoneNumbers[seeded.legacyNumber], {
      sms_url: hook("drifted"),
      voice_fallback_url: hook("drifted"),
    });
    const drift = await done(stack.refresh());
    expect(Object.keys(drift.steps).sort()).toEqual(["chat", "flow", "handler", "proxy"]);
    await done(stack.preview(declared("newer")));
    await done(stack.tryUp(declared("newer")));
    expect(Object.values(account().flexFlows)).toMatchObject([{ integration: { url: hook("newer") } }]);

    await done(stack.destroy());
    expect({ ...account().phoneNumbers[seeded.legacyNumber], date_updated: "" }).toEqual({
      ...original,
      date_updated: "",
    });
  });

  test("that nobody declared are not seen: adopted objects, drift, get", async () => {
    const found = hook("found");
    const inJson = (place: string) => ({ crm: { notify: [hook(place)] }, note: `post to ${hook(place)}` });
    const worker = await workerWith(inJson("found"));
    set(account().chatServices[seeded.chatService], { pre_webhook_url: found, post_webhook_url: found });
    set(account().proxyServices[seeded.proxyService], { callback_url: found, intercept_callback_url: found });
    set(account().phoneNumbers[seeded.legacyNumber], { sms_url: found });
    const adopted =
      (friendlyName: string, method: "GET" | "POST" = "POST") =>
      async () => {
        const service = new ChatService("chat", { adopt: seeded.chatService, friendlyName });
        new ProxyService("proxy", { adopt: true, uniqueName: "Flex Proxy Service", defaultTtl: 60 });
        // A plain URL of the program, in the place of which somebody puts one with credentials.
        const url = "https://example.com/plain";
        new FlexFlow("flow", { ...sms, integration: { type: "external", url } });
        new PhoneNumberHandler("handler", {
          phoneNumberSid: seeded.smsNumber,
          message: { kind: "webhook", url, method },
        });
        new TaskRouterWorker("worker", { workspaceSid: seeded.workspace, adopt: worker });
        new TaskRouterWorker("declared", { workspaceSid: seeded.workspace, attributes: { url } });
        new ConversationsWebhooks("webhooks", { preWebhookUrl: url });
        ChatService.get("chatRead", seeded.chatService);
        ProxyService.get("proxyRead", seeded.proxyService);
        PhoneNumberHandler.get("numberRead", seeded.legacyNumber);
        return { service: service.preWebhookUrl };
      };
    await done(stack.preview(adopted("Renamed")));
    await done(stack.tryUp(adopted("Renamed")));
    await done(stack.refresh());

    set(account().chatServices[seeded.chatService], { pre_webhook_url: hook("drifted") });
    set(account().proxyServices[seeded.proxyService], { callback_url: hook("drifted") });
    set(account().phoneNumbers[seeded.smsNumber], { sms_url: hook("drifted") });
    for (const flow of Object.values(account().flexFlows)) flow.integration.url = hook("drifted");
    for (const one of Object.values(account().taskrouterWorkers))
      one.attributes = JSON.stringify(inJson("drifted"));
    set(account().conversationsWebhooks, { pre_webhook_url: hook("drifted") });
    const drift = await done(stack.refresh());
    expect(Object.keys(drift.steps)).toEqual(
      expect.arrayContaining(["chat", "proxy", "flow", "handler", "worker", "declared", "webhooks"]),
    );
    await done(stack.preview(adopted("Renamed")));
    await done(stack.tryUp(adopted("Renamed", "GET")));
    expect(account().phoneNumbers[seeded.smsNumber]?.sms_url).toBe("https://example.com/plain");
    expect(Object.values(account().flexFlows)).toMatchObject([
      { integration: { url: "https://example.com/plain" } },
    ]);
    await done(stack.destroy());
  });

  test("of creates in doubt are not seen: in the state, in the journal, and once they are found", async () => {
    const doubted = async () => {
      const url = pulumi.secret(hook("doubted"));
      new ProxyService("proxy", { uniqueName: "doubted", callbackUrl: url, interceptCallbackUrl: url });
      new StudioFlow("studio", { status: "draft", definition: pulumi.secret(definition(hook("doubted"))) });
    };
    for (const operationId of ["CreateFlow", "CreateService"])
      on.emulator.addFault({
        match: { operationId },
        times: 1,
        effect: { spoil: { body: hook("spoiled") } },
      });
    for (const path of ["/v2/Flows", "/v1/Services"])
      on.emulator.addFault({
        match: { method: "GET", path },
        effect: { status: 403, code: 20003, message: `${hook("refused")} ${authToken}` },
      });
    const failing = await run(stack.tryUp(doubted));
    expect(failing.output).toContain("Whether it was made is not known");
    const { resources } = await stack.stored();
    const ids = resources.map(({ id = "" }) => id).filter((id) => id.startsWith("in-doubt-since-"));
    expect(ids).not.toEqual([]);
    expect(filesBelow(stack.workDir).filter((file) => file.endsWith(".jsonl"))).not.toEqual([]);
    on.emulator.clearFaults();
    await done(stack.preview(doubted));
    await done(stack.tryUp(doubted));
    const made = Object.values(account().proxyServices).filter(
      ({ unique_name }) => unique_name === "doubted",
    );
    expect(made).toMatchObject([{ callback_url: hook("doubted") }]);
    await done(stack.refresh());
    await done(stack.destroy());
  });

  test("are not seen in events as JSON, nor in what this package adds to the engine's most verbose log", async () => {
    const echo = `Url '${hook("echoed")}' is not valid (${authToken})`;
    const refuse = () =>
      on.emulator.addFault({
        match: { method: "POST" },
        times: 1,
        effect: { status: 400, code: 21402, message: echo },
      });
    await withOptions({ JSON: "true" }, async () => {
      await done(own(stack.preview(declared("new"))));
      refuse();
      const failing = await run(own(stack.tryUp(declared("new"))));
      expect(failing.output).toContain("https://hooks.example.com/***");
      const made = await done(own(stack.tryUp(declared("new"))));
      expect(made.output).toContain('"resourcePreEvent"');
      for (const service of Object.values(account().proxyServices))
        set(service, { out_of_session_callback_url: hook("drifted") });
      await done(own(stack.refresh()));
    });
    const verbose: string[] = [];
    await withOptions({ VERBOSE: "9", LOGTOSTDERR: "true" }, async () => {
      refuse();
      verbose.push((await stack.tryUp(declared("newer"))).output);
      verbose.push((await stack.tryUp(declared("newer"))).output);
      verbose.push((await stack.refresh()).output);
      verbose.push((await stack.destroy()).output);
    });
    const lines = verbose.join("\n").split("\n");
    // The engine notes every value that it hands on, secrets too. What is printed, and every message of this package, is looked at.
    const isEngines = (line: string) => line.startsWith('{"time"') && !/eventSink::(?!Debug)/.test(line);
    expect(lines.filter(isEngines).length).toBeGreaterThan(100);
    expect(lines.filter((line) => !isEngines(line) && plant.test(line))).toEqual([]);
  });

  test("are not quoted where an argument does not fit", async () => {
    const wrong = hook("wrong").replace("https:", "ftp:");
    const args: FlexFlowArgs = JSON.parse(
      JSON.stringify({
        chatServiceSid: wrong,
        channelType: wrong,
        enabled: wrong,
        integration: { type: wrong },
      }),
    );
    const refused = await run(
      stack.preview(async () => {
        new FlexFlow("flow", {
          ...args,
          contactIdentity: pulumi.secret(wrong.repeat(9)),
          integration: { type: "external", url: pulumi.secret(wrong) },
        });
      }),
    );
    expect(refused.output).toMatch(/integration\.url: got a text of \d+ characters; give an absolute URL/);
    const plain = await run(
      stack.preview(async () => {
        new FlexFlow("flow", args);
      }),
    );
    expect(plain.output).toMatch(/enabled: got a text of \d+ characters; give true or false/);
  });
});

describe("credentials of the account", () => {
  const program = async () => {
    new ProxyService("proxy", { uniqueName: "support" });
    new FlexFlow("flow", sms);
  };

  test("a token is not seen, also where it is refused or echoed", async () => {
    stack = await on.another({ accountSid: seeded.account, authToken, baseUrl: on.emulator.url });
    await done(stack.tryUp(program));
    const echo = `Token ${authToken} of ${seeded.account} ${encodeURIComponent(authToken)} may not`;
    on.emulator.addFault({ match: {}, effect: { status: 401, code: 20003, message: echo } });
    expect((await run(stack.refresh())).output).toContain("Token *** of");
    expect((await run(stack.destroy())).failed).toBe(true);
    on.emulator.clearFaults();
    account().auth_token = "another";
    expect((await run(stack.refresh())).output).toContain("HTTP 401");
    account().auth_token = authToken;
    await done(stack.destroy());
  });

  test("an API key's secret is not seen, also where it is refused", async () => {
    stack = await on.another({ accountSid: seeded.account, apiKey, apiSecret, baseUrl: on.emulator.url });
    await done(stack.preview(program));
    await done(stack.tryUp(program));
    await done(stack.refresh());
    account().api_keys = {};
    expect((await run(stack.refresh())).output).toContain("HTTP 401");
    account().api_keys = { [apiKey]: apiSecret };
    await done(stack.destroy());
  });

  test("are not quoted by settings that do not hold", async () => {
    stack = await on.another({
      accountSid: planted("account"),
      authToken,
      baseUrl: `http://user:${planted("base")}@127.0.0.1:1/?${planted("base")}`,
    });
    // The configuration file is the user's own.
    const refused = await stack.preview(program);
    expect(refused).toMatchObject({ failed: true, output: expect.stringContaining("twilio:") });
    expect(refused.output).not.toMatch(plant);
  });
});
