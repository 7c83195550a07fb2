import type * as pulumi from "@pulumi/pulumi";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow";
import { z } from "zod";
import type { ChannelType } from "../flex/flexFlow";
import { oneOf, sid, text } from "../twilio/fields";
import { exactlyOne } from "../values/validate";
import { findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";
import { flexFlows } from "./sharedKinds";

/** The SID, the friendly name, or the channel type with the contact identity. */
export interface GetFlexFlowArgs {
  /** SID of the flow (FO…). */
  sid?: string;
  /** Name that people see in Flex. Several flows may have the same one. */
  friendlyName?: string;
  /** Channel that the flow serves. Goes with `contactIdentity`. */
  channelType?: ChannelType;
  /** Address that customers write to. Goes with `channelType`. */
  contactIdentity?: string;
}

/** What `getFlexFlow` returns. */
export interface FlexFlowResult {
  /** SID of the flow (FO…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** SID of the Chat service (IS…) that conversations are kept in. */
  chatServiceSid: string;
  /** Channel that the flow serves. */
  channelType: ChannelType;
  /** Address that customers write to; blank where the flow serves all of its channel type. */
  contactIdentity: string;
  /** Whether the flow takes messages. */
  enabled: boolean;
  /** Where messages go: `studio`, `external` or `task`; blank where nowhere. */
  integrationType: string;
  /** SID of the Studio flow (FW…), where that is where messages go; else blank. */
  studioFlowSid: string;
}

/**
 * A Flex Flow that exists, by its SID, its friendly name, or its channel type and contact identity. One request.
 *
 * **Legacy.** Flex Flows belong to Programmable Chat for Flex, whose end of life was 2026-06-01.
 *
 * Errors: no such flow, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/flex/developer/messaging/flow
 */
export function getFlexFlow(args: GetFlexFlowArgs, opts?: LookupOptions): Promise<FlexFlowResult> {
  return lookUp(flexFlow, args, opts);
}

/** `getFlexFlow` with arguments that may still be outputs. */
export function getFlexFlowOutput(
  args: pulumi.Input<InputsOf<GetFlexFlowArgs>>,
  opts?: LookupOptions,
): pulumi.Output<FlexFlowResult> {
  return lookUpOutput(flexFlow, args, opts);
}

const flexFlow = defineLookup<GetFlexFlowArgs>()("getFlexFlow", {
  args: z.strictObject({
    sid: sid("FO", "a Flex Flow").optional(),
    friendlyName: text(256).optional(),
    channelType: oneOf(["web", "sms", "facebook", "whatsapp", "line", "custom"]).optional(),
    contactIdentity: text(256).optional(),
  }),
  rules: [
    exactlyOne("sid", "friendlyName", "contactIdentity"),
    ({ channelType, contactIdentity }) =>
      (channelType === undefined) === (contactIdentity === undefined)
        ? undefined
        : "channelType, contactIdentity: they go together",
  ],
  ask: async (session, query) => resultOf(await findOne(session, query, flexFlows)),
});

const resultOf = (flow: FlexFlowInstance): FlexFlowResult => ({
  sid: flow.sid,
  accountSid: flow.accountSid,
  friendlyName: flow.friendlyName,
  chatServiceSid: flow.chatServiceSid,
  channelType: flow.channelType,
  contactIdentity: flow.contactIdentity ?? "",
  enabled: flow.enabled,
  integrationType: flow.integrationType ?? "",
  studioFlowSid: flow.integrationType === "studio" ? String(flow.integration?.flow_sid ?? "") : "",
});
