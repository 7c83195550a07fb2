import type { AddressConfigurationListInstanceCreateOptions } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import type { FlexFlowListInstanceCreateOptions } from "twilio/lib/rest/flexApi/v1/flexFlow";
import { type Emulator, seeded } from "../../emulator/index";
import { clientOf } from "../emulator/support";

/** Names that people, or nobody in their right mind, give to objects. */
const names = [
  "Support",
  "support",
  'class "new"',
  `it's \`quoted\` $\{process.exit(1)}`,
  "two\nlines\r\n// and */ a comment",
  "right\u202eto\u200fleft",
  "line\u2028separator",
  "__proto__",
  "constructor",
  "class",
  "flex",
  "日本 🎉",
  "1st line",
  "\\u0041\\",
  " ",
  "a".repeat(60),
];

type AutoCreation = Partial<AddressConfigurationListInstanceCreateOptions>;
type Integration = Partial<FlexFlowListInstanceCreateOptions>;

/** Numbers from 0 below 1, the same for the same seed. */
function chanceOf(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fills an account with objects of chance: odd names, secret URLs, references between all kinds. */
export async function fillAccount(emulator: Emulator, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  const client = clientOf(emulator);
  const below = (most: number) => Math.floor(chance() * most);
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[below(items.length)] ?? items[0];
  const friendlyName = () => names[below(names.length)] ?? "";
  const maybe = <Value>(value: Value): Value | undefined => (chance() < 0.5 ? value : undefined);
  const url = () =>
    pick([
      "https://example.com/in",
      "https://user:secret@bot.example.com/in?key=secret",
      `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${flows[0]}`,
    ]);
  const times = async (most: number, make: (index: number) => Promise<unknown>) => {
    for (let index = below(most + 1); index > 0; index -= 1) await make(index);
  };

  const flows: string[] = [];
  for (let index = 1 + below(3); index > 0; index -= 1) {
    const definition = {
      description: friendlyName(),
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [
            { event: "incomingMessage", next: "Ask" },
            { event: "incomingConversationMessage", next: "Ask" },
          ],
          properties: { offset: { x: 0, y: 0 } },
        },
        {
          name: "Ask",
          type: "make-http-request",
          transitions: [],
          properties: { url: url(), method: "POST", parameters: [{ key: friendlyName(), value: "1" }] },
        },
      ],
      initial_state: "Trigger",
    };
    const flow = await client.studio.v2.flows.create({
      friendlyName: friendlyName(),
      status: pick(["published", "published", "draft"]),
      definition: JSON.stringify(definition),
      commitMessage: maybe(friendlyName()),
    });
    flows.push(flow.sid);
  }
  const flowUrl = (sid = "") => `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${sid}`;

  const applications: string[] = [];
  await times(2, async () => {
    const application = await client.applications.create({
      friendlyName: friendlyName(),
      voiceUrl: maybe(url()),
      smsUrl: maybe(url()),
      smsMethod: maybe("GET"),
      messageStatusCallback: maybe(url()),
    });
    applications.push(application.sid);
  });
  const numbers: { sid: string; phoneNumber: string }[] = [];
  await times(4, async (index) => {
    const { sid, phoneNumber } = await client.incomingPhoneNumbers.create({
      phoneNumber: `+1415555${String(1000 + seed * 10 + index).slice(-4)}`,
      friendlyName: friendlyName(),
      smsUrl: maybe(pick([url(), flowUrl(flows[0])])),
      voiceUrl: maybe(url()),
      voiceMethod: maybe("GET"),
      statusCallback: maybe(url()),
      ...(applications[0] !== undefined &&
        chance() < 0.3 && { smsApplicationSid: applications[0], smsUrl: "" }),
    });
    numbers.push({ sid, phoneNumber });
  });

  const services: string[] = [];
  await times(2, async () => {
    const { sid } = await client.conversations.v1.services.create({ friendlyName: friendlyName() });
    services.push(sid);
    if (chance() < 0.5) await client.chat.v2.services(sid).update({ typingIndicatorTimeout: 1 + below(9) });
    if (chance() < 0.5)
      await client.conversations.v1
        .services(sid)
        .configuration.webhooks()
        .update({ postWebhookUrl: url(), filters: ["onMessageAdded"] });
  });
  for (const { phoneNumber } of numbers.slice(0, 2))
    await client.conversations.v1.addressConfigurations.create({
      type: "sms",
      address: phoneNumber,
      friendlyName: friendlyName(),
      "autoCreation.enabled": chance() < 0.8,
      "autoCreation.conversationServiceSid": maybe(services[0] ?? seeded.flexService),
      ...pick<AutoCreation>([
        {},
        { "autoCreation.type": "studio" as const, "autoCreation.studioFlowSid": flows[0] },
        { "autoCreation.type": "webhook" as const, "autoCreation.webhookUrl": url() },
      ]),
    });

  await times(2, async () => {
    const { sid } = await client.messaging.v1.services.create({
      friendlyName: friendlyName(),
      inboundRequestUrl: maybe(pick([url(), flowUrl(flows[0])])),
      stickySender: maybe(false),
      validityPeriod: maybe(3600),
    });
    const number = numbers.pop();
    if (number) await client.messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid: number.sid });
    if (chance() < 0.5)
      await client.messaging.v1.services(sid).alphaSenders.create({ alphaSender: "Support" });
  });

  await times(2, async (index) => {
    const workspace = await client.taskrouter.v1.workspaces.create({
      friendlyName: `${friendlyName()}${index}`,
      eventCallbackUrl: maybe(url()),
    });
    const inside = client.taskrouter.v1.workspaces(workspace.sid);
    const activity = await inside.activities.create({
      friendlyName: `${friendlyName()}.`,
      available: maybe(true),
    });
    const queue = await inside.taskQueues.create({
      friendlyName: friendlyName(),
      targetWorkers: maybe('skills HAS "billing"'),
      reservationActivitySid: maybe(activity.sid),
    });
    await inside.workflows.create({
      friendlyName: friendlyName(),
      configuration: JSON.stringify({
        task_routing: {
          filters: [{ expression: "1==1", targets: [{ queue: queue.sid }] }],
          default_filter: { queue: queue.sid },
        },
      }),
      assignmentCallbackUrl: maybe(url()),
    });
    await inside.workers.create({
      friendlyName: friendlyName(),
      attributes: JSON.stringify({ name: friendlyName(), [friendlyName()]: 1, apiKey: "secret" }),
    });
    if (chance() < 0.5)
      await inside.taskChannels.create({ uniqueName: "letters", friendlyName: friendlyName() });
  });
  await times(2, async (index) =>
    client.flexApi.v1.flexFlow.create({
      friendlyName: friendlyName(),
      chatServiceSid: pick([seeded.chatService, ...services]),
      channelType: "custom",
      contactIdentity: `line${seed}-${index}`,
      enabled: chance() < 0.8,
      integrationType: "studio",
      "integration.flowSid": flows[0] ?? "",
      "integration.retryCount": maybe(1),
    }),
  );
  await times(1, async () => client.api.v2010.accounts.create({ friendlyName: friendlyName() }));
  await fillWays(emulator, seed, { client, chance, below, pick, friendlyName, maybe, url, flowUrl, flows });
  await fillSettings(emulator, { client, chance, below, pick, friendlyName, maybe, url, flowUrl, flows });
}

/** What is drawn from, and what is there to refer to. */
interface Drawing {
  client: ReturnType<typeof clientOf>;
  chance: () => number;
  below: (most: number) => number;
  pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  friendlyName: () => string;
  maybe: <Value>(value: Value) => Value | undefined;
  url: () => string;
  flowUrl: (sid?: string) => string;
  flows: string[];
}

/** Flows that refer to what the account has, and numbers and senders of each kind that lead to them. */
async function fillWays(emulator: Emulator, seed: number, drawing: Drawing): Promise<void> {
  const { client, chance, below, pick, friendlyName, maybe, url, flowUrl, flows } = drawing;
  const account = emulator.state.account();
  const workflows = Object.keys(account.taskrouterWorkflows);
  const channels = Object.keys(account.taskrouterTaskChannels);
  const any = (sids: readonly string[]) => sids[below(sids.length)] ?? "";
  const widgets: [string, Record<string, string>][] = [
    ["run-subflow", { flow_sid: any(flows), flow_revision: "LatestPublished" }],
    ["say-play", { say: friendlyName() }],
  ];
  if (workflows.length > 0)
    widgets.push(
      ["send-to-flex", { workflow: any(workflows), channel: any(channels) }],
      ["enqueue-call", { workflow_sid: any(workflows) }],
    );
  const [type, properties] = widgets[below(widgets.length)] ?? ["say-play", {}];
  const leading = await client.studio.v2.flows.create({
    friendlyName: friendlyName(),
    status: "published",
    definition: JSON.stringify({
      description: "Leads on",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: ["incomingMessage", "incomingCall", "incomingConversationMessage", "incomingParent"]
            .filter(() => chance() < 0.8)
            .map((event) => ({ event, next: "On" })),
          properties: { offset: { x: 0, y: 0 } },
        },
        { name: "On", type, transitions: [], properties },
      ],
      initial_state: "Trigger",
    }),
  });
  flows.push(leading.sid);
  const target = () => pick(["", url(), flowUrl(leading.sid), flowUrl(any(flows))]);

  for (let index = below(3); index > 0; index -= 1) {
    await client.incomingPhoneNumbers.create({
      phoneNumber: `+1628555${String(1000 + seed * 10 + index).slice(-4)}`,
      smsUrl: target(),
      smsFallbackUrl: maybe(url()),
      voiceUrl: target(),
      voiceFallbackUrl: maybe(url()),
    });
  }
  const applications = Object.keys(account.applications);
  if (applications.length > 0 && chance() < 0.5)
    await client.incomingPhoneNumbers.create({
      phoneNumber: `+1629555${String(1000 + seed).slice(-4)}`,
      voiceApplicationSid: any(applications),
      voiceUrl: "",
    });
  if (account.shortCodes[seeded.shortCode] && chance() < 0.5)
    await client.shortCodes(seeded.shortCode).update({ smsUrl: target(), smsMethod: maybe("GET") });
  const sender = account.channelsSenders[seeded.whatsAppSender];
  if (sender && chance() < 0.5) sender.webhook.callback_url = target();

  const newest = (await client.messaging.v1.services.list()).find(
    ({ sid }) => sid !== seeded.messagingService,
  );
  if (newest) {
    const service = client.messaging.v1.services(newest.sid);
    const isEmpty = (members: object) => Object.keys(members).length === 0;
    if (account.shortCodes[seeded.shortCode] && isEmpty(account.messagingShortCodes) && chance() < 0.5)
      await service.shortCodes.create({ shortCodeSid: seeded.shortCode });
    if (sender && isEmpty(account.messagingChannelSenders) && chance() < 0.5)
      await service.channelSenders.create({ sid: seeded.whatsAppSender });
    await service.update({ useInboundWebhookOnNumber: chance() < 0.5 });
  }

  const isProxyOpen = Object.keys(account.proxyServices).length > 0;
  const free = Object.values(account.phoneNumbers).find(({ phone_number }) =>
    phone_number.startsWith(`+1628555${String(1000 + seed * 10).slice(-4, -1)}`),
  );
  if (isProxyOpen && chance() < 0.7) {
    const { sid } = await client.proxy.v1.services.create({
      uniqueName: `pool ${seed}`,
      chatInstanceSid: maybe(seeded.chatService),
      outOfSessionCallbackUrl: maybe(url()),
      defaultTtl: maybe(60),
    });
    if (free) {
      await client.proxy.v1.services(sid).phoneNumbers.create({ sid: free.sid, isReserved: chance() < 0.5 });
      await client.incomingPhoneNumbers(free.sid).update({
        smsUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${sid}/Webhooks/Message`,
      });
      await client.flexApi.v1.flexFlow.create({
        friendlyName: friendlyName(),
        chatServiceSid: seeded.chatService,
        channelType: "sms",
        contactIdentity: free.phone_number,
        enabled: chance() < 0.8,
        ...pick<Integration>([
          { integrationType: "studio", "integration.flowSid": leading.sid },
          { integrationType: "external", "integration.url": url() },
          {
            integrationType: "task",
            "integration.workspaceSid": seeded.workspace,
            "integration.workflowSid": seeded.workflow,
            "integration.channel": seeded.chatTaskChannel,
          },
        ]),
      });
    }
  }
  for (const [type, address] of [
    ["messenger", `messenger:${seed}0001`],
    ["chat", `widget-${seed}`],
  ] as const)
    if (chance() < 0.4)
      await client.conversations.v1.addressConfigurations.create({
        type,
        address,
        friendlyName: maybe(friendlyName()),
        "autoCreation.enabled": chance() < 0.8,
        "autoCreation.type": "studio",
        "autoCreation.studioFlowSid": leading.sid,
        "autoCreation.studioRetryCount": maybe(2),
      });
}

/** What is there once in an account, a service or a workspace. */
async function fillSettings(emulator: Emulator, drawing: Drawing): Promise<void> {
  const { client, chance, below, pick, url } = drawing;
  const account = emulator.state.account();
  const sometimes = async (make: () => Promise<unknown>) => {
    if (chance() < 0.4) await make();
  };
  await sometimes(() =>
    client.conversations.v1.configuration().update({ defaultClosedTimer: `P${8 + below(9)}D` }),
  );
  await sometimes(() =>
    client.conversations.v1.configuration.webhooks().update({ postWebhookUrl: url(), method: "POST" }),
  );
  for (const sid of Object.keys(account.chatServices).slice(0, 3))
    await sometimes(() =>
      client.conversations.v1.services(sid).configuration().update({ reachabilityEnabled: true }),
    );
  const workspace = Object.values(account.taskrouterWorkspaces).find(({ sid }) => sid !== seeded.workspace);
  const activity = Object.values(account.taskrouterActivities).find(
    ({ workspace_sid }) => workspace_sid === workspace?.sid,
  );
  if (workspace && activity)
    await sometimes(() =>
      client.taskrouter.v1.workspaces(workspace.sid).update({ timeoutActivitySid: activity.sid }),
    );
  const sender = account.channelsSenders[seeded.whatsAppSender];
  if (sender) sender.profile = { ...sender.profile, about: pick([drawing.friendlyName(), "Here to help"]) };
  await sometimes(() =>
    client.messaging.v1.services(seeded.messagingService).update({ mmsConverter: false }),
  );
  if (workspace)
    await sometimes(() => client.taskrouter.v1.workspaces(workspace.sid).update({ multiTaskEnabled: true }));
}
