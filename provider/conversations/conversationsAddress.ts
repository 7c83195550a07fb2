import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  AddressConfigurationInstance,
  AddressConfigurationListInstanceCreateOptions,
} from "twilio/lib/rest/conversations/v1/addressConfiguration";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { type Need, unmanaged } from "../life/definition";
import { whatsAppSenders } from "../messaging/whatsAppSenders";
import { ownNumbers, shortCodes } from "../numbers/ownNumbers";
import { TwilioResource } from "../program/resource";
import { country, flag, httpMethod, kind, setOf, sid, text, url, whole } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Adoptable, Declared, Echoes, Plain } from "../values/args";
import { Unsettled } from "../values/errors";
import type { Rule } from "../values/validate";
import { isBlank, isUnknown } from "../values/values";
import { autoCreationOf, hasOtherKeys } from "./autoCreation";
import { autoCreationEvents, event } from "./events";

const types = ["sms", "whatsapp", "messenger", "email", "rcs", "apple", "chat"] as const;

/** Channels that an address can be of. */
export type AddressType = (typeof types)[number];

/** What auto-creation takes whatever it hands conversations to. */
export interface AutoCreationSettings {
  /** Whether a message without a conversation makes one. Default true. (The API's own default is false.) */
  enabled?: pulumi.Input<boolean>;
  /** SID of the Conversations service (IS…) that conversations are made in. Default: the account's default one. */
  conversationServiceSid?: pulumi.Input<string>;
}

/** Hands new conversations to a Studio flow. */
export interface StudioAutoCreation extends AutoCreationSettings {
  /** Marks this kind of automatic creation. */
  type: "studio";
  /** SID of the Studio flow (FW…). Its trigger is `incomingConversationMessage`. */
  studioFlowSid: pulumi.Input<string>;
  /** How often a failed hand-over is tried again, 0 to 3. Default 3. */
  studioRetryCount?: pulumi.Input<number>;
}

/** Tells a webhook of your own what happens in new conversations. */
export interface WebhookAutoCreation extends AutoCreationSettings {
  /** Marks this kind of automatic creation. */
  type: "webhook";
  /** Absolute URL. It may carry credentials: give it as a secret then. */
  webhookUrl: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  webhookMethod?: pulumi.Input<HttpMethod>;
  /** Events that the webhook is called for, such as `onMessageAdded`. Order means nothing. Default: none. */
  webhookFilters?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Makes conversations and hands them to nobody. */
export interface DefaultAutoCreation extends AutoCreationSettings {
  /** Marks this kind of automatic creation. */
  type: "default";
}

/** Arguments of `ConversationsAddress`. */
export interface ConversationsAddressArgs extends Adoptable {
  /** Channel: sms, whatsapp, messenger, email, rcs, apple or chat. Another one replaces the address. */
  type: pulumi.Input<AddressType>;
  /**
   * What customers write to: `+15017122661` or, with `addressCountry`, a short code for sms, `whatsapp:+15017122661`
   * for whatsapp, `messenger:<page>` for messenger, an e-mail address for email, any text for the others. Another one
   * replaces the address. The account has one configuration for each.
   */
  address: pulumi.Input<string>;
  /** Name that people see in the Console, 1 to 256 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** Country of a short code, such as `US` (ISO 3166-1 alpha-2). Another one replaces the address. Default: none. */
  addressCountry?: pulumi.Input<string>;
  /**
   * What becomes of a message that belongs to no conversation. It can be changed, to another type too. Default: no
   * conversation is made, which is also what taking it away leads to.
   */
  autoCreation?: pulumi.Input<StudioAutoCreation | WebhookAutoCreation | DefaultAutoCreation>;
}

/**
 * An address that customers write to, and what becomes of their messages: the living path of Flex Conversations.
 *
 * While an address makes conversations, the number's own handler should be blank, or both may answer: see
 * `PhoneNumberHandler` with `{ kind: "none" }`. That of a WhatsApp or other channel sender is not called then.
 * Auto-creation on a Messaging Service can be set in the Console only. Twilio makes addresses of type chat itself, with a
 * web chat deployment; whether one can be made here depends on the deployment.
 *
 * Another type, address or country replaces the address, deleting the old one first, since the account has one
 * configuration for each. A change from one type of auto-creation to another is an update; where Twilio keeps
 * something of the old type, the update fails and the next `up` replaces the address. Destroy deletes it. A second
 * configuration of an address is refused by Twilio; `adopt` takes over the one that is there. Releasing a number is
 * believed to take its address along.
 *
 * Errors: an address that is not the account's; a Studio flow or service that is not there.
 *
 * @see https://www.twilio.com/docs/conversations/api/address-configuration-resource
 */
export class ConversationsAddress extends TwilioResource implements Echoes<ConversationsAddressArgs> {
  declare readonly type: pulumi.Output<AddressType>;
  declare readonly address: pulumi.Output<string>;
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly addressCountry: pulumi.Output<string | undefined>;
  declare readonly autoCreation: pulumi.Output<Plain<ConversationsAddressArgs>["autoCreation"]>;

  constructor(name: string, args: ConversationsAddressArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationsAddress, name, args, opts);
  }
}

const common = {
  enabled: flag().optional(),
  conversationServiceSid: sid("IS", "a Conversations service").optional(),
};

const autoCreation = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: kind("studio"),
      studioFlowSid: sid("FW", "a Studio flow"),
      studioRetryCount: whole(0, 3).optional(),
      ...common,
    }),
    z.strictObject({
      type: kind("webhook"),
      webhookUrl: url(),
      webhookMethod: httpMethod().optional(),
      webhookFilters: setOf(event(autoCreationEvents), "event names").optional(),
      ...common,
    }),
    z.strictObject({ type: kind("default"), ...common }),
  ])
  .describe("an object whose type is studio, webhook or default");

const conversationsAddress = defineResource<ConversationsAddressArgs>()("ConversationsAddress", {
  label: "Conversations address",
  api: {
    operations: {
      conversations_v1: [
        "CreateConfigurationAddress",
        "FetchConfigurationAddress",
        "UpdateConfigurationAddress",
        "ListConfigurationAddress",
        "DeleteConfigurationAddress",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    type: z
      .string()
      .toLowerCase()
      .pipe(z.enum(types))
      .describe(`one of ${types.join(", ")} (Google Business Messages, gbm, ended on 2024-07-31)`),
    address: text(256),
    friendlyName: text(256).optional(),
    addressCountry: country().optional(),
    autoCreation: autoCreation.optional(),
  }),
  notArguments: {
    messagingServiceSid: "auto-creation on a Messaging Service can be set in Twilio's Console only",
  },
  rules: [refuseForm],
  createOnly: ["type", "address", "addressCountry"],

  params,
  union: {
    prefix: "autoCreation.",
    on: "autoCreation.type",
    shared: ["autoCreation.enabled", "autoCreation.conversationServiceSid"],
  },
  reset: {
    friendlyName: unmanaged,
    addressCountry: unmanaged,
    "autoCreation.enabled": false,
    // Without auto-creation it does not matter what it would lead to.
    "autoCreation.type": unmanaged,
    "autoCreation.studioFlowSid": unmanaged,
    "autoCreation.webhookUrl": unmanaged,
    "autoCreation.conversationServiceSid": "",
    "autoCreation.studioRetryCount": 3,
    "autoCreation.webhookMethod": "post",
    // The SDK does not send an empty list.
    "autoCreation.webhookFilters": [""],
  },
  onCreate: (name) => ({ friendlyName: name }),

  live: (configuration: AddressConfigurationInstance) => ({
    type: types.find((type) => type === configuration.type.toLowerCase()),
    address: configuration.address,
    friendlyName: configuration.friendlyName,
    addressCountry: configuration.addressCountry,
    autoCreation: autoCreationOf(configuration.autoCreation),
  }),

  naturalKey: ({ address }) => address,
  needs,
  duplicate: [20409],
  id: (configuration) => configuration.sid,
  createdAt: (configuration) => configuration.dateCreated,
  list: (twilio) => twilio.conversations.v1.addressConfigurations.page({ pageSize: 50 }),
  create: (twilio, configuration) => twilio.conversations.v1.addressConfigurations.create(configuration),
  read: (twilio, id) => twilio.conversations.v1.addressConfigurations(id).fetch(),
  update,
  delete: (twilio, id) => twilio.conversations.v1.addressConfigurations(id).remove(),
});

/** The forms that addresses have, by type. */
function refuseForm({ type, address, addressCountry }: Parameters<Rule>[0]): ReturnType<Rule> {
  if (typeof type !== "string" || typeof address !== "string" || isUnknown(type) || isUnknown(address))
    return;
  const forms = {
    sms: [/^\+[1-9]\d{1,14}$|^\d{3,8}$/, "a number in E.164 form, such as +15017122661, or a short code"],
    whatsapp: [/^whatsapp:\+[1-9]\d{1,14}$/, "whatsapp: and a number in E.164 form"],
    messenger: [/^messenger:.+$/, "messenger: and the id of a page"],
    email: [/^[^\s@]+@[^\s@]+$/, "an e-mail address"],
  } as const;
  const [, form] = Object.entries(forms).find(([name]) => name === type.toLowerCase()) ?? [];
  if (form && !form[0].test(address)) return `address: of type ${type.toLowerCase()} it has to be ${form[1]}`;
  if (address === "whatsapp:+14155238886")
    return "address: the WhatsApp sandbox makes no conversations; set its webhook in the Console";
  const isShortCode = /^\d+$/.test(address) && type.toLowerCase() === "sms";
  return isShortCode && isBlank(addressCountry)
    ? "addressCountry: missing; a short code needs the country it is of, such as US"
    : undefined;
}

/** What such an address has to be in the account. Of the types that other companies run, the API knows nothing. */
function needs({ type, address }: Declared<ConversationsAddressArgs>): Need | undefined {
  const need = { argument: "address", name: address };
  const or = "or check whose credentials these are";
  if (type === "whatsapp" && !isBlank(address))
    return {
      ...need,
      ...{ among: whatsAppSenders, key: "senderId", without: "warned" },
      says: `nobody would write to it; give one that is, ${or}`,
    };
  if (type !== "sms" || isBlank(address)) return undefined;
  return address.startsWith("+")
    ? {
        ...need,
        ...{ among: ownNumbers, key: "phoneNumber", without: "refused" },
        says: `give one that is, buy it first (PhoneNumber), ${or}`,
      }
    : {
        ...need,
        ...{ among: shortCodes, key: "shortCode", without: "refused" },
        says: `give one that is, ${or}`,
      };
}

type Params = AddressConfigurationListInstanceCreateOptions;

/** The API takes flat what it answers nested. That it is enabled is always said, since the API's own default is no. */
function params({ autoCreation, ...common }: Declared<ConversationsAddressArgs>): Params {
  if (autoCreation === undefined) return common;
  const { type, enabled = true, conversationServiceSid } = autoCreation;
  const all: Params = {
    ...common,
    "autoCreation.enabled": enabled,
    "autoCreation.type": type,
    "autoCreation.conversationServiceSid": conversationServiceSid,
  };
  switch (autoCreation.type) {
    case "studio":
      return {
        ...all,
        "autoCreation.studioFlowSid": autoCreation.studioFlowSid,
        "autoCreation.studioRetryCount": autoCreation.studioRetryCount,
      };
    case "webhook":
      return {
        ...all,
        "autoCreation.webhookUrl": autoCreation.webhookUrl,
        // Upper case in answers, lower case in requests.
        "autoCreation.webhookMethod":
          autoCreation.webhookMethod === "GET" ? "get" : webhookPost(autoCreation),
        "autoCreation.webhookFilters": autoCreation.webhookFilters,
      };
    default:
      return all;
  }
}

const webhookPost = ({ webhookMethod }: Plain<WebhookAutoCreation>) =>
  webhookMethod === undefined ? undefined : ("post" as const);

/** Twilio may keep something of the kind that was there before, for good: only a new object can be as declared then. */
async function update(
  twilio: Twilio,
  id: string,
  changed: Partial<Params>,
  { autoCreation: wanted }: Declared<ConversationsAddressArgs>,
) {
  const answer = await twilio.conversations.v1.addressConfigurations(id).update(changed);
  const { autoCreation: answered } = answer;
  const isOfNewKind =
    wanted === undefined || (answered.type === wanted.type && !hasOtherKeys(answered, wanted.type));
  if (!("autoCreation.type" in changed) || isOfNewKind) return answer;
  return new Unsettled(
    answer,
    "Twilio has not taken over the new autoCreation whole and keeps something of the old one. The next up replaces the object, deleting the old one first",
    "autoCreation",
  );
}
