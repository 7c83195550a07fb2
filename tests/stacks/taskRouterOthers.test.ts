import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  TaskRouterActivity,
  TaskRouterTaskChannel,
  TaskRouterTaskQueue,
  TaskRouterWorker,
  TaskRouterWorkflow,
  TaskRouterWorkspace,
  type TaskRouterWorkspaceArgs,
  TaskRouterWorkspaceConfiguration,
} from "../../provider/index";
import { emulatorCredentials, onStack } from "./onStack";
import { centre, inside, only, there } from "./taskRouter";

const stack = onStack();

beforeEach(() => stack.emulator.reset());
afterEach(async () => {
  expect(stack.emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  stack.emulator.reset();
  expect((await stack.destroy()).failed).toBe(false);
});

const account = () => stack.account();
const now = () => inside(stack.emulator, [seeded.workspace]);
const workspaceSid = seeded.workspace;
const routing = (queue: string) => ({ task_routing: { filters: [], default_filter: { queue } } });

const { up } = stack;

const writes = (requests: string[]) => requests.filter((request) => !/^(Fetch|List)/.test(request));

const planted = {
  account_sid: seeded.account,
  workspace_sid: seeded.workspace,
  date_created: "2021-03-04T05:06:07Z",
  date_updated: "2021-03-04T05:06:07Z",
};
const digits = "7".repeat(32);

/** One of each, made by somebody else. */
function plant() {
  account().taskrouterActivities[`WA${digits}`] = {
    ...planted,
    sid: `WA${digits}`,
    friendly_name: "Break",
    available: true,
  };
  account().taskrouterTaskQueues[`WQ${digits}`] = {
    ...planted,
    sid: `WQ${digits}`,
    friendly_name: "Billing",
    target_workers: "1==1",
    max_reserved_workers: 5,
    task_order: "LIFO",
    reservation_activity_sid: null,
    assignment_activity_sid: null,
  };
  account().taskrouterWorkflows[`WW${digits}`] = {
    ...planted,
    sid: `WW${digits}`,
    friendly_name: "Inbound",
    configuration: JSON.stringify(routing(seeded.everyoneQueue), null, 2),
    document_content_type: "application/json",
    assignment_callback_url: "https://example.com/assign",
    fallback_assignment_callback_url: null,
    task_reservation_timeout: 60,
  };
  account().taskrouterTaskChannels[`TC${digits}`] = {
    ...planted,
    sid: `TC${digits}`,
    friendly_name: "Letters",
    unique_name: "letters",
    channel_optimized_routing: true,
  };
  account().taskrouterWorkers[`WK${digits}`] = {
    ...planted,
    sid: `WK${digits}`,
    friendly_name: "alice",
    activity_sid: seeded.availableActivity,
    attributes: '{"skills":["billing"]}',
    date_status_changed: "2021-03-04T05:06:07Z",
  };
}

/** The same, declared. */
const alike =
  (adopt: { [prefix: string]: string | boolean } = {}, deleteAdopted?: boolean): PulumiFn =>
  async () => {
    const common = (prefix: string) => ({ workspaceSid, adopt: adopt[prefix], deleteAdopted });
    new TaskRouterActivity("activity", { ...common("WA"), friendlyName: "Break", available: true });
    new TaskRouterTaskQueue("queue", { ...common("WQ"), friendlyName: "Billing", taskOrder: "FIFO" });
    const configuration = routing(seeded.everyoneQueue);
    new TaskRouterWorkflow("workflow", { ...common("WW"), friendlyName: "Inbound", configuration });
    new TaskRouterTaskChannel("channel", { ...common("TC"), uniqueName: "letters", friendlyName: "Mail" });
    const attributes = { skills: ["billing"] };
    const activitySid = seeded.offlineActivity;
    new TaskRouterWorker("worker", { ...common("WK"), friendlyName: "alice", attributes, activitySid });
  };

const kinds = [
  ["taskrouterActivities", "WA"],
  ["taskrouterTaskQueues", "WQ"],
  ["taskrouterWorkflows", "WW"],
  ["taskrouterTaskChannels", "TC"],
  ["taskrouterWorkers", "WK"],
] as const;
const prefixes = kinds.map(([, prefix]) => prefix);
const everywhere = (adopt: (prefix: string) => string | boolean) =>
  Object.fromEntries(prefixes.map((prefix) => [prefix, adopt(prefix)]));

describe("what is there already", () => {
  beforeEach(plant);

  test("is named where a second one is refused, and so is the way out", async () => {
    const looked = await stack.preview(alike());
    await stack.configure({ validate: "offline" });
    const refused = await stack.tryUp(alike());
    await stack.configure({ validate: "online" });
    for (const { failed } of [looked, refused]) expect(failed).toBe(true);
    const waysOut = prefixes.map((prefix) => {
      const sid = `${prefix}${digits}`;
      return `${sid} is there already; take it over with adopt: "${sid}"`;
    });
    for (const wayOut of waysOut) expect(refused.output).toContain(wayOut);
    // The engine ends a preview at the first resource that is refused.
    expect(waysOut.some((wayOut) => looked.output.includes(wayOut))).toBe(true);
    expect(refused.output).toContain("Queue named Billing already exists for workspace");
  });

  test.each([
    ["by the same name", everywhere(() => true)],
    ["by SID", everywhere((prefix) => `${prefix}${digits}`)],
  ])(
    "is adopted %s, what is not declared stays, and all of it is given back on destroy",
    async (_, adopt) => {
      const before = structuredClone(account());
      const { output } = await stack.preview(alike(adopt));
      expect(output).toContain(`adopting the TaskRouter task queue "queue" (WQ${digits}) changes taskOrder`);
      expect(output).toContain(`adopting the TaskRouter worker "worker" (WK${digits}) changes nothing in it`);
      const { requests } = await up(alike(adopt));
      expect(writes(requests).sort()).toEqual([
        "UpdateTaskChannel FriendlyName",
        "UpdateTaskQueue TaskOrder",
      ]);
      expect(account().taskrouterTaskQueues[`WQ${digits}`]).toMatchObject({
        task_order: "FIFO",
        max_reserved_workers: 5,
      });
      expect(account().taskrouterWorkers[`WK${digits}`]).toMatchObject({
        activity_sid: seeded.availableActivity,
      });
      expect((await up(alike(adopt))).requests).toEqual([]);
      expect((await stack.refresh()).steps).toEqual({});
      const destroyed = await stack.destroy();
      expect(destroyed.failed).toBe(false);
      expect(destroyed.requests.sort()).toEqual([
        "FetchTaskChannel",
        "FetchTaskQueue",
        "UpdateTaskChannel FriendlyName",
        "UpdateTaskQueue TaskOrder",
      ]);
      for (const [kind, prefix] of kinds) {
        const { date_updated, ...found } = before[kind][`${prefix}${digits}`] ?? {};
        expect(account()[kind][`${prefix}${digits}`]).toMatchObject(found);
      }
    },
  );

  test("goes on destroy with deleteAdopted", async () => {
    await up(
      alike(
        everywhere(() => true),
        true,
      ),
    );
    expect((await stack.destroy()).failed).toBe(false);
    expect(JSON.stringify(account())).not.toContain(`"sid":"WA${digits}"`);
  });

  test("cannot be adopted where what only a create takes differs", async () => {
    const { failed, output } = await stack.preview(async () => {
      new TaskRouterActivity("activity", {
        workspaceSid,
        adopt: true,
        friendlyName: "Break",
        available: false,
      });
    });
    expect(failed).toBe(true);
    expect(output).toContain("available: cannot be changed on an adopted object");
  });
});

describe("the workspace that Flex uses", () => {
  const flex =
    (args: TaskRouterWorkspaceArgs): PulumiFn =>
    async () => {
      new TaskRouterWorkspace("flex", { adopt: seeded.workspace, ...args });
    };

  test("can be adopted and stays on destroy; deleteAdopted is refused in preview", async () => {
    const refused = await stack.preview(flex({ deleteAdopted: true }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(
      `deleteAdopted: ${seeded.workspace} is the workspace that Flex uses (taskrouter_workspace_sid of the Flex Configuration), and is never deleted; take deleteAdopted away`,
    );
    await up(flex({ eventsFilter: "task.created" }));
    expect(account().taskrouterWorkspaces[seeded.workspace]).toMatchObject({ events_filter: "task.created" });
    expect((await stack.destroy()).failed).toBe(false);
    expect(account().taskrouterWorkspaces).toHaveProperty(seeded.workspace);
  });

  test("is not deleted where deleteAdopted came later, nor where Flex has come to use the program's own", async () => {
    await up(flex({}));
    await up(flex({ deleteAdopted: true, deleteData: true }));
    const refused = await stack.destroy();
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(`deleting the TaskRouter workspace "flex" (${seeded.workspace})`);
    await up(flex({}));
    expect((await stack.destroy()).failed).toBe(false);

    const own: PulumiFn = async () => {
      new TaskRouterWorkspace("own", { deleteData: true });
    };
    await up(own);
    const { sid } = only(now().workspaces);
    there(account().flexConfiguration ?? undefined).taskrouter_workspace_sid = sid;
    expect((await stack.destroy()).output).toContain(`${sid} is the workspace that Flex uses`);
    expect(account().taskrouterWorkspaces).toHaveProperty(sid);
  });
});

describe("a workspace", () => {
  test("is replaced by another template, with all that is declared in it, where deleteData: true says so", async () => {
    const fifo = { template: "FIFO" } as const;
    await up(centre());
    const before = only(now().workspaces).sid;
    const refused = await stack.preview(centre({ workspace: fifo }));
    expect(refused).toMatchObject({ failed: true, requests: [] });
    expect(refused.output).toContain(
      "template: another template means a new workspace, and this one is deleted with everything in it; to replace it all the same, set deleteData: true",
    );

    const allowed = centre({ workspace: { ...fifo, deleteData: true } });
    const { steps } = await up(allowed);
    expect(Object.keys(steps)).toHaveLength(8);
    const { workspaces, queues, activities } = now();
    const { sid, default_activity_sid } = only(workspaces);
    expect(sid).not.toBe(before);
    expect(Object.keys(queues).sort()).toEqual(["Sample Queue", "queue"]);
    expect(default_activity_sid).toBe(activities.activity?.sid);
    expect(await up(allowed)).toMatchObject({ steps: {}, requests: [] });
  });

  test("with workers or tasks of others in it is not deleted, unless deleteData: true was applied", async () => {
    const run =
      (args: TaskRouterWorkspaceArgs): PulumiFn =>
      async () => {
        new TaskRouterWorkspace("workspace", args);
      };
    await up(run({}));
    const { sid } = only(now().workspaces);
    const worker = { ...planted, workspace_sid: sid, sid: `WK${digits}`, friendly_name: "alice" };
    account().taskrouterWorkers[worker.sid] = {
      ...worker,
      activity_sid: there(now().activities.Offline).sid,
      attributes: "{}",
      date_status_changed: planted.date_created,
    };
    const refused = await stack.destroy();
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain(
      `deleting the TaskRouter workspace "workspace" (${sid}): it holds workers, which would be lost. To delete it all the same, first set deleteData: true and run up`,
    );
    expect((await up(run({ deleteData: true }))).requests).toEqual([]);
    expect((await stack.destroy()).failed).toBe(false);
    expect(now().workspaces).toEqual([]);
  });

  test("whose answer is lost is made once", async () => {
    stack.emulator.addFault({
      match: { operationId: "CreateWorkspace" },
      times: 1,
      effect: { drop: "after" },
    });
    await up(async () => {
      new TaskRouterWorkspace("workspace", { template: "FIFO" });
    });
    expect(only(now().workspaces).friendly_name).toBe("workspace");
  });
});

test("what a killed run has left is taken, with twilio:recover", async () => {
  await up(centre());
  const killed = structuredClone(now());
  const settings = { ...emulatorCredentials, baseUrl: stack.emulator.url };
  const next = await stack.another({ ...settings, recover: "true" });
  const { failed, requests } = await next.tryUp(centre());
  expect(failed).toBe(false);
  expect(writes(requests)).toEqual([]);
  expect(now()).toEqual(killed);
});

describe("what only a create takes", () => {
  /** As in a program that is given a workspace. */
  const run =
    (workspaceSid: string, available: boolean, uniqueName: string): PulumiFn =>
    async () => {
      const opts = { deleteBeforeReplace: false };
      const activity = new TaskRouterActivity("activity", { workspaceSid, available }, opts);
      new TaskRouterTaskChannel("channel", { workspaceSid, uniqueName });
      const queue = new TaskRouterTaskQueue("queue", { workspaceSid }, opts);
      const configuration = { task_routing: { default_filter: { queue: queue.sid } } };
      new TaskRouterWorkflow("workflow", { workspaceSid, configuration });
      new TaskRouterWorker("worker", { workspaceSid, activitySid: activity.sid });
      const timeoutActivitySid = activity.sid;
      new TaskRouterWorkspaceConfiguration("configuration", { workspaceSid, timeoutActivitySid });
    };

  test("replaces, the old one going first, as far as it is not in use", async () => {
    const activity =
      (available: boolean, friendlyName: string, opts?: object): PulumiFn =>
      async () => {
        new TaskRouterActivity("activity", { workspaceSid, available, friendlyName }, opts);
      };
    await up(activity(true, "Break"));
    const replaced = await up(activity(false, "Break"));
    expect(replaced.requests).toEqual(["DeleteActivity", "CreateActivity Available FriendlyName"]);
    const old = there(Object.values(account().taskrouterActivities).find((a) => a.friendly_name === "Break"));
    there(account().taskrouterWorkspaces[workspaceSid]).timeout_activity_sid = old.sid;
    expect((await stack.tryUp(activity(true, "Break"))).output).toContain(
      "It is the workspace's timeout activity",
    );

    there(account().taskrouterWorkspaces[workspaceSid]).timeout_activity_sid = seeded.offlineActivity;
    const made = await up(activity(true, "Pause", { deleteBeforeReplace: false }));
    expect(made.requests).toEqual(["CreateActivity Available FriendlyName", "DeleteActivity"]);
  });

  test("is a channel's unique name too", async () => {
    const channel =
      (uniqueName: string): PulumiFn =>
      async () => {
        new TaskRouterTaskChannel("channel", { workspaceSid, uniqueName });
      };
    await up(channel("letters"));
    const { requests } = await up(channel("parcels"));
    expect(requests).toEqual(["DeleteTaskChannel", "CreateTaskChannel FriendlyName UniqueName"]);
  });

  test("is the workspace for all in it, which can move; what was found there goes back", async () => {
    const { outputs } = await up(async () => ({ sid: new TaskRouterWorkspace("another").sid }));
    const sid = String(outputs.sid);
    const both =
      (workspace: string): PulumiFn =>
      async () => {
        new TaskRouterWorkspace("another");
        await run(workspace, true, "letters")();
      };
    await up(both(seeded.workspace));
    const { steps } = await up(both(sid));
    expect(Object.keys(steps)).toHaveLength(6);
    expect(Object.values(steps).filter((step) => !step.includes("replace"))).toEqual([]);
    expect(account().taskrouterWorkspaces[seeded.workspace]).toMatchObject({
      timeout_activity_sid: seeded.offlineActivity,
    });
    const { activities, workers } = now();
    const activity = there(activities.activity).sid;
    expect(account().taskrouterWorkspaces[sid]).toMatchObject({ timeout_activity_sid: activity });
    expect(workers.worker).toMatchObject({ activity_sid: activity });
    expect((await stack.destroy()).failed).toBe(false);
    expect(Object.keys(account().taskrouterWorkspaces)).toEqual([seeded.workspace]);
  });
});
