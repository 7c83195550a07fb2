import { callWays, takesCalls } from "./callWays";
import { addressOn, type Channel, channelOf, channels } from "./channels";
import { endedWidgets } from "./definition";
import {
  addressesAt,
  addressObject,
  flexFlowObject,
  flexFlowsAt,
  handlerOf,
  type Live,
  origin,
  ownNumber,
  ownSender,
  type Place,
  serviceOf,
} from "./place";
import { type Problem, problem } from "./problems";
import type { Route, Way } from "./route";
import type { AccountSnapshot } from "./snapshot";
import { named } from "./trail";
import { withoutGuesses } from "./unread";
import { conversationWays, disabledWays, handlerWays } from "./ways";
import { handlerAt } from "./webhooks";

export interface RouteOptions {
  /** What is under way. Without it: the route of a first message. */
  live?: Live;
  /**
   * Whether the handler of a number or short code runs beside a conversation that takes the message. Twilio's pages
   * disagree; `both`, the default, is what most of them say. That of a WhatsApp or other channel sender does not run
   * beside an enabled address.
   */
  handlerWithAddress?: "both" | "addressOnly";
}

/**
 * Routes of all addresses that customers may write to, channel by channel; at last those of the numbers whose calls are
 * handled.
 */
export function routesOf(account: AccountSnapshot, options: RouteOptions = {}): Route[] {
  const seen = new Set<string>();
  return inboundAddresses(account)
    .filter(({ channel, address }) => {
      const key = `${channel} ${address}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel))
    .map(({ channel, address }) => routeOf(account, channel, address, options));
}

function inboundAddresses(account: AccountSnapshot): { channel: Channel; address: string }[] {
  const numbers = account.phoneNumbers.filter(({ sms }) => sms).map(({ phoneNumber }) => phoneNumber);
  const called = account.phoneNumbers.filter(takesCalls).map(({ phoneNumber }) => phoneNumber);
  const codes = account.shortCodes.map(({ shortCode }) => shortCode);
  const others = [
    ...account.senders.map(({ senderId }) => ({ name: senderId.split(":", 1)[0] ?? "", address: senderId })),
    ...account.addresses.map(({ type, address }) => ({ name: type, address })),
    // A Flex Flow without an identity is named by its SID.
    ...account.flexFlows.map((flow) => ({
      name: flow.channelType,
      address: flow.contactIdentity || flow.sid,
    })),
  ];
  return [
    ...[...numbers, ...codes].map((address) => ({ channel: "sms" as const, address })),
    ...others.flatMap(({ name, address }) => {
      const channel = channelOf(name);
      return channel
        ? [{ channel, address: isFlexFlowSid(address) ? address : addressOn(channel, address) }]
        : [];
    }),
    ...called.map((address) => ({ channel: "voice" as const, address })),
  ];
}

const isFlexFlowSid = (address: string) => /^FO[0-9a-f]{32}$/i.test(address);

/** What happens to messages, or calls, to one address. */
export function routeOf(
  account: AccountSnapshot,
  channel: Channel,
  to: string,
  { live = {}, handlerWithAddress = "both" }: RouteOptions = {},
): Route {
  const address = isFlexFlowSid(to) ? to : addressOn(channel, to);
  const place: Place = { account, channel, address, live };
  const found = waysOf(place, handlerWithAddress);
  const ways = withoutGuesses(account, found.length > 0 ? found : [nowhere(place)]);
  const problems = [...hopProblems(ways), ...problemsOf(place, ways, handlerWithAddress)];
  const route = { channel, address, ways, problems: [...new Set(problems)] };
  const intent = isWhole(account) ? intentAt(place) : undefined;
  return intent && isUnanswered(route)
    ? { ...route, problems: [...route.problems, unanswered(place, intent)] }
    : route;
}

function waysOf(place: Place, handlerWithAddress: RouteOptions["handlerWithAddress"]): Way[] {
  const { channel } = place;
  if (channel === "voice") return callWays(place);
  const byConversations = conversationWays(place);
  const isTaken = byConversations.length > 0;
  const isLeft =
    channel === "sms"
      ? !isTaken || handlerWithAddress === "both"
      : !addressesAt(place).some(({ enabled }) => enabled);
  const own = isLeft ? handlerWays(place) : [];
  const byHandler = isTaken ? own.filter(leadsSomewhere) : own;
  const found = [...byConversations, ...byHandler];
  return found.some(({ reaches }) => reaches !== "nobody") ? found : [...found, ...disabledWays(place)];
}

/** Whether what does not lead anywhere is known to lead nowhere. */
export const isWhole = ({ unread = [] }: AccountSnapshot): boolean => unread.length === 0;

/** Whether nobody gets what customers send, without any reason that is told already. */
export const isUnanswered = ({ ways, problems }: Route): boolean =>
  ways.every(({ reaches }) => reaches === "nobody") && !problems.some(({ severity }) => severity === "error");

/** What shows that a blank address was meant to be answered. */
function intentAt({ account, channel, address }: Place): string | undefined {
  const number = channel === "sms" || channel === "voice" ? ownNumber(account, address) : undefined;
  if (!number) return undefined;
  const isCall = channel === "voice";
  if (isCall ? number.voiceApplicationSid : number.smsApplicationSid) return "it has an application";
  return (isCall ? number.voiceFallbackUrl : number.smsFallbackUrl) ? "it has a fallback URL" : undefined;
}

const unanswered = (place: Place, why: string): Problem => {
  const what = place.channel === "voice" ? "Calls" : "Messages";
  const message = `${what} to ${place.address} reach nobody, though ${why}`;
  return problem("unanswered", origin(place), message, handlerOf(place));
};

/** A blank handler takes nothing: beside an address it is as it should be. */
const leadsSomewhere = ({ hops }: Way) => {
  const last = hops.at(-1);
  return (
    last?.problem !== null ||
    !["phoneNumber", "shortCode", "sender", "messagingService", "application"].includes(last.kind)
  );
};

const nowhere = (place: Place): Way => ({
  by: "handler",
  hops: [
    {
      ...origin(place),
      how: place.channel === "voice" ? "The customer calls it" : "The customer writes to it",
      problem: null,
    },
  ],
  reaches: "nobody",
  end: "Nothing in this account is set up for it",
});

const hopProblems = (ways: Way[]) => ways.flatMap(({ hops }) => hops.flatMap(({ problem }) => problem ?? []));

/** What is wrong with the route as a whole. */
function problemsOf(
  place: Place,
  ways: Way[],
  handlerWithAddress: RouteOptions["handlerWithAddress"],
): Problem[] {
  const enabledFlows = flexFlowsAt(place).filter(({ enabled }) => enabled);
  const isOn = (some: Way[]) => (sid: string) => some.some(({ hops }) => hops.some((hop) => hop.sid === sid));
  const isOnWay = isOn(ways);
  // What is under way takes a message before any Flex Flow does: whether one is reached is said of a first message.
  const isReached = isOn(enabledFlows.length > 0 ? waysOf({ ...place, live: {} }, handlerWithAddress) : []);
  return [
    ...enabledFlows
      .filter(({ sid }) => isWhole(place.account) && !isReached(sid))
      .map((flow) =>
        problem(
          "flex-flow-unreached",
          flexFlowObject(flow),
          `Messages to ${place.address} do not lead to this Flex Flow`,
          handlerOf(place),
        ),
      ),
    ...twice(place, ways),
    ...shadowed(place),
    ...shadowedSender(place),
    ...endedOn(place, ways),
    ...enabledFlows
      .filter(({ sid }) => isOnWay(sid))
      .map((flow) =>
        problem(
          "end-of-life",
          flexFlowObject(flow),
          "Programmable Chat for Flex reached its end of life on 2026-06-01",
        ),
      ),
  ];
}

function twice(place: Place, ways: Way[]): Problem[] {
  const [address] = addressesAt(place).filter(({ enabled }) => enabled);
  const handler = ways.find((way) => way.by === "handler" && leadsSomewhere(way));
  if (!address || !handler) return [];
  const flow = handler.hops.find(({ kind, problem }) => kind === "flexFlow" && problem === null);
  return flow
    ? [
        problem(
          "two-routes",
          addressObject(address),
          `The Flex Flow ${flow.name} and this address both take messages to ${place.address}`,
        ),
      ]
    : [
        problem(
          "two-handlers",
          addressObject(address),
          `Messages to ${place.address} also go to its messaging handler, which may answer a second time: Twilio's pages contradict each other on whether it is called`,
          handlerOf(place),
        ),
      ];
}

function shadowed(place: Place): Problem[] {
  const { account, channel, address } = place;
  const number = channel === "sms" && ownNumber(account, address);
  if (!number) return [];
  const service = serviceOf(account, number.sid);
  const kind = handlerAt(number.smsUrl).kind;
  const hasHandler = number.smsApplicationSid || (kind !== "blank" && kind !== "demo");
  if (!service || service.useInboundWebhookOnNumber || !hasHandler) return [];
  const object = { kind: "phoneNumber" as const, sid: number.sid, name: number.phoneNumber };
  const message = `Its messaging handler is not used, since it is in the Messaging Service ${service.friendlyName || service.sid}`;
  return [problem("shadowed-handler", object, message, handlerOf(place))];
}

/** Whatever starts the flow: which widgets run, only the running flow knows. */
function endedOn({ account }: Place, ways: Way[]): Problem[] {
  const onWay = new Set(ways.flatMap(({ hops }) => hops.map(({ sid }) => sid)));
  return account.studioFlows
    .filter(({ sid }) => onWay.has(sid))
    .flatMap((flow) =>
      endedWidgets(flow.published).map(({ widget, what }) =>
        problem(
          "ended-widget",
          named("studioFlow", flow, flow.friendlyName),
          `Its widget ${widget} hands on to ${what}`,
        ),
      ),
    );
}

/** A WhatsApp or RCS sender's own webhook is the last to be asked. */
function shadowedSender(place: Place): Problem[] {
  const { account, channel, address } = place;
  const sender = channel !== "sms" && ownSender(account, channel, address);
  if (!sender) return [];
  const report = (message: string) => [
    problem(
      "shadowed-sender",
      { kind: "sender", sid: sender.sid, name: sender.senderId },
      message,
      handlerOf(place),
    ),
  ];
  const { kind } = handlerAt(sender.webhookUrl);
  const hasWebhook = kind !== "blank" && kind !== "demo";
  const taking = addressesAt(place).find(({ enabled }) => enabled);
  if (taking) {
    const { name } = addressObject(taking);
    return hasWebhook
      ? report(`Its webhook is not called, since the address ${name} takes its messages`)
      : [];
  }
  const service = serviceOf(account, sender.sid);
  if (!service?.inboundRequestUrl || !(hasWebhook || service.useInboundWebhookOnNumber)) return [];
  const name = service.friendlyName || service.sid;
  const even = service.useInboundWebhookOnNumber ? ", even though that defers to its numbers" : "";
  return report(
    `Its webhook is not called, since the Messaging Service ${name} has an inbound request URL${even}`,
  );
}
