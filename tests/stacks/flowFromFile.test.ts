import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import { flowFromFile, StudioFlow, TaskRouterWorkflow } from "../../provider/index";
import { run as runCommand, shellFor } from "../cli/support";
import { clientOf } from "../emulator/support";
import { onStack } from "./onStack";

const other = { accountSid: `AC${"b".repeat(32)}`, authToken: "b".repeat(32) };
const stack = onStack({
  eachTest: true,
  emulator: { seed: { accounts: { [other.accountSid]: { auth_token: other.authToken } } } },
});
const run = (declare: () => unknown) => async () => {
  declare();
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flow-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(definition: object): string {
  writeFileSync(join(folder, "flow.json"), JSON.stringify(definition));
  return join(folder, "flow.json");
}

const flowWith = (properties: object) => ({
  description: "Flow",
  states: [
    { name: "Trigger", type: "trigger", transitions: [], properties: {} },
    { name: "Widget", type: "send-to-flex", transitions: [], properties },
  ],
  initial_state: "Trigger",
});
const workflow = "sid:workflow/Assign to Anyone";
const published = { status: "published" } as const;
const flow = (...args: Parameters<typeof flowFromFile>) =>
  new StudioFlow("flow", { definition: flowFromFile(...args), ...published });

/** The properties of the widget of the flow that the program has made. */
const made = (friendlyName = "flow", account: string = seeded.account) => {
  const flows = Object.values(stack.account(account).studioFlows);
  const definition = flows
    .find((one) => one.revisions.at(-1)?.friendly_name === friendlyName)
    ?.revisions.at(-1);
  return JSON.parse(JSON.stringify(definition?.definition));
};

describe("from one account to another", () => {
  /** Objects of the same names, made in another order, so that all have other SIDs. */
  async function namesakes(accountSid: string, authToken: string, workspaceSid: string, reverse: boolean) {
    const client = clientOf(stack.emulator, accountSid, authToken);
    const workspace = client.taskrouter.v1.workspaces(workspaceSid);
    const { sid: queue } = await workspace.taskQueues.create({ friendlyName: "Everybody" });
    const configuration = JSON.stringify({ task_routing: { filters: [], default_filter: { queue } } });
    const makers: [string, () => Promise<{ sid: string }>][] = [
      ["workflow", () => workspace.workflows.create({ friendlyName: "Support/Night", configuration })],
      ["service", () => client.messaging.v1.services.create({ friendlyName: "Notices" })],
      ["chat", () => client.conversations.v1.services.create({ friendlyName: "Chats" })],
    ];
    const sids: Record<string, string> = { queue };
    for (const [name, make] of reverse ? makers.reverse() : makers) sids[name] = (await make()).sid;
    const [channel] = (await workspace.taskChannels.list()).filter(({ uniqueName }) => uniqueName === "chat");
    return { ...sids, channel: channel?.sid ?? "" };
  }

  test("flows do the same, and are pulled as the same files", async () => {
    const token = stack.emulator.state.account().auth_token;
    const client = clientOf(stack.emulator);
    const here = await namesakes(seeded.account, token, seeded.workspace, false);
    const opening = flowWith({ workflow: here.channel, ...here, body: "sid:workflow/none" });
    const { sid: subflow } = await client.studio.v2.flows.create({
      friendlyName: "Opening hours",
      definition: opening,
      ...published,
    });
    const night = flowWith({
      flow_sid: subflow,
      flow_revision: "LatestPublished",
      blanks: [null, ""],
    });
    await client.studio.v2.flows.create({ friendlyName: "Night", definition: night, ...published });
    const pulled = (env: Record<string, string>, out: string, names = ["Opening hours", "Night"]) =>
      runCommand(["pull", ...names, "--portable", "--out", join(folder, out)], {
        ...shellFor(stack.emulator),
        ...env,
      });
    expect(await pulled({}, "a")).toMatchObject({ code: 0 });

    const there = clientOf(stack.emulator, other.accountSid, other.authToken);
    const { sid: workspace } = await there.taskrouter.v1.workspaces.create({ friendlyName: "Work" });
    const sids = await namesakes(other.accountSid, other.authToken, workspace, true);
    const second = await stack.another({ baseUrl: stack.emulator.url, ...other });
    const program = run(() => {
      const hours = new StudioFlow("hours", {
        friendlyName: "Opening hours",
        definition: flowFromFile(join(folder, "a", "opening-hours.json")),
        ...published,
      });
      new StudioFlow("night", {
        friendlyName: "Night",
        definition: flowFromFile(join(folder, "a", "night.json"), { sids: { "flow/Opening hours": hours } }),
        ...published,
      });
    });
    const up = await second.up(program);
    expect(up.steps).toEqual({ hours: "create", night: "create" });
    expect((await second.up(program)).steps).toEqual({});

    // The same after the SIDs of one account are replaced by those of the other.
    const [hours] = Object.values(stack.account(other.accountSid).studioFlows).filter(
      ({ revisions }) => revisions.at(-1)?.friendly_name === "Opening hours",
    );
    const mapped = Object.entries({ ...here, subflow }).reduce(
      (text, [name, sid]) =>
        text.replaceAll(sid, name === "subflow" ? (hours?.sid ?? "") : (Reflect.get(sids, name) ?? "")),
      JSON.stringify([opening, night]),
    );
    expect([made("Opening hours", other.accountSid), made("Night", other.accountSid)]).toEqual(
      JSON.parse(mapped),
    );
    expect(JSON.stringify(made("Opening hours", other.accountSid))).not.toMatch(
      new RegExp(Object.values(here).join("|")),
    );

    const credentials = { TWILIO_ACCOUNT_SID: other.accountSid, TWILIO_AUTH_TOKEN: other.authToken };
    expect(await pulled(credentials, "b")).toMatchObject({ code: 0 });
    for (const name of ["opening-hours.json", "night.json"])
      expect(readFileSync(join(folder, "b", name), "utf8")).toBe(
        readFileSync(join(folder, "a", name), "utf8"),
      );
  });
});

test("names become SIDs of the account, each kind by one list a workspace", async () => {
  const path = file(
    flowWith({
      workflow,
      same: workflow,
      channel: "sid:task-channel/chat",
      flow: "sid:flow/Messaging Flow",
      number: "sid:number/+15017122661",
      proxy: "sid:proxy-service/Flex Proxy Service",
      body: "sid:text/sid:flow/x",
      said: "sid: no",
    }),
  );
  const { requests } = await stack.up(run(() => flow(path)));
  expect(made().states[1].properties).toEqual({
    workflow: seeded.workflow,
    same: seeded.workflow,
    channel: expect.stringMatching(/^TC/),
    flow: seeded.studioFlow,
    number: seeded.smsNumber,
    proxy: seeded.proxyService,
    body: "sid:flow/x",
    said: "sid: no",
  });
  expect(requests.filter((request) => request.startsWith("ListWorkflow")).length).toBeLessThanOrEqual(2);
});

test("the workspace of Flex is meant where another one has the same names", async () => {
  const client = clientOf(stack.emulator);
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Other" });
  const { sid: late } = await client.taskrouter.v1
    .workspaces(sid)
    .taskQueues.create({ friendlyName: "Late" });
  await stack.up(
    run(() => flow(file(flowWith({ channel: "sid:task-channel/sms", late: "sid:task-queue/Late" })))),
  );
  const channels = await client.taskrouter.v1.workspaces(seeded.workspace).taskChannels.list();
  expect(made().states[1].properties).toEqual({
    channel: channels.find(({ uniqueName }) => uniqueName === "sms")?.sid,
    late,
  });
});

test("sids gives values and resources, also of what the same program makes, and for SIDs that are in the file", async () => {
  const fn = `ZH${"1".repeat(32)}`;
  const next = `ZH${"2".repeat(32)}`;
  const path = file(
    flowWith({ workflow: "sid:workflow/New", number: "sid:number/+1", fn, url: `https://x/${fn}` }),
  );
  const program = run(() => {
    const made = new TaskRouterWorkflow("new", {
      workspaceSid: seeded.workspace,
      configuration: { task_routing: { filters: [], default_filter: { queue: seeded.everyoneQueue } } },
    });
    flow(path, {
      sids: {
        "workflow/New": made,
        "sid:number/+1": pulumi.output(seeded.smsNumber),
        [fn]: next,
        "flow/Of another file": seeded.studioFlow,
      },
    });
  });
  expect((await stack.preview(program)).steps).toEqual({ flow: "create", new: "create" });
  const before = stack.emulator.requests.length;
  await stack.up(program);
  const [workflowSid] = Object.values(stack.account().taskrouterWorkflows).flatMap(
    ({ sid, friendly_name }) => (friendly_name === "new" ? [sid] : []),
  );
  expect(made().states[1].properties).toEqual({
    workflow: workflowSid,
    number: seeded.smsNumber,
    fn: next,
    url: `https://x/${next}`,
  });
  const asked = stack.emulator.requests.slice(before).map(({ operationId }) => operationId);
  expect(asked).not.toContain("ListIncomingPhoneNumber");
});
