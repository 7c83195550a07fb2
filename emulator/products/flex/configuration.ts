import type { Call, Family } from "../../api/call";
import { TwilioError } from "../../api/errors";
import type { FlexConfiguration } from "./records";

/** Set by Twilio when Flex is created, or computed. Which keys these are is documented for some of them only. */
const readOnlyKeys = new Set([
  "date_created",
  "date_updated",
  "status",
  "url",
  "taskrouter_workspace_sid",
  "messaging_service_instance_sid",
  "chat_service_instance_sid",
  "flex_service_instance_sid",
  "flex_instance_sid",
  "service_version",
  "flex_url",
]);

export const flexConfiguration: Family = {
  document: "flex_v1",
  operations: {
    FetchConfiguration: (call) => shown(configurationOf(call)),

    UpdateConfiguration(call) {
      const { params, account } = call;
      const was = configurationOf(call);
      if (params.value("account_sid") !== account.sid) {
        throw new TwilioError(400, 45004, "The body must hold account_sid, equal to your own account's SID");
      }
      const changed: FlexConfiguration = { ...was, date_updated: call.now };
      for (const key of [...Object.keys(was), "url"]) {
        if (!params.has(key) || key === "account_sid") continue;
        if (readOnlyKeys.has(key)) {
          throw new TwilioError(400, 45004, `You are not allowed to modify property for [${key}].`);
        }
        // A JSON value takes the old one's place whole; nothing is merged.
        changed[key] = params.value(key);
      }
      account.flexConfiguration = changed;
      return shown(changed);
    },
  },
};

function configurationOf({ account }: Call): FlexConfiguration {
  if (!account.flexConfiguration)
    throw new TwilioError(404, 45101, "Configuration not found: this account has no Flex");
  return account.flexConfiguration;
}

const shown = (configuration: FlexConfiguration) => ({
  ...configuration,
  url: "https://flex-api.twilio.com/v1/Configuration",
});
