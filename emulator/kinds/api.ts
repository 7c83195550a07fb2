import { type Kind, type Kinds, nothing, objectAt, objects, recordOf, without } from "./kind";

const accounts = "api_v2010 /2010-04-01/Accounts";
const inAccount = (path: string) => `${accounts}/{AccountSid}/${path}`;

export const phoneNumbers = inAccount("IncomingPhoneNumbers");
const available = inAccount("AvailablePhoneNumbers");

const account: Kind = {
  kept: "",
  seed: (shown) => without(recordOf(shown), ["sid", "owner_account_sid"]),
};
const numbersOf = (type: string): Kind => ({
  kept: "phoneNumbers",
  seed(shown, exampleOf) {
    // Examples older than faxes leave that out.
    const capabilities = { fax: false, ...objectAt(shown, "capabilities") };
    return objects("phoneNumbers", { added: { type } }).seed({ ...shown, capabilities }, exampleOf);
  },
});
const keys: Kind = {
  kept: "keys",
  seed: (shown) => ({
    api_keys: { [String(shown.sid)]: "secret" },
    keys: { [String(shown.sid)]: recordOf(shown) },
  }),
};

export const apiKinds: Kinds = {
  [accounts]: account,
  [inAccount("Applications")]: objects("applications", { derived: ["sms_status_callback"] }),
  [phoneNumbers]: numbersOf("local"),
  [`${phoneNumbers}/Local`]: numbersOf("local"),
  [`${phoneNumbers}/Mobile`]: numbersOf("mobile"),
  [`${phoneNumbers}/TollFree`]: numbersOf("toll-free"),
  [inAccount("Addresses/{AddressSid}/DependentPhoneNumbers")]: {
    kept: "phoneNumbers",
    seed({ trunk_sid: _, ...shown }, exampleOf) {
      const { Voice: voice, SMS: sms, MMS: mms } = objectAt(shown, "capabilities");
      const number = { ...exampleOf(phoneNumbers), ...shown, capabilities: { voice, sms, mms } };
      return numbersOf("local").seed(number, exampleOf);
    },
  },
  [inAccount("Keys")]: keys,
  [inAccount("SigningKeys")]: keys,
  [available]: nothing,
  [`${available}/{CountryCode}/Local`]: nothing,
  [`${available}/{CountryCode}/MachineToMachine`]: nothing,
  [`${available}/{CountryCode}/Mobile`]: nothing,
  [`${available}/{CountryCode}/National`]: nothing,
  [`${available}/{CountryCode}/SharedCost`]: nothing,
  [`${available}/{CountryCode}/TollFree`]: nothing,
  [`${available}/{CountryCode}/Voip`]: nothing,
};
