import type { Live, Taker } from "../../provider/routing";
import type { Account } from "../account/state";
import type { ConversationScopedWebhook } from "../products/conversations/records";
import { openConversationOf } from "../products/conversations/relations";
import { openProxySession } from "../products/proxy/relations";
import type { Message } from "./arrival";

/** What is under way between the two addresses of a message. */
export function liveAt(account: Account, { channel, from, to, body }: Message, now: string): Live {
  // A conversation takes messages, no calls.
  const conversation = channel === "voice" ? undefined : openConversationOf(account, from, to);
  const webhooks = Object.values(account.conversationWebhooks).filter(
    ({ conversation_sid }) => conversation_sid === conversation?.sid,
  );
  return {
    ...(conversation && {
      conversation: {
        sid: conversation.sid,
        name: conversation.friendly_name ?? conversation.sid,
        takers: webhooks.flatMap((webhook) => takerOf(webhook, body) ?? []),
      },
    }),
    sessionIn: (serviceSid) => {
      const session = openProxySession(account, { serviceSid, identifier: from, proxyIdentifier: to }, now);
      return session && { sid: session.sid, name: session.unique_name ?? session.sid };
    },
  };
}

/** A webhook of the conversation, if this message is one that it listens to. */
function takerOf({ target, configuration }: ConversationScopedWebhook, body: string): Taker | undefined {
  const { url = "", method = null, filters = [], triggers = [], flow_sid = "" } = configuration;
  switch (target) {
    case "studio":
      return { type: "studio", studioFlowSid: flow_sid };
    case "webhook":
      return filters.includes("onMessageAdded") ? { type: "webhook", url, method } : undefined;
    case "trigger":
      return triggers.some((keyword) => body.includes(keyword))
        ? { type: "webhook", url, method }
        : undefined;
  }
}
