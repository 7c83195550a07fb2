import { type Call, type Family, lookUp } from "../../api/call";
import { TwilioError } from "../../api/errors";
import { countryOf } from "../numbers/countries";
import type { PhoneNumber } from "../numbers/records";
import type { ProxyPhoneNumber } from "./records";
import { proxyMissing, proxyServiceOf, sessionsUsing } from "./relations";

export const proxyPhoneNumbers: Family = {
  document: "proxy_v1",
  operations: {
    CreatePhoneNumber(call) {
      const service = proxyServiceOf(call, "ServiceSid");
      const number = wantedNumber(call);
      refuseTaken(call, number, service.sid);
      const member: ProxyPhoneNumber = {
        sid: number.sid,
        account_sid: call.account.sid,
        service_sid: service.sid,
        phone_number: number.phone_number,
        friendly_name: number.friendly_name,
        iso_country: countryOf(number.phone_number),
        capabilities: capabilitiesOf(number),
        is_reserved: call.params.flag("IsReserved") ?? false,
        date_created: call.now,
        date_updated: call.now,
      };
      call.account.proxyPhoneNumbers[member.sid] = member;
      return shown(call, member);
    },

    ListPhoneNumber(call) {
      const { sid } = proxyServiceOf(call, "ServiceSid");
      const members = Object.values(call.account.proxyPhoneNumbers).filter(
        ({ service_sid }) => service_sid === sid,
      );
      return call.list("phone_numbers", members, (member) => shown(call, member));
    },

    FetchPhoneNumber: (call) => shown(call, memberOf(call)),

    UpdatePhoneNumber(call) {
      const member = memberOf(call);
      member.is_reserved = call.params.flag("IsReserved") ?? member.is_reserved;
      member.date_updated = call.now;
      return shown(call, member);
    },

    DeletePhoneNumber(call) {
      const member = memberOf(call);
      const users = sessionsUsing(call.account, member, call.now);
      if (users > 0)
        throw new TwilioError(400, 80611, `Phone number ${member.sid} is in use by ${users} sessions`);
      delete call.account.proxyPhoneNumbers[member.sid];
      return undefined;
    },
  },
};

function wantedNumber({ params, account }: Call): PhoneNumber {
  const sid = params.text("Sid");
  const phoneNumber = params.text("PhoneNumber");
  if (!sid === !phoneNumber)
    throw new TwilioError(400, 80701, "Exactly one of Sid and PhoneNumber is required");
  const number = Object.values(account.phoneNumbers).find(
    (candidate) => candidate.sid === sid || candidate.phone_number === phoneNumber,
  );
  if (!number) throw new TwilioError(400, 80301, `Phone number ${sid || phoneNumber} is not on this account`);
  return number;
}

function refuseTaken({ account }: Call, { sid }: PhoneNumber, serviceSid: string): void {
  const member = lookUp(account.proxyPhoneNumbers, sid);
  if (member?.service_sid === serviceSid)
    throw new TwilioError(400, 80104, "PhoneNumber has already been added to Service");
  if (member)
    throw new TwilioError(400, 80101, `Phone number ${sid} is already in the Service ${member.service_sid}`);
  // The other way round is allowed: https://www.twilio.com/docs/proxy/api/phone-number
  if (lookUp(account.messagingPhoneNumbers, sid))
    throw new TwilioError(400, 80601, `Phone number ${sid} is in a Messaging Service`);
}

/** A number that is not in the pool is what is missing, also where the service is not there either. */
function memberOf(call: Call): ProxyPhoneNumber {
  const member = lookUp(call.account.proxyPhoneNumbers, call.path("Sid"));
  if (member?.service_sid !== call.path("ServiceSid")) throw proxyMissing(call, "Phone Number");
  return member;
}

/** What a member's number can do, in each direction, and which restrictions it has. */
function capabilitiesOf({
  capabilities: { voice, sms, mms },
}: PhoneNumber): ProxyPhoneNumber["capabilities"] {
  return {
    sms_inbound: sms,
    sms_outbound: sms,
    mms_inbound: mms,
    mms_outbound: mms,
    fax_inbound: false,
    fax_outbound: false,
    voice_inbound: voice,
    voice_outbound: voice,
    restriction_sms_domestic: false,
    restriction_mms_domestic: false,
    restriction_fax_domestic: false,
    restriction_voice_domestic: false,
    sip_trunking: false,
  };
}

function shown({ account, now }: Call, member: ProxyPhoneNumber) {
  return {
    ...member,
    in_use: sessionsUsing(account, member, now),
    url: `https://proxy.twilio.com/v1/Services/${member.service_sid}/PhoneNumbers/${member.sid}`,
  };
}
