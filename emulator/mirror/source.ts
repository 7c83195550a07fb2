import { isObject } from "../api/body";
import type { Json } from "../kinds/kind";

/** Something that Twilio did not show. */
export interface Unread {
  url: string;
  why: string;
}

/** Answers GET by one of Twilio's URLs. Rejects with an error that has `status` where Twilio refuses. */
export type Get = (url: string) => Promise<unknown>;

/** Reads objects and lists, and notes what Twilio does not show. */
export class Source {
  readonly unread: Unread[] = [];

  constructor(private readonly get: Get) {}

  /** Undefined where it is not there, or not shown. */
  async one(url: string): Promise<Json | undefined> {
    try {
      const answer = await this.get(url);
      return isObject(answer) ? answer : undefined;
    } catch (error) {
      const { status, message } = refusalOf(error);
      if (status !== 404) this.unread.push({ url, why: message });
      return undefined;
    }
  }

  /** All pages of a list, in the order of the API. */
  async list(url: string, query: string): Promise<Json[]> {
    const items: Json[] = [];
    for (let next: string | undefined = query; next !== undefined; ) {
      const page = await this.one(`${url}?${next}`);
      if (page === undefined) break;
      items.push(...itemsOf(page));
      next = nextQuery(page);
    }
    return items;
  }
}

function refusalOf(error: unknown): { status: number; message: string } {
  if (error instanceof Error && "status" in error && typeof error.status === "number")
    return { status: error.status, message: error.message };
  throw error;
}

function itemsOf({ meta, ...page }: Json): Json[] {
  const key = isObject(meta) && typeof meta.key === "string" ? meta.key : undefined;
  const items = key === undefined ? Object.values(page).find(Array.isArray) : page[key];
  return Array.isArray(items) ? items.filter(isObject) : [];
}

/** Of a page's way to the next one only the query: the host is the caller's to know. */
function nextQuery({ meta, next_page_uri }: Json): string | undefined {
  const next = isObject(meta) ? meta.next_page_url : next_page_uri;
  return typeof next === "string" && next.includes("?") ? next.slice(next.indexOf("?") + 1) : undefined;
}
