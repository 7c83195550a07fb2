import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, seeded, startEmulator } from "../../emulator/index";
import { snapshotOf } from "../../emulator/snapshot";
import { routesOf } from "../../provider/routing";
import { control } from "../emulator/support";
import { channelsOf } from "./account";
import { openProject, type Project } from "./project";

const example = join(__dirname, "../../examples/flex-conversations");
const settings = readFileSync(join(example, "Pulumi.yaml"), "utf8");

let emulator: Emulator;
let project: Project;

const run = (command: string, ...options: string[]) =>
  project.pulumi(command, "--yes", "--skip-preview", ...options);
const account = () => emulator.state.account();

beforeAll(async () => {
  emulator = await startEmulator();
  project = await openProject(`${settings}main: ${example}\n`, emulator.url);
}, 120_000);
afterAll(async () => {
  project.close();
  await emulator.close();
});

describe("examples/flex-conversations, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = channelsOf(emulator);
  });

  test("a message on any of the four channels reaches agents", async () => {
    expect(await run("up")).toMatchObject({ code: 0 });
    const addresses = {
      sms: "+15017122661",
      whatsapp: "whatsapp:+15017122661",
      messenger: "messenger:104512345678901",
      chat: "shop",
    };
    for (const [channel, to] of Object.entries(addresses)) {
      const message = { channel, from: "+15005550006", to, body: "Where is my parcel?" };
      const { text } = await control(emulator, "POST", "inbound", message);
      const [way] = JSON.parse(text).ways;
      expect([channel, way.by, way.reaches]).toEqual([channel, "conversations", "agents"]);
      expect(way.hops.at(-1).sid).toBe(seeded.workflow);
    }
  }, 180_000);

  test("it says what is left to do by hand, and that is all that is wrong", async () => {
    const { manualSteps } = JSON.parse((await project.pulumi("stack", "output", "--json")).output);
    expect(manualSteps).toHaveLength(3);
    const routes = routesOf(snapshotOf(account()));
    const problems = routes.flatMap((route) => route.problems.map(({ code }) => `${route.channel} ${code}`));
    expect(problems).toEqual(["whatsapp two-handlers"]);
    expect(manualSteps.join("\n")).toContain("WhatsApp sender +15017122661: leave its webhook");
  }, 60_000);

  test("a second up changes nothing, and refresh finds nothing that differs", async () => {
    expect(await run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }, 180_000);

  test("destroy leaves the account as it was", async () => {
    expect(await run("destroy")).toMatchObject({ code: 0 });
    expect(channelsOf(emulator)).toBe(before);
    expect(emulator.requests.flatMap(({ ignored }) => ignored)).toEqual([]);
  }, 120_000);
});
