import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import {
  type Destination,
  InboundChannels,
  SmsChannel,
  type SmsChannelArgs,
  WebChatChannel,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const destination: Destination = { kind: "webhook", url: "https://bot.example.com/in" };
const phoneNumber = "+15017122661";
const stack = onStack({ eachTest: true });

const sms =
  (args: Partial<SmsChannelArgs>, name = "support", opts?: pulumi.ComponentResourceOptions) =>
  async () => {
    new SmsChannel(name, { phoneNumber, destination, ...args }, opts);
  };
const inbound = (key: string, opts?: pulumi.ComponentResourceOptions) => async () => {
  new InboundChannels("inbound", { destination, channels: { [key]: { type: "sms", phoneNumber, opts } } });
};
const writes = (requests: string[]) => requests.filter((request) => /^(Create|Update|Delete)/.test(request));
const client = () => clientOf(stack.emulator);

// Which alias is needed is what the refusal says: see tests/channels/refusals.test.ts.
test.each<[string, pulumi.automation.PulumiFn, () => pulumi.automation.PulumiFn]>([
  ["another name", sms({}), () => sms({}, "sales", { aliases: [{ name: "support" }] })],
  ["another key", inbound("text"), () => inbound("line", { aliases: [{ name: "inbound-text" }] })],
  [
    "the map for its place",
    sms({}),
    () => inbound("text", { aliases: [{ name: "support", parent: pulumi.rootStackResource }] }),
  ],
  [
    "its own place instead of the map",
    inbound("text"),
    () =>
      sms({}, "support", {
        aliases: [
          "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:SmsChannel::inbound-text",
        ],
      }),
  ],
])("a channel that gets %s keeps everything by an alias", async (_, first, second) => {
  await stack.up(first);
  const { requests } = await stack.up(second());
  expect(writes(requests)).toEqual([]);
});

test("adopt, by true and by ifThere, and what was adopted is given back", async () => {
  await stack.up(sms({ adopt: "ifThere" }));
  await stack.destroy();
  expect(stack.account().addressConfigurations).toEqual({});
  await client().conversations.v1.addressConfigurations.create({
    type: "sms",
    address: phoneNumber,
    "autoCreation.enabled": false,
    "autoCreation.type": "default",
  });
  for (const adopt of [true, "ifThere"]) {
    await stack.up(sms({ adopt }));
    expect(Object.values(stack.account().addressConfigurations)).toMatchObject([
      { auto_creation: { enabled: true } },
    ]);
    await stack.destroy();
    expect(Object.values(stack.account().addressConfigurations)).toMatchObject([
      { auto_creation: { enabled: false } },
    ]);
  }
});

test("a Flex Flow for web chat without contact identity is adopted by its SID", async () => {
  const flow = { chatServiceSid: seeded.chatService, channelType: "web" as const, friendlyName: "Chat" };
  const { sid } = await client().flexApi.v1.flexFlow.create({ ...flow, enabled: true });
  await stack.up(async () => {
    new WebChatChannel("web", { address: "shop", messaging: "proxy", destination, adopt: sid });
  });
  expect(stack.account().flexFlows[sid]).toMatchObject({ contact_identity: "shop", enabled: true });
  expect(Object.keys(stack.account().flexFlows)).not.toHaveLength(0);
});

test("each list is read once in a run of the program, and not at all in a second run", async () => {
  const program = async () => {
    new InboundChannels("inbound", {
      destination,
      channels: {
        text: { type: "sms", phoneNumber },
        legacy: { type: "sms", phoneNumber: "+15558675310", onConflict: "takeOver" },
        shop: { type: "chat", address: "shop" },
        help: { type: "chat", address: "help" },
      },
    });
  };
  const { requests } = await stack.up(program);
  const lists = (kind: string, params: string) =>
    requests.filter((request) => request === `${kind} ${params}`);
  expect(lists("ListConfigurationAddress", "PageSize")).toHaveLength(1);
  expect(lists("ListIncomingPhoneNumber", "PageSize")).toHaveLength(1);
  expect((await stack.up(program)).requests).toEqual([]);
});
