import { type Call, type Family, lookUp } from "../../api/call";
import { joined } from "./joining";
import { participantsOf } from "./relations";
import { proxyMissing, proxyServiceOf } from "./services";
import { proxySessionOf } from "./sessions";

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

export const proxyParticipants: Family = {
  document: "proxy_v1",
  operations: {
    CreateParticipant(call) {
      const service = proxyServiceOf(call, "ServiceSid");
      const session = proxySessionOf(call, "SessionSid");
      const participant = joined(call, service, session, participantsOf(call.account, session), call.params);
      call.account.proxyParticipants[participant.sid] = participant;
      return shown(participant);
    },

    ListParticipant: (call) =>
      call.list("participants", participantsOf(call.account, proxySessionOf(call, "SessionSid")), shown),

    FetchParticipant: (call) => shown(proxyParticipantOf(call, "Sid")),

    /** They stay with the session, cannot join it again and are gone with it, as the document says. */
    DeleteParticipant(call) {
      const participant = proxyParticipantOf(call, "Sid");
      participant.date_deleted ??= call.now;
      participant.date_updated = call.now;
      return undefined;
    },
  },
};

export function proxyParticipantOf(call: Call, name: "Sid" | "ParticipantSid"): ProxyParticipant {
  const session = proxySessionOf(call, "SessionSid");
  const participant = lookUp(call.account.proxyParticipants, call.path(name));
  if (participant?.session_sid !== session.sid) throw proxyMissing(call, "Participant");
  return participant;
}

export const participantUrl = ({ service_sid, session_sid, sid }: ProxyParticipant) =>
  `https://proxy.twilio.com/v1/Services/${service_sid}/Sessions/${session_sid}/Participants/${sid}`;

function shown(participant: ProxyParticipant) {
  const url = participantUrl(participant);
  return { ...participant, url, links: { message_interactions: `${url}/MessageInteractions` } };
}
