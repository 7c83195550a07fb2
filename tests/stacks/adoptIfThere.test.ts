import { seeded } from "../../emulator/index";
import {
  ConversationsAddress,
  MessagingServicePhoneNumber,
  ProxyPhoneNumber,
  StudioFlow,
  TaskRouterTaskQueue,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";
import { refusalsOf } from "./refusals";

const stack = onStack({ eachTest: true });
const { run, refusal, refusals } = refusalsOf(stack);

const number = "+15017122661";
const definition = {
  states: [{ name: "Trigger", type: "trigger", transitions: [] }],
  initial_state: "Trigger",
};
const long = "n".repeat(300);
const queue = (args: object = {}) =>
  new TaskRouterTaskQueue(long, { workspaceSid: seeded.workspace, adopt: "ifThere", ...args });

test("refuses a Pulumi name that is too long for a new object, in preview and without one", async () => {
  const said = `friendlyName: got a text of 300 characters`;
  expect(await refusal(run(queue))).toContain(said);
  await stack.configure({ validate: "offline" });
  const { failed, output, asked } = await stack.tryUp(run(queue));
  expect({ failed, output }).toEqual({ failed: true, output: expect.stringContaining(said) });
  expect(asked.flatMap((request) => Object.keys(request)).filter((name) => /^Create/.test(name))).toEqual([]);
});

test("takes over what has the name that is given, whatever the resource is called", async () => {
  const friendlyName = "Everyone";
  const { output } = await stack.up(run(() => queue({ friendlyName })));
  expect(output).toContain("adopting the TaskRouter task queue");
  expect(await stack.up(run(() => queue({ friendlyName })))).toMatchObject({ steps: {}, requests: [] });
  await stack.destroy();
  expect(stack.account().taskrouterTaskQueues[seeded.everyoneQueue]).toBeDefined();
});

test("looks at what a new object is refused for, where nothing is there", async () => {
  await stack.up(
    run(
      () =>
        new MessagingServicePhoneNumber("member", {
          serviceSid: seeded.messagingService,
          phoneNumberSid: seeded.smsNumber,
        }),
    ),
  );
  expect(
    await refusals(
      () =>
        new ProxyPhoneNumber("pool", {
          adopt: "ifThere",
          serviceSid: seeded.proxyService,
          phoneNumber: number,
        }),
      () => new ConversationsAddress("sms", { adopt: "ifThere", type: "sms", address: "+12065550199" }),
    ),
  ).toMatch(/as this one is in MG\w+.*\+12065550199 is not a phone number of this account/s);
});

test("refuses what a flow's widgets name and is missing where it is to be made, and warns where it is there", async () => {
  const workflow = `WW${"0".repeat(32)}`;
  const agent = { name: "Agent", type: "send-to-flex", transitions: [], properties: { workflow } };
  const trigger = {
    name: "Trigger",
    type: "trigger",
    transitions: [{ event: "incomingMessage", next: "Agent" }],
  };
  const toAgent = { states: [trigger, agent], initial_state: "Trigger" };
  const flow = run(
    () =>
      new StudioFlow("hours", {
        friendlyName: "Hours",
        status: "published",
        definition: toAgent,
        adopt: "ifThere",
      }),
  );
  const said = `definition.states[1].properties.workflow: ${workflow} is not in account`;
  expect(await refusal(flow)).toContain(said);
  await clientOf(stack.emulator).studio.v2.flows.create({
    friendlyName: "Hours",
    status: "published",
    definition: toAgent,
  });
  const { failed, output } = await stack.preview(flow);
  expect({ failed, output }).toEqual({ failed: false, output: expect.stringContaining(said) });
});

test("does not take one object twice", async () => {
  const twice = "declares the same";
  const address = (name: string, adopt: string | boolean) =>
    new ConversationsAddress(name, { type: "sms", address: number, adopt });
  expect(await refusal(run(() => void [address("one", "ifThere"), address("two", "ifThere")]))).toContain(
    twice,
  );
  const flow = (name: string) =>
    new StudioFlow(name, { adopt: seeded.studioFlow, status: "published", definition });
  expect(await refusal(run(() => void [flow("one"), flow("two")]))).toContain(twice);
});
