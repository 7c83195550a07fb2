import { isCollection } from "../account/collections";
import { isObject } from "../api/body";
import type { OpenApiDocument } from "../api/openapi";
import { kinds } from "../kinds";
import { type Json, recordOf } from "../kinds/kind";
import { newChatService } from "../products/chat/records";
import { type Place, pageSizeOf, propertiesOf, urlOf } from "./places";
import type { Source } from "./source";
import { flowRecord, wholes } from "./whole";

const services = "conversations_v1 /v1/Services";

/** One list that was read. */
interface Found {
  /** URLs of its objects. */
  urls: string[];
  /** As answers show them, first made first. */
  answers: Json[];
}

/** The lists of an account, each read once those are known which it is below. */
export class Lists {
  #readServices: Promise<Json[]> | undefined;
  readonly #read = new Map<Place, Promise<Found[]>>();

  constructor(
    private readonly documents: Map<string, OpenApiDocument>,
    private readonly source: Source,
    private readonly account: string,
    private readonly onRead: () => void,
  ) {}

  /** Reads lists, which come after those that they are below. */
  async read(places: readonly Place[]): Promise<Json> {
    for (const place of places) this.#read.set(place, this.#all(place, places));
    const records: Json = {};
    for (const place of places) {
      for (const { answers } of (await this.#read.get(place)) ?? [])
        for (const answer of answers) this.#keep(records, place, answer);
    }
    const blank = recordsIn(newChatService({ now: "", sid: () => "" }, this.account, "").service);
    for (const service of await this.#services()) {
      const kept = recordsIn(records.chatServices);
      const sid = String(service.sid);
      if (!Object.hasOwn(kept, sid))
        records.chatServices = { ...kept, [sid]: { ...blank, ...recordOf(service) } };
    }
    return records;
  }

  async #all(place: Place, places: readonly Place[]): Promise<Found[]> {
    const url = urlOf(this.documents, place.list, this.account);
    if (place.parent === undefined) return [await this.#list(place, url)];
    const parents = await this.#parents(place.parent, places);
    return Promise.all(parents.map((parent) => this.#list(place, `${parent}/${place.tail}`)));
  }

  /** The URLs of what a list has. */
  async #parents(list: string, places: readonly Place[]): Promise<string[]> {
    const url = urlOf(this.documents, list, this.account);
    if (list === services) return (await this.#services()).map(({ sid }) => `${url}/${sid}`);
    const above = places.filter((place) => place.list === list);
    const found = await Promise.all(above.map((one) => this.#read.get(one)));
    return found.flatMap((one) => one ?? []).flatMap(({ urls }) => urls);
  }

  /** The same services under another API, which shows less of them: newer accounts have that alone. */
  #services(): Promise<Json[]> {
    this.#readServices ??= this.source
      .list(urlOf(this.documents, services, this.account), "PageSize=50")
      .then((items) => items.reverse());
    return this.#readServices;
  }

  async #list(place: Place, url: string): Promise<Found> {
    const items = place.isSingle ? await this.#single(url) : await this.#pages(place, url);
    const urls = items.map(({ sid }) => `${url.replace(/\.json$/, "")}/${sid}`);
    const whole = wholes[place.kept];
    const answers = whole ? await Promise.all(urls.map((one) => whole(one, this.source))) : items;
    this.onRead();
    return { urls, answers: answers.filter(isObject) };
  }

  async #pages(place: Place, url: string): Promise<Json[]> {
    const size = `PageSize=${pageSizeOf(this.documents, place)}`;
    const queries = place.queries?.map((query) => `${query}&${size}`) ?? [size];
    const items = (await Promise.all(queries.map((query) => this.source.list(url, query)))).flat();
    return kinds[place.kind]?.isOldestFirst ? items : items.reverse();
  }

  async #single(url: string): Promise<Json[]> {
    const found = await this.source.one(url);
    return found ? [found] : [];
  }

  #keep(records: Json, place: Place, answer: Json): void {
    const known = propertiesOf(this.documents, place);
    const shown = Object.fromEntries(known.map((key) => [key, answer[key] ?? null]));
    const seed =
      place.kept === "studioFlows"
        ? { studioFlows: { [String(answer.sid)]: flowRecord(answer) } }
        : kinds[place.kind]?.seed(shown, () => ({}));
    for (const [name, added] of Object.entries(seed ?? {})) {
      if (isCollection(name)) records[name] = { ...recordsIn(records[name]), ...recordsIn(added) };
    }
  }
}

const recordsIn = (value: unknown): Json => (isObject(value) ? value : {});
