import type { Account } from "../../account/state";
import type { Call, Family, Handler } from "../../api/call";
import { invalidParameter, missingParameter, stillInUse } from "../../api/errors";
import type { ChatRole } from "../chat/services";
import { type Scope, scopeOf } from "./services";

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

/** All permissions are given anew each time. */
/** The role that a request to either API asks for, among the account's from now on. */
export function newRole(
  call: Call,
  serviceSid: string,
  type: ChatRole["type"],
  permissions: string[],
): ChatRole {
  const { params, account, now } = call;
  const name = params.needed("FriendlyName");
  if (name.length > 64) throw invalidParameter("FriendlyName", "must be at most 64 characters");
  const role: ChatRole = {
    sid: call.sid("RL"),
    account_sid: account.sid,
    service_sid: serviceSid,
    friendly_name: name,
    type,
    permissions,
    date_created: now,
    date_updated: now,
  };
  account.chatRoles[role.sid] = role;
  return role;
}

function permissionsOf({ params }: Call): string[] {
  const permissions = params.list("Permission") ?? [];
  if (permissions.length === 0) throw missingParameter("Permission");
  return [...new Set(permissions)];
}

/** Whoever has a role keeps it, under either API. */
export function refuseRoleInUse(account: Account, { sid, service_sid }: ChatRole): void {
  const service = account.chatServices[service_sid];
  const isDefault =
    service?.default_service_role_sid === sid ||
    service?.default_channel_role_sid === sid ||
    service?.default_channel_creator_role_sid === sid;
  if (isDefault) throw stillInUse(sid, "it is a default role of its service");
  const holders = [
    ...Object.values(account.conversationsUsers),
    ...Object.values(account.conversationParticipants),
    ...Object.values(account.chatUsers),
    ...Object.values(account.chatMembers),
    ...Object.values(account.chatInvites),
  ];
  const holder = holders.find(({ role_sid }) => role_sid === sid);
  if (holder) throw stillInUse(sid, `${holder.sid} has it`);
}

function shown({ service_sid, type, ...role }: ChatRole, { base }: Scope) {
  return {
    ...role,
    chat_service_sid: service_sid,
    type: type === "channel" ? "conversation" : "service",
    url: `${base}/Roles/${role.sid}`,
  };
}
