import { type Kind, type Kinds, nothing, objects, recordOf, viewOf, without } from "./kind";

const flows = "studio_v2 /v2/Flows";
const executions = `${flows}/{FlowSid}/Executions`;
const inExecution = (path: string) => `${executions}/{ExecutionSid}/${path}`;
const steps = inExecution("Steps");

const flow: Kind = {
  kept: "studioFlows",
  seed({ sid, account_sid, date_created, date_updated, test_users, ...shown }) {
    const { revision, friendly_name, status, commit_message } = shown;
    const definition = shown.definition ?? { initial_state: "Trigger" };
    const last = {
      revision,
      friendly_name,
      definition,
      status,
      commit_message,
      author_sid: shown.author_sid ?? null,
      date_created,
    };
    const revisions = [last];
    return {
      studioFlows: { [String(sid)]: { sid, account_sid, date_created, date_updated, revisions, test_users } },
    };
  },
};
const execution = objects("studioExecutions", { added: { steps: [] } });
const stepRecord = (shown: Record<string, unknown>) =>
  without(recordOf(shown), ["account_sid", "flow_sid", "execution_sid"]);
const withExecution = [{ kind: executions, as: () => ({}) }];

export const studioKinds: Kinds = {
  [flows]: flow,
  [`${flows}/Validate`]: nothing,
  [`${flows}/{Sid}/Revisions`]: flow,
  [`${flows}/{Sid}/TestUsers`]: viewOf(flows, flow, ({ sid, test_users }) => ({ sid, test_users })),
  [executions]: execution,
  [inExecution("Context")]: viewOf(executions, execution, ({ execution_sid, context }) => ({
    sid: execution_sid,
    context,
  })),
  [steps]: {
    ...viewOf(executions, execution, (shown) => ({ sid: shown.execution_sid, steps: [stepRecord(shown)] })),
    besides: withExecution,
  },
  [`${steps}/{StepSid}/Context`]: {
    kept: execution.kept,
    seed: ({ execution_sid, step_sid, context }, exampleOf) => {
      const step = { ...stepRecord(exampleOf(steps)), sid: step_sid, context };
      return execution.seed({ ...exampleOf(executions), sid: execution_sid, steps: [step] }, exampleOf);
    },
  },
};
