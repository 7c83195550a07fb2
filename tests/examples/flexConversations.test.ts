import { seeded } from "../../emulator/index";
import { snapshotOf } from "../../emulator/messages/snapshot";
import { routesOf } from "../../provider/routing";
import { control } from "../emulator/support";
import { channelsOf } from "./account";
import { useExample } from "./useExample";

const example = useExample("flex-conversations");

const account = () => example.emulator.state.account();

describe("examples/flex-conversations, run by the CLI", () => {
  let before: string;
  beforeAll(() => {
    before = channelsOf(example.emulator);
  });

  test("a message on any of the four channels reaches agents", async () => {
    expect(await example.run("up")).toMatchObject({ code: 0 });
    const addresses = {
      sms: "+15017122661",
      whatsapp: "whatsapp:+15017122661",
      messenger: "messenger:104512345678901",
      chat: "shop",
    };
    for (const [channel, to] of Object.entries(addresses)) {
      const message = { channel, from: "+15005550006", to, body: "Where is my parcel?" };
      const { text } = await control(example.emulator, "POST", "inbound", message);
      const [way] = JSON.parse(text).ways;
      expect([channel, way.by, way.reaches]).toEqual([channel, "conversations", "agents"]);
      expect(way.hops.at(-1).sid).toBe(seeded.workflow);
    }
  }, 180_000);

  test("it says what is left to do by hand, and that is all that is wrong", async () => {
    const { manualSteps } = JSON.parse((await example.project.pulumi("stack", "output", "--json")).output);
    expect(manualSteps).toHaveLength(3);
    const routes = routesOf(snapshotOf(account()));
    const problems = routes.flatMap((route) => route.problems.map(({ code }) => `${route.channel} ${code}`));
    expect(problems).toEqual(["whatsapp shadowed-sender"]);
    expect(manualSteps.join("\n")).toContain("WhatsApp sender +15017122661: leave its webhook");
  }, 60_000);

  test("a second up changes nothing, and refresh finds nothing that differs", async () => {
    expect(await example.run("up", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await example.run("refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }, 180_000);

  test("destroy leaves the account as it was", async () => {
    expect(await example.run("destroy")).toMatchObject({ code: 0 });
    expect(channelsOf(example.emulator)).toBe(before);
  }, 120_000);
});
