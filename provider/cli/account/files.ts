import { fileOrder } from "./kinds";
import { width } from "./literals";
import type { Sources } from "./sources";

/** Above this many statements, a program is a file for each product. */
const largest = 60;

/** The files of a program by their paths, `index.ts` among them. */
export function programFiles(
  accountSid: string,
  sources: Sources,
  notes: readonly string[],
): Map<string, string> {
  const header = headerOf(accountSid);
  const footer = footerOf(notes);
  const isSplit = sources.statements.length > largest;
  const written = new Map(sources.flows);
  if (!isSplit) {
    written.set("index.ts", moduleOf(header, undefined, sources, footer));
    return written;
  }
  const used = fileOrder.filter((file) => sources.statements.some((one) => one.file === file));
  for (const file of used) written.set(`${file}.ts`, moduleOf(header, file, sources));
  const imports = used.map((file) => `import "./${file}";`).join("\n");
  written.set("index.ts", `${header}\n${imports}\n\n${footer}\n`);
  return written;
}

/** The whole program as one text. */
export const programText = (accountSid: string, sources: Sources, notes: readonly string[]): string =>
  moduleOf(headerOf(accountSid), undefined, sources, footerOf(notes));

const headerOf = (accountSid: string) => `// The Twilio account ${accountSid}, taken over as it is.`;

const footerOf = (notes: readonly string[]) =>
  ["// Not in this program:", ...notes.map((note) => `// - ${note}`)].join("\n");

/** One module: all of a program, or what goes into one file. */
function moduleOf(header: string, file: string | undefined, sources: Sources, footer?: string): string {
  const { statements, users, configured, settings } = sources;
  const own = statements.filter((one) => file === undefined || one.file === file);
  const isConfigured = file === undefined ? configured.size > 0 : configured.has(file);
  const foreign = fileOrder.flatMap((other) => {
    if (file === undefined || other === file) return [];
    const names = statements
      .filter((one) => one.file === other && users.get(one.name)?.has(file))
      .map(({ name }) => name);
    return names.length > 0 ? [importOf(names.sort(), other)] : [];
  });
  const head = [
    header,
    ...(isConfigured ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    ...(own.length > 0 ? ['import * as flex from "pulumi-twilio-flex";'] : ["export {};"]),
    ...foreign,
  ];
  const texts = own.map(({ name, text }) => {
    const by = users.get(name);
    const isExported = file !== undefined && [...(by ?? [])].some((user) => user !== file);
    return `${isExported ? "export " : ""}${by ? `const ${name} = ` : ""}${text}`;
  });
  const blocks = [
    head.join("\n"),
    ...(isConfigured ? [configuration(file === undefined ? settings.map(({ key }) => key) : [])] : []),
    ...texts,
    ...(footer === undefined ? [] : [footer]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function importOf(names: readonly string[], file: string): string {
  const line = `import { ${names.join(", ")} } from "./${file}";`;
  return line.length <= width ? line : `import {\n  ${names.join(",\n  ")},\n} from "./${file}";`;
}

const configuration = (keys: readonly string[]) =>
  [
    "// What may hold a credential is a setting of the stack.",
    ...keys.map((key) => `//   pulumi config set --secret ${key} <value>`),
    "const config = new pulumi.Config();",
  ].join("\n");
