import type { Twilio } from "twilio";

/** What of customers' data a service (IS…) holds: it is one object under the APIs of Conversations and of Chat. */
export async function heldIn(twilio: Twilio, sid: string): Promise<string | undefined> {
  const [conversations, channels] = await Promise.all([
    twilio.conversations.v1.services(sid).conversations.list({ limit: 1 }),
    twilio.chat.v2.services(sid).channels.list({ limit: 1 }),
  ]);
  const held = [
    ...(conversations.length > 0 ? ["conversations"] : []),
    ...(channels.length > 0 ? ["chats"] : []),
  ];
  return held.length > 0 ? held.join(" and ") : undefined;
}
