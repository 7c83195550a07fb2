import { seeded } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import { newChannelsSender } from "../../emulator/products/messaging/records";
import { newPhoneNumber } from "../../emulator/products/numbers/records";
import { type Destination, InboundChannels, StudioFlow, studioFlowToFlex } from "../../provider/index";
import { routesOf } from "../../provider/routing";
import { onStack } from "./onStack";

const seededAt = "2021-03-04T05:06:07Z";
const thirdNumber = newPhoneNumber(`PN${"3".repeat(32)}`, seeded.account, "+15017122663", seededAt);
const fourthNumber = newPhoneNumber(`PN${"4".repeat(32)}`, seeded.account, "+15017122664", seededAt);
const secondSender = newChannelsSender(`XE${"2".repeat(32)}`, "whatsapp:+15017122663", seededAt);
const thirdSender = newChannelsSender(`XE${"3".repeat(32)}`, "whatsapp:+15017122664", seededAt);

const definition = studioFlowToFlex({
  workflowSid: seeded.workflow,
  taskChannelSid: seeded.chatTaskChannel,
});
const webhook: Destination = { kind: "webhook", url: "https://me:key@bot.example.com/in" };
const workflow: Destination = {
  kind: "workflow",
  workflow: seeded.workflow,
  workspaceSid: seeded.workspace,
};
const conversation: Destination = { kind: "conversation" };
const onConflict = "takeOver";

const stack = onStack({
  emulator: {
    seed: {
      accounts: {
        [seeded.account]: {
          phoneNumbers: { [thirdNumber.sid]: thirdNumber, [fourthNumber.sid]: fourthNumber },
          channelsSenders: { [secondSender.sid]: secondSender, [thirdSender.sid]: thirdSender },
        },
      },
    },
  },
});
let before: string;
let flowsBefore: number;

const account = () => stack.account();
/** All that the account holds, but for dates. */
const held = () =>
  JSON.stringify(account(), (key, value) =>
    key.startsWith("date_") || key.endsWith("_at") ? undefined : value,
  );

beforeAll(() => {
  before = held();
  flowsBefore = Object.keys(account().studioFlows).length;
});

const program = async () => {
  const flow = new StudioFlow("greeter", { definition, status: "published" });
  const { routes, callbackUrls } = new InboundChannels("inbound", {
    messaging: "proxy",
    destination: { kind: "studio", definition },
    channels: {
      text: { type: "sms", phoneNumberSid: seeded.smsNumber },
      legacy: { type: "sms", phoneNumber: "+15558675310", onConflict, destination: workflow },
      third: {
        type: "sms",
        phoneNumber: thirdNumber.phone_number,
        messaging: "moving",
        destination: { kind: "studio", definition },
      },
      fourth: {
        type: "sms",
        phoneNumber: fourthNumber.phone_number,
        messaging: "conversations",
        destination: { kind: "studio", flow },
      },
      whatsapp: {
        type: "whatsapp",
        phoneNumber: "+15017122661",
        senderSid: seeded.whatsAppSender,
        onConflict,
        destination: webhook,
      },
      second: {
        type: "whatsapp",
        phoneNumber: "+15017122663",
        senderSid: secondSender.sid,
        messaging: "moving",
        destination: webhook,
      },
      hand: {
        type: "whatsapp",
        phoneNumber: "+15017122664",
        messaging: "conversations",
        destination: conversation,
      },
      page: { type: "messenger", pageId: "1" },
      fans: { type: "messenger", pageId: "2", messaging: "conversations" },
      shop: { type: "chat", address: "shop", destination: { kind: "studio", flow: seeded.studioFlow } },
      help: { type: "chat", address: "help", messaging: "moving" },
      kiosk: { type: "custom", address: "kiosk", destination: webhook },
      mail: {
        type: "custom",
        address: "help@example.com",
        addressType: "email",
        messaging: "conversations",
        destination: webhook,
      },
    },
  });
  return { routes, callbackUrls };
};

async function up() {
  const done = await stack.tryUp(program);
  if (done.failed) throw new Error(done.output);
  return done;
}

/** What several channels want to know. */
const shared = ["FetchConfiguration", "FetchFlowRevision", "ListService PageSize"];

test("each channel takes its own path to its own destination, and each lookup is made once", async () => {
  const { outputs, requests } = await up();
  const reached = routesOf(snapshotOf(account())).map(({ channel, address, ways }) => [
    `${channel} ${address}`,
    ways.map(({ reaches, by }) => `${reaches} by ${by}`).join(", "),
  ]);
  expect(Object.fromEntries(reached)).toMatchObject({
    "sms +15017122661": "agents by handler",
    "sms +15558675310": "agents by handler",
    "sms +15017122663": "agents by conversations",
    "sms +15017122664": "agents by conversations",
    "whatsapp whatsapp:+15017122661": "webhook by handler",
    "whatsapp whatsapp:+15017122663": "webhook by conversations",
    "whatsapp whatsapp:+15017122664": "conversation by conversations",
    "messenger messenger:1": "agents by handler",
    "messenger messenger:2": "agents by conversations",
    "web shop": "agents by handler",
    "chat help": "agents by conversations",
    "custom kiosk": "webhook by handler",
    "email help@example.com": "webhook by conversations",
  });
  // One flow for all that have no destination of their own, the one of the third number, and the program's.
  expect(Object.values(account().studioFlows)).toHaveLength(flowsBefore + 3);
  expect(Object.keys(Object(outputs.routes))).toHaveLength(13);
  expect(Object.keys(Object(outputs.callbackUrls)).sort()).toEqual(["legacy", "page", "text", "whatsapp"]);
  // Once in the program's process; a list once more in the provider's, whose checks look at what is there.
  for (const lookup of shared) {
    const most = lookup.startsWith("List") ? 2 : 1;
    const made = requests.filter((request) => request === lookup).length;
    expect([lookup, made >= 1 && made <= most]).toEqual([lookup, true]);
  }
}, 180_000);

test("a second up changes nothing and asks only what the lookups ask, refresh finds nothing", async () => {
  const { steps, requests } = await up();
  expect(steps).toEqual({});
  expect(requests.sort()).toEqual([...shared, "FetchIncomingPhoneNumber"].sort());
  const { steps: found, requests: read } = await stack.refresh();
  expect(found).toEqual({});
  expect(read.filter((request) => !/^(Fetch|List)/.test(request))).toEqual([]);
}, 180_000);

test("destroy leaves the account as it was", async () => {
  const { failed, output } = await stack.destroy();
  if (failed) throw new Error(output);
  expect(held()).toBe(before);
}, 180_000);
