import type { Call, Family } from "../../api/call";
import { friendlyNameOf, methodOf, shownDates, urlOf } from "../../api/v2010";
import { type Application, newApplication } from "./records";

export const applications: Family = {
  document: "api_v2010",
  operations: {
    CreateApplication: (call) => save(call, newApplication(call.sid("AP"), call.account.sid, call.now)),

    ListApplication(call) {
      const name = call.params.text("FriendlyName");
      const found = Object.values(call.account.applications).filter(
        ({ friendly_name }) => name === undefined || friendly_name === name,
      );
      return call.list("applications", found, shown);
    },

    FetchApplication: (call) => shown(applicationOf(call)),

    UpdateApplication: (call) => save(call, applicationOf(call)),

    /** Numbers that used it no longer do. */
    DeleteApplication(call) {
      const { sid } = applicationOf(call);
      delete call.account.applications[sid];
      for (const number of Object.values(call.account.phoneNumbers)) {
        if (number.sms_application_sid === sid) number.sms_application_sid = "";
        if (number.voice_application_sid === sid) number.voice_application_sid = "";
      }
      return undefined;
    },
  },
};

function save(call: Call, was: Application): object {
  const { params, quirks } = call;
  const keepsUrls = quirks.applicationKeepsUrls ?? true;
  const url = (name: string, value: string | null) => urlOf(params, name, value) || null;
  const keptUrl = (name: string, value: string | null) => url(name, value) ?? (keepsUrls ? value : null);

  const application: Application = {
    ...was,
    api_version: params.text("ApiVersion") || was.api_version,
    friendly_name: friendlyNameOf(params, was.friendly_name) || null,
    voice_url: keptUrl("VoiceUrl", was.voice_url),
    voice_method: methodOf(params, "VoiceMethod", was.voice_method),
    voice_fallback_url: url("VoiceFallbackUrl", was.voice_fallback_url),
    voice_fallback_method: methodOf(params, "VoiceFallbackMethod", was.voice_fallback_method),
    voice_caller_id_lookup: params.flag("VoiceCallerIdLookup") ?? was.voice_caller_id_lookup,
    status_callback: url("StatusCallback", was.status_callback),
    status_callback_method: methodOf(params, "StatusCallbackMethod", was.status_callback_method),
    sms_url: keptUrl("SmsUrl", was.sms_url),
    sms_method: methodOf(params, "SmsMethod", was.sms_method),
    sms_fallback_url: url("SmsFallbackUrl", was.sms_fallback_url),
    sms_fallback_method: methodOf(params, "SmsFallbackMethod", was.sms_fallback_method),
    // One field under two names: the newer one wins, but clears nothing where URLs are kept.
    message_status_callback: keptUrl(
      "MessageStatusCallback",
      url("SmsStatusCallback", was.message_status_callback),
    ),
    public_application_connect_enabled:
      params.flag("PublicApplicationConnectEnabled") ?? was.public_application_connect_enabled,
    date_updated: call.now,
  };
  call.account.applications[application.sid] = application;
  return shown(application);
}

const applicationOf = (call: Call) => call.found(call.account.applications, call.path("Sid"));

function shown(application: Application) {
  return {
    ...application,
    ...shownDates(application),
    sms_status_callback: application.message_status_callback,
    uri: `/2010-04-01/Accounts/${application.account_sid}/Applications/${application.sid}.json`,
  };
}
