import * as pulumi from "@pulumi/pulumi";
import {
  type ChannelArgs,
  CustomChannel,
  type Messaging,
  MessengerChannel,
  SmsChannel,
  WebChatChannel,
  WhatsAppChannel,
} from "../../provider/index";
import { definition, phoneNumber, services, sid } from "./support";

/*
 * URNs are identity: with another type chain or name, `pulumi up` deletes what users have and makes it anew. What stands
 * here must not change, unless with an alias. Those of InboundChannels are in tests/stacks/channelOptions.full.test.ts, since
 * mocks forget all of a type chain but its last link.
 */

const destination = { kind: "studio" as const, definition };

let lastState: Record<string, unknown>;

/** A program of its own, after a run that has left these resources, and the URNs of all that it registers. */
async function urnsOf(make: (opts: pulumi.ComponentResourceOptions) => unknown, left: string[] = []) {
  lastState = Object.fromEntries(left.map((urn) => [urn, { outputs: { enabled: false } }]));
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({
        id: `id-of-${name}`,
        state: { ...inputs, accountSid: sid("AC") },
      }),
      call: ({ token }) => (token === "pulumi:pulumi:readStackResourceOutputs" ? { outputs: lastState } : {}),
    },
    "test",
    "dev",
    false,
    "organization",
  );
  const registered: pulumi.Resource[] = [];
  make({ transformations: [({ resource }) => void registered.push(resource)] });
  await pulumi.runtime.disconnect();
  const urns = registered.map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve)));
  return (await Promise.all(urns)).sort();
}

interface Pins {
  component: string;
  flow: string;
  flexFlow: string;
  address: string;
  /** What is set at the number or sender itself, where there is such. */
  handler?: string;
}

const common = (messaging: Messaging): ChannelArgs => ({ messaging, destination, ...services });
type Make = (messaging: Messaging, opts: pulumi.ComponentResourceOptions) => unknown;

describe.each<[string, Make, Pins]>([
  [
    "SmsChannel",
    (messaging, opts) => new SmsChannel("support", { phoneNumber, ...common(messaging) }, opts),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:SmsChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
      handler:
        "urn:pulumi:dev::test::twilio-flex:channels:SmsChannel$pulumi-nodejs:dynamic/twilio-flex:PhoneNumberHandler::support-number",
    },
  ],
  [
    "WhatsAppChannel with senderSid",
    (messaging, opts) =>
      new WhatsAppChannel("support", { phoneNumber, senderSid: sid("XE"), ...common(messaging) }, opts),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
      handler:
        "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:WhatsAppSender::support-sender",
    },
  ],
  [
    "WhatsAppChannel without senderSid",
    (messaging, opts) => new WhatsAppChannel("support", { phoneNumber, ...common(messaging) }, opts),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:WhatsAppChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
    },
  ],
  [
    "MessengerChannel",
    (messaging, opts) => new MessengerChannel("support", { pageId: "1234", ...common(messaging) }, opts),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:MessengerChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:MessengerChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:MessengerChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:MessengerChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
    },
  ],
  [
    "WebChatChannel",
    (messaging, opts) => new WebChatChannel("support", { address: "shop", ...common(messaging) }, opts),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:WebChatChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:WebChatChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:WebChatChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:WebChatChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
    },
  ],
  [
    "CustomChannel",
    (messaging, opts) =>
      new CustomChannel(
        "support",
        { address: "help@example.com", addressType: "email", ...common(messaging) },
        opts,
      ),
    {
      component: "urn:pulumi:dev::test::twilio-flex:channels:CustomChannel::support",
      flow: "urn:pulumi:dev::test::twilio-flex:channels:CustomChannel$pulumi-nodejs:dynamic/twilio-flex:StudioFlow::support-flow",
      flexFlow:
        "urn:pulumi:dev::test::twilio-flex:channels:CustomChannel$pulumi-nodejs:dynamic/twilio-flex:FlexFlow::support-flex-flow",
      address:
        "urn:pulumi:dev::test::twilio-flex:channels:CustomChannel$pulumi-nodejs:dynamic/twilio-flex:ConversationsAddress::support-address",
    },
  ],
])("URNs of %s", (_, make, { component, flow, flexFlow, address, handler }) => {
  const always = [component, flow, ...(handler ? [handler] : [])];

  test.each<[string, Messaging, string[], string[]]>([
    ["on conversations", "conversations", [], [address]],
    ["on the move", "moving", [], [flexFlow, address]],
    ["on proxy", "proxy", [], [flexFlow]],
    ["on proxy after a move was taken back", "proxy", [address], [flexFlow, address]],
  ])("%s", async (_, messaging, left, children) => {
    const urns = await urnsOf((opts) => make(messaging, opts), left);
    expect(urns).toEqual([...always, ...children].sort());
  });
});
