import { shownUrl } from "../values/secrets";
import { addressOn, type Channel, channelOf } from "./channels";
import { triggersOf, workflowsOf } from "./definition";
import { type ProblemCode, problem } from "./problems";
import type { Reference } from "./reference";
import type { Destination, Hop, Way } from "./route";
import type { AccountSnapshot, Item } from "./snapshot";
import { handlerAt } from "./webhooks";

/** What one message meets beyond the set-up: what is already under way between these two addresses. */
export interface Live {
  conversation?: { sid: string; name: string; takers: Taker[] };
  /** The open session of a Proxy service with this customer. */
  sessionIn?: (proxyServiceSid: string) => { sid: string; name: string } | undefined;
}

/** A webhook that listens to a conversation. */
export type Taker =
  | { type: "studio"; studioFlowSid: string }
  | { type: "webhook"; url: string; method: string | null };

/** Of which address the ways are looked for. */
export interface Place {
  account: AccountSnapshot;
  channel: Channel;
  address: string;
  live: Live;
}

/** The hops so far. */
type Trail = Pick<Way, "by" | "hops">;

const go = (trail: Trail, object: Reference, how: string, problem: Hop["problem"] = null): Trail => ({
  ...trail,
  hops: [...trail.hops, { ...object, how, problem }],
});
const stop = (trail: Trail, reaches: Destination, end: string): Way[] => [{ ...trail, reaches, end }];

function fail(trail: Trail, object: Reference, how: string, code: ProblemCode, message: string): Way[] {
  return stop(go(trail, object, how, problem(code, object, message)), "nobody", message);
}

function missing(trail: Trail, kind: Reference["kind"], sid: string, how: string): Way[] {
  const object = { kind, sid, name: sid };
  return fail(trail, object, how, "missing-object", `${sid} does not exist in this account`);
}

const named = (kind: Reference["kind"], { sid }: { sid: string }, name: string | null): Reference => ({
  kind,
  sid,
  name: name || sid,
});
const withSid = <T extends { sid: string }>(items: T[], wanted: string) =>
  items.find(({ sid }) => sid === wanted);

/** What customers write to: the first hop of every way. */
export function origin({ account, channel, address }: Place): Reference {
  const own = ownNumber(account, address) ?? ownShortCode(account, address);
  if (channel === "sms") {
    const kind = own && "shortCode" in own ? "shortCode" : "phoneNumber";
    return { kind, sid: own?.sid ?? null, name: address };
  }
  const sender = ownSender(account, channel, address);
  const isSender = sender !== undefined || channel === "whatsapp" || channel === "rcs";
  return { kind: isSender ? "sender" : "console", sid: sender?.sid ?? null, name: address };
}

export const ownNumber = ({ phoneNumbers }: AccountSnapshot, address: string) =>
  phoneNumbers.find(({ phoneNumber }) => phoneNumber === address);
const ownShortCode = ({ shortCodes }: AccountSnapshot, address: string) =>
  shortCodes.find(({ shortCode }) => shortCode === address);
export const ownSender = ({ senders }: AccountSnapshot, channel: Channel, address: string) =>
  senders.find(({ senderId }) => addressOn(channel, senderId) === address);

const fromCustomer = (place: Place, by: Way["by"]): Trail =>
  go({ by, hops: [] }, origin(place), "The customer writes to it");

export const addressesAt = ({ account, channel, address }: Place) =>
  account.addresses.filter(
    (known) => channelOf(known.type) === channel && addressOn(channel, known.address) === address,
  );

export const flexFlowsAt = ({ account, channel, address }: Place) =>
  account.flexFlows.filter(
    (flow) =>
      channelOf(flow.channelType) === channel &&
      (flow.sid === address || addressOn(channel, flow.contactIdentity ?? "") === address),
  );

/** Ways by an open conversation, or else by an address configuration that makes one. */
export function conversationWays(place: Place): Way[] {
  const start = fromCustomer(place, "conversations");
  const { conversation } = place.live;
  if (conversation) {
    const { sid, name, takers } = conversation;
    const trail = go(start, { kind: "conversation", sid, name }, "It is open between these two addresses");
    return takers.length === 0 ? stop(trail, "conversation", heldBy) : takers.flatMap(take(place, trail));
  }
  const address = addressesAt(place).find(({ enabled }) => enabled);
  return address ? newConversation(place, start, address) : [];
}

const heldBy = "It waits there for those who are in it; nothing brings it to an agent";

function newConversation(place: Place, start: Trail, address: Item<"addresses">): Way[] {
  const { account } = place;
  const { autoCreation } = address;
  const trail = go(start, addressObject(address), "An address configuration is enabled for it");
  const serviceSid = address.conversationServiceSid ?? account.defaultChatServiceSid;
  const service = withSid(account.chatServices, serviceSid ?? "");
  if (!service) return missing(trail, "chatService", serviceSid ?? "", "Conversations are to be made in it");
  const object: Reference = { kind: "conversation", sid: null, name: "a new conversation" };
  const made = go(trail, object, `Auto-creation makes it in ${service.friendlyName || service.sid}`);
  return autoCreation.type === "default"
    ? stop(made, "conversation", heldBy)
    : take(place, made)(autoCreation);
}

export const addressObject = (address: Item<"addresses">): Reference =>
  named("address", address, address.friendlyName);

const take = (place: Place, trail: Trail) => (taker: Taker) =>
  taker.type === "studio"
    ? studio(place, trail, taker.studioFlowSid, "incomingConversationMessage", "Its webhook starts the flow")
    : call(trail, taker, "Its webhook is called");

/** A disabled address configuration, which would take the messages if it were not. */
export function disabledWays(place: Place): Way[] {
  const disabled = addressesAt(place).filter(({ enabled }) => !enabled);
  return disabled.flatMap((address) =>
    fail(
      fromCustomer(place, "conversations"),
      addressObject(address),
      "An address configuration names it",
      "disabled",
      "Auto-creation is disabled, so it makes no conversations",
    ),
  );
}

/** Ways by what the sender itself hands its messages to. */
export function handlerWays(place: Place): Way[] {
  const { account, channel, address } = place;
  const start = fromCustomer(place, "handler");
  if (channel === "sms") {
    const number = ownNumber(account, address);
    const own = number ?? ownShortCode(account, address);
    if (!own) return [];
    const byItself = (trail: Trail) => ownHandler(place, trail, own, number?.smsApplicationSid ?? null);
    return throughService(place, start, own.sid, byItself);
  }
  const sender = ownSender(account, channel, address);
  if (!sender) return consoleWays(place, start);
  const webhook = { url: sender.webhookUrl, method: sender.webhookMethod };
  return throughService(place, start, sender.sid, (trail) => handOver(place, trail, webhook, "Its webhook"));
}

/** What is handed messages; blank or null where nothing is. */
interface Target {
  url: string | null;
  method: string | null;
}

/** The messaging side of a number, short code or application. */
interface Messaging {
  smsUrl: string | null;
  smsMethod: string | null;
}

const targetOf = ({ smsUrl, smsMethod }: Messaging): Target => ({ url: smsUrl, method: smsMethod });

/** The Messaging Service that a number, short code or sender is in. */
export const serviceOf = ({ messagingServices }: AccountSnapshot, memberSid: string) =>
  messagingServices.find(({ memberSids }) => memberSids.includes(memberSid));

/** A service's URL takes the messages of WhatsApp and RCS senders even where it defers to its numbers. */
function throughService(
  place: Place,
  start: Trail,
  memberSid: string,
  byItself: (trail: Trail) => Way[],
): Way[] {
  const service = serviceOf(place.account, memberSid);
  if (!service) return byItself(start);
  const object = named("messagingService", service, service.friendlyName);
  const trail = go(start, object, "It is in this Messaging Service");
  const { inboundRequestUrl: url, inboundMethod: method, useInboundWebhookOnNumber: defers } = service;
  if (defers && (place.channel === "sms" || !url)) return byItself(trail);
  if (url) return handOver(place, trail, { url, method }, "Its inbound request URL");
  const dropped = "The Messaging Service has no inbound request URL and does not defer to its senders";
  if (addressesAt(place).some(({ enabled }) => enabled)) return stop(trail, "nobody", dropped);
  return fail(start, object, "It is in this Messaging Service", "dropped-by-messaging-service", dropped);
}

/** The number's own handler: an application wins over a URL. */
function ownHandler(place: Place, trail: Trail, own: Messaging, applicationSid: string | null): Way[] {
  if (!applicationSid) return handOver(place, trail, targetOf(own), "The number's messaging handler");
  const application = withSid(place.account.applications, applicationSid);
  const how = "The number hands messages to this application";
  if (!application) return missing(trail, "application", applicationSid, how);
  const object = named("application", application, application.friendlyName);
  return handOver(place, go(trail, object, how), targetOf(application), "Its messaging URL");
}

function handOver(place: Place, trail: Trail, target: Target, how: string): Way[] {
  const handler = handlerAt(target.url);
  switch (handler.kind) {
    case "blank":
      return stop(trail, "nobody", `${how} is blank`);
    case "demo":
    case "webhook":
      return call(trail, { ...target, url: handler.url }, how);
    case "proxyService":
    case "studioFlow": {
      const { kind, sid, accountSid } = handler;
      if (accountSid !== place.account.accountSid) {
        const message = `${how} leads to the account ${accountSid}`;
        return fail(trail, { kind, sid, name: sid }, how, "foreign-account", message);
      }
      return kind === "proxyService"
        ? proxy(place, trail, sid, how)
        : studio(place, trail, sid, "incomingMessage", how);
    }
  }
}

function call(trail: Trail, { url, method }: { url: string; method?: string | null }, how: string): Way[] {
  const object: Reference = { kind: "webhook", sid: null, name: shownUrl(url) };
  const end = handlerAt(url).kind === "demo" ? "Twilio's demo answers" : "What happens there is not known";
  return stop(go(trail, object, how), "webhook", end).map((way) => ({
    ...way,
    webhook: { url, method: method?.toUpperCase() === "GET" ? "GET" : "POST" },
  }));
}

function proxy(place: Place, before: Trail, sid: string, how: string): Way[] {
  const service = withSid(place.account.proxyServices, sid);
  if (!service) return missing(before, "proxyService", sid, how);
  const object = named("proxyService", service, service.uniqueName);
  const trail = go(before, object, how);
  const session = place.live.sessionIn?.(sid);
  if (session) {
    const open = go(trail, { kind: "proxySession", ...session }, "It is open with this customer");
    return stop(open, "conversation", "The chat of this session goes on");
  }
  const flows = flexFlowsAt(place);
  const enabled = flows.filter((flow) => flow.enabled);
  // Of several, the one that leads to Studio: https://github.com/twilio-professional-services/function-flex-outbound-sms
  const flow = enabled.find(({ integration }) => integration?.type === "studio") ?? enabled[0];
  if (flow) return flexFlow(place, trail, flow, "Its contact identity is the address");
  const { outOfSessionCallbackUrl } = service;
  if (outOfSessionCallbackUrl) {
    return call(
      trail,
      { url: outOfSessionCallbackUrl },
      "No Flex Flow takes it, so the out-of-session callback",
    );
  }
  const disabled = flows[0];
  if (disabled) {
    const how = "Its contact identity is the address";
    return fail(trail, flexFlowObject(disabled), how, "disabled", "The Flex Flow is disabled");
  }
  const message = `No Flex Flow has the contact identity ${place.address}, and there is no out-of-session callback`;
  return fail(before, object, how, "no-flex-flow", message);
}

export const flexFlowObject = (flow: Item<"flexFlows">): Reference =>
  named("flexFlow", flow, flow.friendlyName);

function flexFlow(place: Place, before: Trail, flow: Item<"flexFlows">, how: string): Way[] {
  const { chatServices, taskRouterWorkflows } = place.account;
  const trail = go(before, flexFlowObject(flow), how);
  const service = withSid(chatServices, flow.chatServiceSid);
  if (!service) return missing(trail, "chatService", flow.chatServiceSid, "Chats are to be made in it");
  const object: Reference = { kind: "chatChannel", sid: null, name: "a new chat" };
  const made = go(trail, object, `The Flex Flow makes it in ${service.friendlyName || service.sid}`);
  const { integration } = flow;
  if (!integration)
    return stop(made, "conversation", "The Flex Flow has no integration; nothing takes the chat on");
  switch (integration.type) {
    case "studio":
      return studio(place, made, integration.studioFlowSid, "incomingMessage", "The Flex Flow starts it");
    case "external":
      return call(made, integration, "The Flex Flow calls it");
    case "task":
      return toWorkflow(
        made,
        integration.workflowSid,
        taskRouterWorkflows,
        "The Flex Flow makes a task in it",
      );
  }
}

function studio(place: Place, trail: Trail, sid: string, event: string, how: string): Way[] {
  const { studioFlows, taskRouterWorkflows } = place.account;
  const flow = withSid(studioFlows, sid);
  if (!flow) return missing(trail, "studioFlow", sid, how);
  const object = named("studioFlow", flow, flow.friendlyName);
  if (flow.published === undefined) {
    return fail(trail, object, how, "draft", "The flow was never published");
  }
  if (!triggersOf(flow.published).includes(event)) {
    return fail(trail, object, how, "no-trigger", `The flow's trigger leads nowhere on ${event}`);
  }
  const started = go(trail, object, how);
  const workflows = workflowsOf(flow.published, event);
  if (workflows.length === 0) return stop(started, "studio", "The flow hands nobody on to Flex");
  return workflows.flatMap((workflow) =>
    toWorkflow(started, workflow, taskRouterWorkflows, "The flow sends the customer to Flex"),
  );
}

function toWorkflow(trail: Trail, sid: string, known: Item<"taskRouterWorkflows">[], how: string): Way[] {
  if (sid.includes("{{")) {
    const object: Reference = { kind: "taskRouterWorkflow", sid: null, name: sid };
    return stop(go(trail, object, how), "agents", "Which workflow it is, is known when the flow runs");
  }
  const workflow = withSid(known, sid);
  if (!workflow) return missing(trail, "taskRouterWorkflow", sid, how);
  const object = named("taskRouterWorkflow", workflow, workflow.friendlyName);
  return stop(go(trail, object, how), "agents", "The workflow's task goes to an agent");
}

/** Channels whose first steps are set in the Console, where the API does not show them. */
function consoleWays(place: Place, start: Trail): Way[] {
  const { account, channel } = place;
  const flows = flexFlowsAt(place);
  const [flow] = [...flows.filter(({ enabled }) => enabled), ...flows];
  // What cannot be seen is taken to be as it should: beside an enabled address it leads to no disabled Flex Flow.
  if (!flow || (!flow.enabled && addressesAt(place).some(({ enabled }) => enabled))) return [];
  if (channel === "web" || channel === "custom") {
    if (flow.enabled) return flexFlow(place, start, flow, "The program that customers write with names it");
    return fail(start, flexFlowObject(flow), "It is named", "disabled", "The Flex Flow is disabled");
  }
  if (channel !== "messenger" && channel !== "line") return [];
  const how = "The callback on the Console's Channels page, taken to be this service";
  const service =
    account.proxyServices.find(({ chatInstanceSid }) => chatInstanceSid === flow.chatServiceSid) ??
    account.proxyServices.find(({ uniqueName }) => uniqueName === "Flex Proxy Service");
  if (service) return proxy(place, start, service.sid, how);
  const object: Reference = { kind: "proxyService", sid: null, name: "Flex Proxy Service" };
  return fail(start, object, how, "missing-object", "The account has no Proxy service for Flex");
}
