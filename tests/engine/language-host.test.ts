import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(__dirname, "../..");

const program = `
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
console.log("said on stdout");
console.error("said on stderr");
const refusal = config.get("refusal");
if (refusal) throw new pulumi.RunError(refusal);
const exit = config.getNumber("exit");
if (exit) process.exit(exit);

class Echo extends pulumi.dynamic.Resource {
  declare readonly word: pulumi.Output<string>;
  constructor(name: string, props: { word: string }) {
    const create = async (inputs: object) => ({ id: "echo-1", outs: inputs });
    super({ create }, name, props);
  }
}
export const echoed = new Echo("echo", { word: config.require("word") }).word;
export const key = config.requireSecret("key");
export const nodeOptions: string = process.execArgv.join(" ");
export const where = { project: pulumi.getProject(), stack: pulumi.getStack(), cwd: process.cwd() };
`;

interface Result {
  code: number;
  output: string;
}

describe("a TypeScript program run by the CLI through the language host", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  const pulumi = (...args: string[]) =>
    new Promise<Result>((resolve) => {
      const options = { cwd: folder, env };
      execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
      });
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "language-host-"));
    const engine = execFileSync("npm", ["run", "--silent", "engine"], { cwd: root, encoding: "utf8" }).trim();
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "index.ts"), program);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tiny", main: "index.ts" }));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: tiny\nruntime:\n  name: nodejs\n  options:\n    nodeargs: "--max-old-space-size=512 --title='two words'"\n`,
    );
    mkdirSync(join(folder, "state"));
    env = {
      ...process.env,
      PATH: [engine, process.env.PATH].join(delimiter),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    };
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set", "word", "hello");
    await pulumi("config", "set", "--secret", "key", "s3cret-value");
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gets its config, secrets and options, creates its resources and shows what it prints", async () => {
    const up = await pulumi("up", "--yes");

    expect(up).toMatchObject({ code: 0 });
    expect(up.output).toContain("said on stdout");
    expect(up.output).toContain("said on stderr");
    expect(up.output).toMatch(/echoed\s*: "hello"/);
    expect(up.output).toMatch(/key\s*: \[secret\]/);
    expect(up.output).not.toContain("s3cret-value");
    expect(up.output).not.toMatch(/warning/i);

    const outputs = JSON.parse((await pulumi("stack", "output", "--json", "--show-secrets")).output);
    expect(outputs).toEqual({
      echoed: "hello",
      key: "s3cret-value",
      nodeOptions: "--max-old-space-size=512 --title=two words",
      where: { project: "tiny", stack: "dev", cwd: folder },
    });
  });

  it("fails with the one line of a RunError", async () => {
    await pulumi("config", "set", "refusal", "set tiny:word to something else");
    const preview = await pulumi("preview");
    await pulumi("config", "rm", "refusal");

    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("error: set tiny:word to something else");
    expect(preview.output).not.toContain("index.ts");
    expect(preview.output).not.toContain("exit code");
  });

  it("says the exit code of a program that ends itself", async () => {
    await pulumi("config", "set", "exit", "7");
    const preview = await pulumi("preview");
    await pulumi("config", "rm", "exit");

    expect(preview.code).not.toBe(0);
    expect(preview.output).toContain("Program exited with non-zero exit code: 7");
  });

  it("asks for the plugins of packages that the program depends on, and of no others", async () => {
    const plugins = async (dependencies: Record<string, string>) => {
      const manifest = { name: "tiny", main: "index.ts", dependencies };
      writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
      return (await pulumi("plugin", "ls", "--project")).output;
    };
    const before = await plugins({ "@pulumi/pulumi": "*" });
    const direct = await plugins({ "@pulumi/random": "*" });
    const indirect = await plugins({ "example-unique-names": "*" });

    expect(before).not.toContain("random");
    for (const output of [direct, indirect]) expect(output).toMatch(/^random\s+resource/m);
  });

  it("tells `pulumi about` what the program depends on", async () => {
    const manifest = { name: "tiny", main: "index.ts", dependencies: { "@pulumi/pulumi": "*" } };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));

    const about = await pulumi("about");

    expect(about.output).toContain(process.version);
    expect(about.output).toMatch(/@pulumi\/pulumi\s+3\.\d+/);
  });
});
