import { isObject, parseJson } from "../../api/body";
import { type Call, type Family, lookUp } from "../../api/call";
import { conflict, invalidParameter } from "../../api/errors";
import { revisionFor, type StudioExecution, type StudioStep, type StudioTrigger } from "./records";
import { newExecution } from "./relations";

export const studioExecutions: Family = {
  document: "studio_v2",
  operations: {
    CreateExecution(call) {
      const { params, account } = call;
      const flow = flowOf(call);
      const contact = params.needed("To");
      const address = params.needed("From");
      const parameters = parametersOf(call);
      const revision = revisionFor(flow, contact);
      if (!revision) throw invalidParameter("FlowSid", `flow ${flow.sid} has no published revision`);
      const active = executionsOf(call).find(
        ({ status, contact_channel_address }) => status === "active" && contact_channel_address === contact,
      );
      if (active) throw alreadyActive(active);
      const trigger: StudioTrigger = {
        event: "incomingRequest",
        contact,
        address,
        sid: call.sid("RQ"),
        variables: { request: { to: contact, from: address, parameters } },
        data: parameters,
      };
      const execution = newExecution(call, flow, revision, trigger);
      account.studioExecutions[execution.sid] = execution;
      return shown(execution);
    },

    ListExecution(call) {
      const timeOf = (name: string, unset: number) => {
        const text = call.params.text(name);
        return text ? Date.parse(text) : unset;
      };
      const from = timeOf("DateCreatedFrom", Number.NEGATIVE_INFINITY);
      const to = timeOf("DateCreatedTo", Number.POSITIVE_INFINITY);
      const wanted = call.params.text("status");
      const executions = executionsOf(call).filter(({ date_created, status }) => {
        const time = Date.parse(date_created);
        return time >= from && time < to && (wanted === undefined || status === wanted);
      });
      return call.list("executions", executions, shown);
    },

    FetchExecution: (call) => shown(executionOf(call, "Sid")),

    UpdateExecution(call) {
      const was = executionOf(call, "Sid");
      const status = call.params.needed("Status");
      if (status !== "ended") throw invalidParameter("Status", "an execution can only be set to ended");
      const execution: StudioExecution = { ...was, status, date_updated: call.now };
      call.account.studioExecutions[execution.sid] = execution;
      return shown(execution);
    },

    DeleteExecution(call) {
      delete call.account.studioExecutions[executionOf(call, "Sid").sid];
      return undefined;
    },

    FetchExecutionContext(call) {
      const { context, ...execution } = executionOf(call);
      return { ...sidsOf(execution), context, url: `${urlOf(execution)}/Context` };
    },

    ListExecutionStep(call) {
      const execution = executionOf(call);
      return call.list("steps", execution.steps, (step) => shownStep(execution, step));
    },

    FetchExecutionStep(call) {
      const execution = executionOf(call);
      return shownStep(execution, stepOf(call, execution, "Sid"));
    },

    FetchExecutionStepContext(call) {
      const execution = executionOf(call);
      const { sid, context } = stepOf(call, execution, "StepSid");
      return {
        ...sidsOf(execution),
        step_sid: sid,
        context,
        url: `${urlOf(execution)}/Steps/${sid}/Context`,
      };
    },
  },
};

/** Word for word as Twilio's page on executions prints it. */
const alreadyActive = ({ sid }: StudioExecution) =>
  conflict(
    `Execution ${sid} is already active for this contact. End the active Execution before creating a new one`,
    { conflicting_execution_sid: sid },
  );

/** The parameter's object. A form carries it as JSON text. */
function parametersOf({ params }: Call): Record<string, unknown> {
  const given = params.value("Parameters");
  const value = typeof given === "string" ? parseJson(given || "{}")?.value : (given ?? {});
  if (!isObject(value)) throw invalidParameter("Parameters", "must be a JSON object");
  return value;
}

const flowOf = (call: Call) => call.found(call.account.studioFlows, call.path("FlowSid"));

function executionsOf(call: Call): StudioExecution[] {
  const { sid } = flowOf(call);
  return Object.values(call.account.studioExecutions).filter(({ flow_sid }) => flow_sid === sid);
}

function executionOf(call: Call, name = "ExecutionSid"): StudioExecution {
  const execution = lookUp(call.account.studioExecutions, call.path(name));
  if (execution?.flow_sid !== flowOf(call).sid) throw call.notFound();
  return execution;
}

function stepOf(call: Call, { steps }: StudioExecution, name: string): StudioStep {
  const step = steps.find(({ sid }) => sid === call.path(name));
  if (!step) throw call.notFound();
  return step;
}

type Named = Pick<StudioExecution, "sid" | "account_sid" | "flow_sid">;

const sidsOf = ({ sid, account_sid, flow_sid }: Named) => ({ account_sid, flow_sid, execution_sid: sid });

const urlOf = ({ sid, flow_sid }: Named) =>
  `https://studio.twilio.com/v2/Flows/${flow_sid}/Executions/${sid}`;

/** Contexts have their own endpoints. */
const elsewhere = {};

function shown({ steps: _, ...execution }: StudioExecution) {
  const url = urlOf(execution);
  const links = { steps: `${url}/Steps`, execution_context: `${url}/Context` };
  return { ...execution, context: elsewhere, url, links };
}

function shownStep(execution: StudioExecution, step: StudioStep) {
  const url = `${urlOf(execution)}/Steps/${step.sid}`;
  const links = { step_context: `${url}/Context` };
  return { ...step, ...sidsOf(execution), context: elsewhere, url, links };
}
