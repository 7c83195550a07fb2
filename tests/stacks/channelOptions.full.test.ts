import type * as pulumi from "@pulumi/pulumi";
import { profileSeed } from "../../emulator/account/profiles";
import { type Seed, seeded } from "../../emulator/index";
import {
  InboundChannels,
  type Messaging,
  SmsChannel,
  StudioFlow,
  studioFlowToFlex,
  TwilioProvider,
} from "../../provider/index";
import { onStack } from "./onStack";

/** SIDs of the subaccount: as in the account of the emulator's older profile, but none that the main account has. */
const inSubaccount = (text: string) =>
  text.replace(/([A-Z]{2})e0(\d{30})/g, (_, kind, rest) => `${kind}50${rest}`);
const sub = inSubaccount(seeded.account);
const [workflowSid, taskChannelSid] = [seeded.workflow, seeded.chatTaskChannel].map(inSubaccount);

/** An older Flex account under one that has no Flex at all, so that a lookup that goes astray finds nothing. */
function seed(): Seed {
  const { accounts } = profileSeed("legacy");
  const copy: Seed["accounts"] = JSON.parse(inSubaccount(JSON.stringify(accounts)));
  return { accounts: { [sub]: { ...copy[sub], owner_account_sid: seeded.account } } };
}

const stack = onStack({ needsEngine: true, emulator: { profile: "bare", seed: seed() } });

const account = () => stack.account(sub);
const flowsBefore = Object.keys(Object.values(profileSeed("legacy").accounts)[0]?.studioFlows ?? {}).length;
const made = () => [account().flexFlows, account().addressConfigurations, account().studioFlows];

const definition = studioFlowToFlex({ workflowSid: workflowSid ?? "", taskChannelSid: taskChannelSid ?? "" });
let transformed: string[];

interface Names {
  inbound: string;
  own: string;
}
const was = ({ inbound, own }: Names) => ({
  inbound: { aliases: [{ name: inbound }] },
  own: { aliases: [{ name: own }] },
});

function program(
  messaging: Messaging,
  { inbound, own }: Names,
  opts: Pick<pulumi.ResourceOptions, "protect" | "retainOnDelete">,
  { inbound: inboundOpts, own: ownOpts }: Partial<ReturnType<typeof was>> = {},
) {
  return async () => {
    transformed = [];
    const provider = new TwilioProvider("sub", { subaccountSid: sub });
    const published = { definition, status: "published" as const };
    const first = new StudioFlow("first", published, { provider, ...opts });
    const seen: pulumi.ResourceTransform = ({ name }) => {
      transformed.push(name);
      return undefined;
    };
    const common = { dependsOn: [first], transforms: [seen], ...opts };
    const onConflict = "takeOver";
    const channels = new InboundChannels(
      inbound,
      {
        messaging,
        destination: { kind: "studio", definition },
        channels: {
          text: { type: "sms", phoneNumber: "+15017122661" },
          whatsapp: {
            type: "whatsapp",
            phoneNumber: "+15017122661",
            senderSid: inSubaccount(seeded.whatsAppSender),
            onConflict,
          },
          page: { type: "messenger", pageId: "1234" },
          web: { type: "chat", address: "shop" },
          mail: { type: "custom", address: "help@example.com", addressType: "email" },
        },
      },
      { providers: [provider], ...common, ...inboundOpts },
    );
    const channel = new SmsChannel(
      own,
      {
        phoneNumberSid: inSubaccount(seeded.legacyNumber),
        destination: { kind: "studio", flow: first },
        messaging,
        onConflict,
      },
      { provider, ...common, ...ownOpts },
    );
    new StudioFlow("last", published, { provider, dependsOn: [channels, channel], ...opts });
  };
}

const { up } = stack;

const first: Names = { inbound: "inbound", own: "own" };
const second: Names = { inbound: "channels", own: "sales" };
const third: Names = { inbound: "lines", own: "shop" };

const childrenOf = ({ inbound, own }: Names) =>
  [
    `${inbound}-flow`,
    ...["text", "whatsapp", "page", "web", "mail"].flatMap((key) => [
      `${inbound}-${key}`,
      `${inbound}-${key}-flex-flow`,
      `${inbound}-${key}-address`,
    ]),
    `${inbound}-text-number`,
    `${inbound}-whatsapp-sender`,
    `${own}-number`,
    `${own}-flex-flow`,
    `${own}-address`,
  ].sort();

/** As in tests/channels/urns.test.ts: what users have under these names must stay theirs. */
const pinned = [
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels::inbound",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::inbound-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:SmsChannel::inbound-text",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::inbound-text-flex-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::inbound-text-address",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:PhoneNumberHandler::inbound-text-number",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WhatsAppChannel::inbound-whatsapp",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::inbound-whatsapp-flex-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::inbound-whatsapp-address",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:WhatsAppSender::inbound-whatsapp-sender",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:MessengerChannel::inbound-page",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:MessengerChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::inbound-page-flex-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:MessengerChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::inbound-page-address",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WebChatChannel::inbound-web",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WebChatChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::inbound-web-flex-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:WebChatChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::inbound-web-address",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:CustomChannel::inbound-mail",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:CustomChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::inbound-mail-flex-flow",
  "urn:pulumi:dev::test::twilio-flex:channels:InboundChannels$twilio-flex:channels:CustomChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::inbound-mail-address",
];

test("providers, provider, transforms, dependsOn and protect reach every child and lookup", async () => {
  const { requests, steps } = await up(program("moving", first, { protect: true }));
  expect(Object.keys(steps).sort()).toEqual(["first", "last", "inbound", "own", ...childrenOf(first)].sort());
  expect([...new Set(transformed)].sort()).toEqual(["inbound", "own", ...childrenOf(first)].sort());

  // The token of the subaccount is asked for by its parent; all else is the subaccount's.
  const byParent = stack.emulator.requests.filter(({ account }) => account !== sub);
  expect([...new Set(byParent.map(({ operationId }) => operationId))]).toEqual(["FetchAccount"]);
  expect(made().map((all) => Object.keys(all).length)).toEqual([6, 6, flowsBefore + 3]);

  const writes = requests.filter(
    (request) => /^(Create|Update|Delete)/.test(request) && !/Validate/.test(request),
  );
  const isFlow = writes.map((request) => /^CreateFlow /.test(request));
  expect([isFlow[0], isFlow.at(-1)]).toEqual([true, true]);

  const { resources } = await stack.stored();
  const urns = resources.map(({ urn }) => urn);
  expect(urns.filter((urn) => urn.includes("InboundChannels")).sort()).toEqual([...pinned].sort());
  const isProtected = resources.filter((resource) => "protect" in resource && resource.protect === true);
  expect(isProtected.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2)).sort()).toEqual(
    ["first", "last", "inbound", "own", ...childrenOf(first)].sort(),
  );
  const before = JSON.stringify(made());
  expect((await stack.destroy()).failed).toBe(true);
  expect(JSON.stringify(made())).toBe(before);
}, 240_000);

test("a component that is renamed with an alias keeps all its children", async () => {
  const { steps, requests } = await up(program("moving", second, {}, was(first)));
  expect(steps).toEqual({});
  expect(requests.filter((request) => !/^(Fetch|List)/.test(request))).toEqual([]);
}, 120_000);

test("so it does on the way back to proxy, in the same up", async () => {
  const { steps } = await up(program("proxy", third, { retainOnDelete: true }, was(second)));
  const children = childrenOf(third).filter((name) => /(flex-flow|address|number|sender)$/.test(name));
  expect(steps).toEqual(Object.fromEntries(children.map((name) => [name, "update"])));
  expect(
    Object.values(account().addressConfigurations).map(({ auto_creation }) => auto_creation.enabled),
  ).toEqual(Array.from({ length: 6 }, () => false));
}, 120_000);

test("retainOnDelete leaves what the children made", async () => {
  const { failed, output } = await stack.destroy();
  if (failed) throw new Error(output);
  expect(made().map((all) => Object.keys(all).length)).toEqual([6, 6, flowsBefore + 3]);
  expect(account().phoneNumbers[inSubaccount(seeded.legacyNumber)]?.sms_url).toContain("/Proxy/");
}, 120_000);
