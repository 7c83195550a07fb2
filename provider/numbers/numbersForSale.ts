import type { Twilio } from "twilio";
import type { Others } from "../life/definition";
import type { Plain } from "../values/args";
import { Refusal, unlessGone } from "../values/errors";
import type { numberTypes, PhoneNumberSearch } from "./phoneNumberSearch";

interface Wanted {
  phoneNumber?: string;
  areaCode?: string;
  search?: Plain<PhoneNumberSearch>;
  friendlyName?: string;
}

/** Which number `PhoneNumber` buys, where the program does not name one: the lowest that is as wanted. */
export async function choose<Params extends object>(
  twilio: Twilio,
  params: Params,
  { phoneNumber, areaCode, search, friendlyName }: Wanted,
  { isLeaving, chosen }: Others,
): Promise<Params> {
  if (phoneNumber !== undefined) return params;
  if (friendlyName !== undefined) await refuseNamesake(twilio, friendlyName, isLeaving);
  const wanted = search === undefined ? inArea(areaCode ?? "") : [search];
  for (const filters of wanted) {
    const [lowest] = (await forSale(twilio, filters)).filter((number) => !chosen.has(number)).sort();
    if (lowest === undefined) continue;
    chosen.add(lowest);
    return { ...params, phoneNumber: lowest };
  }
  throw new Refusal(
    search === undefined
      ? `no number in area code ${areaCode} is for sale; give another one`
      : `no number for sale is as the search says; ask for less, or search elsewhere`,
  );
}

/** A killed run may have bought it: buying another one would pay for both. */
async function refuseNamesake(
  twilio: Twilio,
  friendlyName: string,
  isLeaving: (id: string) => boolean,
): Promise<void> {
  const owned = await twilio.incomingPhoneNumbers.list({ friendlyName });
  const other = owned.find((number) => number.friendlyName === friendlyName && !isLeaving(number.sid));
  if (!other) return;
  throw new Refusal(
    `${other.sid} (${other.phoneNumber}) has this friendlyName already, and may be what an earlier run bought. Take it over with adopt: "${other.sid}", or give another friendlyName to buy one more`,
  );
}

/** An area code does not tell its country. */
const inArea = (areaCode: string) => ["US", "CA"].map((country) => ({ country, areaCode }));

async function forSale(
  twilio: Twilio,
  { country, type = "local", areaCode, ...filters }: Plain<PhoneNumberSearch>,
): Promise<string[]> {
  const kinds = twilio.availablePhoneNumbers(country);
  const options = { ...filters, ...(areaCode !== undefined && { areaCode: Number(areaCode) }), limit: 1000 };
  const lists: Record<(typeof numberTypes)[number], () => Promise<{ phoneNumber: string }[]>> = {
    local: () => kinds.local.list(options),
    tollFree: () => kinds.tollFree.list(options),
    mobile: () => kinds.mobile.list(options),
  };
  const found = await unlessGone(lists[type]());
  if (!found)
    throw new Refusal(`Twilio sells no ${type} numbers in ${country}; give another country or type`);
  return found.map((number) => number.phoneNumber);
}
