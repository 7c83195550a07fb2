import * as pulumi from "@pulumi/pulumi";
import { type PhoneNumber, seeded } from "../../emulator/index";
import { PhoneNumberHandler, type PhoneNumberHandlerArgs } from "../../provider/index";
import { onStack } from "./onStack";

const account = seeded.account;
const proxyUrl = `https://webhooks.twilio.com/v1/Accounts/${account}/Proxy/${seeded.proxyService}/Webhooks/Message`;
const flowUrl = `https://webhooks.twilio.com/v1/Accounts/${account}/Flows/${seeded.studioFlow}`;
const proxy = { kind: "proxy", proxyServiceSid: seeded.proxyService } as const;
const studio = { kind: "studio", studioFlowSid: seeded.studioFlow } as const;

const stack = onStack({ eachTest: true });
let original: PhoneNumber;

beforeEach(() => {
  original = { ...number() };
});

/** The number as the account has it. */
function number(sid: string = seeded.smsNumber): PhoneNumber {
  const found = stack.account().phoneNumbers[sid];
  if (!found) throw new Error(`${sid} is not seeded`);
  return found;
}

/** The number without its dates, which every write moves. */
const settings = ({ date_updated, ...rest }: PhoneNumber) => rest;

const handler =
  (args: Partial<PhoneNumberHandlerArgs>, name = "support", opts?: pulumi.CustomResourceOptions) =>
  async () => {
    const made = new PhoneNumberHandler(name, { phoneNumber: "+15017122661", ...args }, opts);
    return {
      sid: made.sid,
      phoneNumber: made.phoneNumber,
      messageUrl: made.messageUrl,
      voiceUrl: made.voiceUrl,
    };
  };

const writes = () => stack.emulator.requests.filter(({ method }) => method === "POST");

describe("a handler's life", () => {
  test("sets the declared side, leaves the other alone, and puts everything back", async () => {
    const made = await stack.tryUp(handler({ message: proxy }));
    expect(made.outputs).toEqual({
      sid: seeded.smsNumber,
      phoneNumber: "+15017122661",
      messageUrl: proxyUrl,
      // Not declared, and yet shown as it is.
      voiceUrl: original.voice_url,
    });
    expect(number()).toMatchObject({ sms_url: proxyUrl, sms_method: "POST", voice_url: original.voice_url });
    expect(writes()).toHaveLength(1);

    const before = stack.emulator.requests.length;
    expect((await stack.tryUp(handler({ message: proxy }))).steps).toEqual({});
    expect(stack.emulator.requests).toHaveLength(before);

    expect((await stack.refresh()).steps).toEqual({});
    await stack.destroy();
    expect(settings(number())).toEqual(settings(original));
  });

  test("updates every argument of both sides, and resets what is taken away", async () => {
    await stack.tryUp(handler({ message: proxy, voice: studio }));
    expect(number()).toMatchObject({ sms_url: proxyUrl, voice_url: flowUrl });

    await stack.tryUp(
      handler({
        message: {
          kind: "webhook",
          url: "https://example.com/sms",
          method: "GET",
          fallbackUrl: "https://example.com/down",
          fallbackMethod: "GET",
        },
        voice: {
          kind: "webhook",
          url: "https://example.com/call",
          method: "GET",
          fallbackUrl: "https://example.com/down",
          fallbackMethod: "GET",
          statusCallback: "https://example.com/status",
          statusCallbackMethod: "GET",
          callerIdLookup: true,
        },
      }),
    );
    expect(number()).toMatchObject({
      sms_url: "https://example.com/sms",
      sms_method: "GET",
      sms_fallback_url: "https://example.com/down",
      sms_fallback_method: "GET",
      voice_url: "https://example.com/call",
      voice_method: "GET",
      voice_fallback_url: "https://example.com/down",
      voice_fallback_method: "GET",
      status_callback: "https://example.com/status",
      status_callback_method: "GET",
      voice_caller_id_lookup: true,
    });

    await stack.tryUp(handler({ message: { kind: "none" }, voice: { kind: "none" } }));
    expect(number()).toMatchObject({
      sms_url: "",
      sms_method: "POST",
      sms_fallback_url: "",
      sms_fallback_method: "POST",
      voice_url: "",
      voice_fallback_url: "",
      status_callback: "",
      status_callback_method: "POST",
      voice_caller_id_lookup: false,
    });

    await stack.tryUp(handler({ message: { kind: "none" } }));
    expect(number()).toMatchObject({ voice_url: original.voice_url, sms_url: "" });
    await stack.destroy();
    expect(settings(number())).toEqual(settings(original));
  });

  test("switches between application and trunk, which exclude each other", async () => {
    const trunkSid = `TK${"1".repeat(32)}`;
    await stack.tryUp(handler({ voice: { kind: "application", applicationSid: seeded.application } }));
    expect(number()).toMatchObject({ voice_application_sid: seeded.application, voice_url: "" });
    await stack.tryUp(handler({ voice: { kind: "trunk", trunkSid } }));
    expect(number()).toMatchObject({ trunk_sid: trunkSid, voice_application_sid: "" });
    await stack.tryUp(handler({ voice: { kind: "application", applicationSid: seeded.application } }));
    expect(number()).toMatchObject({ voice_application_sid: seeded.application });
    expect(number().trunk_sid ?? "").toBe("");
  });

  test("naming the same number the other way is no change; another number replaces and gives back the first", async () => {
    await stack.tryUp(handler({ message: proxy }));
    const bySid = { phoneNumberSid: seeded.smsNumber, phoneNumber: undefined };
    expect((await stack.tryUp(handler({ ...bySid, message: proxy }))).steps).toEqual({});

    const other = { ...number(seeded.legacyNumber) };
    const moved = handler({ phoneNumber: "+15558675310", message: proxy, onConflict: "takeOver" });
    const preview = await stack.preview(moved);
    expect(preview.output).toContain(
      'taking over: message: https://legacy.example.com/*** already handles it; changes smsUrl "https://legacy.example.com/***" → "https://webhooks.twilio.com/',
    );
    expect((await stack.tryUp(moved)).steps.support).toContain("replace");
    expect(settings(number())).toEqual(settings(original));
    expect(number(seeded.legacyNumber).sms_url).toBe(proxyUrl);
    await stack.destroy();
    expect(settings(number(seeded.legacyNumber))).toEqual(settings(other));
  });

  test("shows drift of declared and of undeclared fields, and repairs both", async () => {
    await stack.tryUp(handler({ message: proxy }));
    number().sms_url = "https://example.com/by-hand";
    expect((await stack.refresh()).diffs.support).not.toEqual([]);
    await stack.tryUp(handler({ message: proxy }));
    expect(number().sms_url).toBe(proxyUrl);

    number().sms_fallback_url = "https://user:pass@example.com/by-hand?key=1";
    const drift = await stack.refresh();
    expect(drift.diffs.support).toEqual(["message.fallbackUrl"]);
    expect(JSON.stringify(await stack.stored())).not.toContain("user:pass");
    await stack.tryUp(handler({ message: proxy }));
    expect(number()).toMatchObject({ sms_url: proxyUrl, sms_fallback_url: "" });
  });

  test("a number that is gone is said to be gone, and destroy goes on without it", async () => {
    await stack.tryUp(handler({ message: proxy }));
    delete stack.account().phoneNumbers[seeded.smsNumber];
    const destroyed = await stack.destroy();
    expect(destroyed.failed).toBe(false);

    const again = await stack.tryUp(handler({ message: proxy }));
    expect(again.failed).toBe(true);
    expect(again.output).toContain("+15017122661 is not a number of this account");
  });
});

// As Twilio's page on hosted numbers prints one, whose methods are null too, also after an update of something else.
test("a hosted number has null for all that is unset, which is blank", async () => {
  const unset = Object.keys(number()).filter((key) =>
    /^(sms|voice|status)_.*(url|method|sid|callback)$/.test(key),
  );
  expect(unset).toHaveLength(12);
  Object.assign(number(), Object.fromEntries(unset.map((key) => [key, null])), { origin: "hosted" });
  const hosted = { ...number() };

  const made = await stack.tryUp(handler({ message: proxy }));
  expect(made.failed).toBe(false);
  expect(made.outputs.voiceUrl).toBeUndefined();
  expect(number()).toMatchObject({
    sms_url: proxyUrl,
    sms_method: "POST",
    voice_url: null,
    voice_method: null,
  });
  expect((await stack.tryUp(handler({ message: proxy }))).steps).toEqual({});
  expect((await stack.refresh()).steps).toEqual({});

  await stack.tryUp(handler({ message: proxy, voice: studio }));
  expect(number()).toMatchObject({ voice_url: flowUrl, voice_method: "POST" });
  await stack.tryUp(handler({ message: proxy, voice: { kind: "none" } }));
  expect((await stack.refresh()).steps).toEqual({});

  expect((await stack.destroy()).failed).toBe(false);
  const isBlank = (value: unknown) => value === null || value === "" || value === "POST";
  const after = settings(number());
  expect(Object.entries(after).filter(([key, value]) => unset.includes(key) && !isBlank(value))).toEqual([]);
  expect({ ...after, ...Object.fromEntries(unset.map((key) => [key, null])) }).toEqual(settings(hosted));
});

describe("what was there before", () => {
  test("somebody else's handler is named and left alone, unless it may be taken over", async () => {
    const legacy = { ...number(seeded.legacyNumber) };
    const args = { phoneNumber: "+15558675310", message: proxy };
    const refused = await stack.tryUp(handler(args));
    expect(refused.failed).toBe(true);
    expect(refused.output).toMatch(
      /message: https:\/\/legacy\.example\.com.* already handles it.*onConflict: "takeOver"/,
    );
    expect(number(seeded.legacyNumber)).toEqual(legacy);

    await stack.tryUp(handler({ ...args, onConflict: "takeOver" }));
    expect(number(seeded.legacyNumber).sms_url).toBe(proxyUrl);
    await stack.destroy();
    expect(settings(number(seeded.legacyNumber))).toEqual(settings(legacy));
  });

  test("onDelete clears or keeps; a change of it makes no request", async () => {
    await stack.tryUp(handler({ message: proxy }));
    const before = stack.emulator.requests.length;
    expect((await stack.tryUp(handler({ message: proxy, onDelete: "keep" }))).steps).toEqual({
      support: "update",
    });
    expect(stack.emulator.requests).toHaveLength(before);
    await stack.destroy();
    expect(number().sms_url).toBe(proxyUrl);

    await stack.tryUp(handler({ message: proxy, onDelete: "clear" }));
    await stack.destroy();
    expect(number().sms_url).toBe("");
  });

  test("is not put back where somebody else has set the handler meanwhile", async () => {
    await stack.tryUp(handler({ message: proxy }));
    number().sms_url = "https://example.com/by-hand";
    const destroyed = await stack.destroy();
    expect(destroyed.output).toContain("no longer as declared here");
    expect(number().sms_url).toBe("https://example.com/by-hand");
  });

  test("a remembered application that is gone leaves the side blank, with a warning", async () => {
    number().voice_application_sid = seeded.application;
    await stack.tryUp(handler({ voice: studio, onConflict: "takeOver" }));
    delete stack.account().applications[seeded.application];
    const destroyed = await stack.destroy();
    expect(destroyed.failed).toBe(false);
    expect(destroyed.output).toContain("cannot be put back, so it is cleared");
    expect(number()).toMatchObject({ voice_url: "", voice_application_sid: "" });
  });
});

describe("a resource that changes its place keeps the number answering, and destroy still gives the original back", () => {
  const declared = { message: proxy, voice: studio };
  const answers = () => expect(number()).toMatchObject({ sms_url: proxyUrl, voice_url: flowUrl });
  const givesBack = async () => {
    await stack.destroy();
    expect(settings(number())).toEqual(settings(original));
  };

  test("renamed without alias", async () => {
    await stack.tryUp(handler(declared));
    expect((await stack.tryUp(handler(declared, "renamed"))).steps).toEqual({
      renamed: "create",
      support: "delete",
    });
    answers();
    expect((await stack.tryUp(handler(declared, "renamed"))).steps).toEqual({});
    await givesBack();
  });

  test("renamed and changed at once", async () => {
    await stack.tryUp(
      handler({ message: { kind: "webhook", url: "https://example.com/first" }, voice: studio }),
    );
    expect((await stack.tryUp(handler(declared, "renamed"))).failed).toBe(false);
    answers();
    await givesBack();
  });

  test("moved into a component", async () => {
    await stack.tryUp(handler(declared));
    const moved = await stack.tryUp(async () => {
      const parent = new pulumi.ComponentResource("test:index:Channel", "channel");
      await handler(declared, "support", { parent })();
    });
    expect(moved.failed).toBe(false);
    answers();
    await givesBack();
  });

  test("one side handed from one resource to another", async () => {
    const legacy = { phoneNumber: "+15558675310", onConflict: "takeOver" } as const;
    original = { ...number(seeded.legacyNumber) };
    await stack.tryUp(handler({ ...legacy, ...declared }));
    const split = async () => {
      await handler({ ...legacy, message: proxy })();
      await handler({ ...legacy, onConflict: "fail", voice: studio }, "calls")();
    };
    expect((await stack.tryUp(split)).failed).toBe(false);
    expect(number(seeded.legacyNumber)).toMatchObject({ sms_url: proxyUrl, voice_url: flowUrl });
    await stack.destroy();
    expect(settings(number(seeded.legacyNumber))).toEqual(settings(original));
  });

  test("replaced by force", async () => {
    await stack.tryUp(handler(declared));
    expect((await stack.tryUp(handler(declared), ["support"])).steps.support).toContain("replace");
    answers();
    await givesBack();
  });

  test("tainted", async () => {
    await stack.tryUp(handler(declared));
    await stack.taint("support");
    expect((await stack.tryUp(handler(declared))).steps.support).toContain("replace");
    answers();
    await givesBack();
  });
});

test("two handlers of one side of one number are refused, however the number is named", async () => {
  const twice = await stack.tryUp(async () => {
    new PhoneNumberHandler("one", { phoneNumber: "+15017122661", message: proxy });
    new PhoneNumberHandler("two", { phoneNumberSid: seeded.smsNumber, message: studio });
  });
  expect(twice.failed).toBe(true);
  expect(twice.output).toContain("another resource of this stack declares message of the same");
});

test("one program may own the message side and another the voice side", async () => {
  const both = async () => {
    new PhoneNumberHandler("messages", { phoneNumber: "+15017122661", message: proxy });
    new PhoneNumberHandler("calls", { phoneNumber: "+15017122661", voice: studio });
  };
  expect((await stack.tryUp(both)).failed).toBe(false);
  expect(number()).toMatchObject({ sms_url: proxyUrl, voice_url: flowUrl });
  await stack.destroy();
  expect(settings(number())).toEqual(settings(original));
});

test("get reads a number without managing it", async () => {
  const read = await stack.tryUp(async () => {
    const number = PhoneNumberHandler.get("existing", seeded.smsNumber);
    return { phoneNumber: number.phoneNumber, messageUrl: number.messageUrl };
  });
  expect(read.outputs).toEqual({ phoneNumber: "+15017122661", messageUrl: original.sms_url });
  await stack.destroy();
  expect(writes()).toHaveLength(0);
});
