import type { Account } from "../../account/state";
import type { Call } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import type { Params } from "../../api/params";
import { countryOf } from "../numbers/countries";
import {
  newProxyParticipant,
  type ProxyIdentifier,
  type ProxyParticipant,
  type ProxyPhoneNumber,
  type ProxyService,
  type ProxySession,
} from "./records";
import { openProxySession, refuseClosed } from "./relations";

/** A participant as `wanted` has them, who may join those that are in the session; not yet among the account's. */
export function joined(
  call: Call,
  service: ProxyService,
  session: ProxySession,
  others: ProxyParticipant[],
  wanted: Params,
): ProxyParticipant {
  const { account, now } = call;
  const identifier = wanted.needed("Identifier");
  const friendlyName = wanted.text("FriendlyName") || null;
  if (identifier.length > 191) throw invalidParameter("Identifier", "must be at most 191 characters");
  if (friendlyName && friendlyName.length > 255)
    throw invalidParameter("FriendlyName", "must be at most 255 characters");
  refuseClosed(session, now);
  if (others.some((other) => other.identifier === identifier))
    throw new TwilioError(400, 80103, `${identifier} is already a participant of ${session.sid}`);
  if (others.filter(({ date_deleted }) => date_deleted === null).length >= 2)
    throw new TwilioError(400, 80609, "A Session may have at most 2 participants");

  const sid = wanted.text("ProxyIdentifierSid") || undefined;
  const address = wanted.text("ProxyIdentifier") || undefined;
  const proxy =
    sid || address
      ? namedIdentifier(account, service, { sid, address })
      : chosenIdentifier(account, service, session, identifier, now);
  const participant = newProxyParticipant(call, session, identifier, proxy);
  refuseConflict(account, participant, now);
  return { ...participant, friendly_name: friendlyName };
}

/** Two open sessions of one pair would both claim its messages: https://www.twilio.com/docs/api/errors/80604 */
export function refuseConflict(account: Account, participant: ProxyParticipant, now: string): void {
  const { service_sid, identifier, proxy_identifier } = participant;
  const pair = { serviceSid: service_sid, identifier, proxyIdentifier: proxy_identifier };
  const other = openProxySession(account, pair, now);
  if (other)
    throw new TwilioError(400, 80604, `${proxy_identifier} is in use by ${identifier} in ${other.sid}`);
}

/** One that the request names: a number of the pool, or any address that is no plain number. */
function namedIdentifier(
  account: Account,
  { sid: serviceSid }: ProxyService,
  named: { sid: string | undefined; address: string | undefined },
): ProxyIdentifier {
  const number = poolOf(account, serviceSid).find(
    ({ sid, phone_number }) => (named.sid ?? sid) === sid && (named.address ?? phone_number) === phone_number,
  );
  if (number) return identifierOf(number);
  if (named.address?.includes(":")) return { proxy_identifier: named.address, proxy_identifier_sid: null };
  throw new TwilioError(400, 80601, `${named.sid ?? named.address} is not in the pool of ${serviceSid}`);
}

/**
 * A number for somebody who has not named one: of the same country, able to do what the session is for, not reserved, and
 * not theirs in another open session. Whether it is rather an old acquaintance or a new one is the service's choice.
 * @see https://www.twilio.com/docs/api/errors/80206
 */
function chosenIdentifier(
  account: Account,
  service: ProxyService,
  session: ProxySession,
  identifier: string,
  now: string,
): ProxyIdentifier {
  const refusal = (code: number, why: string) =>
    new TwilioError(400, code, `This Service has no compatible Proxy numbers for this Participant: ${why}`);
  const pool = poolOf(account, service.sid);
  if (pool.length === 0) throw refusal(80205, "it has no numbers at all");
  const country = identifier.startsWith("+") ? countryOf(identifier) : null;
  const fitting = pool.filter(
    ({ iso_country, capabilities }) =>
      (country === null || iso_country === country) &&
      capabilitiesFor(session).every((capability) => capabilities[capability]),
  );
  const unreserved = fitting.filter(({ is_reserved }) => !is_reserved);
  if (fitting.length > 0 && unreserved.length === 0) throw refusal(80207, "all that fit are reserved");
  const free = unreserved.filter(({ phone_number }) => {
    const pair = { serviceSid: service.sid, identifier, proxyIdentifier: phone_number };
    return !openProxySession(account, pair, now);
  });
  const known = Object.values(account.proxyParticipants).filter(
    (other) => other.service_sid === service.sid && other.identifier === identifier,
  );
  const isKnown = ({ sid }: ProxyPhoneNumber) => known.some((other) => other.proxy_identifier_sid === sid);
  const wantsKnown = service.number_selection_behavior === "prefer-sticky";
  const number = free.find((candidate) => isKnown(candidate) === wantsKnown) ?? free[0];
  if (!number) throw refusal(80206, `none fits ${identifier}, or all are in use by it in other sessions`);
  return identifierOf(number);
}

const poolOf = (account: Account, serviceSid: string) =>
  Object.values(account.proxyPhoneNumbers).filter(({ service_sid }) => service_sid === serviceSid);

const identifierOf = ({ sid, phone_number }: ProxyPhoneNumber): ProxyIdentifier => ({
  proxy_identifier: phone_number,
  proxy_identifier_sid: sid,
});

function capabilitiesFor({ mode }: ProxySession): string[] {
  const message = ["sms_inbound", "sms_outbound"];
  const voice = ["voice_inbound", "voice_outbound"];
  if (mode === "message-only") return message;
  return mode === "voice-only" ? voice : [...message, ...voice];
}
