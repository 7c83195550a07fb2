import type { Account } from "../../account/state";
import { type Call, lookUp } from "../../api/call";
import { isoDate } from "../../api/clock";
import { TwilioError } from "../../api/errors";
import type {
  ProxyInteraction,
  ProxyParticipant,
  ProxyPhoneNumber,
  ProxyService,
  ProxySession,
} from "./records";

// What sessions, participants and numbers of a Proxy service have to do with each other.

/** Keeps an interaction, which puts off the end of its session: the time to live counts from the last one. */
export function addProxyInteraction(account: Account, interaction: ProxyInteraction): void {
  account.proxyInteractions[interaction.sid] = interaction;
  const session = account.proxySessions[interaction.session_sid];
  if (!session) return;
  session.status = "in-progress";
  session.date_last_interaction = interaction.date_created;
  session.date_updated = interaction.date_created;
}

const isOpen = ({ status }: ProxySession) => status === "open" || status === "in-progress";

/** The session as it is at that time: one that has expired is closed, without anybody having closed it. */
export function sessionAt(session: ProxySession, now: string): ProxySession {
  const end = expiryOf(session);
  if (!isOpen(session) || end === null || end > now) return session;
  return { ...session, status: "closed", closed_reason: "expired", date_ended: end };
}

export function refuseClosed(session: ProxySession, now: string): void {
  if (!isOpen(sessionAt(session, now)))
    throw new TwilioError(400, 80607, "Session is closed and cannot be updated");
}

function expiryOf({ date_expiry, ttl, date_last_interaction, date_created }: ProxySession): string | null {
  if (date_expiry !== null) return date_expiry;
  if (ttl === 0) return null;
  return isoDate(new Date(Date.parse(date_last_interaction ?? date_created) + ttl * 1000));
}

/** Who is reached through that number, or sends to it, in an open session of the service. */
interface Pair {
  serviceSid: string;
  /** The participant's own number or address. */
  identifier: string;
  proxyIdentifier: string;
}

/** The open session in which the pair is, if there is one. */
export function openProxySession(account: Account, pair: Pair, now: string): ProxySession | undefined {
  const participant = activeParticipants(account, pair.serviceSid, now).find(
    ({ identifier, proxy_identifier }) =>
      identifier === pair.identifier && proxy_identifier === pair.proxyIdentifier,
  );
  return participant && account.proxySessions[participant.session_sid];
}

/** Everybody in a session, the deleted ones too. */
export const participantsOf = (account: Account, { sid }: ProxySession): ProxyParticipant[] =>
  Object.values(account.proxyParticipants).filter(({ session_sid }) => session_sid === sid);

/** Takes a session away with everything in it. */
export function removeProxySession(account: Account, session: ProxySession): void {
  delete account.proxySessions[session.sid];
  for (const collection of [account.proxyParticipants, account.proxyInteractions]) {
    for (const { sid, session_sid } of Object.values(collection)) {
      if (session_sid === session.sid) delete collection[sid];
    }
  }
}

/** How many open sessions use a number. */
export function sessionsUsing(account: Account, { sid, service_sid }: ProxyPhoneNumber, now: string): number {
  const users = activeParticipants(account, service_sid, now).filter(
    ({ proxy_identifier_sid }) => proxy_identifier_sid === sid,
  );
  return new Set(users.map(({ session_sid }) => session_sid)).size;
}

/** Everybody who is in an open session of the service. */
function activeParticipants(account: Account, serviceSid: string, now: string): ProxyParticipant[] {
  return Object.values(account.proxyParticipants).filter(({ session_sid, service_sid, date_deleted }) => {
    const session = account.proxySessions[session_sid];
    if (!session || service_sid !== serviceSid || date_deleted !== null) return false;
    return isOpen(sessionAt(session, now));
  });
}

/** The service whose SID is in the path under `name`. */
export function proxyServiceOf(call: Call, name: "Sid" | "ServiceSid"): ProxyService {
  const service = lookUp(call.account.proxyServices, call.path(name));
  if (!service) throw proxyMissing(call, "Service");
  return service;
}

/** The codes are those of Twilio's error dictionary: https://www.twilio.com/docs/api/errors/80408 */
const invalidSid = {
  Interaction: 80403,
  Participant: 80405,
  "Phone Number": 80407,
  Service: 80408,
  Session: 80409,
} as const;

export const proxyMissing = (call: Call, kind: keyof typeof invalidSid) =>
  (call.quirks.proxyMissingIs400 ?? true)
    ? new TwilioError(400, invalidSid[kind], `Invalid ${kind} Sid`)
    : call.notFound();

/** The session in the path, by its SID or, where the path allows it, its unique name. */
export function proxySessionOf(call: Call, name: "Sid" | "SessionSid"): ProxySession {
  const wanted = call.path(name);
  const sessions = sessionsOf(call, proxyServiceOf(call, "ServiceSid"));
  const session =
    sessions.find(({ sid }) => sid === wanted) ?? sessions.find(({ unique_name }) => unique_name === wanted);
  if (!session) throw proxyMissing(call, "Session");
  return session;
}

export function proxyParticipantOf(call: Call, name: "Sid" | "ParticipantSid"): ProxyParticipant {
  const session = proxySessionOf(call, "SessionSid");
  const participant = lookUp(call.account.proxyParticipants, call.path(name));
  if (participant?.session_sid !== session.sid) throw proxyMissing(call, "Participant");
  return participant;
}

export const participantUrl = ({ service_sid, session_sid, sid }: ProxyParticipant) =>
  `https://proxy.twilio.com/v1/Services/${service_sid}/Sessions/${session_sid}/Participants/${sid}`;

export const sessionsOf = ({ account }: Call, service: ProxyService) =>
  Object.values(account.proxySessions).filter(({ service_sid }) => service_sid === service.sid);
