import { type Call, type Family, lookUp } from "../../api/call";
import type { ChatService } from "../chat/records";
import { chatRoleOf } from "../chat/relations";
import { type ConversationsServiceWebhooks, noWebhooks } from "./records";
import { serviceEvents, webhookSettingsOf } from "./webhooks";

/** Two singletons of each service: its configuration, which is the chat service's own, and its webhooks. */
export const conversationsServiceConfiguration: Family = {
  document: "conversations_v1",
  operations: {
    FetchServiceConfiguration: (call) => shown(serviceOf(call)),

    UpdateServiceConfiguration(call) {
      const was = serviceOf(call);
      const service: ChatService = {
        ...was,
        default_service_role_sid: chatRoleOf(call, "DefaultChatServiceRoleSid", was.default_service_role_sid),
        default_channel_role_sid: chatRoleOf(
          call,
          "DefaultConversationRoleSid",
          was.default_channel_role_sid,
        ),
        default_channel_creator_role_sid: chatRoleOf(
          call,
          "DefaultConversationCreatorRoleSid",
          was.default_channel_creator_role_sid,
        ),
        reachability_enabled: call.params.flag("ReachabilityEnabled") ?? was.reachability_enabled,
        date_updated: call.now,
      };
      call.account.chatServices[service.sid] = service;
      return shown(service);
    },

    FetchServiceWebhookConfiguration: (call) => shownWebhooks(call, webhooksOf(call)),

    UpdateServiceWebhookConfiguration(call) {
      const was = webhooksOf(call);
      const webhooks = { sid: was.sid, ...webhookSettingsOf(call, was, serviceEvents) };
      const { conversationsServiceWebhooks } = call.account;
      const { sid, ...settings } = webhooks;
      if (Object.values(settings).some((setting) => setting !== null))
        conversationsServiceWebhooks[sid] = webhooks;
      else delete conversationsServiceWebhooks[sid];
      return shownWebhooks(call, webhooks);
    },
  },
};

const serviceOf = (call: Call) => call.found(call.account.chatServices, call.path("ChatServiceSid"));

function webhooksOf(call: Call): ConversationsServiceWebhooks {
  const { sid } = serviceOf(call);
  return lookUp(call.account.conversationsServiceWebhooks, sid) ?? { sid, ...noWebhooks };
}

const urlOf = (serviceSid: string) =>
  `https://conversations.twilio.com/v1/Services/${serviceSid}/Configuration`;

function shown(service: ChatService) {
  const url = urlOf(service.sid);
  return {
    chat_service_sid: service.sid,
    default_conversation_creator_role_sid: service.default_channel_creator_role_sid,
    default_conversation_role_sid: service.default_channel_role_sid,
    default_chat_service_role_sid: service.default_service_role_sid,
    reachability_enabled: service.reachability_enabled,
    url,
    links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
  };
}

function shownWebhooks({ account }: Call, { sid, ...settings }: ConversationsServiceWebhooks) {
  return { account_sid: account.sid, chat_service_sid: sid, ...settings, url: `${urlOf(sid)}/Webhooks` };
}
