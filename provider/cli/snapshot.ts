import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow";
import type { Session } from "../life/life";
import {
  type AccountSnapshot,
  type AutoCreation,
  type Integration,
  type ObjectKind,
  widgetReferences,
} from "../routing";
import { Attempts, unreadable } from "./attempts";

const pageSize = 100;

/**
 * Reads an account as the routing model wants to see it. `onRead` is told of each list that has been read. `flows` says
 * whose definitions are read: those of the flows that something leads to, or of all of them, with their drafts and the
 * task channels that they may name.
 */
export async function takeSnapshot(
  session: Pick<Session, "api" | "account" | "isApiKey" | "redact">,
  onRead: () => void = () => {},
  flows: "onWay" | "all" = "onWay",
): Promise<AccountSnapshot> {
  const { api, account: accountSid } = session;
  const attempts = new Attempts(session);
  // Alone and first, so that wrong credentials or no network are one failure and not twenty.
  const configuration = await attempts.first("chatService", api.conversations.v1.configuration().fetch());

  /** Lists come newest first; the account's order is that in which its objects were made. */
  const all = async <T>(kind: ObjectKind, list: Promise<T[]>, closed?: "mayBeClosed"): Promise<T[]> => {
    const items = (await attempts.read(kind, list, closed)) ?? [];
    onRead();
    return items.reverse();
  };
  const inEach = <Parent, T>(parents: Promise<Parent[]>, read: (parent: Parent) => Promise<T>) =>
    parents.then((items) => Promise.all(items.map(read)));

  const readServices = inEach(
    all("messagingService", api.messaging.v1.services.list({ pageSize })),
    async (service) => {
      const { phoneNumbers, shortCodes, channelSenders } = api.messaging.v1.services(service.sid);
      const [numbers, codes, senders] = await Promise.all([
        all("messagingService", phoneNumbers.list({ pageSize })),
        all("messagingService", shortCodes.list({ pageSize })),
        all("messagingService", channelSenders.list({ pageSize })),
      ]);
      return {
        ...named(service),
        inboundRequestUrl: service.inboundRequestUrl,
        inboundMethod: service.inboundMethod,
        useInboundWebhookOnNumber: service.useInboundWebhookOnNumber,
        memberSids: [...numbers, ...codes, ...senders].map(({ sid }) => sid),
      };
    },
  );
  const workspaces = all("taskRouterWorkflow", api.taskrouter.v1.workspaces.list({ pageSize }));
  const readWorkflows = inEach(workspaces, ({ sid }) =>
    all("taskRouterWorkflow", api.taskrouter.v1.workspaces(sid).workflows.list({ pageSize })),
  );
  const readTaskChannels =
    flows === "all"
      ? inEach(workspaces, ({ sid }) =>
          all("taskChannel", api.taskrouter.v1.workspaces(sid).taskChannels.list({ pageSize })),
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
    all("phoneNumber", api.incomingPhoneNumbers.list({ pageSize: 1000 })),
    all("shortCode", api.shortCodes.list({ pageSize })),
    all("sender", api.messaging.v2.channelsSenders.list({ channel: "whatsapp" })),
    all("sender", api.messaging.v2.channelsSenders.list({ channel: "rcs" })),
    all("application", api.applications.list({ pageSize })),
    all("address", api.conversations.v1.addressConfigurations.list()),
    all("chatService", api.conversations.v1.services.list({ pageSize })),
    all("chatService", api.chat.v2.services.list({ pageSize })),
    all("proxyService", api.proxy.v1.services.list({ pageSize }), "mayBeClosed"),
    all("flexFlow", api.flexApi.v1.flexFlow.list({ pageSize }), "mayBeClosed"),
    all("studioFlow", api.studio.v2.flows.list({ pageSize: 1000 })),
    readServices,
    readWorkflows,
    readTaskChannels,
  ]);

  attempts.requireAny();
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
    ...(taskChannels &&
      !attempts.isUnread("taskRouterWorkflow") && { taskChannels: taskChannels.flat().map(named) }),
  };
  // A definition is a request of its own: most commands need those only that something leads to.
  const mentioned = JSON.stringify(withoutFlows);
  const definitions = new Map<string, Promise<Revision>>();
  const wanted = studioFlows.filter(({ sid }) => flows === "all" || mentioned.includes(sid));
  await Promise.all(wanted.map(({ sid }) => read(sid)));
  const known = await Promise.all(
    studioFlows.map(async (flow) => {
      const running = await definitions.get(flow.sid);
      const isPlanned = flows === "all" && flow.status === "draft";
      const planned = isPlanned ? await draft(flow.sid) : undefined;
      // One whose definition could not be read is as one that was not read at all.
      if (running === unreadable || planned === unreadable) return [];
      return [
        { ...named(flow), published: running?.definition, ...(planned && { draft: planned.definition }) },
      ];
    }),
  );
  const { unread } = attempts;
  return { ...withoutFlows, studioFlows: known.flat(), ...(unread.length > 0 && { unread }) };

  /** Reads what a flow runs, and what the flows run that it runs as subflows. */
  async function read(sid: string): Promise<void> {
    if (definitions.has(sid)) return;
    const reading = published(sid);
    definitions.set(sid, reading);
    const found = await reading;
    const definition = found === unreadable ? undefined : found?.definition;
    const named = widgetReferences(definition).filter(({ kind }) => kind === "studioFlow");
    const there = named.filter((flow) => studioFlows.some(({ sid }) => sid === flow.sid));
    await Promise.all(there.map((flow) => read(flow.sid)));
  }

  function draft(sid: string): Promise<Revision> {
    return revision(api.studio.v2.flows(sid).fetch());
  }

  /** What runs is the latest published revision, also while a later one is a draft. */
  function published(sid: string): Promise<Revision> {
    return revision(api.studio.v2.flows(sid).revisions("LatestPublished").fetch());
  }

  async function revision(request: Promise<{ definition: unknown }>): Promise<Revision> {
    const found = await attempts.attempt("studioFlow", request);
    onRead();
    return found;
  }
}

/** Undefined where there is none. */
type Revision = { definition: unknown } | typeof unreadable | undefined;

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
