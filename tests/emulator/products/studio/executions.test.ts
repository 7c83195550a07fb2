import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const flow = (sid: string = seeded.studioFlow) => clientOf(emulator.current).studio.v2.flows(sid);
const executions = () => flow().executions;
const account = () => emulator.current.state.account();
const to = "+15005550006";
const from = "+15017122661";
const missing = { status: 404, code: 20404 };

const definition = {
  states: [
    { name: "Start", type: "trigger", transitions: [{ event: "incomingRequest", next: "hello" }] },
    { name: "hello", type: "send-message", transitions: [{ event: "sent" }] },
  ],
  initial_state: "Start",
};
const newFlow = async (status: "draft" | "published") =>
  flow(
    (await clientOf(emulator.current).studio.v2.flows.create({ friendlyName: "x", status, definition })).sid,
  );

test("an execution lives through create, fetch, update and delete", async () => {
  const made = await executions().create({ to, from });
  expect(made).toMatchObject({
    flowSid: seeded.studioFlow,
    contactChannelAddress: to,
    contactSid: expect.stringMatching(/^FC[0-9a-f]{32}$/),
    flowVersion: 1,
    initiatedBy: expect.stringMatching(/^RQ[0-9a-f]{32}$/),
    status: "active",
    context: {},
  });
  expect((await executions()(made.sid).fetch()).toJSON()).toEqual(made.toJSON());

  const ended = await executions()(made.sid).update({ status: "ended" });
  expect(ended.status).toBe("ended");
  const refusal = { status: 400, code: 20001 };
  await expect(executions()(made.sid).update({ status: "active" })).rejects.toMatchObject(refusal);
  expect((await executions()(made.sid).fetch()).status).toBe("ended");

  await executions()(made.sid).remove();
  expect(account().studioExecutions).toEqual({});
  await expect(executions()(made.sid).fetch()).rejects.toMatchObject(missing);
  await expect(executions()(made.sid).remove()).rejects.toMatchObject(missing);
});

test("its context holds what started it, and stays as it is", async () => {
  const { sid } = await executions().create({ to, from, parameters: { name: "Zoe" } });
  expect(await executions()(sid).executionContext().fetch()).toMatchObject({
    executionSid: sid,
    flowSid: seeded.studioFlow,
    context: {
      contact: { channel: { address: to } },
      flow: { sid, flow_sid: seeded.studioFlow, channel: { address: from }, data: { name: "Zoe" } },
      trigger: { request: { to, from, parameters: { name: "Zoe" } } },
      widgets: {},
    },
  });
});

test("its one step goes from the trigger to what follows it", async () => {
  const { executions } = await newFlow("published");
  const execution = executions((await executions.create({ to, from, parameters: { a: 1 } })).sid);
  const [step, ...others] = await execution.steps.list();
  expect(others).toEqual([]);
  expect(step).toMatchObject({
    name: "incomingRequest",
    type: "trigger",
    transitionedFrom: "Start",
    transitionedTo: "hello",
    context: {},
  });
  const sid = step?.sid ?? "";
  expect((await execution.steps(sid).fetch()).transitionedTo).toBe("hello");
  expect(await execution.steps(sid).stepContext().fetch()).toMatchObject({
    stepSid: sid,
    context: { flow: { data: { a: 1 } } },
  });
  await expect(execution.steps(`FT${"0".repeat(32)}`).fetch()).rejects.toMatchObject(missing);
});

test("where the trigger leads nowhere the step says so", async () => {
  const execution = executions()((await executions().create({ to, from })).sid);
  expect((await execution.steps.list()).map(({ transitionedTo }) => transitionedTo)).toEqual(["Ended"]);
});

test("lists are of one flow, in pages, and filter by date and status", async () => {
  const old = await executions().create({ to, from });
  const late = await executions().create({ to: "+15005550009", from });
  const other = await newFlow("published");
  await other.executions.create({ to, from });
  const record = account().studioExecutions[old.sid];
  if (record) record.date_created = "2021-01-01T00:00:00Z";
  const sids = async (filter: Parameters<ReturnType<typeof executions>["list"]>[0] & object) =>
    (await executions().list(filter)).map(({ sid }) => sid);
  expect(await sids({ pageSize: 1 })).toEqual([late.sid, old.sid]);
  const date = new Date("2021-01-01T00:00:00Z");
  const later = new Date("2021-01-01T00:00:01Z");
  expect(await sids({ dateCreatedFrom: date })).toEqual([late.sid, old.sid]);
  expect(await sids({ dateCreatedFrom: later })).toEqual([late.sid]);
  expect(await sids({ dateCreatedTo: date })).toEqual([]);
  expect(await sids({ dateCreatedTo: later })).toEqual([old.sid]);
  await executions()(old.sid).update({ status: "ended" });
  expect(await sids({ status: "ended" })).toEqual([old.sid]);
  expect(await sids({ status: "active" })).toEqual([late.sid]);
});

test("a contact has one active execution of a flow", async () => {
  const { sid } = await executions().create({ to, from });
  // The answer that Twilio's page on executions prints.
  await expect(executions().create({ to, from })).rejects.toMatchObject({
    status: 409,
    code: 20409,
    message: `Execution ${sid} is already active for this contact. End the active Execution before creating a new one`,
    details: { conflicting_execution_sid: sid },
  });
  await executions()(sid).update({ status: "ended" });
  const second = await executions().create({ to, from });
  expect(second.sid).not.toBe(sid);
});

test("a draft is for test users only", async () => {
  const draft = await newFlow("draft");
  await expect(draft.executions.create({ to, from })).rejects.toMatchObject({ status: 400, code: 20001 });
  await draft.testUsers().update({ testUsers: [to] });
  expect((await draft.executions.create({ to, from })).status).toBe("active");
});

test("executions go with their flow, and belong to it alone", async () => {
  const { sid } = await executions().create({ to, from });
  const other = await newFlow("published");
  const own = await other.executions.create({ to, from });
  await expect(other.executions(sid).fetch()).rejects.toMatchObject(missing);
  await expect(other.executions(sid).executionContext().fetch()).rejects.toMatchObject(missing);
  await flow().remove();
  expect(Object.keys(account().studioExecutions)).toEqual([own.sid]);
  await expect(executions().list()).rejects.toMatchObject(missing);
});

test.each([
  ["no contact", { To: "", From: from }],
  ["no address", { To: to }],
  ["parameters that are no JSON", { To: to, From: from, Parameters: "{" }],
  ["parameters that are no object", { To: to, From: from, Parameters: "[1]" }],
])("refuses %s", async (_, params) => {
  const path = `/studio.twilio.com/v2/Flows/${seeded.studioFlow}/Executions`;
  const answer = await ask(emulator.current, path, {
    body: new URLSearchParams(Object.entries(params)).toString(),
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(account().studioExecutions).toEqual({});
});
