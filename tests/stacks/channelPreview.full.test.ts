import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import { clientOf, control } from "../emulator/support";
import { openProject, type Project } from "../examples/project";

const phoneNumber = "+15017122661";
const sms = { type: "SmsChannel", phoneNumber };

let emulator: Emulator;
let project: Project;
let folder: string;

/** The channel "support" of this class, with these arguments. */
const declare = (channel: object) =>
  project.pulumi("config", "set", "channel", JSON.stringify(channel)).then(() => undefined);
const diagnosticsOf = (output: string) => output.split("Diagnostics:")[1]?.split("Resources:")[0] ?? "";

beforeAll(async () => {
  emulator = await startEmulator({ strict: true });
  const folders = join(__dirname, "../../node_modules/.cache/stacks");
  mkdirSync(folders, { recursive: true });
  folder = mkdtempSync(join(folders, "channel-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "channel", main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `const { type, ...args } = new (require("@pulumi/pulumi").Config)().requireObject("channel");
    new (require("pulumi-twilio-flex")[type])("support", args);`,
  );
  project = await openProject(`name: channel\nruntime: nodejs\nmain: ${folder}\n`, emulator.url);
});
afterAll(async () => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
  await emulator.close();
});

/** A Studio flow that is in the account already. */
async function flowOf(status: "draft" | "published", event: string): Promise<string> {
  const definition = {
    description: "One trigger",
    initial_state: "Trigger",
    states: [
      { name: "Trigger", type: "trigger", properties: {}, transitions: [{ event, next: "Split" }] },
      {
        name: "Split",
        type: "split-based-on",
        properties: { input: "{{trigger.message.Body}}" },
        transitions: [{ event: "noMatch" }],
      },
    ],
  };
  const flow = { friendlyName: `A ${status}`, status, definition };
  return (await clientOf(emulator).studio.v2.flows.create(flow)).sid;
}

describe("a flow that would not answer is refused in preview, in one line that names the channel", () => {
  const asProxy = { messaging: "proxy" };

  test.each<[string, "draft" | "published", string, object, string]>([
    ["a draft", "draft", "incomingConversationMessage", {}, "(A draft) is a draft, which answers nobody"],
    ["one that only Flex Flows start", "published", "incomingMessage", {}, "starts only on incomingMessage"],
    [
      "the same while moving",
      "published",
      "incomingMessage",
      { messaging: "moving" },
      'starts only on incomingMessage, but on messaging "moving" it is started by incomingConversationMessage; ',
    ],
    [
      "one that only conversations start",
      "published",
      "incomingConversationMessage",
      asProxy,
      'starts only on incomingConversationMessage, but on messaging "proxy" it is started by incomingMessage; ',
    ],
  ])(
    "%s",
    async (_, status, event, messaging, message) => {
      const flow = await flowOf(status, event);
      await declare({ ...sms, ...messaging, destination: { kind: "studio", flow } });
      const { code, output } = await project.pulumi("preview");
      expect(code).not.toBe(0);
      expect(output).toContain(`error: support: destination: Studio flow ${flow} ${message}`);
      expect(diagnosticsOf(output).match(/error: support: destination/g)).toHaveLength(1);
      expect(output).toContain(message);
      expect(output).not.toMatch(/^\s+at /m);
    },
    60_000,
  );

  test("one that is not there", async () => {
    const flow = `FW${"0".repeat(32)}`;
    await declare({ ...sms, destination: { kind: "studio", flow } });
    const { code, output } = await project.pulumi("preview");
    expect(code).not.toBe(0);
    expect(output).toContain(`support: destination: Studio flow ${flow} is not in the account`);
  }, 60_000);

  test("also where there was no preview: the number is what it was", async () => {
    const before = JSON.stringify(emulator.state.account().phoneNumbers);
    const flow = await flowOf("draft", "incomingConversationMessage");
    await declare({ ...sms, destination: { kind: "studio", flow } });
    expect((await project.pulumi("up", "--yes", "--skip-preview")).code).not.toBe(0);
    expect(JSON.stringify(emulator.state.account().phoneNumbers)).toBe(before);
    expect(emulator.state.account().addressConfigurations).toEqual({});
  }, 60_000);
});

test("a preview of the move tells how many Proxy sessions are open, and then moves", async () => {
  const channel = { ...sms, destination: { kind: "webhook", url: "https://bot.example.com/in" } };
  await declare({ ...channel, messaging: "proxy" });
  expect(await project.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  await declare({ ...channel, messaging: "moving" });
  expect((await project.pulumi("preview")).output).not.toContain("warning");

  for (const from of ["+15005550006", "+15005550007"])
    await control(emulator, "POST", "inbound", { channel: "sms", from, to: phoneNumber, body: "Hello" });
  const { code, output } = await project.pulumi("preview");
  expect(code).toBe(0);
  expect(output).toContain(`warning: support: 2 Proxy sessions are open at ${phoneNumber}`);

  const [session] = Object.values(emulator.state.account().proxySessions);
  await clientOf(emulator)
    .proxy.v1.services(seeded.proxyService)
    .sessions(session?.sid ?? "")
    .update({ status: "closed" });
  expect((await project.pulumi("preview")).output).toContain("support: 1 Proxy session is open");

  expect(await project.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  expect((await project.pulumi("preview")).output).not.toContain("warning");
  expect(await project.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
}, 240_000);
