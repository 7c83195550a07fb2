import { type Kinds, objects } from "./kind";

const services = "proxy_v1 /v1/Services";
const inService = (path: string) => `${services}/{ServiceSid}/${path}`;
const inSession = (path: string) => inService(`Sessions/{SessionSid}/${path}`);

export const proxyKinds: Kinds = {
  [services]: objects("proxyServices"),
  [inService("PhoneNumbers")]: objects("proxyPhoneNumbers", {
    derived: ["in_use"],
    apartFrom: "messagingPhoneNumbers",
  }),
  [inService("Sessions")]: objects("proxySessions"),
  [inSession("Interactions")]: objects("proxyInteractions", { added: { participant_sid: null } }),
  [inSession("Participants")]: objects("proxyParticipants"),
  [inSession("Participants/{ParticipantSid}/MessageInteractions")]: objects("proxyInteractions"),
};
