import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "../..");
const executables = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

const engine = (path = process.env.PATH) =>
  promisify(execFile)("npm", ["run", "--silent", "engine"], {
    cwd: root,
    env: { ...process.env, PATH: path },
  });

describe("npm run --silent engine", () => {
  let folder: string;

  const pulumiOnPath = (version: string) => {
    for (const name of executables) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho v${version}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    return [folder, process.env.PATH].join(delimiter);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("prints the folder that holds pulumi and its hosts, and nothing else", async () => {
    const { stdout } = await engine();

    expect(stdout).toMatch(/^\/.+\n$/);
    for (const name of executables) accessSync(join(stdout.trim(), name), constants.X_OK);
  });

  it("takes the pulumi on PATH", async () => {
    const { stdout, stderr } = await engine(pulumiOnPath("3.1000.0"));

    expect(stdout).toBe(`${folder}\n`);
    expect(stderr).toBe("");
  });

  it("says that the pulumi on PATH is too old, and takes another", async () => {
    const { stdout, stderr } = await engine(pulumiOnPath("3.99.0"));

    expect(stdout).not.toContain(folder);
    expect(stderr).toMatch(/is 3\.99\.0, needed is 3\.\d+\.\d+ or newer/);
  });
});
