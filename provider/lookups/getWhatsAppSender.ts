import type * as pulumi from "@pulumi/pulumi";
import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { z } from "zod";
import { sid, whatsAppNumber } from "../twilio/fields";
import { canonical } from "../twilio/webhooks";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { whatsAppSenders } from "./sharedKinds";

/** Exactly one is given. */
export interface GetWhatsAppSenderArgs {
  /** SID of the sender (XE…). */
  sid?: string;
  /** The sender's number, such as `whatsapp:+15017122661`. */
  senderId?: string;
}

/** What is not set is blank. */
export interface WhatsAppSenderResult {
  /** SID of the sender (XE…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** The sender's number, such as `whatsapp:+15017122661`. */
  senderId: string;
  /** `ONLINE` where it sends and receives, else Twilio's word for what is the matter, such as `OFFLINE`. */
  status: string;
  /** Name that customers see. */
  name: string;
  /** URL that messages are posted to. */
  callbackUrl: string;
}

/**
 * A WhatsApp sender of the account, by its SID or number. One request.
 *
 * Errors: no such sender, with what there is; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/whatsapp/api/senders
 */
export function getWhatsAppSender(
  args: GetWhatsAppSenderArgs,
  opts?: LookupOptions,
): Promise<WhatsAppSenderResult> {
  return lookUp(whatsAppSender, args, opts);
}

/** `getWhatsAppSender` with arguments that may still be outputs. */
export function getWhatsAppSenderOutput(
  args: pulumi.Input<InputsOf<GetWhatsAppSenderArgs>>,
  opts?: LookupOptions,
): pulumi.Output<WhatsAppSenderResult> {
  return lookUpOutput(whatsAppSender, args, opts);
}

const whatsAppSender = defineLookup<GetWhatsAppSenderArgs>()("getWhatsAppSender", {
  args: z.strictObject({
    sid: sid("XE", "a WhatsApp sender").optional(),
    senderId: whatsAppNumber().optional(),
  }),
  rules: [exactlyOne("sid", "senderId")],
  ask: async (session, query) => resultOf(await findOne(session, query, whatsAppSenders), session.account),
});

const resultOf = (sender: ChannelsSenderInstance, accountSid: string): WhatsAppSenderResult => ({
  sid: sender.sid,
  accountSid,
  senderId: sender.senderId,
  status: sender.status,
  name: sender.profile?.name ?? "",
  callbackUrl: canonical(sender.webhook?.callbackUrl ?? ""),
});
