import type { ServiceInstance } from "twilio/lib/rest/messaging/v1/service";
import type { PhoneNumberInstance } from "twilio/lib/rest/messaging/v1/service/phoneNumber";
import { Collection } from "../life/collection";
import { parentIn, sidIn } from "../life/frame";

/** The account's Messaging Services. */
export const messagingServices = new Collection<ServiceInstance>({
  label: "Messaging Service",
  prefix: "MG",
  id: (service) => service.sid,
  called: (service) => service.friendlyName,
  list: (twilio) => twilio.messaging.v1.services.page({ pageSize: 1000 }),
  read: (twilio, id) => twilio.messaging.v1.services(id).fetch(),
});

/** The numbers in each of them. */
export const numbersInServices = new Collection<PhoneNumberInstance>({
  label: "number in a Messaging Service",
  id: (member) => `${member.serviceSid}/${member.sid}`,
  names: ({ sid, phoneNumber }) => ({ phoneNumberSid: sid, phoneNumber }),
  list: (twilio, serviceSid) =>
    twilio.messaging.v1.services(serviceSid).phoneNumbers.page({ pageSize: 1000 }),
  read: (twilio, id) => twilio.messaging.v1.services(parentIn(id)).phoneNumbers(sidIn(id)).fetch(),
});
