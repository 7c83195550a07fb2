import type * as pulumi from "@pulumi/pulumi";
import type { FlowInstance } from "twilio/lib/rest/studio/v2/flow";
import { z } from "zod";
import { sid, text } from "../twilio/fields";
import { studioFlowUrl } from "../twilio/webhooks";
import { exactlyOne } from "../values/validate";
import { findable, findOne } from "./findOne";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { InputsOf, LookupOptions } from "./options";

/** Exactly one is given. */
export interface GetStudioFlowArgs {
  /** SID of the flow (FW…). */
  sid?: string;
  /** Name that people see in Studio. Several flows may have the same one. */
  friendlyName?: string;
}

/** What `getStudioFlow` returns. */
export interface StudioFlowResult {
  /** SID of the flow (FW…). */
  sid: string;
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** Name that people see. */
  friendlyName: string;
  /** `published` or `draft`: what the latest revision is. */
  status: string;
  /** Number of the latest revision, from 1. */
  revision: number;
  /** URL that a number or sender posts messages and calls to, so that this flow handles them. */
  webhookUrl: string;
}

/**
 * A Studio flow that exists, by its SID or friendly name. One request.
 *
 * Errors: no such flow, with what there is; several of the same name; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/studio/rest-api/v2/flow
 */
export function getStudioFlow(args: GetStudioFlowArgs, opts?: LookupOptions): Promise<StudioFlowResult> {
  return lookUp(studioFlow, args, opts);
}

/** `getStudioFlow` with arguments that may still be outputs. */
export function getStudioFlowOutput(
  args: pulumi.Input<InputsOf<GetStudioFlowArgs>>,
  opts?: LookupOptions,
): pulumi.Output<StudioFlowResult> {
  return lookUpOutput(studioFlow, args, opts);
}

const studioFlow = defineLookup<GetStudioFlowArgs>()("getStudioFlow", {
  args: z.strictObject({ sid: sid("FW", "a Studio flow").optional(), friendlyName: text(256).optional() }),
  rules: [exactlyOne("sid", "friendlyName")],
  ask: async (session, query) => resultOf(await findOne(session, query, studioFlows)),
});

const studioFlows = findable<GetStudioFlowArgs, FlowInstance>({
  label: "Studio flow",
  plural: "Studio flows",
  fetch: (twilio, sid) => twilio.studio.v2.flows(sid).fetch(),
  list: (twilio, _, limit) => twilio.studio.v2.flows.list({ pageSize: 1000, limit }),
  sid: (flow) => flow.sid,
  called: (flow) => flow.friendlyName,
  isMeant: (flow, { friendlyName }) => flow.friendlyName === friendlyName,
});

const resultOf = (flow: FlowInstance): StudioFlowResult => ({
  sid: flow.sid,
  accountSid: flow.accountSid,
  friendlyName: flow.friendlyName,
  status: flow.status,
  revision: flow.revision,
  webhookUrl: studioFlowUrl(flow.accountSid, flow.sid),
});
