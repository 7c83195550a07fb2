/** See `help` below. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { say, seconds } from "./progress.mjs";
import { CommandFailed, run } from "./run.mjs";

const help = `npm run test:packages [-- --short]
  Installs the packed packages as users do, and lets programs use them: their types under each module resolution from CommonJS
  and ESM, with the oldest TypeScript and the newest; loading them and both commands under each Node; with the oldest and the
  newest @pulumi/pulumi of the range; installed by npm, pnpm and yarn. --short is what CI runs: the types
  under node16.
`;
const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const { peerDependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const oldestPulumi = peerDependencies["@pulumi/pulumi"].replace("^", "");

const npmInstall = [
  "install",
  "--ignore-scripts",
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
  "--no-package-lock",
];
/** The oldest and the newest that Pulumi accepts. */
const compilers = ["5.4", "<7"];
const nodes = ["20", "22", "24"];
const managers = {
  pnpm: [
    process.execPath,
    join(dirname(require.resolve("pnpm")), "bin/pnpm.cjs"),
    "install",
    "--ignore-scripts",
  ],
  yarn: [
    process.execPath,
    require.resolve("yarn/bin/yarn.js"),
    "install",
    "--ignore-scripts",
    "--no-lockfile",
  ],
};

const program = `import * as pulumi from "@pulumi/pulumi";
import * as flex from "pulumi-twilio-flex";

const support = new flex.SmsChannel("support", {
  phoneNumber: "+15017122661",
  destination: { kind: "studio", definition: flex.studioFlowToFlex() },
});
export const route: pulumi.Output<string> = support.route;
export const found: pulumi.Output<flex.PhoneNumberResult> = flex.getPhoneNumberOutput({ phoneNumber: "+15017122661" });
// @ts-expect-error there is no such argument
new flex.StudioFlow("flow", { definition: {}, status: "published", nothing: 1 });
`;
const emulated = `import { startEmulator } from "twilio-flex-emulator";
export const url: Promise<string> = startEmulator({ strict: true }).then((emulator) => emulator.url);
`;
const loads = `
  const { SmsChannel, StudioFlow } = flex;
  if (typeof SmsChannel !== "function" || typeof StudioFlow !== "function") throw new Error("classes are missing");
  const running = await emulator.startEmulator();
  await running.close();`;

if (process.argv.includes("--help")) process.stdout.write(help);
else await matrix(process.argv.includes("--short"));

/** @param {boolean} short */
async function matrix(short) {
  const folder = mkdtempSync(join(tmpdir(), "packages-"));
  /** @type {string[]} */
  const failed = [];
  /** @param {string} name @param {() => Promise<unknown>} check */
  const cell = async (name, check) => {
    const since = Date.now();
    try {
      await check();
      say(`ok      ${name}  ${seconds(since)}`);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      say(`FAILED  ${name}\n${error.output || error.message}`);
      failed.push(name);
    }
  };
  try {
    const packed = await Promise.all([pack(root, folder), pack(join(root, "emulator"), folder)]);
    const npm = project(folder, "npm", packed, devDependencies["@pulumi/pulumi"]);
    await cell("installed by npm", () => run("npm", npmInstall, { cwd: npm, doing: "installing" }));
    for (const version of compilers) await checkTypes(npm, version, cell, { short });
    if (short) return report(failed);

    await cell("loaded under the Node that runs this", () => load(npm, process.execPath));
    for (const version of nodes)
      await cell(`loaded under Node ${version}`, async () => load(npm, await node(folder, version)));
    for (const version of [oldestPulumi, "latest"]) {
      const own = project(folder, `pulumi-${version}`, packed, version);
      await cell(`with @pulumi/pulumi ${version}`, async () => {
        await run("npm", npmInstall, { cwd: own, doing: "installing" });
        await load(own, process.execPath);
      });
      await checkTypes(own, devDependencies.typescript, cell, { besides: [`@pulumi/pulumi ${version}`] });
    }
    for (const [name, [command = "", ...args]] of Object.entries(managers)) {
      const own = project(folder, name, packed, devDependencies["@pulumi/pulumi"]);
      await cell(`installed by ${name}`, async () => {
        await run(command, args, { cwd: own, doing: "installing" });
        await load(own, process.execPath);
      });
    }
    report(failed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string[]} failed */
function report(failed) {
  say(failed.length === 0 ? "all of it works" : `failed: ${failed.join(", ")}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Packs what is built. @param {string} folder @param {string} destination */
async function pack(folder, destination) {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  const [{ filename }] = JSON.parse(await run("npm", args, { cwd: folder }));
  return join(destination, filename);
}

/**
 * A user's project, where nothing is installed yet.
 *
 * @param {string} folder @param {string} name @param {string[]} packed @param {string} pulumi
 */
function project(folder, name, packed, pulumi) {
  const own = join(folder, name);
  mkdirSync(own);
  for (const file of packed) cpSync(file, join(own, basename(file)));
  const [provider = "", emulator = ""] = packed.map((file) => `file:./${basename(file)}`);
  const dependencies = {
    "@pulumi/pulumi": pulumi,
    "@types/node": devDependencies["@types/node"],
    "pulumi-twilio-flex": provider,
    "twilio-flex-emulator": emulator,
  };
  writeFileSync(join(own, "package.json"), JSON.stringify({ name: "user", private: true, dependencies }));
  for (const extension of ["cts", "mts", "ts"]) {
    writeFileSync(join(own, `program.${extension}`), program);
    writeFileSync(join(own, `emulated.${extension}`), emulated);
  }
  writeFileSync(
    join(own, "load.cjs"),
    `const flex = require("pulumi-twilio-flex"); const emulator = require("twilio-flex-emulator"); (async () => {${loads}})();`,
  );
  writeFileSync(
    join(own, "load.mjs"),
    `import * as flex from "pulumi-twilio-flex"; import * as emulator from "twilio-flex-emulator"; ${loads}`,
  );
  return own;
}

/**
 * Compiles the programs under each module resolution, our declarations with them.
 *
 * @param {string} own @param {string} version of TypeScript
 * @param {(name: string, check: () => Promise<unknown>) => Promise<void>} cell @param {{ short?: boolean, besides?: string[] }} [options]
 */
async function checkTypes(own, version, cell, { short = false, besides = [] } = {}) {
  const compiler = join(own, "compilers", version.replace(/\W/g, "-"));
  mkdirSync(compiler, { recursive: true });
  writeFileSync(join(compiler, "package.json"), "{}");
  await run("npm", [...npmInstall, `typescript@${version}`], { cwd: compiler });
  const found = JSON.parse(
    readFileSync(join(compiler, "node_modules/typescript/package.json"), "utf8"),
  ).version;
  const tsc = join(compiler, "node_modules/typescript/bin/tsc");
  const modules = { node10: "commonjs", node16: "node16", bundler: "esnext" };
  for (const [resolution, module] of Object.entries(modules)) {
    if (short && resolution !== "node16") continue;
    const options = { module, moduleResolution: resolution, target: "es2022", strict: true, noEmit: true };
    const files = ["cts", "mts", "ts"].flatMap((end) => [`program.${end}`, `emulated.${end}`]);
    // TypeScript 6 still has node10, and asks whoever uses it to say so.
    const deprecated = Number(found.split(".")[0]) > 5 ? { ignoreDeprecations: "6.0" } : {};
    const settings = {
      compilerOptions: { ...options, ...deprecated, types: ["node"], skipLibCheck: false },
      files: resolution === "node16" ? files : files.slice(4),
    };
    const config = join(own, `tsconfig.${resolution}.json`);
    writeFileSync(config, JSON.stringify(settings));
    const name = [`types with TypeScript ${found}, ${resolution}`, ...besides].join(", ");
    await cell(name, () => run(process.execPath, [tsc, "--project", config], { cwd: own }).catch(ofOurs));
  }
}

/** What a compiler says of other packages' declarations is none of our faults. @param {unknown} error */
function ofOurs(error) {
  if (!(error instanceof CommandFailed)) throw error;
  const ours = /^(?!\s|node_modules\/(?!pulumi-twilio-flex\/|twilio-flex-emulator\/))/;
  const lines = error.output.split("\n").filter((line) => ours.test(line));
  if (lines.length > 0) throw new CommandFailed(error.message, lines.join("\n"));
}

/** @param {string} own @param {string} program the Node that loads both packages and runs both commands */
async function load(own, program) {
  await run(program, ["load.cjs"], { cwd: own });
  await run(program, ["load.mjs"], { cwd: own });
  for (const command of ["pulumi-twilio-flex", "twilio-flex-emulator"])
    await run(program, [join("node_modules", command, "bin", `${command}.js`), "--help"], { cwd: own });
}

/** A Node of this version, out of the packages that the npm package `node` chooses from. @param {string} folder @param {string} version */
async function node(folder, version) {
  const own = join(folder, `node-${version}`);
  mkdirSync(own);
  writeFileSync(join(own, "package.json"), "{}");
  const name = `node-${process.platform === "darwin" ? "bin-darwin" : process.platform}-${process.arch}`;
  await run("npm", [...npmInstall, `${name}@${version}`], { cwd: own, doing: `installing Node ${version}` });
  const program = join(own, "node_modules", name, "bin/node");
  if (!existsSync(program)) throw new CommandFailed(`${name} holds no Node`);
  return program;
}
