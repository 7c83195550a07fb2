import type { Account } from "../../account/state";
import type { Call, Family } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import { isWebUrl, type Params } from "../../api/params";
import { type MessagingService, newMessagingService } from "./records";

/** What a service may be for, in the emulator's words. */
const usecases: Readonly<Record<string, { description: string; purpose: string }>> = {
  notifications: { description: "News about an order, a payment or an account", purpose: "Notify people" },
  marketing: { description: "Offers and product news", purpose: "Market a business" },
  verification: { description: "Codes that show who somebody is", purpose: "Verify people" },
  discussion: { description: "Conversations with customers", purpose: "Talk to people" },
  poll: { description: "Questions and votes", purpose: "Ask people" },
  undeclared: { description: "Anything", purpose: "Not said" },
};

export const messagingServices: Family = {
  document: "messaging_v1",
  operations: {
    CreateService(call) {
      const name = call.params.needed("FriendlyName");
      return save(call, newMessagingService(call.sid("MG"), call.account.sid, name, call.now));
    },

    ListService: (call) => call.list("services", Object.values(call.account.messagingServices), shown),

    FetchService: (call) => shown(serviceOf(call)),

    UpdateService: (call) => save(call, serviceOf(call)),

    DeleteService(call) {
      removeMessagingService(call.account, serviceOf(call).sid);
      return undefined;
    },

    FetchUsecase: () => ({
      usecases: Object.entries(usecases).map(([usecase, about]) => ({ usecase, ...about })),
    }),
  },
};

function save(call: Call, was: MessagingService): object {
  const { params, account } = call;
  const service: MessagingService = {
    ...was,
    friendly_name: params.has("FriendlyName") ? params.needed("FriendlyName") : was.friendly_name,
    inbound_request_url: urlOf(params, "InboundRequestUrl", was.inbound_request_url),
    inbound_method: textOf(params, "InboundMethod", was.inbound_method, "POST"),
    fallback_url: urlOf(params, "FallbackUrl", was.fallback_url),
    fallback_method: textOf(params, "FallbackMethod", was.fallback_method, "POST"),
    status_callback: urlOf(params, "StatusCallback", was.status_callback),
    sticky_sender: params.flag("StickySender") ?? was.sticky_sender,
    mms_converter: params.flag("MmsConverter") ?? was.mms_converter,
    smart_encoding: params.flag("SmartEncoding") ?? was.smart_encoding,
    scan_message_content: params.text("ScanMessageContent") ?? was.scan_message_content,
    fallback_to_long_code: params.flag("FallbackToLongCode") ?? was.fallback_to_long_code,
    area_code_geomatch: params.flag("AreaCodeGeomatch") ?? was.area_code_geomatch,
    synchronous_validation: params.flag("SynchronousValidation") ?? was.synchronous_validation,
    validity_period: params.number("ValidityPeriod") ?? was.validity_period,
    usecase: textOf(params, "Usecase", was.usecase, "undeclared"),
    use_inbound_webhook_on_number:
      params.flag("UseInboundWebhookOnNumber") ?? was.use_inbound_webhook_on_number,
    date_updated: call.now,
  };
  if (service.friendly_name.length > 64) {
    throw invalidParameter("FriendlyName", "must be at most 64 characters");
  }
  if (service.validity_period < 1 || service.validity_period > 36_000) {
    throw invalidParameter("ValidityPeriod", "must be between 1 and 36000");
  }
  if (!Object.hasOwn(usecases, service.usecase)) {
    throw invalidParameter("Usecase", `must be one of ${Object.keys(usecases).join(", ")}`);
  }
  account.messagingServices[service.sid] = service;
  return shown(service);
}

/** The members are free again: numbers, short codes and senders stay in the account. */
function removeMessagingService(account: Account, sid: string): void {
  const { messagingPhoneNumbers, messagingShortCodes, messagingChannelSenders } = account;
  const { messagingAlphaSenders, messagingDestinationAlphaSenders } = account;
  for (const members of [
    messagingPhoneNumbers,
    messagingShortCodes,
    messagingAlphaSenders,
    messagingDestinationAlphaSenders,
  ]) {
    for (const member of Object.values(members)) {
      if (member.service_sid === sid) delete members[member.sid];
    }
  }
  for (const sender of Object.values(messagingChannelSenders)) {
    if (sender.messaging_service_sid === sid) delete messagingChannelSenders[sender.sid];
  }
  delete account.messagingServices[sid];
}

const textOf = (params: Params, name: string, was: string, unset: string) =>
  params.has(name) ? params.text(name) || unset : was;

function urlOf(params: Params, name: string, was: string | null): string | null {
  if (!params.has(name)) return was;
  const url = params.text(name);
  if (url && !isWebUrl(url)) throw invalidParameter(name, "must be an http or https URL");
  return url || null;
}

const serviceOf = (call: Call) => call.found(call.account.messagingServices, call.path("Sid"));

function shown(service: MessagingService) {
  const url = `https://messaging.twilio.com/v1/Services/${service.sid}`;
  const links = {
    phone_numbers: `${url}/PhoneNumbers`,
    short_codes: `${url}/ShortCodes`,
    alpha_senders: `${url}/AlphaSenders`,
    channel_senders: `${url}/ChannelSenders`,
    destination_alpha_senders: `${url}/DestinationAlphaSenders`,
    messages: `${url}/Messages`,
    us_app_to_person: `${url}/Compliance/Usa2p`,
    us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
  };
  return { ...service, url, links };
}
