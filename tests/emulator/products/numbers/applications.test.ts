import { seeded, startEmulator } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const applications = () => clientOf(emulator.current).applications;
const everyUrl = {
  voiceUrl: "https://example.com/voice",
  voiceFallbackUrl: "https://example.com/voice/fallback",
  statusCallback: "https://example.com/status",
  smsUrl: "https://example.com/sms",
  smsFallbackUrl: "https://example.com/sms/fallback",
  messageStatusCallback: "https://example.com/message/status",
};

test("an application lives through create, list, fetch, update and delete", async () => {
  const made = await applications().create();
  expect(made).toMatchObject({
    accountSid: seeded.account,
    apiVersion: "2010-04-01",
    friendlyName: null,
    voiceUrl: null,
    voiceMethod: "POST",
    voiceCallerIdLookup: false,
    smsUrl: null,
    messageStatusCallback: null,
    smsStatusCallback: null,
    publicApplicationConnectEnabled: false,
  });
  const params = {
    ...everyUrl,
    friendlyName: "Line",
    voiceMethod: "GET",
    voiceFallbackMethod: "GET",
    voiceCallerIdLookup: true,
    statusCallbackMethod: "GET",
    smsMethod: "GET",
    smsFallbackMethod: "GET",
    publicApplicationConnectEnabled: true,
  };
  await applications()(made.sid).update(params);
  expect(await applications()(made.sid).fetch()).toMatchObject({
    ...params,
    smsStatusCallback: everyUrl.messageStatusCallback,
  });
  await applications()(made.sid).remove();
  expect(Object.keys(emulator.current.state.account().applications)).toEqual([seeded.application]);
  await expect(applications()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a list shows the newest first, page by page, or the ones of a name", async () => {
  for (const friendlyName of ["a", "b", "b"]) await applications().create({ friendlyName });
  const names = (found: { friendlyName: string }[]) => found.map(({ friendlyName }) => friendlyName);
  expect(names(await applications().list({ pageSize: 2 }))).toEqual(["b", "b", "a", "Legacy application"]);
  expect(names(await applications().list({ friendlyName: "b" }))).toEqual(["b", "b"]);
  const page = await applications().page({ pageSize: 2 });
  expect(page.nextPageUrl).toContain(`/2010-04-01/Accounts/${seeded.account}/Applications.json?`);
});

describe("an empty value", () => {
  const cleared = {
    friendlyName: "",
    voiceUrl: "",
    voiceMethod: "",
    voiceFallbackUrl: "",
    statusCallback: "",
    smsUrl: "",
    smsFallbackUrl: "",
    messageStatusCallback: "",
  };

  test("leaves some URLs as they are", async () => {
    const { sid } = await applications().create({ ...everyUrl, friendlyName: "Line", voiceMethod: "GET" });
    expect(await applications()(sid).update(cleared)).toMatchObject({
      friendlyName: null,
      voiceUrl: everyUrl.voiceUrl,
      voiceMethod: "POST",
      voiceFallbackUrl: null,
      statusCallback: null,
      smsUrl: everyUrl.smsUrl,
      smsFallbackUrl: null,
      messageStatusCallback: everyUrl.messageStatusCallback,
      smsStatusCallback: everyUrl.messageStatusCallback,
    });
    expect(await applications()(sid).update({ smsStatusCallback: "" })).toMatchObject({
      messageStatusCallback: null,
      smsStatusCallback: null,
    });
  });

  test("clears every URL where the quirk is off", async () => {
    const plain = await startEmulator({ quirks: { applicationKeepsUrls: false } });
    try {
      const client = clientOf(plain);
      const { sid } = await client.applications.create(everyUrl);
      expect(await client.applications(sid).update(cleared)).toMatchObject({
        voiceUrl: null,
        smsUrl: null,
        messageStatusCallback: null,
      });
    } finally {
      await plain.close();
    }
  });
});

test("the two names of the message status callback are one field", async () => {
  const { sid } = await applications().create({ smsStatusCallback: "https://example.com/old" });
  expect((await applications()(sid).fetch()).messageStatusCallback).toBe("https://example.com/old");
  const both = { smsStatusCallback: "", messageStatusCallback: "https://example.com/new" };
  expect((await applications()(sid).update(both)).smsStatusCallback).toBe("https://example.com/new");
});

test("a number whose application is deleted has none", async () => {
  const number = clientOf(emulator.current).incomingPhoneNumbers(seeded.smsNumber);
  await number.update({ smsApplicationSid: seeded.application, voiceApplicationSid: seeded.application });
  await applications()(seeded.application).remove();
  expect(await number.fetch()).toMatchObject({ smsApplicationSid: "", voiceApplicationSid: "" });
});

test.each([
  ["too long a name", { friendlyName: "x".repeat(65) }, 20001],
  ["half a URL", { smsUrl: "example.com" }, 21402],
  ["another scheme", { messageStatusCallback: "ftp://example.com" }, 21402],
  ["another method", { voiceMethod: "PUT" }, 20001],
])("refuses %s", async (_, params, code) => {
  await expect(applications().create(params)).rejects.toMatchObject({ status: 400, code });
  await expect(applications()(seeded.application).update(params)).rejects.toMatchObject({ code });
  expect(Object.keys(emulator.current.state.account().applications)).toEqual([seeded.application]);
});
