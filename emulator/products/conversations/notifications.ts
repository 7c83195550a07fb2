import { type Call, type Family, lookUp } from "../../api/call";
import type { ConversationsNotifications, Notification } from "./records";

/** A singleton of each service, with nothing on. */
export const conversationsNotifications: Family = {
  document: "conversations_v1",
  operations: {
    FetchServiceNotification: (call) => shown(call, notificationsOf(call)),

    UpdateServiceNotification(call) {
      const { params, account } = call;
      const was = notificationsOf(call);
      const notifications: ConversationsNotifications = {
        sid: was.sid,
        log_enabled: params.flag("LogEnabled") ?? was.log_enabled,
        new_message: {
          ...updated(call, "NewMessage", was.new_message),
          badge_count_enabled:
            params.flag("NewMessage.BadgeCountEnabled") ?? was.new_message.badge_count_enabled,
          with_media: updated(call, "NewMessage.WithMedia", was.new_message.with_media),
        },
        added_to_conversation: updated(call, "AddedToConversation", was.added_to_conversation),
        removed_from_conversation: updated(call, "RemovedFromConversation", was.removed_from_conversation),
      };
      account.conversationsServiceNotifications[was.sid] = notifications;
      return shown(call, notifications);
    },
  },
};

function notificationsOf(call: Call): ConversationsNotifications {
  const { account } = call;
  const { sid } = call.found(account.chatServices, call.path("ChatServiceSid"));
  return lookUp(account.conversationsServiceNotifications, sid) ?? noNotifications(sid);
}

const noNotifications = (serviceSid: string): ConversationsNotifications => ({
  sid: serviceSid,
  log_enabled: false,
  new_message: { enabled: false, badge_count_enabled: false, with_media: { enabled: false } },
  added_to_conversation: { enabled: false },
  removed_from_conversation: { enabled: false },
});

function updated({ params }: Call, event: string, was: Notification): Notification {
  const template = params.text(`${event}.Template`) ?? was.template;
  const sound = params.text(`${event}.Sound`) ?? was.sound;
  return {
    enabled: params.flag(`${event}.Enabled`) ?? was.enabled,
    ...(template && { template }),
    ...(sound && { sound }),
  };
}

const shown = ({ account }: Call, { sid, ...notifications }: ConversationsNotifications) => ({
  account_sid: account.sid,
  chat_service_sid: sid,
  ...notifications,
  url: `https://conversations.twilio.com/v1/Services/${sid}/Configuration/Notifications`,
});
