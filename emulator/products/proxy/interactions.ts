import { type Call, type Family, lookUp } from "../../api/call";
import { missingParameter } from "../../api/errors";
import { newProxyMessage, type ProxyInteraction, type ProxyParticipant } from "./records";
import {
  addProxyInteraction,
  participantUrl,
  proxyMissing,
  proxyParticipantOf,
  proxySessionOf,
  refuseClosed,
} from "./relations";

export const proxyInteractions: Family = {
  document: "proxy_v1",
  operations: {
    ListInteraction(call) {
      const { sid } = proxySessionOf(call, "SessionSid");
      return call.list(
        "interactions",
        interactionsOf(call, ({ session_sid }) => session_sid === sid),
        shown,
      );
    },

    FetchInteraction: (call) => shown(interactionOf(call)),

    DeleteInteraction(call) {
      delete call.account.proxyInteractions[interactionOf(call).sid];
      return undefined;
    },

    /** Nothing is sent: the interaction and its session look as if it had been. */
    CreateMessageInteraction(call) {
      const { params, account, now } = call;
      const session = proxySessionOf(call, "SessionSid");
      const participant = proxyParticipantOf(call, "ParticipantSid");
      const body = params.text("Body") ?? "";
      if (!body && !params.list("MediaUrl")?.length) throw missingParameter("Body");
      refuseClosed(session, now);
      if (participant.date_deleted !== null) throw proxyMissing(call, "Participant");
      const outbound = { participant, messageSid: call.sid("SM") };
      const interaction: ProxyInteraction = {
        ...newProxyMessage(call, session, body, { outbound }),
        participant_sid: participant.sid,
      };
      addProxyInteraction(account, interaction);
      return shownFor(participant, interaction);
    },

    ListMessageInteraction(call) {
      const participant = proxyParticipantOf(call, "ParticipantSid");
      const made = interactionsOf(call, ({ participant_sid }) => participant_sid === participant.sid);
      return call.list("interactions", made, (interaction) => shownFor(participant, interaction));
    },

    FetchMessageInteraction(call) {
      const participant = proxyParticipantOf(call, "ParticipantSid");
      const interaction = lookUp(call.account.proxyInteractions, call.path("Sid"));
      if (interaction?.participant_sid !== participant.sid) throw proxyMissing(call, "Interaction");
      return shownFor(participant, interaction);
    },
  },
};

const interactionsOf = ({ account }: Call, wanted: (interaction: ProxyInteraction) => boolean) =>
  Object.values(account.proxyInteractions).filter(wanted);

function interactionOf(call: Call): ProxyInteraction {
  const session = proxySessionOf(call, "SessionSid");
  const interaction = lookUp(call.account.proxyInteractions, call.path("Sid"));
  if (interaction?.session_sid !== session.sid) throw proxyMissing(call, "Interaction");
  return interaction;
}

function shown({ participant_sid, ...interaction }: ProxyInteraction) {
  const { service_sid, session_sid, sid } = interaction;
  const session = `https://proxy.twilio.com/v1/Services/${service_sid}/Sessions/${session_sid}`;
  return { ...interaction, url: `${session}/Interactions/${sid}` };
}

function shownFor(participant: ProxyParticipant, interaction: ProxyInteraction) {
  return { ...interaction, url: `${participantUrl(participant)}/MessageInteractions/${interaction.sid}` };
}
