import { type Call, type Family, lookUp } from "../../api/call";
import { conflict, invalidParameter, missingParameter, unknownReference } from "../../api/errors";
import { isWebUrl } from "../../api/params";
import { existingService } from "../chat/relations";
import { type AddressConfiguration, type AutoCreation, autoCreationTypes, noAutoCreation } from "./records";
import { autoCreationEvents, filtersOf } from "./webhooks";

const addressTypes = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"];
export const addressConfigurations: Family = {
  document: "conversations_v1",
  operations: {
    CreateConfigurationAddress(call) {
      const { params, account } = call;
      const type = params.needed("Type");
      if (!addressTypes.includes(type.toLowerCase())) {
        throw invalidParameter("Type", `must be one of ${addressTypes.join(", ")}`);
      }
      const address = params.needed("Address");
      const country = params.text("AddressCountry") || null;
      if (country !== null && !/^[a-z]{2}$/i.test(country)) {
        throw invalidParameter("AddressCountry", "must be an ISO 3166-1 alpha-2 code");
      }
      refuseForeignAddress(call, type.toLowerCase(), address, country);
      const other = Object.values(account.addressConfigurations).find((known) => known.address === address);
      if (other) throw conflict(`An address configuration for ${address} exists already: ${other.sid}`);
      const configuration: AddressConfiguration = {
        sid: call.sid("IG"),
        account_sid: account.sid,
        type,
        address,
        friendly_name: friendlyNameOf(call, null),
        auto_creation: autoCreationOf(call, { enabled: false, type: "default" }),
        address_country: country,
        date_created: call.now,
        date_updated: call.now,
      };
      account.addressConfigurations[configuration.sid] = configuration;
      return shown(configuration);
    },

    ListConfigurationAddress(call) {
      const wanted = call.params.text("Type")?.toLowerCase();
      const configurations = Object.values(call.account.addressConfigurations).filter(
        ({ type }) => !wanted || type.toLowerCase() === wanted,
      );
      return call.list("address_configurations", configurations, shown);
    },

    FetchConfigurationAddress: (call) => shown(configurationOf(call)),

    UpdateConfigurationAddress(call) {
      const was = configurationOf(call);
      const configuration: AddressConfiguration = {
        ...was,
        friendly_name: friendlyNameOf(call, was.friendly_name),
        auto_creation: autoCreationOf(call, was.auto_creation),
        date_updated: call.now,
      };
      call.account.addressConfigurations[was.sid] = configuration;
      return shown(configuration);
    },

    DeleteConfigurationAddress(call) {
      delete call.account.addressConfigurations[configurationOf(call).sid];
      return undefined;
    },
  },
};

/** By SID or by the address itself. */
function configurationOf(call: Call): AddressConfiguration {
  const name = call.path("Sid");
  const configuration = Object.values(call.account.addressConfigurations).find(
    ({ sid, address }) => sid === name || address === name,
  );
  if (!configuration) throw call.notFound();
  return configuration;
}

const sandbox = "whatsapp:+14155238886";
const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * An address must belong to the account. Of the types that other companies run, nobody knows that here. With which code a
 * foreign address is refused is a guess: Twilio's error dictionary has none for it.
 */
function refuseForeignAddress(call: Call, type: string, address: string, country: string | null): void {
  const { account } = call;
  const refusal = (why: string) => invalidParameter("Address", `${address}: ${why}`);
  if (type === "whatsapp") {
    if (!address.startsWith("whatsapp:") || !e164.test(address.slice("whatsapp:".length))) {
      throw refusal("it must be whatsapp: and a number in E.164 format");
    }
    if (address === sandbox) throw refusal("the WhatsApp sandbox creates no conversations");
  }
  if (type !== "sms") return;
  if (e164.test(address)) {
    const isOwn = Object.values(account.phoneNumbers).some(({ phone_number }) => phone_number === address);
    if (!isOwn) call.refuseIfStrict(refusal("it is no phone number of this account"));
    return;
  }
  if (!/^\d{3,8}$/.test(address)) throw refusal("it must be a number in E.164 format or a short code");
  if (country === null) throw missingParameter("AddressCountry");
  const isOwn = Object.values(account.shortCodes).some(({ short_code }) => short_code === address);
  if (!isOwn) call.refuseIfStrict(refusal("it is no short code of this account"));
}

function friendlyNameOf({ params }: Call, was: string | null): string | null {
  if (!params.has("FriendlyName")) return was;
  const name = params.text("FriendlyName") ?? "";
  if (name.length > 256) throw invalidParameter("FriendlyName", "must be at most 256 characters");
  return name || null;
}

/** Which keys belong to which type, and which of them are needed, is told by the examples only. */
function autoCreationOf(call: Call, was: AutoCreation): AutoCreation {
  const { params, quirks } = call;
  const type = autoCreationTypes.find((known) => known === params.text("AutoCreation.Type")) ?? was.type;
  const common: AutoCreation = {
    // Keys of another type do not survive a change of the type.
    ...(quirks.addressTypeSticks && was),
    enabled: params.flag("AutoCreation.Enabled") ?? was.enabled,
    type,
  };
  const conversation_service_sid = serviceOf(call, was);
  switch (type) {
    case "studio":
      return { ...common, conversation_service_sid, ...studioOf(call, was) };
    case "webhook":
      return { ...common, conversation_service_sid, ...webhookOf(call, was) };
    case "default":
      return { ...common, ...(conversation_service_sid !== null && { conversation_service_sid }) };
  }
}

function serviceOf(call: Call, was: AutoCreation): string | null {
  const name = "AutoCreation.ConversationServiceSid";
  if (!call.params.has(name)) return was.conversation_service_sid ?? null;
  const sid = call.params.text(name) || null;
  return sid === null ? null : existingService(call, name, sid);
}

function studioOf(call: Call, was: AutoCreation) {
  const { params, account } = call;
  const name = "AutoCreation.StudioFlowSid";
  const studio_flow_sid = params.text(name) ?? was.studio_flow_sid;
  if (!studio_flow_sid) throw missingParameter(name);
  if (params.has(name) && !lookUp(account.studioFlows, studio_flow_sid)) {
    call.refuseIfStrict(unknownReference(name, studio_flow_sid));
  }
  const studio_retry_count = params.number("AutoCreation.StudioRetryCount") ?? was.studio_retry_count ?? 3;
  if (studio_retry_count < 0 || studio_retry_count > 3) {
    throw invalidParameter("AutoCreation.StudioRetryCount", "must be between 0 and 3");
  }
  return { studio_flow_sid, studio_retry_count };
}

function webhookOf({ params }: Call, was: AutoCreation) {
  const name = "AutoCreation.WebhookUrl";
  const webhook_url = params.text(name) ?? was.webhook_url;
  if (!webhook_url) throw missingParameter(name);
  if (!isWebUrl(webhook_url)) throw invalidParameter(name, "must be an absolute http or https URL");
  return {
    webhook_url,
    webhook_method: params.text("AutoCreation.WebhookMethod")?.toUpperCase() ?? was.webhook_method ?? "POST",
    webhook_filters:
      filtersOf(params, "AutoCreation.WebhookFilters", autoCreationEvents) ?? was.webhook_filters ?? [],
  };
}

/** Auto-creation has the keys of every type: those of another one are null. */
const shown = (configuration: AddressConfiguration) => ({
  ...configuration,
  auto_creation: { ...noAutoCreation, ...configuration.auto_creation },
  url: `https://conversations.twilio.com/v1/Configuration/Addresses/${configuration.sid}`,
});
