import type { ServiceInstance } from "twilio/lib/rest/proxy/v1/service";
import { Collection } from "../life/collection";
import { orMissing } from "../twilio/missing";

/** The account's Proxy services. */
export const proxyServices = new Collection<ServiceInstance>({
  label: "Proxy service",
  prefix: "KS",
  id: (service) => service.sid,
  called: (service) => service.uniqueName,
  list: (twilio) => twilio.proxy.v1.services.page({ pageSize: 100 }),
  read: (twilio, id) => orMissing(twilio.proxy.v1.services(id).fetch()),
});
