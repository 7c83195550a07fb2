import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { variables } from "../../twilio/settings";
import { Refusal } from "../../values/errors";
import { isRecord } from "../../values/values";
import { type Pulumi, reasonOf } from "./pulumi";

/** A stack as it is, its secrets in clear. */
export interface Stack {
  name: string;
  project: string;
  /** The program's folder. */
  main: string;
  /** What `pulumi stack export` prints. */
  exported: string;
  resources: StackResource[];
  /** When it was last written. */
  at: Date;
  config: Map<string, Setting>;
}

interface Setting {
  value: unknown;
  isSecret: boolean;
}

interface StackResource {
  urn: string;
  type: string;
  isCustom: boolean;
  inputs: Record<string, unknown>;
  /** Whether a `TwilioProvider` of the program is its provider. */
  isElsewhere: boolean;
}

/** Reads a stack of the project in this folder. Takes no lock and writes nothing. */
export async function readStack(pulumi: Pulumi, name: string, folder: string): Promise<Stack> {
  const given = { cwd: folder, env: variables() };
  const read = async (what: string, ...args: string[]): Promise<string> => {
    const ran = await pulumi.run([...args, "--show-secrets", "--stack", name], given);
    if (ran.code !== 0)
      throw new Refusal(`the ${what} of the stack ${name} cannot be read: ${reasonOf(ran)}`);
    return ran.stdout;
  };
  const exported = await read("state", "stack", "export");
  const config = entriesOf(parsed(await read("configuration", "config", "--json"))).map(
    ([key, entry]) => [key, settingOf(entry)] as const,
  );
  const deployment = recordIn(parsed(exported), "deployment");
  const pending = listIn(deployment, "pending_operations").map((one) =>
    urnName(String(recordIn(one, "resource").urn)),
  );
  if (pending.length > 0) throw new Refusal(cutOff(name, pending));
  return {
    name: name.split("/").at(-1) ?? name,
    ...projectAt(folder),
    exported,
    resources: listIn(deployment, "resources").map(resourceOf),
    at: new Date(String(recordIn(deployment, "manifest").time ?? 0)),
    config: new Map(config),
  };
}

const cutOff = (name: string, pending: string[]): string =>
  `the stack ${name} holds operations that were cut off (${pending.join(", ")}), so that nobody knows what the next up begins with; run pulumi refresh first`;

const settingOf = (entry: unknown): Setting => {
  const { value, objectValue, secret }: Record<string, unknown> = isRecord(entry) ? entry : {};
  return { value: objectValue ?? value ?? "", isSecret: secret === true };
};

const resourceOf = (one: unknown): StackResource => {
  const { urn, type, custom, inputs, provider }: Record<string, unknown> = isRecord(one) ? one : {};
  return {
    urn: String(urn),
    type: String(type),
    isCustom: custom === true,
    inputs: isRecord(inputs) ? inputs : {},
    isElsewhere: !/::default(_\w+)?(::|$)/.test(String(provider)),
  };
};

/** Name and program of the project that the Pulumi CLI finds from this folder upward. */
function projectAt(folder: string): Pick<Stack, "project" | "main"> {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  if (file === undefined) {
    const above = dirname(folder);
    if (above === folder)
      throw new Refusal("there is no Pulumi.yaml here or above; run it in the program's folder");
    return projectAt(above);
  }
  const text = readFileSync(file, "utf8");
  const main = settingIn(text, "main");
  const path = join(main?.startsWith("/") ? "/" : folder, main ?? ".");
  return {
    project: settingIn(text, "name") ?? "",
    main: existsSync(path) && /\.\w+$/.test(path) ? dirname(path) : path,
  };
}

/** A setting at the top of a project file, be it YAML or JSON. */
const settingIn = (text: string, key: string): string | undefined =>
  new RegExp(`^(?:  |\\t)?"?${key}"?: *["']?([^"'#\\r\\n]+?)["']?,? *(?:#.*)?$`, "m").exec(text)?.[1];

export const isOurs = (type: string): boolean => type.startsWith(ourTypes);
export const ourTypes = "pulumi-nodejs:dynamic/twilio-flex:";

/** Such as `StudioFlow support`. */
export const urnName = (urn: string): string => {
  const [, , type = "", ...name] = urn.split("::");
  return `${type.split("$").at(-1)?.split(/[:/]/).at(-1)} ${name.join("::")}`;
};

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("pulumi printed something that is no JSON");
  }
}

export const recordIn = (value: unknown, key: string): Record<string, unknown> => {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
};
export const listIn = (value: unknown, key: string): unknown[] => {
  const inner = isRecord(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
};
const entriesOf = (value: unknown): [string, unknown][] => Object.entries(isRecord(value) ? value : {});
