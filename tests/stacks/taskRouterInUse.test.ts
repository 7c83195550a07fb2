import { seeded } from "../../emulator/index";
import {
  TaskRouterActivity,
  TaskRouterTaskChannel,
  TaskRouterTaskQueue,
  TaskRouterWorkflow,
  TaskRouterWorkspaceConfiguration,
} from "../../provider/index";
import { onStack } from "./onStack";
import { centre, inside, there } from "./taskRouter";

const stack = onStack();

beforeEach(() => stack.emulator.reset());
afterEach(async () => {
  expect(stack.emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  expect((await stack.destroy()).failed).toBe(false);
});

const account = () => stack.account();
const workspaceSid = seeded.workspace;
const routing = (queue: string) => ({ task_routing: { filters: [], default_filter: { queue } } });

const { up } = stack;

const digits = "7".repeat(32);
const planted = {
  account_sid: seeded.account,
  workspace_sid: seeded.workspace,
  date_created: "2021-03-04T05:06:07Z",
  date_updated: "2021-03-04T05:06:07Z",
};

describe("what is in use", () => {
  test("by others is not deleted, and the error says who they are and what to do", async () => {
    const { outputs } = await up(async () => {
      const activity = new TaskRouterActivity("activity", { workspaceSid });
      const queue = new TaskRouterTaskQueue("queue", { workspaceSid });
      const configuration = routing(seeded.everyoneQueue);
      const workflow = new TaskRouterWorkflow("workflow", { workspaceSid, configuration });
      const channel = new TaskRouterTaskChannel("channel", { workspaceSid, uniqueName: "letters" });
      return { activity: activity.sid, queue: queue.sid, workflow: workflow.sid, channel: channel.sid };
    });
    const activity = String(outputs.activity);
    const queue = String(outputs.queue);
    const everyone = there(account().taskrouterTaskQueues[seeded.everyoneQueue]);
    const untouched = structuredClone(everyone);
    everyone.reservation_activity_sid = activity;
    Object.assign(there(account().taskrouterWorkspaces[workspaceSid]), {
      default_activity_sid: activity,
      timeout_activity_sid: activity,
    });
    for (const digit of "1234") {
      const sid = `WK${digit.repeat(32)}`;
      account().taskrouterWorkers[sid] = {
        ...planted,
        sid,
        friendly_name: `agent ${digit}`,
        activity_sid: activity,
        attributes: "{}",
        date_status_changed: planted.date_created,
      };
    }
    const theirs = there(account().taskrouterWorkflows[seeded.workflow]);
    theirs.configuration = JSON.stringify(routing(queue));
    const task = `WT${digits}`;
    account().taskrouterTasks[task] = {
      ...planted,
      sid: task,
      workflow_sid: String(outputs.workflow),
      task_queue_sid: queue,
      task_queue_entered_date: planted.date_created,
      task_channel_sid: String(outputs.channel),
      assignment_status: "pending",
      attributes: "{}",
      addons: "{}",
      priority: 0,
      reason: null,
      timeout: 86_400,
      virtual_start_time: planted.date_created,
      ignore_capacity: false,
      routing_target: null,
    };

    const { failed, output } = await stack.destroy();
    expect(failed).toBe(true);
    const said = (what: string) =>
      output.split("\n").find((line) => line.includes(`error: deleting the TaskRouter ${what}`)) ?? "";
    const agents = [4, 3, 2].map((digit) => `WK${String(digit).repeat(32)} (agent ${digit})`).join(", ");
    const another = "give the workspace another one with TaskRouterWorkspaceConfiguration";
    const tasks = `Tasks are in it: ${task}; complete or cancel them, or delete them`;
    expect(said("activity")).toContain(
      [
        `It is the workspace's default activity; ${another}`,
        `It is the workspace's timeout activity; ${another}`,
        `Workers are in it: ${agents}, and more; move them to another activity`,
        `Task queues put workers into it: ${everyone.sid} (Everyone); give those another activity`,
      ].join(". "),
    );
    expect(said("task queue")).toContain(
      `Workflows send tasks to it: ${theirs.sid} (${theirs.friendly_name}); take it out of their configuration. ${tasks}`,
    );
    expect(said("workflow")).toContain(tasks);
    expect(said("task channel")).toContain(tasks);

    account().taskrouterTasks = {};
    account().taskrouterWorkers = {};
    Object.assign(everyone, untouched);
    theirs.configuration = JSON.stringify(routing(seeded.everyoneQueue));
    Object.assign(there(account().taskrouterWorkspaces[workspaceSid]), {
      default_activity_sid: seeded.offlineActivity,
      timeout_activity_sid: seeded.offlineActivity,
    });
  });

  test("by a worker that goes in the same destroy is deleted after it", async () => {
    await up(centre());
    const { activities, workers } = inside(stack.emulator, [workspaceSid]);
    there(workers.worker).activity_sid = there(activities.other).sid;
    stack.emulator.addFault({ match: { operationId: "DeleteWorker" }, times: 1, effect: { delayMs: 500 } });
    const { failed, requests } = await stack.destroy();
    expect(failed).toBe(false);
    expect(requests.filter((request) => request === "DeleteActivity")).toHaveLength(3);
    expect(Object.keys(account().taskrouterWorkspaces)).toEqual([workspaceSid]);
  });
});

describe("the default activity", () => {
  test("goes to the oldest that takes no tasks, where the one that was there is gone", async () => {
    const theirs = `WA${digits}`;
    account().taskrouterActivities[theirs] = {
      ...planted,
      sid: theirs,
      friendly_name: "Break",
      available: true,
    };
    const found = there(account().taskrouterWorkspaces[seeded.workspace]);
    found.default_activity_sid = theirs;
    await up(async () => {
      const activity = new TaskRouterActivity("activity", { workspaceSid });
      new TaskRouterWorkspaceConfiguration("configuration", {
        workspaceSid,
        defaultActivitySid: activity.sid,
      });
    });
    delete account().taskrouterActivities[theirs];
    const { failed, output } = await stack.destroy();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(output).toContain("what was there before cannot be put back, so it is cleared");
    const { default_activity_sid } = there(account().taskrouterWorkspaces[seeded.workspace]);
    expect([seeded.offlineActivity, seeded.unavailableActivity]).toContain(default_activity_sid);
  });

  test("that somebody has changed stays so", async () => {
    await up(async () => {
      const defaultActivitySid = seeded.availableActivity;
      new TaskRouterWorkspaceConfiguration("configuration", { workspaceSid, defaultActivitySid });
    });
    const found = there(account().taskrouterWorkspaces[seeded.workspace]);
    found.default_activity_sid = seeded.unavailableActivity;
    const { failed, output } = await stack.destroy();
    expect(failed).toBe(false);
    expect(output).toContain("defaultActivitySid is no longer as declared here; it stays as it is");
    expect(found.default_activity_sid).toBe(seeded.unavailableActivity);
  });
});

test("a workflow is made once, however often Twilio says that it is made too fast", async () => {
  const effect = { status: 429, code: 20_429, message: "Rate limit exceeded for target Workflow-Create" };
  stack.emulator.addFault({ match: { operationId: "CreateWorkflow" }, times: 3, effect });
  const { requests } = await up(async () => {
    new TaskRouterWorkflow("workflow", { workspaceSid, configuration: routing(seeded.everyoneQueue) });
  });
  expect(requests).toEqual([...Array(3).fill("CreateWorkflow"), "CreateWorkflow Configuration FriendlyName"]);
  const made = Object.values(account().taskrouterWorkflows).filter(
    ({ friendly_name }) => friendly_name === "workflow",
  );
  expect(made).toHaveLength(1);
});
