import type { Call, Family, Handler } from "../../api/call";
import { memberOf } from "./relations";

const ofTask = (call: Call) => memberOf(call, call.account.taskrouterTasks, "TaskSid");
const ofWorker = (call: Call) => memberOf(call, call.account.taskrouterWorkers, "WorkerSid");

const none =
  (parentOf: (call: Call) => object): Handler =>
  (call) => {
    parentOf(call);
    return call.list("reservations", [], () => ({}));
  };

const missing =
  (parentOf: (call: Call) => object): Handler =>
  (call) => {
    parentOf(call);
    throw call.notFound();
  };

/** Nothing routes a task to a worker, so that there are none. */
export const taskrouterReservations: Family = {
  document: "taskrouter_v1",
  operations: {
    ListTaskReservation: none(ofTask),
    FetchTaskReservation: missing(ofTask),
    UpdateTaskReservation: missing(ofTask),
    ListWorkerReservation: none(ofWorker),
    FetchWorkerReservation: missing(ofWorker),
    UpdateWorkerReservation: missing(ofWorker),
  },
};
