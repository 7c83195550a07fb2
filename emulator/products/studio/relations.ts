import type { Stamp } from "../../api/clock";
import { firstTransition } from "./definition";
import type { StudioExecution, StudioFlow, StudioRevision, StudioStep, StudioTrigger } from "./records";

/** An execution right after its trigger: it has gone on to the first widget and stays there. */
export function newExecution(
  { now, sid: newSid }: Stamp,
  flow: StudioFlow,
  { definition, revision }: StudioRevision,
  { event, contact, address, sid: initiatedBy, variables, data = {} }: StudioTrigger,
): StudioExecution {
  const sid = newSid("FN");
  const context = {
    contact: { channel: { address: contact } },
    flow: { sid, flow_sid: flow.sid, channel: { address }, data },
    trigger: variables,
    widgets: {},
  };
  const { from, to } = firstTransition(definition, event);
  const step: StudioStep = {
    sid: newSid("FT"),
    name: event,
    type: "trigger",
    parent_step_sid: null,
    transitioned_from: from,
    transitioned_to: to ?? "Ended",
    context,
    date_created: now,
    date_updated: null,
  };
  return {
    sid,
    account_sid: flow.account_sid,
    flow_sid: flow.sid,
    contact_channel_address: contact,
    contact_sid: newSid("FC"),
    flow_version: revision,
    initiated_by: initiatedBy,
    context,
    status: "active",
    date_created: now,
    date_updated: now,
    steps: [step],
  };
}
