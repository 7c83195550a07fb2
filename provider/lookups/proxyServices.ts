import type { ServiceInstance } from "twilio/lib/rest/proxy/v1/service";
import { proxyMessageUrl } from "../twilio/webhooks";
import type { Finding } from "./findOne";

/** Exactly one is given. */
export interface ProxyServiceQuery {
  /** SID of the service (KS…). */
  sid?: string;
  /** Name by which the service is known in the account. */
  uniqueName?: string;
}

export interface ProxyServiceResult {
  /** SID of the service (KS…). */
  sid: string;
  accountSid: string;
  uniqueName: string;
  /** SID of the Chat service (IS…) whose channels are participants; blank where there is none. */
  chatInstanceSid: string;
  /** URL that a number or sender posts messages to, so that this service handles them. */
  messageWebhookUrl: string;
}

/** Proxy services, which two lookups look among. */
export const proxyServices: Finding<ProxyServiceQuery, ServiceInstance> = {
  label: "Proxy service",
  plural: "Proxy services",
  fetch: (twilio, sid) => twilio.proxy.v1.services(sid).fetch(),
  list: (twilio, _, limit) => twilio.proxy.v1.services.list({ pageSize: 100, limit }),
  sid: (service) => service.sid,
  called: (service) => service.uniqueName,
  isMeant: (service, { uniqueName }) => service.uniqueName === uniqueName,
};

export const proxyServiceResult = (service: ServiceInstance): ProxyServiceResult => ({
  sid: service.sid,
  accountSid: service.accountSid,
  uniqueName: service.uniqueName,
  chatInstanceSid: service.chatInstanceSid ?? "",
  messageWebhookUrl: proxyMessageUrl(service.accountSid, service.sid),
});
