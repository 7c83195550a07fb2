import { newChatService } from "../products/chat/records";
import { type Kind, type Kinds, nothing, objectAt, objects, recordOf } from "./kind";

export const chatServices = "chat_v2 /v2/Services";
const inService = (path: string) => `${chatServices}/{ServiceSid}/${path}`;
const members = inService("Channels/{ChannelSid}/Members");

export const chatService: Kind = {
  kept: "chatServices",
  seed(shown, exampleOf) {
    const { service } = newChatService({ now: "", sid: () => "" }, "", "");
    const notifications = { ...service.notifications, ...objectAt(shown, "notifications") };
    return objects("chatServices").seed({ ...shown, notifications }, exampleOf);
  },
};
const userChannels: Kind = {
  kept: "chatMembers",
  seed: ({ member_sid, channel_sid, last_consumed_message_index, notification_level }, exampleOf) => ({
    chatMembers: {
      [String(member_sid)]: {
        ...recordOf(exampleOf(members)),
        sid: member_sid,
        channel_sid,
        last_consumed_message_index,
        notification_level,
      },
    },
  }),
};

export const chatKinds: Kinds = {
  [chatServices]: chatService,
  "chat_v2 /v2/Credentials": objects("conversationsCredentials"),
  [inService("Bindings")]: nothing,
  [inService("Channels")]: objects("chatChannels", { derived: ["members_count", "messages_count"] }),
  [members]: objects("chatMembers", { added: { notification_level: "default" } }),
  [inService("Channels/{ChannelSid}/Messages")]: objects("chatMessages", {
    derived: ["to"],
    isOldestFirst: true,
  }),
  [inService("Users")]: objects("chatUsers", {
    derived: ["is_online", "is_notifiable", "joined_channels_count"],
  }),
  [inService("Users/{UserSid}/Bindings")]: nothing,
  [inService("Users/{UserSid}/Channels")]: userChannels,
};
