import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import { WhatsAppSender, type WhatsAppSenderArgs } from "../../provider/index";
import { onStack } from "./onStack";

const stack = onStack();

function sender() {
  const found = stack.account().channelsSenders[seeded.whatsAppSender];
  if (!found) throw new Error("the sender is gone");
  return found;
}

const declared =
  (args: Partial<WhatsAppSenderArgs>, name = "support"): PulumiFn =>
  async () => {
    const named = "senderId" in args ? {} : { senderSid: seeded.whatsAppSender };
    const { sid, senderId } = new WhatsAppSender(name, { ...named, ...args });
    return { sid, senderId };
  };

const { up } = stack;
const writes = (asked: object[]) => asked.filter((request) => "UpdateChannelsSender" in request);

const takeOver = { onConflict: "takeOver" } as const;
const webhook = { callbackUrl: "https://example.com/whatsapp" };
const everything = {
  webhook: {
    callbackUrl: "https://example.com/everything",
    callbackMethod: "PUT",
    fallbackUrl: "https://example.com/fallback",
    fallbackMethod: "PUT",
    statusCallbackUrl: "https://example.com/status",
    statusCallbackMethod: "PUT",
  },
  profile: {
    about: "We answer",
    address: "1 Main Street",
    description: "Support",
    logoUrl: "https://example.com/logo.png",
    bannerUrl: "https://example.com/banner.png",
    privacyUrl: "https://example.com/privacy",
    termsOfServiceUrl: "https://example.com/terms",
    accentColor: "#0A7B83",
    vertical: "Automotive",
    websites: [{ website: "https://example.com", label: "Site" }],
    emails: [{ email: "support@example.com", label: "Mail" }],
    phoneNumbers: [{ phoneNumber: "+15017122661", label: "Phone" }],
  },
} satisfies Partial<WhatsAppSenderArgs>;

describe("a sender", () => {
  stack.afresh();
  let before: ReturnType<typeof sender>;

  test("whose webhook is somebody else's is refused; preview of a take-over says whose", async () => {
    before = structuredClone(sender());
    const refused = await stack.tryUp(declared({ webhook }));
    expect(refused.failed).toBe(true);
    expect(refused.output).toContain("webhook: https://legacy.example.com/*** already handles it");
    expect(refused.output).toContain('set onConflict: "takeOver"');
    expect(sender()).toEqual(before);
    const { output } = await stack.preview(declared({ webhook, ...takeOver }));
    expect(output).toContain("taking over: webhook: https://legacy.example.com/***");
  });

  test("is taken over by one write in Twilio's spelling, waited for, and then rests", async () => {
    const { asked, looks, outputs } = await up(declared({ webhook, ...takeOver }));
    // The check looks too, so that it can say what is taken over.
    expect(looks).toEqual(["ListChannelsSender"]);
    expect(asked.map((request) => Object.keys(request)[0])).toEqual([
      "FetchChannelsSender",
      "UpdateChannelsSender",
      "FetchChannelsSender",
    ]);
    expect(sender().webhook).toMatchObject({
      callback_url: "https://example.com/whatsapp",
      callback_method: "POST",
    });
    expect(outputs).toEqual({ sid: seeded.whatsAppSender, senderId: "whatsapp:+15017122661" });
    expect((await up(declared({ webhook, ...takeOver }))).asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("named by its number instead of its SID is the same sender", async () => {
    const { asked } = await up(declared({ senderId: "whatsapp:+15017122661", webhook, ...takeOver }));
    expect(asked).toEqual([]);
  });

  test("takes every argument, and gives each back when it is taken away", async () => {
    await up(declared({ ...everything, ...takeOver }));
    expect(sender()).toMatchObject({
      webhook: {
        callback_url: "https://example.com/everything",
        callback_method: "PUT",
        fallback_url: "https://example.com/fallback",
        fallback_method: "PUT",
        status_callback_url: "https://example.com/status",
        status_callback_method: "PUT",
      },
      profile: {
        about: "We answer",
        address: "1 Main Street",
        description: "Support",
        logo_url: "https://example.com/logo.png",
        banner_url: "https://example.com/banner.png",
        privacy_url: "https://example.com/privacy",
        terms_of_service_url: "https://example.com/terms",
        accent_color: "#0A7B83",
        vertical: "Automotive",
        websites: [{ website: "https://example.com", label: "Site" }],
        emails: [{ email: "support@example.com", label: "Mail" }],
        phone_numbers: [{ phone_number: "+15017122661", label: "Phone" }],
      },
    });
    expect((await up(declared({ ...everything, ...takeOver }))).asked).toEqual([]);
    expect((await stack.refresh()).steps).toEqual({});
    await up(declared({ webhook, ...takeOver }));
    expect(sender().profile).toEqual(before.profile);
    expect(sender().webhook).toMatchObject({ callback_method: "POST", fallback_method: "POST" });
    expect(sender().webhook.fallback_url ?? "").toBe("");
  });

  test("shows what somebody changed, and repairs it; what nobody declares is nobody's business", async () => {
    await up(declared({ webhook, profile: { about: "We answer" }, ...takeOver }));
    Object.assign(sender().webhook, { callback_url: "https://example.com/by-hand", fallback_method: "PUT" });
    Object.assign(sender().profile, { about: "by hand", description: "by hand" });
    const { diffs } = await stack.refresh();
    expect(diffs.support?.sort()).toEqual(["profile.about", "webhook.callbackUrl", "webhook.fallbackMethod"]);
    await up(declared({ webhook, profile: { about: "We answer" }, ...takeOver }));
    expect(sender()).toMatchObject({
      webhook: { callback_url: "https://example.com/whatsapp", fallback_method: "POST" },
      profile: { about: "We answer", description: "by hand" },
    });
    sender().profile.description = before.profile.description;
  });

  test("under another name, or made anew by force, stays as declared and remembers what was there", async () => {
    await up(declared({ webhook, ...takeOver }, "renamed"));
    expect(sender().webhook.callback_url).toBe("https://example.com/whatsapp");
    await up(declared({ webhook, ...takeOver }, "renamed"), ["renamed"]);
    expect(sender().webhook.callback_url).toBe("https://example.com/whatsapp");
  });

  test("gets its webhook back on destroy, to the letter, and keeps its profile", async () => {
    await up(declared({ webhook, profile: { about: "We answer" }, ...takeOver }, "renamed"));
    await stack.destroy();
    expect(sender().webhook).toEqual(before.webhook);
    expect(sender().profile).toEqual({ ...before.profile, about: "We answer" });
    sender().profile = before.profile;
  });

  test("that is offline after a change is an error with Twilio's reasons, and is finished by the next up", async () => {
    Object.assign(sender(), {
      status: "OFFLINE",
      offline_reasons: [
        {
          code: "63020",
          message: "Business not verified",
          more_info: "https://www.twilio.com/docs/errors/63020",
        },
      ],
    });
    const { failed, output } = await stack.tryUp(declared({ webhook, ...takeOver }));
    expect(failed).toBe(true);
    expect(output).toContain(
      "the sender is offline, and sends and receives nothing. Business not verified (code 63020)",
    );
    Object.assign(sender(), { status: "ONLINE", offline_reasons: null });
    await up(declared({ webhook, ...takeOver }));
    await stack.destroy();
    expect(sender().webhook).toEqual(before.webhook);
  });

  test("is blanked by an empty webhook; with onDelete clear or keep, destroy does that instead", async () => {
    await up(declared({ webhook: {}, onDelete: "keep", ...takeOver }));
    expect(sender().webhook).toMatchObject({ callback_url: null, fallback_url: null });
    expect((await up(declared({ webhook: {}, onDelete: "keep", ...takeOver }))).steps).toEqual({});
    expect((await stack.refresh()).steps).toEqual({});
    await stack.destroy();
    expect(sender().webhook.callback_url).toBeNull();

    await up(declared({ webhook, onDelete: "clear" }));
    await stack.destroy();
    expect(sender().webhook.callback_url).toBeNull();
    sender().webhook = before.webhook;
  });

  test("of another channel is refused", async () => {
    sender().sender_id = "rcs:support";
    const refused = await stack.tryUp(declared({ webhook, ...takeOver }));
    expect(refused.output).toContain(`${seeded.whatsAppSender} is rcs:support, which is no WhatsApp sender`);
    sender().sender_id = before.sender_id;
  });

  test("that is not there is named", async () => {
    const missing = await stack.tryUp(declared({ senderId: "whatsapp:+15550009999", webhook }));
    expect(missing.output).toContain("whatsapp:+15550009999 is not a WhatsApp sender of this account");
    const args = { senderSid: `XE${"0".repeat(32)}`, webhook };
    const gone = await stack.tryUp(async () => void new WhatsAppSender("support", args));
    expect(gone.output).toContain(`XE${"0".repeat(32)} was not found`);
  });
});

describe("a new name of a sender that Meta never approves", () => {
  stack.afresh({ emulator: { quirks: { nameReview: true } } });
  const named = (name: string) => declared({ profile: { name } });

  test("is sent once, reported, and never a difference", async () => {
    const first = await up(named("New Support"));
    expect(writes(first.asked)).toHaveLength(1);
    expect(first.output).toContain('profile.name: "New Support" is not in use (PENDING_REVIEW)');
    expect((await up(named("New Support"))).asked).toEqual([]);
    const refreshed = await stack.refresh();
    expect(refreshed.steps).toEqual({});
    expect(refreshed.output).toContain("Meta reviews it");
    expect(writes((await up(named("New Support"))).asked)).toEqual([]);
  });

  test("is sent again when the declaration changes", async () => {
    const changed = await up(named("Newer Support"));
    expect(writes(changed.asked)).toHaveLength(1);
    expect(sender().pending_display_name).toBe("Newer Support");
    await stack.destroy();
  });
});

describe("a sender that takes its time", () => {
  stack.afresh({ emulator: { senderDelayMs: 60_000 } });

  test("is given up after the time-out, kept, and the next up waits again", async () => {
    const slow = declared({ webhook, timeout: 1, ...takeOver });
    const { failed, output } = await stack.tryUp(slow);
    expect(failed).toBe(true);
    expect(output).toContain("after 1 s the sender is still ONLINE:UPDATING");
    expect(output).toContain("the next up goes on waiting");
    const again = await stack.tryUp(slow);
    expect(again.failed).toBe(true);
    expect(writes(again.asked)).toEqual([]);
    sender().settles_at = 0;
    expect(writes((await up(slow)).asked)).toEqual([]);
    expect((await up(slow)).asked).toEqual([]);
    await stack.destroy();
    expect(sender().webhook.callback_url).toBe("https://legacy.example.com/whatsapp");
  });
});
