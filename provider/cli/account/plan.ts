import type { LookUp } from "../../life/definition";
import { sidIn } from "../../life/frame";
import { nothingSet } from "../../life/survey";
import { type Args, omit } from "../../values/values";
import { channelsAmong } from "./channels";
import { subflowsFirst } from "./flowFiles";
import { besides, type Folded } from "./folded";
import type { Inventory, Item } from "./inventory";

/** What of an account is wanted. */
export interface Wanted {
  /** Classes; all where there are none. */
  readonly only?: readonly string[];
  /** A part of what an object is called, or of its SID. */
  readonly match?: string;
  /** Whether what fits is folded into one `InboundChannels`. */
  readonly components?: boolean;
}

/** What becomes of what an account has. */
export interface Plan {
  readonly account: string;
  readonly declared: readonly Item[];
  /** What is declared as channels of a component. */
  readonly channels: readonly Folded[];
  readonly lookedUp: readonly (Item & { readonly lookUp: LookUp })[];
  /** Objects that are in no program, each with the reason. */
  readonly leftOut: readonly { readonly item: Item; readonly why: string }[];
  /** Arguments that are in no program, though their object is. */
  readonly unsaid: readonly { readonly item: Item; readonly argument: string; readonly why: string }[];
  readonly unread: Inventory["unread"];
}

export const notWanted = "not asked for";

export function planOf({ account, items, unread }: Inventory, wanted: Wanted, isApiKey: boolean): Plan {
  // Where a name does not tell, nothing can be looked up by it.
  const queries = items.flatMap(({ lookUp }) => (lookUp ? [JSON.stringify(lookUp)] : []));
  const isFound = ({ lookUp }: Item) =>
    queries.filter((other) => other === JSON.stringify(lookUp)).length === 1;
  const made = new Set(items.filter(isFound).map(({ id }) => sidIn(id)));
  const lookedUp = items.flatMap((item) =>
    item.lookUp && isFound(item) ? [{ ...item, lookUp: item.lookUp }] : [],
  );
  const declared: Item[] = [];
  const leftOut: { item: Item; why: string }[] = [];
  for (const found of items) {
    if (isFound(found)) continue;
    const item = found.id === account ? withoutDefaults(found, (sid) => made.has(sid)) : found;
    const why = isWanted(item, wanted) ? reason(item, isApiKey) : notWanted;
    if (why === undefined) declared.push(item);
    else leftOut.push({ item, why });
  }
  const unsaid = declared.flatMap((item) =>
    Object.entries(item.leftOut).map(([argument, why]) => ({ item, argument, why })),
  );
  const channels = wanted.components ? channelsAmong(account, declared, items) : [];
  return {
    account,
    declared: besides(subflowsFirst(declared), channels),
    channels,
    lookedUp,
    leftOut,
    unsaid,
    unread,
  };
}

function reason({ type, args, unfit }: Item, isApiKey: boolean): string | undefined {
  if (unfit !== undefined) return unfit;
  if (type === "Subaccount" && isApiKey)
    return "subaccounts are managed with the account's auth token only, and these credentials are an API key";
  return Object.keys(args).length === 0 && type.endsWith("Configuration") ? nothingSet : undefined;
}

/** In settings of the whole account, what leads to what Twilio has made is as Twilio has set it. */
function withoutDefaults(item: Item, isMade: (sid: string) => boolean): Item {
  const usual = Object.entries(item.args).filter(([, value]) => typeof value === "string" && isMade(value));
  const args: Args = omit(
    item.args,
    usual.map(([key]) => key),
  );
  return { ...item, args };
}

const isWanted = ({ type, called, id, args }: Item, { only = [], match = "" }: Wanted): boolean =>
  (only.length === 0 || only.includes(type)) &&
  [called, id, ...Object.values(args).filter((value) => typeof value === "string")].some((text) =>
    String(text).toLowerCase().includes(match.toLowerCase()),
  );
