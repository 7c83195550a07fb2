/** Calling codes without their plus. Of a code that countries share, the country with the most numbers. */
const callingCodes: Record<string, string> = {
  "1": "US",
  "30": "GR",
  "31": "NL",
  "32": "BE",
  "33": "FR",
  "34": "ES",
  "36": "HU",
  "39": "IT",
  "40": "RO",
  "41": "CH",
  "43": "AT",
  "44": "GB",
  "45": "DK",
  "46": "SE",
  "47": "NO",
  "48": "PL",
  "49": "DE",
  "52": "MX",
  "54": "AR",
  "55": "BR",
  "56": "CL",
  "57": "CO",
  "60": "MY",
  "61": "AU",
  "62": "ID",
  "63": "PH",
  "64": "NZ",
  "65": "SG",
  "66": "TH",
  "81": "JP",
  "82": "KR",
  "91": "IN",
  "351": "PT",
  "353": "IE",
  "358": "FI",
  "372": "EE",
  "420": "CZ",
  "852": "HK",
  "972": "IL",
};

/** ISO country of a number in E.164; null where its calling code is not among the common ones. No code begins another. */
export function countryOf(number: string): string | null {
  const lengths = [1, 2, 3];
  const codes = lengths.map((length) => number.slice(1, 1 + length));
  return codes.map((code) => callingCodes[code]).find((country) => country !== undefined) ?? null;
}
