import type { Collection } from "../account/collections";
import type { Quirks } from "../account/quirks";
import type { Account, State } from "../account/state";
import { type Clock, isoDate, newSid, type Random } from "./clock";
import { notFound, type TwilioError } from "./errors";
import { filtersOf, metaPage, v2010Page } from "./paging";
import type { Params, Values } from "./params";

interface CallInput {
  account: Account;
  caller: Account;
  isApiKey: boolean;
  state: State;
  /** Parameters in the path, decoded. */
  path: Record<string, string>;
  params: Params;
  ifMatch: string | undefined;
  query: Values;
  resource: string;
  isV2010: boolean;
  location: string;
  quirks: Quirks;
  senderDelayMs: number;
  clock: Clock;
  random: Random;
}

/** One request to one operation, as a family's handler sees it. */
export class Call {
  /** The account the request is about: on the 2010-04-01 API the one in the path, else the caller's. */
  readonly account: Account;
  /** The account whose credentials came with the request. */
  readonly caller: Account;
  /** Whether those are an API key's, and not the account's own SID and token. */
  readonly isApiKey: boolean;
  readonly state: State;
  /** Parameters of the body, or of the query where there is none, checked and typed. */
  readonly params: Params;
  /** The request's `If-Match` header. */
  readonly ifMatch: string | undefined;
  /** What the answer says in its headers besides; nothing unless a handler sets it. */
  headers: Record<string, string> | undefined;
  /** The answer's status, where the document has several and this is not the usual one. */
  status: number | undefined;
  readonly quirks: Quirks;
  /** How long a sender takes to be made or changed, in milliseconds. */
  readonly senderDelayMs: number;
  /** Time of this request, in milliseconds since 1970. */
  readonly time: number;
  /** Date of this request, ISO 8601. */
  readonly now: string;

  constructor(private readonly input: CallInput) {
    this.account = input.account;
    this.caller = input.caller;
    this.isApiKey = input.isApiKey;
    this.state = input.state;
    this.params = input.params;
    this.ifMatch = input.ifMatch;
    this.quirks = input.quirks;
    this.senderDelayMs = input.senderDelayMs;
    const time = input.clock();
    this.time = time.getTime();
    this.now = isoDate(time);
  }

  path(name: string): string {
    return this.input.path[name] ?? "";
  }

  readonly sid = (prefix: string): string => newSid(prefix, this.input.random);

  /** 32 hexadecimal digits, as an auth token has them. */
  token(): string {
    return newSid("", this.input.random);
  }

  /** Of what production refuses only perhaps: accepted unless the emulator is strict. */
  refuseIfStrict(refusal: TwilioError): void {
    if (this.quirks.strict) throw refusal;
  }

  notFound(): Error {
    return notFound(this.input.resource);
  }

  /** The record that the path names, or a 404. */
  found<T>(collection: Collection<T>, sid: string): T {
    const record = lookUp(collection, sid);
    if (record === undefined) throw this.notFound();
    return record;
  }

  /** Answer to a list operation, newest first. */
  list<T extends Listed>(
    key: string,
    records: T[],
    show: (record: T) => object,
    idOf: (record: T) => string = sidOf,
  ): object {
    const entries = records.map((record) => ({
      id: idOf(record),
      created: record.date_created,
      show: () => show(record),
    }));
    const { location, params, query, isV2010 } = this.input;
    const request = { key, location, query: filtersOf(query), params };
    return isV2010 ? v2010Page(entries, request) : metaPage(entries, request);
  }
}

interface Listed {
  sid: string;
  date_created: string;
}

const sidOf = (record: Listed) => record.sid;

/** An own entry only: `__proto__` in a path is no record. */
export function lookUp<T>(collection: Collection<T>, sid: string): T | undefined {
  return Object.hasOwn(collection, sid) ? collection[sid] : undefined;
}

/** Carries out one operation; what it returns is the answer's body, undefined for an empty one. */
export type Handler = (call: Call) => object | undefined;

/** Operations of one of Twilio's documents that the emulator imitates, by operation id. */
export interface Family {
  document: string;
  operations: Record<string, Handler>;
}
