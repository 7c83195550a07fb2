import { seeded } from "../../emulator/index";
import { FlexConfiguration, FlexFlow, PhoneNumberHandler, TwilioProvider } from "../../provider/index";
import { emulatorCredentials, onStack } from "./onStack";

/** An explicit provider is a process of its own: what has to be known of another one's resources is not in it. */
const on = onStack({ needsEngine: true });

const explicit = () => new TwilioProvider("other", { ...emulatorCredentials, baseUrl: on.emulator.url });
const former = "https://example.com/former";
const proxy = { kind: "proxy", proxyServiceSid: seeded.proxyService } as const;

const number = () => {
  const found = on.account().phoneNumbers[seeded.smsNumber];
  if (!found) throw new Error("the number is not seeded");
  return found;
};
const flow = (name: string, args: { adopt?: string } = {}, opts: { provider?: TwilioProvider } = {}) =>
  new FlexFlow(
    name,
    { chatServiceSid: seeded.chatService, channelType: "sms", contactIdentity: "+15017122661", ...args },
    opts,
  );

test("a flow that is adopted under another provider is not deleted by the one that made it", async () => {
  const { outputs } = await on.up(async () => ({ sid: flow("support").sid }));
  const { steps } = await on.up(async () => {
    flow("again", { adopt: String(outputs.sid) }, { provider: explicit() });
  });
  expect(steps).toMatchObject({ again: "create", support: "delete" });
  expect(Object.keys(on.account().flexFlows)).toEqual([outputs.sid]);
});

test("a warning is on the resource that it is about, with its severity", async () => {
  const [sid = ""] = Object.keys(on.account().flexFlows);
  await on.up(async () => {});
  const { output } = await on.preview(async () => {
    flow("once more", { adopt: sid });
  });
  expect(output).toMatch(/warning: adopting the Flex Flow "once more" \(FO\w+\) changes nothing in it/);
});

describe("a handler under another provider", () => {
  on.afresh();
  const handler = (name: string, provider?: TwilioProvider) =>
    new PhoneNumberHandler(
      name,
      { phoneNumberSid: seeded.smsNumber, message: proxy, onConflict: "takeOver" },
      { provider },
    );

  test("keeps the number as declared, and destroy gives it back", async () => {
    number().sms_url = former;
    await on.up(async () => {
      handler("before");
    });
    await on.up(async () => {
      handler("after", explicit());
    });
    expect(number().sms_url).toContain(seeded.proxyService);
    await on.destroy();
    expect(number().sms_url).toBe(former);
  });

  test("made anew by force after onConflict was taken away, leaves the number as declared", async () => {
    await on.up(async () => {
      handler("before");
    });
    await on.up(async () => {
      new PhoneNumberHandler("before", { phoneNumberSid: seeded.smsNumber, message: proxy });
    }, ["before"]);
    expect(number().sms_url).toContain(seeded.proxyService);
    await on.destroy();
    expect(number().sms_url).toBe(former);
  });
});

test("a configuration takes over nothing that is remembered of another account", async () => {
  const states = {
    accountSid: `AC${"f".repeat(32)}`,
    uiLanguage: "fr",
    previous: { uiLanguage: { uiLanguage: "de" } },
  };
  const before = on.account().flexConfiguration?.ui_language;
  await on.up(async () => {
    const args = { uiLanguage: "fr", __inherited: [states] };
    new FlexConfiguration("flex", args);
  });
  await on.destroy();
  expect(on.account().flexConfiguration?.ui_language).toBe(before);
});
