import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Application, seeded } from "../../emulator/index";
import { TwimlApplication, type TwimlApplicationArgs } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

const program =
  (args: TwimlApplicationArgs = {}, name = "answers"): PulumiFn =>
  async () => {
    const { sid, adopted } = new TwimlApplication(name, args);
    return { sid, adopted };
  };

const applications = () => Object.values(stack.account().applications);
function legacy(): Application {
  const found = stack.account().applications[seeded.application];
  if (!found) throw new Error("No application is seeded");
  return found;
}

const { up } = stack;
let found: Application;

test("one that is there is adopted by its SID, and what is not declared stays and is put back", async () => {
  legacy().message_status_callback = "https://example.com/found";
  found = structuredClone(legacy());
  const args: TwimlApplicationArgs = { adopt: seeded.application, smsUrl: "https://example.com/sms" };
  const { output } = await stack.preview(program(args));
  expect(output).toContain(`adopting the TwiML application "answers" (${seeded.application}) changes smsUrl`);
  const { requests, outputs } = await up(program(args));
  expect(requests.at(-1)).toBe("UpdateApplication SmsUrl");
  expect(outputs).toEqual({ sid: seeded.application, adopted: true });
  expect(legacy()).toMatchObject({ message_status_callback: "https://example.com/found" });

  legacy().message_status_callback = "https://example.com/by-hand";
  expect((await stack.refresh()).diffs.answers).toEqual(["messageStatusCallback"]);
  await up(program(args));
  expect(legacy().message_status_callback).toBe("https://example.com/found");

  await up(program({ ...args, messageStatusCallback: "https://example.com/declared" }));
  expect((await up(program(args))).asked).toEqual([{ UpdateApplication: { SmsStatusCallback: "" } }]);
  expect(legacy().message_status_callback).toBeNull();
});

test("an adopted one stays on destroy as it was found, but for what Twilio cannot clear, unless it may be deleted", async () => {
  expect(found).toMatchObject({ sms_url: null, message_status_callback: "https://example.com/found" });
  const { requests, output } = await stack.destroy();
  expect(requests).toEqual(["FetchApplication", "UpdateApplication MessageStatusCallback"]);
  expect(output).toContain("smsUrl: cannot be removed; Twilio keeps the last URL");
  const sms_url = "https://example.com/sms";
  expect(legacy()).toMatchObject({ ...found, sms_url, date_updated: expect.anything() });
  await up(program({ adopt: seeded.application, deleteAdopted: true }));
  await stack.destroy();
  expect(applications()).toEqual([]);
});

test("there may be several alike, and adopt: true is refused", async () => {
  await up(async () => {
    new TwimlApplication("one", { friendlyName: "alike" });
    new TwimlApplication("two", { friendlyName: "alike" });
  });
  expect(applications().map(({ friendly_name }) => friendly_name)).toEqual(["alike", "alike"]);
  await stack.destroy();
  const { output } = await stack.preview(program({ adopt: true }));
  expect(output).toContain(
    "adopt: true takes the one with the same natural key, and this TwiML application has none",
  );
});

test("one whose answer was lost is there once", async () => {
  stack.emulator.addFault({
    match: { operationId: "CreateApplication" },
    times: 1,
    effect: { drop: "after" },
  });
  const { outputs } = await up(program());
  expect(applications().map(({ sid }) => sid)).toEqual([outputs.sid]);
});

test("by force a new one is made before the old one goes", async () => {
  const { asked } = await up(program(), ["answers"]);
  expect(asked.flatMap((request) => Object.keys(request))).toEqual([
    "CreateApplication",
    "DeleteApplication",
  ]);
  expect(applications()).toHaveLength(1);
});
