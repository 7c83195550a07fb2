import { configuration } from "../kinds/taskrouter";

/** A request that is sent otherwise than its example has it, because that could not be carried out. */
interface Correction {
  why: string;
  /** Parameters by document and operation; null leaves one out. */
  sent: Record<string, Record<string, string | string[] | null>>;
}

const definition = JSON.stringify({
  states: [{ name: "Trigger", type: "trigger", transitions: [] }],
  initial_state: "Trigger",
});
const events = ["onMessageAdded", "onConversationRemoved"];

export const corrections: readonly Correction[] = [
  {
    why: "Sent with a value that the parameter's description allows, which the example's is not.",
    sent: {
      "chat_v2 UpdateService": { WebhookMethod: "POST" },
      "chat_v2 CreateChannelWebhook": { "Configuration.Url": "https://example.com" },
      "chat_v2 UpdateChannelWebhook": {
        "Configuration.Url": "https://example.com",
        "Configuration.RetryCount": "3",
      },
      "conversations_v1 CreateConversationScopedWebhook": { "Configuration.Filters": events },
      "conversations_v1 CreateServiceConversationScopedWebhook": { "Configuration.Filters": events },
      "taskrouter_v1 CreateTask": { TaskChannel: "unique" },
      "taskrouter_v1 UpdateTask": { Attributes: "{}" },
      "taskrouter_v1 CreateWorker": { Attributes: "{}" },
      "taskrouter_v1 UpdateWorker": { Attributes: "{}" },
      "taskrouter_v1 CreateWorkflow": { Configuration: configuration },
      "taskrouter_v1 UpdateWorkflow": { Configuration: configuration },
      "taskrouter_v1 CreateWorkspace": { EventCallbackUrl: "https://example.com", Template: "NONE" },
      "taskrouter_v1 UpdateWorkspace": { EventCallbackUrl: "https://example.com" },
    },
  },
  {
    why: "Sent with a definition that has a trigger, since one without states is refused.",
    sent: {
      "studio_v2 CreateFlow": { Definition: definition },
      "studio_v2 UpdateFlow": { Definition: definition },
      "studio_v2 UpdateFlowValidate": { Definition: definition },
    },
  },
  {
    why: "Sent without it: only a TaskRouter that routes could heed it, and here it is answered with 501.",
    sent: {
      "taskrouter_v1 CreateTask": { RoutingTarget: null, IgnoreCapacity: null },
      "taskrouter_v1 ListTaskQueue": { EvaluateWorkerAttributes: null },
      "taskrouter_v1 ListWorker": { TargetWorkersExpression: null, TaskQueueSid: null },
    },
  },
  {
    why: "Sent without it: what the example lists would not pass that filter.",
    sent: {
      "taskrouter_v1 ListTask": { TaskQueueName: null, WorkflowName: null },
      "taskrouter_v1 ListTaskQueuesStatistics": { FriendlyName: null },
      "taskrouter_v1 ListWorker": { TaskQueueName: null },
    },
  },
  {
    why: "Sent with what the operation cannot do without, for want of a request.",
    sent: { "taskrouter_v1 CreateTaskQueueBulkRealTimeStatistics": { queueSids: [`WQ${"a".repeat(32)}`] } },
  },
  {
    why: "Sent is the example's answer, for want of a request, without what may not be changed.",
    sent: {
      "flex_v1 UpdateConfiguration": {
        date_created: null,
        date_updated: null,
        status: null,
        taskrouter_workspace_sid: null,
        messaging_service_instance_sid: null,
        chat_service_instance_sid: null,
        flex_service_instance_sid: null,
        flex_instance_sid: null,
        service_version: null,
        flex_url: null,
        url: null,
      },
    },
  },
];

export function correctionsOf(document: string, operationId: string): Correction["sent"][string] {
  return Object.assign({}, ...corrections.map(({ sent }) => sent[`${document} ${operationId}`]));
}
