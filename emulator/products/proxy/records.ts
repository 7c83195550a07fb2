import type { Stamp } from "../../api/clock";

export interface ProxyService {
  sid: string;
  account_sid: string;
  unique_name: string;
  /** Names a chat service, which need not be there. */
  chat_instance_sid: string | null;
  callback_url: string | null;
  default_ttl: number;
  number_selection_behavior: string;
  geo_match_level: string;
  intercept_callback_url: string | null;
  out_of_session_callback_url: string | null;
  date_created: string;
  date_updated: string;
}

/** A number in the pool of a Proxy service. Its SID is the number's. How many sessions use it is counted when it is shown. */
export interface ProxyPhoneNumber {
  sid: string;
  account_sid: string;
  service_sid: string;
  phone_number: string;
  friendly_name: string;
  iso_country: string | null;
  capabilities: Record<string, boolean>;
  is_reserved: boolean;
  date_created: string;
  date_updated: string;
}

/** One that has expired keeps its status here; in answers it is closed. */
export interface ProxySession {
  sid: string;
  service_sid: string;
  account_sid: string;
  unique_name: string | null;
  status: string;
  closed_reason: string;
  /** Seconds from its creation or its last interaction to its end; 0 for no end. */
  ttl: number;
  mode: string;
  date_started: string;
  date_ended: string | null;
  date_last_interaction: string | null;
  /** Counts instead of `ttl` where it is set. */
  date_expiry: string | null;
  date_created: string;
  date_updated: string;
}

/** An open session without participants, for as long as its service says. */
export function newProxySession({ now, sid }: Stamp, service: ProxyService): ProxySession {
  return {
    sid: sid("KC"),
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

/** One of the two in a session. */
export interface ProxyParticipant {
  sid: string;
  session_sid: string;
  service_sid: string;
  account_sid: string;
  friendly_name: string | null;
  identifier: string;
  proxy_identifier: string;
  /** Null where the proxy identifier is no number of the pool. */
  proxy_identifier_sid: string | null;
  date_deleted: string | null;
  date_created: string;
  date_updated: string;
}

/** The number a participant writes to, or an address of another channel, such as `whatsapp:+15017122661`. */
export type ProxyIdentifier = Pick<ProxyParticipant, "proxy_identifier" | "proxy_identifier_sid">;

export function newProxyParticipant(
  { now, sid }: Stamp,
  session: ProxySession,
  identifier: string,
  proxy: ProxyIdentifier,
): ProxyParticipant {
  return {
    sid: sid("KP"),
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

/** A message that went, or a call, from one participant to the other or from nobody to one of them. */
export interface ProxyInteraction extends ProxyLegs {
  sid: string;
  session_sid: string;
  service_sid: string;
  account_sid: string;
  /** Whom a message interaction was made for; null for one that a participant began. */
  participant_sid: string | null;
  /** JSON text, `{"body":"…"}` for a message. */
  data: string;
  type: string;
  date_created: string;
  date_updated: string;
}

interface ProxyLegs {
  inbound_participant_sid: string | null;
  inbound_resource_sid: string | null;
  inbound_resource_status: string | null;
  inbound_resource_type: string | null;
  inbound_resource_url: string | null;
  outbound_participant_sid: string | null;
  outbound_resource_sid: string | null;
  outbound_resource_status: string | null;
  outbound_resource_type: string | null;
  outbound_resource_url: string | null;
}

/** One end of a message: whose it is, and the message there. */
export interface ProxyMessageEnd {
  participant: ProxyParticipant;
  messageSid: string;
}

/** A message that came in at one end, went out at the other, or both. */
export function newProxyMessage(
  { now, sid }: Stamp,
  session: ProxySession,
  body: string,
  ends: { inbound?: ProxyMessageEnd; outbound?: ProxyMessageEnd },
): ProxyInteraction {
  const { inbound, outbound } = ends;
  return {
    sid: sid("KI"),
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
