import type { Collection } from "../../account/collections";
import type { Account } from "../../account/state";
import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, TwilioError, unknownReference } from "../../api/errors";
import type { Params } from "../../api/params";
import { countryOf } from "../numbers/countries";
import type {
  Member,
  MessagingAlphaSender,
  MessagingChannelSender,
  MessagingDestinationAlphaSender,
  MessagingPhoneNumber,
  MessagingShortCode,
} from "./records";

/** One kind of members. Members of services have no update. */
interface Kind<T extends Member> {
  /** As operations and, with an `s`, paths name it: `PhoneNumber`. */
  name: string;
  listKey: string;
  members: (account: Account) => Collection<T>;
  serviceOf: (member: T) => string;
  add: (call: Call, serviceSid: string) => T;
  /** Whether the list answers 404 where it is empty. */
  isMissingIfEmpty?: (call: Call) => boolean;
  /** Whether a list with filters shows it. */
  suits?: (call: Call, member: T) => boolean;
}

const phoneNumber: Kind<MessagingPhoneNumber> = {
  name: "PhoneNumber",
  listKey: "phone_numbers",
  members: (account) => account.messagingPhoneNumbers,
  serviceOf: (member) => member.service_sid,
  add(call, serviceSid) {
    const { account, params } = call;
    const sid = params.needed("PhoneNumberSid");
    const number = lookUp(account.phoneNumbers, sid);
    if (!number) throw new TwilioError(400, 21421, `PhoneNumberSid ${sid} is invalid`);
    refuseMember(lookUp(account.messagingPhoneNumbers, sid)?.service_sid, serviceSid);
    const { sms, mms, voice } = number.capabilities;
    return {
      ...newMember(call, sid),
      service_sid: serviceSid,
      phone_number: number.phone_number,
      country_code: countryOf(number.phone_number),
      capabilities: [...(sms ? ["SMS"] : []), ...(mms ? ["MMS"] : []), ...(voice ? ["Voice"] : [])],
    };
  },
};

const shortCode: Kind<MessagingShortCode> = {
  name: "ShortCode",
  listKey: "short_codes",
  members: (account) => account.messagingShortCodes,
  serviceOf: (member) => member.service_sid,
  add(call, serviceSid) {
    const { account, params } = call;
    const sid = params.needed("ShortCodeSid");
    const code = lookUp(account.shortCodes, sid);
    if (!code) throw unknownReference("ShortCodeSid", sid);
    refuseMember(lookUp(account.messagingShortCodes, sid)?.service_sid, serviceSid);
    return {
      ...newMember(call, sid),
      service_sid: serviceSid,
      short_code: code.short_code,
      country_code: "US",
      capabilities: ["SMS"],
    };
  },
};

const alphaSender: Kind<MessagingAlphaSender> = {
  name: "AlphaSender",
  listKey: "alpha_senders",
  members: (account) => account.messagingAlphaSenders,
  serviceOf: (member) => member.service_sid,
  add(call, serviceSid) {
    const { account, params } = call;
    const name = alphaNameOf(params);
    const isThere = Object.values(account.messagingAlphaSenders).some(
      (other) => other.service_sid === serviceSid && other.alpha_sender === name,
    );
    if (isThere) call.refuseIfStrict(alreadyInService());
    return {
      ...newMember(call, call.sid("AI")),
      service_sid: serviceSid,
      alpha_sender: name,
      capabilities: ["SMS"],
    };
  },
};

const destinationAlphaSender: Kind<MessagingDestinationAlphaSender> = {
  name: "DestinationAlphaSender",
  listKey: "alpha_senders",
  members: (account) => account.messagingDestinationAlphaSenders,
  serviceOf: (member) => member.service_sid,
  add(call, serviceSid) {
    const { account, params } = call;
    const country = params.text("IsoCountryCode")?.toUpperCase() ?? "";
    if (!/^([A-Z]{2})?$/.test(country)) throw invalidParameter("IsoCountryCode", "must be two letters");
    const name = alphaNameOf(params);
    const isTaken = Object.values(account.messagingDestinationAlphaSenders).some(
      (other) => other.service_sid === serviceSid && other.iso_country_code === country,
    );
    if (isTaken) call.refuseIfStrict(alreadyInService());
    return {
      ...newMember(call, call.sid("AI")),
      service_sid: serviceSid,
      alpha_sender: name,
      capabilities: ["SMS"],
      iso_country_code: country,
    };
  },
  suits({ params }, { iso_country_code }) {
    const country = params.text("IsoCountryCode");
    return country === undefined || iso_country_code === country.toUpperCase();
  },
};

function alphaNameOf(params: Params): string {
  const name = params.needed("AlphaSender");
  if (!/^[A-Za-z0-9 +\-_&]{1,11}$/.test(name) || !/[A-Za-z]/.test(name)) {
    throw invalidParameter(
      "AlphaSender",
      "must be 1 to 11 letters, digits, spaces or + - _ &, with a letter among them",
    );
  }
  return name;
}

const channelSender: Kind<MessagingChannelSender> = {
  name: "ChannelSender",
  listKey: "senders",
  isMissingIfEmpty: ({ quirks }) => quirks.emptyChannelSendersAre404 === true,
  members: (account) => account.messagingChannelSenders,
  serviceOf: (member) => member.messaging_service_sid,
  add(call, serviceSid) {
    const { account, params } = call;
    const sid = params.needed("Sid");
    const sender = lookUp(account.channelsSenders, sid);
    if (!sender) throw unknownReference("Sid", sid);
    refuseMember(lookUp(account.messagingChannelSenders, sid)?.messaging_service_sid, serviceSid);
    const number = /^whatsapp:(\+\d+)$/.exec(sender.sender_id)?.[1];
    return {
      ...newMember(call, sid),
      messaging_service_sid: serviceSid,
      sender: sender.sender_id,
      sender_type: number ? "WhatsApp" : "RCS",
      country_code: number ? countryOf(number) : null,
    };
  },
};

export const messagingMembers: Family = {
  document: "messaging_v1",
  operations: {
    ...operationsOf(phoneNumber),
    ...operationsOf(shortCode),
    ...operationsOf(alphaSender),
    ...operationsOf(destinationAlphaSender),
    ...operationsOf(channelSender),
  },
};

function operationsOf<T extends Member>(kind: Kind<T>): Family["operations"] {
  const { name, listKey, members, serviceOf, add, isMissingIfEmpty, suits = () => true } = kind;
  const shown = (member: T) => ({
    ...member,
    url: `https://messaging.twilio.com/v1/Services/${serviceOf(member)}/${name}s/${member.sid}`,
  });
  const memberOf = (call: Call) => {
    const member = call.found(members(call.account), call.path("Sid"));
    if (serviceOf(member) !== serviceSidOf(call)) throw call.notFound();
    return member;
  };
  return {
    [`Create${name}`](call) {
      const member = add(call, serviceSidOf(call));
      members(call.account)[member.sid] = member;
      return shown(member);
    },

    [`List${name}`](call) {
      const serviceSid = serviceSidOf(call);
      const own = Object.values(members(call.account)).filter(
        (member) => serviceOf(member) === serviceSid && suits(call, member),
      );
      if (own.length === 0 && isMissingIfEmpty?.(call)) throw call.notFound();
      return call.list(listKey, own, shown);
    },

    [`Fetch${name}`]: (call) => shown(memberOf(call)),

    [`Delete${name}`](call) {
      delete members(call.account)[memberOf(call).sid];
      return undefined;
    },
  };
}

/** SID of the service in the path, which must be there. */
function serviceSidOf(call: Call): string {
  const sid = call.path("ServiceSid") || call.path("MessagingServiceSid");
  return call.found(call.account.messagingServices, sid).sid;
}

/** What is in a service already joins no service, not even that one again. */
function refuseMember(joined: string | undefined, wanted: string): void {
  if (joined === undefined) return;
  throw joined === wanted
    ? alreadyInService()
    : new TwilioError(409, 21712, "Phone Number or Short Code is associated with another Messaging Service.");
}

const alreadyInService = () =>
  new TwilioError(409, 21710, "Phone Number or Short Code is already in the Messaging Service.");

const newMember = ({ account, now }: Call, sid: string): Member => ({
  sid,
  account_sid: account.sid,
  date_created: now,
  date_updated: now,
});
