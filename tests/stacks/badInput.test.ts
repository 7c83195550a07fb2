import { seeded, type PhoneNumber as TwilioNumber } from "../../emulator/index";
import {
  ChatService,
  type ChatServiceArgs,
  FlexFlow,
  type FlexFlowArgs,
  MessagingService,
  PhoneNumber,
  PhoneNumberHandler,
  type PhoneNumberHandlerArgs,
  ProxyService,
  type ProxyServiceArgs,
  StudioFlow,
  type StudioFlowArgs,
  Subaccount,
  TaskRouterActivity,
  TaskRouterTaskChannel,
  TaskRouterTaskQueue,
  TaskRouterWorker,
  TaskRouterWorkspace,
  TwimlApplication,
} from "../../provider/index";
import { emulatorCredentials, onStack } from "./onStack";
import type { TestStack } from "./outcome";

const stack = onStack();

beforeEach(() => stack.emulator.reset());

/** Arguments as a program without types could give them. */
const flexFlow =
  (given: object): Program =>
  async () => {
    const args: FlexFlowArgs = JSON.parse(JSON.stringify({ ...goodFlow, ...given }));
    new FlexFlow("flow", args);
  };
const handler =
  (given: object): Program =>
  async () => {
    const args: PhoneNumberHandlerArgs = JSON.parse(JSON.stringify({ message: proxy, ...given }));
    new PhoneNumberHandler("handler", args);
  };
const proxyService =
  (given: object): Program =>
  async () => {
    const args: ProxyServiceArgs = JSON.parse(JSON.stringify(given));
    new ProxyService("proxy", args);
  };
const chatService =
  (given: object): Program =>
  async () => {
    const args: ChatServiceArgs = JSON.parse(JSON.stringify(given));
    new ChatService("chat", args);
  };
const studioFlow =
  (given: object): Program =>
  async () => {
    const args: StudioFlowArgs = JSON.parse(JSON.stringify({ status: "published", ...given }));
    new StudioFlow("studio", args);
  };
type Program = () => Promise<void>;

const goodFlow = {
  chatServiceSid: seeded.chatService,
  channelType: "sms",
  contactIdentity: "+15017122661",
  integration: { type: "studio", flowSid: seeded.studioFlow },
};
const proxy = { kind: "proxy", proxyServiceSid: seeded.proxyService };
const workflow = { type: "task", workspaceSid: seeded.workspace, workflowSid: seeded.workflow };

const writes = () =>
  stack.emulator.requests.filter(({ method, path }) => method !== "GET" && path !== "/v2/Flows/Validate");

/** What preview says about the arguments, one line a fault, and that it says nothing else and touches nothing. */
async function refusals(program: Program, asked: Pick<TestStack, "preview"> = stack): Promise<string[]> {
  const { failed, output } = await asked.preview(program);
  expect({ failed, output }).toMatchObject({ failed: true });
  expect(writes()).toEqual([]);
  expect(output).not.toMatch(/^\s+at .*:\d+/m);
  const reasons = [...output.matchAll(/resource '[^']*' has a problem: (.*)/g)].map(
    ([, reason = ""]) => reason,
  );
  // The engine says it on the resource; what Automation API repeats of it is the same.
  return [...new Set(reasons.map((reason) => reason.trim()))];
}

describe("preview refuses, before anything is touched", () => {
  const cases: [string, Program, RegExp[]][] = [
    [
      "a SID of another kind",
      flexFlow({ chatServiceSid: seeded.proxyService }),
      [/^chatServiceSid: got "KSe10+1"; give the SID of a Chat service: IS and 32 hexadecimal digits$/],
    ],
    [
      "a number that is not E.164",
      handler({ phoneNumber: "501-712-2661" }),
      [/^phoneNumber: got "501-712-2661"; give a phone number in E\.164 form, such as \+15017122661$/],
    ],
    [
      "an unknown argument, with the one that is meant",
      flexFlow({ frindlyName: "Support" }),
      [/^frindlyName: no such argument; did you mean friendlyName\?$/],
    ],
    [
      "an unknown argument inside a union",
      flexFlow({ integration: { ...goodFlow.integration, retries: 1, flowId: "x" } }),
      [/^integration\.retries: no such argument/, /^integration\.flowId: .*did you mean flowSid\?$/],
    ],
    [
      "both of two arguments that exclude each other",
      handler({ phoneNumber: "+15017122661", phoneNumberSid: seeded.smsNumber }),
      [/^phoneNumberSid, phoneNumber: these exclude each other; keep one of them$/],
    ],
    [
      "none of two arguments of which one is needed",
      handler({}),
      [/^phoneNumberSid, phoneNumber: exactly one of them is needed, and none is given$/],
    ],
    [
      "a handler of nothing",
      handler({ phoneNumber: "+15017122661", message: "" }),
      [/^message, voice: at least one of them is needed, and none is given$/],
    ],
    [
      "a word that is none of the known ones",
      flexFlow({ channelType: "fax" }),
      [/^channelType: got "fax"; give one of web, sms, facebook, whatsapp, line, custom$/],
    ],
    ["another type", flexFlow({ enabled: "yes" }), [/^enabled: got "yes"; give true or false$/]],
    ["a list for a text", flexFlow({ friendlyName: ["a"] }), [/^friendlyName: got a list; give a text/]],
    [
      "a number out of range",
      flexFlow({ integration: { ...goodFlow.integration, retryCount: 4 } }),
      [/^integration\.retryCount: got 4; give a whole number from 0 to 3$/],
    ],
    [
      "a fraction",
      chatService({ preWebhookRetryCount: 1.5 }),
      [/^preWebhookRetryCount: got 1\.5; give a whole number/],
    ],
    [
      "a member of a union that does not exist",
      flexFlow({ integration: { type: "sip" } }),
      [/^integration.*; give an object whose type is studio, external or task$/],
    ],
    [
      "an integration that lacks a part",
      flexFlow({ integration: { ...workflow, workflowSid: null } }),
      [/^integration\.workflowSid: missing; give the SID of a TaskRouter workflow/],
    ],
    [
      "a trunk for messages",
      handler({ phoneNumber: "+15017122661", message: { kind: "trunk", trunkSid: `TK${"1".repeat(32)}` } }),
      [/^message.*kind is proxy, studio, webhook, application or none$/],
    ],
    [
      "a missing argument",
      proxyService({ defaultTtl: 1 }),
      [/^uniqueName: missing; give a text of 1 to 191/],
    ],
    [
      "a text that is too long, without printing it",
      proxyService({ uniqueName: "x".repeat(192) }),
      [/^uniqueName: got a text of 192 characters; give a text of 1 to 191 characters$/],
    ],
    [
      "a URL that is none, without printing it",
      chatService({ preWebhookUrl: "ftp://user:pass@example.com", webhookMethod: "PUT" }),
      [
        /^preWebhookUrl: got a text of 27 characters; give an absolute URL/,
        /^webhookMethod: got "PUT"; give GET or POST$/,
      ],
    ],
    [
      "a definition that is not JSON",
      studioFlow({ definition: "{ states: [] }" }),
      [
        /^definition: got a text that is not JSON \(line 1, column 3: a key in double quotes is missing\); give the flow as Studio exports it: a JSON object, or its text/,
      ],
    ],
    [
      "a definition that Studio's validator refuses, with the places in it",
      studioFlow({
        definition: {
          states: [
            { name: "T", type: "trigger", transitions: [{ event: "incomingMessage", next: "Nowhere" }] },
          ],
          initial_state: "Elsewhere",
        },
      }),
      [
        /HTTP 400, code 81022\).*#\/initial_state: .*Elsewhere.*#\/states\/0\/transitions\/0\/next: .*Nowhere.*\/errors\/81022$/,
      ],
    ],
    [
      "adoption by a key that the arguments do not have",
      flexFlow({ contactIdentity: "", adopt: true }),
      [/^adopt: /],
    ],
    [
      "adoption of what is not there",
      proxyService({ uniqueName: "support", adopt: `KS${"0".repeat(32)}` }),
      [/^adopt: KS0+ is not in account ACe0+1$/],
    ],
    [
      "everything at once",
      flexFlow({
        chatServiceSid: "IS1",
        channelType: "fax",
        enabled: 1,
        longlived: true,
        integration: { type: "external", url: "example.com", retryCount: -1 },
      }),
      [
        /^chatServiceSid: /,
        /^channelType: /,
        /^enabled: got 1; give true or false$/,
        /^integration\.url: /,
        /^integration\.retryCount: got -1/,
        /^longlived: no such argument; did you mean longLived\?$/,
      ],
    ],
  ];

  test.each(cases)("%s", async (_name, program, reasons) => {
    const said = await refusals(program);
    // The engine tells them in no certain order.
    const order = (reason: string) => reasons.findIndex((wanted) => wanted.test(reason));
    said.sort((a, b) => order(a) - order(b));
    expect(said).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
  });
});

describe("a new object without a friendly name gets the Pulumi name", () => {
  const name = "n".repeat(76);
  const { workspace: workspaceSid } = seeded;
  const tooLong: [string, () => void][] = [
    ["MessagingService", () => new MessagingService(name)],
    ["TwimlApplication", () => new TwimlApplication(name)],
    ["PhoneNumber", () => new PhoneNumber(name, { areaCode: "206" })],
    ["Subaccount", () => new Subaccount(name)],
    ["TaskRouterWorkspace", () => new TaskRouterWorkspace(name)],
    ["TaskRouterActivity", () => new TaskRouterActivity(name, { workspaceSid, available: true })],
    ["TaskRouterTaskChannel", () => new TaskRouterTaskChannel(name, { workspaceSid, uniqueName: "fax" })],
    ["TaskRouterWorker", () => new TaskRouterWorker(name, { workspaceSid })],
  ];

  test.each(tooLong)("which preview refuses where it is too long for it: %s", async (_class, declare) => {
    expect(await refusals(async () => declare())).toEqual([
      "friendlyName: got a text of 76 characters; give a text of 1 to 64 characters; without one, it is the Pulumi name",
    ]);
  });

  test("a name that fits, one of its own and an object that keeps its name are no fault", async () => {
    const { failed, output } = await stack.preview(async () => {
      new TaskRouterTaskQueue(name, { workspaceSid });
      new TwimlApplication(name, { friendlyName: "Support" });
      new TwimlApplication(`${name}-2`, { adopt: seeded.application });
    });
    expect({ failed, output }).toMatchObject({ failed: false });
  });
});

describe("preview refuses settings that cannot work", () => {
  const environment = { ...process.env };
  beforeEach(() => {
    for (const key of Object.keys(process.env)) if (key.startsWith("TWILIO_")) delete process.env[key];
  });
  afterAll(() => Object.assign(process.env, environment));

  const { accountSid, authToken } = emulatorCredentials;
  const real = { accountSid: `AC${"1".repeat(32)}`, authToken };
  const cases: [string, Record<string, string>, RegExp][] = [
    ["no credentials", {}, /no Twilio credentials.*twilio:accountSid.*TWILIO_ACCOUNT_SID.*pulumi config set/],
    ["half credentials", { accountSid }, /incomplete: twilio:authToken missing/],
    ["half of a key", { accountSid, apiKey: `SK${"1".repeat(32)}` }, /incomplete: twilio:apiSecret missing/],
    [
      "the emulator's account against Twilio",
      { accountSid, authToken },
      /ACe0+1 is the emulator's own account/,
    ],
    [
      "http off loopback",
      { ...real, baseUrl: "http://example.com" },
      /would send credentials in clear to example/,
    ],
  ];

  test.each(cases)("%s", async (_name, config, reason) => {
    const bare = await stack.another(config);
    expect(await refusals(flexFlow({}), bare)).toEqual([expect.stringMatching(reason)]);
    expect(stack.emulator.requests).toEqual([]);
  });
});

describe("up fails clearly, and leaves nothing half done", () => {
  const numbers = () => structuredClone(stack.account().phoneNumbers);
  let before: Record<string, TwilioNumber>;
  beforeEach(() => {
    before = numbers();
  });
  afterEach(() => stack.destroy());

  test("a number that is not in the account", async () => {
    const { failed, output } = await stack.tryUp(handler({ phoneNumber: "+15550000000" }));
    expect(failed).toBe(true);
    expect(output).toMatch(
      /PhoneNumberHandler resource 'handler' has a problem: \+15550000000 is not a number of this account; buy it first/,
    );
    expect({ numbers: numbers(), writes: writes() }).toEqual({ numbers: before, writes: [] });
  });

  test("a handler that is somebody else's", async () => {
    const { failed, output } = await stack.tryUp(
      handler({ phoneNumberSid: seeded.legacyNumber, voice: proxy }),
    );
    expect(failed).toBe(true);
    expect(output).toMatch(
      /message: https:\/\/legacy\.example\.com\/\S* already handles it; voice: .*already/,
    );
    expect(output).toContain("Nothing was changed. To take it over");
    expect(output).toContain('set onConflict: "takeOver"');
    expect({ numbers: numbers(), writes: writes() }).toEqual({ numbers: before, writes: [] });
  });

  test("a unique name that is taken", async () => {
    const services = structuredClone(stack.account().proxyServices);
    const { failed, output } = await stack.tryUp(async () => {
      await proxyService({ uniqueName: "Flex Proxy Service", defaultTtl: 60 })();
      new FlexFlow("beside", { chatServiceSid: seeded.chatService, channelType: "web" });
    });
    expect(failed).toBe(true);
    expect(output).toMatch(
      new RegExp(
        `ProxyService resource 'proxy' has a problem: ${seeded.proxyService} is there already; take it over with adopt: "${seeded.proxyService}"`,
      ),
    );
    expect(stack.account().proxyServices).toEqual(services);
    const stored = (await stack.stored()).resources.map(({ urn }) => urn.split("::").at(-1));
    expect(stored).not.toContain("proxy");
    expect(output).not.toMatch(/creating the Flex Flow "beside"/);
  });
});
