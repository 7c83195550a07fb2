import { type Call, type Family, lookUp } from "../../api/call";
import { missingParameter } from "../../api/errors";
import { newRole, refuseRoleInUse } from "../conversations/relations";
import type { ChatRole } from "./records";
import { chatServiceOf, chatUrl } from "./relations";

/** What Programmable Chat and Conversations call by different names. Roles are kept in the words of Conversations. */
const words: readonly (readonly [chat: string, conversations: string])[] = [
  ["createChannel", "createConversation"],
  ["joinChannel", "joinConversation"],
  ["leaveChannel", "leaveConversation"],
  ["addMember", "addParticipant"],
  ["removeMember", "removeParticipant"],
  ["editChannelName", "editConversationName"],
  ["editChannelAttributes", "editConversationAttributes"],
  ["editAnyMemberAttributes", "editAnyParticipantAttributes"],
  ["destroyChannel", "deleteConversation"],
];
const toConversations = new Map(words);
const toChat = new Map(words.map(([chat, conversations]) => [conversations, chat]));

export const chatRoles: Family = {
  document: "chat_v2",
  operations: {
    CreateRole(call) {
      const type = call.params.text("Type") === "channel" ? "channel" : "deployment";
      const role = newRole(call, chatServiceOf(call).sid, type, permissionsOf(call));
      return shown(role);
    },

    ListRole(call) {
      const { sid } = chatServiceOf(call);
      const roles = Object.values(call.account.chatRoles).filter(({ service_sid }) => service_sid === sid);
      return call.list("roles", roles, shown);
    },

    FetchRole: (call) => shown(roleOf(call)),

    /** The permissions take the place of those that were there. */
    UpdateRole(call) {
      const role = roleOf(call);
      role.permissions = permissionsOf(call);
      role.date_updated = call.now;
      return shown(role);
    },

    DeleteRole(call) {
      const role = roleOf(call);
      refuseRoleInUse(call, role);
      delete call.account.chatRoles[role.sid];
      return undefined;
    },
  },
};

function roleOf(call: Call): ChatRole {
  const { sid } = chatServiceOf(call);
  const role = lookUp(call.account.chatRoles, call.path("Sid"));
  if (role?.service_sid !== sid) throw call.notFound();
  return role;
}

function permissionsOf({ params }: Call): string[] {
  const permissions = params.list("Permission") ?? [];
  if (permissions.length === 0) throw missingParameter("Permission");
  return permissions.map((permission) => toConversations.get(permission) ?? permission);
}

const shown = (role: ChatRole) => ({
  ...role,
  permissions: role.permissions.map((permission) => toChat.get(permission) ?? permission),
  url: `${chatUrl(role.service_sid)}/Roles/${role.sid}`,
});
