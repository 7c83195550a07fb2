import { isObject, parseJson } from "./body";
import { invalidPageToken } from "./errors";
import type { Params } from "./params";

/** What a list's answer is made of, in either of Twilio's two styles. */
export interface PageRequest {
  /** Key of the list in the answer, such as `flex_flows`. */
  key: string;
  /** What stands before the query in page URLs: `https://flex-api.twilio.com/v1/FlexFlows`, or a path on v2010. */
  location: string;
  /** The list's filters as they were sent. */
  query: Record<string, string>;
  params: Params;
}

export interface Entry {
  id: string;
  created: string;
  /** The object as the list shows it. */
  show: () => object;
}

interface Token {
  direction: "after" | "before";
  id: string;
  created: string;
}

const DEFAULT_SIZE = 50;

/** One page of `entries`, which stand in the order in which they were made. Newest come first. */
export function metaPage(entries: Entry[], request: PageRequest): object {
  const { items, page, size, urls } = cutPage(entries, request);
  return {
    [request.key]: items,
    meta: {
      page,
      page_size: size,
      first_page_url: urls.first,
      previous_page_url: urls.previous,
      url: urls.own,
      next_page_url: urls.next,
      key: request.key,
    },
  };
}

/**
 * The style of the 2010-04-01 API. Its URIs are relative; Twilio's SDK puts `https://api.twilio.com` before them, and a
 * RequestClient that rewrites hosts sees that URL like any other.
 */
export function v2010Page(entries: Entry[], request: PageRequest): object {
  const { items, page, size, urls } = cutPage(entries, request);
  const start = page * size;
  return {
    [request.key]: items,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + items.length - 1),
    uri: urls.own,
    first_page_uri: urls.first,
    previous_page_uri: urls.previous,
    next_page_uri: urls.next,
  };
}

function cutPage(entries: Entry[], request: PageRequest) {
  const all = [...entries].reverse();
  const size = request.params.number("PageSize") ?? DEFAULT_SIZE;
  const page = request.params.number("Page") ?? 0;
  const given = request.params.text("PageToken");
  const start = given === undefined ? page * size : startOf(all, size, readToken(given));
  const shown = all.slice(start, start + size);

  const urlOf = (number: number, token?: string) => {
    const paging = {
      PageSize: String(size),
      Page: String(number),
      ...(token !== undefined && { PageToken: token }),
    };
    return `${request.location}?${new URLSearchParams({ ...request.query, ...paging })}`;
  };
  const first = shown[0];
  const last = shown.at(-1);
  return {
    items: shown.map(({ show }) => show()),
    page,
    size,
    urls: {
      first: urlOf(0),
      own: urlOf(page, given),
      previous: first && start > 0 && page > 0 ? urlOf(page - 1, writeToken("before", first)) : null,
      next: last && start + size < all.length ? urlOf(page + 1, writeToken("after", last)) : null,
    },
  };
}

/** A token names an object, not a number, so that what is made or deleted meanwhile shifts no page. */
function startOf(all: Entry[], size: number, token: Token): number {
  const found = all.findIndex(({ id }) => id === token.id);
  // Where that object is gone too, an object may be shown twice rather than be left out.
  const index = found === -1 ? all.findIndex(({ created }) => created <= token.created) : found;
  if (index === -1) return all.length;
  if (token.direction === "before") return Math.max(0, index - size);
  return found === -1 ? index : index + 1;
}

function writeToken(direction: Token["direction"], { id, created }: Entry): string {
  return `P${direction === "after" ? "A" : "B"}${Buffer.from(JSON.stringify([id, created])).toString("base64url")}`;
}

function readToken(text: string): Token {
  const [, side, encoded] = /^P([AB])([\w-]+)$/.exec(text) ?? [];
  if (encoded === undefined) throw invalidPageToken();
  const parsed = parseJson(Buffer.from(encoded, "base64url").toString("utf8"));
  if (!Array.isArray(parsed?.value)) throw invalidPageToken();
  const [id, created] = parsed.value;
  if (typeof id !== "string" || typeof created !== "string") throw invalidPageToken();
  return { direction: side === "A" ? "after" : "before", id, created };
}

/** A query's scalar parameters but for the paging ones, as page URLs repeat them. */
export function filtersOf(query: unknown): Record<string, string> {
  if (!isObject(query)) return {};
  const paging = new Set(["PageSize", "Page", "PageToken"]);
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      paging.has(name) || typeof value !== "string" ? [] : [[name, value] as const],
    ),
  );
}
