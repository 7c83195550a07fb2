import {
  type ConversationsConfiguration,
  newConversationsConfiguration,
} from "../products/conversations/records";
import { blankWebhook, newMessagingService } from "../products/messaging/records";
import { newApplication, newPhoneNumber, newShortCode } from "../products/numbers/records";
import {
  bySid,
  chatServices,
  configuration,
  newAddress,
  smsNumber,
  studioFlows,
  taskRouter,
  whatsAppSender,
} from "./profile-objects";
import { seeded } from "./seeded";
import { type AccountSeed, defaultAuthToken, type Seed, seededAt } from "./state";

export const profiles = ["legacy", "conversations", "bare"] as const;

/** What an emulator starts with: an older Flex account, a newer one, or an account without Flex. */
export type Profile = (typeof profiles)[number];
const accounts: Record<Profile, () => AccountSeed> = {
  legacy: legacyAccount,
  conversations: conversationsAccount,
  bare: bareAccount,
};

export const profileSeed = (profile: Profile): Seed => ({
  complete: true,
  accounts: { [seeded.account]: accounts[profile]() },
  // Proxy is closed to accounts that never used it, as newer ones have not.
  quirks: { proxyClosed: profile === "conversations" },
});

const ownAccount = (defaults: Partial<ConversationsConfiguration>): AccountSeed => ({
  auth_token: defaultAuthToken,
  friendly_name: "Emulator",
  conversationsConfiguration: { ...newConversationsConfiguration(seeded.account), ...defaults },
});

function bareAccount(): AccountSeed {
  return {
    ...ownAccount({ default_chat_service_sid: seeded.conversationsService }),
    ...chatServices([seeded.conversationsService, "Default Conversations Service"]),
  };
}

function legacyAccount(): AccountSeed {
  return {
    ...flexAccount("~1.34.0"),
    proxyServices: {
      [seeded.proxyService]: {
        sid: seeded.proxyService,
        account_sid: seeded.account,
        unique_name: "Flex Proxy Service",
        chat_instance_sid: seeded.chatService,
        callback_url: "",
        default_ttl: 0,
        number_selection_behavior: "prefer-sticky",
        geo_match_level: "country",
        intercept_callback_url: "",
        out_of_session_callback_url: "",
        date_created: seededAt,
        date_updated: seededAt,
      },
    },
    studioFlows: studioFlows(seeded.studioFlow, {
      event: "incomingMessage",
      from: "trigger.message.ChannelAttributes.from",
    }),
  };
}

function conversationsAccount(): AccountSeed {
  const flex = flexAccount("2.n");
  return {
    ...flex,
    // Beside an address the handler of the number or sender itself is blank.
    phoneNumbers: { ...flex.phoneNumbers, [seeded.smsNumber]: smsNumber() },
    channelsSenders: {
      [seeded.whatsAppSender]: { ...whatsAppSender(), webhook: { ...blankWebhook } },
    },
    addressConfigurations: bySid([
      newAddress(seeded.smsAddress, "sms", smsNumber().phone_number, "SMS"),
      newAddress(seeded.whatsAppAddress, "whatsapp", whatsAppSender().sender_id, "WhatsApp"),
    ]),
    studioFlows: studioFlows(seeded.conversationFlow, {
      event: "incomingConversationMessage",
      from: "contact.channel.address",
    }),
  };
}

/** What older and newer Flex accounts have in common. */
function flexAccount(uiVersion: string): AccountSeed {
  return {
    ...ownAccount({
      default_chat_service_sid: seeded.flexService,
      default_messaging_service_sid: seeded.messagingService,
    }),
    ...chatServices([seeded.chatService, "Flex Chat Service"], [seeded.flexService, "Flex Service"]),
    ...taskRouter(),
    flexConfiguration: configuration(uiVersion),
    phoneNumbers: {
      [seeded.smsNumber]: {
        ...smsNumber(),
        sms_url: "https://demo.twilio.com/welcome/sms/reply/",
        voice_url: "https://demo.twilio.com/welcome/voice/",
      },
      [seeded.legacyNumber]: {
        ...newPhoneNumber(seeded.legacyNumber, seeded.account, "+15558675310", seededAt),
        friendly_name: "Legacy support line",
        sms_url: "https://legacy.example.com/sms",
        sms_fallback_url: "https://legacy.example.com/sms/fallback",
        voice_url: "https://legacy.example.com/voice",
        voice_method: "GET",
        voice_fallback_url: "",
      },
    },
    messagingServices: {
      [seeded.messagingService]: newMessagingService(
        seeded.messagingService,
        seeded.account,
        "Flex Messaging Service",
        seededAt,
      ),
    },
    shortCodes: {
      [seeded.shortCode]: {
        ...newShortCode(seeded.shortCode, seeded.account, "898989", seededAt),
        sms_url: "https://legacy.example.com/short-code",
      },
    },
    applications: {
      [seeded.application]: {
        ...newApplication(seeded.application, seeded.account, seededAt),
        friendly_name: "Legacy application",
      },
    },
    channelsSenders: { [seeded.whatsAppSender]: whatsAppSender() },
  };
}
