import * as pulumi from "@pulumi/pulumi";

/** A Studio flow, as its editor exports it: every message becomes a task of this workflow. */
export function toTeam(to: { workflow: pulumi.Input<string>; taskChannel: pulumi.Input<string> }) {
  return pulumi.output(to).apply(({ workflow, taskChannel }) => ({
    description: "Every message goes to the team",
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: { offset: { x: 0, y: 0 } },
        transitions: [
          { event: "incomingMessage", next: "SendToTeam" },
          { event: "incomingCall" },
          { event: "incomingConversationMessage", next: "SendToTeam" },
          { event: "incomingRequest" },
          { event: "incomingParent" },
        ],
      },
      {
        name: "SendToTeam",
        type: "send-to-flex",
        properties: {
          offset: { x: 0, y: 200 },
          workflow,
          channel: taskChannel,
          attributes: JSON.stringify({ name: "{{contact.channel.address}}" }),
        },
        transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
      },
    ],
  }));
}
