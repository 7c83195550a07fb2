import { isObject, parseJson } from "../../api/body";
import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { conversationFrom, shownWithParticipants } from "./conversations";
import { participantFrom } from "./participants";
import type { ConversationParticipant } from "./records";
import { addParticipant, openConversationOf, type ParticipantParts } from "./relations";
import { inBothScopes } from "./scope";

/** A conversation and its first participants in one request: all of them, or nothing is made. */
export const conversationWithParticipants: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateConversationWithParticipants(call, scope) {
      const conversation = conversationFrom(call, scope);
      const participants: ConversationParticipant[] = [];
      for (const parts of partsOf(call)) {
        const { address = "", proxyAddress = "" } = parts;
        if (openConversationOf(call.account, address, proxyAddress)) {
          throw new TwilioError(409, 50425, `${address} and ${proxyAddress} are in another conversation`);
        }
        participants.push(participantFrom(call, conversation, parts, participants));
      }
      call.account.conversations[conversation.sid] = conversation;
      for (const participant of participants) addParticipant(call, conversation, participant);
      // The document's example with participants is of a request that is accepted; here they have joined by then.
      if (participants.length > 0) call.status = 202;
      return shownWithParticipants(conversation, scope);
    },
  }),
};

function partsOf({ params }: Call): ParticipantParts[] {
  const texts = params.list("Participant") ?? [];
  if (texts.length > 10) throw invalidParameter("Participant", "must be at most 10");
  return texts.map((text) => {
    const participant = parseJson(text)?.value;
    if (!isObject(participant)) throw invalidParameter("Participant", "must be JSON objects");
    const { messaging_binding } = participant;
    const binding = isObject(messaging_binding) ? messaging_binding : {};
    return {
      identity: textIn(participant, "identity"),
      address: textIn(binding, "address"),
      proxyAddress: textIn(binding, "proxy_address"),
      projectedAddress: textIn(binding, "projected_address"),
      attributes: textIn(participant, "attributes"),
      roleSid: textIn(participant, "role_sid"),
    };
  });
}

function textIn(record: Record<string, unknown>, name: string): string | undefined {
  const value = record[name];
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw invalidParameter("Participant", `${name} must be a text`);
}
