import { seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const studio = () => clientOf(emulator.current).studio.v2;

const definition = {
  description: "A flow",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "reply" }],
      properties: {},
    },
    { name: "reply", type: "send-message", transitions: [{ event: "sent" }], properties: {} },
  ],
  initial_state: "Trigger",
  flags: {},
};
const [trigger, reply] = definition.states;
const flow = { friendlyName: "Inbound", status: "draft", definition } as const;

test("a flow lives through create, list, fetch, update and delete; each update is a revision", async () => {
  const made = await studio().flows.create({ ...flow, commitMessage: "first" });
  expect(made).toMatchObject({
    definition,
    status: "draft",
    revision: 1,
    valid: true,
    // Recorded: twilio-sdk-go (RJPearson94), flowResponse.json of 2020.
    errors: null,
    warnings: null,
    commitMessage: "first",
    webhookUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${made.sid}`,
  });
  expect((await studio().flows.list()).map(({ sid }) => sid)).toEqual([
    made.sid,
    seeded.studioFlow,
    seeded.voiceFlow,
  ]);

  const published = await studio().flows(made.sid).update({ status: "published" });
  expect(published).toMatchObject({ revision: 2, status: "published", definition, commitMessage: null });
  const renamed = await studio().flows(made.sid).update({ status: "draft", friendlyName: "Renamed" });
  expect(renamed).toMatchObject({ revision: 3, friendlyName: "Renamed" });
  expect((await studio().flows(made.sid).fetch()).revision).toBe(3);

  const { revisions } = studio().flows(made.sid);
  // The SDK's own list of revisions throws on any answer that is not empty.
  const list = await ask(emulator.current, `/studio.twilio.com/v2/Flows/${made.sid}/Revisions`);
  expect(list.body.revisions).toMatchObject([
    { revision: 3, definition: null },
    { revision: 2 },
    { revision: 1 },
  ]);
  expect((await revisions("LatestPublished").fetch()).revision).toBe(2);
  expect((await revisions("LatestRevision").fetch()).revision).toBe(3);
  expect((await revisions("1").fetch()).commitMessage).toBe("first");
  await expect(revisions("9").fetch()).rejects.toMatchObject({ status: 404 });
  await expect(revisions("last").fetch()).rejects.toMatchObject({ status: 400, code: 81021 });

  expect(emulator.current.state.account().studioFlows[made.sid]?.revisions).toHaveLength(3);
  await studio().flows(made.sid).remove();
  await expect(studio().flows(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test.each([
  ["what is not JSON", "{", "#"],
  ["what is not an object", [1], "#"],
  ["no states", { initial_state: "Trigger" }, "#/states"],
  ["an unknown initial state", { ...definition, initial_state: "Nowhere" }, "#/initial_state"],
  ["two states of one name", { ...definition, states: [trigger, reply, reply] }, "#/states/2/name"],
  ["a transition to no state", { ...definition, states: [trigger] }, "#/states/0/transitions/0/next"],
  [
    "a widget of no known type",
    { ...definition, states: [trigger, { ...reply, type: "send-mesage" }] },
    "#/states/1/type",
  ],
  ["no trigger", { ...definition, states: [reply], initial_state: "reply" }, "#/states"],
])("validate, create and update refuse %s alike", async (_, bad, propertyPath) => {
  const refusal = {
    status: 400,
    code: 81022,
    message: "Flow definition validation failed, check `details` for more information",
    details: { errors: [expect.objectContaining({ property_path: propertyPath })], warnings: [] },
  };
  const params = { ...flow, definition: bad };
  await expect(studio().flowValidate.update(params)).rejects.toMatchObject(refusal);
  await expect(studio().flows.create(params)).rejects.toMatchObject(refusal);
  await expect(studio().flows(seeded.studioFlow).update(params)).rejects.toMatchObject(refusal);
  expect(emulator.current.state.account().studioFlows[seeded.studioFlow]?.revisions).toHaveLength(1);
});

test("a flow has test users, none at first", async () => {
  const { testUsers } = studio().flows(seeded.studioFlow);
  expect((await testUsers().fetch()).testUsers).toEqual([]);
  const set = await testUsers().update({ testUsers: ["+15005550006", "alice"] });
  expect(set).toMatchObject({ sid: seeded.studioFlow, testUsers: ["+15005550006", "alice"] });
  await testUsers().update({ testUsers: ["bob"] });
  expect((await testUsers().fetch()).testUsers).toEqual(["bob"]);
  await expect(
    studio()
      .flows(`FW${"0".repeat(32)}`)
      .testUsers()
      .fetch(),
  ).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a good definition is valid and makes nothing", async () => {
  expect(await studio().flowValidate.update(flow)).toMatchObject({ valid: true });
  expect(Object.keys(emulator.current.state.account().studioFlows).sort()).toEqual([
    seeded.studioFlow,
    seeded.voiceFlow,
  ]);
});

test.each(["legacy", "conversations"] as const)(
  "an account of the profile %s has Twilio's flows for messages and calls, which are valid",
  async (profile) => {
    const flex = await startEmulator({ profile });
    try {
      const { studio } = clientOf(flex);
      const all = await studio.v2.flows.list();
      expect(all.map(({ friendlyName }) => friendlyName)).toEqual(["Messaging Flow", "Voice IVR"]);
      for (const { sid } of all) {
        const { friendlyName, definition } = await studio.v2.flows(sid).fetch();
        const checked = studio.v2.flowValidate.update({ friendlyName, status: "published", definition });
        expect(await checked).toMatchObject({ valid: true });
      }
    } finally {
      await flex.close();
    }
  },
);

test("an empty commit message is refused", async () => {
  await expect(studio().flows.create({ ...flow, commitMessage: "" })).rejects.toMatchObject({ status: 400 });
});
