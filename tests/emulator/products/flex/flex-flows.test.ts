import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flows = () => clientOf(emulator.current).flexApi.v1.flexFlow;
const stored = () => emulator.current.state.account().flexFlows;

const studioFlow = {
  friendlyName: "Text us",
  chatServiceSid: seeded.chatService,
  channelType: "sms",
  integrationType: "studio",
  "integration.flowSid": seeded.studioFlow,
} as const;

test("a flow lives through create, list, fetch, update and delete", async () => {
  const made = await flows().create({ ...studioFlow, contactIdentity: "+15017122661", enabled: true });
  expect(made).toMatchObject({
    accountSid: seeded.account,
    channelType: "sms",
    contactIdentity: "+15017122661",
    enabled: true,
    longLived: false,
    janitorEnabled: false,
    integration: { flow_sid: seeded.studioFlow, retry_count: 3 },
    url: `https://flex-api.twilio.com/v1/FlexFlows/${made.sid}`,
  });
  expect(stored()[made.sid]).toMatchObject({ friendly_name: "Text us", enabled: true });

  expect((await flows().list()).map(({ sid }) => sid)).toEqual([made.sid]);
  expect(await flows().list({ friendlyName: "Other" })).toEqual([]);
  expect((await flows()(made.sid).fetch()).friendlyName).toBe("Text us");

  const changed = await flows()(made.sid).update({ friendlyName: "Text us now", contactIdentity: "" });
  expect(changed).toMatchObject({ friendlyName: "Text us now", contactIdentity: "", enabled: true });

  expect(await flows()(made.sid).remove()).toBe(true);
  expect(stored()).toEqual({});
  await expect(flows()(made.sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: `The requested resource /FlexFlows/${made.sid} was not found`,
  });
  await expect(flows()(made.sid).remove()).rejects.toMatchObject({ status: 404 });
});

// github.com/RJPearson94/terraform-provider-twilio, twilio/internal/services/flex/tests/resource_flex_flow_test.go wants the
// date of every flow that it has just made.
test("a new flow has the date of an update", async () => {
  const made = await flows().create(studioFlow);
  expect(made.dateUpdated).toEqual(made.dateCreated);
});

test("a flow without an integration type keeps where it leads, and nothing beside", async () => {
  const { integrationType: _, ...untyped } = studioFlow;
  const made = await flows().create(untyped);
  expect(made).toMatchObject({ integrationType: null, integration: { flow_sid: seeded.studioFlow } });
  const renamed = await flows()(made.sid).update({ friendlyName: "Text us now" });
  expect(renamed.integration).toEqual({ flow_sid: seeded.studioFlow });
  const typed = await flows()(made.sid).update({
    integrationType: "studio",
    "integration.flowSid": seeded.studioFlow,
  });
  expect(typed.integration).toEqual({ flow_sid: seeded.studioFlow, retry_count: 3 });
});

test("a flow without enabled is not enabled, without an integration has none", async () => {
  const { friendlyName, chatServiceSid } = studioFlow;
  const made = await flows().create({ friendlyName, chatServiceSid, channelType: "web" });
  expect(made).toMatchObject({ enabled: false, integrationType: null, integration: {} });
});

test.each([
  ["studio without a flow", { integrationType: "studio", "integration.flowSid": "" }, "Integration.FlowSid"],
  ["external without a URL", { integrationType: "external" }, "Integration.Url"],
  [
    "external with half a URL",
    { integrationType: "external", "integration.url": "example.com" },
    "Integration.Url",
  ],
  ["task without a workspace", { integrationType: "task" }, "Integration.WorkspaceSid"],
  [
    "task without a workflow",
    { integrationType: "task", "integration.workspaceSid": seeded.workspace },
    "Integration.WorkflowSid",
  ],
  ["four retries", { "integration.retryCount": 4 }, "Integration.RetryCount"],
  ["an unknown Studio flow", { "integration.flowSid": `FW${"0".repeat(32)}` }, `FW${"0".repeat(32)}`],
  ["an unknown chat service", { chatServiceSid: `IS${"0".repeat(32)}` }, `IS${"0".repeat(32)}`],
] as const)("refuses %s", async (_, change, named) => {
  await expect(flows().create({ ...studioFlow, ...change })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(named),
  });
  expect(stored()).toEqual({});
});

test("a task integration has Twilio's defaults", async () => {
  const made = await flows().create({
    ...studioFlow,
    integrationType: "task",
    "integration.workspaceSid": seeded.workspace,
    "integration.workflowSid": seeded.workflow,
  });
  expect(made.integration).toEqual({
    workspace_sid: seeded.workspace,
    workflow_sid: seeded.workflow,
    channel: "default",
    timeout: 86_400,
    priority: 0,
    creation_on_message: false,
  });
});

test("another integration type drops the keys of the old one, the same type keeps them", async () => {
  const { sid } = await flows().create({ ...studioFlow, "integration.retryCount": 1 });
  const kept = await flows()(sid).update({ enabled: true });
  expect(kept.integration).toEqual({ flow_sid: seeded.studioFlow, retry_count: 1 });
  const switched = await flows()(sid).update({
    integrationType: "external",
    "integration.url": "https://example.com/in",
  });
  expect(switched.integration).toEqual({ url: "https://example.com/in", retry_count: 3 });
});

const task = {
  ...studioFlow,
  integrationType: "task",
  "integration.workspaceSid": seeded.workspace,
  "integration.workflowSid": seeded.workflow,
} as const;

// What https://www.twilio.com/docs/flex/developer/messaging/manage-flows says of outbound messages, and what
// github.com/twilio-professional-services/function-flex-outbound-sms sets up: an enabled flow that leads to Studio, and a
// disabled one that makes tasks.
test("flows of one contact identity stand beside each other, disabled or of another integration type", async () => {
  const identity = { contactIdentity: "+15017122661" };
  await flows().create({ ...studioFlow, ...identity, enabled: true });
  const other = await flows().create({ ...task, ...identity, enabled: false });
  await flows().create({ ...studioFlow, ...identity, enabled: false });
  expect((await flows()(other.sid).update({ enabled: true })).enabled).toBe(true);
  await expect(flows().create({ ...task, ...identity, enabled: true })).rejects.toMatchObject({
    code: 45212,
  });
  await expect(
    flows()(other.sid).update({ integrationType: "studio", "integration.flowSid": seeded.studioFlow }),
  ).rejects.toMatchObject({ code: 45212 });
});

test("two enabled flows of one channel type and integration type cannot share a contact identity", async () => {
  const identity = { contactIdentity: "+15017122661", enabled: true };
  const first = await flows().create({ ...studioFlow, ...identity });
  await flows().create({ ...studioFlow, ...identity, channelType: "whatsapp" });
  await flows().create(studioFlow);
  const other = await flows().create(studioFlow);
  await expect(flows().create({ ...studioFlow, ...identity })).rejects.toMatchObject({
    status: 400,
    code: 45212,
  });
  await expect(flows()(other.sid).update(identity)).rejects.toMatchObject({
    code: 45212,
    message: expect.stringContaining(first.sid),
  });
});

test("an unknown parameter is ignored and logged, a wrong value is refused", async () => {
  const body = new URLSearchParams({
    FriendlyName: "x",
    ChatServiceSid: seeded.chatService,
    ChannelType: "sms",
    Colour: "red",
  });
  const path = "/flex-api.twilio.com/v1/FlexFlows";
  expect((await ask(emulator.current, path, { body: body.toString() })).status).toBe(201);
  expect(emulator.current.requests.at(-1)).toMatchObject({
    operationId: "CreateFlexFlow",
    ignored: ["Colour"],
  });

  body.set("ChannelType", "fax");
  const { status, body: refusal } = await ask(emulator.current, path, { body: body.toString() });
  expect({ status, message: refusal.message }).toEqual({
    status: 400,
    message: expect.stringContaining("ChannelType"),
  });
});
