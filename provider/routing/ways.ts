import { call, flexFlow, handOver, proxy, type Target } from "./handOver";
import {
  addressesAt,
  addressObject,
  flexFlowObject,
  flexFlowsAt,
  origin,
  ownNumber,
  ownSender,
  ownShortCode,
  type Place,
  serviceOf,
  type Taker,
} from "./place";
import type { Reference } from "./reference";
import type { Way } from "./route";
import type { Item } from "./snapshot";
import { studio } from "./studioWays";
import { fail, go, missing, named, stop, type Trail, withSid } from "./trail";

const fromCustomer = (place: Place, by: Way["by"]): Trail =>
  go({ by, hops: [] }, origin(place), "The customer writes to it");

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

/** The messaging side of a number, short code or application. */
interface Messaging {
  smsUrl: string | null;
  smsMethod: string | null;
}

const targetOf = ({ smsUrl, smsMethod }: Messaging): Target => ({ url: smsUrl, method: smsMethod });

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
