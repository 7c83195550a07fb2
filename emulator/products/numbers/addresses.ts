import type { Call, Family } from "../../api/call";
import { missingParameter, TwilioError } from "../../api/errors";
import { friendlyNameOf, shownDates } from "../../api/v2010";
import type { Address, PhoneNumber } from "./records";

/** Nobody validates or corrects an address here: `AutoCorrectAddress` changes nothing. */
export const addresses: Family = {
  document: "api_v2010",
  operations: {
    CreateAddress(call) {
      const { params, account, now } = call;
      return save(call, {
        sid: call.sid("AD"),
        account_sid: account.sid,
        customer_name: params.needed("CustomerName"),
        street: params.needed("Street"),
        street_secondary: null,
        city: params.needed("City"),
        region: params.needed("Region"),
        postal_code: params.needed("PostalCode"),
        iso_country: params.needed("IsoCountry").toUpperCase(),
        friendly_name: null,
        emergency_enabled: false,
        validated: false,
        verified: false,
        date_created: now,
        date_updated: now,
      });
    },

    ListAddress(call) {
      const { params, account } = call;
      const country = params.text("IsoCountry")?.toUpperCase();
      const emergency = params.flag("EmergencyEnabled");
      const is = (name: string, value: string | null) => !params.has(name) || params.text(name) === value;
      const found = Object.values(account.addresses).filter(
        (address) =>
          is("CustomerName", address.customer_name) &&
          is("FriendlyName", address.friendly_name) &&
          (country === undefined || address.iso_country === country) &&
          (emergency === undefined || address.emergency_enabled === emergency),
      );
      return call.list("addresses", found, shown);
    },

    FetchAddress: (call) => shown(addressOf(call)),

    UpdateAddress: (call) => save(call, addressOf(call)),

    DeleteAddress(call) {
      const { sid } = addressOf(call);
      const [user] = usersOf(call, sid);
      if (user) {
        const why = `${sid} is in use: ${user.sid} needs an address`;
        call.refuseIfStrict(new TwilioError(400, 21631, why));
      }
      delete call.account.addresses[sid];
      return undefined;
    },

    ListDependentPhoneNumber(call) {
      const { sid } = call.found(call.account.addresses, call.path("AddressSid"));
      return call.list("dependent_phone_numbers", usersOf(call, sid), shownUser);
    },
  },
};

function save(call: Call, was: Address): object {
  const { params, account } = call;
  const textOf = (name: string, text: string) => {
    if (params.text(name) === "") throw missingParameter(name);
    return params.text(name) ?? text;
  };
  const address: Address = {
    ...was,
    customer_name: textOf("CustomerName", was.customer_name),
    street: textOf("Street", was.street),
    street_secondary: (params.text("StreetSecondary") ?? was.street_secondary) || null,
    city: textOf("City", was.city),
    region: textOf("Region", was.region),
    postal_code: textOf("PostalCode", was.postal_code),
    friendly_name: friendlyNameOf(params, was.friendly_name) || null,
    emergency_enabled: params.flag("EmergencyEnabled") ?? was.emergency_enabled,
    date_updated: call.now,
  };
  account.addresses[address.sid] = address;
  return shown(address);
}

/** The numbers that have the address, for calls in an emergency or otherwise. */
const usersOf = ({ account }: Call, sid: string) =>
  Object.values(account.phoneNumbers).filter(
    ({ address_sid, emergency_address_sid }) => address_sid === sid || emergency_address_sid === sid,
  );

const addressOf = (call: Call) => call.found(call.account.addresses, call.path("Sid"));

function shown(address: Address) {
  return {
    ...address,
    ...shownDates(address),
    uri: `/2010-04-01/Accounts/${address.account_sid}/Addresses/${address.sid}.json`,
  };
}

/** Less than the number itself shows, and capabilities under the names that the document has here. */
function shownUser({
  address_sid: _address,
  identity_sid: _identity,
  bundle_sid: _bundle,
  emergency_address_status: _registration,
  beta: _beta,
  origin: _origin,
  status: _status,
  type: _type,
  voice_receive_mode: _mode,
  capabilities: { voice, sms, mms },
  ...number
}: PhoneNumber) {
  return {
    ...number,
    capabilities: { Voice: voice, SMS: sms, MMS: mms },
    ...shownDates(number),
    uri: `/2010-04-01/Accounts/${number.account_sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
