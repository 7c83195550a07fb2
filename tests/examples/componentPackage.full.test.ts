import { seeded } from "../../emulator/index";
import { control } from "../emulator/support";
import { channelsOf } from "./account";
import { useExample } from "./useExample";

const example = useExample("component-package");

describe("examples/component-package, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = channelsOf(example.emulator);
  });

  test("the program knows the package of components, and of pulumi-twilio-flex nothing", () => {
    const { dependencies } = JSON.parse(example.text("package.json"));
    expect(Object.keys(dependencies).sort()).toEqual(["@pulumi/pulumi", "example-support-line"]);
  });

  test("a message to the number reaches agents, as a task that names the team", async () => {
    expect(await example.run("up")).toMatchObject({ code: 0 });
    const message = { channel: "sms", from: "+15005550006", to: "+15017122661", body: "Where is my parcel?" };
    const { text } = await control(example.emulator, "POST", "inbound", message);
    const [way] = JSON.parse(text).ways;
    expect([way.by, way.reaches, way.hops.at(-1).sid]).toEqual(["conversations", "agents", seeded.workflow]);
    const flows = Object.values(example.emulator.state.account().studioFlows);
    const definitions = flows.map(({ revisions }) => JSON.stringify(revisions.at(-1)?.definition));
    expect(definitions.filter((text) => text.includes('\\"team\\":\\"orders\\"'))).toHaveLength(1);
  }, 180_000);

  test("a second up changes nothing and writes nothing, and refresh finds nothing that differs", async () => {
    const asked = example.emulator.requests.length;
    expect(await example.run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(example.emulator.requests.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await example.run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }, 180_000);

  test("destroy leaves the account as it was", async () => {
    expect(await example.run("destroy")).toMatchObject({ code: 0 });
    expect(channelsOf(example.emulator)).toBe(before);
  }, 120_000);
});
