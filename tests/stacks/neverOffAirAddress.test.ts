import { bySomebody, lines, story } from "./onAir";

describe("an address that was made by hand", () => {
  const client = bySomebody();

  test.each(["number", "taken", "sender"] as const)(
    "an address of %s is adopted, and given back",
    async (line) => {
      const [, address = ""] = lines[line][0]?.split(" ") ?? [];
      await client().conversations.v1.addressConfigurations.create({
        type: line === "sender" ? "whatsapp" : "sms",
        address,
        "autoCreation.enabled": false,
        "autoCreation.type": "default",
      });
      await story(line, ["conversations", "proxy", "moving", "conversations", "destroy"], {
        adopt: "ifThere",
      });
    },
    420_000,
  );
});
