import type { Target } from "../api/api";

/**
 * `<origin>/<twilio host>/<path>`, or the plain path with `Host: <twilio host>`. A Twilio host in the Host header, or in
 * the absolute URL that clients of an HTTP proxy send, wins over one in the path.
 */
export function targetOf(url: string, hostHeader: string, scheme: "http" | "https" = "http"): Target {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url);
  const authority = absolute?.[1] ?? hostHeader;
  const { path, query } = split(absolute ? (absolute[2] ?? "") : url);

  const named = twilioHost(authority);
  if (named) return { ...named, path, query, pageBase: `https://${named.givenHost}`, isElsewhere: false };

  const segment = path.slice(1).split("/", 1)[0] ?? "";
  const inPath = twilioHost(segment);
  if (inPath) {
    const pageBase = `${scheme}://${authority}/${segment}`;
    return { ...inPath, path: path.slice(segment.length + 1) || "/", query, pageBase, isElsewhere: false };
  }
  const isElsewhere = absolute !== null && !loopback.test(authority);
  return { host: undefined, givenHost: authority, path, query, pageBase: "", isElsewhere };
}

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

function split(target: string) {
  const [beforeFragment = ""] = target.split("#", 1);
  const mark = beforeFragment.indexOf("?");
  const path = mark === -1 ? beforeFragment : beforeFragment.slice(0, mark);
  return { path: path || "/", query: mark === -1 ? "" : beforeFragment.slice(mark + 1) };
}

/** `product.twilio.com`, with a region or an edge and a region between the two. */
export function twilioHost(authority: string) {
  const name = authority.replace(/:\d+$/, "").toLowerCase();
  const product = /^([a-z][a-z-]*)(?:\.[a-z0-9-]+){0,2}\.twilio\.com$/.exec(name)?.[1];
  return product === undefined ? undefined : { host: `${product}.twilio.com`, givenHost: name };
}
