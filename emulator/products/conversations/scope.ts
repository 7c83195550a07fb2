import type { Account, Maker } from "../../account/state";
import type { Call, Family, Handler } from "../../api/call";
import { createChatService } from "../chat/relations";
import type { Conversation } from "./records";

export const conversationsRoot = "https://conversations.twilio.com/v1";

/** The service a request is about, and what stands before its objects in their URLs. */
export interface Scope {
  serviceSid: string;
  base: string;
  /** The service, where the path names it: what hangs on a conversation or user shows its service only then. */
  named: { chat_service_sid?: string };
}

type ScopedHandler = (call: Call, scope: Scope) => object | undefined;

/**
 * Operations that Twilio has twice: for the account's default service (`FetchUser`), and for the service that the path
 * names (`FetchServiceUser`).
 */
export function inBothScopes(operations: Record<string, ScopedHandler>): Family["operations"] {
  const both = Object.entries(operations).flatMap(([name, carryOut]): [string, Handler][] => {
    const handler: Handler = (call) => carryOut(call, scopeOf(call));
    return [
      [name, handler],
      [name.replace(/^[A-Z][a-z]+/, "$&Service"), handler],
    ];
  });
  return Object.fromEntries(both);
}

/** The service that the path names, or else the account's default service. */
export function scopeOf(call: Call): Scope {
  const named = call.path("ChatServiceSid");
  if (named === "") return { serviceSid: defaultServiceSid(call), base: conversationsRoot, named: {} };
  const { sid } = call.found(call.account.chatServices, named);
  return { serviceSid: sid, base: `${conversationsRoot}/Services/${sid}`, named: { chat_service_sid: sid } };
}

/** The account's default service. Twilio makes it when it is first needed. */
export function defaultServiceSid(maker: Maker): string {
  const { conversationsConfiguration: configuration } = maker.account;
  configuration.default_chat_service_sid ??= createChatService(maker, "Default Conversations Service").sid;
  return configuration.default_chat_service_sid;
}

export const conversationsOf = (account: Account, { serviceSid }: Scope) =>
  Object.values(account.conversations).filter(({ chat_service_sid }) => chat_service_sid === serviceSid);

export const isNamed = (name: string) => (conversation: Conversation) => conversation.unique_name === name;

/** By SID or unique name, which stands in that parameter of the path. */
export function conversationOf(call: Call, scope: Scope, parameter = "ConversationSid"): Conversation {
  const name = call.path(parameter);
  const all = conversationsOf(call.account, scope);
  const conversation = all.find(({ sid }) => sid === name) ?? all.find(isNamed(name));
  if (!conversation) throw call.notFound();
  return conversation;
}

export const conversationUrl = ({ base }: Scope, sid: string) => `${base}/Conversations/${sid}`;
