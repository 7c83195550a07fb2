import { execFile } from "node:child_process";
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent, PulumiFn, StepEventMetadata } from "@pulumi/pulumi/automation";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { isRecord } from "../../provider/values/values";
import { withAccount } from "../emulator/support";
import { InlineProgram, serve } from "./grpc";
import { type Config, note, nothingYet, type Outcome, type StoredResource, type TestStack } from "./outcome";

/** Inside the checkout, so that the provider host finds packages as a user's would. */
const folders = join(__dirname, "../../node_modules/.cache/stacks");

/**
 * A stack on a file backend of its own, run by the real engine and the real provider host. It is what Automation API does for
 * an inline program, without the commands that Automation API runs beside the operation itself.
 */
export async function openEngine(config: Config): Promise<TestStack> {
  mkdirSync(folders, { recursive: true });
  const workDir = mkdtempSync(join(folders, "stack-"));
  const checkpoint = join(workDir, ".pulumi/stacks/test/dev.json");
  // Outside the stack's folder, in which tests look for secrets: the log of events has them in clear.
  const log = `${workDir}-events.jsonl`;
  let given: Config = {};
  let program: PulumiFn = async () => {};

  const language = new InlineProgram(() => program());
  const { address, close } = await serve([LanguageRuntimeService, language]);

  const configure = (values: Config): void => {
    given = { ...given, ...values };
    const lines = Object.entries(given).map(([key, value]) => {
      const isSecret = key === "authToken" || key === "apiSecret";
      const stored = isSecret ? `\n    secure: ${encrypt(value)}` : ` ${JSON.stringify(value)}`;
      return `  twilio:${key}:${stored}\n`;
    });
    const settings = lines.length > 0 ? `config:\n${lines.join("")}` : "";
    writeFileSync(join(workDir, "Pulumi.dev.yaml"), `encryptionsalt: ${salt()}\n${settings}`);
  };
  writeFileSync(
    join(workDir, "Pulumi.yaml"),
    `name: test\nruntime: nodejs\nbackend:\n  url: file://${workDir}\n`,
  );
  mkdirSync(join(workDir, ".pulumi/stacks/test"), { recursive: true });
  writeFileSync(join(workDir, ".pulumi/meta.yaml"), "version: 1\n");
  writeFileSync(checkpoint, JSON.stringify(noResources));
  configure(config);

  const pulumi = (args: string[]) =>
    new Promise<{ failed: boolean; output: string }>((resolve) => {
      const env = { ...process.env, ...environment, PULUMI_HOME: join(workDir, "home") };
      const options = { cwd: workDir, env, maxBuffer: Number.POSITIVE_INFINITY };
      execFile("pulumi", [...args, "--stack", "dev", "--non-interactive"], options, (error, stdout, stderr) =>
        resolve({ failed: error !== null, output: withAccount(stdout + stderr) }),
      );
    });

  const latest = (): Record<string, unknown> => {
    const text = readFileSync(checkpoint, "utf8");
    const { latest = {} } = JSON.parse(text).checkpoint;
    return text.includes(secretSignature) ? decrypted(latest) : latest;
  };
  const resources = (): StoredResource[] => {
    const { resources: all = [] }: { resources?: StoredResource[] } = latest();
    return all;
  };

  const run = async (command: string, ...args: string[]): Promise<Outcome> => {
    rmSync(log, { force: true });
    const { failed, output } = await pulumi([command, "--color", "never", "--event-log", log, ...args]);
    const events = existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
    return { ...observed(events.map((line): EngineEvent => JSON.parse(line))), failed, output };
  };
  const runProgram = async (given: PulumiFn, command: string, ...args: string[]): Promise<Outcome> => {
    program = given;
    const outcome = await run(command, `--client=${address}`, "--exec-kind", "auto.inline", ...args);
    language.onPulumiExit(outcome.failed);
    return outcome;
  };
  const apply = ["--yes", "--skip-preview"];
  const mark = async (how: "taint" | "untaint", name: string): Promise<void> => {
    const { urn = "" } = resources().find((resource) => resource.urn.endsWith(`::${name}`)) ?? {};
    const { failed, output } = await pulumi(["state", how, urn, "--yes"]);
    if (failed) throw new Error(output);
  };

  return {
    workDir,
    configure: async (values) => configure(values),
    preview: (program) => runProgram(program, "preview", "--diff"),
    up: async (program, replace = []) => {
      const forced = replace.flatMap((name) => ["--replace", `**::${name}`]);
      const outcome = await runProgram(program, "up", ...apply, ...forced);
      const [stack] = resources().filter(({ type }) => type === "pulumi:pulumi:Stack");
      return { ...outcome, outputs: stack?.outputs ?? {} };
    },
    refresh: () => run("refresh", ...apply),
    destroy: () => run("destroy", ...apply),
    stored: async () => ({ resources: resources() }),
    taint: (name) => mark("taint", name),
    untaint: (name) => mark("untaint", name),
    close: async () => {
      close();
      rmSync(workDir, { recursive: true, force: true });
      rmSync(log, { force: true });
    },
  };
}

const version = "v3.0.0";
/** What `pulumi stack init` writes. */
const noResources = {
  version: 3,
  checkpoint: {
    stack: "organization/test/dev",
    latest: {
      manifest: {
        time: "2026-01-01T00:00:00Z",
        magic: createHash("sha256").update(version).digest("hex"),
        version,
      },
    },
  },
};

const environment = {
  // The flag for the event log is one of these.
  PULUMI_DEBUG_COMMANDS: "true",
  PULUMI_CONFIG_PASSPHRASE: "",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
};

function observed(events: EngineEvent[]): Outcome {
  const outcome = nothingYet();
  // A refresh knows what differs only afterwards; everything else is told beforehand.
  const refreshed = new Set<string>();
  const see = ({ op, urn, type, diffs, detailedDiff }: StepEventMetadata) => {
    if (op === "same" || op === "refresh") return;
    note(outcome, urn, type, op, detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []));
  };
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    if (resourcePreEvent?.metadata.op === "refresh") refreshed.add(resourcePreEvent.metadata.urn);
    else if (resourcePreEvent) see(resourcePreEvent.metadata);
    if (resOutputsEvent && refreshed.has(resOutputsEvent.metadata.urn)) see(resOutputsEvent.metadata);
  }
  return outcome;
}

// What a stack with an empty passphrase encrypts with; the CLI takes a million rounds for it too.
let derived: Buffer | undefined;
const saltBytes = Buffer.from("stack of a test!").subarray(0, 8);
function key(): Buffer {
  derived ??= pbkdf2Sync("", saltBytes, 1_000_000, 32, "sha256");
  return derived;
}

function encrypt(text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function decrypt(text: string): string {
  const [, nonce = "", sealed = ""] = text.split(":");
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key(), Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
}

/** Proves to the CLI that the passphrase is the right one. */
const salt = (): string => `v1:${saltBytes.toString("base64")}:${encrypt("pulumi")}`;

/** The key that marks a secret in the state. */
const secretSignature = "4dabf18193072939515e22adb298388d";

function decrypted<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    isRecord(inner) && secretSignature in inner && typeof inner.ciphertext === "string"
      ? JSON.parse(decrypt(inner.ciphertext))
      : inner,
  );
}
