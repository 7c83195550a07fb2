import { type Call, type Family, lookUp } from "../../api/call";
import { stillInUse } from "../../api/errors";
import { newMember, newTaskQueue, type TaskRouterTaskQueue } from "./records";
import {
  friendlyNameOf,
  matches,
  memberOf,
  membersOf,
  notImitated,
  numberIn,
  ordered,
  referenceOf,
  refuseTakenName,
  takesAll,
  workspaceOf,
  workspaceUrl,
} from "./relations";
import { queuesOf } from "./workflow-configuration";

export const taskrouterTaskQueues: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateTaskQueue(call) {
      const name = call.params.needed("FriendlyName");
      return save(call, newTaskQueue(newMember(call, "WQ", workspaceOf(call), name)));
    },

    ListTaskQueue(call) {
      notImitated(call, "ListTaskQueue", "EvaluateWorkerAttributes");
      const { account } = call;
      const worker = referenceOf(call, "WorkerSid", account.taskrouterWorkers, workspaceOf(call).sid);
      const queues = taskQueuesOf(call).filter(
        (queue) =>
          matches(call, { FriendlyName: queue.friendly_name }) &&
          (worker === undefined || takesAll("ListTaskQueue", queue)),
      );
      const inOrder = ordered(queues, call.params.text("Ordering"), {
        DateCreated: (queue) => queue.date_created,
        DateUpdated: (queue) => queue.date_updated,
        FriendlyName: (queue) => queue.friendly_name,
      });
      return call.list("task_queues", inOrder, (queue) => shown(call, queue));
    },

    FetchTaskQueue: (call) => shown(call, taskQueueOf(call)),

    UpdateTaskQueue: (call) => save(call, taskQueueOf(call)),

    DeleteTaskQueue(call) {
      const { sid } = taskQueueOf(call);
      const workflow = membersOf(call, call.account.taskrouterWorkflows).find(({ configuration }) =>
        queuesOf(configuration).includes(sid),
      );
      if (workflow) call.refuseIfStrict(stillInUse(sid, `workflow ${workflow.sid} names it`));
      const task = membersOf(call, call.account.taskrouterTasks).find(
        ({ task_queue_sid }) => task_queue_sid === sid,
      );
      if (task) call.refuseIfStrict(stillInUse(sid, `task ${task.sid} is in it`));
      delete call.account.taskrouterTaskQueues[sid];
      return undefined;
    },
  },
};

function save(call: Call, was: TaskRouterTaskQueue): object {
  const { params } = call;
  const queue: TaskRouterTaskQueue = {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name),
    // Empty is a value of its own: tasks then wait until they are moved or deleted.
    target_workers: params.text("TargetWorkers") ?? was.target_workers,
    max_reserved_workers: numberIn(call, "MaxReservedWorkers", was.max_reserved_workers, 1, 50),
    task_order: params.text("TaskOrder") ?? was.task_order,
    reservation_activity_sid: activityOf(call, "ReservationActivitySid", was.reservation_activity_sid),
    assignment_activity_sid: activityOf(call, "AssignmentActivitySid", was.assignment_activity_sid),
    date_updated: call.now,
  };
  refuseTakenName(call, "Queue", taskQueuesOf(call), queue);
  call.account.taskrouterTaskQueues[queue.sid] = queue;
  return shown(call, queue);
}

function activityOf(call: Call, name: string, was: string | null): string | null {
  if (call.params.text(name) === "") return null;
  return referenceOf(call, name, call.account.taskrouterActivities, workspaceOf(call).sid) ?? was;
}

const taskQueuesOf = (call: Call) => membersOf(call, call.account.taskrouterTaskQueues);

const taskQueueOf = (call: Call) => memberOf(call, call.account.taskrouterTaskQueues);

function shown({ account }: Call, queue: TaskRouterTaskQueue) {
  const { reservation_activity_sid: reservation, assignment_activity_sid: assignment } = queue;
  const workspace = workspaceUrl(queue.workspace_sid);
  const url = `${workspace}/TaskQueues/${queue.sid}`;
  const nameOf = (sid: string | null) =>
    (sid && lookUp(account.taskrouterActivities, sid)?.friendly_name) || null;
  return {
    ...queue,
    reservation_activity_name: nameOf(reservation),
    assignment_activity_name: nameOf(assignment),
    url,
    links: {
      workspace,
      reservation_activity: reservation && `${workspace}/Activities/${reservation}`,
      assignment_activity: assignment && `${workspace}/Activities/${assignment}`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      list_statistics: `${workspace}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspace}/TaskQueues/RealTimeStatistics`,
    },
  };
}
