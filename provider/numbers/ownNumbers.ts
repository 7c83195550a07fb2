import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import { Collection } from "../life/collection";

/** The account's phone numbers. */
export const ownNumbers = new Collection<IncomingPhoneNumberInstance>({
  label: "phone number",
  prefix: "PN",
  id: (number) => number.sid,
  names: ({ sid, phoneNumber }) => ({ phoneNumberSid: sid, phoneNumber }),
  list: (twilio) => twilio.incomingPhoneNumbers.list({ pageSize: 1000 }),
  read: (twilio, id) => twilio.incomingPhoneNumbers(id).fetch(),
});

export const notOwned = (phoneNumber: string | undefined): string =>
  `${phoneNumber} is not a number of this account; buy it first, or check whose credentials these are`;
