import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  type PulumiFn,
  type StepEventMetadata,
} from "@pulumi/pulumi/automation";
import { defaultAccountSid, defaultAuthToken, type Emulator } from "../../emulator/index";

/** Inside the checkout, so that the provider host finds packages as a user's would. */
const folders = join(__dirname, "../../node_modules/.cache/stacks");

/** What one operation did. */
export interface Outcome {
  /** The operation on each resource, by its name, such as `{ support: "create" }`; without what stayed the same. Drift that a refresh found is an `update`. */
  steps: Record<string, string>;
  /** The input properties that differ, by resource. */
  diffs: Record<string, string[]>;
  /** Everything that was printed. */
  output: string;
  failed: boolean;
  /** The stack's outputs, after `up`. */
  outputs: Record<string, unknown>;
}

type Run = (watch: Watch) => Promise<{ outputs?: Record<string, { value: unknown }> } | object>;
interface Watch {
  onEvent: (event: EngineEvent) => void;
  onOutput: (text: string) => void;
  onError: (text: string) => void;
  color: "never";
}

export type TestStack = Awaited<ReturnType<typeof openStack>>;

export const emulatorCredentials = { accountSid: defaultAccountSid, authToken: defaultAuthToken };

/** A stack on a file backend of its own, run by the real engine and the real provider host. */
export async function openStack(config: Record<string, string>) {
  mkdirSync(folders, { recursive: true });
  const workDir = mkdtempSync(join(folders, "stack-"));
  const envVars = {
    PULUMI_HOME: join(workDir, "home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
  };
  const stack = await LocalWorkspace.createStack(
    { stackName: "dev", projectName: "test", program: async () => {} },
    {
      workDir,
      envVars,
      projectSettings: { name: "test", runtime: "nodejs", backend: { url: `file://${workDir}` } },
    },
  );
  const configure = async (values: Record<string, string>) => {
    for (const [key, value] of Object.entries(values)) {
      await stack.setConfig(`twilio:${key}`, { value, secret: key === "authToken" || key === "apiSecret" });
    }
  };
  await configure(config);

  const mark = async (how: "taint" | "untaint", name: string) => {
    const { resources = [] } = (await stack.exportStack()).deployment;
    const { urn } = resources.find((resource: StoredResource) => resource.urn.endsWith(`::${name}`));
    const args = ["state", how, urn, "--yes", "--stack", "dev"];
    execFileSync("pulumi", args, { cwd: workDir, env: { ...process.env, ...envVars } });
  };

  return {
    workDir,
    configure,
    preview: (program: PulumiFn) => observe((watch) => stack.preview({ ...watch, program, diff: true })),
    up: (program: PulumiFn, replace: string[] = []) =>
      observe((watch) => stack.up({ ...watch, program, replace: replace.map((name) => `**::${name}`) })),
    refresh: () => observe((watch) => stack.refresh(watch)),
    destroy: () => observe((watch) => stack.destroy(watch)),
    /** The state as it is stored. */
    stored: async (): Promise<{ resources: StoredResource[] }> => (await stack.exportStack()).deployment,
    /** Marks a resource for replacement. */
    taint: (name: string) => mark("taint", name),
    untaint: (name: string) => mark("untaint", name),
    close: () => rmSync(workDir, { recursive: true, force: true }),
  };
}

export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

async function observe(run: Run): Promise<Outcome> {
  const outcome: Outcome = { steps: {}, diffs: {}, output: "", failed: false, outputs: {} };
  const print = (text: string) => {
    outcome.output += text;
  };
  // A refresh knows what differs only afterwards; everything else is told beforehand.
  const refreshed = new Set<string>();
  const onEvent = ({ resourcePreEvent, resOutputsEvent }: EngineEvent) => {
    if (resourcePreEvent?.metadata.op === "refresh") refreshed.add(resourcePreEvent.metadata.urn);
    else if (resourcePreEvent) note(resourcePreEvent.metadata);
    if (resOutputsEvent && refreshed.has(resOutputsEvent.metadata.urn)) note(resOutputsEvent.metadata);
  };
  const note = ({ op, urn, type, diffs, detailedDiff }: StepEventMetadata) => {
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    if (op === "same" || op === "refresh" || type.startsWith("pulumi:")) return;
    outcome.steps[name] = outcome.steps[name] ? `${outcome.steps[name]}, ${op}` : op;
    outcome.diffs[name] = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []);
  };
  try {
    const result = await run({ onEvent, onOutput: print, onError: print, color: "never" });
    const outputs = "outputs" in result && result.outputs ? result.outputs : {};
    outcome.outputs = Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value]));
  } catch (error) {
    outcome.failed = true;
    outcome.output += String(error);
  }
  return outcome;
}

/** What an operation did, and the requests it took, such as `CreateFlow Definition FriendlyName Status`; `asked` has their values. */
export async function watched(emulator: Emulator, operation: () => Promise<Outcome>) {
  const before = emulator.requests.length;
  const outcome = await operation();
  const made = emulator.requests.slice(before);
  const requests = made.map(({ operationId, params }) =>
    [operationId, ...Object.keys(params).sort()].join(" "),
  );
  const asked = made.map(({ operationId, params }) => ({ [operationId ?? "none"]: params }));
  return { ...outcome, requests, asked };
}
