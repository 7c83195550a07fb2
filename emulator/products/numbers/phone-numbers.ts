import type { Account } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, TwilioError, unknownReference } from "../../api/errors";
import type { Params } from "../../api/params";
import { friendlyNameOf, methodOf, numberMatcher, shownDates, urlOf } from "../../api/v2010";
import { blockOf, nationalFormat } from "./blocks";
import { newPhoneNumber, numberTypes, type PhoneNumber } from "./records";
import { releaseNumber } from "./relations";
import { firstForSale, ownedNumbers } from "./stock";

export const phoneNumbers: Family = {
  document: "api_v2010",
  operations: {
    CreateIncomingPhoneNumber: (call) => shown(buy(call)),

    ListIncomingPhoneNumber: (call) => call.list("incoming_phone_numbers", numbersOf(call), shown),

    FetchIncomingPhoneNumber: (call) => shown(numberOf(call)),

    UpdateIncomingPhoneNumber: (call) => shown(save(call, numberOf(call))),

    DeleteIncomingPhoneNumber(call) {
      const number = numberOf(call);
      if (number.emergency_address_sid !== null) {
        // Clearing it unregisters the address: https://www.twilio.com/docs/voice/sip/api/emergency-calling-api
        const why = `${number.sid} has an emergency address: clear EmergencyAddressSid first`;
        call.refuseIfStrict(new TwilioError(400, 21631, why));
      }
      releaseNumber(call.account, number);
      return undefined;
    },

    ...operationsOf("Local"),
    ...operationsOf("TollFree"),
    ...operationsOf("Mobile"),
  },
};

/** Lists of one type, and purchases that want that type. */
function operationsOf(kind: keyof typeof numberTypes): Family["operations"] {
  const type = numberTypes[kind];
  // Only the general paths show the type.
  const show = ({ type: _, ...number }: PhoneNumber) => shown(number);
  return {
    [`CreateIncomingPhoneNumber${kind}`]: (call) => show(buy(call, type)),

    [`ListIncomingPhoneNumber${kind}`](call) {
      const numbers = numbersOf(call).filter((number) => number.type === type);
      return call.list("incoming_phone_numbers", numbers, show);
    },
  };
}

function buy(call: Call, type?: string): PhoneNumber {
  refuseSecondOfTrial(call.account);
  const bought = newPhoneNumber(call.sid("PN"), call.account.sid, wantedNumber(call), call.now);
  if (type !== undefined && bought.type !== type)
    throw new TwilioError(400, 21421, `PhoneNumber ${bought.phone_number} is invalid: it is not ${type}`);
  refuseWrongAddress(call.account, bought, call.params.text("AddressSid") || null);
  return save(call, bought);
}

function refuseSecondOfTrial({ type, phoneNumbers }: Account): void {
  if (type !== "Trial" || Object.keys(phoneNumbers).length === 0) return;
  throw new TwilioError(
    400,
    21404,
    "Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade your account.",
  );
}

function numbersOf({ params, account }: Call): PhoneNumber[] {
  const name = params.text("FriendlyName");
  const digits = numberMatcher(params.text("PhoneNumber") ?? "");
  const beta = params.flag("Beta");
  const origin = params.text("Origin");
  return Object.values(account.phoneNumbers).filter(
    (number) =>
      (name === undefined || number.friendly_name === name) &&
      digits.test(number.phone_number) &&
      // `Beta` says whether to include such numbers, which is the default.
      (beta !== false || !number.beta) &&
      (origin === undefined || number.origin === origin),
  );
}

function save(call: Call, was: PhoneNumber): PhoneNumber {
  const { params } = call;
  const owner = ownerOf(call, was);
  const emergencyAddress = addressOf(call, owner, "EmergencyAddressSid", was.emergency_address_sid);

  const number: PhoneNumber = {
    ...was,
    ...lineOf(call, was),
    friendly_name: friendlyNameOf(params, was.friendly_name) || nationalFormat(was.phone_number),
    api_version: params.text("ApiVersion") || was.api_version,
    address_sid: addressOf(call, owner, "AddressSid", was.address_sid),
    identity_sid: sidOrNull(params, "IdentitySid", was.identity_sid),
    bundle_sid: sidOrNull(params, "BundleSid", was.bundle_sid),
    emergency_status: params.text("EmergencyStatus") ?? was.emergency_status,
    emergency_address_sid: emergencyAddress,
    emergency_address_status: params.has("EmergencyAddressSid")
      ? registration(emergencyAddress)
      : was.emergency_address_status,
    sms_application_sid: applicationOf(call, "SmsApplicationSid", was.sms_application_sid),
    sms_url: urlOf(params, "SmsUrl", was.sms_url),
    sms_method: methodOf(params, "SmsMethod", was.sms_method),
    sms_fallback_url: urlOf(params, "SmsFallbackUrl", was.sms_fallback_url),
    sms_fallback_method: methodOf(params, "SmsFallbackMethod", was.sms_fallback_method),
    status_callback: urlOf(params, "StatusCallback", was.status_callback),
    status_callback_method: methodOf(params, "StatusCallbackMethod", was.status_callback_method),
    voice_caller_id_lookup: params.flag("VoiceCallerIdLookup") ?? was.voice_caller_id_lookup,
    voice_receive_mode: params.text("VoiceReceiveMode") ?? was.voice_receive_mode,
    voice_url: urlOf(params, "VoiceUrl", was.voice_url),
    voice_method: methodOf(params, "VoiceMethod", was.voice_method),
    voice_fallback_url: urlOf(params, "VoiceFallbackUrl", was.voice_fallback_url),
    voice_fallback_method: methodOf(params, "VoiceFallbackMethod", was.voice_fallback_method),
    date_updated: call.now,
  };
  // Whether a needed address may be taken away again is not known.
  const mayClear = number.address_sid === null && !call.quirks.strict;
  if (params.has("AddressSid") && !mayClear) refuseWrongAddress(owner, number, number.address_sid);
  if (owner.sid !== was.account_sid) releaseNumber(call.account, was);
  number.account_sid = owner.sid;
  owner.phoneNumbers[number.sid] = number;
  return number;
}

/** An address must be of the account that has the number after the request. */
function addressOf({ params }: Call, owner: Account, name: string, was: string | null): string | null {
  const sid = sidOrNull(params, name, was);
  if (params.text(name) && sid !== null && !lookUp(owner.addresses, sid)) throw unknownReference(name, sid);
  return sid;
}

function refuseWrongAddress(account: Account, number: PhoneNumber, sid: string | null): void {
  const { phone_number, address_requirements } = number;
  if (address_requirements === "none") return;
  if (sid === null) {
    throw new TwilioError(
      400,
      21631,
      "Phone Number Requires an Address but the 'AddressSid' parameter was empty.",
    );
  }
  const address = lookUp(account.addresses, sid);
  if (!address) throw unknownReference("AddressSid", sid);
  const isLocal = address.iso_country === blockOf(phone_number)?.iso_country;
  if (address_requirements === "local" && !isLocal)
    throw new TwilioError(400, 21615, `PhoneNumber ${phone_number} requires an address in its country`);
  if (address_requirements === "foreign" && isLocal)
    throw new TwilioError(400, 21631, `PhoneNumber ${phone_number} requires an address in another country`);
}

/** Production takes some time for it. */
const registration = (addressSid: string | null) => (addressSid === null ? "unregistered" : "registered");

/** Voice application and trunk exclude each other: setting one deletes the other. Of two in one request the trunk wins. */
function lineOf(call: Call, was: PhoneNumber): Pick<PhoneNumber, "voice_application_sid" | "trunk_sid"> {
  const { params, quirks } = call;
  const application = applicationOf(call, "VoiceApplicationSid", was.voice_application_sid);
  const trunk = sidOrNull(params, "TrunkSid", was.trunk_sid);
  const blocked = quirks.trunkNeedsNoApplication === true && Boolean(was.voice_application_sid);
  if (params.text("TrunkSid") && !blocked) return { voice_application_sid: "", trunk_sid: trunk };
  if (params.text("VoiceApplicationSid")) return { voice_application_sid: application, trunk_sid: null };
  return { voice_application_sid: application, trunk_sid: blocked ? was.trunk_sid : trunk };
}

/** The account the number belongs to after an update: `AccountSid` moves it between an account and its subaccounts. */
function ownerOf({ params, account, caller, state }: Call, was: PhoneNumber) {
  const wanted = params.text("AccountSid");
  if (!wanted || wanted === was.account_sid) return account;
  const target = lookUp(state.accounts, wanted);
  const isReachable = target && (target.sid === caller.sid || target.owner_account_sid === caller.sid);
  if (!isReachable || target.status === "closed")
    throw invalidParameter("AccountSid", "must be your account or one of its open subaccounts");
  return target;
}

function wantedNumber(call: Call): string {
  const { params, state } = call;
  const areaCode = params.text("AreaCode");
  const wanted = params.text("PhoneNumber");
  if (!wanted && !areaCode) throw new TwilioError(400, 400, "did or area_code is required");
  if (!wanted && !/^[2-9]\d{2}$/.test(areaCode ?? ""))
    throw new TwilioError(400, 21451, `Invalid area code ${areaCode}`);
  const number = wanted || firstForSale(state, areaCode ?? "");
  if (!number) throw new TwilioError(400, 21452, `No phone numbers found in area code ${areaCode}`);
  if (!/^\+[1-9]\d{6,14}$/.test(number))
    throw new TwilioError(400, 21421, `PhoneNumber ${number} is invalid`);
  if (ownedNumbers(state).has(number))
    throw new TwilioError(400, 21422, `PhoneNumber ${number} is not available`);
  return number;
}

function applicationOf({ params, account }: Call, name: string, was: string | null): string | null {
  const sid = params.text(name);
  if (sid && !lookUp(account.applications, sid)) {
    throw new TwilioError(400, 21420, `${name} ${sid} is not accessible`);
  }
  return sid ?? was;
}

const sidOrNull = (params: Params, name: string, was: string | null) =>
  params.has(name) ? params.text(name) || null : was;

const numberOf = (call: Call) => call.found(call.account.phoneNumbers, call.path("Sid"));

function shown<T extends Omit<PhoneNumber, "type">>(number: T) {
  return {
    ...number,
    ...shownDates(number),
    uri: `/2010-04-01/Accounts/${number.account_sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
