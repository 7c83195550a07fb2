import * as fc from "fast-check";
import { type Account, defaultAccountSid, type Emulator, seeded } from "../../../emulator/index";
import type { ShownRoute } from "../../../provider/routing";
import { clientOf, control, useEmulator } from "../support";
import { agreed } from "./agreed";

const emulator = useEmulator();

const own = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}`;
const flows = [seeded.studioFlow, seeded.voiceFlow, "FW1", "FW2"] as const;
type FlowKey = (typeof flows)[number];

/** What a number, sender or application hands its messages or calls to. */
const target = fc.constantFrom(
  ...flows.map((flow) => ({ kind: "flow" as const, flow })),
  { kind: "url" as const, url: "" },
  { kind: "url" as const, url: "https://bot.example.com/in" },
  { kind: "url" as const, url: `${own}/Proxy/${seeded.proxyService}/Webhooks/Message` },
  { kind: "url" as const, url: `${own}/Proxy/${seeded.proxyService}/Webhooks/Call` },
  {
    kind: "url" as const,
    url: `https://webhooks.twilio.com/v1/Accounts/AC${"b".repeat(32)}/Flows/${seeded.studioFlow}`,
  },
);

/** A flow of chance: what starts it, and what it hands customers to. */
const flowPlan = fc.record({
  events: fc.uniqueArray(
    fc.constantFrom("incomingMessage", "incomingCall", "incomingConversationMessage", "incomingParent"),
  ),
  widgets: fc.array(fc.constantFrom("flex", "enqueue", "queue", "say", ...flows), { maxLength: 3 }),
  status: fc.constantFrom("published", "draft"),
});

const plan = fc.record({
  sms: target,
  voice: target,
  application: fc.option(fc.record({ sms: target, voice: target, isForMessages: fc.boolean() })),
  trunk: fc.boolean(),
  fallback: fc.boolean(),
  sender: target,
  shortCode: target,
  service: fc.option(
    fc.record({
      url: fc.constantFrom("", "https://service.example.com"),
      defers: fc.boolean(),
      hasSender: fc.boolean(),
    }),
  ),
  flows: fc.tuple(flowPlan, flowPlan),
  addresses: fc.array(
    fc.record({
      type: fc.constantFrom("sms", "whatsapp"),
      enabled: fc.boolean(),
      creation: fc.constantFrom("default", "webhook", ...flows),
    }),
    { maxLength: 2 },
  ),
  flexFlow: fc.option(
    fc.record({
      channel: fc.constantFrom("sms", "whatsapp", "web"),
      enabled: fc.boolean(),
      flow: fc.constantFrom(...flows),
    }),
  ),
  gone: fc.subarray(["proxyServices", "taskrouterWorkflows", "chatServices", "applications"] as const),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** Makes the account as planned, by the API as far as the API lets it be made. */
async function build(running: Emulator, planned: Plan): Promise<void> {
  running.reset();
  const client = clientOf(running);
  const account = running.state.account();
  const sids = new Map<FlowKey, string>(flows.map((flow) => [flow, flow]));
  for (const key of ["FW1", "FW2"] as const) {
    const { sid } = await client.studio.v2.flows.create({
      friendlyName: key,
      status: "draft",
      definition: {
        initial_state: "T",
        states: [{ name: "T", type: "trigger", transitions: [{ event: "incomingRequest", next: "T" }] }],
      },
    });
    sids.set(key, sid);
  }
  const sidOf = (flow: FlowKey) => sids.get(flow) ?? "";
  for (const [index, key] of (["FW1", "FW2"] as const).entries()) {
    const { events, widgets, status } = planned.flows[index as 0 | 1];
    const update = { status, definition: definitionOf(events, widgets, sidOf) };
    await client.studio.v2.flows(sidOf(key)).update(update);
  }
  const urlOf = (to: Plan["sms"]) => (to.kind === "flow" ? `${own}/Flows/${sidOf(to.flow)}` : to.url);
  const application = planned.application;
  if (application) {
    await client.applications(seeded.application).update({
      ...(urlOf(application.sms) && { smsUrl: urlOf(application.sms) }),
      ...(urlOf(application.voice) && { voiceUrl: urlOf(application.voice) }),
    });
  }
  await client.incomingPhoneNumbers(seeded.smsNumber).update({
    smsUrl: urlOf(planned.sms),
    smsFallbackUrl: planned.fallback ? "https://late.example.com" : "",
    voiceUrl: urlOf(planned.voice),
    voiceFallbackUrl: planned.fallback ? "https://late.example.com" : "",
    ...(application?.isForMessages && { smsApplicationSid: seeded.application }),
    ...(application && !application.isForMessages && { voiceApplicationSid: seeded.application }),
    ...(planned.trunk && { trunkSid: `TK${"1".repeat(32)}` }),
  });
  await client.shortCodes(seeded.shortCode).update({ smsUrl: urlOf(planned.shortCode) });
  const sender = account.channelsSenders[seeded.whatsAppSender];
  if (sender) sender.webhook.callback_url = urlOf(planned.sender);
  if (planned.service) {
    const { url, defers, hasSender } = planned.service;
    const service = client.messaging.v1.services(seeded.messagingService);
    await service.update({ inboundRequestUrl: url, useInboundWebhookOnNumber: defers });
    await service.phoneNumbers.create({ phoneNumberSid: seeded.smsNumber });
    if (hasSender) await service.channelSenders.create({ sid: seeded.whatsAppSender });
  }
  for (const { type, enabled, creation } of planned.addresses) {
    const address = type === "sms" ? "+15017122661" : "whatsapp:+15017122661";
    if (Object.values(account.addressConfigurations).some((known) => known.address === address)) continue;
    await client.conversations.v1.addressConfigurations.create({
      type,
      address,
      "autoCreation.enabled": enabled,
      ...(creation === "default"
        ? { "autoCreation.type": "default" }
        : creation === "webhook"
          ? {
              "autoCreation.type": "webhook",
              "autoCreation.webhookUrl": "https://bot.example.com",
              "autoCreation.webhookFilters": ["onMessageAdded"],
            }
          : { "autoCreation.type": "studio", "autoCreation.studioFlowSid": sidOf(creation) }),
    });
  }
  if (planned.flexFlow) {
    const { channel, enabled, flow } = planned.flexFlow;
    await client.flexApi.v1.flexFlow.create({
      friendlyName: channel,
      chatServiceSid: seeded.chatService,
      channelType: channel,
      contactIdentity: channel === "web" ? "" : channel === "sms" ? "+15017122661" : "whatsapp:+15017122661",
      enabled,
      integrationType: "studio",
      "integration.flowSid": sidOf(flow),
    });
  }
  for (const kind of planned.gone) for (const sid of Object.keys(account[kind])) delete account[kind][sid];
}

function definitionOf(events: string[], widgets: string[], sidOf: (flow: FlowKey) => string) {
  const known = new Map<string, FlowKey>(flows.map((flow) => [flow, flow]));
  const states = [...widgets, "say"].map((widget, index) => {
    const flow = known.get(widget);
    const [type, properties] = flow
      ? ["run-subflow", { flow_sid: sidOf(flow), flow_revision: "LatestPublished" }]
      : widget === "flex"
        ? ["send-to-flex", { workflow: seeded.workflow, channel: seeded.chatTaskChannel }]
        : widget === "enqueue"
          ? ["enqueue-call", { workflow_sid: seeded.workflow }]
          : widget === "queue"
            ? ["enqueue-call", { queue_name: "Waiting" }]
            : ["say-play", {}];
    const transitions = index < widgets.length ? [{ event: "next", next: `w${index + 1}` }] : [];
    return { name: `w${index}`, type, properties, transitions };
  });
  const starts = [...events, "incomingRequest"].map((event) => ({ event, next: "w0" }));
  return { initial_state: "T", states: [{ name: "T", type: "trigger", transitions: starts }, ...states] };
}

test("trace, the routes and what arrives agree on every address of accounts of chance, calls included", async () => {
  const running = emulator.current;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(plan, async (planned) => {
      await build(running, planned);
      for (const { channel, ways } of await agreed(running))
        for (const { reaches } of ways) seen.add(`${channel} ${reaches}`);
    }),
    { numRuns: 40, seed: 16 },
  );
  // The accounts are worth something: messages and calls end everywhere that they can.
  for (const end of [
    "sms agents",
    "sms nobody",
    "voice agents",
    "voice trunk",
    "voice webhook",
    "whatsapp agents",
  ])
    expect([...seen]).toContain(end);
}, 120_000);

test("a call starts its flow, and no conversation", async () => {
  const running = emulator.current;
  const client = clientOf(running);
  const flow = client.studio.v2.flows(seeded.voiceFlow);
  await client
    .incomingPhoneNumbers(seeded.smsNumber)
    .update({ voiceUrl: `${own}/Flows/${seeded.voiceFlow}` });
  const call = { channel: "voice", from: "+15550001111", to: "+15017122661" };
  const { text } = await control(running, "POST", "inbound", call);
  const { ways }: ShownRoute = JSON.parse(text);
  expect(ways).toMatchObject([
    { hops: [{ kind: "phoneNumber" }, { kind: "studioFlow" }, {}], reaches: "agents" },
  ]);
  const [execution] = await flow.executions.list();
  expect(execution).toMatchObject({ status: "active", contactChannelAddress: "+15550001111" });
  const account: Account = running.state.account();
  expect(Object.values(account.studioExecutions)).toMatchObject([
    { initiated_by: expect.stringMatching(/^CA/), steps: [{ name: "incomingCall" }] },
  ]);
  expect(account.conversations).toEqual({});
});
