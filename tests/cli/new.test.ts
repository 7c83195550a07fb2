import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { run } from "./support";

const root = join(__dirname, "../..");
const { version, peerDependencies } = require("../../package.json");
const files = [".gitignore", "Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"];

let folder: string;
beforeEach(() => {
  // Inside the clone, so that what is written finds the packages.
  const folders = join(root, "node_modules/.cache/new");
  mkdirSync(folders, { recursive: true });
  folder = mkdtempSync(join(folders, "new-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifestIn = (path: string) => JSON.parse(readFileSync(join(path, "package.json"), "utf8"));

test.each(["conversations", "proxy"])(
  "on %s, it writes a project that compiles strictly",
  async (messaging) => {
    const { code, out, err } = await run(["new", "My channels", "--messaging", messaging], {}, folder);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Wrote a project to My channels\. Next:\n {2}cd My channels\n {2}npm install\n/);
    const project = join(folder, "My channels");
    expect(readdirSync(project).sort()).toEqual(files);
    expect(readFileSync(join(project, "Pulumi.yaml"), "utf8")).toContain("name: my-channels\n");
    expect(manifestIn(project)).toMatchObject({ name: "my-channels", main: "index.ts" });

    const settings = ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent(settings.config, ts.sys, project);
    expect(options.strict).toBe(true);
    const found = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  },
);

test("without a folder it takes the one it is in, and conversations", async () => {
  const { code, out } = await run(["new"], {}, folder);
  expect(code).toBe(0);
  expect(out).not.toContain("cd ");
  expect(readdirSync(folder).sort()).toEqual(files);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).not.toContain("messaging:");
});

test.each([
  [
    "a folder that holds something",
    () => writeFileSync(join(folder, "package.json"), "{}"),
    ".",
    "is not empty",
  ],
  ["a folder with a hidden file", () => writeFileSync(join(folder, ".env"), ""), ".", "is not empty"],
  ["a file", () => writeFileSync(join(folder, "one"), ""), "one", "is a file"],
  ["an unknown path", () => {}, "--messaging=moving", "Allowed choices are conversations, proxy"],
])("it refuses %s, and writes nothing", async (_, prepare, argument, reason) => {
  prepare();
  const before = readdirSync(folder);
  const { code, err } = await run(["new", argument], {}, folder);
  expect(code).toBe(2);
  expect(err).toContain(reason);
  expect(readdirSync(folder)).toEqual(before);
});

describe("what it depends on", () => {
  let installed: string;
  beforeEach(() => {
    installed = mkdtempSync(join(tmpdir(), "installed-"));
  });
  afterEach(() => rmSync(installed, { recursive: true }));

  /** Installs the package below `installed` for a project with these dependencies, and lets it write into `project`. */
  async function dependenciesOf(dependencies: Record<string, string>, modules = "node_modules") {
    const own = join(installed, modules, "pulumi-twilio-flex");
    for (const part of ["bin", "dist", "package.json"])
      cpSync(join(root, part), join(own, part), { recursive: true });
    writeFileSync(join(installed, "package.json"), JSON.stringify({ dependencies }));
    const env = { NODE_PATH: join(root, "node_modules") };
    const command = join(own, "bin/pulumi-twilio-flex.js");
    expect(await run(["new", "project"], env, installed, command)).toMatchObject({ code: 0, err: "" });
    return manifestIn(join(installed, "project"));
  }
  const pulumi = { "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"] };
  const tools = { "@types/node": expect.any(String), typescript: expect.any(String) };

  test("the version that is installed, from a registry", async () => {
    expect(await dependenciesOf({ "pulumi-twilio-flex": "^0.1.0" })).toMatchObject({
      dependencies: { ...pulumi, "pulumi-twilio-flex": `^${version}` },
      devDependencies: { ...tools, "twilio-flex-emulator": `^${version}` },
    });
  });

  test.each([
    ["npm", "file:packed/pulumi-twilio-flex-0.1.0.tgz", "node_modules"],
    [
      "pnpm",
      "file:packed/pulumi-twilio-flex-0.1.0.tgz",
      "node_modules/.pnpm/pulumi-twilio-flex@file/node_modules",
    ],
    ["yarn", "./packed/pulumi-twilio-flex-0.1.0.tgz", "node_modules"],
  ])("the packed file that %s has installed", async (_, packed, modules) => {
    const { dependencies, devDependencies } = await dependenciesOf({ "pulumi-twilio-flex": packed }, modules);
    expect(dependencies).toEqual({
      ...pulumi,
      "pulumi-twilio-flex": "file:../packed/pulumi-twilio-flex-0.1.0.tgz",
    });
    expect(devDependencies).toEqual(tools);
  });

  test("the packed file of the emulator, where that is installed beside", async () => {
    const packed = { "pulumi-twilio-flex": "file:../a.tgz", "twilio-flex-emulator": "file:../b.tgz" };
    expect(await dependenciesOf(packed)).toMatchObject({
      dependencies: { ...pulumi, "pulumi-twilio-flex": "file:../../a.tgz" },
      devDependencies: { ...tools, "twilio-flex-emulator": "file:../../b.tgz" },
    });
  });
});
