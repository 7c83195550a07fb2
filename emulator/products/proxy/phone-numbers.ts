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
      const { voice, sms, mms } = number.capabilities;
      const member: ProxyPhoneNumber = {
        sid: number.sid,
        account_sid: call.account.sid,
        service_sid: service.sid,
        phone_number: number.phone_number,
        friendly_name: number.friendly_name,
        iso_country: countryOf(number.phone_number),
        capabilities: {
          sms_inbound: sms,
          sms_outbound: sms,
          mms_inbound: mms,
          mms_outbound: mms,
          voice_inbound: voice,
          voice_outbound: voice,
        },
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
    throw new TwilioError(400, 80104, `Phone number ${sid} is already in this Service`);
  if (member)
    throw new TwilioError(400, 80101, `Phone number ${sid} is already in the Service ${member.service_sid}`);
  // The other way round is allowed: https://www.twilio.com/docs/proxy/api/phone-number
  if (lookUp(account.messagingPhoneNumbers, sid))
    throw new TwilioError(400, 80601, `Phone number ${sid} is in a Messaging Service`);
}

function memberOf(call: Call): ProxyPhoneNumber {
  const service = proxyServiceOf(call, "ServiceSid");
  const member = lookUp(call.account.proxyPhoneNumbers, call.path("Sid"));
  if (member?.service_sid !== service.sid) throw proxyMissing(call, "PhoneNumber");
  return member;
}

function shown({ account, now }: Call, member: ProxyPhoneNumber) {
  return {
    ...member,
    in_use: sessionsUsing(account, member, now),
    url: `https://proxy.twilio.com/v1/Services/${member.service_sid}/PhoneNumbers/${member.sid}`,
  };
}
