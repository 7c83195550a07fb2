import { handOver } from "./handOver";
import { origin, ownNumber, type Place } from "./place";
import type { Way } from "./route";
import type { Item } from "./snapshot";
import { go, missing, named, stop, withSid } from "./trail";
import { handlerAt } from "./webhooks";

/** What a number does with calls: its trunk wins over its application, and that over its URL. */
export function callWays(place: Place): Way[] {
  const { account, address } = place;
  const number = ownNumber(account, address);
  if (!number) return [];
  const start = go({ by: "handler", hops: [] }, origin(place), "The customer calls it");
  const { trunkSid, voiceApplicationSid, voiceUrl = null, voiceMethod = null } = number;
  if (trunkSid) {
    const trunk = { kind: "trunk", sid: trunkSid, name: trunkSid } as const;
    const end = "What is behind the trunk is not known";
    return stop(go(start, trunk, "The number hands its calls to this trunk"), "trunk", end);
  }
  if (!voiceApplicationSid) {
    return handOver(place, start, { url: voiceUrl, method: voiceMethod }, "The number's voice handler");
  }
  const application = withSid(account.applications, voiceApplicationSid);
  const how = "The number hands its calls to this application";
  if (!application) return missing(start, "application", voiceApplicationSid, how);
  const trail = go(start, named("application", application, application.friendlyName), how);
  const target = { url: application.voiceUrl ?? null, method: application.voiceMethod ?? null };
  return handOver(place, trail, target, "Its voice URL");
}

/** Whether anybody has set up what the number does with calls: not blank, and not what Twilio puts on new numbers. */
export function takesCalls(number: Item<"phoneNumbers">): boolean {
  const { voice = true, trunkSid, voiceApplicationSid, voiceUrl = null, voiceFallbackUrl } = number;
  const { kind } = handlerAt(voiceUrl, "Call");
  const hasUrl = kind !== "blank" && kind !== "demo";
  const hasFallback = kind === "blank" && voiceFallbackUrl;
  return voice && Boolean(trunkSid || voiceApplicationSid || hasUrl || hasFallback);
}
