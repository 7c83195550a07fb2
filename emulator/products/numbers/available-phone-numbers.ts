import type { Call, Family, Handler } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import type { Params } from "../../api/params";
import { kindsByCountry, type NumberKind, type StockNumber } from "./blocks";
import { numbersForSale } from "./stock";

/** Of some kinds there is no number in any country. */
const nothing =
  (kind: string): Handler =>
  (call) => ({ available_phone_numbers: [], uri: `${pathOf(call)}/${countryOf(call)}/${kind}.json` });

/** What is for sale. Location filters other than region, locality and postal code are ignored. */
export const availablePhoneNumbers: Family = {
  document: "api_v2010",
  operations: {
    ListAvailablePhoneNumberLocal: (call) => listed(call, "Local"),
    ListAvailablePhoneNumberTollFree: (call) => listed(call, "TollFree"),
    ListAvailablePhoneNumberMobile: (call) => listed(call, "Mobile"),
    ListAvailablePhoneNumberNational: nothing("National"),
    ListAvailablePhoneNumberVoip: nothing("Voip"),
    ListAvailablePhoneNumberSharedCost: nothing("SharedCost"),
    ListAvailablePhoneNumberMachineToMachine: nothing("MachineToMachine"),

    ListAvailablePhoneNumberCountry: (call) => ({
      countries: Object.keys(kindsByCountry).map((country) => shownCountry(call, country)),
      uri: `${pathOf(call)}.json`,
    }),

    FetchAvailablePhoneNumberCountry: (call) => shownCountry(call, countryOf(call)),
  },
};

const pathOf = ({ account }: Call) => `/2010-04-01/Accounts/${account.sid}/AvailablePhoneNumbers`;

function countryOf(call: Call): string {
  const country = call.path("CountryCode");
  if (!Object.hasOwn(kindsByCountry, country)) throw call.notFound();
  return country;
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });

function shownCountry(call: Call, country: string) {
  const path = `${pathOf(call)}/${country}`;
  const kinds = kindsByCountry[country] ?? [];
  return {
    country_code: country,
    country: countryNames.of(country),
    beta: false,
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(kinds.map((kind) => [subresources[kind], `${path}/${kind}.json`])),
  };
}

const subresources = { Local: "local", TollFree: "toll_free", Mobile: "mobile" };

/** Seen by acceptance tests of a Terraform provider (RJPearson94) against live accounts, unlike the 50 of other lists. */
const DEFAULT_SIZE = 30;

function listed(call: Call, kind: NumberKind): object {
  const { params, state } = call;
  const country = call.path("CountryCode");
  const stock = numbersForSale(state, country, kind);
  if (!stock) throw call.notFound();
  const size = params.number("PageSize") ?? DEFAULT_SIZE;
  const start = size * (params.number("Page") ?? 0);
  const contains = patternOf(params);
  return {
    available_phone_numbers: stock
      .filter((number) => contains.test(number.phone_number) && suits(number, params))
      .slice(start, start + size),
    uri: `${pathOf(call)}/${country}/${kind}.json`,
  };
}

function suits(number: StockNumber, params: Params): boolean {
  const { capabilities, address_requirements, iso_country } = number;
  const areaCode = params.number("AreaCode");
  const wants = (name: string, is: boolean) => (params.flag(name) ?? is) === is;
  const excluded = (name: string, requirements: string[]) =>
    params.flag(name) === true && requirements.includes(address_requirements);
  return (
    // Area codes are of the US and Canada only.
    (areaCode === undefined ||
      !["US", "CA"].includes(iso_country) ||
      number.phone_number.startsWith(`+1${areaCode}`)) &&
    isSame(params.text("InRegion"), number.region) &&
    isSame(params.text("InLocality"), number.locality) &&
    isSame(params.text("InPostalCode"), number.postal_code) &&
    wants("SmsEnabled", capabilities.sms) &&
    wants("MmsEnabled", capabilities.mms) &&
    wants("VoiceEnabled", capabilities.voice) &&
    wants("FaxEnabled", capabilities.fax) &&
    !excluded("ExcludeAllAddressRequired", ["any", "local", "foreign"]) &&
    !excluded("ExcludeLocalAddressRequired", ["local"]) &&
    !excluded("ExcludeForeignAddressRequired", ["foreign"])
  );
}

const isSame = (wanted: string | undefined, value: string | null) =>
  wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();

/** `*` is one digit, `%` any number of them, `+` the beginning, `$` the end, and a letter its key on a telephone. */
function patternOf(params: Params): RegExp {
  const contains = params.text("Contains");
  if (contains === undefined) return /^/;
  // A `+` that was not encoded arrives as a space.
  const [, beginning, middle, end] = /^([+ ]?)([\da-z*%]+)(\$?)$/i.exec(contains) ?? [];
  if (middle === undefined || contains.length < 2 || contains.length > 16) {
    throw invalidParameter("Contains", "must be 2 to 16 digits, letters, * or %, with + before or $ behind");
  }
  const signs = [...middle.toLowerCase().replaceAll(/%+/g, "%")].map((sign) => {
    if (sign === "*") return "\\d";
    if (sign === "%") return "\\d*";
    return /\d/.test(sign) ? sign : keys.charAt(sign.charCodeAt(0) - "a".charCodeAt(0));
  });
  return new RegExp(`${beginning && "^\\+"}${signs.join("")}${end}`);
}

/** The telephone keys of the letters a to z. */
const keys = "22233344455566677778889999";
