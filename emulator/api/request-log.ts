import { isObject, parseJson } from "./body";

/** What the emulator remembers of one API request. */
export interface LoggedRequest {
  time: string;
  method: string;
  /** Host as the client gave it, region included. */
  host: string;
  path: string;
  operationId: string | null;
  /** Account whose credentials came with the request; null where there were none or wrong ones. */
  account: string | null;
  status: number | null;
  /** Query and body parameters as sent, without what could be a credential. */
  params: Record<string, unknown>;
  /** Names of parameters that Twilio's documents do not know. Production ignores them too. */
  ignored: string[];
}

const ENTRY_LIMIT = 10_000;
/** Of all entries together, in characters. */
const SIZE_LIMIT = 32 * 1024 * 1024;
/** What is kept of the parameters of one request: so many, with names and values of so many characters. */
const PARAMS_LIMIT = 100;
const NAME_LIMIT = 100;
const VALUE_LIMIT = 10_000;

/** The last requests, oldest first: as many as the limits allow. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  private readonly sizes = new WeakMap<LoggedRequest, number>();
  private size = 0;

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    this.forgetSome();
  }

  /** To be called when the entry has its parameters. */
  weigh(entry: LoggedRequest): void {
    // It may have been forgotten meanwhile; where not, it is near the end.
    if (this.entries.lastIndexOf(entry) === -1) return;
    const size = JSON.stringify(entry).length;
    this.sizes.set(entry, size);
    this.size += size;
    this.forgetSome();
  }

  clear(): void {
    this.forget(this.entries.length);
  }

  private forgetSome(): void {
    while (this.entries.length > ENTRY_LIMIT || this.size > SIZE_LIMIT) this.forget(1);
  }

  private forget(count: number): void {
    for (const entry of this.entries.splice(0, count)) {
      this.size -= this.sizes.get(entry) ?? 0;
    }
  }
}

/** Names of parameters, as far as the log keeps them. */
export const loggedNames = (names: string[]) =>
  names.slice(0, PARAMS_LIMIT).map((name) => name.slice(0, NAME_LIMIT));

/** Parameters as the log keeps them: without what could be a credential, and not at any length. */
export function loggedParams(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(
    entries.slice(0, PARAMS_LIMIT).map(([name, value]) => {
      const { length } = typeof value === "string" ? value : JSON.stringify(value);
      return [
        name.slice(0, NAME_LIMIT),
        length > VALUE_LIMIT ? `(${length} characters)` : redactNamed(name, value),
      ];
    }),
  );
}

/** URLs whose path tells nothing: Twilio's own webhooks and its demo. */
const harmlessHosts = new Set(["webhooks.twilio.com", "demo.twilio.com"]);

const secretName =
  /token$|secret|password|credential|certificate|(api|private)_?key$|verification_code|^authorization$/i;
const harmlessName = /^PageToken$/;
const urlName = /(url|uri|callback)$/i;
const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Takes out what could be a credential: secrets by name, and all but the origin of any URL. */
export function redactParams(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.map(([name, value]) => [name, redactNamed(name, value)]));
}

function redactNamed(name: string, value: unknown): unknown {
  if (typeof value !== "string" || value === "") return redact(value);
  if (secretName.test(name) && !harmlessName.test(name)) return "***";
  if (urlName.test(name) && !hasScheme.test(value)) return "***";
  return redact(value);
}

function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  return isObject(value) ? redactParams(Object.entries(value)) : value;
}

/** JSON in a parameter, such as a Studio definition, is read first: inside it URLs may be escaped. */
function redactText(text: string): string {
  const parsed = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
  return parsed ? JSON.stringify(redact(parsed.value)) : redactUrls(text);
}

function redactUrls(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>\\]*/gi, (found) => {
    const url = URL.canParse(found) ? new URL(found) : undefined;
    if (!url) return "***";
    if (harmlessHosts.has(url.hostname) && url.username === "" && url.password === "") return found;
    return `${url.protocol}//${url.host}/***`;
  });
}
