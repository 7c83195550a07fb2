import type { Call, Family } from "../../api/call";
import { stillInUse, unknownReference } from "../../api/errors";
import { newMember, newWorkflow, type TaskRouterWorkflow } from "./records";
import {
  friendlyNameOf,
  matches,
  memberOf,
  membersOf,
  numberIn,
  refuseTakenName,
  urlOf,
  workspaceOf,
  workspaceUrl,
} from "./relations";
import { queuesOf, readConfiguration } from "./workflow-configuration";

export const taskrouterWorkflows: Family = {
  document: "taskrouter_v1",
  operations: {
    CreateWorkflow(call) {
      const name = call.params.needed("FriendlyName");
      const workflow = newWorkflow(newMember(call, "WW", workspaceOf(call), name));
      return save(call, { ...workflow, configuration: call.params.needed("Configuration") });
    },

    ListWorkflow(call) {
      const workflows = workflowsOf(call).filter(({ friendly_name }) =>
        matches(call, { FriendlyName: friendly_name }),
      );
      return call.list("workflows", workflows, shown);
    },

    FetchWorkflow: (call) => shown(workflowOf(call)),

    UpdateWorkflow: (call) => save(call, workflowOf(call)),

    DeleteWorkflow(call) {
      const { sid } = workflowOf(call);
      const task = membersOf(call, call.account.taskrouterTasks).find(
        ({ workflow_sid }) => workflow_sid === sid,
      );
      if (task) call.refuseIfStrict(stillInUse(sid, `task ${task.sid} is in it`));
      delete call.account.taskrouterWorkflows[sid];
      return undefined;
    },
  },
};

function save(call: Call, was: TaskRouterWorkflow): object {
  const { params, account } = call;
  const workflow: TaskRouterWorkflow = {
    ...was,
    friendly_name: friendlyNameOf(call, was.friendly_name),
    assignment_callback_url: (urlOf(call, "AssignmentCallbackUrl") ?? was.assignment_callback_url) || null,
    fallback_assignment_callback_url:
      (urlOf(call, "FallbackAssignmentCallbackUrl") ?? was.fallback_assignment_callback_url) || null,
    task_reservation_timeout: numberIn(
      call,
      "TaskReservationTimeout",
      was.task_reservation_timeout,
      1,
      86_400,
    ),
    date_updated: call.now,
  };
  if (params.has("Configuration")) {
    const configuration = params.needed("Configuration");
    workflow.configuration = readConfiguration(configuration);
    const queues = membersOf(call, account.taskrouterTaskQueues).map(({ sid }) => sid);
    const unknown = queuesOf(configuration).find((queue) => !queues.includes(queue));
    if (unknown !== undefined) call.refuseIfStrict(unknownReference("Configuration", unknown, "workspace"));
  }
  refuseTakenName(call, "Workflow", workflowsOf(call), workflow);
  account.taskrouterWorkflows[workflow.sid] = workflow;
  return shown(workflow);
}

const workflowsOf = (call: Call) => membersOf(call, call.account.taskrouterWorkflows);

const workflowOf = (call: Call) => memberOf(call, call.account.taskrouterWorkflows);

function shown(workflow: TaskRouterWorkflow) {
  const url = `${workspaceUrl(workflow.workspace_sid)}/Workflows/${workflow.sid}`;
  return {
    ...workflow,
    url,
    links: {
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  };
}
