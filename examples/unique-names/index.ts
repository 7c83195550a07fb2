import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  ConversationsService,
  getFlexConfigurationOutput,
  getTaskRouterTaskChannelOutput,
  StudioFlow,
  studioFlowToFlex,
  TaskRouterTaskQueue,
  TaskRouterWorkflow,
} from "pulumi-twilio-flex";

// Made up once, at the first `up`, and kept in the stack: such as "pr-42-keen-otter".
const friendlyName = new random.RandomPet("name", { prefix: pulumi.getStack() }).id;

// What the stacks share: Flex has one workspace in an account, and its task channels.
const { taskrouterWorkspaceSid: workspaceSid } = getFlexConfigurationOutput();
const chat = getTaskRouterTaskChannelOutput({ workspaceSid, uniqueName: "chat" });

// What each stack has for itself. Twilio refuses a second queue or workflow of the same name.
const queue = new TaskRouterTaskQueue("team", { workspaceSid, friendlyName });
const workflow = new TaskRouterWorkflow("team", {
  workspaceSid,
  friendlyName,
  configuration: queue.sid.apply((sid) => ({ task_routing: { default_filter: { queue: sid } } })),
});
const flow = new StudioFlow("messages", {
  friendlyName,
  definition: studioFlowToFlex({ workflowSid: workflow.sid, taskChannelSid: chat.sid }),
  status: "published",
});
const conversations = new ConversationsService("conversations", { friendlyName });

export const name = friendlyName;
export const route = pulumi.interpolate`Studio flow ${flow.sid} → workflow ${workflow.sid} → queue ${queue.sid}`;
export const conversationsServiceSid = conversations.sid;
