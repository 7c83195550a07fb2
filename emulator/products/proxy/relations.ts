import type { Account } from "../../account/state";
import { isoDate } from "../../api/clock";
import { TwilioError } from "../../api/errors";
import type { ProxyInteraction } from "./interactions";
import type { ProxyParticipant } from "./participants";
import type { ProxyPhoneNumber } from "./phone-numbers";
import type { ProxyService } from "./services";
import type { ProxySession } from "./sessions";

// What sessions, participants and numbers of a Proxy service have to do with each other.

/** An open session without participants, for as long as its service says. */
export function newProxySession(sid: string, service: ProxyService, now: string): ProxySession {
  return {
    sid,
    service_sid: service.sid,
    account_sid: service.account_sid,
    unique_name: null,
    status: "open",
    closed_reason: "",
    ttl: service.default_ttl,
    mode: "voice-and-message",
    date_started: now,
    date_ended: null,
    date_last_interaction: null,
    date_expiry: null,
    date_created: now,
    date_updated: now,
  };
}

/** The number a participant writes to, or an address of another channel, such as `whatsapp:+15017122661`. */
export type ProxyIdentifier = Pick<ProxyParticipant, "proxy_identifier" | "proxy_identifier_sid">;

export function newProxyParticipant(
  sid: string,
  session: ProxySession,
  identifier: string,
  proxy: ProxyIdentifier,
  now: string,
): ProxyParticipant {
  return {
    sid,
    session_sid: session.sid,
    service_sid: session.service_sid,
    account_sid: session.account_sid,
    friendly_name: null,
    identifier,
    ...proxy,
    date_deleted: null,
    date_created: now,
    date_updated: now,
  };
}

/** One end of a message: whose it is, and the message there. */
export interface ProxyMessageEnd {
  participant: ProxyParticipant;
  messageSid: string;
}

/** A message that came in at one end, went out at the other, or both. */
export function newProxyMessage(
  sid: string,
  session: ProxySession,
  body: string,
  ends: { inbound?: ProxyMessageEnd; outbound?: ProxyMessageEnd },
  now: string,
): ProxyInteraction {
  const { inbound, outbound } = ends;
  return {
    sid,
    session_sid: session.sid,
    service_sid: session.service_sid,
    account_sid: session.account_sid,
    participant_sid: null,
    data: JSON.stringify({ body }),
    type: "message",
    inbound_participant_sid: inbound?.participant.sid ?? null,
    inbound_resource_sid: inbound?.messageSid ?? null,
    inbound_resource_status: inbound ? "received" : null,
    inbound_resource_type: inbound ? "Message" : null,
    inbound_resource_url: null,
    outbound_participant_sid: outbound?.participant.sid ?? null,
    outbound_resource_sid: outbound?.messageSid ?? null,
    outbound_resource_status: outbound ? "sent" : null,
    outbound_resource_type: outbound ? "Message" : null,
    outbound_resource_url: null,
    date_created: now,
    date_updated: now,
  };
}

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
