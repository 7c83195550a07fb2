import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import { control } from "../emulator/support";
import { channelsOf } from "./account";
import { openProject, type Project } from "./project";

const example = join(__dirname, "../../examples/component-package");
const settings = readFileSync(join(example, "Pulumi.yaml"), "utf8");

let emulator: Emulator;
let project: Project;

const run = (command: string, ...options: string[]) =>
  project.pulumi(command, "--yes", "--skip-preview", ...options);

beforeAll(async () => {
  emulator = await startEmulator();
  project = await openProject(`${settings}main: ${example}\n`, emulator.url);
}, 120_000);
afterAll(async () => {
  project.close();
  await emulator.close();
});

describe("examples/component-package, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = channelsOf(emulator);
  });

  test("the program knows the package of components, and of pulumi-twilio-flex nothing", () => {
    const { dependencies } = JSON.parse(readFileSync(join(example, "package.json"), "utf8"));
    expect(Object.keys(dependencies).sort()).toEqual(["@pulumi/pulumi", "example-support-line"]);
  });

  test("a message to the number reaches agents, as a task that names the team", async () => {
    expect(await run("up")).toMatchObject({ code: 0 });
    const message = { channel: "sms", from: "+15005550006", to: "+15017122661", body: "Where is my parcel?" };
    const { text } = await control(emulator, "POST", "inbound", message);
    const [way] = JSON.parse(text).ways;
    expect([way.by, way.reaches, way.hops.at(-1).sid]).toEqual(["conversations", "agents", seeded.workflow]);
    const flows = Object.values(emulator.state.account().studioFlows);
    const definitions = flows.map(({ revisions }) => JSON.stringify(revisions.at(-1)?.definition));
    expect(definitions.filter((text) => text.includes('\\"team\\":\\"orders\\"'))).toHaveLength(1);
  }, 180_000);

  test("a second up changes nothing and writes nothing, and refresh finds nothing that differs", async () => {
    const asked = emulator.requests.length;
    expect(await run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(emulator.requests.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }, 180_000);

  test("destroy leaves the account as it was", async () => {
    expect(await run("destroy")).toMatchObject({ code: 0 });
    expect(channelsOf(emulator)).toBe(before);
    expect(emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  }, 120_000);
});
