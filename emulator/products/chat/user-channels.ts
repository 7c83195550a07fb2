import type { Call, Family } from "../../api/call";
import type { ChatMember } from "./records";
import {
  chatChannelOf,
  chatChannelUrl,
  chatMembersOf,
  chatMessagesOf,
  chatUrl,
  chatUserOf,
  consumptionOf,
} from "./relations";

/** Where a user is a member, seen from the user. */
export const chatUserChannels: Family = {
  document: "chat_v2",
  operations: {
    ListUserChannel(call) {
      const user = chatUserOf(call, "UserSid");
      const members = Object.values(call.account.chatMembers).filter(
        ({ service_sid, identity }) => service_sid === user.service_sid && identity === user.identity,
      );
      return call.list("channels", members, (member) => shown(call, member));
    },

    FetchUserChannel: (call) => shown(call, memberOf(call)),

    UpdateUserChannel(call) {
      const was = memberOf(call);
      const member: ChatMember = {
        ...was,
        ...consumptionOf(call, was),
        notification_level: call.params.text("NotificationLevel") || was.notification_level,
        date_updated: call.now,
      };
      call.account.chatMembers[member.sid] = member;
      return shown(call, member);
    },

    DeleteUserChannel(call) {
      delete call.account.chatMembers[memberOf(call).sid];
      return undefined;
    },
  },
};

function memberOf(call: Call): ChatMember {
  const { identity } = chatUserOf(call, "UserSid");
  const members = chatMembersOf(call.account, chatChannelOf(call, "ChannelSid").sid);
  const member = members.find((candidate) => candidate.identity === identity);
  if (!member) throw call.notFound();
  return member;
}

function shown(call: Call, member: ChatMember) {
  const { sid: userSid } = chatUserOf(call, "UserSid");
  const { account_sid, service_sid, channel_sid, last_consumed_message_index: last } = member;
  const channel = chatChannelUrl(service_sid, channel_sid);
  const unread = chatMessagesOf(call.account, channel_sid).filter(
    ({ index }) => last !== null && index > last,
  );
  return {
    account_sid,
    service_sid,
    channel_sid,
    user_sid: userSid,
    member_sid: member.sid,
    status: "joined",
    last_consumed_message_index: last,
    unread_messages_count: last === null ? null : unread.length,
    notification_level: member.notification_level,
    url: `${chatUrl(service_sid)}/Users/${userSid}/Channels/${channel_sid}`,
    links: { channel, member: `${channel}/Members/${member.sid}` },
  };
}
