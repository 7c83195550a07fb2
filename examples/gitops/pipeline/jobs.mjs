// @ts-check
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { changesIn, outputsIn } from "./changes.mjs";
import { errorsIn, reasonOf } from "./errors.mjs";
import { Progress } from "./progress.mjs";
import { driftReport, errorReport, previewReport, upReport } from "./reports.mjs";
import { masking } from "./secrets.mjs";

/**
 * @typedef {import("@pulumi/pulumi/automation/index.js").EngineEvent} EngineEvent
 * @typedef {import("@pulumi/pulumi/automation/index.js").Stack} Stack
 * @typedef {{ onEvent: (event: EngineEvent) => void, signal: AbortSignal }} Operation
 * @typedef {import("./reports.mjs").Page} Page
 * @typedef {{ page: Page, exitCode: number }} Outcome
 */

/**
 * Each job does its operation, and makes of its events what people read.
 *
 * `refresh` compares with the account and not with what the last `up` left: without it neither preview nor `up` would
 * see what was changed by hand.
 *
 * @type {Record<"preview" | "up" | "drift", (stack: Stack, events: EngineEvent[], operation: Operation) => Promise<Outcome>>}
 */
const jobs = {
  preview: async (stack, events, operation) => {
    await stack.preview({ ...operation, refresh: true });
    return { page: previewReport(changesIn(events)), exitCode: 0 };
  },
  up: async (stack, events, operation) => {
    await stack.up({ ...operation, refresh: true });
    return { page: upReport(changesIn(events), outputsIn(events)), exitCode: 0 };
  },
  drift: async (stack, events, operation) => {
    await stack.previewRefresh(operation);
    const changes = changesIn(events);
    return { page: driftReport(changes), exitCode: changes.length > 0 ? 2 : 0 };
  },
};

/**
 * After a run that was cut off, creates take what that run has made and could not write down: each run is on another
 * machine, so that no journal tells. What was under way then is noted in the state.
 *
 * @param {Stack} stack
 */
async function recover(stack) {
  const { deployment } = await stack.exportStack();
  if (deployment.pending_operations?.length > 0) stack.workspace.envVars.TWILIO_RECOVER = "true";
}

/** @typedef {keyof typeof jobs} Job */

/** @param {string | undefined} name @returns {name is Job} */
export const isJob = (name) => name !== undefined && Object.hasOwn(jobs, name);

/**
 * @param {Job} job
 * @param {{ stackName: string, workDir: string, signal: AbortSignal }} options
 * @returns {Promise<{ report: string, exitCode: number }>} a report also of a job that failed
 */
export async function run(job, { stackName, workDir, signal }) {
  /** @type {EngineEvent[]} */
  const events = [];
  let mask = masking(process.env);
  const progress = new Progress(`${job} of ${stackName}`, (text) => mask(text));
  try {
    // Not createOrSelectStack: a misspelt name would make a second production out of nothing.
    const stack = await LocalWorkspace.selectStack({ stackName, workDir });
    mask = masking(process.env, await stack.getAllConfig());
    await recover(stack);
    const onEvent = (/** @type {EngineEvent} */ event) => {
      events.push(event);
      progress.see(event);
    };
    const { page, exitCode } = await jobs[job](stack, events, { onEvent, signal });
    return { report: page(stackName, mask), exitCode };
  } catch (error) {
    const said = errorsIn(events);
    const reasons = signal.aborted ? ["It was cancelled."] : said.length > 0 ? said : [reasonOf(error)];
    const done = job === "up" ? changesIn(events) : [];
    return { report: errorReport(job, reasons, done)(stackName, mask), exitCode: 1 };
  } finally {
    progress.end();
  }
}
