import { type Json, type Kinds, objects } from "./kind";

const services = "proxy_v1 /v1/Services";
const inService = (path: string) => `${services}/{ServiceSid}/${path}`;
const inSession = (path: string) => inService(`Sessions/{SessionSid}/${path}`);

const phoneNumbers = inService("PhoneNumbers");

/** The number that a participant is reached through. That of the examples cannot do enough. */
const poolNumber = ({ proxy_identifier }: Json) => {
  const able = { sms_inbound: true, sms_outbound: true, voice_inbound: true, voice_outbound: true };
  return { phone_number: proxy_identifier, capabilities: able };
};

/** The session of the examples expired in 2015. */
const openSession = {
  kind: inService("Sessions"),
  as: () => ({ status: "open", closed_reason: "", date_ended: null, date_expiry: null, ttl: 0 }),
};

export const proxyKinds: Kinds = {
  [phoneNumbers]: objects("proxyPhoneNumbers", {
    derived: ["in_use"],
    apartFrom: "messagingPhoneNumbers",
  }),
  [inSession("Interactions")]: objects("proxyInteractions", { added: { participant_sid: null } }),
  [inSession("Participants")]: objects("proxyParticipants", {
    besides: [openSession, { kind: phoneNumbers, as: poolNumber }],
  }),
  [inSession("Participants/{ParticipantSid}/MessageInteractions")]: objects("proxyInteractions", {
    besides: [openSession, { kind: inSession("Participants"), as: () => ({ date_deleted: null }) }],
  }),
};
