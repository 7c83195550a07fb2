import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "../..");
const run = promisify(execFile);

interface Locked {
  path: string;
  version: string;
  integrity?: string;
  hasInstallScript?: boolean;
  license?: string;
}

let declared: Record<string, string[]>;
let locked: Locked[];
beforeAll(async () => {
  const program = `import("./scripts/runtime-packages.mjs").then(({ declaredPackages, runtimePackages }) =>
    process.stdout.write(JSON.stringify([declaredPackages(), runtimePackages()])))`;
  const { stdout } = await run(process.execPath, ["-e", program], { cwd: root });
  [declared, locked] = JSON.parse(stdout);
});

describe("what users install with both packages", () => {
  test("is declared by few names", () => {
    expect(declared).toEqual({
      "": ["commander", "twilio", "zod"],
      emulator: ["@peculiar/asn1-schema", "@peculiar/asn1-x509", "ajv", "ajv-formats", "commander"],
    });
    expect(locked.length).toBeLessThanOrEqual(80);
  });

  test("runs nothing when it is installed", () => {
    const running = locked.filter(({ path, hasInstallScript }) => {
      const { scripts = {} } = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
      const hooks = ["preinstall", "install", "postinstall"].filter((name) => name in scripts);
      return hasInstallScript || hooks.length > 0 || existsSync(join(root, path, "binding.gyp"));
    });
    expect(running.map(({ path }) => path)).toEqual([]);
  });

  test("is pinned by its content, and may be used by anyone", () => {
    expect(locked.filter(({ integrity }) => !integrity?.startsWith("sha512-"))).toEqual([]);
    const licenses = [...new Set(locked.map(({ license }) => license))];
    const free = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0"];
    expect(licenses.filter((license) => !free.includes(license ?? "none"))).toEqual([]);
  });
});

describe.each([
  [
    "pulumi-twilio-flex",
    ".",
    [
      /^(CHANGELOG\.md|CONTRIBUTING\.md|LICENSE|README\.md|SECURITY\.md|package\.json)$/,
      /^bin\/pulumi-twilio-flex\.js$/,
      /^docs\/([a-z]+\/)*[a-z-]+\.md$/,
      /^docs\/performance\.svg$/,
      // What the README links to and shows.
      /^emulator\/(LICENSE|README\.md|docs\/page\.png)$/,
      /^examples\/[a-z-]+\/([a-z-]+\/)*(\.github\/workflows\/)?[A-Za-z.-]+\.(ts|mjs|json|yaml|yml|md)$/,
      /^dist\/([a-z]+\/)*[a-zA-Z]+\.(js|d\.ts)$/,
    ],
  ],
  [
    "twilio-flex-emulator",
    "emulator",
    [
      /^(LICENSE|README\.md|package\.json)$/,
      /^bin\/twilio-flex-emulator\.js$/,
      /^docs\/page\.png$/,
      /^dist\/documents\/([a-z]+_v\d+\.json|LICENSE)$/,
      /^dist\/emulator\/page\/assets\/[a-z]+\.(js|css|svg)$/,
      /^dist\/(emulator|provider)\/([a-z]+\/)*[a-zA-Z0-9-]+\.(js|d\.ts)$/,
    ],
  ],
])("the tarball of %s", (name, folder, allowed) => {
  let tarball: { name: string; unpackedSize: number; files: { path: string; size: number }[] };
  beforeAll(async () => {
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--workspace", folder];
    const { stdout } = await run("npm", args, { cwd: root, shell: process.platform === "win32" });
    [tarball] = JSON.parse(stdout);
  });

  test("has the files that it should, and no other", () => {
    expect(tarball.name).toBe(name);
    const paths = tarball.files.map(({ path }) => path);
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(allowed.filter((pattern) => !paths.some((path) => pattern.test(path)))).toEqual([]);
    expect(tarball.unpackedSize).toBeLessThan(2_500_000);
  });

  test("says nothing of the machine that it was made on, and runs nothing when it is installed", () => {
    const texts = tarball.files.map(({ path }) => ({
      path,
      text: readFileSync(join(root, folder, path), "utf8"),
    }));
    expect(texts.filter(({ text }) => text.includes(root)).map(({ path }) => path)).toEqual([]);
    const { scripts = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    expect(Object.keys(scripts).filter((script) => /install|^prepare$/.test(script))).toEqual([]);
  });
});

describe("the release workflow", () => {
  const workflow = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");

  test("publishes both packages with provenance, and keeps no token", () => {
    const published = workflow.match(/npm publish .*/g);
    expect(published).toEqual([
      "npm publish --workspace emulator --provenance --access public",
      "npm publish --workspace . --provenance --access public",
    ]);
    expect(workflow).toContain("id-token: write");
    expect(workflow).not.toContain("secrets.");
  });

  test("checks before it publishes, with actions that are pinned by commit", () => {
    expect(workflow.indexOf("npm run check")).toBeLessThan(workflow.indexOf("npm publish"));
    const used = workflow.match(/uses: .*/g) ?? [];
    expect(used).toHaveLength(2);
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe("the audit", () => {
  /** What it says, with a registry that answers each of its questions like this. */
  async function audit(answer: (path: string) => { status: number; body: object }) {
    const registry = createServer((request, response) => {
      const { status, body } = answer(request.url ?? "");
      request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
    });
    await once(registry.listen(0, "127.0.0.1"), "listening");
    const address = registry.address();
    if (address === null || typeof address === "string") throw new Error("the registry has no port");
    const env = {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${address.port}/`,
      npm_config_fetch_retries: "0",
    };
    try {
      const script = join(root, "scripts/audit.mjs");
      const { stderr, code = 0 } = await run(process.execPath, [script], { cwd: root, env }).catch(
        (error) => error,
      );
      return { code, said: String(stderr) };
    } finally {
      registry.closeAllConnections();
      registry.close();
    }
  }

  test("is no error where the registry has none, and says so", async () => {
    const { code, said } = await audit(() => ({ status: 405, body: {} }));
    expect(code).toBe(0);
    expect(said).toContain("the registry answers no audit, so that vulnerabilities are not known");
  });

  test("passes where nothing is known", async () => {
    const { code, said } = await audit(() => ({ status: 200, body: {} }));
    expect({ code, said }).toEqual({
      code: 0,
      said: expect.stringMatching(/^\d+ packages at runtime, 0 with/),
    });
  });

  test("fails where something is known of what users install, and names it", async () => {
    const advisory = {
      id: 1,
      url: "https://example.com/advisory",
      title: "Reads what it should not",
      severity: "high",
      vulnerable_versions: "*",
    };
    const { code, said } = await audit((path) =>
      path.includes("advisories") ? { status: 200, body: { zod: [advisory] } } : { status: 404, body: {} },
    );
    expect(code).toBe(1);
    expect(said).toContain("zod: high; Reads what it should not https://example.com/advisory");
  });
});
