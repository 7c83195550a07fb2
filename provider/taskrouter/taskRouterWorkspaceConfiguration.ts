import type * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { WorkspaceInstance } from "twilio/lib/rest/taskrouter/v1/workspace";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { oneByOne } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { sid } from "../twilio/fields";
import type { Echoes } from "../values/args";
import { atLeastOne } from "../values/validate";

/** Arguments of `TaskRouterWorkspaceConfiguration`. */
export interface TaskRouterWorkspaceConfigurationArgs {
  /** SID of the workspace (WS…). Another one replaces the resource. */
  workspaceSid: pulumi.Input<string>;
  /** SID of the activity (WA…) that new workers are in. Twilio's own choice is Offline. */
  defaultActivitySid?: pulumi.Input<string>;
  /** SID of the activity (WA…) that workers get who let a reservation time out. Twilio's own choice is Offline. */
  timeoutActivitySid?: pulumi.Input<string>;
}

/**
 * The default and the timeout activity of a TaskRouter workspace. A resource of its own, since activities come after
 * the workspace, and because Twilio deletes no activity that is one of the two.
 *
 * Only the given ones are set, and each goes back to the activity that was there before when it is taken away, or on
 * destroy, unless somebody else has changed it since. Where that activity is gone, the workspace's oldest activity
 * that takes no tasks comes in its place, with a warning; in most workspaces that is Offline.
 *
 * Two resources of a stack may share a workspace, but not an argument. Another workspace replaces the resource.
 *
 * Errors: neither activity is given; one is not of this workspace; another resource of the stack declares the same.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/workspace
 */
export class TaskRouterWorkspaceConfiguration
  extends TwilioSingleton
  implements Echoes<TaskRouterWorkspaceConfigurationArgs>
{
  declare readonly workspaceSid: pulumi.Output<string>;
  declare readonly defaultActivitySid: pulumi.Output<string | undefined>;
  declare readonly timeoutActivitySid: pulumi.Output<string | undefined>;

  constructor(name: string, args: TaskRouterWorkspaceConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(taskRouterWorkspaceConfiguration, name, args, opts);
  }
}

const activity = () => sid("WA", "a TaskRouter activity").optional();
const ofWorkspace = "of the workspace itself: see TaskRouterWorkspace";

interface Params {
  defaultActivitySid: string;
  timeoutActivitySid: string;
}

const taskRouterWorkspaceConfiguration = defineSingleton<TaskRouterWorkspaceConfigurationArgs>()(
  "TaskRouterWorkspaceConfiguration",
  {
    label: "configuration of the TaskRouter workspace",
    parent: "TaskRouterWorkspace",
    api: {
      operations: { taskrouter_v1: ["FetchWorkspace", "UpdateWorkspace", "ListActivity"] },
      leftOut: {
        FriendlyName: ofWorkspace,
        EventCallbackUrl: ofWorkspace,
        EventsFilter: ofWorkspace,
        MultiTaskEnabled: ofWorkspace,
        PrioritizeQueueOrder: ofWorkspace,
      },
    },
    args: z.strictObject({
      workspaceSid: sid("WS", "a TaskRouter workspace"),
      defaultActivitySid: activity(),
      timeoutActivitySid: activity(),
    }),
    rules: [atLeastOne("defaultActivitySid", "timeoutActivitySid")],

    facets: oneByOne("workspaceSid"),
    params: ({ defaultActivitySid, timeoutActivitySid }): Partial<Params> => ({
      defaultActivitySid,
      timeoutActivitySid,
    }),
    held: (workspace: WorkspaceInstance) => ({
      defaultActivitySid: workspace.defaultActivitySid,
      timeoutActivitySid: workspace.timeoutActivitySid,
    }),
    live: (held) => held,
    blank,

    naming: ["workspaceSid"],
    otherTarget: ({ workspaceSid }, id) => (workspaceSid === id ? [] : ["workspaceSid"]),
    computed: { workspaceSid: (workspace) => workspace.sid },
    id: (workspace) => workspace.sid,
    find: (twilio, { workspaceSid }) => twilio.taskrouter.v1.workspaces(workspaceSid).fetch(),
    read: (twilio, id) => twilio.taskrouter.v1.workspaces(id).fetch(),
    update: (twilio, id, changed) => twilio.taskrouter.v1.workspaces(id).update(changed),
  },
);

/** There must always be an activity. Those that Twilio has made with the workspace are its oldest. */
async function blank(twilio: Twilio, id: string): Promise<Partial<Params>> {
  const activities = await twilio.taskrouter.v1.workspaces(id).activities.list();
  const isOffline = ({ friendlyName }: (typeof activities)[number]) => Number(friendlyName === "Offline");
  const [first] = activities.sort(
    (a, b) =>
      Number(a.available) - Number(b.available) ||
      a.dateCreated.getTime() - b.dateCreated.getTime() ||
      isOffline(b) - isOffline(a),
  );
  return first ? { defaultActivitySid: first.sid, timeoutActivitySid: first.sid } : {};
}
