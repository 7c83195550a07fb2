import type * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { type FlexFlow as Flow, seeded } from "../../emulator/index";
import { FlexFlow, type FlexFlowArgs } from "../../provider/index";
import { resource } from "../../provider/provider";
import type { Plain } from "../../provider/values/args";
import { emulatorCredentials, onStack } from "./onStack";

const identity = "+15017122661";
const studio = { type: "studio", flowSid: seeded.studioFlow } as const;
const external = { type: "external", url: "https://example.com/messages" } as const;
const task = { type: "task", workspaceSid: seeded.workspace, workflowSid: seeded.workflow } as const;

/** Every argument at another value than its default. */
const everything: Partial<FlexFlowArgs> = {
  friendlyName: "Support line",
  contactIdentity: identity,
  enabled: false,
  integration: { ...studio, retryCount: 1 },
  longLived: true,
  janitorEnabled: true,
};

const stack = onStack();

const program =
  (args: Partial<FlexFlowArgs> = {}, name = "support", opts?: pulumi.CustomResourceOptions) =>
  async () => {
    const flow = new FlexFlow(
      name,
      { chatServiceSid: seeded.chatService, channelType: "sms", ...args },
      opts,
    );
    return { sid: flow.sid, adopted: flow.adopted };
  };

const flows = () => Object.values(stack.account().flexFlows);

/** The only flow of the account. */
function flow(): Flow {
  const [only, ...others] = flows();
  if (!only || others.length > 0) throw new Error(`expected one flow, and there are ${flows().length}`);
  return only;
}

/** A flow made by somebody else, long ago. */
function plant(flow: Partial<Flow> = {}): Flow {
  const planted: Flow = {
    sid: `FO${"a".repeat(32)}`,
    account_sid: seeded.account,
    friendly_name: "Made in the Console",
    chat_service_sid: seeded.chatService,
    channel_type: "sms",
    contact_identity: identity,
    enabled: true,
    integration_type: "studio",
    integration: { flow_sid: seeded.studioFlow, retry_count: 2 },
    long_lived: true,
    janitor_enabled: false,
    date_created: "2021-03-04T05:06:07Z",
    date_updated: "2021-03-04T05:06:07Z",
    ...flow,
  };
  stack.account().flexFlows[planted.sid] = planted;
  return planted;
}

const names = (asked: object[]) => asked.flatMap((request) => Object.keys(request));

const { up } = stack;

describe("a flow's life", () => {
  stack.afresh();

  test("is created by one request, enabled and under its Pulumi name", async () => {
    const { steps, asked, outputs } = await up(program());
    expect(steps).toEqual({ support: "create" });
    expect(asked).toEqual([
      {
        CreateFlexFlow: {
          FriendlyName: "support",
          ChatServiceSid: seeded.chatService,
          ChannelType: "sms",
          Enabled: "true",
        },
      },
    ]);
    expect(flow()).toMatchObject({ friendly_name: "support", enabled: true, contact_identity: "" });
    expect(outputs).toEqual({ sid: flow().sid, adopted: false });
  });

  test("does nothing and asks nothing where nothing changed", async () => {
    const { steps, asked } = await up(program());
    expect(steps).toEqual({});
    expect(asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("updates everything at once by one request", async () => {
    const { asked } = await up(program(everything));
    expect(asked).toEqual([{ UpdateFlexFlow: expect.objectContaining({ "Integration.RetryCount": "1" }) }]);
    expect(flow()).toMatchObject({
      friendly_name: "Support line",
      contact_identity: identity,
      enabled: false,
      integration: { flow_sid: seeded.studioFlow, retry_count: 1 },
      long_lived: true,
      janitor_enabled: true,
    });
  });

  test("gives each argument that is taken away its default back, and leaves the name", async () => {
    const { asked } = await up(program({ integration: studio }));
    expect(asked).toEqual([
      {
        UpdateFlexFlow: {
          ContactIdentity: "",
          Enabled: "true",
          "Integration.RetryCount": "3",
          LongLived: "false",
          JanitorEnabled: "false",
        },
      },
    ]);
    expect(flow()).toMatchObject({
      friendly_name: "Support line",
      contact_identity: "",
      enabled: true,
      integration: { flow_sid: seeded.studioFlow, retry_count: 3 },
      long_lived: false,
      janitor_enabled: false,
    });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("takes a default that is spelt out for no change of the object", async () => {
    const spelt = { integration: { ...studio, retryCount: 3 }, enabled: true, longLived: false };
    expect((await up(program(spelt))).asked).toEqual([]);
  });

  test("refuses in preview that the integration is taken away", async () => {
    const outcome = await stack.preview(program());
    expect(outcome.failed).toBe(true);
    expect(outcome.output).toContain("integration: cannot be removed; a Flex Flow always leads somewhere");
    expect(outcome.asked).toEqual([]);
  });

  test("refuses in preview what cannot work, all of it at once", async () => {
    const wrong = { integration: { ...studio, retryCount: 4 }, contactIdentity: "x".repeat(257) };
    const outcome = await stack.preview(program(wrong));
    expect(outcome.failed).toBe(true);
    expect(outcome.output).toContain("integration.retryCount: got 4; give a whole number from 0 to 3");
    expect(outcome.output).toContain("contactIdentity: got a text of 257 characters");
  });

  test("is deleted by one request, and destroying what is gone already is no error", async () => {
    const outcome = await stack.destroy();
    expect(outcome.failed).toBe(false);
    expect(outcome.asked).toEqual([{ DeleteFlexFlow: {} }]);
    expect(flows()).toEqual([]);

    await up(program());
    delete stack.account().flexFlows[flow().sid];
    expect((await stack.destroy()).failed).toBe(false);
  });
});

describe("the integration", () => {
  stack.afresh();

  test("that a new flow does not have is taken on later", async () => {
    await up(program());
    const { asked } = await up(program({ integration: { ...studio, retryCount: 1 } }));
    expect(asked).toHaveLength(1);
    expect(flow().integration).toEqual({ flow_sid: seeded.studioFlow, retry_count: 1 });
  });

  test.each<[string, FlexFlowArgs["integration"], Flow["integration"]]>([
    ["external", external, { url: external.url, retry_count: 3 }],
    [
      "task",
      { ...task, channel: "chat", timeout: 60, priority: 5, creationOnMessage: true },
      {
        workspace_sid: seeded.workspace,
        workflow_sid: seeded.workflow,
        channel: "chat",
        timeout: 60,
        priority: 5,
        creation_on_message: true,
      },
    ],
    ["studio again, with its defaults", studio, { flow_sid: seeded.studioFlow, retry_count: 3 }],
  ])("turns to %s", async (_, integration, live) => {
    const { asked } = await up(program({ integration }));
    expect(asked).toHaveLength(1);
    expect(flow()).toMatchObject({
      integration_type: integration && "type" in integration && integration.type,
    });
    expect(flow().integration).toEqual(live);
  });

  test("gives each argument of a task that is taken away its default back", async () => {
    await up(
      program({
        integration: { ...task, channel: "chat", timeout: 60, priority: 5, creationOnMessage: true },
      }),
    );
    const { asked } = await up(program({ integration: task }));
    expect(asked).toEqual([
      {
        UpdateFlexFlow: {
          "Integration.Channel": "default",
          "Integration.Timeout": "86400",
          "Integration.Priority": "0",
          "Integration.CreationOnMessage": "false",
        },
      },
    ]);
    expect(flow().integration).toMatchObject({ channel: "default", timeout: 86_400, priority: 0 });
  });

  test("of another type by hand is drift, and the next up turns it back", async () => {
    Object.assign(flow(), {
      integration_type: "external",
      integration: { url: "https://example.com/by-hand", retry_count: 3 },
    });
    const drift = await stack.refresh();
    expect(drift.diffs.support).toEqual(expect.arrayContaining(["integration.type", "integration.url"]));
    await up(program({ integration: task }));
    expect(flow()).toMatchObject({
      integration_type: "task",
      integration: { workspace_sid: seeded.workspace, workflow_sid: seeded.workflow, channel: "default" },
    });
  });
});

describe("what somebody changed by hand", () => {
  stack.afresh();
  const declared = { enabled: true, integration: studio, longLived: true };

  test("shows under each declared key, and the next up repairs it", async () => {
    await up(program(declared));
    Object.assign(flow(), {
      enabled: false,
      long_lived: false,
      channel_type: "line",
      chat_service_sid: seeded.flexService,
      integration: { flow_sid: `FW${"b".repeat(32)}`, retry_count: 3 },
    });
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual([
      "channelType",
      "chatServiceSid",
      "enabled",
      "integration.flowSid",
      "longLived",
    ]);
    expect((await up(program(declared))).asked).toHaveLength(1);
    expect(flow()).toMatchObject({
      enabled: true,
      long_lived: true,
      channel_type: "sms",
      chat_service_sid: seeded.chatService,
      integration: { flow_sid: seeded.studioFlow, retry_count: 3 },
    });
  });

  test("shows under keys that nothing declares, and the next up resets them", async () => {
    Object.assign(flow(), {
      contact_identity: identity,
      janitor_enabled: true,
      integration: { flow_sid: seeded.studioFlow, retry_count: 0 },
    });
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual(["contactIdentity", "integration.retryCount", "janitorEnabled"]);
    expect((await up(program(declared))).asked).toHaveLength(1);
    expect(flow()).toMatchObject({
      contact_identity: "",
      janitor_enabled: false,
      integration: { flow_sid: seeded.studioFlow, retry_count: 3 },
    });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("to a new name is left alone, where no name is declared", async () => {
    flow().friendly_name = "Renamed in the Console";
    expect((await stack.refresh()).steps).toEqual({});
    expect(flow().friendly_name).toBe("Renamed in the Console");
  });

  test("to nothing at all: what was deleted is created again", async () => {
    const { sid } = flow();
    delete stack.account().flexFlows[sid];
    expect((await stack.refresh()).steps).toEqual({ support: "delete" });
    expect((await up(program(declared))).steps).toEqual({ support: "create" });
    expect(flow().sid).not.toBe(sid);
  });

  test("to nothing at all, without a refresh: the update says what to do", async () => {
    delete stack.account().flexFlows[flow().sid];
    const updated = await stack.tryUp(program({ ...declared, longLived: false }));
    expect(updated.failed).toBe(true);
    expect(updated.output).toContain("pulumi refresh");
  });
});

describe("a flow that has to be made anew", () => {
  stack.afresh();
  const declared = { contactIdentity: identity, integration: studio };

  test("by force is deleted first, since Twilio allows one for an identity", async () => {
    await up(program(declared));
    const { sid } = flow();
    const { asked } = await up(program(declared), ["support"]);
    expect(names(asked)).toEqual(["DeleteFlexFlow", "CreateFlexFlow"]);
    expect(flow().sid).not.toBe(sid);
  });

  test("under another Pulumi name, with an alias, stays what it is", async () => {
    const { sid } = flow();
    const { asked } = await up(program(declared, "renamed", { aliases: [{ name: "support" }] }));
    expect(asked).toEqual([]);
    expect(flow()).toMatchObject({ sid, friendly_name: "support" });
  });

  test("under another Pulumi name, without an alias, is refused with a way out, and stays", async () => {
    const before = { ...flow() };
    const renamed = await stack.tryUp(program(declared, "again"));
    expect(renamed.failed).toBe(true);
    expect(renamed.output).toContain(before.sid);
    expect(renamed.output).toContain("aliases");
    expect(flow()).toEqual(before);
  });

  test("under another Pulumi name, with adopt, survives the deletion of its old name", async () => {
    const before = { ...flow() };
    const { steps, outputs } = await up(program({ ...declared, adopt: before.sid }, "again"));
    expect(steps).toEqual({ again: "create", renamed: "delete" });
    expect(outputs).toEqual({ sid: before.sid, adopted: true });
    expect(flow()).toEqual(before);
  });

  test("under another Pulumi name, without an identity, is made before the old one goes", async () => {
    stack.account().flexFlows = {};
    await up(program({ integration: studio }, "chat"));
    const { asked } = await up(program({ integration: studio }, "talk"));
    expect(names(asked)).toEqual(["CreateFlexFlow", "DeleteFlexFlow"]);
    expect(flow().friendly_name).toBe("talk");
  });
});

// An enabled flow that leads to Studio, and a disabled one for outbound messages that makes tasks, as
// https://www.twilio.com/docs/flex/developer/messaging/manage-flows describes them and
// github.com/twilio-professional-services/function-flex-outbound-sms sets them up.
describe("flows of one contact identity", () => {
  stack.afresh();
  const inbound = { contactIdentity: identity, integration: studio };
  const outbound = { contactIdentity: identity, integration: task, enabled: false };
  const both = async () => {
    await program(inbound, "inbound")();
    return program(outbound, "outbound")();
  };
  const kinds = () =>
    flows()
      .map(({ enabled, integration_type }) => `${integration_type} ${enabled}`)
      .sort();

  test("stand beside each other", async () => {
    expect((await stack.preview(both)).failed).toBe(false);
    expect((await up(both)).steps).toEqual({ inbound: "create", outbound: "create" });
    expect(kinds()).toEqual(["studio true", "task false"]);
    expect(await up(both)).toMatchObject({ steps: {}, asked: [] });
  });

  test("also where both are enabled", async () => {
    const enabled = async () => {
      await program(inbound, "inbound")();
      await program({ ...outbound, enabled: true }, "outbound")();
      await program({ ...inbound, enabled: false }, "spare")();
    };
    expect((await stack.preview(enabled)).failed).toBe(false);
    await up(enabled);
    expect(kinds()).toEqual(["studio false", "studio true", "task true"]);
    await up(both);
  });

  test("are refused in preview where two are enabled and of one integration type", async () => {
    const twice = async () => {
      await both();
      await program(inbound, "again")();
    };
    const { failed, output } = await stack.preview(twice);
    expect(failed).toBe(true);
    // The engine checks resources side by side: either one may be the second.
    expect(output).toMatch(
      /another resource of this program, "\w+", declares the same Flex Flow|FO\w+ is there already/,
    );
  });

  test("cannot be enabled one beside the other of the same integration type", async () => {
    const enabled = async () => {
      await both();
      await program({ ...inbound, enabled: false }, "spare")();
    };
    await up(enabled);
    const other = flows().find((one) => one.integration_type === "studio" && !one.enabled);
    const { failed, output } = await stack.tryUp(async () => {
      await both();
      await program(inbound, "spare")();
    });
    expect(failed).toBe(true);
    expect(output).toMatch(
      /declares the same Flex Flow|Another enabled Flex Flow of the same integration type/,
    );
    expect(stack.account().flexFlows[other?.sid ?? ""]).toEqual(other);
    await up(enabled);
    await stack.destroy();
    expect(flows()).toEqual([]);
  });

  test("that somebody else made are told apart by their integration type when one is adopted", async () => {
    const { sid } = plant();
    const leadsToTasks = { integration_type: "task", integration: {}, enabled: false } as const;
    plant({ ...leadsToTasks, sid: `FO${"b".repeat(32)}` });
    expect((await stack.preview(program({ ...inbound, enabled: true }))).output).toContain(
      `${sid} is there already`,
    );
    expect((await up(program({ ...inbound, adopt: true }))).outputs).toEqual({ sid, adopted: true });
    await stack.destroy();
    plant({ sid: `FO${"c".repeat(32)}`, enabled: false });
    const refused = await stack.preview(program({ ...inbound, adopt: true }));
    expect(refused.output).toContain("adopt: several have this key: ");
    expect(refused.output).not.toContain(`FO${"b".repeat(32)}`);
  });
});

describe("adoption", () => {
  stack.afresh();

  test("a second flow of one identity is refused; the error names the first and the way out", async () => {
    const { sid } = plant();
    const second = program({ contactIdentity: identity, integration: studio });
    const looked = await stack.preview(second);
    expect(looked.failed).toBe(true);
    expect(looked.output).toContain(`${sid} is there already; take it over with adopt: "${sid}"`);
    // A check that does not look leaves it to the write.
    await stack.configure({ validate: "offline" });
    const { output, failed } = await stack.tryUp(second);
    await stack.configure({ validate: "online" });
    expect(failed).toBe(true);
    expect(output).toContain('creating the Flex Flow "support"');
    expect(output).toContain("(HTTP 400, code 45212)");
    expect(output).toContain(`${sid} is there already; take it over with adopt: "${sid}"`);
    expect(output).toContain("https://www.twilio.com/docs/errors/45212");
    expect(flow()).toEqual(plant());
  });

  const declared = { contactIdentity: identity, integration: studio, enabled: false };

  test("preview lists what it will change, and changes nothing", async () => {
    const { sid } = flow();
    const outcome = await stack.preview(program({ ...declared, adopt: sid }));
    expect(outcome.output).toContain(`adopting the Flex Flow "support" (${sid}) changes enabled`);
    expect(new Set(names(outcome.asked))).toEqual(new Set(["FetchFlexFlow"]));
    expect(flow()).toEqual(plant());
  });

  test("by SID writes the declared keys that differ and leaves the rest, the name too", async () => {
    const before = plant();
    const { asked, outputs } = await up(program({ ...declared, adopt: before.sid }));
    expect(asked.filter((request) => !("FetchFlexFlow" in request))).toEqual([
      { UpdateFlexFlow: { Enabled: "false" } },
    ]);
    expect(flow()).toEqual({ ...before, enabled: false, date_updated: expect.anything() });
    expect(outputs).toEqual({ sid: before.sid, adopted: true });
    expect((await up(program({ ...declared, adopt: before.sid }))).asked).toEqual([]);
  });

  test("what it found on undeclared keys is what drift goes back to", async () => {
    const before = { ...flow() };
    Object.assign(flow(), {
      long_lived: false,
      integration: { flow_sid: seeded.studioFlow, retry_count: 0 },
    });
    const { diffs } = await stack.refresh();
    expect(diffs.support).toEqual(expect.arrayContaining(["longLived", "integration.retryCount"]));
    await up(program({ ...declared, adopt: before.sid }));
    expect(flow()).toEqual({ ...before, date_updated: expect.anything() });
  });

  test("taking adopt away, and any other change of a control argument, asks nothing of the API", async () => {
    const { sid } = flow();
    const changed = await up(program({ ...declared, adopt: sid, deleteAdopted: true }));
    expect(changed.steps).toEqual({ support: "update" });
    expect(changed.asked).toEqual([]);
    const { asked, outputs } = await up(program(declared));
    expect(asked).toEqual([]);
    expect(outputs).toEqual({ sid, adopted: true });
    expect((await up(program(declared))).steps).toEqual({});
  });

  test("destroy gives the adopted flow back as it was found, what had drifted too", async () => {
    const { sid } = flow();
    const outcome = await stack.destroy();
    expect(outcome.failed).toBe(false);
    expect(outcome.asked).toEqual([{ FetchFlexFlow: {} }, { UpdateFlexFlow: { Enabled: "true" } }]);
    const left = { ...flow() };
    expect(flows()).toHaveLength(1);
    expect(left).toEqual({ ...plant(), sid, date_updated: left.date_updated });
  });

  test("by key finds the flow of this channel type and identity; with deleteAdopted destroy deletes it", async () => {
    const { sid } = plant();
    const other = plant({ sid: `FO${"b".repeat(32)}`, channel_type: "whatsapp" });
    const { outputs } = await up(program({ ...declared, adopt: true, deleteAdopted: true }));
    expect(outputs).toEqual({ sid, adopted: true });
    await stack.destroy();
    expect(flows()).toEqual([other]);
  });

  test("of what is not there, and by a key that there is not, is refused in preview", async () => {
    const missing = await stack.preview(program({ adopt: `FO${"c".repeat(32)}` }));
    expect(missing.failed).toBe(true);
    expect(missing.output).toContain(`adopt: FO${"c".repeat(32)} is not in account ${seeded.account}`);
    const keyless = await stack.preview(program({ adopt: true }));
    expect(keyless.failed).toBe(true);
    expect(keyless.output).toContain('give adopt: "<SID>"');
  });
});

describe("a network that fails", () => {
  stack.afresh();
  const lose = (drop: "before" | "after") =>
    stack.emulator.addFault({ match: { operationId: "CreateFlexFlow" }, times: 1, effect: { drop } });

  test("a create of a flow with an identity whose answer is lost leaves one flow, which is ours", async () => {
    lose("after");
    const { outputs } = await up(program({ contactIdentity: identity }, "first"));
    expect(outputs).toEqual({ sid: flow().sid, adopted: false });
  });

  test("a create of a flow without an identity whose answer is lost leaves one flow, which is ours", async () => {
    lose("after");
    const { outputs } = await up(program({ integration: studio }, "second"));
    expect(outputs).toEqual({ sid: flow().sid, adopted: false });
  });

  test("a create that never arrived is repeated; an older flow that looks like it is not taken for it", async () => {
    const older = plant({ friendly_name: "third", contact_identity: "", long_lived: false });
    lose("before");
    const { outputs } = await up(program({ integration: studio }, "third"));
    expect(flows()).toHaveLength(2);
    expect(outputs.sid).not.toBe(older.sid);
    delete stack.account().flexFlows[older.sid];
  });

  test("too many requests are sent again when the server says so", async () => {
    const effect = { status: 429, code: 20429, retryAfter: 1 };
    stack.emulator.addFault({ match: { operationId: "CreateFlexFlow" }, times: 2, effect });
    const { asked } = await up(program({}, "fourth"));
    expect(names(asked)).toEqual(["CreateFlexFlow", "CreateFlexFlow", "CreateFlexFlow", "DeleteFlexFlow"]);
    expect(flow().friendly_name).toBe("fourth");
  });

  test("a 503 of an update, a read or a delete is tried again", async () => {
    for (const operationId of ["UpdateFlexFlow", "FetchFlexFlow", "DeleteFlexFlow"]) {
      stack.emulator.addFault({ match: { operationId }, times: 1, effect: { status: 503 } });
    }
    await up(program({ enabled: false }, "fourth"));
    expect(flow().enabled).toBe(false);
    expect((await stack.refresh()).failed).toBe(false);
    expect((await stack.destroy()).failed).toBe(false);
    expect(flows()).toEqual([]);
  });
});

describe("after a killed run, recover", () => {
  stack.afresh({ config: { recover: "true" } });
  const declared = { friendlyName: "Support line", integration: studio };

  test("takes the flow that the run made, as made by this stack", async () => {
    const left = plant({ friendly_name: "Support line", contact_identity: "", long_lived: false });
    const { asked, looks, outputs } = await up(
      program({ ...declared, integration: { ...studio, retryCount: 2 } }),
    );
    expect(looks).toContain("ListFlexFlow");
    expect(names(asked)).toEqual(["FetchFlexFlow"]);
    expect(outputs).toEqual({ sid: left.sid, adopted: false });
  });

  test("takes a flow from a resource that is renamed, and keeps it", async () => {
    const before = { ...flow() };
    await up(program({ ...declared, integration: { ...studio, retryCount: 2 } }, "renamed"));
    expect(flow()).toEqual(before);
  });

  test("does not take one flow for two resources, and creates where nothing equals the declaration", async () => {
    await stack.destroy();
    plant({ friendly_name: "Support line", contact_identity: "", long_lived: false });
    await up(async () => {
      await program(declared, "one", undefined)();
      await program(declared, "two", undefined)();
    });
    expect(flows()).toHaveLength(2);
    await stack.destroy();
    expect(flows()).toEqual([]);
  });
});

/** Without the engine, so that there is time for many flows. */
describe("any two declarations", () => {
  const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const retryCount = optional(fc.integer({ min: 0, max: 3 }));
  const integration = fc.oneof(
    fc.record({ type: fc.constant("studio" as const), flowSid: fc.constant(seeded.studioFlow), retryCount }),
    fc.record({ type: fc.constant("external" as const), url: fc.webUrl(), retryCount }),
    fc.record({
      type: fc.constant("task" as const),
      workspaceSid: fc.constant(seeded.workspace),
      workflowSid: fc.constant(seeded.workflow),
      channel: optional(fc.constantFrom("chat", "default")),
      timeout: optional(fc.integer({ min: 1, max: 100_000 })),
      priority: optional(fc.nat(10)),
      creationOnMessage: optional(fc.boolean()),
    }),
  );
  const declaration: fc.Arbitrary<Plain<FlexFlowArgs>> = fc.record({
    friendlyName: fc.constantFrom("Support line", "Help"),
    chatServiceSid: fc.constantFrom(seeded.chatService, seeded.flexService),
    channelType: fc.constantFrom("web", "sms", "whatsapp", "custom"),
    contactIdentity: optional(fc.constantFrom(identity, "whatsapp:+15017122661")),
    enabled: optional(fc.boolean()),
    integration,
    longLived: optional(fc.boolean()),
    janitorEnabled: optional(fc.boolean()),
  });

  function host() {
    const provider = resource("FlexFlow");
    const config = new Map(Object.entries({ ...emulatorCredentials, baseUrl: stack.emulator.url }));
    void provider.configure({ config: { get: (key) => config.get(key.replace(/^twilio:/, "")) } });
    return provider;
  }

  const lasting = ({ sid, date_created, date_updated, ...rest }: Flow) => rest;

  test("lead to the same flow, be it made so or turned into it, and a read shows what is declared", async () => {
    const provider = host();
    await fc.assert(
      fc.asyncProperty(declaration, declaration, async (first, second) => {
        stack.emulator.reset();
        const { inputs: firstInputs } = await provider.check({}, first);
        const { inputs } = await provider.check(firstInputs, second);
        const { id, outs } = await provider.create(firstInputs);
        const updated = await provider.update(id, outs, inputs);
        const turned = lasting(flow());
        await expect(provider.diff(id, updated.outs, inputs)).resolves.toMatchObject({ changes: false });
        expect((await provider.read(id, updated.outs)).inputs).toEqual(inputs);

        // Without what the check has looked at.
        const own = stack.emulator.requests.filter(({ operationId }) => !operationId?.startsWith("List"));
        expect(own.length).toBeLessThanOrEqual(3);
        await provider.delete(id, updated.outs);
        await provider.create(inputs);
        expect(turned).toEqual(lasting(flow()));
      }),
      { numRuns: 60 },
    );
  });

  test("differ on the wire by nothing but what differs", async () => {
    const provider = host();
    const everyKey: Plain<FlexFlowArgs> = {
      friendlyName: "Support line",
      chatServiceSid: seeded.chatService,
      channelType: "sms",
      contactIdentity: identity,
      enabled: true,
      integration: { ...studio, retryCount: 1 },
      longLived: false,
      janitorEnabled: false,
    };
    const changes: [Partial<Plain<FlexFlowArgs>>, Record<string, string>][] = [
      [{ friendlyName: "Help" }, { FriendlyName: "Help" }],
      [{ chatServiceSid: seeded.flexService }, { ChatServiceSid: seeded.flexService }],
      [{ channelType: "whatsapp" }, { ChannelType: "whatsapp" }],
      [{ contactIdentity: "+15558675310" }, { ContactIdentity: "+15558675310" }],
      [{ contactIdentity: undefined }, { ContactIdentity: "" }],
      [{ enabled: false }, { Enabled: "false" }],
      [{ longLived: true }, { LongLived: "true" }],
      [{ janitorEnabled: true }, { JanitorEnabled: "true" }],
      [{ integration: { ...studio, retryCount: 0 } }, { "Integration.RetryCount": "0" }],
      [{ integration: studio }, { "Integration.RetryCount": "3" }],
    ];
    for (const [change, sent] of changes) {
      stack.emulator.reset();
      const { inputs: before } = await provider.check({}, everyKey);
      const { id, outs } = await provider.create(before);
      const { inputs } = await provider.check(before, { ...everyKey, ...change });
      await provider.update(id, outs, inputs);
      expect(stack.emulator.requests.at(-1)).toMatchObject({ operationId: "UpdateFlexFlow", params: sent });
      expect(Object.keys(stack.emulator.requests.at(-1)?.params ?? {})).toEqual(Object.keys(sent));
    }
  });
});
