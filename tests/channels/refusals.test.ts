import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import { declaredOf } from "../../provider/channels/plan";
import { type Declared, refusalsOf } from "../../provider/channels/refusals";
import { clientOf } from "../emulator/support";
import { startProgram, useProgram } from "../lookups/support";
import { emulatorCredentials } from "../stacks/onStack";

/*
 * What a channel says before anything is written, asked as a program of the emulator's account. Programs that end in a refusal
 * are run by tests/stacks/channelPreview.full.test.ts.
 */

const program = useProgram();
const client = () => clientOf(program.emulator);
const phoneNumber = "+15017122661";
const legacy = "+15558675310";
const token = "pulumi-nodejs:dynamic/twilio-flex";

/** A state with these resources, by the end of their URN. */
const left = (resources: Record<string, object> = {}) => {
  const all = Object.entries(resources).map(([end, outputs]) => ({
    urn: `urn:pulumi:dev::test::${end}`,
    outputs: Object.fromEntries(Object.entries(outputs)),
  }));
  const own = (kind: string, name: string) =>
    all.find(({ urn }) => urn.endsWith(`:${kind}::support-${name}`));
  return {
    isKnown: true,
    address: own("ConversationsAddress", "address"),
    flexFlow: own("FlexFlow", "flex-flow"),
    number: own("PhoneNumberHandler", "number"),
    sender: own("WhatsAppSender", "sender"),
    all: (kind: string) => all.filter(({ urn }) => urn.split("::")[2]?.endsWith(`:${kind}`)),
  };
};

class Place extends pulumi.ComponentResource {}
const smsChannel = "twilio-flex:channels:SmsChannel";

function refused(declared: Partial<Declared> = {}, last = left(), type = smsChannel) {
  const name = "support";
  const address = declared.address ?? phoneNumber;
  const all: Declared = {
    channel: new Place(type, name),
    name,
    messaging: "conversations",
    address,
    addressType: "sms",
    channelType: "sms",
    integrationType: "studio",
    handles: { what: "number", which: address, onConflict: undefined },
    senderByHand: undefined,
    proxyServiceSid: undefined,
    adopt: undefined,
    ...declared,
  };
  const writes = declaredOf({ hasHandler: all.handles !== undefined, byProxy: true }, all.messaging);
  return refusalsOf(all, last, writes);
}

const sender = { addressType: "whatsapp", channelType: "whatsapp", address: `whatsapp:${phoneNumber}` };

describe("a number", () => {
  test("that nobody handles is as it should be", async () => expect(await refused()).toEqual([]));

  test("that somebody else handles, unless it is to be taken over", async () => {
    expect(await refused({ address: legacy })).toEqual([
      'message: https://legacy.example.com/*** already handles it. Nothing was changed. To take it over, and give it back on destroy, set onConflict: "takeOver"',
    ]);
    const handles = { what: "number" as const, which: legacy, onConflict: "takeOver" as const };
    expect(await refused({ address: legacy, handles })).toEqual([]);
  });

  test("that this stack handles already", async () => {
    const last = left({ [`${token}:PhoneNumberHandler::other`]: { phoneNumber: legacy } });
    expect(await refused({ address: legacy }, last)).toEqual([]);
  });

  test("that is not in the account", async () =>
    expect(await refused({ address: "+15005550009" })).toEqual([
      "+15005550009 is not a number of this account; buy it first, or check whose credentials these are",
    ]));

  test("that a resource of the program is yet to buy", async () =>
    expect(
      await refused({
        address: "+15005550009",
        handles: { what: "number", which: undefined, onConflict: undefined },
      }),
    ).toEqual([]));

  test("of which nothing may be asked in an offline preview", async () => {
    const config = { ...emulatorCredentials, baseUrl: program.emulator.url, validate: "offline" };
    await startProgram(config, { preview: true });
    expect(await refused({ address: legacy })).toEqual([]);
    expect(program.emulator.requests).toEqual([]);
  });
});

describe("an address or Flex Flow that is there already", () => {
  const makeAddress = () =>
    client().conversations.v1.addressConfigurations.create({ type: "sms", address: phoneNumber });
  const makeFlexFlow = (changes: { enabled?: boolean; integrationType?: "external" } = {}) =>
    client().flexApi.v1.flexFlow.create({
      friendlyName: "Made by hand",
      chatServiceSid: seeded.chatService,
      channelType: "sms",
      contactIdentity: phoneNumber,
      enabled: true,
      integrationType: "studio",
      "integration.flowSid": seeded.studioFlow,
      "integration.url": "https://example.com/in",
      ...changes,
    });

  test("is refused with the SID to adopt, unless it is adopted", async () => {
    const { sid } = await makeAddress();
    expect(await refused()).toEqual([
      `the Conversations address ${sid} is there already; take it over with adopt: "${sid}"`,
    ]);
    for (const adopt of [sid, true, "ifThere"]) expect(await refused({ adopt })).toEqual([]);
  });

  test("is refused on proxy, too", async () => {
    const { sid } = await makeFlexFlow();
    expect(await refused({ messaging: "proxy" })).toEqual([
      `the Flex Flow ${sid} is there already; take it over with adopt: "${sid}"`,
    ]);
    expect(await refused({ messaging: "proxy", adopt: true })).toEqual([]);
  });

  // https://www.twilio.com/docs/flex/developer/messaging/manage-flows has such a flow for outbound messages.
  test("does not stand in the way of a Flex Flow where it is disabled or leads elsewhere", async () => {
    await makeFlexFlow({ enabled: false });
    await makeFlexFlow({ integrationType: "external" });
    expect(await refused({ messaging: "proxy" })).toEqual([]);
  });

  test("is refused where it leads to Studio, and would take the messages of the channel's own", async () => {
    const { sid } = await makeFlexFlow();
    for (const integrationType of ["external", "task"])
      expect(await refused({ messaging: "proxy", integrationType })).toEqual([expect.stringContaining(sid)]);
  });

  test("both, while moving", async () => {
    const { sid } = await makeAddress();
    await makeFlexFlow();
    expect(await refused({ messaging: "moving", adopt: true })).toEqual([
      `the Conversations address ${sid} is there already; take it over with adopt: "ifThere"`,
    ]);
    expect(await refused({ messaging: "moving", adopt: "ifThere" })).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    [
      "renamed",
      `${smsChannel}$${token}:ConversationsAddress::sales-address`,
      smsChannel,
      '{ name: "sales" }',
    ],
    [
      "moved into a map",
      `${smsChannel}$${token}:ConversationsAddress::sales-address`,
      "twilio-flex:channels:Other",
      '{ name: "sales", parent: pulumi.rootStackResource }',
    ],
    [
      "moved out of a map",
      `twilio-flex:channels:InboundChannels$${smsChannel}$${token}:ConversationsAddress::inbound-text-address`,
      smsChannel,
      `"urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$${smsChannel}::inbound-text"`,
    ],
  ])("made by this channel before it was %s: the alias is said", async (_, former, type, alias) => {
    const { sid } = await makeAddress();
    expect(await refused({}, left({ [former]: { address: phoneNumber } }), type)).toEqual([
      `the Conversations address ${sid} is there already: another channel of this program made it. If that was "support" under another name or in another place, give "support" aliases: [${alias}]`,
    ]);
  });
});

describe("what would leave an address to nobody, or to two", () => {
  const address = `${smsChannel}$${token}:ConversationsAddress::support-address`;
  const enabled = { autoCreation: { type: "default", enabled: true } };

  test("another number for the same channel", async () =>
    expect(
      await refused({ address: legacy }, left({ [address]: { address: phoneNumber, type: "sms" } })),
    ).toEqual([
      `it serves sms ${phoneNumber}, and would leave that unanswered while it changes to sms ${legacy}. Declare ${legacy} as another channel, under another name than "support": the new one then is made before the old one goes`,
    ]));

  test("a sender that a person sets, on the way back to proxy before its webhook leads there", async () => {
    const last = left({ [address]: { ...enabled, address: sender.address, type: "whatsapp" } });
    const declared: Partial<Declared> = {
      ...sender,
      messaging: "proxy",
      handles: undefined,
      senderByHand: sender.address,
      proxyServiceSid: seeded.proxyService,
    };
    expect(await refused(declared, last)).toEqual([
      `the webhook of its sender ${seeded.whatsAppSender} does not lead to the Proxy service, so that nobody would answer once the address stops. Set the webhook first, or give senderSid: "${seeded.whatsAppSender}"`,
    ]);
    const account = program.emulator.state.account();
    const found = account.channelsSenders[seeded.whatsAppSender];
    if (!found) throw new Error("the sender is gone");
    found.webhook.callback_url = `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
    await startProgram({ ...emulatorCredentials, baseUrl: program.emulator.url });
    expect(await refused(declared, last)).toEqual([]);
  });

  test("senderSid that was taken away", async () => {
    const urn = `twilio-flex:channels:WhatsAppChannel$${token}:WhatsAppSender::support-sender`;
    const last = left({ [urn]: { senderSid: seeded.whatsAppSender } });
    expect(await refused({ ...sender, handles: undefined }, last)).toEqual([
      `senderSid: it was taken away, and the sender's webhook would go back to what it was before the channel; give senderSid: "${seeded.whatsAppSender}". To leave the webhook to a person as it is now, first run: pulumi state delete 'urn:pulumi:dev::test::${urn}'`,
    ]);
  });

  test("a prefix that is there twice", async () =>
    expect(await refused({ address: "messenger:messenger:1234", handles: undefined })).toEqual([
      "messenger:messenger:1234 begins with messenger: twice; give it without, since the channel puts it there",
    ]));
});
