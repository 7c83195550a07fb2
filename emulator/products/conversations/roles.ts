import type { Call, Family } from "../../api/call";
import { missingParameter } from "../../api/errors";
import type { ChatRole } from "../chat/records";
import { newRole, refuseRoleInUse } from "./relations";
import { inBothScopes, type Scope } from "./scope";

/** Roles of a service: those that Twilio makes along with it, and others. Nothing checks who may do what. */
export const conversationsRoles: Family = {
  document: "conversations_v1",
  operations: inBothScopes({
    CreateRole(call, scope) {
      const type = call.params.needed("Type") === "conversation" ? "channel" : "deployment";
      const role = newRole(call, scope.serviceSid, type, permissionsOf(call));
      return shown(role, scope);
    },

    ListRole(call, scope) {
      const { account } = call;
      const roles = Object.values(account.chatRoles).filter(
        ({ service_sid }) => service_sid === scope.serviceSid,
      );
      return call.list("roles", roles, (role) => shown(role, scope));
    },

    FetchRole(call, scope) {
      return shown(roleOf(call, scope), scope);
    },

    /** All permissions are given anew each time. */
    UpdateRole(call, scope) {
      const role: ChatRole = {
        ...roleOf(call, scope),
        permissions: permissionsOf(call),
        date_updated: call.now,
      };
      call.account.chatRoles[role.sid] = role;
      return shown(role, scope);
    },

    DeleteRole(call, scope) {
      const { account } = call;
      const role = roleOf(call, scope);
      refuseRoleInUse(call, role);
      delete account.chatRoles[role.sid];
      return undefined;
    },
  }),
};

function roleOf(call: Call, { serviceSid }: Scope): ChatRole {
  const role = call.found(call.account.chatRoles, call.path("Sid"));
  if (role.service_sid !== serviceSid) throw call.notFound();
  return role;
}

function permissionsOf({ params }: Call): string[] {
  const permissions = params.list("Permission") ?? [];
  if (permissions.length === 0) throw missingParameter("Permission");
  return [...new Set(permissions)];
}

function shown({ service_sid, type, ...role }: ChatRole, { base }: Scope) {
  return {
    ...role,
    chat_service_sid: service_sid,
    type: type === "channel" ? "conversation" : "service",
    url: `${base}/Roles/${role.sid}`,
  };
}
