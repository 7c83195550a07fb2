import { seeded } from "../../emulator/index";
import {
  getTaskRouterActivity,
  getTaskRouterActivityOutput,
  getTaskRouterTaskChannel,
  getTaskRouterTaskChannelOutput,
  getTaskRouterTaskQueue,
  getTaskRouterTaskQueueOutput,
  getTaskRouterWorkflow,
  getTaskRouterWorkflowOutput,
  getTaskRouterWorkspace,
  getTaskRouterWorkspaceOutput,
} from "../../provider/index";
import { resolved, useProgram } from "./support";

const program = useProgram();
const state = () => program.emulator.state.account();
const nameOf = (named: { friendly_name: string } | undefined) => named?.friendly_name ?? "";

const workspaceSid = seeded.workspace;
const missing = "0".repeat(32);
const common = { accountSid: seeded.account, workspaceSid };

const workspace = () => ({
  sid: seeded.workspace,
  accountSid: seeded.account,
  friendlyName: nameOf(state().taskrouterWorkspaces[seeded.workspace]),
  defaultActivitySid: seeded.offlineActivity,
  timeoutActivitySid: seeded.offlineActivity,
});
const workflow = () => ({
  ...common,
  sid: seeded.workflow,
  friendlyName: nameOf(state().taskrouterWorkflows[seeded.workflow]),
});
const queue = { ...common, sid: seeded.everyoneQueue, friendlyName: "Everyone", targetWorkers: "1==1" };
const channel = { ...common, sid: seeded.smsTaskChannel, uniqueName: "sms", friendlyName: "SMS" };
const activity = { ...common, sid: seeded.availableActivity, friendlyName: "Available", available: true };

test.each<[string, () => Promise<object>, () => object]>([
  ["workspace by SID", () => getTaskRouterWorkspace({ sid: seeded.workspace }), workspace],
  ["workspace by name", () => getTaskRouterWorkspace({ friendlyName: workspace().friendlyName }), workspace],
  ["workflow by SID", () => getTaskRouterWorkflow({ workspaceSid, sid: seeded.workflow }), workflow],
  [
    "workflow by name",
    () => getTaskRouterWorkflow({ workspaceSid, friendlyName: workflow().friendlyName }),
    workflow,
  ],
  ["queue by SID", () => getTaskRouterTaskQueue({ workspaceSid, sid: seeded.everyoneQueue }), () => queue],
  ["queue by name", () => getTaskRouterTaskQueue({ workspaceSid, friendlyName: "Everyone" }), () => queue],
  [
    "channel by SID",
    () => getTaskRouterTaskChannel({ workspaceSid, sid: seeded.smsTaskChannel }),
    () => channel,
  ],
  ["channel by name", () => getTaskRouterTaskChannel({ workspaceSid, uniqueName: "sms" }), () => channel],
  [
    "activity by SID",
    () => getTaskRouterActivity({ workspaceSid, sid: seeded.availableActivity }),
    () => activity,
  ],
  [
    "activity by name",
    () => getTaskRouterActivity({ workspaceSid, friendlyName: "Available" }),
    () => activity,
  ],
  [
    "workspace as an output",
    () => resolved(getTaskRouterWorkspaceOutput({ sid: seeded.workspace })),
    workspace,
  ],
  [
    "workflow as an output",
    () => resolved(getTaskRouterWorkflowOutput({ workspaceSid, sid: seeded.workflow })),
    workflow,
  ],
  [
    "queue as an output",
    () => resolved(getTaskRouterTaskQueueOutput({ workspaceSid, friendlyName: "Everyone" })),
    () => queue,
  ],
  [
    "channel as an output",
    () => resolved(getTaskRouterTaskChannelOutput({ workspaceSid, uniqueName: "sms" })),
    () => channel,
  ],
  [
    "activity as an output",
    () => resolved(getTaskRouterActivityOutput({ workspaceSid, friendlyName: "Available" })),
    () => activity,
  ],
])("%s, in one request", async (_, look, expected) => {
  expect(await look()).toEqual(expected());
  expect(program.emulator.requests.map(({ method, status }) => [method, status])).toEqual([["GET", 200]]);
});

test.each<[string, () => Promise<object>, string]>([
  [
    "workspace",
    () => getTaskRouterWorkspace({ friendlyName: "Other" }),
    `getTaskRouterWorkspace: ${seeded.account} has no TaskRouter workspace with friendlyName "Other". It has ${seeded.workspace} (`,
  ],
  [
    "workflow",
    () => getTaskRouterWorkflow({ workspaceSid, friendlyName: "Other" }),
    `has no TaskRouter workflow in ${workspaceSid} with friendlyName "Other". It has ${seeded.workflow} (`,
  ],
  [
    "queue",
    () => getTaskRouterTaskQueue({ workspaceSid, sid: `WQ${missing}` }),
    `has no TaskRouter task queue in ${workspaceSid} with sid "WQ${missing}". It has ${seeded.everyoneQueue} (Everyone)`,
  ],
  [
    "channel",
    () => getTaskRouterTaskChannel({ workspaceSid, uniqueName: "letters" }),
    `has no TaskRouter task channel in ${workspaceSid} with uniqueName "letters". It has `,
  ],
  [
    "activity",
    () => getTaskRouterActivity({ workspaceSid, friendlyName: "Lunch" }),
    `has no TaskRouter activity in ${workspaceSid} with friendlyName "Lunch". It has `,
  ],
  [
    "activity, where there is no such workspace",
    () => getTaskRouterActivity({ workspaceSid: `WS${missing}`, friendlyName: "Lunch" }),
    "(HTTP 404, code 20404). It is not in this account; check the SID",
  ],
])("no %s, with what there is", async (_, look, message) => {
  await expect(look()).rejects.toThrow(message);
});

test("several workspaces of one name are all named", async () => {
  const twin = { ...state().taskrouterWorkspaces[seeded.workspace], sid: `WS${"1".repeat(32)}` };
  Object.assign(state().taskrouterWorkspaces, { [twin.sid]: twin });
  const { friendlyName } = workspace();
  await expect(getTaskRouterWorkspace({ friendlyName })).rejects.toThrow(
    `2 TaskRouter workspaces of ${seeded.account} have friendlyName "${friendlyName}"`,
  );
});

test.each<[string, () => Promise<object>, string]>([
  [
    "no workspace",
    () => getTaskRouterActivity(JSON.parse('{"friendlyName": "Available"}')),
    "getTaskRouterActivity: workspaceSid: missing; give the SID of a TaskRouter workspace: WS and 32 hexadecimal digits",
  ],
  [
    "nothing but the workspace",
    () => getTaskRouterTaskChannel({ workspaceSid }),
    "sid, uniqueName: exactly one of them is needed",
  ],
  [
    "both",
    () => getTaskRouterTaskQueue({ workspaceSid, sid: seeded.everyoneQueue, friendlyName: "Everyone" }),
    "sid, friendlyName: these exclude each other",
  ],
  [
    "a SID of another kind",
    () => getTaskRouterWorkflow({ workspaceSid, sid: seeded.everyoneQueue }),
    "give the SID of a TaskRouter workflow: WW and 32 hexadecimal digits",
  ],
])("%s is refused before anything is asked", async (_, look, message) => {
  await expect(look()).rejects.toThrow(message);
  expect(program.emulator.requests).toHaveLength(0);
});
