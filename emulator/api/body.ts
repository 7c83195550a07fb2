import type { IncomingMessage } from "node:http";
import { bodyTooLarge, malformedRequest, wrongMediaType } from "./errors";
import type { Values } from "./params";

const BODY_LIMIT = 10 * 1024 * 1024;
const DEPTH_LIMIT = 100;
const PARAMS_LIMIT = 1000;

export type MediaType = "application/x-www-form-urlencoded" | "application/json";

/** Reads a body to its end. What is beyond the limit is thrown away, so that the client still hears the refusal. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      reject(bodyTooLarge());
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => reject(malformedRequest("the body ended too early")));
  });
}

/** Reads a request body of the media type the operation wants. No body at all is no parameters. */
export function parseBody(body: Buffer, headers: IncomingMessage["headers"], wanted: MediaType): Values {
  if (body.length === 0) return {};
  const given = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (given !== wanted) throw wrongMediaType(wanted);
  if (headers["content-encoding"]) throw malformedRequest("a compressed body is not understood");
  const text = textOf(body);
  return wanted === "application/json" ? parseJsonObject(text) : parseForm(text);
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw malformedRequest("the body is not UTF-8");
  }
}

/** Parses a form body or a query string, flat. */
export function parseForm(text: string): Values {
  // Without a prototype a parameter called `__proto__` is a parameter like any other.
  const values: Values = Object.create(null);
  const pairs = text.split("&").filter((pair) => pair !== "");
  if (pairs.length > PARAMS_LIMIT) throw malformedRequest(`more than ${PARAMS_LIMIT} parameters`);
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const name = decodeComponent(equals === -1 ? pair : pair.slice(0, equals));
    const value = decodeComponent(equals === -1 ? "" : pair.slice(equals + 1));
    const known = values[name];
    if (known === undefined) values[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else values[name] = [known, value];
  }
  return values;
}

function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformedRequest("a percent-encoding is malformed");
  }
}

/** Parses JSON; undefined where the text is none, or nests deeper than any Twilio object does. */
export function parseJson(text: string): { value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function parseJsonObject(text: string): Values {
  const parsed = parseJson(text);
  if (!parsed) throw malformedRequest("the body is not JSON");
  if (!isObject(parsed.value)) throw malformedRequest("the body is not a JSON object");
  return parsed.value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Found without recursion: deep input must not exhaust the stack of what walks it later. Sign by sign, because a regular
 * expression for strings exhausts it too where one has megabytes.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (isInString && sign === "\\") index++;
    else if (sign === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (sign === "]" || sign === "}") depth--;
    else if ((sign === "[" || sign === "{") && ++depth > DEPTH_LIMIT) return true;
  }
  return false;
}
