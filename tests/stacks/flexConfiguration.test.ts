import type { PulumiFn } from "@pulumi/pulumi/automation";
import { FlexConfiguration, type FlexConfigurationArgs } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

const flex = () => {
  const { flexConfiguration } = stack.account();
  if (!flexConfiguration) throw new Error("there is no Flex");
  return flexConfiguration;
};
const undated = () => {
  const { date_updated: _, ...rest } = flex();
  return structuredClone(rest);
};

const program =
  (args: FlexConfigurationArgs, name = "flex"): PulumiFn =>
  async () =>
    void new FlexConfiguration(name, args);

const { up } = stack;
const kinds = (asked: object[]) => asked.flatMap((request) => Object.keys(request));

/** A value for every key, none as it is there. */
const everything: FlexConfigurationArgs = {
  attributes: { own: 1 },
  taskrouterTargetWorkflowSid: `WW${"1".repeat(32)}`,
  taskrouterTargetTaskqueueSid: `WQ${"1".repeat(32)}`,
  taskrouterTaskqueues: [{ sid: `WQ${"1".repeat(32)}`, targettable: true }],
  taskrouterSkills: [{ name: "letters", multivalue: false }],
  taskrouterWorkerChannels: { role: { chat: 3 } },
  taskrouterWorkerAttributes: { role: "agent" },
  taskrouterOfflineActivitySid: `WA${"1".repeat(32)}`,
  runtimeDomain: "example-1.twil.io",
  uiLanguage: "de",
  uiAttributes: { theme: { dark: true } },
  uiDependencies: { react: "17.0.2" },
  uiVersion: "2.9.0",
  callRecordingEnabled: true,
  callRecordingWebhookUrl: "https://example.com/recordings",
  crmEnabled: true,
  crmType: "salesforce",
  crmCallbackUrl: "https://example.com/crm",
  crmFallbackUrl: "https://example.com/crm/fallback",
  crmAttributes: { key: "value" },
  publicAttributes: { shown: true },
  pluginServiceEnabled: false,
  pluginServiceAttributes: { plugin: "on" },
  integrations: [{ type: "webhook", active: true }],
  outboundCallFlows: { german: { enabled: true } },
  queueStatsConfiguration: { active: true },
  serverlessServiceSids: [`ZS${"1".repeat(32)}`],
  notifications: { mode: "always" },
  markdown: { enabled: false },
  flexInsightsHr: { enabled: true },
  flexInsightsDrilldown: false,
  channelConfigs: [{ type: "web" }],
  debuggerIntegration: { enabled: false },
  flexUiStatusReport: { enabled: false },
  agentConvEndMethods: { leave: true },
  citrixVoiceVdi: { enabled: true },
  offlineConfig: { ttl: 60 },
};

let before: ReturnType<typeof undated>;

test("a key is set by one write that carries only what changes, and an object is merged into the one that is there", async () => {
  before = undated();
  flex().ui_attributes = { logo: "https://example.com/logo.png" };
  const { asked } = await up(program({ callRecordingEnabled: true, uiAttributes: { theme: "dark" } }));
  expect(kinds(asked)).toEqual(["FetchConfiguration", "FetchConfiguration", "UpdateConfiguration"]);
  expect(Object.keys(Object.assign({}, ...asked).UpdateConfiguration).sort()).toEqual([
    "account_sid",
    "call_recording_enabled",
    "ui_attributes",
  ]);
  expect(undated()).toEqual({
    ...before,
    call_recording_enabled: true,
    ui_attributes: { logo: "https://example.com/logo.png", theme: "dark" },
  });
});

test("a second up asks nothing, and a refresh sees only what is declared", async () => {
  const declared = program({ callRecordingEnabled: true, uiAttributes: { theme: "dark" } });
  expect((await up(declared)).asked).toEqual([]);
  flex().ui_language = "fr";
  Object.assign(flex().ui_attributes ?? {}, { logo: "https://example.com/other.png" });
  expect((await stack.refresh()).steps).toEqual({});
  Object.assign(flex().ui_attributes ?? {}, { theme: "light" });
  expect((await stack.refresh()).diffs.flex).toEqual(["uiAttributes.theme"]);
  await up(declared);
  expect(flex().ui_attributes).toEqual({ logo: "https://example.com/other.png", theme: "dark" });
  flex().ui_language = before.ui_language;
});

test("a key that is taken away goes back to what was found, inside an object too", async () => {
  await up(program({ callRecordingEnabled: true, uiAttributes: { colour: "red" } }));
  expect(flex().ui_attributes).toEqual({ logo: "https://example.com/other.png", colour: "red" });
  await up(program({ uiAttributes: { colour: "red" } }));
  expect(flex().call_recording_enabled).toBeNull();
  await stack.destroy();
  expect(flex().ui_attributes).toEqual({ logo: "https://example.com/other.png" });
  flex().ui_attributes = before.ui_attributes;
});

test("every key can be set, rests, and is given back to the letter", async () => {
  await up(program(everything));
  expect(flex()).toMatchObject({
    attributes: { own: 1 },
    crm_attributes: { key: "value" },
    notifications: { mode: "always", enabled: true },
    integrations: [{ type: "webhook", active: true }],
    offline_config: { ttl: 60 },
  });
  expect((await up(program(everything))).asked).toEqual([]);
  expect((await stack.refresh()).steps).toEqual({});
  await stack.destroy();
  expect(undated()).toEqual(before);
});

test("two resources own different keys of one object; the same key is refused", async () => {
  const both =
    (theirs: object): PulumiFn =>
    async () => {
      new FlexConfiguration("one", { uiAttributes: { theme: "dark" } });
      new FlexConfiguration("two", { uiAttributes: { ...theirs } });
    };
  await up(both({ colour: "red" }));
  expect(flex().ui_attributes).toEqual(
    Object.assign({}, before.ui_attributes, { theme: "dark", colour: "red" }),
  );
  expect((await up(both({ colour: "red" }))).asked).toEqual([]);
  await stack.destroy();
  expect(undated()).toEqual(before);
});

test("in the mode replace an object becomes all there is; a change of the mode alone asks nothing", async () => {
  flex().ui_attributes = { logo: "mine" };
  await up(program({ uiAttributes: { theme: "dark" } }));
  const moded = await up(program({ uiAttributes: { theme: "dark" }, mode: "replace" }));
  expect(moded.asked).toEqual([]);
  expect(flex().ui_attributes).toEqual({ logo: "mine", theme: "dark" });
  await up(program({ uiAttributes: { theme: "light" }, mode: "replace" }));
  expect(flex().ui_attributes).toEqual({ theme: "light" });
  expect((await stack.refresh()).steps).toEqual({});
  await stack.destroy();
  expect(flex().ui_attributes).toEqual({ logo: "mine" });
  flex().ui_attributes = before.ui_attributes;
});

test("under another name, or made anew by force, it stays as declared and remembers what was there", async () => {
  await up(program({ uiLanguage: "de" }));
  await up(program({ uiLanguage: "de" }, "renamed"));
  await up(program({ uiLanguage: "de" }, "renamed"), ["renamed"]);
  expect(flex().ui_language).toBe("de");
  await stack.destroy();
  expect(undated()).toEqual(before);
});

// The values are those of an account's own configuration, which Twilio prints on
// https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api: `runtime_domain` is a host without a scheme.
test("what the account has can be declared as it is, and nothing is written", async () => {
  const found = program({
    runtimeDomain: "emulator-1234.twil.io",
    uiAttributes: { warmTransfers: { enabled: true }, notifications: { browser: true } },
    notifications: { enabled: true, mode: "whenNotInFocus" },
    markdown: { enabled: true, mode: "readWrite" },
    debuggerIntegration: { enabled: true },
    flexInsightsDrilldown: true,
  });
  expect((await stack.preview(found)).failed).toBe(false);
  expect(kinds((await up(found)).asked)).not.toContain("UpdateConfiguration");
  expect((await stack.refresh()).steps).toEqual({});
  await stack.destroy();
  expect(undated()).toEqual(before);
});

test("preview refuses keys that Twilio lets nobody change, and an account without Flex is told so", async () => {
  const readOnly: FlexConfigurationArgs = JSON.parse(
    '{"flexUrl": "https://example.com", "uiLanguage": "de"}',
  );
  const { output } = await stack.preview(program(readOnly));
  expect(output).toContain(
    "flexUrl: Twilio sets it, and lets nobody change it; read it with getFlexConfiguration",
  );
  const none = await stack.preview(program({}));
  expect(none.output).toContain("give at least one key of the configuration");
  const kept = flex();
  stack.account().flexConfiguration = null;
  const without = await stack.tryUp(program({ uiLanguage: "de" }));
  expect(without.output).toContain("this account has no Flex");
  stack.account().flexConfiguration = kept;
});
