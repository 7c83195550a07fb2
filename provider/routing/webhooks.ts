/** What stands behind the URL of a handler. */
export type Handler =
  | { kind: "blank" }
  | { kind: "proxyService" | "studioFlow"; accountSid: string; sid: string }
  /** What Twilio puts on new numbers: it answers with a greeting. */
  | { kind: "demo"; url: string }
  | { kind: "webhook"; url: string };

const own = /^https?:\/\/webhooks\.twilio\.com\/v1\/Accounts\/(AC[0-9a-f]{32})\/(.+)$/i;
const proxy = /^Proxy\/(KS[0-9a-f]{32})\/Webhooks\/(Message|Call)$/i;
const flow = /^Flows\/(FW[0-9a-f]{32})$/i;

/** What Twilio puts on every new number. */
export const isDemo = (url: string): boolean => /^https?:\/\/demo\.twilio\.com\//i.test(url);

/** Reads the URL that a number, sender, application or Messaging Service hands its messages, or calls, to. */
export function handlerAt(url: string | null, what: "Message" | "Call" = "Message"): Handler {
  if (!url) return { kind: "blank" };
  if (isDemo(url)) return { kind: "demo", url };
  const [, accountSid, path = ""] = own.exec(url.split(/[?#]/, 1)[0] ?? "") ?? [];
  const [, proxied, taking = ""] = proxy.exec(path) ?? [];
  const service = taking.toLowerCase() === what.toLowerCase() ? proxied : undefined;
  const studio = flow.exec(path)?.[1];
  if (accountSid && service) return { kind: "proxyService", accountSid, sid: service };
  if (accountSid && studio) return { kind: "studioFlow", accountSid, sid: studio };
  return { kind: "webhook", url };
}
