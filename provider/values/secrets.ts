/**
 * The one place that decides what may hold a credential, and how such a value may be shown. In doubt a value may hold
 * one: a masked harmless URL is a nuisance, a credential in a state file is a breach. Nothing is imported here, so that
 * `routing/` can use it.
 */

/** A URL at the start of a text. JSON may escape its slashes, and browsers take a backslash for a slash. */
const url = /^\s*([a-z][a-z0-9+.-]*:)[\\/]{2,}(?:([^/?#\\]*)@)?([^/?#\\]*)(.*)$/is;
const startsWithUrl = /^\s*[a-z][a-z0-9+.-]*:[\\/]{2}/i;
/** Without the punctuation of the sentence that ends after it. */
/** The scheme is bounded: in a long word, such as one in base64, a search for its end would begin anew at each letter. */
const urlsInText = /[a-z][a-z0-9+.-]{0,40}:[\\/]{2}[^\s"'<>]*[^\s"'<>.,:;!?)\]}]/gi;

/** Whether a text may hold a credential, or any text in a list or record. */
export function mayHoldSecret(value: unknown): boolean {
  if (typeof value === "string") return maskedText(value) !== value;
  if (Array.isArray(value)) return value.some(mayHoldSecret);
  if (typeof value !== "object" || value === null) return false;
  const names = secretNames(value);
  return Object.entries(value).some(([key, item]) =>
    names.has(key) ? hidden(item) !== item : mayHoldSecret(item),
  );
}

/** A value as it may be shown: of a URL that may hold a credential, only where it leads. */
export function masked(value: unknown): unknown {
  if (typeof value === "string") return maskedText(value);
  if (Array.isArray(value)) return value.map(masked);
  return typeof value === "object" && value !== null ? maskedIn(value) : value;
}

/** A copy of a record in which every value may be shown. */
export function maskedIn(record: object): Record<string, unknown> {
  const names = secretNames(record);
  return Object.fromEntries(
    Object.entries(record).map(([key, item]) => [key, names.has(key) ? hidden(item) : masked(item)]),
  );
}

/** A value that somebody else has put in the place of a declared one. What is as declared needs no mask. */
export function maskedBeside(declared: unknown, live: unknown): unknown {
  if (declared === live) return live;
  if (Array.isArray(live)) {
    return live.map((item, index) =>
      maskedBeside(Array.isArray(declared) ? declared[index] : undefined, item),
    );
  }
  if (typeof live !== "object" || live === null) return masked(live);
  const known = new Map(
    typeof declared === "object" && declared !== null ? Object.entries(declared) : undefined,
  );
  const names = secretNames(live);
  return Object.fromEntries(
    Object.entries(live).map(([key, item]) => {
      const isAsDeclared = known.has(key) && known.get(key) === item;
      return [key, names.has(key) && !isAsDeclared ? hidden(item) : maskedBeside(known.get(key), item)];
    }),
  );
}

/** Whether a text is what `masked` leaves of another. */
export const isMasked = (text: string): boolean => /^\*{3}$|:\/\/[^/]*\/\*\*\*$/.test(text);

/** The URL of a webhook as messages show it: its origin, and a mark where there is more. Twilio's own are shown whole. */
export function shownUrl(text: string): string {
  if (!url.test(text)) return "***";
  return isTwilios(text) ? text : originOf(text);
}

/** A sentence in which every URL is as `shownUrl` has it: where a URL ends in a sentence cannot be told for certain. */
export const withoutUrls = (text: string): string => text.replace(urlsInText, shownUrl);

/** Whether a wrong value may be quoted to the one who gave it: SIDs, numbers and single words. */
export const isQuotable = (text: string): boolean =>
  sid.test(text) || /^\+?[0-9 ().-]{1,20}$/.test(text) || /^[A-Za-z-]{1,16}$/.test(text);

function maskedText(text: string): string {
  const inner = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (inner !== undefined) return mayHoldSecret(inner) ? JSON.stringify(masked(inner)) : text;
  const shown = (found: string) => (isHarmless(found) ? found : originOf(found));
  return startsWithUrl.test(text) ? shown(text) : text.replace(urlsInText, shown);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The origin, with a mark for all that is left out, wherever it was. */
function originOf(text: string): string {
  const [, scheme = "", user, host = "", rest = ""] = url.exec(text) ?? [];
  const shown = [host, host.replace(/^[^.]*/, "***"), "***"].find(isPlainHost) ?? "***";
  const isWhole = user === undefined && shown === host && /^\/?$/.test(rest);
  return `${scheme}//${shown}${isWhole ? "" : "/***"}`;
}

function isHarmless(text: string): boolean {
  const [, , user, host = "", rest = ""] = url.exec(text) ?? [];
  return (
    user === undefined && isPlainHost(host) && (isTwilios(text) || rest.split("/").every(isPlainSegment))
  );
}

/** Twilio authenticates by header, never by path: https://webhooks.twilio.com/v1/Accounts/AC…/Flows/FW… */
function isTwilios(text: string): boolean {
  const [, , user, host = "", rest = ""] = url.exec(text) ?? [];
  return user === undefined && /^([a-z0-9-]+\.)*twilio\.com$/i.test(host) && !/[?#\\\s]/.test(rest);
}

/** Some services give each customer a host, and whoever knows its name may post there. */
const isPlainHost = (host: string): boolean =>
  /^(\*\*\*|[\p{L}\d_-]+)(\.[\p{L}\d_-]+)*\.?(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/iu.test(host) &&
  !host.split(/[.:]/).some((label) => /^(?=.*\d)(?=.*[a-z])[a-z\d]{14,}$/i.test(label));

const sid = /^[A-Z]{2}[0-9a-fA-F]{32}$/;

/** Words, versions and years tell nothing. Long numbers, UUIDs, base64url and whatever else is random may be a key. */
const isPlainSegment = (segment: string): boolean =>
  segment === "***" || sid.test(segment) || segment.split(/[-._~@+]/).every(isWord);

const isWord = (part: string): boolean => {
  if (/^\d{0,4}$/.test(part)) return true;
  const [, letters = ""] = /^([A-Z]+|[A-Z]?[a-z]+(?:[A-Z][a-z]*)*)\d{0,2}$/.exec(part) ?? [];
  const humps = letters.match(/[A-Z]?[a-z]+|[A-Z]+/g)?.length ?? 0;
  return humps > 0 && letters.length <= 24 && (humps === 1 || letters.length >= humps * 2.5);
};

const secretName =
  /(token|secret|passwords?|passwd|credentials?|authorization|cookie|(api|private|signing|access|auth)[-_ ]?key)$/i;

/** The keys of a record behind which is a credential by their name, or by the name beside them, as in a list of headers. */
function secretNames(record: object): ReadonlySet<string> {
  const entries = Object.entries(record);
  const named = entries.some(
    ([key, name]) => /^(key|name)$/i.test(key) && typeof name === "string" && secretName.test(name),
  );
  const keys = entries.map(([key]) => key);
  return new Set(keys.filter((key) => secretName.test(key) || (named && /^value$/i.test(key))));
}

/** What is behind such a key. Blanks and flags tell nothing. */
const hidden = (value: unknown): unknown =>
  value === undefined || value === null || value === "" || typeof value === "boolean" ? value : "***";
