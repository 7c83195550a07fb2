import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow";
import type { Session } from "../life/life";
import { type AccountSnapshot, type AutoCreation, type Integration, widgetReferences } from "../routing";
import { ApiError } from "../values/errors";

const pageSize = 100;

/**
 * Reads an account as the routing model wants to see it. `onRead` is told of each list that has been read. `flows` says
 * whose definitions are read: those of the flows that something leads to, or of all of them, with their drafts and the
 * task channels that they may name.
 */
export async function takeSnapshot(
  { api, account: accountSid }: Pick<Session, "api" | "account">,
  onRead: () => void = () => {},
  flows: "onWay" | "all" = "onWay",
): Promise<AccountSnapshot> {
  // Alone and first, so that wrong credentials or no network are one failure and not twenty.
  const configuration = await ifThere(api.conversations.v1.configuration().fetch());

  /** Lists come newest first; the account's order is that in which its objects were made. */
  const all = async <T>(list: Promise<T[]>, closed?: "mayBeClosed"): Promise<T[]> => {
    const items = (await ifThere(list, closed)) ?? [];
    onRead();
    return items.reverse();
  };
  const inEach = <Parent, T>(parents: Promise<Parent[]>, read: (parent: Parent) => Promise<T>) =>
    parents.then((items) => Promise.all(items.map(read)));

  const readServices = inEach(all(api.messaging.v1.services.list({ pageSize })), async (service) => {
    const { phoneNumbers, shortCodes, channelSenders } = api.messaging.v1.services(service.sid);
    const [numbers, codes, senders] = await Promise.all([
      all(phoneNumbers.list({ pageSize })),
      all(shortCodes.list({ pageSize })),
      all(channelSenders.list({ pageSize })),
    ]);
    return {
      ...named(service),
      inboundRequestUrl: service.inboundRequestUrl,
      inboundMethod: service.inboundMethod,
      useInboundWebhookOnNumber: service.useInboundWebhookOnNumber,
      memberSids: [...numbers, ...codes, ...senders].map(({ sid }) => sid),
    };
  });
  const workspaces = all(api.taskrouter.v1.workspaces.list({ pageSize }));
  const readWorkflows = inEach(workspaces, ({ sid }) =>
    all(api.taskrouter.v1.workspaces(sid).workflows.list({ pageSize })),
  );
  const readTaskChannels =
    flows === "all"
      ? inEach(workspaces, ({ sid }) =>
          all(api.taskrouter.v1.workspaces(sid).taskChannels.list({ pageSize })),
        )
      : undefined;
  const [
    numbers,
    codes,
    whatsApp,
    rcs,
    applications,
    addresses,
    ownServices,
    chats,
    proxies,
    flexFlows,
    studioFlows,
    messagingServices,
    workflows,
    taskChannels,
  ] = await Promise.all([
    all(api.incomingPhoneNumbers.list({ pageSize })),
    all(api.shortCodes.list({ pageSize })),
    all(api.messaging.v2.channelsSenders.list({ channel: "whatsapp" })),
    all(api.messaging.v2.channelsSenders.list({ channel: "rcs" })),
    all(api.applications.list({ pageSize })),
    all(api.conversations.v1.addressConfigurations.list()),
    all(api.conversations.v1.services.list({ pageSize })),
    all(api.chat.v2.services.list({ pageSize })),
    all(api.proxy.v1.services.list({ pageSize }), "mayBeClosed"),
    all(api.flexApi.v1.flexFlow.list({ pageSize }), "mayBeClosed"),
    all(api.studio.v2.flows.list({ pageSize })),
    readServices,
    readWorkflows,
    readTaskChannels,
  ]);

  const withoutFlows: Omit<AccountSnapshot, "studioFlows"> = {
    accountSid,
    phoneNumbers: numbers.map((number) => ({
      sid: number.sid,
      phoneNumber: number.phoneNumber,
      friendlyName: number.friendlyName,
      sms: number.capabilities.sms,
      smsUrl: number.smsUrl,
      smsMethod: number.smsMethod,
      smsFallbackUrl: number.smsFallbackUrl,
      smsApplicationSid: number.smsApplicationSid,
      voice: number.capabilities.voice,
      voiceUrl: number.voiceUrl,
      voiceMethod: number.voiceMethod,
      voiceFallbackUrl: number.voiceFallbackUrl,
      voiceApplicationSid: number.voiceApplicationSid,
      trunkSid: number.trunkSid,
    })),
    shortCodes: codes.map((code) => ({
      sid: code.sid,
      shortCode: code.shortCode,
      friendlyName: code.friendlyName,
      smsUrl: code.smsUrl,
      smsMethod: code.smsMethod,
    })),
    senders: [...whatsApp, ...rcs].map((sender) => ({
      sid: sender.sid,
      senderId: sender.senderId,
      name: sender.profile?.name ?? null,
      status: sender.status,
      webhookUrl: sender.webhook?.callbackUrl ?? null,
      webhookMethod: sender.webhook?.callbackMethod ?? null,
    })),
    applications: applications.map((application) => ({
      ...named(application),
      smsUrl: application.smsUrl,
      smsMethod: application.smsMethod,
      voiceUrl: application.voiceUrl,
      voiceMethod: application.voiceMethod,
    })),
    messagingServices,
    addresses: addresses.map((address) => ({
      ...named(address),
      type: address.type,
      address: address.address,
      enabled: address.autoCreation?.enabled ?? false,
      autoCreation: autoCreationOf(address),
      conversationServiceSid: address.autoCreation?.conversation_service_sid ?? null,
    })),
    // One kind under two APIs, of which an account may know one only.
    chatServices: [...new Map([...chats, ...ownServices].map((one) => [one.sid, named(one)])).values()],
    defaultChatServiceSid: configuration?.defaultChatServiceSid ?? null,
    proxyServices: proxies.map((service) => ({
      sid: service.sid,
      uniqueName: service.uniqueName,
      chatInstanceSid: service.chatInstanceSid,
      outOfSessionCallbackUrl: service.outOfSessionCallbackUrl,
    })),
    flexFlows: flexFlows.map((flow) => ({
      ...named(flow),
      channelType: flow.channelType,
      contactIdentity: flow.contactIdentity,
      enabled: flow.enabled,
      chatServiceSid: flow.chatServiceSid,
      integration: integrationOf(flow),
    })),
    taskRouterWorkflows: workflows.flat().map(named),
    ...(taskChannels && { taskChannels: taskChannels.flat().map(named) }),
  };
  // A definition is a request of its own: most commands need those only that something leads to.
  const mentioned = JSON.stringify(withoutFlows);
  const definitions = new Map<string, Promise<unknown>>();
  const wanted = studioFlows.filter(({ sid }) => flows === "all" || mentioned.includes(sid));
  await Promise.all(wanted.map(({ sid }) => read(sid)));
  return {
    ...withoutFlows,
    studioFlows: await Promise.all(
      studioFlows.map(async (flow) => ({
        ...named(flow),
        published: await definitions.get(flow.sid),
        ...(flows === "all" && flow.status === "draft" && { draft: await draft(flow.sid) }),
      })),
    ),
  };

  /** Reads what a flow runs, and what the flows run that it runs as subflows. */
  async function read(sid: string): Promise<void> {
    if (definitions.has(sid)) return;
    const reading = published(sid);
    definitions.set(sid, reading);
    const named = widgetReferences(await reading).filter(({ kind }) => kind === "studioFlow");
    const there = named.filter((flow) => studioFlows.some(({ sid }) => sid === flow.sid));
    await Promise.all(there.map((flow) => read(flow.sid)));
  }

  async function draft(sid: string): Promise<unknown> {
    const flow = await ifThere(api.studio.v2.flows(sid).fetch());
    onRead();
    return flow?.definition;
  }

  /** What runs is the latest published revision, also while a later one is a draft. */
  async function published(sid: string): Promise<unknown> {
    const revision = await ifThere(api.studio.v2.flows(sid).revisions("LatestPublished").fetch());
    onRead();
    return revision?.definition;
  }
}

/**
 * Undefined for what the account does not have. Products that are closed to it may answer 403, and those that have
 * reached their end 410.
 */
export async function ifThere<Result>(
  request: Promise<Result>,
  closed?: "mayBeClosed",
): Promise<Result | undefined> {
  try {
    return await request;
  } catch (error) {
    const absent = [404, 410, ...(closed ? [403] : [])];
    if (error instanceof ApiError && error.status !== undefined && absent.includes(error.status))
      return undefined;
    throw error;
  }
}

const named = ({ sid, friendlyName }: { sid: string; friendlyName: string | null }) => ({
  sid,
  friendlyName,
});

function autoCreationOf({ autoCreation }: AddressConfigurationInstance): AutoCreation {
  const { type, studio_flow_sid, webhook_url, webhook_method } = autoCreation ?? {};
  switch (type) {
    case "studio":
      return { type, studioFlowSid: studio_flow_sid ?? "" };
    case "webhook":
      return { type, url: webhook_url ?? "", method: webhook_method ?? null };
    default:
      return { type: "default" };
  }
}

function integrationOf({ integrationType: type, integration }: FlexFlowInstance): Integration | null {
  const { flow_sid, url, workflow_sid } = integration ?? {};
  switch (type) {
    case "studio":
      return { type, studioFlowSid: flow_sid ?? "" };
    case "external":
      return { type, url: url ?? "" };
    case "task":
      return { type, workflowSid: workflow_sid ?? "" };
    default:
      return null;
  }
}
