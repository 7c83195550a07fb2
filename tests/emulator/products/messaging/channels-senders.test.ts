import { type Clock, type EmulatorOptions, seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, type RawAnswer, useEmulator } from "../../support";

const emulator = useEmulator();
const running = () => emulator.current;
type Running = ReturnType<typeof running>;

const senders = (at: Running = running()) => clientOf(at).messaging.v2.channelsSenders;
const sender = (at: Running = running()) => senders(at)(seeded.whatsAppSender);
const stored = (at: Running = running()) => {
  const record = at.state.account().channelsSenders[seeded.whatsAppSender];
  if (!record) throw new Error("The WhatsApp sender of the profile is gone");
  return record;
};

/** The SDK types bodies in camelCase and sends them as they are; the API reads snake_case. */
const post = (path: string, body: object, at: Running = running()): Promise<RawAnswer> =>
  ask(at, `/messaging.twilio.com/v2/Channels/Senders${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
const update = (body: object, at?: Running) => post(`/${seeded.whatsAppSender}`, body, at);

test("the profile's sender is found by its channel", async () => {
  expect((await senders().list({ channel: "whatsapp" })).map(({ sid }) => sid)).toEqual([
    seeded.whatsAppSender,
  ]);
  expect(await senders().list({ channel: "rcs" })).toEqual([]);
  expect(await sender().fetch()).toMatchObject({
    status: "ONLINE",
    senderId: "whatsapp:+15017122661",
    webhook: { callbackUrl: "https://legacy.example.com/whatsapp" },
    profile: { name: "Example Support" },
    offlineReasons: null,
    compliance: null,
  });
  const withoutChannel = await ask(running(), "/messaging.twilio.com/v2/Channels/Senders");
  expect(withoutChannel).toMatchObject({ status: 400, body: { code: 20001 } });
});

// Recorded: dixahq/twilio-client ChannelSenderFetchTest.scala and ChannelSenderCreateTest.scala.
test("what is not set has no key, and an empty part is an empty object", async () => {
  const made = await post("", {
    sender_id: "whatsapp:+15558675310",
    configuration: { waba_id: "1" },
    webhook: { callback_url: "https://example.com/in", callback_method: "POST" },
    profile: { name: "Support" },
  });
  const parts = { configuration: { waba_id: "1" }, profile: { name: "Support" } };
  const webhook = { callback_url: "https://example.com/in", callback_method: "POST" };
  const { body } = made;
  expect({ ...body }).toMatchObject({ properties: null, offline_reasons: null });
  expect([body.configuration, body.profile, body.webhook]).toEqual([
    parts.configuration,
    parts.profile,
    webhook,
  ]);
  const path = `/messaging.twilio.com/v2/Channels/Senders/${body.sid}`;
  await post(`/${body.sid}`, { webhook: { callback_url: null, callback_method: null } });
  const fetched = (await ask(running(), path)).body;
  expect(fetched.configuration).toEqual(parts.configuration);
  expect(fetched.profile).toEqual(parts.profile);
  expect([fetched.webhook, fetched.properties]).toEqual([{}, {}]);
});

test("a sender is being created, online, and deleted along with its place in a service", async () => {
  const made = await post("", {
    sender_id: "whatsapp:+15558675310",
    friendly_name: "Support",
    configuration: { waba_id: "1", verification_method: "sms", verification_code: "123456" },
    profile: { name: "Support" },
  });
  expect(made).toMatchObject({
    status: 202,
    body: {
      status: "CREATING",
      friendly_name: "Support",
      configuration: { waba_id: "1", verification_method: "sms" },
      webhook: {},
    },
  });
  const sid = String(made.body.sid);
  expect(await senders()(sid).fetch()).toMatchObject({ status: "ONLINE", profile: { name: "Support" } });

  const { channelSenders } = clientOf(running()).messaging.v1.services(seeded.messagingService);
  await channelSenders.create({ sid });
  await senders()(sid).remove();
  expect(await channelSenders.list()).toEqual([]);
  await expect(senders()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(senders()(sid).remove()).rejects.toMatchObject({ status: 404 });
});

test("an update keeps what it does not name, and answers with what it was given", async () => {
  const before = structuredClone(stored());
  const webhook = { fallback_url: "https://example.com/fallback", fallback_method: "PUT" };
  expect(await update({ webhook })).toMatchObject({
    status: 202,
    body: {
      status: "ONLINE:UPDATING",
      sender_id: "whatsapp:+15017122661",
      webhook,
      profile: null,
      configuration: null,
    },
  });
  await update({ profile: { about: "Ask us" }, friendly_name: "Support" });
  expect(stored()).toMatchObject({
    friendly_name: "Support",
    configuration: before.configuration,
    webhook: { ...before.webhook, ...webhook },
    profile: { ...before.profile, about: "Ask us" },
  });
  expect((await sender().fetch()).status).toBe("ONLINE");
});

const fields = {
  configuration: {
    waba_id: "2",
    verification_method: "voice",
    voice_application_sid: seeded.application,
    account_type: "ISV",
  },
  webhook: {
    callback_url: "https://example.com/callback",
    callback_method: "PUT",
    fallback_url: "https://example.com/fallback",
    fallback_method: "PUT",
    status_callback_url: "https://example.com/status",
    status_callback_method: "POST",
  },
  profile: {
    about: "About",
    address: "1 Example Street",
    description: "Description",
    logo_url: "https://example.com/logo.png",
    banner_url: "https://example.com/banner.png",
    privacy_url: "https://example.com/privacy",
    terms_of_service_url: "https://example.com/terms",
    accent_color: "#112233",
    use_case: "TRANSACTIONAL",
    vertical: "Education",
    websites: [{ website: "https://example.com", label: "Website" }],
    emails: [{ email: "help@example.com", label: "Email" }],
    phone_numbers: [{ phone_number: "+15017122661", label: "Phone" }],
  },
};

test.each(Object.entries(fields))("every field of %s is set, and cleared by null", async (part, values) => {
  await update({ [part]: values });
  const answer = await ask(running(), `/messaging.twilio.com/v2/Channels/Senders/${seeded.whatsAppSender}`);
  expect(answer.body[part]).toMatchObject(values);

  const nothing = Object.fromEntries(Object.keys(values).map((key) => [key, null]));
  await update({ [part]: nothing });
  expect(stored()).toMatchObject({ [part]: nothing });
});

test("an empty text or list clears a field as well", async () => {
  await update({ webhook: { callback_url: "" }, profile: { websites: [], about: "" } });
  expect(stored()).toMatchObject({
    webhook: { callback_url: null, callback_method: "POST" },
    profile: { websites: null, about: null },
  });
});

test.each([
  ["half a URL", { webhook: { callback_url: "example.com" } }],
  ["another method", { webhook: { callback_method: "GET" } }],
  ["another vertical", { profile: { vertical: "Fishing" } }],
  ["an empty display name", { profile: { name: "" } }],
  ["websites that are texts", { profile: { websites: ["https://example.com"] } }],
  ["websites that are no list", { profile: { websites: "https://example.com" } }],
  ["an unknown application", { configuration: { voice_application_sid: `AP${"0".repeat(32)}` } }],
  ["a webhook that is a text", { webhook: "https://example.com" }],
])("refuses %s and changes nothing", async (_, body) => {
  const before = structuredClone(stored());
  expect(await update(body)).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(stored()).toEqual(before);
});

test.each([
  ["no channel", { sender_id: "+15558675310", profile: { name: "x" } }, 400],
  ["no number", { sender_id: "whatsapp:support", profile: { name: "x" } }, 400],
  ["no display name", { sender_id: "whatsapp:+15558675310" }, 400],
  ["no sender", {}, 400],
  ["a taken number", { sender_id: "whatsapp:+15017122661", profile: { name: "x" } }, 409],
])("creates no sender of %s", async (_, body, status) => {
  expect((await post("", body)).status).toBe(status);
  expect(Object.keys(running().state.account().channelsSenders)).toEqual([seeded.whatsAppSender]);
});

test("names in camelCase do nothing, and the request log says so", async () => {
  await sender().update({
    webhook: { callbackUrl: "https://example.com/callback" },
    profile: null,
    configuration: { verificationCode: "123456" },
  });
  expect(stored().webhook.callback_url).toBe("https://legacy.example.com/whatsapp");
  expect(running().requests.at(-1)?.ignored).toEqual([
    "webhook.callbackUrl",
    "configuration.verificationCode",
  ]);
});

test("a verification code is in no answer, no state and no log", async () => {
  const answer = await update({ configuration: { verification_code: "918273" } });
  expect(answer.status).toBe(202);
  const seen = [answer.text, JSON.stringify(running().state), JSON.stringify(running().requests)];
  expect(seen.filter((text) => text.includes("918273"))).toEqual([]);
});

test("a new display name is reviewed first: until then the old one is in use", async () => {
  const asked = await update({ profile: { name: "New name", about: "New" } });
  expect(asked.body).toMatchObject({
    profile: { name: "Example Support", about: "New" },
    pending_display_name: "New name",
    pending_display_name_status: "PENDING_REVIEW",
    display_name_status: "updating",
  });
  expect(await sender().fetch()).toMatchObject({
    profile: { name: "New name" },
    pendingDisplayName: "New name",
    pendingDisplayNameStatus: "COMPLETED",
    displayNameStatus: null,
  });
  expect((await update({ profile: { name: "New name" } })).body.display_name_status).toBe("no_change");
});

test("the name of an RCS sender needs no review", async () => {
  const made = await post("", { sender_id: "rcs:example_agent", profile: { name: "Example" } });
  const renamed = await post(`/${made.body.sid}`, { profile: { name: "Renamed" } });
  expect(renamed.body).toMatchObject({ profile: { name: "Renamed" }, pending_display_name: null });
});

async function withEmulator(options: EmulatorOptions, run: (at: Running) => Promise<void>): Promise<void> {
  const other = await startEmulator(options);
  try {
    await run(other);
    expect(other.requests.filter(({ status }) => status === 500)).toEqual([]);
  } finally {
    await other.close();
  }
}

test("a change takes its time on the emulator's own clock", async () => {
  let time = Date.parse("2025-01-02T03:04:05Z");
  const clock: Clock = () => new Date(time);
  await withEmulator({ clock, senderDelayMs: 5000 }, async (at) => {
    const status = async () => (await sender(at).fetch()).status;
    await update({ profile: { name: "New name" } }, at);
    expect(await status()).toBe("ONLINE:UPDATING");
    time += 4999;
    expect((await senders(at).list({ channel: "whatsapp" })).map((listed) => listed.status)).toEqual([
      "ONLINE:UPDATING",
    ]);
    expect((await sender(at).fetch()).profile.name).toBe("Example Support");
    expect((await update({ profile: { name: "New name" } }, at)).body.display_name_status).toBe(
      "pending_review",
    );
    time += 5000;
    expect(await sender(at).fetch()).toMatchObject({
      status: "ONLINE",
      profile: { name: "New name" },
      pendingDisplayNameStatusDate: new Date("2025-01-02T03:04:14Z"),
    });
  });
});

test("with the quirk on, a new display name stays under review", async () => {
  await withEmulator({ quirks: { nameReview: true } }, async (at) => {
    await update({ profile: { name: "New name" } }, at);
    expect(await sender(at).fetch()).toMatchObject({
      status: "ONLINE",
      profile: { name: "Example Support" },
      pendingDisplayName: "New name",
      pendingDisplayNameStatus: "PENDING_REVIEW",
    });
  });
});

test("a sender that its record takes offline says why, once an update is over", async () => {
  const reason = {
    code: "63016",
    message: "Suspended",
    more_info: "https://www.twilio.com/docs/errors/63016",
  };
  Object.assign(stored(), { status: "OFFLINE", offline_reasons: [reason] });
  expect((await update({ profile: { about: "Back soon" } })).body.status).toBe("ONLINE:UPDATING");
  expect(await sender().fetch()).toMatchObject({
    status: "OFFLINE",
    offlineReasons: [{ code: "63016", message: "Suspended" }],
  });
});
