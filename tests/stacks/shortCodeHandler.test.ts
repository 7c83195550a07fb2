import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import { ShortCodeHandler, type ShortCodeHandlerArgs } from "../../provider/index";
import { onStack } from "./onStack";

const legacy = "https://legacy.example.com/short-code";
const ours = "https://example.com/short";
const webhook = { kind: "webhook", url: ours } as const;
const otherSid = `SC${"b".repeat(32)}`;

const stack = onStack({ eachTest: true });

const program =
  (args: Partial<ShortCodeHandlerArgs> = {}, name = "short"): PulumiFn =>
  async () => {
    const { sid, shortCode, messageUrl } = new ShortCodeHandler(name, {
      shortCode: "898989",
      message: webhook,
      onConflict: "takeOver",
      ...args,
    });
    return { sid, shortCode, messageUrl };
  };

function shortCode(sid: string = seeded.shortCode) {
  const found = stack.account().shortCodes[sid];
  if (!found) throw new Error(`${sid} is not seeded`);
  return found;
}

const { up } = stack;

test("somebody else's handler is named and left alone, unless it may be taken over", async () => {
  const before = { ...shortCode() };
  const refused = await stack.tryUp(program({ onConflict: "fail" }));
  expect(refused.failed).toBe(true);
  expect(refused.output).toMatch(
    /message: https:\/\/legacy\.example\.com.* already handles it.*onConflict: "takeOver"/,
  );
  expect(shortCode()).toEqual(before);

  const { output } = await stack.preview(program());
  expect(output).toContain("taking over: message: https://legacy.example.com/***");
  await up(program());
  expect(shortCode().sms_url).toBe(ours);
  await stack.destroy();
  expect({ ...shortCode(), date_updated: before.date_updated }).toEqual(before);
});

test("none blanks it; clear and keep do what they say", async () => {
  await up(program({ message: { kind: "none" } }));
  expect(shortCode()).toMatchObject({ sms_url: null, sms_method: "POST" });
  expect((await up(program({ message: { kind: "none" } }))).requests).toEqual([]);
  expect((await stack.refresh()).steps).toEqual({});

  await up(program({ onDelete: "keep" }));
  await stack.destroy();
  expect(shortCode().sms_url).toBe(ours);
  await up(program({ onDelete: "clear" }));
  await stack.destroy();
  expect(shortCode().sms_url).toBeNull();
});

test("another short code replaces, and the first gets back what it had", async () => {
  stack.account().shortCodes[otherSid] = { ...shortCode(), sid: otherSid, short_code: "8989891" };
  await up(program());
  const { steps, outputs } = await up(program({ shortCode: undefined, shortCodeSid: otherSid }));
  expect(steps.short).toContain("replace");
  expect(outputs).toEqual({ sid: otherSid, shortCode: "8989891", messageUrl: ours });
  expect([shortCode().sms_url, shortCode(otherSid).sms_url]).toEqual([legacy, ours]);
});

test("a forced replacement, a new name and a taint leave it answering, and destroy gives it back", async () => {
  await up(program());
  await up(program(), ["short"]);
  expect(shortCode().sms_url).toBe(ours);
  await up(program({}, "renamed"));
  expect(shortCode().sms_url).toBe(ours);
  await stack.taint("renamed");
  await up(program({}, "renamed"));
  expect(shortCode().sms_url).toBe(ours);
  await stack.destroy();
  expect(shortCode().sms_url).toBe(legacy);
});

test("a second resource for the same short code, or one that is not there, is refused", async () => {
  const twice = await stack.tryUp(async () => {
    new ShortCodeHandler("one", { shortCode: "898989", message: webhook, onConflict: "takeOver" });
    new ShortCodeHandler("two", { shortCodeSid: seeded.shortCode, message: webhook, onConflict: "takeOver" });
  });
  expect(twice.failed).toBe(true);
  expect(twice.output).toContain("another resource of this stack declares message of the same");
  const missing = await stack.tryUp(program({ shortCode: "89898" }, "other"));
  expect(missing.output).toContain("89898 is not a short code of this account; lease it from Twilio first");
});

test("get reads one without managing it", async () => {
  const read: PulumiFn = async () => {
    const { shortCode, messageUrl } = ShortCodeHandler.get("existing", seeded.shortCode);
    return { shortCode, messageUrl };
  };
  expect((await up(read)).outputs).toEqual({ shortCode: "898989", messageUrl: legacy });
  await stack.destroy();
  expect(shortCode().sms_url).toBe(legacy);
});
