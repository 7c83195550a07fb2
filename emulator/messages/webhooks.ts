import { createHmac } from "node:crypto";
import type { Webhook } from "../../provider/routing";
import { isObject } from "../api/body";

const TIMEOUT_MS = 5_000;

export interface WebhookCall extends Webhook {
  params: Record<string, string>;
  /** Key of the signature, as in production. */
  authToken: string;
}

/** Calls webhooks at the one `host:port` that it may call, as Twilio does: signed, without following redirects. */
export class WebhookCaller {
  constructor(private readonly allowed: string | undefined) {}

  /** Says in a sentence what came of it. What the answer holds is not carried out. */
  async call({ url, method, params, authToken }: WebhookCall): Promise<string> {
    if (this.allowed === undefined) {
      return "Not called: the emulator calls webhooks only where --call-webhooks allows it";
    }
    if (!URL.canParse(url) || authorityOf(new URL(url)) !== this.allowed.toLowerCase()) {
      return `Not called: --call-webhooks allows ${this.allowed} only`;
    }
    const target = new URL(url);
    const authorization = basicOf(target);
    // Production leaves credentials out of the signature: https://www.twilio.com/docs/usage/security#notes
    const plain = authorization === undefined ? url : withoutCredentials(target);
    const form = new URLSearchParams(params);
    if (method === "GET") for (const [name, value] of form) target.searchParams.append(name, value);
    const signed = method === "GET" ? target.href : plain;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(target, {
        method,
        redirect: "manual",
        signal,
        headers: {
          "X-Twilio-Signature": signatureOf(signed, method === "GET" ? {} : params, authToken),
          ...(authorization !== undefined && { Authorization: authorization }),
        },
        ...(method === "POST" && { body: form }),
      });
      await response.body?.cancel();
      return `Called: it answered ${response.status}`;
    } catch (error) {
      const reason = signal.aborted ? `none within ${TIMEOUT_MS / 1000} s` : reasonOf(error);
      return `Called: no answer (${reason})`;
    }
  }
}

/** What the credentials in a URL say in the header, where a client may write them; `fetch` takes no others. */
function basicOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const credentials = [username, password].map(decoded).join(":");
  return `Basic ${Buffer.from(credentials, "utf8").toString("base64")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes the credentials out of the URL. */
function withoutCredentials(url: URL): string {
  url.username = "";
  url.password = "";
  return url.href;
}

const defaultPorts: Record<string, string> = { "http:": "80", "https:": "443" };
const authorityOf = ({ protocol, hostname, port }: URL) => `${hostname}:${port || defaultPorts[protocol]}`;

/** @see https://www.twilio.com/docs/usage/webhooks/webhooks-security */
function signatureOf(url: string, params: Record<string, string>, authToken: string): string {
  const names = Object.keys(params).sort();
  const text = url + names.map((name) => name + params[name]).join("");
  return createHmac("sha1", authToken).update(text).digest("base64");
}

/** `fetch` says what went wrong in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = isObject(error) ? error.cause : undefined;
  return isObject(cause) && typeof cause.code === "string" ? cause.code : String(error);
}
