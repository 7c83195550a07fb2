import type { State } from "../../account/state";
import { type Block, blocks, type NumberKind, nationalFormat, type StockNumber } from "./blocks";

/** The numbers of a kind in a country that no account owns, in order; undefined where the country has no such kind. */
export function numbersForSale(state: State, country: string, kind: NumberKind): StockNumber[] | undefined {
  const found = blocks.filter((block) => block.iso_country === country && block.kind === kind);
  if (found.length === 0) return undefined;
  const owned = ownedNumbers(state);
  return found.flatMap(numbersOf).filter(({ phone_number }) => !owned.has(phone_number));
}

/** The first local number of the area code that is for sale, in the US or Canada. */
export function firstForSale(state: State, areaCode: string): string | undefined {
  const owned = ownedNumbers(state);
  return blocks
    .filter(({ kind, prefix }) => kind === "Local" && prefix.startsWith(`+1${areaCode}`))
    .flatMap(numbersOf)
    .find(({ phone_number }) => !owned.has(phone_number))?.phone_number;
}

/** Numbers that some account owns. */
export function ownedNumbers({ accounts }: State): Set<string> {
  return new Set(
    Object.values(accounts).flatMap(({ phoneNumbers }) =>
      Object.values(phoneNumbers).map(({ phone_number }) => phone_number),
    ),
  );
}

function numbersOf({ kind: _, prefix, ...block }: Block): StockNumber[] {
  return Array.from({ length: 100 }, (_, index) => {
    const phone_number = prefix + String(index).padStart(2, "0");
    return { phone_number, friendly_name: nationalFormat(phone_number), ...block };
  });
}
