import { allResources } from "../../life/define";
import { sidIn } from "../../life/frame";
import { sidsIn } from "../../studio/portable";
import { proxyMessageUrl, studioFlowUrl } from "../../twilio/webhooks";
import { masked, maskedIn } from "../../values/secrets";
import { type Args, isRecord, omit, same } from "../../values/values";
import { capital, identifier, namesFor } from "../names";
import { commonDestination } from "./channels";
import type { FlowFiles } from "./flowFiles";
import type { Folded } from "./folded";
import type { Item } from "./inventory";
import { channelsFile, fileOf } from "./kinds";
import { listOf, objectOf, quoted, width } from "./literals";
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
  /** The texts of flows by their files. */
  readonly flows: ReadonlyMap<string, string>;
  /** The files that use the stack's configuration. */
  readonly configured: ReadonlySet<string>;
  /** SIDs that stay in definitions and mean nothing in another account, with the flows that hold them. */
  readonly strangers: readonly { readonly item: Item; readonly sid: string }[];
  /** Arguments that keep the SID of what the program declares only further down. */
  readonly early: readonly string[];
}

interface Variable {
  readonly name: string;
  /** What stands for the SID. */
  readonly sid: string;
  readonly isLookup?: boolean;
  /** What stands for the URL that messages are posted to. */
  readonly url?: readonly [string, string];
}

/** Names that a program has for other things. */
const reserved = ["flex", "pulumi", "config", "flexSetup", "inboundChannels"];

/** Writes the statements. With `flowFiles`, definitions of flows go into files of their own. */
export function sourcesOf(plan: Plan, flowFiles?: FlowFiles): Sources {
  const writer = new Writer(plan, flowFiles);
  for (const item of plan.declared) writer.declare(item);
  if (plan.channels.length > 0) writer.declareChannels(plan.channels);
  return writer;
}

class Writer implements Sources {
  readonly statements: Statement[] = [];
  readonly users = new Map<string, Set<string>>();
  readonly settings: Setting[] = [];
  readonly flows = new Map<string, string>();
  readonly configured = new Set<string>();
  readonly strangers: { item: Item; sid: string }[] = [];
  readonly early: string[] = [];
  readonly #variables = new Map<string, Variable>();
  readonly #names = new Map<Item, string>();
  readonly #resources = new Map(allResources().map((resource) => [resource.type, resource]));

  constructor(
    private readonly plan: Plan,
    private readonly flowFiles: FlowFiles | undefined,
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
        ? this.#definition(item, name, file)
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
    const isProxy = channels.every(({ args }) => args.messaging === "proxy");
    const entries = channels.map(({ key, args, destination }): [string, string] => {
      const own = same(destination, common) ? [] : [this.#destination(destination, [key], "    ")];
      const given = Object.entries(isProxy ? omit(args, ["messaging"]) : args).map(
        ([name, value]): [string, string] => [
          name,
          name === "adopt" ? quoted(String(value)) : this.#argument(value, [key, name], channelsFile, false),
        ],
      );
      return [key, objectOf([...given, ...own], "    ", key.length + 8)];
    });
    const name = "inboundChannels";
    const args = objectOf(
      [
        ...(isProxy ? [["messaging", quoted("proxy")] as const] : []),
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
    const sid = sidNamedBy(text);
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
      isLookup: true,
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

  /** In a file, with the objects of this program by their names in it, or here, where it may hold a credential. */
  #definition(item: Item, name: string, file: string): string {
    const { definition } = item.args;
    const path = this.flowFiles?.fileOf(item);
    if (!this.flowFiles || path === undefined) {
      const text = this.#argument(definition, [name], file, false);
      for (const { sid, isWhole } of sidsIn(definition))
        if (!isWhole || !this.#variables.has(sid)) this.strangers.push({ item, sid });
      return text;
    }
    this.flows.set(`flows/${path}`, this.flowFiles.textOf(definition));
    const own: [string, string][] = [];
    for (const { sid, key } of this.flowFiles.keysIn(definition)) {
      const variable = this.#variables.get(sid);
      if (variable && !variable.isLookup) {
        this.#use(variable.name, file);
        own.push([key, variable.name]);
      } else if (key === sid) this.strangers.push({ item, sid });
    }
    const head = `flex.flowFromFile(${quoted(`flows/${path}`)}`;
    if (own.length === 0) return `${head})`;
    const sids = objectOf(own, "    ", 12);
    const isLong = sids.includes("\n") || head.length + sids.length + 30 > width;
    return isLong ? `${head}, {\n    sids: ${sids},\n  })` : `${head}, { sids: ${sids} })`;
  }

  /** `isWhole` says that nothing inside may be an output. */
  #argument(value: unknown, path: string[], file: string, isWhole: boolean): string {
    const shown = isRecord(value) ? maskedIn(value) : masked(value);
    if (isWhole && !same(value, shown)) return this.#secret(value, path, file);
    return this.#value(value, shown, path, file, "  ", !isWhole);
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
    const reference = hasReferences ? this.#reference(value, file) : undefined;
    const isEarly = reference === undefined && hasReferences && !this.#variables.has(sidNamedBy(value));
    if (isEarly && this.plan.declared.some(({ id }) => id === sidNamedBy(value)))
      this.early.push(path.join("."));
    return reference ?? quoted(value);
  }

  #secret(value: unknown, [first = "", ...rest]: string[], file: string): string {
    const name = first + rest.map((part) => capital(identifier(part))).join("");
    let key = name;
    for (let n = 2; this.settings.some((setting) => setting.key === key); n += 1) key = `${name}${n}`;
    this.configured.add(file);
    const isText = typeof value === "string";
    this.settings.push({ key, value: isText ? value : JSON.stringify(value) });
    return `config.${isText ? "requireSecret" : "requireSecretObject"}(${quoted(key)})`;
  }
}

/** The SID that a text is, or that a URL of Twilio's has. */
const sidNamedBy = (text: string): string =>
  /^[A-Z]{2}[0-9a-f]{32}$/.test(text)
    ? text
    : (/^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC\w{32}\/(?:Flows|Proxy)\/(\w{34})(?:\/|$)/.exec(
        text,
      )?.[1] ?? "");

/** What people call an item of a list: widgets and headers have a name. */
function labelOf(item: unknown, index: number): string {
  const { name, key }: Record<string, unknown> = isRecord(item) ? item : {};
  return [name, key].find((label) => typeof label === "string") ?? `item ${index + 1}`;
}
