import { seeded } from "../../emulator/index";
import { StudioFlow, TaskRouterWorkflow } from "../../provider/index";
import { clientOf, control } from "../emulator/support";
import { onStack } from "./onStack";
import { refusalsOf } from "./refusals";

const stack = onStack({ eachTest: true });
const { run, refusal } = refusalsOf(stack);

const missing = (prefix: string) => `${prefix}${"0".repeat(32)}`;
interface Widget {
  type: string;
  properties: Record<string, unknown>;
}

/** A flow that goes through these widgets, one after the other. */
const flowOf = (...widgets: Widget[]) => ({
  initial_state: "Trigger",
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "widget0" }] },
    ...widgets.map((widget, index) => ({
      name: `widget${index}`,
      transitions: index + 1 < widgets.length ? [{ event: "next", next: `widget${index + 1}` }] : [],
      ...widget,
    })),
  ],
});
const toFlex = (workflow: unknown, channel: unknown = seeded.chatTaskChannel): Widget => ({
  type: "send-to-flex",
  properties: { workflow, channel },
});
const flow = (definition: Record<string, unknown> | string, args: { adopt?: string } = {}) =>
  run(() => new StudioFlow("flow", { friendlyName: "Flow", status: "draft", definition, ...args }));

test("what widgets name and the account does not have is refused, each with its place in the definition", async () => {
  const definition = flowOf(
    toFlex(missing("WW"), missing("TC")),
    { type: "enqueue-call", properties: { workflow_sid: missing("WW") } },
    { type: "run-subflow", properties: { flow_sid: missing("FW"), flow_revision: "LatestPublished" } },
  );
  for (const given of [definition, JSON.stringify(definition)]) {
    const output = await refusal(flow(given));
    for (const [path, sid] of [
      ["states[1].properties.workflow", missing("WW")],
      ["states[1].properties.channel", missing("TC")],
      ["states[2].properties.workflow_sid", missing("WW")],
      ["states[3].properties.flow_sid", missing("FW")],
    ]) {
      expect(output).toContain(`definition.${path}: ${sid} is not in account ${seeded.account}`);
    }
  }
});

test("what is there costs one list a kind and workspace, however many flows name it", async () => {
  const definition = flowOf(toFlex(seeded.workflow), {
    type: "run-subflow",
    properties: { flow_sid: seeded.studioFlow },
  });
  const program = run(() => {
    for (const name of ["one", "two", "three"]) new StudioFlow(name, { status: "published", definition });
  });
  const { failed } = await stack.preview(program);
  expect(failed).toBe(false);
  const asked = stack.emulator.requests.map(({ operationId }) => operationId);
  expect(asked.sort()).toEqual([
    "ListFlow",
    "ListTaskChannel",
    "ListWorkflow",
    "ListWorkspace",
    ...Array(3).fill("UpdateFlowValidate"),
  ]);
  await stack.up(program);
  expect(await stack.up(program)).toMatchObject({ steps: {}, requests: [], looks: [] });
});

test("a widget that hands on to Autopilot is warned of, once the definition is new", async () => {
  const toBot = flow(flowOf({ type: "send-to-auto-pilot", properties: {} }));
  const { failed, output } = await stack.up(toBot);
  expect({ failed, output }).toEqual({
    failed: false,
    output: expect.stringMatching(/definition\.states\[1\]: the widget \S+ hands on to Autopilot/),
  });
  expect((await stack.up(toBot)).output).not.toContain("Autopilot");
});

describe("never refused:", () => {
  const unreached = flowOf(toFlex(seeded.workflow));
  unreached.states.push({ name: "old", transitions: [], ...toFlex(missing("WW")) });
  test.each<[string, ReturnType<typeof flowOf>]>([
    [
      "what only the running flow knows",
      flowOf(toFlex("{{flow.variables.workflow}}", "{{trigger.channel}}")),
    ],
    ["a task channel by its name", flowOf(toFlex(seeded.workflow, "chat"))],
    ["a widget that nothing leads to", unreached],
    [
      "SIDs in URLs and bodies",
      flowOf({
        type: "make-http-request",
        properties: {
          url: `https://example.com/${missing("WW")}`,
          body: JSON.stringify({ workflow: missing("WW") }),
          workflow: missing("WW"),
        },
      }),
    ],
    [
      "functions, services and assistants, which are not looked for",
      flowOf(
        { type: "run-function", properties: { service_sid: missing("ZS"), function_sid: missing("ZH") } },
        { type: "send-message", properties: { service: missing("IS"), channel: missing("CH") } },
        { type: "send-to-auto-pilot", properties: { autopilot_assistant_sid: missing("UA") } },
      ),
    ],
  ])("%s", async (_, definition) => {
    const { failed, output } = await stack.preview(flow(definition));
    expect({ failed, output }).toMatchObject({ failed: false });
  });

  test("offline, nothing is looked at", async () => {
    await stack.configure({ validate: "offline" });
    const { failed, asked, looks } = await stack.preview(flow(flowOf(toFlex(missing("WW")))));
    expect({ failed, asked, looks }).toEqual({ failed: false, asked: [], looks: [] });
  });

  test.each([403, 404, 410])("lists that are answered with %i say nothing", async (status) => {
    const fault = { match: { host: "taskrouter.twilio.com" }, effect: { status } };
    await control(stack.emulator, "POST", "faults", fault);
    const { failed, output } = await stack.preview(flow(flowOf(toFlex(missing("WW")))));
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(output).not.toContain("is not in account");
  });

  test("a key without the right to read is answered with 401, and nothing is said", async () => {
    const key = `SK${"1".repeat(32)}`;
    stack.account().api_keys[key] = "key-secret";
    const other = await stack.another({
      accountSid: seeded.account,
      apiKey: key,
      apiSecret: "key-secret",
      baseUrl: stack.emulator.url,
    });
    const fault = { match: { host: "taskrouter.twilio.com" }, effect: { status: 401, code: 20003 } };
    await control(stack.emulator, "POST", "faults", fault);
    const { failed, output } = await other.preview(flow(flowOf(toFlex(missing("WW")))));
    expect({ failed, output }).toMatchObject({ failed: false });
  });

  test("what the same program makes", async () => {
    const program = run(() => {
      const configuration = { task_routing: { default_filter: { queue: seeded.everyoneQueue } } };
      const { sid } = new TaskRouterWorkflow("workflow", {
        workspaceSid: seeded.workspace,
        friendlyName: "Own",
        configuration,
      });
      const sub = new StudioFlow("sub", {
        status: "published",
        definition: flowOf({ type: "say-play", properties: {} }),
      });
      new StudioFlow("flow", {
        status: "published",
        definition: sid.apply((workflow) => flowOf(toFlex(workflow))),
      });
      new StudioFlow("parent", {
        status: "published",
        definition: sub.sid.apply((flow_sid) => flowOf({ type: "run-subflow", properties: { flow_sid } })),
      });
    });
    const { failed, output } = await stack.preview(program);
    expect({ failed, output }).toMatchObject({ failed: false });
    await stack.up(program);
  });

  test("a flow that is adopted as it is, with what is missing in it; a warning says so", async () => {
    const definition = flowOf(toFlex(missing("WW")));
    const { sid } = await clientOf(stack.emulator).studio.v2.flows.create({
      friendlyName: "Flow",
      status: "draft",
      definition,
    });
    const { requests, output } = await stack.up(flow(definition, { adopt: sid }));
    expect(requests.filter((request) => /^(Create|Update(?!FlowValidate))/.test(request))).toEqual([]);
    expect(output).toContain(`definition.states[1].properties.workflow: ${missing("WW")} is not in account`);
  });
});

test("an update is refused for what it brings in, not for what was there before", async () => {
  const { sid } = await clientOf(stack.emulator)
    .taskrouter.v1.workspaces(seeded.workspace)
    .workflows.create({ friendlyName: "Old", configuration: JSON.stringify({ task_routing: {} }) });
  await stack.up(flow(flowOf(toFlex(sid))));
  await clientOf(stack.emulator).taskrouter.v1.workspaces(seeded.workspace).workflows(sid).remove();
  const kept = await stack.preview(flow(flowOf(toFlex(sid), { type: "say-play", properties: {} })));
  expect({ failed: kept.failed, output: kept.output }).toMatchObject({ failed: false });
  const output = await refusal(flow(flowOf(toFlex(sid), toFlex(missing("WW")))));
  expect(output).toContain(`definition.states[2].properties.workflow: ${missing("WW")}`);
  expect(output).not.toContain(sid);
});
