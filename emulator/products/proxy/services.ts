import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import type { ProxyService } from "./records";
import { proxyServiceOf, removeProxySession } from "./relations";

export const proxyServices: Family = {
  document: "proxy_v1",
  operations: {
    CreateService(call) {
      if (call.quirks.proxyClosed) {
        throw new TwilioError(
          400,
          80506,
          "Service Creation is restricted for new customers: Proxy is approaching EOS",
        );
      }
      const blank: ProxyService = {
        sid: call.sid("KS"),
        account_sid: call.account.sid,
        unique_name: call.params.needed("UniqueName"),
        chat_instance_sid: null,
        callback_url: null,
        default_ttl: 0,
        number_selection_behavior: "prefer-sticky",
        geo_match_level: "country",
        intercept_callback_url: null,
        out_of_session_callback_url: null,
        date_created: call.now,
        date_updated: call.now,
      };
      return save(call, blank);
    },

    ListService: (call) => call.list("services", Object.values(call.account.proxyServices), shown),

    FetchService: (call) => shown(proxyServiceOf(call, "Sid")),

    UpdateService: (call) => save(call, proxyServiceOf(call, "Sid")),

    /** Its numbers leave the pool and stay on the account; its sessions go. */
    DeleteService(call) {
      const { proxyServices, proxyPhoneNumbers, proxySessions } = call.account;
      const service = proxyServiceOf(call, "Sid");
      delete proxyServices[service.sid];
      for (const { sid, service_sid } of Object.values(proxyPhoneNumbers)) {
        if (service_sid === service.sid) delete proxyPhoneNumbers[sid];
      }
      for (const session of Object.values(proxySessions)) {
        if (session.service_sid === service.sid) removeProxySession(call.account, session);
      }
      return undefined;
    },
  },
};

function save(call: Call, was: ProxyService): object {
  const { params, account } = call;
  const service: ProxyService = {
    ...was,
    unique_name: params.has("UniqueName") ? params.needed("UniqueName") : was.unique_name,
    chat_instance_sid: params.text("ChatInstanceSid") ?? was.chat_instance_sid,
    callback_url: params.text("CallbackUrl") ?? was.callback_url,
    default_ttl: params.number("DefaultTtl") ?? was.default_ttl,
    number_selection_behavior: params.text("NumberSelectionBehavior") ?? was.number_selection_behavior,
    geo_match_level: params.text("GeoMatchLevel") ?? was.geo_match_level,
    intercept_callback_url: params.text("InterceptCallbackUrl") ?? was.intercept_callback_url,
    out_of_session_callback_url: params.text("OutOfSessionCallbackUrl") ?? was.out_of_session_callback_url,
    date_updated: call.now,
  };
  if (service.unique_name.length > 191)
    throw invalidParameter("UniqueName", "must be at most 191 characters");
  if (service.default_ttl < 0) throw invalidParameter("DefaultTtl", "must not be negative");
  const other = Object.values(account.proxyServices).find(
    ({ sid, unique_name }) => sid !== service.sid && unique_name === service.unique_name,
  );
  if (other) throw new TwilioError(400, 80602, `UniqueName ${service.unique_name} is taken by ${other.sid}`);
  account.proxyServices[service.sid] = service;
  return shown(service);
}

function shown(service: ProxyService) {
  const url = `https://proxy.twilio.com/v1/Services/${service.sid}`;
  return { ...service, url, links: { sessions: `${url}/Sessions`, phone_numbers: `${url}/PhoneNumbers` } };
}
