import * as pulumi from "@pulumi/pulumi";
import type { ConversationsAddressArgs } from "../conversations/conversationsAddress";
import type { FlexFlowArgs } from "../flex/flexFlow";
import type { StudioFlow } from "../studio/studioFlow";
import type { TaskRouterWorkflow } from "../taskrouter/taskRouterWorkflow";
import type { TaskRouterWorkspace } from "../taskrouter/taskRouterWorkspace";
import type { HttpMethod } from "../twilio/webhooks";
import { shownUrl } from "../values/secrets";
import { flexConfiguration } from "./shared";
import { type SidOf, sidOf } from "./sids";

/**
 * Which path messages take. `conversations`: Flex Conversations. `proxy`, legacy: a Proxy service and a Flex Flow.
 * `moving`: Flex Conversations, with the Flex Flow still there, disabled, so that there is a way back to `proxy`.
 */
export type Messaging = "conversations" | "proxy" | "moving";

/** A Studio flow that is there already. */
export interface StudioFlowDestination {
  /** Marks this kind of destination. */
  kind: "studio";
  /** The flow or its SID (FW…). On proxy `incomingMessage` starts it, else `incomingConversationMessage`. */
  flow: StudioFlow | pulumi.Input<string>;
  /** How often a failed hand-over is tried again, 0 to 3. Default 3. */
  retryCount?: pulumi.Input<number>;
}

/** A Studio flow of the channel's own, published. */
export interface StudioDefinitionDestination {
  /** Marks this kind of destination. */
  kind: "studio";
  /** The flow as Studio exports it, or as `studioFlowToFlex` makes it. */
  definition: pulumi.Input<Record<string, unknown> | string>;
  /** How often a failed hand-over is tried again, 0 to 3. Default 3. */
  retryCount?: pulumi.Input<number>;
}

/** A webhook of your own. */
export interface WebhookDestination {
  /** Marks this kind of destination. */
  kind: "webhook";
  /** Absolute URL. It may carry credentials: give it as a secret then. */
  url: pulumi.Input<string>;
  /** GET or POST. Default POST. On proxy it is always POST. */
  method?: pulumi.Input<HttpMethod>;
  /** Events of conversations that the webhook is called for. Default: none. On proxy it is called for every message. */
  filters?: pulumi.Input<pulumi.Input<string>[]>;
}

/** TaskRouter, without a Studio flow before it. On proxy only; elsewhere a flow made by `studioFlowToFlex` does the same. */
export interface WorkflowDestination {
  /** Marks this kind of destination. */
  kind: "workflow";
  /** The TaskRouter workflow, or its SID (WW…). Default: that of the Flex Configuration, looked up. */
  workflow?: SidOf<TaskRouterWorkflow>;
  /** Its workspace, or the SID of that (WS…). Default: that of the workflow where you give the resource, else that of the Flex Configuration. */
  workspaceSid?: SidOf<TaskRouterWorkspace>;
  /** SID (TC…) or unique name of the task channel. Default `default`. */
  taskChannel?: pulumi.Input<string>;
  /** Seconds until the task is given up. Default 86400. */
  timeout?: pulumi.Input<number>;
  /** Priority of the task; higher goes first. Default 0. */
  priority?: pulumi.Input<number>;
}

/** A conversation that nobody is brought into. On conversations only. */
export interface ConversationDestination {
  /** Marks this kind of destination. */
  kind: "conversation";
}

/** Who takes the messages of a channel. */
export type Destination =
  | StudioFlowDestination
  | StudioDefinitionDestination
  | WebhookDestination
  | WorkflowDestination
  | ConversationDestination;

/** Why a path cannot lead there. */
export function impossible({ kind }: Destination, messaging: Messaging): string | undefined {
  if (kind === "workflow" && messaging !== "proxy")
    return `destination: on messaging "${messaging}" nothing leads to a workflow directly; use { kind: "studio", definition: studioFlowToFlex({ workflowSid, taskChannelSid }) }`;
  if (kind === "conversation" && messaging !== "conversations")
    return `destination: on messaging "${messaging}" a Flex Flow has to lead somewhere; "conversation" is for messaging "conversations"`;
  return undefined;
}

/** A destination of which all objects are there. */
export type Target =
  | { kind: "studio"; flowSid: pulumi.Input<string>; retryCount?: pulumi.Input<number> }
  | (Omit<WorkflowDestination, "workflow" | "workspaceSid"> & {
      workflowSid: pulumi.Input<string>;
      workspaceSid: pulumi.Input<string>;
    })
  | WebhookDestination
  | ConversationDestination;

/** `own` is the flow that was made of a definition; what the Flex Configuration names is looked up where it is needed. */
export function targetOf(
  destination: Destination,
  own: StudioFlow | undefined,
  parent: pulumi.Resource,
): Target {
  switch (destination.kind) {
    case "studio": {
      const { kind, retryCount } = destination;
      const flow = "flow" in destination ? destination.flow : own;
      return { kind, flowSid: flow === undefined ? "" : sidOf(flow), retryCount };
    }
    case "workflow": {
      const { workflow, ...rest } = destination;
      const workspaceSid =
        rest.workspaceSid ?? (pulumi.CustomResource.isInstance(workflow) ? workflow.workspaceSid : undefined);
      const flex = workflow && workspaceSid ? undefined : flexConfiguration(parent);
      return {
        ...rest,
        workflowSid: workflow ? sidOf(workflow) : (flex?.taskrouterTargetWorkflowSid ?? ""),
        workspaceSid: workspaceSid ? sidOf(workspaceSid) : (flex?.taskrouterWorkspaceSid ?? ""),
      };
    }
    default:
      return destination;
  }
}

/** The integration type of a Flex Flow that leads there. */
export const integrationTypeOf = ({ kind }: Destination) =>
  ({ studio: "studio", webhook: "external", workflow: "task", conversation: undefined })[kind];

/** What a Flex Flow hands messages to. */
export function integrationOf(target: Target): FlexFlowArgs["integration"] {
  switch (target.kind) {
    case "studio":
      return { type: "studio", flowSid: target.flowSid, retryCount: target.retryCount };
    case "webhook":
      return { type: "external", url: target.url };
    case "workflow": {
      const { workflowSid, workspaceSid, taskChannel, timeout, priority } = target;
      return { type: "task", workflowSid, workspaceSid, channel: taskChannel, timeout, priority };
    }
    case "conversation":
      return undefined;
  }
}

/** What an address hands conversations to. */
export function autoCreationOf(
  target: Target,
  settings: { enabled: boolean; conversationServiceSid?: pulumi.Input<string> },
): ConversationsAddressArgs["autoCreation"] {
  switch (target.kind) {
    case "studio":
      return {
        type: "studio",
        studioFlowSid: target.flowSid,
        studioRetryCount: target.retryCount,
        ...settings,
      };
    case "webhook": {
      const { url, method, filters } = target;
      return {
        type: "webhook",
        webhookUrl: url,
        webhookMethod: method,
        webhookFilters: filters,
        ...settings,
      };
    }
    default:
      return { type: "default", ...settings };
  }
}

/** The last hop, in words. */
export function wordsOf(target: Target): pulumi.Output<string> {
  switch (target.kind) {
    case "studio":
      return pulumi.interpolate`Studio flow ${target.flowSid}`;
    case "webhook":
      return pulumi.interpolate`webhook ${pulumi.output(target.url).apply(shownUrl)}`;
    case "workflow":
      return pulumi.interpolate`TaskRouter workflow ${target.workflowSid}`;
    case "conversation":
      return pulumi.output("a conversation");
  }
}
