import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { rehearsalVariable, type Twin } from "../../twilio/rehearsal";
import { variable, variables } from "../../twilio/settings";
import { Refusal } from "../../values/errors";
import { isRecord } from "../../values/values";
import { type Ran, reasonOf } from "./pulumi";
import type { Failure } from "./rehearsal";
import { isOurs, listIn, parsed, recordIn, type Stack, urnName } from "./stack";
import type { Workshop } from "./workshop";

/** A command on the copy, with what the engine says of each resource that fails. */
export interface Operation extends Ran {
  failures: (Failure & { isOurs: boolean })[];
}

/** The stack on a backend of its own, encrypted with a passphrase that nobody knows. */
export class Copy {
  readonly #env: NodeJS.ProcessEnv;
  readonly #settings: string;
  readonly #log: string;

  constructor(
    private readonly workshop: Workshop,
    private readonly stack: Stack,
    private readonly twin: Twin,
    /** The program's project. */
    private readonly project: string,
  ) {
    const { folder } = workshop;
    this.#settings = join(folder, `Pulumi.${stack.name}.yaml`);
    this.#log = join(folder, "events.jsonl");
    this.#env = environmentFor(folder, twin);
  }

  async make(): Promise<void> {
    const { folder } = this.workshop;
    const { name, project, exported, config } = this.stack;
    for (const inner of ["state", "home"]) mkdirSync(join(folder, inner));
    linkPlugins(join(folder, "home"));
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${JSON.stringify(project)}\nruntime: nodejs\n`);
    await this.#prepare(["stack", "init", name, "--no-select"]);
    await this.#prepare(["stack", "import", "--stack", name], this.#encryptedHere(exported));
    const secrets = [...config].filter(([, { isSecret }]) => isSecret);
    for (const [key, { value }] of secrets) {
      const text = credentials.has(key) ? this.twin.token : textOf(value);
      await this.#prepare(["config", "set", "--secret", "--stack", name, key], `${text}\n`);
    }
    const plain = [...config].filter(([, { isSecret }]) => !isSecret);
    if (secrets.length === 0) appendFileSync(this.#settings, "config:\n");
    const lines = plain.map(
      ([key, { value }]) => `  ${JSON.stringify(key)}: ${JSON.stringify(this.#given(key, value))}\n`,
    );
    if (plain.length > 0 || secrets.length > 0) appendFileSync(this.#settings, lines.join(""));
  }

  /** The state names what it is encrypted with, which for the copy is its own passphrase. */
  #encryptedHere(exported: string): string {
    const salt = /^encryptionsalt: *(\S+)/m.exec(readFileSync(this.#settings, "utf8"))?.[1];
    const all: unknown = parsed(exported);
    const secrets_providers = { type: "passphrase", state: { salt } };
    const deployment = { ...recordIn(all, "deployment"), secrets_providers };
    return JSON.stringify({ ...(isRecord(all) && all), deployment });
  }

  /** What a setting is here. */
  #given(key: string, value: unknown): unknown {
    if (credentials.has(key)) return this.twin.token;
    return key === "twilio:baseUrl" ? this.twin.url : value;
  }

  async #prepare(args: string[], input = ""): Promise<void> {
    const { folder, pulumi } = this.workshop;
    const ran = await pulumi.run(args, { cwd: folder, env: this.#env, input });
    if (ran.code !== 0) throw new Refusal(`the stack cannot be copied: ${reasonOf(ran)}`);
  }

  /** Runs the program itself, in its own folder. */
  async run(command: string, ...args: string[]): Promise<Operation> {
    rmSync(this.#log, { force: true });
    const settings = ["--stack", this.stack.name, "--config-file", this.#settings];
    const ran = await this.workshop.pulumi.run([command, ...settings, "--event-log", this.#log, ...args], {
      cwd: this.project,
      env: this.#env,
    });
    const lines = existsSync(this.#log) ? readFileSync(this.#log, "utf8").split("\n").filter(Boolean) : [];
    return { ...ran, failures: ran.code === 0 ? [] : failuresIn(lines.map(parsed), ran) };
  }
}

function failuresIn(events: unknown[], ran: Ran): Operation["failures"] {
  const errors = events
    .map((event) => recordIn(event, "diagnosticEvent"))
    .filter(({ severity }) => severity === "error");
  const found = errors.map(({ urn, message }) => {
    const isAbout = typeof urn === "string" && urn !== "" && !urn.includes("pulumi:pulumi:Stack");
    const resource = isAbout ? urnName(urn) : undefined;
    const text = String(message).replace(/<\{%[^%]*%\}>/g, "");
    const lines = text.split("\n").flatMap((one) => one.trim() || []);
    // What a program throws comes after a line that names its file.
    const line = lines.find((one) => /^\w*Error: ./.test(one)) ?? lines[0] ?? "";
    return {
      resource,
      message: line.replace(/^error: /, ""),
      isOurs: isAbout ? isOurs(typeIn(urn)) : isRefused(text),
    };
  });
  const said = found.filter(({ message }) => !/^(update|preview) failed$/.test(message));
  return said.length > 0 ? said : [{ resource: undefined, message: reasonOf(ran), isOurs: false }];
}

/** What our components refuse has no resource; it is said without a stack, unlike what a program throws. */
const isRefused = (text: string): boolean => !/unhandled exception|plugin/.test(text);

const typeIn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** Settings whose values are for the account itself. */
const credentials: ReadonlySet<string> = new Set(["twilio:authToken", "twilio:apiSecret"]);

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Plugins that are there need not be downloaded again. */
function linkPlugins(home: string): void {
  const plugins = join(variable("PULUMI_HOME") ?? join(homedir(), ".pulumi"), "plugins");
  if (existsSync(plugins)) symlinkSync(plugins, join(home, "plugins"));
}

/** The environment of a run: whatever asks Twilio by it asks the twin. */
function environmentFor(folder: string, twin: Twin): NodeJS.ProcessEnv {
  const foreign =
    /^(TWILIO_(AUTH_TOKEN|API_KEY|API_SECRET|API_KEY_SECRET)|PULUMI_(ACCESS_TOKEN|CONFIG|CONFIG_PASSPHRASE_FILE|STACK|BACKEND_URL))$/;
  return {
    ...Object.fromEntries(Object.entries(variables()).filter(([name]) => !foreign.test(name))),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("hex"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The flag for the event log is one of these.
    PULUMI_DEBUG_COMMANDS: "true",
    TWILIO_ACCOUNT_SID: twin.accounts[0],
    TWILIO_AUTH_TOKEN: twin.token,
    TWILIO_BASE_URL: twin.url,
    [rehearsalVariable]: JSON.stringify(twin),
  };
}

/** What the preview of a program says of its resources. */
export interface Planned {
  urn: string;
  type: string;
  op: string;
  isCustom: boolean;
  /** URNs of what it waits for. */
  needs: string[];
}

export const plannedIn = (preview: string): Planned[] =>
  listIn(parsed(preview), "steps").map((step) => {
    const state = { ...recordIn(step, "oldState"), ...recordIn(step, "newState") };
    const { urn, type, custom, parent, provider } = state;
    const byProperty = Object.values(recordIn(state, "propertyDependencies")).flat();
    const needs = [
      ...listIn(state, "dependencies"),
      ...byProperty,
      parent,
      String(provider).replace(/::[^:]*$/, ""),
    ];
    return {
      urn: String(urn),
      type: String(type),
      op: isRecord(step) ? String(step.op) : "",
      isCustom: custom === true,
      needs: [...new Set(needs.filter((one): one is string => typeof one === "string"))],
    };
  });
