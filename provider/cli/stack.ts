import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { refuseMisspelt, type Source } from "../twilio/settings";
import { Refusal } from "../values/errors";
import { isRecord } from "../values/values";

/** A stack whose configuration is looked up. */
export interface StackPlace {
  readonly stack: string;
  /** Of its project. Default: this one. */
  readonly folder?: string;
  /** Whether a stack that is not there yet counts as one without settings. */
  readonly mayBeMissing?: boolean;
}

/** The stack that is to get settings, where the project in this folder may have it already. */
export function stackToSet(folder: string | undefined, stack: string | undefined): StackPlace | undefined {
  if (folder === undefined || stack === undefined || !existsSync(folder)) return undefined;
  const isProject = readdirSync(folder).some((name) => /^Pulumi\.(ya?ml|json)$/.test(name));
  return isProject ? { stack, folder, mayBeMissing: true } : undefined;
}

/** The configuration of a stack. The Pulumi CLI is asked once, and not before a setting is. */
export function stackSource({ stack, folder = process.cwd(), mayBeMissing = false }: StackPlace): Source {
  let found: ReadonlyMap<string, string> | Refusal | undefined;
  const read = () => {
    found ??= readStack(stack, folder, mayBeMissing);
    if (found instanceof Refusal) throw found;
    return found;
  };
  return {
    name: `the configuration of the stack ${stack}`,
    stored: false,
    label: (key) => `twilio:${key}`,
    get: (key) => read().get(`twilio:${key}`) || undefined,
  };
}

/** The stack that is selected in this folder. */
export function selectedStack(folder = process.cwd()): string {
  const { status, stdout, stderr, error } = pulumi(["stack", "--show-name", "--non-interactive"], folder);
  if (error) throw new Refusal(notFound);
  const name = stdout.trim();
  if (status === 0 && name !== "") return name;
  throw new Refusal(`no stack: ${reasonIn(stderr) ?? "none is selected"}; name one with --stack`);
}

const notFound = "pulumi is not found on PATH; install it: https://www.pulumi.com/docs/install/";

const pulumi = (args: string[], cwd: string) =>
  spawnSync("pulumi", args, { cwd, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "pipe"] });

function readStack(
  stack: string,
  folder: string,
  mayBeMissing: boolean,
): ReadonlyMap<string, string> | Refusal {
  const args = ["config", "--json", "--show-secrets", "--non-interactive", `--stack=${stack}`];
  const { status, stdout, stderr, error } = pulumi(args, folder);
  const failed = (why: string) =>
    new Refusal(`the configuration of the stack ${stack} cannot be read: ${why}`);
  if (error) return failed(notFound);
  // What it prints to stdout holds secrets, whatever the outcome.
  if (status !== 0 && mayBeMissing && /no stack named/.test(stderr)) return new Map();
  if (status !== 0) return failed(reasonIn(stderr) ?? `pulumi config ended with ${status}`);
  const settings = valuesIn(stdout);
  if (!settings) return failed("pulumi config printed no JSON");
  try {
    refuseMisspelt([...settings.keys()]);
    return settings;
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
    throw problem;
  }
}

/** The CLI's own reason, of which the first line says enough. */
const reasonIn = (stderr: string): string | undefined => /^error: *(\S.*)$/m.exec(stderr)?.[1];

function valuesIn(text: string): ReadonlyMap<string, string> | undefined {
  try {
    const entries: unknown = JSON.parse(text);
    if (!isRecord(entries)) return undefined;
    return new Map(
      Object.entries(entries).flatMap(([key, entry]) =>
        isRecord(entry) && typeof entry.value === "string" ? [[key, entry.value] as const] : [],
      ),
    );
  } catch {
    return undefined;
  }
}
