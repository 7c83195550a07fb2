import * as pulumi from "@pulumi/pulumi";
import type { MessagingService } from "../messaging/messagingService";
import { programError } from "../program/program";
import { e164 } from "../twilio/fields";
import { given } from "../values/validate";
import { type SidOf, sidOf } from "./sids";

/** What numbers and WhatsApp senders may have in common. */
export interface InMessagingService {
  /**
   * The Messaging Service that the number or sender is in, or its SID (MG…). It comes before the number's own handler, and
   * only a person can tell it who takes messages: see `manualSteps`. Default: none.
   */
  messagingServiceSid?: SidOf<MessagingService>;
}

/** @see https://www.twilio.com/docs/conversations/inbound-autocreation */
export function stepsInService(
  service: SidOf<MessagingService> | undefined,
  isProxy: boolean,
  channel: "sms" | "whatsapp",
): pulumi.Output<string>[] {
  if (service === undefined) return [];
  const choice = isProxy ? "Defer to sender's webhook" : "Autocreate a Conversation";
  // The service's URL was seen to take a WhatsApp sender's messages whatever is chosen.
  const more = isProxy && channel === "whatsapp" ? ", and make the service's Request URL blank" : "";
  return [
    pulumi.interpolate`Messaging Service ${sidOf(service)}: under Integration, Incoming Messages, choose "${choice}"${more}`,
  ];
}

/** Refuses what is no number, where the program shows it. Outputs are checked by the resources that they reach. */
export function refuseNumber(channel: string, key: string, value: unknown): void {
  if (typeof value !== "string" || e164().safeParse(value).success) return;
  throw programError(
    `${channel}: ${key}: ${given(value)}; give a phone number in E.164 form, such as +15017122661`,
  );
}
