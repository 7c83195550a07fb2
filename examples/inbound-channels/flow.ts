import * as pulumi from "@pulumi/pulumi";

/** A Studio flow, as its editor exports it: every message becomes a task that Flex offers to an agent. */
export function toAgents(to: { workflow: pulumi.Input<string>; taskChannel: pulumi.Input<string> }) {
  return pulumi.output(to).apply(({ workflow, taskChannel }) => ({
    description: "Every message goes to an agent",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: { offset: { x: 0, y: 0 } },
        transitions: [
          { event: "incomingMessage", next: "SendToAgent" },
          { event: "incomingCall" },
          { event: "incomingRequest" },
        ],
      },
      {
        name: "SendToAgent",
        type: "send-to-flex",
        properties: {
          offset: { x: 0, y: 200 },
          workflow,
          channel: taskChannel,
          attributes: JSON.stringify({
            name: "{{trigger.message.ChannelAttributes.from}}",
            channelType: "{{trigger.message.ChannelAttributes.channel_type}}",
            channelSid: "{{trigger.message.ChannelSid}}",
          }),
        },
        transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
      },
    ],
  }));
}
