import * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput } from "../lookups/getFlexConfiguration";
import { getTaskRouterTaskChannelOutput } from "../lookups/getTaskRouterTaskChannel";
import type { LookupOptions } from "../lookups/options";

/** Arguments of `studioFlowToFlex`. */
export interface StudioFlowToFlexArgs {
  /** SID of the TaskRouter workflow (WW…) that finds an agent. Default: that of the Flex Configuration, looked up. */
  workflowSid?: pulumi.Input<string>;
  /** SID of the task channel (TC…) that the task is of. Default: that of `chat` in the workspace of Flex, looked up. */
  taskChannelSid?: pulumi.Input<string>;
  /**
   * Attributes of the task besides `name` and `customerAddress`, which are the customer's address unless given here.
   * Studio fills in `{{…}}` in texts. Default: none.
   */
  attributes?: pulumi.Input<Record<string, pulumi.Input<unknown>>>;
}

/**
 * The definition of a Studio flow that hands everybody who writes to Flex, for `definition` of a `StudioFlow` or of a
 * channel's destination. Flex Flows start it (`incomingMessage`) and conversations do (`incomingConversationMessage`), so
 * that one flow serves both paths, and the move from one to the other. `opts` say in whose account is looked up what is
 * not given.
 *
 * Errors: those of `getFlexConfiguration` and `getTaskRouterTaskChannel`, where these are asked.
 *
 * @see https://www.twilio.com/docs/studio/widget-library/send-flex
 */
export function studioFlowToFlex(
  args: StudioFlowToFlexArgs = {},
  opts?: LookupOptions,
): pulumi.Output<Record<string, unknown>> {
  return pulumi.output({ ...fromFlex(args, opts), attributes: args.attributes }).apply(
    ({ workflowSid, taskChannelSid, attributes }): Record<string, unknown> => ({
      description: "Hands everybody who writes to Flex",
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
      states: [
        {
          name: "Trigger",
          type: "trigger",
          properties: { offset: { x: 0, y: 0 } },
          transitions: [
            { event: "incomingMessage", next: "SendToFlex" },
            { event: "incomingConversationMessage", next: "SendToFlex" },
            { event: "incomingCall" },
            { event: "incomingRequest" },
            { event: "incomingParent" },
          ],
        },
        {
          name: "SendToFlex",
          type: "send-to-flex",
          properties: {
            offset: { x: 0, y: 200 },
            workflow: workflowSid,
            channel: taskChannelSid,
            attributes: JSON.stringify({ name: customer, customerAddress: customer, ...attributes }),
          },
          transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
        },
      ],
    }),
  );
}

function fromFlex({ workflowSid, taskChannelSid }: StudioFlowToFlexArgs, opts?: LookupOptions) {
  if (workflowSid && taskChannelSid) return { workflowSid, taskChannelSid };
  const flex = getFlexConfigurationOutput({}, opts);
  const chat = () =>
    getTaskRouterTaskChannelOutput({ workspaceSid: flex.taskrouterWorkspaceSid, uniqueName: "chat" }, opts);
  return {
    workflowSid: workflowSid ?? flex.taskrouterTargetWorkflowSid,
    taskChannelSid: taskChannelSid ?? chat().sid,
  };
}

/** Both paths have it: https://www.twilio.com/docs/studio/user-guide/liquid-template-language */
const customer = "{{contact.channel.address}}";
