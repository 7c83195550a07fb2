import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import type { ShortCodeInstance } from "twilio/lib/rest/api/v2010/account/shortCode";
import { Collection } from "../life/collection";

/** The account's phone numbers. */
export const ownNumbers = new Collection<IncomingPhoneNumberInstance>({
  label: "phone number",
  prefix: "PN",
  id: (number) => number.sid,
  names: ({ sid, phoneNumber }) => ({ phoneNumberSid: sid, phoneNumber }),
  list: (twilio) => twilio.incomingPhoneNumbers.page({ pageSize: 1000 }),
  read: (twilio, id) => twilio.incomingPhoneNumbers(id).fetch(),
});

/** The account's short codes. */
export const shortCodes = new Collection<ShortCodeInstance>({
  label: "short code",
  prefix: "SC",
  id: (found) => found.sid,
  names: ({ sid, shortCode }) => ({ shortCodeSid: sid, shortCode }),
  list: (twilio) => twilio.shortCodes.page({ pageSize: 1000 }),
  read: (twilio, id) => twilio.shortCodes(id).fetch(),
});

export const notOwned = (phoneNumber: string | undefined): string =>
  `${phoneNumber} is not a number of this account; buy it first, or check whose credentials these are`;
