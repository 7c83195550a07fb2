import type { Account } from "../../account/state";
import type { PhoneNumber } from "./records";

/** Takes a number out of an account, and out of everything there that works with it. */
export function releaseNumber(account: Account, { sid, phone_number }: PhoneNumber): void {
  delete account.phoneNumbers[sid];
  delete account.proxyPhoneNumbers[sid];
  delete account.messagingPhoneNumbers[sid];
  for (const { sid, type, address } of Object.values(account.addressConfigurations)) {
    if (address === phone_number && String(type).toLowerCase() === "sms")
      delete account.addressConfigurations[sid];
  }
}
