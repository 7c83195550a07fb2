import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultAccountSid, type Emulator, seeded } from "../../emulator/index";
import { clientOf, useEmulator } from "../emulator/support";
import { openProject } from "../examples/project";
import { run, shellFor } from "./support";

const root = join(__dirname, "..", "..");
const legacy = useEmulator();
const conversations = useEmulator({ profile: "conversations" });
const bare = useEmulator({ profile: "bare" });
const secretUrl = "https://user:secret@bot.example.com/in?key=secret";

/** Inside the checkout, so that packages are found as a user's would be. */
const cache = join(root, "node_modules", ".cache", "imported");
let folder: string;
beforeEach(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "program-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (emulator: Emulator, ...args: string[]) => run(["import", ...args], shellFor(emulator));

/** Both paths through Proxy and a Messaging Service, with what is seldom: an application, a secret URL, odd names. */
async function olderAccount(emulator: Emulator) {
  const client = clientOf(emulator);
  const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Proxy/${seeded.proxyService}/Webhooks/Message`;
  await client.incomingPhoneNumbers(seeded.smsNumber).update({ smsUrl: proxyUrl, friendlyName: "日本" });
  for (const [friendlyName, channelType, contactIdentity] of [
    ['class "new"', "sms", "+15017122661"],
    ['class "new"', "facebook", "messenger:104567890123456"],
  ] as const) {
    await client.flexApi.v1.flexFlow.create({
      friendlyName,
      chatServiceSid: seeded.chatService,
      channelType,
      contactIdentity,
      integrationType: "studio",
      "integration.flowSid": seeded.studioFlow,
      enabled: channelType === "sms",
    });
  }
  const service = client.messaging.v1.services(seeded.messagingService);
  await service.phoneNumbers.create({ phoneNumberSid: seeded.legacyNumber });
  await service.shortCodes.create({ shortCodeSid: seeded.shortCode });
  await service.channelSenders.create({ sid: seeded.whatsAppSender });
  await service.update({ inboundRequestUrl: secretUrl, stickySender: false });
  await client
    .incomingPhoneNumbers(seeded.legacyNumber)
    .update({ smsApplicationSid: seeded.application, smsUrl: "", smsFallbackUrl: "" });
}

async function newerAccount(emulator: Emulator) {
  const client = clientOf(emulator);
  await client.conversations.v1.addressConfigurations.create({
    type: "messenger",
    address: "messenger:104567890123456",
    friendlyName: "SMS",
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": secretUrl,
    "autoCreation.webhookMethod": "get",
    "autoCreation.webhookFilters": ["onMessageAdded"],
    "autoCreation.conversationServiceSid": seeded.chatService,
  });
  const flow = client.studio.v2.flows(seeded.conversationFlow);
  const asking = {
    name: "Ask",
    type: "make-http-request",
    transitions: [],
    properties: { url: secretUrl, headers: [{ key: "Authorization", value: secretUrl }] },
  };
  const { definition } = await flow.fetch();
  const changed = { ...definition, states: [...definition.states, asking] };
  await flow.update({ status: "draft", commitMessage: "not yet", definition: JSON.stringify(changed) });
}

/** Every setting that the program asks for. */
const settingsIn = (program: string) =>
  [...program.matchAll(/requireSecret\("(\w+)"\)/g)].map(([, key = ""]) => key);

describe.each([
  [
    "an older account",
    legacy,
    olderAccount,
    [
      ["StudioFlow", "messagingFlow"],
      ["ProxyService", "flexProxyService"],
      ["MessagingService", "flexMessagingService"],
      ["MessagingServicePhoneNumber", "flexMessagingService15558675310Member"],
      ["MessagingServiceShortCode", "flexMessagingService898989Member"],
      ["MessagingServiceChannelSender", "flexMessagingServiceWhatsapp15017122661Member"],
      ["FlexFlow", "classNewFlexFlow"],
      ["FlexFlow", "classNewFlexFlow2"],
      ["PhoneNumberHandler", "handler"],
      ["PhoneNumberHandler", "legacySupportLineHandler"],
    ],
  ],
  [
    "a newer account",
    conversations,
    newerAccount,
    [
      ["StudioFlow", "messagingFlow"],
      ["ConversationsAddress", "smsAddress"],
      ["ConversationsAddress", "whatsAppAddress"],
      ["ConversationsAddress", "smsAddress2"],
      ["PhoneNumberHandler", "to5017122661Handler"],
      ["PhoneNumberHandler", "legacySupportLineHandler"],
    ],
  ],
] as const)("%s", (_, on, prepare, resources) => {
  test("becomes a program that compiles, and takes everything over without a change", async () => {
    const emulator = on.current;
    await prepare(emulator);
    const source = join(folder, "index.ts");
    const { code, out, err } = await written(emulator, "--out", source);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "",
      err: `wrote ${source}. See what it would change with: pulumi preview\n`,
    });
    const program = readFileSync(source, "utf8");
    expect([...program.matchAll(/new flex\.(\w+)\("(\w+)"/g)].map(([, type, name]) => [type, name])).toEqual(
      resources,
    );
    expect(program).not.toContain("secret@");
    expect(program).not.toContain("key=secret");

    const tsc = require.resolve("typescript/bin/tsc");
    const options = [
      "--strict",
      "--noUnusedLocals",
      "--module",
      "node16",
      "--target",
      "es2022",
      "--skipLibCheck",
    ];
    const compiled = await promisify(execFile)(
      process.execPath,
      [tsc, ...options, "--types", "node", source],
      {
        cwd: root,
      },
    ).catch(({ stdout }) => ({ stdout }));
    expect(compiled.stdout).toBe("");

    const settings = `name: imported\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: ${folder}/index.js\n`;
    const project = await openProject(settings, emulator.url);
    try {
      for (const key of settingsIn(program))
        await project.pulumi("config", "set", "--secret", key, secretUrl);
      const before = structuredClone(emulator.state.account());
      const since = emulator.requests.length;
      const preview = await project.pulumi("preview");
      expect(preview).toEqual({ code: 0, output: expect.any(String) });
      const warnings = preview.output.match(/warning: .*/g) ?? [];
      expect(warnings).not.toEqual([]);
      const known =
        /changes nothing in it$|changes nothing in it, as far as it is known|Unless that is what is declared/;
      expect(warnings.filter((warning) => !known.test(warning))).toEqual([]);
      const up = await project.pulumi("up", "--yes", "--skip-preview");
      expect(up).toEqual({ code: 0, output: expect.any(String) });
      expect(up.output).toContain(`+ ${resources.length + 1} created`);
      const writes = emulator.requests.slice(since).filter(({ method }) => method !== "GET");
      expect(writes.filter(({ operationId }) => operationId !== "UpdateFlowValidate")).toEqual([]);
      expect(emulator.state.account()).toEqual(before);
      const again = await project.pulumi("up", "--yes", "--skip-preview");
      expect(again.output).toContain(`${resources.length + 1} unchanged`);
      expect(await project.pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
      expect(emulator.state.account()).toEqual(before);
    } finally {
      project.close();
    }
  }, 180_000);
});

test("without --out the program goes to stdout", async () => {
  await newerAccount(conversations.current);
  const { code, out, err } = await written(conversations.current);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^\/\/ What handles inbound messages of the Twilio account AC.*\nimport /);
  expect(out).toContain("studioFlowSid: messagingFlow.id,");
});

test("a number with an application and URLs is taken over with a word about it", async () => {
  await clientOf(legacy.current)
    .incomingPhoneNumbers(seeded.legacyNumber)
    .update({ smsApplicationSid: seeded.application });
  const { out } = await written(legacy.current);
  expect(
    out,
  ).toContain(`// The application answers; the number's own URLs, which are not used beside it, are made blank.
new flex.PhoneNumberHandler("legacySupportLineHandler", {
  phoneNumber: "+15558675310",
  message: {
    kind: "application",
    applicationSid: "${seeded.application}",
  },
  onConflict: "takeOver",
});`);
});

test("an account with nothing on its ways gives a program that declares nothing", async () => {
  const { code, out } = await written(bare.current);
  expect({ code, lines: out.trim().split("\n").length }).toEqual({ code: 0, lines: 2 });
});

test("a file that is there is overwritten with --force only", async () => {
  const file = join(folder, "mine.ts");
  writeFileSync(file, "mine");
  const { code, out, err } = await written(bare.current, "--out", file);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toBe(
    `pulumi-twilio-flex: ${file} is there already; name another one with --out, or give --force\n`,
  );
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect((await written(bare.current, "--out", file, "--force")).code).toBe(0);
  expect(readFileSync(file, "utf8")).not.toBe("mine");
});

test("a file that cannot be written is said in one line", async () => {
  const { code, err } = await written(bare.current, "--out", join(folder, "missing", "index.ts"));
  expect({ code, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
});
