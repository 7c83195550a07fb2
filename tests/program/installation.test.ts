import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
const { version } = require("../../package.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "program-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a resource as a program in this folder would, with a package loaded from elsewhere. */
function construct() {
  const program = `
    const pulumi = require(${JSON.stringify(join(root, "node_modules/@pulumi/pulumi"))});
    pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
    const { ProxyService } = require(${JSON.stringify(join(root, "dist"))});
    try { new ProxyService("proxy", { uniqueName: "x" }); console.log("made"); }
    catch (error) { console.log(error.constructor.name + ": " + error.message); }`;
  return spawnSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" }).stdout.trim();
}

function install(packageFolder: string) {
  mkdirSync(join(folder, packageFolder, ".."), { recursive: true });
  symlinkSync(root, join(folder, packageFolder));
}

test.each([["node_modules/pulumi-twilio-flex"], ["node_modules/.pnpm/node_modules/pulumi-twilio-flex"]])(
  "a program that has the package in %s can use it",
  (where) => {
    install(where);
    expect(construct()).toBe("made");
  },
);

test("a program whose folder has no such package is told what to add", () => {
  expect(construct()).toBe(
    "RunError: pulumi-twilio-flex cannot be found from the program's folder: add it to the dependencies of the program itself",
  );
});

test("a program whose folder has another version is told both", () => {
  const other = join(folder, "node_modules/pulumi-twilio-flex");
  mkdirSync(join(other, "dist"), { recursive: true });
  writeFileSync(join(other, "dist/provider.js"), "");
  writeFileSync(
    join(other, "package.json"),
    JSON.stringify({
      name: "pulumi-twilio-flex",
      version: "9.9.9",
      exports: { "./provider": "./dist/provider.js" },
    }),
  );
  expect(construct()).toBe(
    `RunError: the program uses pulumi-twilio-flex ${version}, but its folder resolves to 9.9.9: depend on one version of it`,
  );
});
