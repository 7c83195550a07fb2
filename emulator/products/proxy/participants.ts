import type { Family } from "../../api/call";
import { joined } from "./joining";
import type { ProxyParticipant } from "./records";
import {
  participantsOf,
  participantUrl,
  proxyParticipantOf,
  proxyServiceOf,
  proxySessionOf,
} from "./relations";

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

function shown(participant: ProxyParticipant) {
  const url = participantUrl(participant);
  return { ...participant, url, links: { message_interactions: `${url}/MessageInteractions` } };
}
