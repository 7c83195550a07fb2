import type { Session } from "../life/life";
import { addressOn, type Channel, channelOf, type Route, routesOf, shown } from "../routing";
import { Refusal } from "../values/errors";
import { called, report } from "./report";
import { takeSnapshot } from "./snapshot";
import { type ExitCode, exitCodes, paint, print, withProgress } from "./terminal";

export interface TraceOptions {
  channel?: Channel;
  json?: boolean;
}

/** Prints what happens to messages to each address of the account, or to this one. */
export async function trace(
  account: Session,
  address: string | undefined,
  { channel, json }: TraceOptions,
): Promise<ExitCode> {
  const all = await readRoutes(account);
  const routes = all.filter(({ channel: own }) => channel === undefined || own === channel);
  const wanted = address === undefined ? routes : routesTo(routes, address);
  if (address !== undefined && wanted.length === 0)
    throw new Refusal(notAmong(account.account, address, all));
  if (json) print(JSON.stringify({ routes: wanted.map((route) => shown(account.account, route)) }, null, 2));
  else print(report(wanted, paint));
  const isBroken = wanted.some(({ problems }) => problems.some(({ severity }) => severity === "error"));
  return isBroken ? exitCodes.problem : exitCodes.ok;
}

/** Routes of all addresses of the account. */
async function readRoutes(account: Session): Promise<Route[]> {
  const line = (lists: number) => `reading the account ${account.account}: ${lists} lists so far`;
  return routesOf(await withProgress(line, (step) => takeSnapshot(account, step)));
}

/** An address may be given without its channel; a bare number is then the number itself, not the WhatsApp sender on it. */
function routesTo(routes: Route[], given: string): Route[] {
  const [, prefix = "", rest = ""] = /^([a-z]+):(.+)$/i.exec(given) ?? [];
  const channel = channelOf(prefix);
  const address = channel ? rest : given;
  const matching = routes.filter(
    (route) =>
      (channel === undefined || route.channel === channel) &&
      (route.address === address || route.address === addressOn(route.channel, address)),
  );
  const exact = matching.filter((route) => route.address === given);
  return exact.length > 0 ? exact : matching;
}

function notAmong(accountSid: string, address: string, routes: Route[]): string {
  const known = routes.map(called);
  const shownKnown = known.length > 10 ? [...known.slice(0, 10), `${known.length - 10} more`] : known;
  const has = known.length > 0 ? `it has ${shownKnown.join(", ")}` : "it has none";
  return `customers cannot write to ${address} in ${accountSid}: ${has}. Check the address, its channel, and whose credentials these are`;
}
