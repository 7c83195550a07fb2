/** A number for sale, as `AvailablePhoneNumbers` shows it. */
export interface StockNumber {
  phone_number: string;
  friendly_name: string;
  iso_country: string;
  region: string | null;
  locality: string | null;
  postal_code: string | null;
  rate_center: string | null;
  lata: string | null;
  latitude: number | null;
  longitude: number | null;
  address_requirements: string;
  beta: boolean;
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean };
}

/** Kinds of number, as the paths name them. */
export type NumberKind = "Local" | "TollFree" | "Mobile";

/** A hundred numbers in a row: `prefix` and two digits. */
export interface Block extends Omit<StockNumber, "phone_number" | "friendly_name"> {
  kind: NumberKind;
  prefix: string;
}

const plain: Omit<Block, "iso_country" | "kind" | "prefix"> = {
  region: null,
  locality: null,
  postal_code: null,
  rate_center: null,
  lata: null,
  latitude: null,
  longitude: null,
  address_requirements: "none",
  beta: false,
  capabilities: { voice: true, sms: true, mms: false, fax: false },
};

const withMms = { voice: true, sms: true, mms: true, fax: false };

const voiceOnly = { voice: true, sms: false, mms: false, fax: false };

const northAmerican = (
  iso_country: "US" | "CA",
  areaCode: string,
  locality: string,
  region: string,
  postal_code: string,
): Block => ({
  ...plain,
  kind: "Local",
  iso_country,
  prefix: `+1${areaCode}55501`,
  capabilities: withMms,
  locality,
  region,
  postal_code,
  rate_center: locality.toUpperCase(),
});

/** All that is for sale, in ranges set aside for fiction where a country has such. */
export const blocks: readonly Block[] = [
  northAmerican("US", "206", "Seattle", "WA", "98101"),
  northAmerican("US", "212", "New York", "NY", "10001"),
  northAmerican("US", "312", "Chicago", "IL", "60601"),
  northAmerican("US", "415", "San Francisco", "CA", "94102"),
  northAmerican("US", "501", "Little Rock", "AR", "72201"),
  northAmerican("US", "628", "San Francisco", "CA", "94103"),
  northAmerican("US", "808", "Honolulu", "HI", "96813"),
  { ...plain, kind: "TollFree", iso_country: "US", prefix: "+183355501", capabilities: withMms },
  northAmerican("CA", "416", "Toronto", "ON", "M5H 2N2"),
  northAmerican("CA", "604", "Vancouver", "BC", "V6B 1A1"),
  { ...plain, kind: "TollFree", iso_country: "CA", prefix: "+185555501", capabilities: withMms },
  {
    ...plain,
    kind: "Local",
    iso_country: "GB",
    prefix: "+4420794600",
    locality: "London",
    capabilities: voiceOnly,
  },
  { ...plain, kind: "Mobile", iso_country: "GB", prefix: "+4477009000" },
  { ...plain, kind: "TollFree", iso_country: "GB", prefix: "+4480815700", capabilities: voiceOnly },
  {
    ...plain,
    kind: "Local",
    iso_country: "DE",
    prefix: "+4930231250",
    locality: "Berlin",
    address_requirements: "local",
    capabilities: voiceOnly,
  },
  { ...plain, kind: "Mobile", iso_country: "DE", prefix: "+4917139200", address_requirements: "any" },
];

/** Countries, and the kinds of numbers that each of them has. */
export const kindsByCountry: Readonly<Record<string, NumberKind[]>> = Object.fromEntries(
  [...new Set(blocks.map(({ iso_country }) => iso_country))].map((country) => {
    const inCountry = blocks.filter(({ iso_country }) => iso_country === country);
    return [country, [...new Set(inCountry.map(({ kind }) => kind))]];
  }),
);

/** What is special about a number, by the block it is from. */
export function blockOf(phoneNumber: string) {
  return blocks.find(
    ({ prefix }) => phoneNumber.length === prefix.length + 2 && phoneNumber.startsWith(prefix),
  );
}

export function nationalFormat(phoneNumber: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phoneNumber) ?? [];
  return line ? `(${area}) ${exchange}-${line}` : phoneNumber;
}
