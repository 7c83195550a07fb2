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

const LIMIT = 10_000;

/** The last requests, oldest first. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > LIMIT) this.entries.splice(0, this.entries.length - LIMIT);
  }

  clear(): void {
    this.entries.length = 0;
  }
}

/** URLs whose path tells nothing: Twilio's own webhooks and its demo. */
const harmlessHosts = new Set(["webhooks.twilio.com", "demo.twilio.com"]);

const secretName =
  /token$|secret|password|credential|certificate|(api|private)_?key$|verification_code|^authorization$/i;
const harmlessName = /^PageToken$/;
const urlName = /(url|uri|callback)$/i;
const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Takes out of logged parameters what could be a credential: secrets by name, and all but the origin of any URL. */
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
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>\\]*/gi, (found) => {
    const url = URL.canParse(found) ? new URL(found) : undefined;
    if (!url) return "***";
    if (harmlessHosts.has(url.hostname) && url.username === "" && url.password === "") return found;
    return `${url.protocol}//${url.host}/***`;
  });
}
