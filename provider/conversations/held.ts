import type { Twilio } from "twilio";
import { orMissing } from "../twilio/missing";
import { ApiError } from "../values/errors";

/** What of customers' data a service (IS…) holds: it is one object under the APIs of Conversations and of Chat. */
export async function heldIn(twilio: Twilio, sid: string): Promise<string | undefined> {
  const [conversations, channels] = await Promise.all([
    orMissing(twilio.conversations.v1.services(sid).conversations.list({ limit: 1 })),
    unlessClosed(orMissing(twilio.chat.v2.services(sid).channels.list({ limit: 1 }))),
  ]);
  const held = [
    ...(conversations.length > 0 ? ["conversations"] : []),
    ...(channels.length > 0 ? ["chats"] : []),
  ];
  return held.length > 0 ? held.join(" and ") : undefined;
}

/**
 * Programmable Chat is past its end of life. Where it no longer answers, that must neither hide the conversations of a
 * service nor keep an empty one from being deleted.
 */
async function unlessClosed<Channel>(channels: Promise<Channel[]>): Promise<Channel[]> {
  try {
    return await channels;
  } catch (error) {
    if (error instanceof ApiError && (error.gone || error.status === 410)) return [];
    throw error;
  }
}
