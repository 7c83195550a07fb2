import { seeded } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import {
  type Destination,
  type InboundChannel,
  InboundChannels,
  type Messaging,
  studioFlowToFlex,
} from "../../provider/index";
import { routesOf } from "../../provider/routing";
import { onStack } from "./onStack";

const toFlex: Destination = {
  kind: "studio",
  definition: studioFlowToFlex({ workflowSid: seeded.workflow, taskChannelSid: seeded.chatTaskChannel }),
};
const channels: Record<string, InboundChannel> = {
  text: { type: "sms", phoneNumberSid: seeded.smsNumber },
  whatsapp: {
    type: "whatsapp",
    phoneNumber: "+15017122661",
    senderSid: seeded.whatsAppSender,
    onConflict: "takeOver",
  },
  page: { type: "messenger", pageId: "1234" },
  web: { type: "chat", address: "shop" },
  mail: { type: "custom", address: "help@example.com", addressType: "email" },
};

const stack = onStack();
let before: string;
let flowsBefore: string[];

const account = () => stack.account();
/** What the stack may change, but for dates. */
const settings = () =>
  JSON.stringify(
    [account().phoneNumbers, account().channelsSenders, account().flexFlows, account().addressConfigurations],
    (key, value) => (key.startsWith("date_") || key.endsWith("_at") ? undefined : value),
  );
const reached = () =>
  Object.fromEntries(
    routesOf(snapshotOf(account())).map(({ channel, address, ways }) => [
      `${channel} ${address}`,
      ways.map(({ by, reaches }) => `${reaches} by ${by}`).join(", "),
    ]),
  );

beforeAll(() => {
  before = settings();
  flowsBefore = Object.keys(account().studioFlows);
});

async function up(messaging: Messaging) {
  const program = async () => {
    const { routes, callbackUrls, manualSteps } = new InboundChannels("inbound", {
      messaging,
      destination: toFlex,
      channels,
    });
    return { routes, callbackUrls, manualSteps };
  };
  const done = await stack.tryUp(program);
  if (done.failed) throw new Error(done.output);
  return done;
}

const ours = ["sms +15017122661", "whatsapp whatsapp:+15017122661", "messenger messenger:1234"];

test("on proxy all of them reach agents by one flow, and each lookup is made once", async () => {
  const { outputs, requests } = await up("proxy");
  const agents = "agents by handler";
  expect(reached()).toMatchObject({
    ...Object.fromEntries(ours.map((address) => [address, agents])),
    "web shop": agents,
    "custom help@example.com": agents,
  });
  expect(Object.keys(account().studioFlows)).toHaveLength(flowsBefore.length + 1);
  expect(outputs.callbackUrls).toMatchObject({
    text: expect.stringContaining(seeded.proxyService),
    whatsapp: expect.stringContaining(seeded.proxyService),
  });
  expect(requests.filter((request) => request === "FetchConfiguration")).toHaveLength(1);
});

test("a second up changes nothing", async () => {
  expect((await up("proxy")).steps).toEqual({});
});

test("moved, and moved back, and moved for good: each address is taken by one path only", async () => {
  for (const messaging of ["moving", "proxy", "moving", "conversations"] as const) {
    await up(messaging);
    const by = messaging === "proxy" ? "agents by handler" : "agents by conversations";
    const routes = reached();
    for (const address of ours)
      expect([messaging, address, routes[address]]).toEqual([messaging, address, by]);
  }
  expect(reached()).toMatchObject({
    "chat shop": "agents by conversations",
    "email help@example.com": "agents by conversations",
  });
  expect(account().flexFlows).toEqual({});
  expect((await up("conversations")).steps).toEqual({});
}, 180_000);

test("destroy leaves the account as it was", async () => {
  expect((await stack.destroy()).failed).toBe(false);
  expect(settings()).toBe(before);
  expect(Object.keys(account().studioFlows)).toEqual(flowsBefore);
});
