import { allResources } from "../../life/define";
import { sidIn } from "../../life/frame";
import { proxyMessageUrl, studioFlowUrl } from "../../twilio/webhooks";
import { masked, maskedIn } from "../../values/secrets";
import { type Args, isRecord, same } from "../../values/values";
import { capital, identifier, namesFor } from "../names";
import { commonDestination, type Folded } from "./channels";
import type { Item } from "./inventory";
import { channelsFile, fileOf } from "./kinds";
import { listOf, objectOf, quoted } from "./literals";
import type { Plan } from "./plan";

/** A value that the program takes from the stack's configuration. */
export interface Setting {
  readonly key: string;
  /** What is in use now, as `pulumi config set` takes it. */
  readonly value: string;
}

/** A statement of a program. */
interface Statement {
  readonly file: string;
  /** Its variable, where others may use it. */
  readonly name: string;
  readonly text: string;
}

/** What is to be written, not yet in files. */
export interface Sources {
  readonly statements: readonly Statement[];
  /** The files that use a variable. */
  readonly users: ReadonlyMap<string, ReadonlySet<string>>;
  readonly settings: readonly Setting[];
  /** Definitions of flows by the name of their file. */
  readonly flows: ReadonlyMap<string, unknown>;
  /** Statically known: which files use what they have to import. */
  readonly needs: ReadonlyMap<string, ReadonlySet<Need>>;
}

type Need = "config" | "flows";

interface Variable {
  readonly name: string;
  /** What stands for the SID. */
  readonly sid: string;
  /** What stands for the URL that messages are posted to. */
  readonly url?: readonly [string, string];
}

/** Names that a program has for other things. */
const reserved = [
  "flex",
  "pulumi",
  "config",
  "definitionOf",
  "readFileSync",
  "join",
  "flexSetup",
  "inboundChannels",
];

/** Writes the statements. `areFlowsFiles` says that definitions of flows go into files of their own. */
export function sourcesOf(plan: Plan, areFlowsFiles: boolean): Sources {
  const writer = new Writer(plan, areFlowsFiles);
  for (const item of plan.declared) writer.declare(item);
  if (plan.channels.length > 0) writer.declareChannels(plan.channels);
  return writer;
}

class Writer implements Sources {
  readonly statements: Statement[] = [];
  readonly users = new Map<string, Set<string>>();
  readonly settings: Setting[] = [];
  readonly flows = new Map<string, unknown>();
  readonly needs = new Map<string, Set<Need>>();
  readonly #variables = new Map<string, Variable>();
  readonly #names = new Map<Item, string>();
  readonly #resources = new Map(allResources().map((resource) => [resource.type, resource]));

  constructor(
    private readonly plan: Plan,
    private readonly areFlowsFiles: boolean,
  ) {
    const all = [...plan.declared, ...plan.lookedUp];
    const names = namesFor(all, reserved);
    all.forEach((item, index) => {
      this.#names.set(item, names[index] ?? "");
    });
  }

  declare(item: Item): void {
    const name = this.#names.get(item) ?? "";
    const file = fileOf(item.type);
    const resource = this.#resources.get(item.type);
    const sid = sidIn(item.id);
    const entries = Object.entries(this.#withKnownName(item, file)).map(([key, value]): [string, string] => [
      key,
      key === "definition"
        ? this.#definition(name, file, value)
        : this.#argument(value, [name, key], file, resource?.isMerged(key) ?? false),
    ]);
    const adopt: [string, string][] =
      resource && "adopt" in resource.schema.shape ? [["adopt", quoted(sid)]] : [];
    const head = `new flex.${item.type}(${quoted(name)}, `;
    const args = objectOf([...adopt, ...entries], "", `const ${name} = ${head});`.length);
    this.statements.push({ file, name, text: `${head}${args});` });
    if (adopt.length > 0) this.#know(item, name);
  }

  /** All channels, with the destination that most of them have. */
  declareChannels(channels: readonly Folded[]): void {
    const common = commonDestination(channels);
    const entries = channels.map(({ key, args, destination }): [string, string] => {
      const own = same(destination, common) ? [] : [this.#destination(destination, [key], "    ")];
      const given = Object.entries(args).map(([name, value]): [string, string] => [
        name,
        name === "adopt" ? quoted(String(value)) : this.#argument(value, [key, name], channelsFile, false),
      ]);
      return [key, objectOf([...given, ...own], "    ", key.length + 8)];
    });
    const name = "inboundChannels";
    const args = objectOf(
      [
        ...(common ? [this.#destination(common, ["channels"], "  ")] : []),
        ["channels", objectOf(entries, "  ", Number.POSITIVE_INFINITY)],
      ],
      "",
      Number.POSITIVE_INFINITY,
    );
    const text = `new flex.InboundChannels(${quoted(name)}, ${args});`;
    this.statements.push({ file: channelsFile, name, text });
  }

  #destination(destination: Args, path: string[], indent: string): [string, string] {
    const entries = Object.entries(destination).map(([key, value]): [string, string] => {
      const text = this.#argument(value, [...path, key], channelsFile, false);
      // A flow of the program is given as such.
      return [key, key === "flow" ? text.replace(/\.id$/, "") : text];
    });
    return ["destination", objectOf(entries, indent, indent.length + 16)];
  }

  #know({ type, id }: Item, name: string): void {
    const sid = sidIn(id);
    const isMember = /^(MessagingService.|ProxyPhoneNumber)/.test(type);
    if (isMember || this.#variables.has(sid)) return;
    this.#variables.set(sid, {
      name,
      sid: id === sid ? `${name}.id` : `${name}.sid`,
      ...(type === "StudioFlow" && {
        url: [studioFlowUrl(this.plan.account, sid), `${name}.webhookUrl`] as const,
      }),
      ...(type === "ProxyService" && {
        url: [proxyMessageUrl(this.plan.account, sid), `${name}.messageWebhookUrl`] as const,
      }),
    });
  }

  /** A singleton is named by the SID of a resource, or else by what people know. */
  #withKnownName({ args, otherwise, id }: Item, file: string): Record<string, unknown> {
    const [first] = Object.entries(args);
    if (Object.keys(otherwise).length === 0 || first?.[1] !== id || this.#reference(id, file)) return args;
    const { [first[0]]: _, ...rest } = args;
    return { ...otherwise, ...rest };
  }

  /** What stands for a SID, or for the URL of what has one. */
  #reference(text: string, file: string): string | undefined {
    const sid = /^[A-Z]{2}[0-9a-f]{32}$/.test(text)
      ? text
      : (/^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC\w{32}\/(?:Flows|Proxy)\/(\w{34})(?:\/|$)/.exec(
          text,
        )?.[1] ?? "");
    const variable = this.#variables.get(sid) ?? this.#lookedUp(sid, file);
    if (!variable) return undefined;
    const expression = sid === text ? variable.sid : variable.url?.[0] === text ? variable.url[1] : undefined;
    if (expression !== undefined) this.#use(variable.name, file);
    return expression;
  }

  /** The first that refers to what Twilio has made brings the lookup with it. */
  #lookedUp(sid: string, file: string): Variable | undefined {
    const item = this.plan.lookedUp.find(({ id }) => sidIn(id) === sid);
    if (!item) return undefined;
    const { by, args, field } = item.lookUp;
    const isOfFlex = by === "getFlexConfiguration";
    const name = isOfFlex ? "flexSetup" : (this.#names.get(item) ?? "");
    const query = Object.entries(args).map(([key, value]): [string, string] => [
      key,
      this.#reference(value, file) ?? quoted(value),
    ]);
    if (!this.statements.some((statement) => statement.name === name)) {
      const head = `flex.${by}Output(`;
      const given = query.length > 0 ? objectOf(query, "", `const ${name} = ${head});`.length) : "";
      this.statements.push({ file, name, text: `${head}${given});` });
    }
    const variable: Variable = {
      name,
      sid: `${name}.${field}`,
      ...(item.type === "ProxyService" && {
        url: [proxyMessageUrl(this.plan.account, sid), `${name}.messageWebhookUrl`] as const,
      }),
    };
    this.#variables.set(sid, variable);
    return variable;
  }

  #use(name: string, file: string): void {
    this.users.set(name, (this.users.get(name) ?? new Set()).add(file));
  }

  #need(need: Need, file: string): void {
    this.needs.set(file, (this.needs.get(file) ?? new Set()).add(need));
  }

  #definition(name: string, file: string, value: unknown): string {
    if (!this.areFlowsFiles || !same(value, masked(value)))
      return this.#argument(value, [name], file, false, false);
    const wanted = name.replace(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);
    let flow = wanted;
    for (let n = 2; this.flows.has(flow); n += 1) flow = `${wanted}-${n}`;
    this.flows.set(flow, value);
    this.#need("flows", file);
    return `definitionOf(${quoted(flow)})`;
  }

  /** `isWhole` says that nothing inside may be an output. */
  #argument(value: unknown, path: string[], file: string, isWhole: boolean, hasReferences = true): string {
    const shown = isRecord(value) ? maskedIn(value) : masked(value);
    if (isWhole && !same(value, shown)) return this.#secret(value, path, file);
    return this.#value(value, shown, path, file, "  ", hasReferences && !isWhole);
  }

  #value(
    value: unknown,
    shown: unknown,
    path: string[],
    file: string,
    indent: string,
    hasReferences: boolean,
  ): string {
    const inner = `${indent}  `;
    // The key, and the signs around it and behind the value.
    const before = indent.length + (path.at(-1)?.length ?? 0) + 4;
    if (Array.isArray(value) && Array.isArray(shown)) {
      const items = value.map((item, index) =>
        this.#value(item, shown[index], [...path, labelOf(item, index)], file, inner, hasReferences),
      );
      return listOf(items, indent, before);
    }
    if (isRecord(value) && isRecord(shown)) {
      const entries = Object.entries(value).map(([key, item]): [string, string] => [
        key,
        this.#value(item, shown[key], [...path, key], file, inner, hasReferences),
      ]);
      return objectOf(entries, indent, before);
    }
    if (!same(value, shown)) return this.#secret(value, path, file);
    if (typeof value !== "string") return JSON.stringify(value);
    return (hasReferences ? this.#reference(value, file) : undefined) ?? quoted(value);
  }

  #secret(value: unknown, [first = "", ...rest]: string[], file: string): string {
    const name = first + rest.map((part) => capital(identifier(part))).join("");
    let key = name;
    for (let n = 2; this.settings.some((setting) => setting.key === key); n += 1) key = `${name}${n}`;
    this.#need("config", file);
    const isText = typeof value === "string";
    this.settings.push({ key, value: isText ? value : JSON.stringify(value) });
    return `config.${isText ? "requireSecret" : "requireSecretObject"}(${quoted(key)})`;
  }
}

/** What people call an item of a list: widgets and headers have a name. */
function labelOf(item: unknown, index: number): string {
  const { name, key }: Record<string, unknown> = isRecord(item) ? item : {};
  return [name, key].find((label) => typeof label === "string") ?? `item ${index + 1}`;
}
