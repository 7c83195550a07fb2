import type { ServiceInstance } from "twilio/lib/rest/conversations/v1/service";
import { findable } from "./findOne";

/** Conversations services, which two lookups look among. */
export const conversationsServices = findable<{ sid?: string; friendlyName?: string }, ServiceInstance>({
  label: "Conversations service",
  plural: "Conversations services",
  fetch: (twilio, sid) => twilio.conversations.v1.services(sid).fetch(),
  list: (twilio, _, limit) => twilio.conversations.v1.services.list({ pageSize: 100, limit }),
  sid: (service) => service.sid,
  called: (service) => service.friendlyName,
  isMeant: (service, { friendlyName }) => service.friendlyName === friendlyName,
});

export const conversationsServiceResult = (service: ServiceInstance) => ({
  sid: service.sid,
  accountSid: service.accountSid,
  friendlyName: service.friendlyName,
});
