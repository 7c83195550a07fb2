import type { Call, Family } from "../../api/call";
import { stillInUse } from "../../api/errors";
import { newMember, type TaskRouterActivity } from "./records";
import {
  friendlyNameOf,
  isTrue,
  matches,
  memberOf,
  membersOf,
  refuseTakenName,
  workspaceOf,
  workspaceUrl,
} from "./relations";

export const taskrouterActivities: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateActivity(call) {
      const { params } = call;
      const name = params.needed("FriendlyName");
      return save(call, {
        ...newMember(call, "WA", workspaceOf(call), name),
        available: params.flag("Available") ?? false,
      });
    },

    ListActivity(call) {
      const available = call.params.text("Available");
      const activities = activitiesOf(call).filter(
        (activity) =>
          matches(call, { FriendlyName: activity.friendly_name }) &&
          (available === undefined || activity.available === isTrue(available)),
      );
      return call.list("activities", activities, shown);
    },

    FetchActivity: (call) => shown(activityOf(call)),

    UpdateActivity: (call) => save(call, activityOf(call)),

    DeleteActivity(call) {
      const { sid } = activityOf(call);
      refuseWhereUsed(call, sid);
      delete call.account.taskrouterActivities[sid];
      return undefined;
    },
  },
};

function save(call: Call, was: TaskRouterActivity): object {
  const activity: TaskRouterActivity = {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name, 64),
    date_updated: call.now,
  };
  refuseTakenName(call, "Activity", activitiesOf(call), activity);
  call.account.taskrouterActivities[activity.sid] = activity;
  return shown(activity);
}

function refuseWhereUsed(call: Call, sid: string): void {
  const { default_activity_sid, timeout_activity_sid } = workspaceOf(call);
  if (sid === default_activity_sid) throw stillInUse(sid, "it is the workspace's default activity");
  if (sid === timeout_activity_sid) throw stillInUse(sid, "it is the workspace's timeout activity");
  const worker = membersOf(call, call.account.taskrouterWorkers).find(
    ({ activity_sid }) => activity_sid === sid,
  );
  if (worker) call.refuseIfStrict(stillInUse(sid, `worker ${worker.sid} is in it`));
  const queue = membersOf(call, call.account.taskrouterTaskQueues).find(
    ({ reservation_activity_sid, assignment_activity_sid }) =>
      reservation_activity_sid === sid || assignment_activity_sid === sid,
  );
  if (queue) call.refuseIfStrict(stillInUse(sid, `task queue ${queue.sid} names it`));
}

const activitiesOf = (call: Call) => membersOf(call, call.account.taskrouterActivities);

const activityOf = (call: Call) => memberOf(call, call.account.taskrouterActivities);

function shown(activity: TaskRouterActivity) {
  const workspace = workspaceUrl(activity.workspace_sid);
  return { ...activity, url: `${workspace}/Activities/${activity.sid}`, links: { workspace } };
}
