/**
 * Draws emulator/docs/page.png: the emulator's page with an account that is halfway from Proxy to Conversations.
 * `npm run screenshot -- [--dark] [--width 1280] [--file emulator/docs/page.png]`
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { getChromium } from "./chromium.mjs";
import { smallPng } from "./small-png.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    dark: { type: "boolean", default: false },
    width: { type: "string", default: "1280" },
    file: { type: "string", default: join(root, "emulator/docs/page.png") },
  },
});

const width = Number(values.width);
const { startEmulator, seeded, defaultAuthToken } = createRequire(import.meta.url)("../emulator");
const emulator = await startEmulator();
const profile = mkdtempSync(join(tmpdir(), "emulator-page-"));
try {
  await fill();
  const browser = await chromium.launchPersistentContext(profile, {
    ...(await getChromium()),
    deviceScaleFactor: 2,
    colorScheme: values.dark ? "dark" : "light",
    reducedMotion: "reduce",
    viewport: { width, height: 800 },
  });
  try {
    const page = await browser.newPage();
    await page.goto(emulator.url);
    await page.getByLabel("To", { exact: true }).fill("+15558675310");
    await page.getByLabel("Message", { exact: true }).fill("Where is my parcel?");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("#result > *").waitFor();

    // As far down as the requests: the objects below them are no sight.
    await page.evaluate("scrollTo(0, 0)");
    const sections = [page.locator("section.log"), page.locator("section.messages")];
    const boxes = await Promise.all(sections.map((section) => section.boundingBox()));
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
    await page.setViewportSize({ width, height: Math.ceil(bottom) + 24 });
    writeFileSync(values.file, smallPng(await page.screenshot()));
  } finally {
    await browser.close();
  }
} finally {
  await emulator.close();
  rmSync(profile, { recursive: true, force: true });
}

/** Two numbers by Proxy, an address by Conversations, a number that nothing is set up for, and one that was forgotten. */
async function fill() {
  const { account, proxyService, chatService, flexService, studioFlow, workflow, workspace } = seeded;
  const api = "/api.twilio.com/2010-04-01";
  const proxy = `https://webhooks.twilio.com/v1/Accounts/${account}/Proxy/${proxyService}/Webhooks/Message`;
  const number = (sid, params) => post(`${api}/Accounts/${account}/IncomingPhoneNumbers/${sid}.json`, params);
  const buy = (params) => post(`${api}/Accounts/${account}/IncomingPhoneNumbers.json`, params);
  const flexFlow = (FriendlyName, ContactIdentity, rest) =>
    post("/flex-api.twilio.com/v1/FlexFlows", {
      FriendlyName,
      ContactIdentity,
      ChatServiceSid: chatService,
      ChannelType: "sms",
      Enabled: "true",
      ...rest,
    });

  await number(seeded.legacyNumber, { SmsUrl: proxy });
  await flexFlow("Support by SMS", "+15558675310", {
    IntegrationType: "studio",
    "Integration.FlowSid": studioFlow,
  });
  const [billing, forgotten, spare] = await forSale(api, account);
  await buy({ PhoneNumber: billing, FriendlyName: "Billing", SmsUrl: proxy });
  const { sid: billingWorkflow } = await post(`/taskrouter.twilio.com/v1/Workspaces/${workspace}/Workflows`, {
    FriendlyName: "Billing",
    Configuration: JSON.stringify({
      task_routing: { filters: [], default_filter: { queue: seeded.everyoneQueue } },
    }),
  });
  await flexFlow("Billing by SMS", billing, {
    IntegrationType: "task",
    "Integration.WorkspaceSid": workspace,
    "Integration.WorkflowSid": billingWorkflow,
    "Integration.Channel": seeded.smsTaskChannel,
  });
  await buy({ PhoneNumber: forgotten, FriendlyName: "Campaign", SmsUrl: proxy });
  await buy({ PhoneNumber: spare, FriendlyName: "Spare" });

  const { sid: flow } = await post("/studio.twilio.com/v2/Flows", {
    FriendlyName: "Conversations",
    Status: "published",
    Definition: JSON.stringify(toFlex(workflow, seeded.chatTaskChannel)),
  });
  await number(seeded.smsNumber, { SmsUrl: "" });
  for (const [Type, Address, FriendlyName] of [
    ["sms", "+15017122661", "Orders by SMS"],
    ["whatsapp", "whatsapp:+15017122661", "Orders by WhatsApp"],
  ]) {
    await post("/conversations.twilio.com/v1/Configuration/Addresses", {
      Type,
      Address,
      FriendlyName,
      "AutoCreation.Enabled": "true",
      "AutoCreation.Type": "studio",
      "AutoCreation.StudioFlowSid": flow,
      "AutoCreation.ConversationServiceSid": flexService,
    });
  }
  await send("POST", `/messaging.twilio.com/v2/Channels/Senders/${seeded.whatsAppSender}`, {
    "Content-Type": "application/json",
    body: JSON.stringify({ webhook: { callback_url: "" } }),
  });
  await post(
    "/studio.twilio.com/v2/Flows",
    { FriendlyName: "Nights", Status: "asleep", Definition: "{}" },
    400,
  );
}

async function forSale(api, account) {
  const { available_phone_numbers: numbers } = await send(
    "GET",
    `${api}/Accounts/${account}/AvailablePhoneNumbers/US/Local.json`,
  );
  return numbers.map(({ phone_number }) => phone_number);
}

function toFlex(workflow, channel) {
  return {
    description: "Sends every conversation to Flex",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingConversationMessage", next: "SendToFlex" }],
        properties: {},
      },
      { name: "SendToFlex", type: "send-to-flex", transitions: [], properties: { workflow, channel } },
    ],
    initial_state: "Trigger",
  };
}

function post(path, params, status = 201) {
  return send("POST", path, { body: new URLSearchParams(params), status });
}

async function send(method, path, { body, status = 200, ...headers } = {}) {
  const basic = Buffer.from(`${seeded.account}:${defaultAuthToken}`).toString("base64");
  const answer = await fetch(emulator.url + path, {
    method,
    headers: { Authorization: `Basic ${basic}`, ...headers },
    body,
  });
  if (answer.status !== status && !answer.ok) throw new Error(`${path} answered ${await answer.text()}`);
  return answer.json();
}
