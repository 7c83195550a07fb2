import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import ts from "typescript";
import { type Emulator, startEmulator } from "../../emulator/index";
import * as api from "../../provider/index";
import { TwilioResource } from "../../provider/program/resource";
import { environment, settingKeys } from "../../provider/twilio/settings";
import { openProject } from "./project";

const root = join(__dirname, "../..");
const text = (file: string) => readFileSync(join(root, file), "utf8");
const readme = text("README.md");

/** What stands in the first column of the table with this heading, taken out of its back ticks. */
function firstColumn(heading: string, page = text("docs/resources.md")): string[] {
  const [, rows = ""] = new RegExp(`^\\| ${heading} .*\\n\\| -.*\\n((?:\\|.*\\n)+)`, "m").exec(page) ?? [];
  return rows
    .trim()
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

describe("the README's program", () => {
  const [, program = ""] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
  let folder: string;

  beforeAll(() => {
    // Inside the clone, so that it finds packages as a user's program does.
    const folders = join(root, "node_modules/.cache/examples");
    mkdirSync(folders, { recursive: true });
    folder = mkdtempSync(join(folders, "readme-"));
    writeFileSync(join(folder, "index.ts"), program);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "readme", main: "index.ts" }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("compiles strictly, our declarations too, and brings in neither the SDK nor the schemas", () => {
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      esModuleInterop: false,
      types: ["node"],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
    };
    const compiled = ts.createProgram([join(folder, "index.ts")], options);
    const found = ts.getPreEmitDiagnostics(compiled);
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
    const files = compiled.getSourceFiles().map(({ fileName }) => fileName);
    expect(files.filter((file) => /node_modules\/(twilio|zod)\//.test(file))).toEqual([]);
  });

  test("runs, and says in one line why a lookup is refused", async () => {
    const emulator: Emulator = await startEmulator();
    const project = await openProject(`name: readme\nruntime: nodejs\nmain: ${folder}\n`, emulator.url);
    const preview = await project.pulumi("preview");
    await project.pulumi("config", "set", "--secret", "twilio:authToken", "not-the-token");
    const refused = await project.pulumi("preview");
    project.close();
    await emulator.close();
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.output).toContain("+ 5 to create");
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/error: get\w+: .*\(HTTP 401, code 20003\)/);
    expect(refused.output).not.toMatch(/not-the-token|^\s+at /m);
  }, 120_000);

  test("goes up on an older account", async () => {
    const emulator = await startEmulator({ profile: "legacy" });
    const project = await openProject(`name: readme\nruntime: nodejs\nmain: ${folder}\n`, emulator.url);
    const up = await project.pulumi("up", "--yes", "--skip-preview");
    project.close();
    await emulator.close();
    expect(up).toMatchObject({ code: 0 });
  }, 120_000);

  test("on a newer one, whose number has an address, preview says what to write, and that goes up", async () => {
    const emulator = await startEmulator({ profile: "conversations" });
    const project = await openProject(`name: readme\nruntime: nodejs\nmain: ${folder}\n`, emulator.url);
    const refused = await project.pulumi("preview");
    const [said = ""] = /adopt: "IG\w{32}"/.exec(refused.output) ?? [];
    writeFileSync(join(folder, "index.ts"), program.replace(/^( *)destination:/m, `$1${said},\n$&`));
    const up = await project.pulumi("up", "--yes", "--skip-preview");
    writeFileSync(join(folder, "index.ts"), program);
    project.close();
    await emulator.close();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(
      `support: the Conversations address ${said.slice(8, -1)} is there already`,
    );
    expect(up).toMatchObject({ code: 0 });
  }, 120_000);
});

describe("the reference names what there is, and nothing else", () => {
  const exported = Object.entries(api).map(([name, value]): [string, unknown] => [name, value]);

  test("resources", () => {
    const classes = exported.filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof TwilioResource,
    );
    expect(firstColumn("resource").sort()).toEqual(classes.map(([name]) => name).sort());
  });

  test("components", () => {
    const classes = exported.filter(
      ([name, value]) =>
        typeof value === "function" && value.prototype instanceof ComponentResource && name !== "Channel",
    );
    expect(firstColumn("component").sort()).toEqual(classes.map(([name]) => name).sort());
  });

  test("lookups, each with its form for outputs", () => {
    const lookups = exported
      .map(([name]) => name)
      .filter((name) => /^get/.test(name) && !/Output$/.test(name));
    expect(firstColumn("lookup").sort()).toEqual(lookups.sort());
    for (const name of lookups) expect(api).toHaveProperty(`${name}Output`);
  });

  test("settings, under both names", () => {
    const page = text("docs/configuration.md");
    expect(firstColumn("stack configuration", page).sort()).toEqual(
      settingKeys.map((key) => `twilio:${key}`).sort(),
    );
    for (const key of settingKeys) expect(page).toContain(`\`${environment.label(key)}\``);
  });

  test("the same as the CHANGELOG", () => {
    const changes = text("CHANGELOG.md");
    const named = ["resource", "component", "lookup"].flatMap((heading) => firstColumn(heading));
    for (const name of named) expect(changes).toContain(`\`${name}\``);
  });
});

describe.each([
  "README.md",
  "CONTRIBUTING.md",
  "bench/README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(root, "examples")).map((name) => `examples/${name}/README.md`),
])("%s", (file) => {
  test("names commands that there are", () => {
    const packages = [join(file, "../package.json"), "package.json"].filter((each) =>
      existsSync(join(root, each)),
    );
    const scripts = packages.flatMap((each) => Object.keys(JSON.parse(text(each)).scripts ?? {}));
    const named = [...text(file).matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name]) => name);
    for (const name of named) expect(scripts).toContain(name);
  });
});
