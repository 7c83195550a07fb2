import type { ServiceInstance } from "twilio/lib/rest/proxy/v1/service";
import { orMissing } from "../twilio/missing";
import { proxyMessageUrl } from "../twilio/webhooks";
import { findable } from "./findOne";

/** Proxy services, which two lookups look among. */
export const proxyServices = findable<{ sid?: string; uniqueName?: string }, ServiceInstance>({
  label: "Proxy service",
  plural: "Proxy services",
  fetch: (twilio, sid) => orMissing(twilio.proxy.v1.services(sid).fetch()),
  list: (twilio, _, limit) => twilio.proxy.v1.services.list({ pageSize: 100, limit }),
  sid: (service) => service.sid,
  called: (service) => service.uniqueName,
  isMeant: (service, { uniqueName }) => service.uniqueName === uniqueName,
});

export const proxyServiceResult = (service: ServiceInstance) => ({
  sid: service.sid,
  accountSid: service.accountSid,
  uniqueName: service.uniqueName,
  chatInstanceSid: service.chatInstanceSid ?? "",
  messageWebhookUrl: proxyMessageUrl(service.accountSid, service.sid),
});
