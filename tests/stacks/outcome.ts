import type { PulumiFn } from "@pulumi/pulumi/automation";

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

export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export type Config = Record<string, string>;

/** A stack on which programs run, by the real engine or by its stand-in. */
export interface TestStack {
  /** The folder that holds the stack's configuration and state. */
  readonly workDir: string;
  configure(values: Config): Promise<void>;
  preview(program: PulumiFn): Promise<Outcome>;
  up(program: PulumiFn, replace?: string[]): Promise<Outcome>;
  refresh(): Promise<Outcome>;
  destroy(): Promise<Outcome>;
  /** The state as it is stored, secrets decrypted. */
  stored(): Promise<{ resources: StoredResource[] }>;
  /** Marks a resource for replacement. */
  taint(name: string): Promise<void>;
  untaint(name: string): Promise<void>;
  close(): Promise<void>;
}

export const nothingYet = (): Outcome => ({ steps: {}, diffs: {}, output: "", failed: false, outputs: {} });

export const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** Notes one step on a resource. */
export function note(outcome: Outcome, urn: string, type: string, step: string, diffs: string[]): void {
  if (type.startsWith("pulumi:")) return;
  const name = nameOf(urn);
  const before = outcome.steps[name];
  outcome.steps[name] = before ? `${before}, ${step}` : step;
  outcome.diffs[name] = diffs;
}
