import type {
  AccountSnapshot,
  Channel,
  Destination,
  Hop,
  ObjectKind,
  Problem,
  Reference,
  Route,
  Way,
} from "../routing";
import type { Paint } from "./terminal";

export const kinds: Record<ObjectKind, string> = {
  phoneNumber: "number",
  shortCode: "short code",
  sender: "sender",
  console: "channel",
  messagingService: "Messaging Service",
  application: "application",
  address: "address configuration",
  conversation: "conversation",
  chatService: "chat service",
  proxyService: "Proxy service",
  proxySession: "Proxy session",
  flexFlow: "Flex Flow",
  chatChannel: "chat",
  studioFlow: "Studio flow",
  webhook: "webhook",
  trunk: "SIP trunk",
  taskRouterWorkflow: "workflow",
  taskChannel: "task channel",
};

const destinations: Record<Destination, string> = {
  agents: "agents",
  studio: "a Studio flow",
  webhook: "a webhook",
  trunk: "a SIP trunk",
  conversation: "a conversation",
  nobody: "nobody",
};

/** Routes for people to read, one block each. */
export function report(routes: Route[], paint: Paint): string {
  return [...routes.map((route) => block(route, paint)), summary(routes)].join("\n\n");
}

/** An address with its channel, which those of some channels bear already. */
export const called = ({ channel, address }: Pick<Route, "channel" | "address">): string =>
  address.startsWith(`${channel}:`) ? address : `${channel} ${address}`;

/** One route: what it reaches, by which hops, and what is wrong. */
export function block(route: Route, paint: Paint): string {
  const { ways, problems } = route;
  const lines = [
    paint("bold", `${called(route)} reaches ${reachedBy(route)}`),
    ...ways.flatMap((way) => wayLines(route.channel, way, paint)),
    ...problems.flatMap((problem) => problemLines(problem, paint)),
  ];
  return lines.join("\n");
}

/** Such as `agents and a webhook`. */
export const reachedBy = ({ ways }: Pick<Route, "ways">): string =>
  [...new Set(ways.map(({ reaches }) => destinations[reaches]))].join(" and ");

const wayLines = (channel: Channel, { by, hops, reaches, end }: Way, paint: Paint): string[] => [
  `  by ${by === "conversations" ? "Conversations" : `its ${channel === "voice" ? "voice" : "messaging"} handler`}:`,
  ...hops.map((hop) => `    ${hopLine(hop, paint)}`),
  `    ${paint(reaches === "nobody" ? "yellow" : "green", `= ${destinations[reaches]}`)}: ${end}`,
];

const hopLine = ({ how, problem, ...object }: Hop, paint: Paint): string =>
  `${problem ? paint("red", "x") : ">"} ${objectText(object)}${paint("dim", `: ${how}`)}`;

export const problemLines = (
  { code, severity, object, message, remedy }: Problem,
  paint: Paint,
): string[] => [
  `  ${paint(severity === "error" ? "red" : "yellow", severity)} ${code}: ${message} [${objectText(object)}]`,
  `    ${remedy}.`,
];

function objectText({ kind, sid, name }: Reference): string {
  // What is only made when a message arrives is its own description: "a new chat".
  if (sid === null && (kind === "conversation" || kind === "chatChannel")) return name;
  return `${kinds[kind]} ${name}${sid && sid !== name ? ` (${sid})` : ""}`;
}

function summary(routes: Route[]): string {
  const problems = routes.flatMap((route) => route.problems);
  const of = (severity: Problem["severity"]) => problems.filter((one) => one.severity === severity).length;
  // A number that takes messages and calls is one address with two routes.
  const addresses = new Set(routes.map(({ address }) => address)).size;
  return `${count(addresses, "address", "addresses")}, ${count(of("error"), "error")}, ${count(of("warning"), "warning")}`;
}

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const unreadText = ({ kind, reason }: NonNullable<AccountSnapshot["unread"]>[number]): string =>
  `${kinds[kind]}s: could not be read: ${reason}`;
