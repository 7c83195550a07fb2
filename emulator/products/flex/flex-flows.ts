import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, missingParameter, TwilioError, unknownReference } from "../../api/errors";
import { isWebUrl } from "../../api/params";
import { type FlexFlow, type Integration, type IntegrationType, integrationTypes } from "./records";

export const flexFlows: Family = {
  document: "flex_v1",
  operations: {
    CreateFlexFlow(call) {
      const { params, account } = call;
      const flow: FlexFlow = {
        sid: call.sid("FO"),
        account_sid: account.sid,
        friendly_name: params.needed("FriendlyName"),
        chat_service_sid: params.needed("ChatServiceSid"),
        channel_type: params.needed("ChannelType"),
        contact_identity: params.text("ContactIdentity") ?? "",
        enabled: params.flag("Enabled") ?? false,
        integration_type: integrationTypeOf(call) ?? null,
        integration: {},
        long_lived: params.flag("LongLived") ?? false,
        janitor_enabled: params.flag("JanitorEnabled") ?? false,
        date_created: call.now,
        date_updated: call.now,
      };
      flow.integration = integrationOf(call, flow.integration_type, {});
      refuseUnknownChatService(call, flow);
      refuseClash(call, flow);
      account.flexFlows[flow.sid] = flow;
      return shown(flow);
    },

    ListFlexFlow(call) {
      const name = call.params.text("FriendlyName");
      const flows = Object.values(call.account.flexFlows);
      return call.list(
        "flex_flows",
        flows.filter((flow) => name === undefined || flow.friendly_name === name),
        shown,
      );
    },

    FetchFlexFlow: (call) => shown(flowOf(call)),

    UpdateFlexFlow(call) {
      const { params, account } = call;
      const was = flowOf(call);
      const type = integrationTypeOf(call) ?? was.integration_type;
      const flow: FlexFlow = {
        ...was,
        friendly_name: params.has("FriendlyName") ? params.needed("FriendlyName") : was.friendly_name,
        chat_service_sid: params.has("ChatServiceSid")
          ? params.needed("ChatServiceSid")
          : was.chat_service_sid,
        channel_type: params.text("ChannelType") ?? was.channel_type,
        contact_identity: params.text("ContactIdentity") ?? was.contact_identity,
        enabled: params.flag("Enabled") ?? was.enabled,
        integration_type: type,
        // Keys of another type do not survive a change of the type.
        integration: integrationOf(call, type, type === was.integration_type ? was.integration : {}),
        long_lived: params.flag("LongLived") ?? was.long_lived,
        janitor_enabled: params.flag("JanitorEnabled") ?? was.janitor_enabled,
        date_updated: call.now,
      };
      if (params.has("ChatServiceSid")) refuseUnknownChatService(call, flow);
      refuseClash(call, flow);
      account.flexFlows[flow.sid] = flow;
      return shown(flow);
    },

    DeleteFlexFlow(call) {
      delete call.account.flexFlows[flowOf(call).sid];
      return undefined;
    },
  },
};

const flowOf = (call: Call) => call.found(call.account.flexFlows, call.path("Sid"));

const shown = (flow: FlexFlow) => ({ ...flow, url: `https://flex-api.twilio.com/v1/FlexFlows/${flow.sid}` });

function integrationTypeOf({ params }: Call): IntegrationType | undefined {
  return integrationTypes.find((type) => type === params.text("IntegrationType"));
}

/** The document says in prose only which keys belong to which type, and which of them are needed. */
function integrationOf(call: Call, type: IntegrationType | null, was: Integration): Integration {
  const { params, account } = call;
  const text = (name: string, old: string | undefined) => {
    const value = params.text(name) ?? old;
    if (!value) throw missingParameter(name);
    return value;
  };
  switch (type) {
    case "studio": {
      const flow_sid = text("Integration.FlowSid", was.flow_sid);
      if (params.has("Integration.FlowSid") && !lookUp(account.studioFlows, flow_sid)) {
        call.refuseIfStrict(unknownReference("Integration.FlowSid", flow_sid));
      }
      return { flow_sid, retry_count: retryCountOf(call, was) };
    }
    case "external": {
      const url = text("Integration.Url", was.url);
      if (!isWebUrl(url)) {
        throw invalidParameter("Integration.Url", "must be an absolute http or https URL");
      }
      return { url, retry_count: retryCountOf(call, was) };
    }
    case "task": {
      const workspace_sid = text("Integration.WorkspaceSid", was.workspace_sid);
      const workflow_sid = text("Integration.WorkflowSid", was.workflow_sid);
      if (params.has("Integration.WorkspaceSid") && !lookUp(account.taskrouterWorkspaces, workspace_sid)) {
        call.refuseIfStrict(unknownReference("Integration.WorkspaceSid", workspace_sid));
      }
      const workflow = lookUp(account.taskrouterWorkflows, workflow_sid);
      if (params.has("Integration.WorkflowSid") && workflow?.workspace_sid !== workspace_sid) {
        call.refuseIfStrict(unknownReference("Integration.WorkflowSid", workflow_sid));
      }
      return {
        workspace_sid,
        workflow_sid,
        channel: (params.text("Integration.Channel") ?? was.channel) || "default",
        timeout: params.number("Integration.Timeout") ?? was.timeout ?? 86_400,
        priority: params.number("Integration.Priority") ?? was.priority ?? 0,
        creation_on_message: params.flag("Integration.CreationOnMessage") ?? was.creation_on_message ?? false,
      };
    }
    case null:
      return withoutType(call, was);
  }
}

/** A flow without an integration type keeps where it leads, and shows nothing that was not sent. */
function withoutType({ params }: Call, was: Integration): Integration {
  const sent = {
    flow_sid: params.text("Integration.FlowSid"),
    url: params.text("Integration.Url"),
    workspace_sid: params.text("Integration.WorkspaceSid"),
    workflow_sid: params.text("Integration.WorkflowSid"),
    channel: params.text("Integration.Channel"),
    timeout: params.number("Integration.Timeout"),
    priority: params.number("Integration.Priority"),
    creation_on_message: params.flag("Integration.CreationOnMessage"),
    retry_count: params.number("Integration.RetryCount"),
  };
  const given = Object.entries(sent).filter(([, value]) => value !== undefined);
  return { ...was, ...Object.fromEntries(given) };
}

function retryCountOf({ params }: Call, was: Integration): number {
  const count = params.number("Integration.RetryCount") ?? was.retry_count ?? 3;
  if (count < 0 || count > 3) throw invalidParameter("Integration.RetryCount", "must be between 0 and 3");
  return count;
}

function refuseUnknownChatService(call: Call, { chat_service_sid }: FlexFlow): void {
  if (!lookUp(call.account.chatServices, chat_service_sid)) {
    call.refuseIfStrict(unknownReference("ChatServiceSid", chat_service_sid));
  }
}

/**
 * Two enabled flows of one integration type would both claim the messages of a contact identity. One that is disabled, or
 * leads elsewhere, may stand beside: https://www.twilio.com/docs/flex/developer/messaging/manage-flows has an inbound flow
 * and a disabled one for outbound messages. Without an identity any number may exist.
 */
function refuseClash(call: Call, flow: FlexFlow): void {
  if (flow.contact_identity === "" || !flow.enabled) return;
  const other = Object.values(call.account.flexFlows).find(
    (known) =>
      known.sid !== flow.sid &&
      known.enabled &&
      known.channel_type === flow.channel_type &&
      known.contact_identity === flow.contact_identity &&
      known.integration_type === flow.integration_type,
  );
  if (other) {
    const what = `channel type ${flow.channel_type} and contact identity ${flow.contact_identity}`;
    const why = `Flex Flow creation failed: ${what} collide with Flex Flow ${other.sid}`;
    call.refuseIfStrict(new TwilioError(400, 45212, why));
  }
}
