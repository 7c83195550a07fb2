import { seeded } from "../../emulator/index";
import { all, bySomebody, givenUp, type Line, type Step, stack, story, toProxy } from "./onAir";

/* What only the stand-in runs: on the engine each operation takes a hundred times as long. */

describe.each(["taken", "sender", "page"] as const)("%s is given up half-way", (line) => {
  test.each<{ steps: Step[] }>([
    { steps: ["conversations"] },
    { steps: ["proxy", "moving"] },
    { steps: ["moving", "proxy"] },
    { steps: ["proxy", "moving", "conversations"] },
  ])("$steps", ({ steps }) => givenUp(line, steps), 420_000);
});

describe("what was made by hand", () => {
  const client = bySomebody();

  const flexFlows: Partial<Record<Line, ["sms" | "whatsapp" | "facebook" | "web", string]>> = {
    number: ["sms", "+15017122661"],
    byHand: ["whatsapp", "whatsapp:+15017122671"],
    page: ["facebook", "messenger:1234"],
    web: ["web", "shop"],
  };
  const withFlexFlow = all.filter((line) => line in flexFlows);

  test.each(withFlexFlow)(
    "on proxy for %s is adopted, moved, and given back",
    async (line) => {
      const [channelType = "sms", contactIdentity = ""] = flexFlows[line] ?? [];
      await client().flexApi.v1.flexFlow.create({
        friendlyName: "By hand",
        chatServiceSid: seeded.chatService,
        channelType,
        contactIdentity,
        enabled: true,
        integrationType: "external",
        "integration.url": "https://old.example.com/in",
      });
      if (line === "number") {
        const number = stack.account().phoneNumbers[seeded.smsNumber];
        if (!number) throw new Error("the number is gone");
        number.sms_url = toProxy;
      }
      const done = new Set<string>();
      for (const steps of [
        ["proxy", "moving", "conversations", "destroy"],
        ["proxy", "moving", "destroy"],
      ] as const)
        await story(line, [...steps], { adopt: "ifThere" }, done);
    },
    420_000,
  );
});
