import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import { newMember, type TaskRouterWorker } from "./records";
import {
  areInQueue,
  friendlyNameOf,
  isTrue,
  matches,
  memberOf,
  membersOf,
  notImitated,
  ordered,
  referenceOf,
  refuseStale,
  refuseTakenName,
  removeWorkerChannels,
  sortedAttributesOf,
  tagged,
  workspaceOf,
  workspaceUrl,
} from "./relations";

export const taskrouterWorkers: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateWorker(call) {
      const workspace = workspaceOf(call);
      return save(call, {
        ...newMember(call, "WK", workspace, call.params.needed("FriendlyName")),
        activity_sid: workspace.default_activity_sid,
        attributes: "{}",
        date_status_changed: call.now,
      });
    },

    ListWorker(call) {
      notImitated(call, "ListWorker", "TargetWorkersExpression");
      const { params } = call;
      const available = params.text("Available");
      const isInQueue = areInQueue(call, "ListWorker");
      const workers = workersOf(call).filter((worker) => {
        const activity = activityOf(call, worker);
        return (
          isInQueue &&
          matches(call, {
            FriendlyName: worker.friendly_name,
            ActivitySid: worker.activity_sid,
            ActivityName: activity?.friendly_name,
          }) &&
          (available === undefined || activity?.available === isTrue(available))
        );
      });
      const inOrder = ordered(workers, params.text("Ordering"), {
        DateCreated: (worker) => worker.date_created,
        DateUpdated: (worker) => worker.date_updated,
        DateStatusChanged: (worker) => worker.date_status_changed,
        FriendlyName: (worker) => worker.friendly_name,
      });
      return call.list("workers", inOrder, (worker) => shown(call, worker));
    },

    FetchWorker(call) {
      const worker = workerOf(call);
      return tagged(call, worker, shown(call, worker));
    },

    UpdateWorker(call) {
      const was = workerOf(call);
      refuseStale(call, was);
      return save(call, was);
    },

    DeleteWorker(call) {
      const worker = workerOf(call);
      refuseStale(call, worker);
      removeWorkerChannels(call.account, worker.sid);
      delete call.account.taskrouterWorkers[worker.sid];
      return undefined;
    },
  },
};

function save(call: Call, was: TaskRouterWorker): object {
  const { params, account } = call;
  const given = referenceOf(call, "ActivitySid", account.taskrouterActivities, was.workspace_sid);
  const worker: TaskRouterWorker = {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name, 64),
    activity_sid: given ?? was.activity_sid,
    attributes: sortedAttributesOf(call, was.attributes),
    date_updated: call.now,
  };
  if (worker.activity_sid !== was.activity_sid) worker.date_status_changed = call.now;
  if (params.flag("RejectPendingReservations") && activityOf(call, worker)?.available) {
    throw invalidParameter("RejectPendingReservations", "wants an activity that is not available");
  }
  refuseTakenName(call, "Worker", workersOf(call), worker);
  account.taskrouterWorkers[worker.sid] = worker;
  return tagged(call, worker, shown(call, worker));
}

const workersOf = (call: Call) => membersOf(call, call.account.taskrouterWorkers);

const workerOf = (call: Call) => memberOf(call, call.account.taskrouterWorkers);

const activityOf = ({ account }: Call, { activity_sid }: TaskRouterWorker) =>
  lookUp(account.taskrouterActivities, activity_sid);

function shown(call: Call, worker: TaskRouterWorker) {
  const activity = activityOf(call, worker);
  const workspace = workspaceUrl(worker.workspace_sid);
  const workers = `${workspace}/Workers`;
  const url = `${workers}/${worker.sid}`;
  return {
    ...worker,
    activity_name: activity?.friendly_name ?? null,
    available: activity?.available ?? null,
    url,
    links: {
      workspace,
      activity: `${workspace}/Activities/${worker.activity_sid}`,
      channels: `${url}/Channels`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
      worker_statistics: `${url}/Statistics`,
      statistics: `${workers}/Statistics`,
      real_time_statistics: `${workers}/RealTimeStatistics`,
      cumulative_statistics: `${workers}/CumulativeStatistics`,
    },
  };
}
