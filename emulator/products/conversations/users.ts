import type { Call, Family } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { checkedAttributes, checkedRole } from "./fields";
import type { ConversationsUser } from "./records";
import { findUser, newUser, usersOf } from "./relations";
import { inBothScopes, type Scope } from "./scope";

export const conversationsUsers: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateUser(call, scope) {
      const { params, account } = call;
      const identity = params.needed("Identity");
      if (identity.length > 256) throw invalidParameter("Identity", "must be at most 256 characters");
      if (findUser(account, scope.serviceSid, identity)) {
        throw new TwilioError(409, 50201, "User already exists");
      }
      const user = changed(call, newUser(call, scope.serviceSid, identity));
      account.conversationsUsers[user.sid] = user;
      return shown(user, scope);
    },

    ListUser(call, scope) {
      return call.list("users", usersOf(call.account, scope.serviceSid), (user) => shown(user, scope));
    },

    FetchUser(call, scope) {
      return shown(userOf(call, scope, "Sid"), scope);
    },

    UpdateUser(call, scope) {
      const user = changed(call, userOf(call, scope, "Sid"));
      call.account.conversationsUsers[user.sid] = user;
      return shown(user, scope);
    },

    /** A user who is deleted leaves all conversations. */
    DeleteUser(call, scope) {
      const { account } = call;
      const { sid, identity, chat_service_sid } = userOf(call, scope, "Sid");
      for (const participant of Object.values(account.conversationParticipants)) {
        const conversation = account.conversations[participant.conversation_sid];
        if (participant.identity === identity && conversation?.chat_service_sid === chat_service_sid) {
          delete account.conversationParticipants[participant.sid];
        }
      }
      delete account.conversationsUsers[sid];
      return undefined;
    },
  }),
};

/** By SID or identity, which stands in that parameter of the path. */
export function userOf(call: Call, { serviceSid }: Scope, parameter: string): ConversationsUser {
  const name = call.path(parameter);
  const users = usersOf(call.account, serviceSid);
  const user = users.find(({ sid }) => sid === name) ?? users.find(({ identity }) => identity === name);
  if (!user) throw call.notFound();
  return user;
}

function changed(call: Call, was: ConversationsUser): ConversationsUser {
  const { params } = call;
  const roleSid = params.text("RoleSid");
  return {
    ...was,
    role_sid: roleSid ? checkedRole(call, roleSid, was.chat_service_sid, "deployment") : was.role_sid,
    friendly_name: params.has("FriendlyName") ? params.text("FriendlyName") || null : was.friendly_name,
    attributes: checkedAttributes(params.text("Attributes"), was.attributes),
    date_updated: call.now,
  };
}

export const userUrl = ({ base }: Scope, sid: string) => `${base}/Users/${sid}`;

function shown(user: ConversationsUser, scope: Scope) {
  const url = userUrl(scope, user.sid);
  const links = { user_conversations: `${url}/Conversations` };
  return { ...user, is_online: null, is_notifiable: null, url, links };
}
