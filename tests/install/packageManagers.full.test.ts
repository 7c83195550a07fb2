import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index";
import { channelsOf } from "../examples/account";
import { openProject, type Project } from "../examples/project";
import { type Machine, otherComponents, otherVersion, type PackageManager, prepareMachine } from "./support";

const { version } = require("../../package.json");
const settings = readFileSync(join(__dirname, "../../examples/component-package/Pulumi.yaml"), "utf8");

let emulator: Emulator;
let machine: Machine;
let before: string;
let program: string;
let project: Project;

beforeAll(async () => {
  [emulator, machine] = await Promise.all([startEmulator(), prepareMachine()]);
  before = channelsOf(emulator);
}, 120_000);
afterAll(async () => {
  machine.close();
  await emulator.close();
});

/** Makes the example's program in a folder of its own, installs what it needs, and opens it. */
async function install(folder: string, manager: PackageManager, ...args: string[]) {
  program = machine.program(folder);
  await machine.call(manager, program, "install", ...args);
  project = await openProject(`${settings}main: ${program}\n`, emulator.url);
}
const run = (command: string, ...options: string[]) =>
  project.pulumi(command, "--yes", "--skip-preview", ...options);

/** Whether preview ended with this sentence, and nothing was made. */
async function expectRefusal(sentence: string) {
  const { code, output } = await project.pulumi("up", "--yes");
  expect(code).not.toBe(0);
  expect(output).toContain(`error: ${sentence}\n`);
  expect(output.match(/\d+ errored/g)).toEqual(["1 errored"]);
  expect(output).not.toMatch(/^\s+at /m);
  expect(channelsOf(emulator)).toBe(before);
}

describe.each([
  ["npm", "npm", "npm", "install"],
  ["pnpm", "pnpm", "pnpm", "add"],
  ["pnpm in a workspace", "pnpm", "workspace/programs/orders", "add"],
  ["yarn 1", "yarn", "yarn", "add"],
] as const)("a program that uses a package of components, installed by %s", (_, manager, folder, add) => {
  beforeAll(() => install(folder, manager), 300_000);
  afterAll(() => project.close());

  test("makes the support line, and a second up changes nothing", async () => {
    expect(await run("up")).toMatchObject({ code: 0 });
    expect(Object.values(emulator.state.account().addressConfigurations)).toHaveLength(1);
    const asked = emulator.requests.length;
    expect(await run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(emulator.requests.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
  }, 240_000);

  test("refresh finds nothing that differs, and destroy leaves the account as it was", async () => {
    expect(await run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await run("destroy")).toMatchObject({ code: 0 });
    expect(channelsOf(emulator)).toBe(before);
    expect(emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  }, 240_000);

  test("with another such package, which needs another version, preview says so", async () => {
    await machine.call(manager, program, add, otherComponents);
    appendFileSync(
      join(program, "index.ts"),
      `import * as other from "${otherComponents}";
       new other.SupportLine("returns", { phoneNumber: "+15558675310", team: "returns" });`,
    );
    await expectRefusal(
      `the program uses pulumi-twilio-flex ${otherVersion}, but its folder resolves to ${version}: depend on one version of it`,
    );
  }, 240_000);
});

describe.each([
  ["npm with nested packages", "npm", "nested", "install", "--install-strategy=nested"],
  ["pnpm without hoisting", "pnpm", "not-hoisted", "add", "--config.hoist=false"],
] as const)("such a program, installed by %s", (_, manager, folder, add, option) => {
  beforeAll(() => install(folder, manager, option), 300_000);
  afterAll(() => project.close());

  test("is told in preview that it has to depend on pulumi-twilio-flex itself", async () => {
    await expectRefusal(
      "pulumi-twilio-flex cannot be found from the program's folder: add it to the dependencies of the program itself",
    );
  }, 240_000);

  test("works when it does", async () => {
    await machine.call(manager, program, add, option, `pulumi-twilio-flex@${version}`);
    expect(await project.pulumi("preview")).toMatchObject({ code: 0 });
  }, 240_000);
});
