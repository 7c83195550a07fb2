import { existsSync, writeFileSync } from "node:fs";
import "../index";
import { resourceNamed } from "../life/define";
import type { Session } from "../life/life";
import { type AccountSnapshot, type Route, routesOf } from "../routing";
import { isDemo } from "../routing/webhooks";
import { ApiError, Refusal } from "../values/errors";
import { compact, isRecord, type Values } from "../values/values";
import { namesFor } from "./names";
import { type Declaration, programOf } from "./program";
import { unreadText } from "./report";
import { takeSnapshot } from "./snapshot";
import { alreadyThere, type ExitCode, exitCodes, print, reasonOf, say, withProgress } from "./terminal";

export interface ImportOptions {
  out?: string;
  force?: boolean;
}

/** Writes a program that takes over what the account has on the ways of inbound messages. */
export async function importProgram(account: Session, { out, force }: ImportOptions): Promise<ExitCode> {
  if (out !== undefined && !force && existsSync(out)) throw new Refusal(alreadyThere(out));
  const { program, unread } = await withProgress(
    (steps) => `reading the account ${account.account}: ${steps} lists and objects so far`,
    async (step) => {
      const snapshot = await takeSnapshot(account, step);
      const found = objectsOf(snapshot);
      const names = namesFor(found);
      const unread = (snapshot.unread ?? []).map(unreadText);
      const read = found.map(async (object, index) => {
        try {
          return await declarationOf(account, object, names[index] ?? "");
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          unread.push(`${object.type} ${object.id}: could not be read: ${reasonOf(error, account)}`);
          return [];
        } finally {
          step();
        }
      });
      const declarations = (await Promise.all(read)).flat();
      return { program: programOf(account.account, declarations, unread), unread };
    },
  );
  if (out === undefined) print(program.trimEnd());
  else {
    writeFileSync(out, program, { flag: force ? "w" : "wx" });
    say(`wrote ${out}. See what it would change with: pulumi preview`);
  }
  for (const one of unread) say(one);
  return unread.length > 0 ? exitCodes.notFoundOut : exitCodes.ok;
}

/** One object to take over. */
interface Found {
  type: string;
  id: string;
  /** As people know it. */
  called: string;
}

/** What stands on the ways of inbound messages, what others refer to first. */
function objectsOf(account: AccountSnapshot): Found[] {
  const routes = routesOf(account);
  const onWay = new Set(routes.flatMap(sidsOn));
  const on = <T extends { sid: string }>(items: T[]) => items.filter(({ sid }) => onWay.has(sid));
  const found = (type: string, id: string, called: string | null): Found => ({
    type,
    id,
    called: called ?? "",
  });
  const services = on(account.messagingServices);
  const members = services.flatMap((service) =>
    service.memberSids.map((sid) => {
      const { type, called } = memberOf(account, sid);
      return found(type, `${service.sid}/${sid}`, `${service.friendlyName ?? ""} ${called ?? ""}`);
    }),
  );
  const handled = account.phoneNumbers.filter((number) => number.sms && isHandled(number, routes));
  return [
    ...on(account.studioFlows).map((flow) => found("StudioFlow", flow.sid, flow.friendlyName)),
    ...on(account.proxyServices).map((service) => found("ProxyService", service.sid, service.uniqueName)),
    ...services.map((service) => found("MessagingService", service.sid, service.friendlyName)),
    ...members,
    ...on(account.flexFlows).map((flow) => found("FlexFlow", flow.sid, flow.friendlyName)),
    ...on(account.addresses).map((address) =>
      found("ConversationsAddress", address.sid, address.friendlyName || address.address),
    ),
    ...handled.map((number) =>
      found("PhoneNumberHandler", number.sid, number.friendlyName || number.phoneNumber),
    ),
  ];
}

/** Which kind of member of a Messaging Service has this SID, and what people call it. */
function memberOf({ shortCodes, senders, phoneNumbers }: AccountSnapshot, memberSid: string) {
  const hasSid = ({ sid }: { sid: string }) => sid === memberSid;
  switch (memberSid.slice(0, 2)) {
    case "SC":
      return { type: "MessagingServiceShortCode", called: shortCodes.find(hasSid)?.shortCode };
    case "XE":
      return { type: "MessagingServiceChannelSender", called: senders.find(hasSid)?.senderId };
    default:
      return { type: "MessagingServicePhoneNumber", called: phoneNumbers.find(hasSid)?.phoneNumber };
  }
}

const sidsOn = ({ ways, problems }: Route) =>
  [...ways.flatMap(({ hops }) => hops), ...problems.map(({ object }) => object)].flatMap(
    ({ sid }) => sid ?? [],
  );

/** Blank and Twilio's demo are nothing to take over, but for a number that an address answers for. */
function isHandled(
  { smsUrl, smsApplicationSid, phoneNumber }: AccountSnapshot["phoneNumbers"][number],
  routes: Route[],
): boolean {
  const route = routes.find(({ channel, address }) => channel === "sms" && address === phoneNumber);
  const hasAddress = route?.ways.some(({ by }) => by === "conversations") ?? false;
  return hasAddress || Boolean(smsApplicationSid) || Boolean(smsUrl && !isDemo(smsUrl));
}

/** The resource's own reading of what is there; nothing where it has gone meanwhile. */
async function declarationOf(account: Session, { type, id }: Found, name: string): Promise<Declaration[]> {
  const seen = await resourceNamed(type).life.read(account, id, {});
  if (!seen) return [];
  const sid = id.slice(id.lastIndexOf("/") + 1);
  if (type !== "PhoneNumberHandler")
    return [{ type, name, sid, args: { adopt: sid, ...argsOf(seen.inputs) } }];
  const args = messageSide(seen.inputs);
  if (!(await hasUrlsBesideApplication(account, sid))) return [{ type, name, sid, args }];
  return [{ type, name, sid, args: { ...args, onConflict: "takeOver" }, comment: besideApplication }];
}

/** Calls are somebody else's: a side that is not declared is not touched. */
const messageSide = ({ accountSid: _, voice: __, ...inputs }: Values) => compact(inputs);

/** A handler is owned whole, and an application has no URL beside it: as it is, such a number cannot be declared. */
async function hasUrlsBesideApplication({ api }: Session, sid: string): Promise<boolean> {
  const number = await api.incomingPhoneNumbers(sid).fetch();
  const { smsApplicationSid, smsUrl, smsFallbackUrl, smsMethod, smsFallbackMethod } = number;
  const isPost = (method: string | null) => !method || method.toUpperCase() === "POST";
  return Boolean(
    smsApplicationSid && (smsUrl || smsFallbackUrl || !isPost(smsMethod) || !isPost(smsFallbackMethod)),
  );
}

const besideApplication =
  "The application answers; the number's own URLs, which are not used beside it, are made blank.";

function argsOf({ accountSid: _, definition, ...inputs }: Values): Record<string, unknown> {
  return { ...compact(inputs), ...(isRecord(definition) && { definition }) };
}
