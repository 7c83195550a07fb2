import type * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import { StudioFlow, type StudioFlowArgs } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

/** A definition with blanks that mean something to its widgets. */
const greeting = (body = "Hello") => ({
  description: "Greets",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "Greet" }, { event: "incomingCall" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "Greet",
      type: "send-message",
      transitions: [{ event: "sent", next: null }, { event: "failed" }],
      properties: { body, from: "", service: null, to: "{{contact.channel.address}}", tags: ["", null] },
    },
  ],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: false },
});

const reordered = ({ states, ...rest }: ReturnType<typeof greeting>) => ({
  ...rest,
  states: states.map(({ name, ...state }) => ({ ...state, name })),
});

const withOffset = (offset: { x: number; y: number }) => {
  const { states, ...rest } = greeting();
  const [trigger, ...others] = states;
  return { ...rest, states: [{ ...trigger, properties: { offset } }, ...others] };
};

const published = { definition: greeting(), status: "published" } as const;

const flow =
  (args: StudioFlowArgs, name = "greeter", opts?: pulumi.CustomResourceOptions) =>
  async () => {
    const made = new StudioFlow(name, args, opts);
    return { sid: made.sid, revision: made.revision, triggers: made.triggers, webhookUrl: made.webhookUrl };
  };

/** Without Twilio's flow for calls, which is there from the start and must stay. */
const flows = () => {
  const { [seeded.voiceFlow]: voice, ...others } = stack.account().studioFlows;
  expect(voice?.revisions).toHaveLength(1);
  return Object.values(others);
};

/** The flow that the program made: the account has another one from the start. */
function made() {
  const [only, ...others] = flows().filter(({ sid }) => sid !== seeded.studioFlow);
  if (!only || others.length > 0) throw new Error(`the account has ${others.length + 1} flows or none`);
  return only;
}

function latest(sid: string = made().sid) {
  const revision = stack.account().studioFlows[sid]?.revisions.at(-1);
  if (!revision) throw new Error(`${sid} has no revision`);
  return revision;
}

const up = (args: StudioFlowArgs) => stack.tryUp(flow(args));

describe("a flow's life", () => {
  stack.afresh();

  test("a definition that Studio refuses fails the preview, place by place, before anything is touched", async () => {
    const [trigger, greet] = greeting().states;
    const broken = {
      initial_state: "Start",
      states: [
        { ...trigger, type: "split" },
        { ...greet, transitions: [{ event: "sent", next: "Nowhere" }] },
      ],
    };
    const refused = await stack.preview(flow({ definition: broken, status: "published" }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain("#/initial_state: initial_state Start is no state of the flow");
    expect(refused.output).toContain("#/states: the flow has no trigger widget");
    expect(refused.output).toContain("#/states/1/transitions/0/next: next Nowhere is no state of the flow");
    expect(refused.output).toContain("https://www.twilio.com/docs/errors/81022");
    expect(refused.requests).toEqual(["UpdateFlowValidate Definition FriendlyName Status"]);
    expect(flows()).toHaveLength(1);
  });

  test("is created under its Pulumi name, with the definition untouched", async () => {
    const created = await up(published);
    expect(created.requests).toEqual([
      "UpdateFlowValidate Definition FriendlyName Status",
      "CreateFlow Definition FriendlyName Status",
    ]);
    const { sid } = made();
    expect(latest()).toMatchObject({ friendly_name: "greeter", status: "published", commit_message: null });
    expect(latest().definition).toEqual(greeting());
    expect(created.outputs).toEqual({
      sid,
      revision: 1,
      triggers: ["incomingMessage"],
      webhookUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${sid}`,
    });
  });

  test.each([
    ["nothing changed", greeting()],
    [
      "the definition comes as JSON text, its keys in another order",
      JSON.stringify(reordered(greeting()), null, 2),
    ],
    ["zeros have a sign", withOffset({ x: -0, y: 0 * -200 })],
    [
      "the JSON text begins with a byte order mark, and zeros have a sign",
      `\uFEFF${JSON.stringify(greeting()).replaceAll('"x":0', '"x":-0')}`,
    ],
  ])("stays as it is, without a request, when %s", async (_, definition) => {
    expect(await up({ definition, status: "published" })).toMatchObject({ steps: {}, requests: [] });
  });

  test("each argument is updated alone, with the status, as a new revision", async () => {
    const renamed = await up({ ...published, friendlyName: "Greeter" });
    expect(renamed.requests).toEqual(["UpdateFlow FriendlyName Status"]);
    expect(renamed.outputs.revision).toBe(2);

    const definition = JSON.stringify(greeting("Good morning"));
    const redefined = await up({ definition, status: "published", friendlyName: "Greeter" });
    expect(redefined.requests).toEqual([
      "UpdateFlowValidate Definition FriendlyName Status",
      "UpdateFlow Definition Status",
    ]);
    expect(latest()).toMatchObject({ friendly_name: "Greeter", definition: greeting("Good morning") });

    await up({ definition, status: "draft", friendlyName: "Greeter" });
    expect(latest()).toMatchObject({ status: "draft", revision: 4 });

    const explained = await up({
      definition,
      status: "draft",
      friendlyName: "Greeter",
      commitMessage: "why",
    });
    expect(explained.requests).toEqual(["UpdateFlow CommitMessage Status"]);
    expect(latest()).toMatchObject({ commit_message: "why", friendly_name: "Greeter", status: "draft" });
    expect(latest().definition).toEqual(greeting("Good morning"));
  });

  test("the commit message goes with every revision, so that the next up has nothing to do", async () => {
    const args = { ...published, friendlyName: "Greeter", commitMessage: "why" };
    await up(args);
    expect(latest()).toMatchObject({ definition: greeting(), commit_message: "why" });
    expect(await up(args)).toMatchObject({ steps: {}, requests: [] });
  });

  test("a commit message or name that is taken away stays, and is nobody's from then on", async () => {
    expect(await up(published)).toMatchObject({ requests: [] });
    expect(latest()).toMatchObject({ friendly_name: "Greeter", commit_message: "why" });

    await up({ ...published, status: "draft" });
    expect(latest()).toMatchObject({ friendly_name: "Greeter", commit_message: null });
    expect(await up({ ...published, status: "draft" })).toMatchObject({ steps: {}, requests: [] });
    await up(published);
  });

  test("what somebody changed by hand is shown, and repaired", async () => {
    latest().definition = greeting("By hand");
    latest().status = "draft";
    const { diffs } = await stack.refresh();
    expect(diffs.greeter?.sort()).toEqual(["definition.states[1].properties.body", "status"]);

    const repaired = await up(published);
    expect(repaired.requests).toContain("UpdateFlow Definition Status");
    expect(latest()).toMatchObject({ definition: greeting(), status: "published" });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("a name and a commit message that are not declared are no drift", async () => {
    latest().friendly_name = "By hand";
    latest().commit_message = "By hand";
    expect((await stack.refresh()).diffs.greeter ?? []).toEqual([]);
    expect(await up(published)).toMatchObject({ steps: {}, requests: [] });
    expect(latest().friendly_name).toBe("By hand");
  });

  test("a declared name is drift", async () => {
    await up({ ...published, friendlyName: "Greeter" });
    latest().friendly_name = "By hand";
    expect((await stack.refresh()).diffs).toEqual({ greeter: ["friendlyName"] });
    const repaired = await up({ ...published, friendlyName: "Greeter" });
    expect(repaired.requests).toEqual(["UpdateFlow FriendlyName Status"]);
    expect(latest().friendly_name).toBe("Greeter");
  });

  test("one that was deleted by hand is created again", async () => {
    const before = made().sid;
    delete stack.account().studioFlows[before];
    expect((await stack.refresh()).steps).toEqual({ greeter: "delete" });
    expect((await up(published)).steps).toEqual({ greeter: "create" });
    expect(made().sid).not.toBe(before);
  });

  test("a forced replace makes a new one before the old one goes", async () => {
    const before = made().sid;
    const replaced = await stack.tryUp(flow(published), ["greeter"]);
    expect(replaced.steps.greeter).toContain("replace");
    expect(replaced.requests.slice(-2)).toEqual(["CreateFlow Definition FriendlyName Status", "DeleteFlow"]);
    expect(made().sid).not.toBe(before);
  });

  test("renamed with an alias it stays; without one it is another flow", async () => {
    const before = made().sid;
    const kept = await stack.tryUp(flow(published, "welcome", { aliases: [{ name: "greeter" }] }));
    expect(kept).toMatchObject({ steps: {}, requests: [] });
    expect(made().sid).toBe(before);

    const renamed = await stack.tryUp(flow(published, "reception"));
    expect(renamed.steps).toEqual({ reception: "create", welcome: "delete" });
    expect(made().sid).not.toBe(before);
    expect(latest().friendly_name).toBe("reception");
  });

  test("destroy deletes it, and has nothing to say where it is gone already", async () => {
    await stack.destroy();
    expect(flows().map(({ sid }) => sid)).toEqual([seeded.studioFlow]);

    await up(published);
    delete stack.account().studioFlows[made().sid];
    expect(await stack.destroy()).toMatchObject({ failed: false, steps: { greeter: "delete" } });
  });
});

describe("a flow that exists already", () => {
  stack.afresh();

  test("adopt: true is refused in preview, since nothing tells one flow from another", async () => {
    const refused = await stack.preview(flow({ ...published, adopt: true }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toMatch(/adopt: .*Studio flow.*adopt: "<SID>"/);
    expect(refused.requests).toEqual([]);
  });

  test("a SID that is not in the account is refused in preview", async () => {
    const nowhere = `FW${"0".repeat(32)}`;
    const refused = await stack.preview(flow({ ...published, adopt: nowhere }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(`adopt: ${nowhere} is not in account ${seeded.account}`);
  });

  let found: object;

  test("is adopted by its SID: only what is declared and differs is written, and it keeps its name", async () => {
    found = structuredClone(latest(seeded.studioFlow).definition);
    const adoption = { ...published, adopt: seeded.studioFlow };
    const preview = await stack.preview(flow(adoption));
    expect(preview.output).toContain(
      `adopting the Studio flow "greeter" (${seeded.studioFlow}) changes definition`,
    );
    expect(latest(seeded.studioFlow).revision).toBe(1);

    const adopted = await up(adoption);
    expect(adopted.requests.at(-1)).toBe("UpdateFlow Definition Status");
    expect(adopted.requests.filter((request) => request.startsWith("CreateFlow"))).toEqual([]);
    expect(latest(seeded.studioFlow)).toMatchObject({
      friendly_name: "Messaging Flow",
      definition: greeting(),
    });
    expect(await up(adoption)).toMatchObject({ steps: {}, requests: [] });
  });

  test("control arguments change without a request, and adopt may go", async () => {
    const steps = { greeter: "update" };
    expect(await up({ ...published, adopt: seeded.studioFlow, deleteAdopted: true })).toMatchObject({
      steps,
      requests: [],
    });
    expect(await up({ ...published, adopt: seeded.studioFlow })).toMatchObject({ steps, requests: [] });
    expect(await up(published)).toMatchObject({ steps, requests: [] });
    expect(await up(published)).toMatchObject({ steps: {}, requests: [] });
  });

  test("stays on destroy, with the definition that it had; with onDelete keep as declared", async () => {
    const { requests } = await stack.destroy();
    expect(requests).toEqual(["FetchFlow", "UpdateFlow Definition Status"]);
    expect(latest(seeded.studioFlow)).toMatchObject({ definition: found, status: "published" });

    await up({ ...published, adopt: seeded.studioFlow, onDelete: "keep" });
    expect((await stack.destroy()).requests).toEqual([]);
    expect(latest(seeded.studioFlow).definition).toEqual(greeting());
  });

  test("an adoption that changes nothing makes no revision, and nor does giving it back", async () => {
    const before = latest(seeded.studioFlow).revision;
    await up({ ...published, adopt: seeded.studioFlow });
    expect((await stack.destroy()).requests).toEqual([]);
    await up({ ...published, adopt: seeded.studioFlow, deleteAdopted: true });
    expect(latest(seeded.studioFlow).revision).toBe(before);
  });

  test("survives a rename and a forced replace, even where destroy may delete it", async () => {
    const args = { ...published, adopt: seeded.studioFlow, deleteAdopted: true };
    expect((await stack.tryUp(flow(args, "renamed"))).failed).toBe(false);
    expect(flows()).toHaveLength(1);
    expect((await stack.tryUp(flow(args, "renamed"), ["renamed"])).failed).toBe(false);
    expect(flows()).toHaveLength(1);
  });

  test("goes on destroy with deleteAdopted", async () => {
    await stack.destroy();
    expect(flows()).toEqual([]);
  });
});

describe("when things go wrong", () => {
  const stack = onStack({ eachTest: true });

  test("a create whose answer is lost makes one flow", async () => {
    stack.emulator.addFault({ match: { operationId: "CreateFlow" }, times: 1, effect: { drop: "after" } });
    const created = await up(published);
    expect(created.failed).toBe(false);
    expect(created.outputs.sid).toBe(made().sid);
    expect(latest()).toMatchObject({ friendly_name: "greeter", definition: greeting() });
  });

  test("offline, a wrong definition fails at the write", async () => {
    await stack.configure({ validate: "offline" });
    const wrong = flow({ definition: { ...greeting(), initial_state: "Start" }, status: "draft" });
    expect(await stack.preview(wrong)).toMatchObject({
      failed: false,
      requests: [],
    });

    const refused = await stack.tryUp(wrong);
    expect(refused.failed).toBe(true);
    expect(refused.output).toMatch(/creating the Studio flow "greeter": .*#\/initial_state/);
    expect(refused.requests).toEqual(["CreateFlow Definition FriendlyName Status"]);
    expect(flows()).toHaveLength(1);
  });
});
