import { isRecord } from "../values/values";

/** A request, as far as it tells what its answer has to speak of. */
interface Asked {
  readonly method: string;
  /** The address at Twilio. */
  readonly url: URL;
  /** The account whose objects are meant, where no other one will do. */
  readonly account: string | undefined;
}

const sid = /^[A-Z]{2}[0-9a-f]{32}$/i;

/** The first letters of what is created where the path ends so. Of services, each product has its own. */
const prefixes: { readonly [end: string]: string } = {
  Accounts: "AC",
  Activities: "WA",
  Addresses: "IG",
  AlphaSenders: "AI",
  Applications: "AP",
  ChannelSenders: "XE",
  FlexFlows: "FO",
  Flows: "FW",
  IncomingPhoneNumbers: "PN",
  PhoneNumbers: "PN",
  ShortCodes: "SC",
  TaskChannels: "TC",
  TaskQueues: "WQ",
  Workers: "WK",
  Workflows: "WW",
  Workspaces: "WS",
  "chat Services": "IS",
  "conversations Services": "IS",
  "messaging Services": "MG",
  "proxy Services": "KS",
};

/**
 * Whether an answer with a status below 300 is Twilio's and speaks of what was asked for: a proxy on the way may have cut
 * it, or put its own in its place.
 */
export function isAbout({ method, url, account }: Asked, status: number, body: unknown): boolean {
  if (method === "delete") return status === 204;
  if (!isRecord(body)) return false;
  const path = url.pathname.replace(/\.json$/, "").split("/");
  const [above = "", last = ""] = path.slice(-2);
  const sids = path.filter((part) => sid.test(part));
  if (sid.test(last)) return holds(body, sids) && isSame(body.sid, last);
  if (last === "Validate") return typeof body.valid === "boolean";
  if (last === "Configuration" || (above === "Configuration" && last === "Webhooks") || above === "Revisions")
    return sids.length > 0 ? holds(body, sids) : isOf(body.account_sid, account);
  if (last === "Notifications" || last === "TestUsers") return holds(body, sids);
  if (method === "get") return isPage(body);
  const [product = ""] = url.hostname.split(".");
  const prefix = prefixes[last] ?? prefixes[`${product} ${last}`] ?? "";
  return holds(body, sids) && isNew(body, prefix);
}

/** An answer names all that its address names: what it is in, and itself. */
const holds = (body: Record<string, unknown>, sids: readonly string[]): boolean =>
  sids.every((one) => Object.values(body).some((value) => isSame(value, one)));

const isOf = (value: unknown, account: string | undefined): boolean =>
  typeof value === "string" && /^AC/.test(value) && isSame(value, account ?? value);

const isSame = (value: unknown, wanted: string): boolean =>
  typeof value === "string" && value.toUpperCase() === wanted.toUpperCase();

/** A SID of this kind of object; the address that is answered with it names no other one. */
function isNew({ sid: made, url, uri }: Record<string, unknown>, prefix: string): boolean {
  if (typeof made !== "string" || !sid.test(made) || !made.startsWith(prefix)) return false;
  const [end = ""] = String(url ?? uri ?? "")
    .replace(/\.json$/, "")
    .split("/")
    .slice(-1);
  return !sid.test(end) || !end.startsWith(made.slice(0, 2)) || end === made;
}

/** The two forms of pages: https://www.twilio.com/docs/usage/twilios-response#pagination */
function isPage(body: Record<string, unknown>): boolean {
  const { meta } = body;
  const records = isRecord(meta)
    ? body[String(meta.key)]
    : Object.values(body).find((value) => Array.isArray(value));
  return Array.isArray(records) && records.every(isRecord);
}

/** Whether a refusal is Twilio's: each is explained. */
export const isExplained = (body: unknown): boolean =>
  isRecord(body) &&
  (typeof body.message === "string" || typeof body.code === "number" || typeof body.title === "string");
