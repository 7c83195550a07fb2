import type { ServiceInstance } from "twilio/lib/rest/messaging/v1/service";
import { Collection } from "../life/collection";

/** The account's Messaging Services. */
export const messagingServices = new Collection<ServiceInstance>({
  label: "Messaging Service",
  prefix: "MG",
  id: (service) => service.sid,
  called: (service) => service.friendlyName,
  list: (twilio) => twilio.messaging.v1.services.list({ pageSize: 1000 }),
  read: (twilio, id) => twilio.messaging.v1.services(id).fetch(),
});
