import type { Call, Family } from "../../api/call";
import { friendlyNameOf, methodOf, numberMatcher, shownDates, urlOf } from "../../api/v2010";
import type { ShortCode } from "./records";

/** Twilio leases short codes out by contract: there is nothing to create or delete. */
export const shortCodes: Family = {
  document: "api_v2010",
  operations: {
    ListShortCode(call) {
      const { params, account } = call;
      const name = params.text("FriendlyName");
      const digits = numberMatcher(params.text("ShortCode") ?? "");
      const found = Object.values(account.shortCodes).filter(
        ({ friendly_name, short_code }) =>
          (name === undefined || friendly_name === name) && digits.test(short_code),
      );
      return call.list("short_codes", found, shown);
    },

    FetchShortCode: (call) => shown(shortCodeOf(call)),

    UpdateShortCode(call) {
      const { params } = call;
      const was = shortCodeOf(call);
      const shortCode: ShortCode = {
        ...was,
        api_version: params.text("ApiVersion") || was.api_version,
        friendly_name: friendlyNameOf(params, was.friendly_name) || was.short_code,
        sms_url: urlOf(params, "SmsUrl", was.sms_url) || null,
        sms_method: methodOf(params, "SmsMethod", was.sms_method),
        sms_fallback_url: urlOf(params, "SmsFallbackUrl", was.sms_fallback_url) || null,
        sms_fallback_method: methodOf(params, "SmsFallbackMethod", was.sms_fallback_method),
        date_updated: call.now,
      };
      call.account.shortCodes[shortCode.sid] = shortCode;
      return shown(shortCode);
    },
  },
};
const shortCodeOf = (call: Call) => call.found(call.account.shortCodes, call.path("Sid"));

function shown(shortCode: ShortCode) {
  return {
    ...shortCode,
    ...shownDates(shortCode),
    uri: `/2010-04-01/Accounts/${shortCode.account_sid}/SMS/ShortCodes/${shortCode.sid}.json`,
  };
}
