import type { Channel, Hop, Way } from "../../provider/routing";
import type { Maker } from "../account/state";
import { lookUp } from "../api/call";
import { newChatChannel, newChatMember } from "../products/chat/records";
import { addChatMember, addChatMessage } from "../products/chat/relations";
import type { Conversation } from "../products/conversations/records";
import {
  addMessage,
  addParticipant,
  newConversation,
  newParticipant,
  newScopedWebhook,
} from "../products/conversations/relations";
import { newProxyMessage, newProxyParticipant, newProxySession } from "../products/proxy/records";
import { addProxyInteraction, participantsOf } from "../products/proxy/relations";
import { revisionFor } from "../products/studio/records";
import { newExecution } from "../products/studio/relations";
import { newTask } from "../products/taskrouter/relations";
import type { WebhookCall } from "./webhooks";

export interface Message {
  channel: Channel;
  from: string;
  to: string;
  body: string;
}

/** One message or call on its ways. What it makes at a hop is made once, however many ways lead there. */
export class Arrival {
  private readonly sid: string;
  private readonly gone = new Map<Hop, Hop>();

  constructor(
    private readonly message: Message,
    private readonly maker: Maker,
  ) {
    this.sid = maker.sid(this.isCall ? "CA" : "SM");
  }

  private get isCall(): boolean {
    return this.message.channel === "voice";
  }

  /** The way with the objects that the message made on it. */
  go(way: Way): Way {
    const hops: Hop[] = [];
    for (const hop of way.hops) {
      const gone = this.gone.get(hop) ?? { ...hop, ...this.at(hop, hops) };
      this.gone.set(hop, gone);
      hops.push(gone);
    }
    return { ...way, hops };
  }

  /** What the webhook at the end of the way is called with. */
  callOf({ webhook, hops, by }: Way): WebhookCall | undefined {
    if (!webhook) return undefined;
    const { account } = this.maker;
    const { from, to, body } = this.message;
    const authToken = account.auth_token;
    if (this.isCall)
      return { ...webhook, params: { AccountSid: account.sid, ...this.callParams() }, authToken };
    const common = { AccountSid: account.sid, Body: body };
    const chat = sidAt(hops, "conversation") ?? sidAt(hops, "chatChannel");
    const params =
      chat === undefined
        ? { ...common, MessageSid: this.sid, SmsMessageSid: this.sid, From: from, To: to, NumMedia: "0" }
        : by === "conversations"
          ? { ...common, EventType: "onMessageAdded", ConversationSid: chat, Author: from }
          : { ...common, EventType: "onMessageSent", ChannelSid: chat, From: from };
    return { ...webhook, params, authToken };
  }

  /** https://www.twilio.com/docs/voice/twiml#request-parameters: what a handler of calls gets. */
  private callParams(): Record<string, string> {
    const { from, to } = this.message;
    return { CallSid: this.sid, From: from, To: to, CallStatus: "ringing", Direction: "inbound" };
  }

  /** What happens at a hop; the answer is what it then is. */
  private at(hop: Hop, before: Hop[]): Partial<Hop> {
    if (hop.problem) return {};
    switch (hop.kind) {
      case "conversation":
        return this.inConversation(hop.sid, sidAt(before, "address"));
      case "chatChannel":
        return this.inNewChat(sidAt(before, "flexFlow"), sidAt(before, "proxyService"));
      case "proxySession":
        return this.inSession(hop.sid);
      case "studioFlow":
        // A subflow is started by the flow before it, when that comes to it.
        if (before.at(-1)?.kind !== "studioFlow") this.startFlow(hop.sid, sidAt(before, "conversation"));
        return {};
      case "taskRouterWorkflow":
        // A Flex Flow makes its task itself. What a Studio flow would do is not carried out.
        if (before.at(-1)?.kind === "chatChannel") this.makeTask(sidAt(before, "flexFlow"), hop.sid);
        return {};
      default:
        return {};
    }
  }

  private inConversation(sid: string | null, addressSid: string | undefined): Partial<Hop> {
    const { account } = this.maker;
    const conversation = lookUp(account.conversations, sid ?? "") ?? this.newConversation(addressSid ?? "");
    addMessage(this.maker, conversation, { author: this.message.from, body: this.message.body });
    return { sid: conversation.sid };
  }

  private newConversation(addressSid: string): Conversation {
    const { maker } = this;
    const { account } = maker;
    const { from, to } = this.message;
    const creation = lookUp(account.addressConfigurations, addressSid)?.auto_creation;
    const { default_chat_service_sid } = account.conversationsConfiguration;
    const conversation = newConversation(
      maker,
      creation?.conversation_service_sid ?? default_chat_service_sid ?? "",
    );
    account.conversations[conversation.sid] = conversation;
    addParticipant(
      maker,
      conversation,
      newParticipant(maker, conversation, { address: from, proxyAddress: to }),
    );
    const { studio_flow_sid, webhook_url, webhook_method, webhook_filters } = creation ?? {};
    const webhook =
      creation?.type === "studio"
        ? newScopedWebhook(maker, conversation, "studio", { flow_sid: studio_flow_sid })
        : creation?.type === "webhook" &&
          newScopedWebhook(maker, conversation, "webhook", {
            url: webhook_url,
            method: webhook_method,
            filters: webhook_filters,
          });
    if (webhook) account.conversationWebhooks[webhook.sid] = webhook;
    return conversation;
  }

  /** A chat of a Flex Flow, with the Proxy session that carries its messages where a Proxy service handed it on. */
  private inNewChat(flexFlowSid = "", proxyServiceSid = ""): Partial<Hop> {
    const { maker } = this;
    const { account } = maker;
    const { from, to, body } = this.message;
    const flow = lookUp(account.flexFlows, flexFlowSid);
    const service = flow && lookUp(account.chatServices, flow.chat_service_sid);
    if (!flow || !service) return {};
    const channel = {
      ...newChatChannel(maker, service),
      friendly_name: from,
      type: "private",
      attributes: JSON.stringify({
        status: "ACTIVE",
        long_lived: flow.long_lived,
        channel_type: flow.channel_type,
        from,
      }),
    };
    account.chatChannels[channel.sid] = channel;
    addChatMember(maker, service, newChatMember(maker, service, channel, from));
    addChatMessage(maker, channel, { from, body });

    const proxy = lookUp(account.proxyServices, proxyServiceSid);
    if (proxy) {
      const session = { ...newProxySession(maker, proxy), unique_name: channel.sid };
      account.proxySessions[session.sid] = session;
      const pooled = Object.values(account.proxyPhoneNumbers).find(({ phone_number }) => phone_number === to);
      const identifier = { proxy_identifier: to, proxy_identifier_sid: pooled?.sid ?? null };
      for (const name of [from, channel.sid]) {
        const participant = newProxyParticipant(maker, session, name, identifier);
        account.proxyParticipants[participant.sid] = participant;
      }
      this.interact(session.sid);
    }
    return { sid: channel.sid };
  }

  /** The chat of a session bears its SID as the session's name. */
  private inSession(sessionSid: string | null): Partial<Hop> {
    const { account } = this.maker;
    const { from, body } = this.message;
    if (this.isCall) return {};
    this.interact(sessionSid ?? "");
    const session = lookUp(account.proxySessions, sessionSid ?? "");
    const channel = lookUp(account.chatChannels, session?.unique_name ?? "");
    if (channel) addChatMessage(this.maker, channel, { from, body });
    return {};
  }

  /** Where the customer is in the flow already, the message goes on there. */
  private startFlow(flowSid: string | null, conversationSid: string | undefined): void {
    const { account } = this.maker;
    const { from, to, body } = this.message;
    const flow = lookUp(account.studioFlows, flowSid ?? "");
    const revision = flow && revisionFor(flow, from);
    if (!flow || !revision) return;
    const isUnderWay = Object.values(account.studioExecutions).some(
      (known) =>
        known.flow_sid === flow.sid && known.status === "active" && known.contact_channel_address === from,
    );
    if (isUnderWay) return;
    const [event, variables] = this.isCall
      ? (["incomingCall", { call: this.callParams() }] as const)
      : conversationSid === undefined
        ? ([
            "incomingMessage",
            { message: { MessageSid: this.sid, From: from, To: to, Body: body } },
          ] as const)
        : ([
            "incomingConversationMessage",
            { conversation: { ConversationSid: conversationSid, Author: from, Body: body } },
          ] as const);
    const trigger = { event, contact: from, address: to, sid: this.sid, variables };
    const execution = newExecution(this.maker, flow, revision, trigger);
    account.studioExecutions[execution.sid] = execution;
  }

  private makeTask(flexFlowSid: string | undefined, workflowSid: string | null): void {
    const { account } = this.maker;
    const workflow = lookUp(account.taskrouterWorkflows, workflowSid ?? "");
    const integration = lookUp(account.flexFlows, flexFlowSid ?? "")?.integration;
    if (!workflow || !integration) return;
    const name = integration.channel || "default";
    const channel = Object.values(account.taskrouterTaskChannels).find(
      ({ workspace_sid, sid, unique_name }) =>
        workspace_sid === workflow.workspace_sid && (sid === name || unique_name === name),
    );
    if (!channel) return;
    const blank = newTask(this.maker, workflow, channel.sid);
    const task = {
      ...blank,
      attributes: JSON.stringify({ from: this.message.from, channelType: this.message.channel }),
      priority: integration.priority ?? blank.priority,
      timeout: integration.timeout ?? blank.timeout,
    };
    account.taskrouterTasks[task.sid] = task;
  }

  private interact(sessionSid: string): void {
    const { account } = this.maker;
    const session = lookUp(account.proxySessions, sessionSid);
    if (!session) return;
    const participant = participantsOf(account, session).find(
      ({ identifier }) => identifier === this.message.from,
    );
    const inbound = participant && { participant, messageSid: this.sid };
    addProxyInteraction(account, newProxyMessage(this.maker, session, this.message.body, { inbound }));
  }
}

const sidAt = (hops: Hop[], kind: Hop["kind"]): string | undefined =>
  hops.find((hop) => hop.kind === kind)?.sid ?? undefined;
