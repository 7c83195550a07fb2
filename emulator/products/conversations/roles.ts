import type { Call, Family, Handler } from "../../api/call";
import { missingParameter } from "../../api/errors";
import type { ChatRole } from "../chat/records";
import { newRole, refuseRoleInUse } from "./relations";
import { type Scope, scopeOf } from "./scope";

const create: Handler = (call) => {
  const scope = scopeOf(call);
  const type = call.params.needed("Type") === "conversation" ? "channel" : "deployment";
  const role = newRole(call, scope.serviceSid, type, permissionsOf(call));
  return shown(role, scope);
};

const list: Handler = (call) => {
  const scope = scopeOf(call);
  const { account } = call;
  const roles = Object.values(account.chatRoles).filter(
    ({ service_sid }) => service_sid === scope.serviceSid,
  );
  return call.list("roles", roles, (role) => shown(role, scope));
};

const fetch: Handler = (call) => {
  const scope = scopeOf(call);
  return shown(roleOf(call, scope), scope);
};

const update: Handler = (call) => {
  const scope = scopeOf(call);
  const role: ChatRole = {
    ...roleOf(call, scope),
    permissions: permissionsOf(call),
    date_updated: call.now,
  };
  call.account.chatRoles[role.sid] = role;
  return shown(role, scope);
};

const remove: Handler = (call) => {
  const { account } = call;
  const role = roleOf(call, scopeOf(call));
  refuseRoleInUse(account, role);
  delete account.chatRoles[role.sid];
  return undefined;
};

/** Roles of a service: those that Twilio makes along with it, and others. Nothing checks who may do what. */
export const conversationsRoles: Family = {
  document: "conversations_v1",
  operations: {
    CreateRole: create,
    CreateServiceRole: create,
    ListRole: list,
    ListServiceRole: list,
    FetchRole: fetch,
    FetchServiceRole: fetch,
    UpdateRole: update,
    UpdateServiceRole: update,
    DeleteRole: remove,
    DeleteServiceRole: remove,
  },
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
