import type * as pulumi from "@pulumi/pulumi";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { addresses } from "./sharedKinds";

/** Exactly one is given. */
export interface GetConversationsAddressArgs {
  /** SID of the address configuration (IG…). */
  sid?: string;
  /** What customers write to, such as `+15017122661` or `whatsapp:+15017122661`. */
  address?: string;
}

/** What `getConversationsAddress` returns. */
export interface ConversationsAddressResult {
  /** SID of the address configuration (IG…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Channel, in lower case: sms, whatsapp, … */
  type: string;
  /** The address, in the form that Twilio returns. */
  address: string;
  /** Name that people see. */
  friendlyName: string;
  /** Country of a short code; else blank. */
  addressCountry: string;
  /** Whether a message without a conversation makes one. */
  autoCreationEnabled: boolean;
  /** What new conversations are handed to: `studio`, `webhook` or `default`. */
  autoCreationType: string;
  /** SID of the Studio flow (FW…), where that is where they go; else blank. */
  studioFlowSid: string;
}

/**
 * The configuration of an address that exists, by its SID or the address. One request.
 *
 * Errors: no such address, with what there is; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/conversations/api/address-configuration-resource
 */
export function getConversationsAddress(
  args: GetConversationsAddressArgs,
  opts?: LookupOptions,
): Promise<ConversationsAddressResult> {
  return lookUp(conversationsAddress, args, opts);
}

/** `getConversationsAddress` with arguments that may still be outputs. */
export function getConversationsAddressOutput(
  args: pulumi.Input<InputsOf<GetConversationsAddressArgs>>,
  opts?: LookupOptions,
): pulumi.Output<ConversationsAddressResult> {
  return lookUpOutput(conversationsAddress, args, opts);
}

const conversationsAddress = defineLookup<GetConversationsAddressArgs>()("getConversationsAddress", {
  args: z.strictObject({ sid: sid("IG", "an address").optional(), address: text(256).optional() }),
  rules: [exactlyOne("sid", "address")],
  ask: async (session, query) => resultOf(await findOne(session, query, addresses)),
});

const resultOf = (configuration: AddressConfigurationInstance): ConversationsAddressResult => ({
  sid: configuration.sid,
  accountSid: configuration.accountSid,
  type: configuration.type.toLowerCase(),
  address: configuration.address,
  friendlyName: configuration.friendlyName ?? "",
  addressCountry: configuration.addressCountry ?? "",
  autoCreationEnabled: configuration.autoCreation?.enabled === true,
  autoCreationType: String(configuration.autoCreation?.type ?? ""),
  studioFlowSid: String(configuration.autoCreation?.studio_flow_sid ?? ""),
});
