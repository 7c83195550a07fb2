import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import {
  type Destination,
  type Messaging,
  SmsChannel,
  type SmsChannelArgs,
  studioFlowToFlex,
} from "../../provider/index";
import { routeOf } from "../../provider/routing";
import { openProject } from "../examples/project";
import { onStack } from "./onStack";
import { RouteWatch } from "./routeWatch";

const phoneNumber = "+15017122661";
const toFlex: Destination = {
  kind: "studio",
  definition: studioFlowToFlex({ workflowSid: seeded.workflow, taskChannelSid: seeded.smsTaskChannel }),
};

const watch = new RouteWatch({ text: [`sms ${phoneNumber}`] });
const stack = onStack({ emulator: { clock: watch.clock } });

const account = () => stack.account();
const route = () => routeOf(snapshotOf(account()), "sms", phoneNumber);
const takers = () => route().ways.filter(({ reaches }) => reaches !== "nobody");
const number = () => account().phoneNumbers[seeded.smsNumber];
const only = <T>(all: Record<string, T>): T | undefined => Object.values(all)[0];

beforeAll(() => {
  watch.start(account);
});
beforeEach(() => {
  watch.seen();
});

const program =
  (messaging?: Messaging, args: Partial<SmsChannelArgs> = {}) =>
  async () => {
    const { route, callbackUrl, manualSteps } = new SmsChannel("support", {
      phoneNumber,
      destination: toFlex,
      messaging,
      ...args,
    });
    return { route, callbackUrl, manualSteps };
  };

async function up(messaging?: Messaging, args?: Partial<SmsChannelArgs>) {
  const done = await stack.tryUp(program(messaging, args));
  if (done.failed) throw new Error(done.output);
  return done;
}

describe("on proxy", () => {
  test("the number leads to the Proxy service, the Flex Flow and the flow", async () => {
    const { steps, outputs } = await up("proxy");
    expect(steps).toEqual({
      support: "create",
      "support-flow": "create",
      "support-flex-flow": "create",
      "support-number": "create",
    });
    expect(takers().map(({ hops }) => hops.map(({ kind }) => kind))).toEqual([
      ["phoneNumber", "proxyService", "flexFlow", "chatChannel", "studioFlow", "taskRouterWorkflow"],
    ]);
    const [flexFlow, flow] = [only(account().flexFlows)?.sid, Object.keys(account().studioFlows).at(-1)];
    expect(outputs).toEqual({
      route: `SMS to ${phoneNumber} → Proxy service ${seeded.proxyService} → Flex Flow ${flexFlow} → Studio flow ${flow}`,
      callbackUrl: number()?.sms_url,
      manualSteps: [],
    });
  });

  test("a second up changes nothing and asks only what the lookups ask", async () => {
    const { steps, requests } = await up("proxy");
    expect(steps).toEqual({});
    expect(requests.sort()).toEqual(["FetchConfiguration", "ListService PageSize"]);
  });
});

describe("moving", () => {
  test("makes the address, blanks the number and disables the Flex Flow, in this order", async () => {
    const { asked, outputs } = await up("moving");
    expect(
      asked.map((request) => Object.keys(request)[0]).filter((name) => !/^(Fetch|List)/.test(name ?? "")),
    ).toEqual(["CreateConfigurationAddress", "UpdateIncomingPhoneNumber", "UpdateFlexFlow"]);
    expect(only(account().flexFlows)).toMatchObject({ enabled: false });
    expect(number()?.sms_url).toBe("");
    expect(takers()).toHaveLength(1);
    expect(outputs.callbackUrl).toBeUndefined();
    expect(watch.seen().text).toEqual(["conversations and handler", "conversations", "conversations"]);
  });

  test("can be taken back: the address is disabled once the number leads to the Flex Flow", async () => {
    const { steps } = await up("proxy");
    expect(steps).toEqual({
      "support-address": "update",
      "support-flex-flow": "update",
      "support-number": "update",
    });
    expect(only(account().addressConfigurations)).toMatchObject({ auto_creation: { enabled: false } });
    expect(watch.seen().text).toEqual(["conversations", "conversations and handler", "handler"]);
    expect((await up("proxy")).steps).toEqual({});
  });

  test("and on to conversations, which deletes the Flex Flow", async () => {
    await up("moving");
    const { steps } = await up();
    expect(steps).toEqual({ "support-flex-flow": "delete" });
    expect(takers().map(({ hops }) => hops.map(({ kind }) => kind))).toEqual([
      ["phoneNumber", "address", "conversation", "studioFlow", "taskRouterWorkflow"],
    ]);
    expect(route().problems).toEqual([]);
    const { steps: again, requests } = await up();
    expect([again, requests]).toEqual([{}, []]);
  });

  test("back to proxy from conversations, too", async () => {
    await up("proxy");
    expect(takers()).toHaveLength(1);
    await up("moving");
  });
});

afterEach(() => expect(watch.seen().text).not.toContain("nobody"));

test("destroy gives the number back what it had", async () => {
  await stack.destroy();
  expect(number()?.sms_url).toBe("https://demo.twilio.com/welcome/sms/reply/");
  expect([account().flexFlows, account().addressConfigurations]).toEqual([{}, {}]);
});

test("from proxy to conversations without moving is refused in preview, in one line", async () => {
  const folders = join(__dirname, "../../node_modules/.cache/stacks");
  mkdirSync(folders, { recursive: true });
  const folder = mkdtempSync(join(folders, "channel-"));
  const channel = {
    phoneNumber,
    destination: { kind: "webhook", url: "https://bot.example.com/in" },
    chatServiceSid: seeded.chatService,
    proxyServiceSid: seeded.proxyService,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "channel", main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `const messaging = new (require("@pulumi/pulumi").Config)().require("messaging");
    new (require("pulumi-twilio-flex").SmsChannel)("support", { ...${JSON.stringify(channel)}, messaging });`,
  );
  const project = await openProject(`name: channel\nruntime: nodejs\nmain: ${folder}\n`, stack.emulator.url);
  try {
    await project.pulumi("config", "set", "messaging", "proxy");
    expect(await project.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    await project.pulumi("config", "set", "messaging", "conversations");
    const { code, output } = await project.pulumi("preview");
    expect(code).not.toBe(0);
    const [, diagnostics = ""] = output.split("Diagnostics:");
    expect(diagnostics.match(/error: support: its Flex Flow is enabled/g)).toHaveLength(1);
    expect(output).toContain('messaging: "moving" first');
    expect(output).not.toMatch(/^\s+at /m);
    await project.pulumi("destroy", "--yes", "--skip-preview");
  } finally {
    project.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
