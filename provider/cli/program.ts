import { isMasked, masked } from "../values/secrets";
import { isRecord } from "../values/values";
import { capital, endings, identifier } from "./names";

/** One resource of a program that is written. */
export interface Declaration {
  type: string;
  /** Of the variable and of the resource. */
  name: string;
  /** What others know it by. */
  sid: string;
  args: Record<string, unknown>;
  /** What people have to know of it. */
  comment?: string;
}

/** The program's text. Objects refer to each other by variables; what may hold a credential is a setting. `notes` end it. */
export function programOf(accountSid: string, declarations: Declaration[], notes: string[]): string {
  const writer = new Writer(declarations);
  const bodies = declarations.map((one) => writer.construction(one));
  const resources = declarations.map(({ name, comment }, index) =>
    [
      comment === undefined ? "" : `// ${comment}\n`,
      writer.used.has(name) ? `const ${name} = ` : "",
      bodies[index],
    ].join(""),
  );
  const { secrets } = writer;
  const blocks = [
    [
      `// What handles inbound messages of the Twilio account ${accountSid}, to be taken over as it is. All else that it has: import --out <folder>.`,
      ...(secrets.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
      ...(declarations.length > 0 ? ['import * as flex from "pulumi-twilio-flex";'] : ["export {};"]),
    ].join("\n"),
    ...(secrets.length > 0 ? [settings(secrets)] : []),
    ...resources,
    ...(notes.length > 0
      ? [["// Not in this program:", ...notes.map((note) => `// - ${note}`)].join("\n")]
      : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const settings = (secrets: string[]): string =>
  [
    "// What may hold a credential is not written down here. Set each to the value that is in use now:",
    ...secrets.map((key) => `//   pulumi config set --secret ${key} <value>`),
    "const config = new pulumi.Config();",
  ].join("\n");

class Writer {
  /** Settings that stand for URLs and for what else may hold a credential. */
  readonly secrets: string[] = [];
  /** Variables that something refers to. */
  readonly used = new Set<string>();
  readonly #variables: Map<string, string>;

  constructor(declarations: Declaration[]) {
    // The SID of a member or handler is that of its number.
    const referable = declarations.filter(({ type }) => !["Member", "Handler"].includes(endings[type] ?? ""));
    this.#variables = new Map(referable.map(({ sid, name }) => [sid, name]));
  }

  construction({ type, name, args: { adopt, definition, ...args } }: Declaration): string {
    const indent = "  ";
    const entries = [
      ...(adopt === undefined ? [] : [this.#entry("adopt", literal(adopt, indent), indent)]),
      ...Object.entries(args).map(([key, value]) =>
        this.#entry(key, this.#value(value, [name, key], indent), indent),
      ),
      ...(definition === undefined
        ? []
        : [
            this.#entry(
              "definition",
              this.#definition(definition, masked(definition), [name], indent),
              indent,
            ),
          ]),
    ];
    return `new flex.${type}("${name}", {\n${entries.join("")}});`;
  }

  #entry(key: string, text: string, indent: string): string {
    return `${indent}${keyText(key)}: ${text},\n`;
  }

  #value(value: unknown, path: string[], indent: string): string {
    if (isRecord(value)) {
      const inner = `${indent}  `;
      const entries = Object.entries(value).map(([key, item]) =>
        this.#entry(key, this.#value(item, [...path, key], inner), inner),
      );
      return `{\n${entries.join("")}${indent}}`;
    }
    // This is how reading shows a URL that may hold credentials.
    if (typeof value === "string" && isMasked(value)) return this.#secret(path);
    const variable = typeof value === "string" ? this.#variables.get(value) : undefined;
    if (variable === undefined) return literal(value, indent);
    this.used.add(variable);
    return `${variable}.id`;
  }

  /** A flow's definition as it is, but for what its mask hides. */
  #definition(value: unknown, shown: unknown, path: string[], indent: string): string {
    if (JSON.stringify(value) === JSON.stringify(shown)) return literal(value, indent);
    const inner = `${indent}  `;
    if (Array.isArray(value) && Array.isArray(shown)) {
      const items = value.map((item, index) =>
        this.#definition(item, shown[index], [...path, labelOf(item, index)], inner),
      );
      return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
    }
    if (isRecord(value) && isRecord(shown)) {
      const entries = Object.entries(value).map(([key, item]) =>
        this.#entry(key, this.#definition(item, shown[key], [...path, key], inner), inner),
      );
      return `{\n${entries.join("")}${indent}}`;
    }
    return this.#secret(path, typeof value === "string" ? "requireSecret" : "requireSecretObject");
  }

  #secret([first = "", ...rest]: string[], require = "requireSecret"): string {
    const name = first + rest.map((part) => capital(identifier(part))).join("");
    let key = name;
    for (let n = 2; this.secrets.includes(key); n += 1) key = `${name}${n}`;
    this.secrets.push(key);
    return `config.${require}(${JSON.stringify(key)})`;
  }
}

/** What people call an item of a list: widgets and headers have a name. */
function labelOf(item: unknown, index: number): string {
  const { name, key }: Record<string, unknown> = isRecord(item) ? item : {};
  return [name, key].find((label) => typeof label === "string") ?? `item ${index + 1}`;
}

const keyText = (key: string) =>
  key === "__proto__" ? `["__proto__"]` : /^[a-z_$][\w$]*$/i.test(key) ? key : JSON.stringify(key);

/** A value as TypeScript. JSON is TypeScript, but for a key that would set the prototype. */
const literal = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2)
    .replace(/^(\s*)"__proto__":/gm, '$1["__proto__"]:')
    .replace(/\n/g, `\n${indent}`);
