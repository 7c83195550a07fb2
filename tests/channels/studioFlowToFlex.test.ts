import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import { type StudioFlowToFlexArgs, studioFlowToFlex } from "../../provider/index";
import { triggersOf, workflowsOf } from "../../provider/routing/definition";
import { clientOf, useEmulator } from "../emulator/support";
import { resolved, startProgram } from "../lookups/support";
import { emulatorCredentials } from "../stacks/onStack";

const emulator = useEmulator();
const to = { workflowSid: seeded.workflow, taskChannelSid: seeded.chatTaskChannel };

/** The widget that hands people to Flex. */
async function widget(attributes?: Record<string, pulumi.Input<unknown>>) {
  const { states } = await resolved(studioFlowToFlex({ ...to, attributes }));
  return Array.isArray(states) ? states[1].properties : undefined;
}

test("a flow to Flex passes Twilio's validator", async () => {
  const definition = await resolved(studioFlowToFlex(to));
  const flow = { friendlyName: "To agents", status: "published" as const, definition };
  await expect(clientOf(emulator.current).studio.v2.flowValidate.update(flow)).resolves.toMatchObject({
    valid: true,
  });
});

test.each(["incomingMessage", "incomingConversationMessage"])(
  "is started by %s and leads to the workflow",
  async (event) => {
    const definition = await resolved(
      studioFlowToFlex({ ...to, workflowSid: pulumi.output(seeded.workflow) }),
    );
    expect(triggersOf(definition)).toContain(event);
    expect(workflowsOf(definition, event)).toEqual([seeded.workflow]);
  },
);

test("starts on nothing else", async () => {
  expect(triggersOf(await resolved(studioFlowToFlex(to)))).toHaveLength(2);
});

test("makes tasks of the task channel, with the customer's address and further attributes", async () => {
  const { channel, attributes } = await widget({ language: pulumi.output("en"), name: "Somebody" });
  expect(channel).toBe(seeded.chatTaskChannel);
  expect(JSON.parse(attributes)).toEqual({
    name: "Somebody",
    customerAddress: "{{contact.channel.address}}",
    language: "en",
  });
});

describe("what is not given is what Flex has", () => {
  beforeEach(() => startProgram({ ...emulatorCredentials, baseUrl: emulator.current.url }));
  const widgetOf = async (args?: StudioFlowToFlexArgs) => {
    const { states } = await resolved(studioFlowToFlex(args));
    return Array.isArray(states) ? states[1].properties : undefined;
  };

  test("the workflow of its configuration, and the chat task channel", async () => {
    expect(await widgetOf()).toMatchObject({ workflow: seeded.workflow, channel: seeded.chatTaskChannel });
  });

  test("each by itself", async () => {
    const [workflowSid, taskChannelSid] = [`WW${"1".repeat(32)}`, seeded.smsTaskChannel];
    expect(await widgetOf({ workflowSid })).toMatchObject({
      workflow: workflowSid,
      channel: seeded.chatTaskChannel,
    });
    expect(await widgetOf({ taskChannelSid })).toMatchObject({
      workflow: seeded.workflow,
      channel: taskChannelSid,
    });
  });
});
