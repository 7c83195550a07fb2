import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type Profile, seeded } from "../../emulator/index";
import { ask, clientOf, control, useEmulator } from "../emulator/support";
import { hook, plant, planted, plantIn } from "./planted";
import { type Ended, run } from "./support";

const authToken = planted("token");
const apiKey = `SK${"7".repeat(32)}`;
const apiSecret = planted("key");
const subaccount = `AC${"b".repeat(32)}`;

const definition = {
  description: "Answers",
  states: [
    { name: "T", type: "trigger", transitions: [{ event: "incomingMessage", next: "Ask" }], properties: {} },
    {
      name: "Ask",
      type: "make-http-request",
      transitions: [],
      properties: {
        url: hook("flow"),
        body: JSON.stringify({ apiKey: planted("body") }),
        headers: [{ key: "Authorization", value: `Bearer ${planted("header")}` }],
      },
    },
  ],
  initial_state: "T",
};

// Several commands, each a process of its own.
jest.setTimeout(120_000);

const profiles: Profile[] = ["legacy", "conversations"];

describe.each(profiles)("an account of the profile %s with credentials in every place", (profile) => {
  const emulators = useEmulator({
    profile,
    seed: {
      accounts: {
        [seeded.account]: { auth_token: authToken, api_keys: { [apiKey]: apiSecret } },
        [subaccount]: { auth_token: planted("subaccount"), owner_account_sid: seeded.account },
      },
    },
  });
  let folder: string;
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = emulators.current;
    folder = mkdtempSync(join(tmpdir(), "planted-"));
    const client = clientOf(emulator, seeded.account, authToken);
    await client.flexApi.v1.flexFlow.create({
      friendlyName: "to a webhook",
      chatServiceSid: seeded.chatService,
      channelType: "sms",
      contactIdentity: "+15017122661",
      integrationType: "external",
      "integration.url": hook("integration"),
      enabled: true,
    });
    await client.conversations.v1.addressConfigurations.create({
      type: "messenger",
      address: "messenger:104567890123456",
      "autoCreation.enabled": true,
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": hook("address"),
    });
    const account = emulator.state.account();
    plantIn(account);
    for (const flow of Object.values(account.studioFlows))
      for (const revision of flow.revisions) revision.definition = structuredClone(definition);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const byToken = () => ({
    TWILIO_ACCOUNT_SID: seeded.account,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_BASE_URL: emulator.url,
  });
  const byKey = () => ({
    TWILIO_ACCOUNT_SID: seeded.account,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: apiSecret,
    TWILIO_BASE_URL: emulator.url,
  });
  const commands = () => [
    ["trace"],
    ["trace", "--json"],
    ["import"],
    ["import", "--out", join(folder, "index.ts"), "--force"],
    ["import", "--out", join(folder, "project"), "--force"],
    ["doctor"],
    ["mirror", "--out", join(folder, "mirror.json"), "--force"],
  ];
  const shown = ({ out, err, progress }: Ended) => out + err + progress;

  /** What is seen of the credentials by each command, and in the file that `import` writes. */
  async function leaks(environment: Record<string, string>, some = commands()): Promise<string[]> {
    const found: string[] = [];
    for (const command of some) {
      const ended = await run(command, environment);
      const text = shown(ended) + (command.includes("--out") && ended.code === 0 ? filesThere() : "");
      if (text === "") found.push(`${command.join(" ")} says nothing`);
      const leak = plant.exec(text);
      if (leak) found.push(`${command.join(" ")}: ${leak[0]}`);
    }
    return found;
  }
  const filesThere = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");

  test("none is seen in what trace, import, doctor and mirror print and write", async () => {
    expect(await leaks(byToken())).toEqual([]);
    expect(await leaks(byKey(), [["trace"], ["doctor"]])).toEqual([]);
  });

  test("none is seen where Twilio's refusal quotes it", async () => {
    const message = `Token ${authToken} ${encodeURIComponent(authToken)} may not, nor ${hook("echo")}`;
    emulator.addFault({ match: {}, effect: { status: 403, code: 20003, message } });
    expect(await leaks(byToken())).toEqual([]);
  });

  test("none is seen on the emulator's page, in its log and in its routes", async () => {
    await run(["trace"], byToken());
    for (const path of ["/", "/_emulator/requests", "/_emulator/routes", "/_emulator/faults"]) {
      const { status, text } = await ask(emulator, path, { credentials: false });
      expect({ path, status }).toEqual({ path, status: 200 });
      expect({ path, leak: plant.exec(text)?.[0] }).toEqual({ path, leak: undefined });
    }
    const { text } = await control(emulator, "GET", "state");
    expect(text).not.toMatch(/planted-(token|key|subaccount)|-password-/);
  });
});
