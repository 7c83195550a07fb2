import type { Session } from "../life/life";
import {
  type AccountSnapshot,
  addressOn,
  type Channel,
  channelOf,
  expecting,
  type Route,
  routeOf,
  routesOf,
  shown,
} from "../routing";
import { mapDocument, mermaid } from "../routing/map";
import { Refusal } from "../values/errors";
import { refuseFile, writePicture } from "./picture";
import { called, report } from "./report";
import { takeSnapshot } from "./snapshot";
import { type ExitCode, exitCodes, paint, print, withProgress } from "./terminal";

export interface TraceOptions {
  channel?: Channel;
  json?: boolean;
  /** Whom every address has to reach. */
  expect?: "agent";
  /** A file for the map of the routes, see `mapDocument`. */
  html?: string;
  mermaid?: boolean;
  force?: boolean;
}

/**
 * Prints what happens to messages and calls to each address of the account, or to this one. An address that is asked for
 * by its name, or of which something is expected, has to reach somebody.
 */
export async function trace(
  account: Session,
  address: string | undefined,
  { channel, json, expect, html, mermaid: asMermaid, force }: TraceOptions,
): Promise<ExitCode> {
  if (html !== undefined) refuseFile(html, "--html", force);
  const snapshot = await read(account);
  const all = routesOf(snapshot);
  const isOfCalls = channel === "voice" || /^voice:/i.test(address ?? "");
  const known = isOfCalls ? [...all, ...unhandledCalls(snapshot, all)] : all;
  const routes = known.filter((route) => channel === undefined || route.channel === channel);
  const found = address === undefined ? routes : routesTo(routes, address);
  if (address !== undefined && found.length === 0) throw new Refusal(notAmong(account.account, address, all));
  const isMeant = address !== undefined || expect !== undefined;
  const wanted = isMeant ? found.map((route) => expecting(snapshot, route, expect ?? "anybody")) : found;
  if (html !== undefined) writePicture(html, mapDocument(headed(account.account, wanted)));
  if (asMermaid) print(mermaid(wanted).trimEnd());
  else if (json)
    print(JSON.stringify({ routes: wanted.map((route) => shown(account.account, route)) }, null, 2));
  else print(report(wanted, paint));
  const isBroken = wanted.some(({ problems }) => problems.some(({ severity }) => severity === "error"));
  return isBroken ? exitCodes.problem : exitCodes.ok;
}

const headed = (accountSid: string, routes: Route[]) => ({
  title: `Routes of ${accountSid}`,
  about: `What happens to messages and calls, as of ${new Date().toISOString()}`,
  routes,
});

async function read(account: Session): Promise<AccountSnapshot> {
  const line = (lists: number) => `reading the account ${account.account}: ${lists} lists so far`;
  return await withProgress(line, (step) => takeSnapshot(account, step));
}

/** The numbers that could take calls and have nothing set up for them: shown where calls are asked for. */
const unhandledCalls = (account: AccountSnapshot, routes: Route[]): Route[] => {
  const handled = new Set(routes.flatMap(({ channel, address }) => (channel === "voice" ? [address] : [])));
  return account.phoneNumbers.flatMap(({ phoneNumber, voice }) =>
    voice && !handled.has(phoneNumber) ? [routeOf(account, "voice", phoneNumber)] : [],
  );
};

/**
 * An address may be given without its channel; a bare number is then the number itself, not the WhatsApp sender on it, and
 * what it does with messages, if it can take any, not with calls.
 */
export function routesTo<One extends Pick<Route, "channel" | "address">>(
  routes: One[],
  given: string,
): One[] {
  const [, prefix = "", rest = ""] = /^([a-z]+):(.+)$/i.exec(given) ?? [];
  const channel = channelOf(prefix);
  const address = channel ? rest : given;
  const matching = routes.filter(
    (route) =>
      (channel === undefined || route.channel === channel) &&
      (route.address === address || route.address === addressOn(route.channel, address)),
  );
  const exact = matching.filter((route) => route.address === given);
  const closest = exact.length > 0 ? exact : matching;
  const messages = closest.filter((route) => route.channel !== "voice");
  return messages.length > 0 ? messages : closest;
}

function notAmong(accountSid: string, address: string, routes: Route[]): string {
  const known = routes.map(called);
  const shownKnown = known.length > 10 ? [...known.slice(0, 10), `${known.length - 10} more`] : known;
  const has = known.length > 0 ? `it has ${shownKnown.join(", ")}` : "it has none";
  return `customers cannot write to ${address} in ${accountSid}: ${has}. Check the address, its channel, and whose credentials these are`;
}
