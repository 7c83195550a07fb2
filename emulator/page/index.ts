import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mapStyle } from "../../provider/routing/map";
import { type ControlOptions, type ControlRequest, guard } from "../http/control";
import { pageOf } from "./page";

interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const assets: Record<string, string> = {
  "page.css": "text/css",
  "map.css": "text/css",
  "page.js": "text/javascript",
  "icon.svg": "image/svg+xml",
};

const safe = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** The page at `/` and what it loads; undefined for every other path. To whom it answers is as with control endpoints. */
export function page(request: Omit<ControlRequest, "body">, options: ControlOptions): PageAnswer | undefined {
  const asset = /^\/_page\/([a-z.]+)$/.exec(request.path)?.[1];
  if (request.method !== "GET" || (request.path !== "/" && !asset)) return undefined;
  const refusal = guard(asOpened(request), options);
  if (refusal) return answer(refusal.status, "text/plain", `${refusal.body.message}\n`);

  if (asset !== undefined) {
    const type = Object.hasOwn(assets, asset) ? assets[asset] : undefined;
    if (type === undefined) return undefined;
    const body = asset === "map.css" ? mapStyle : readFileSync(join(__dirname, "assets", asset), "utf8");
    return answer(200, type, body);
  }
  const body = pageOf({ ...options, host: request.host });
  const tag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const isKnown = request.headers["if-none-match"] === tag;
  const { status, headers, body: sent } = answer(isKnown ? 304 : 200, "text/html", isKnown ? "" : body);
  return { status, headers: { ...headers, ETag: tag }, body: sent };
}

/** A link on anybody's page may lead here: that page cannot read what it opens, nor show it in a frame of its own. */
function asOpened(request: Omit<ControlRequest, "body">): Omit<ControlRequest, "body"> {
  const { headers } = request;
  const isOpened = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return isOpened ? { ...request, headers: { ...headers, "sec-fetch-site": "none" } } : request;
}

const answer = (status: number, type: string, body: string): PageAnswer => ({
  status,
  headers: { ...safe, "Content-Type": `${type}; charset=utf-8` },
  body,
});
