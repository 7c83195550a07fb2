import type { Call, Family, Handler } from "../call";
import type { ChatRole } from "./chat-services";
import { type Scope, scopeOf } from "./conversations-services";

const list: Handler = (call) => {
  const scope = scopeOf(call);
  return call.list("roles", rolesOf(call, scope), (role) => shown(role, scope));
};

const fetch: Handler = (call) => {
  const scope = scopeOf(call);
  const role = rolesOf(call, scope).find(({ sid }) => sid === call.path("Sid"));
  if (!role) throw call.notFound();
  return shown(role, scope);
};

/** Reads the roles that Twilio makes along with a service. */
export const conversationsRoles: Family = {
  document: "conversations_v1",
  operations: { ListRole: list, ListServiceRole: list, FetchRole: fetch, FetchServiceRole: fetch },
};

const rolesOf = ({ account }: Call, { serviceSid }: Scope) =>
  Object.values(account.chatRoles).filter(({ service_sid }) => service_sid === serviceSid);

function shown({ service_sid, type, ...role }: ChatRole, { base }: Scope) {
  return {
    ...role,
    chat_service_sid: service_sid,
    type: type === "channel" ? "conversation" : "service",
    url: `${base}/Roles/${role.sid}`,
  };
}
