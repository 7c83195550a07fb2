import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const script = join(__dirname, "..", "..", "scripts", "imports.mjs");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "imports-"));
  for (const folder of ["provider", "emulator"]) mkdirSync(join(root, folder));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the script says of these files. */
function problemsOf(files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  const problems = stderr.split("\n").filter(Boolean);
  expect(status).toBe(problems.length === 0 ? 0 : 1);
  return problems;
}

test("imports that run one way are fine", () => {
  const files = {
    "provider/index.ts": 'export * from "./a";\n',
    "provider/a.ts": 'import type { B } from "./b";\nexport type A = B;\n',
    "provider/b.ts": "export type B = 1;\n",
  };
  expect(problemsOf(files)).toEqual([]);
});

test("a circle of type imports is a circle", () => {
  const files = {
    "provider/a.ts": 'import type { B } from "./b";\nexport type A = B;\n',
    "provider/b.ts": 'export type B = import("./c").C;\n',
    "provider/c.ts": 'import { type A } from "./a";\nexport type C = A;\n',
  };
  expect(problemsOf(files)).toEqual([
    "circle: provider/a.ts -> provider/b.ts -> provider/c.ts -> provider/a.ts",
  ]);
});

test("records that import the state run against the order of the emulator", () => {
  const files = {
    "emulator/account/state.ts": "export type State = 1;\n",
    "emulator/products/sync/records.ts":
      'import type { State } from "../../account/state";\nexport type A = State;\n',
  };
  expect(problemsOf(files)).toEqual([
    "emulator/products/sync/records.ts (records) imports emulator/account/state.ts (the account)",
  ]);
});
