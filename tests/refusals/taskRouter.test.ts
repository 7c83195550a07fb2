import { resourceNamed } from "../../provider/life/define";
import type { Values } from "../../provider/values/values";
import "../../provider/index";
import { sessionOn } from "../life/session";

const session = sessionOn(`AC${"e".repeat(32)}`, { validate: "offline" }, () => {});
const workspaceSid = `WS${"1".repeat(32)}`;
const activity = `WA${"1".repeat(32)}`;

const problems = async (type: string, args: Values, was: Values = {}) =>
  (await resourceNamed(type).life.check(session, was, args)).problems;

/** What takes more than one argument to be wrong, or more than its form. */
test.each<[string, Values, string[]]>([
  [
    "TaskRouterWorkspaceConfiguration",
    { workspaceSid },
    ["defaultActivitySid, timeoutActivitySid: at least one of them is needed, and none is given"],
  ],
  [
    "TaskRouterWorkspace",
    { defaultActivitySid: activity, timeoutActivitySid: activity },
    ["defaultActivitySid", "timeoutActivitySid"].map(
      (key) =>
        `${key}: activities come after the workspace that they are in: see TaskRouterWorkspaceConfiguration`,
    ),
  ],
  [
    "TaskRouterWorkspace",
    { eventsFilter: "task.created,,task.canceled" },
    [
      "eventsFilter: got a text of 27 characters; give a text of event names, such as task.created,task.canceled",
    ],
  ],
  [
    "TaskRouterWorkspace",
    { adopt: true },
    [
      'adopt: true takes the one with the same natural key, and this TaskRouter workspace has none; give adopt: "<SID>"',
    ],
  ],
  ["TaskRouterTaskQueue", { workspaceSid, maxReservedWorkers: 51 }, [range("maxReservedWorkers", 51, 1, 50)]],
  [
    "TaskRouterWorkflow",
    { workspaceSid, configuration: {}, taskReservationTimeout: 0 },
    [range("taskReservationTimeout", 0, 1, 86_400)],
  ],
  [
    "TaskRouterWorkflow",
    { workspaceSid, configuration: "[]" },
    [
      "configuration: got the JSON text of a list; give the rules of the workflow: a JSON object, or its text",
    ],
  ],
  [
    "TaskRouterWorker",
    { workspaceSid, friendlyName: "x".repeat(65), rejectPendingReservations: true },
    [
      "friendlyName: got a text of 65 characters; give a text of 1 to 64 characters",
      expect.stringMatching(/^rejectPendingReservations: no such argument; known here: /),
    ],
  ],
  ...["default", "chat", "sms", "voice", "video"].map((uniqueName): [string, Values, string[]] => [
    "TaskRouterTaskChannel",
    { workspaceSid, uniqueName },
    [
      `uniqueName: every workspace has the task channel ${uniqueName}, made by Twilio; look it up with getTaskRouterTaskChannel, or give another name`,
    ],
  ]),
])("%s refuses %j", async (type, args, expected) => {
  expect(await problems(type, args)).toEqual(expected);
});

test("TaskRouterWorkspace refuses another template, unless deleteData: true", async () => {
  const inputs = { accountSid: session.account, template: "NONE" };
  const was: Values = inputs;
  expect(await problems("TaskRouterWorkspace", { template: "FIFO" }, was)).toEqual([
    "template: another template means a new workspace, and this one is deleted with everything in it; to replace it all the same, set deleteData: true",
  ]);
  expect(await problems("TaskRouterWorkspace", { template: "FIFO", deleteData: true }, was)).toEqual([]);
  expect(await problems("TaskRouterWorkspace", {}, was)).toEqual([]);
});

function range(key: string, given: number, least: number, most: number): string {
  return `${key}: got ${given}; give a whole number from ${least} to ${most}`;
}
