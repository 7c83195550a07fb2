import type { Call, Family } from "../../api/call";
import { TwilioError } from "../../api/errors";
import { type ChatUser, newChatUser } from "./records";
import { chatAttributes, chatRoleOf, chatServiceOf, chatUrl, chatUserOf, chatUsersOf } from "./relations";

export const chatUsers: Family = {
  document: "chat_v2",
  operations: {
    CreateUser(call) {
      const service = chatServiceOf(call);
      const identity = call.params.needed("Identity");
      if (chatUsersOf(call.account, service.sid).some((other) => other.identity === identity))
        throw new TwilioError(409, 50201, "User already exists");
      return save(call, newChatUser(call, service, identity));
    },

    ListUser: (call) =>
      call.list("users", chatUsersOf(call.account, chatServiceOf(call).sid), (user) => shown(call, user)),

    FetchUser: (call) => shown(call, chatUserOf(call, "Sid")),

    UpdateUser: (call) => save(call, { ...chatUserOf(call, "Sid"), date_updated: call.now }),

    /** Takes them out of their channels too. */
    DeleteUser(call) {
      const { account } = call;
      const user = chatUserOf(call, "Sid");
      for (const collection of [account.chatMembers, account.chatInvites]) {
        for (const { sid, service_sid, identity } of Object.values(collection)) {
          if (service_sid === user.service_sid && identity === user.identity) delete collection[sid];
        }
      }
      delete account.chatUsers[user.sid];
      return undefined;
    },
  },
};

function save(call: Call, was: ChatUser): object {
  const { params, account } = call;
  const user: ChatUser = {
    ...was,
    role_sid: chatRoleOf(call, "RoleSid", was.role_sid),
    friendly_name: params.has("FriendlyName") ? params.text("FriendlyName") || null : was.friendly_name,
    attributes: chatAttributes(call, was.attributes),
  };
  account.chatUsers[user.sid] = user;
  return shown(call, user);
}

function shown({ account }: Call, user: ChatUser) {
  const url = `${chatUrl(user.service_sid)}/Users/${user.sid}`;
  const memberships = Object.values(account.chatMembers).filter(
    ({ service_sid, identity }) => service_sid === user.service_sid && identity === user.identity,
  );
  return {
    ...user,
    // Null for somebody who has never been connected: https://www.twilio.com/docs/chat/rest/user-resource
    is_online: null,
    is_notifiable: null,
    joined_channels_count: memberships.length,
    url,
    links: { user_channels: `${url}/Channels`, user_bindings: `${url}/Bindings` },
  };
}
