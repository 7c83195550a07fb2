import type { Stamp } from "../api/clock";
import {
  type ConversationsConfiguration,
  type ConversationsWebhooks,
  newConversationsConfiguration,
  newConversationsWebhooks,
} from "../products/conversations/records";
import type { FlexConfiguration } from "../products/flex/records";
import { type Collections, collections, isCollection } from "./collections";
import type { Quirks } from "./quirks";

/** One Twilio account and everything in it. Records have the shape of Twilio's answers, without `url` and `links`. */
export interface Account extends Collections {
  sid: string;
  auth_token: string;
  friendly_name: string;
  /** The parent's SID for a subaccount. */
  owner_account_sid: string | null;
  /** `active`, `suspended` or `closed`. Credentials of an account that is not active are refused. */
  status: string;
  /** `Trial` or `Full`. */
  type: string;
  date_created: string;
  date_updated: string;
  /** Secrets of the account's API keys by `SK…` SID. */
  api_keys: Record<string, string>;
  /** Null where the account has no Flex. */
  flexConfiguration: FlexConfiguration | null;
  conversationsConfiguration: ConversationsConfiguration;
  conversationsWebhooks: ConversationsWebhooks;
}

export type AccountSeed = Partial<Omit<Account, "sid">>;

/** A state, or part of one. Collections are added to those that are there, object by object. */
export interface Seed {
  /** Whether this is all: then nothing of what was there stays. */
  complete?: boolean;
  accounts: Record<string, AccountSeed>;
  quirks?: Quirks;
  /** When a mirror of an account began to read it. The emulator makes nothing of it. */
  mirroredAt?: string;
  /** What a mirror of an account could not read. The emulator makes nothing of it. */
  unread?: { url: string; why: string }[];
}

export const defaultAccountSid = "ACe0000000000000000000000000000001";
export const defaultAuthToken = "e0000000000000000000000000000001";

/** What it takes to make an object: the account it is in, the date and its SIDs. A call has all three. */
export interface Maker extends Stamp {
  account: Account;
}

/** Long before any test, so that nothing seeded passes for newly made. */
export const seededAt = "2021-03-04T05:06:07Z";

/** Everything the emulator remembers. The objects are live: change them and the next request sees it. */
export class State {
  accounts: Record<string, Account> = {};
  quirks: Quirks = {};

  /** The account, by default the emulator's own. Throws where there is none. */
  account(sid: string = defaultAccountSid): Account {
    const account = Object.hasOwn(this.accounts, sid) ? this.accounts[sid] : undefined;
    if (!account)
      throw new Error(
        `The emulator has no account ${sid}. Accounts other than the default one come from a seed.`,
      );
    return account;
  }

  /** Adds what the seed holds to what is there, or puts it in its place where the seed is complete. */
  plant(seed: Seed): void {
    if (seed.complete) {
      this.accounts = {};
      this.quirks = {};
    }
    Object.assign(this.quirks, seed.quirks);
    for (const [sid, planted] of Object.entries(structuredClone(seed.accounts))) {
      const was = Object.hasOwn(this.accounts, sid) ? this.accounts[sid] : undefined;
      const account = was ?? newAccount(sid, planted.auth_token ?? defaultAuthToken, seededAt);
      const { api_keys, ...given } = planted;
      const properties = Object.entries(given).filter(
        ([name, value]) => value !== undefined && !isCollection(name),
      );
      Object.assign(account, Object.fromEntries(properties), { sid });
      Object.assign(account.api_keys, api_keys);
      addRecords(account, given);
      this.accounts[sid] = account;
    }
  }
}

function addRecords(account: Account, planted: Partial<Collections>): void {
  for (const [name, records] of Object.entries(planted)) {
    if (isCollection(name)) Object.assign(account[name], records);
  }
}

/** An account with nothing in it, and without Flex. */
export function newAccount(sid: string, authToken: string, now: string): Account {
  return {
    sid,
    auth_token: authToken,
    friendly_name: sid,
    owner_account_sid: null,
    status: "active",
    type: "Full",
    date_created: now,
    date_updated: now,
    api_keys: {},
    flexConfiguration: null,
    conversationsConfiguration: newConversationsConfiguration(sid),
    conversationsWebhooks: newConversationsWebhooks(sid),
    ...noObjects(),
  };
}

function noObjects(): Collections {
  const empty: Partial<Collections> = Object.fromEntries(Object.keys(collections).map((name) => [name, {}]));
  if (!isWhole(empty)) throw new Error("A collection is missing");
  return empty;
}

const isWhole = (some: Partial<Collections>): some is Collections =>
  Object.keys(collections).every((name) => Object.hasOwn(some, name));
