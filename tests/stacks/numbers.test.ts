import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { seeded } from "../../emulator/index";
import {
  PhoneNumber,
  type PhoneNumberArgs,
  ProxyPhoneNumber,
  type ProxyPhoneNumberArgs,
  ShortCodeHandler,
  type ShortCodeHandlerArgs,
  TwimlApplication,
  type TwimlApplicationArgs,
} from "../../provider/index";
import { onStack } from "./onStack";

const sid = (prefix: string, digit: string) => prefix + digit.repeat(32);
const otherService = sid("KS", "b");

interface Declared {
  number: Partial<PhoneNumberArgs>;
  application: TwimlApplicationArgs;
  shortCode: Partial<ShortCodeHandlerArgs>;
  pool: Partial<ProxyPhoneNumberArgs>;
}

const least: Declared = {
  number: { phoneNumber: "+12065550100" },
  application: {},
  shortCode: { shortCode: "898989", message: { kind: "webhook", url: "https://example.com/short" } },
  pool: {},
};

/** Every argument that can be updated, at another value than its default. */
const everything: Declared = {
  number: {
    ...least.number,
    friendlyName: "Front desk",
    addressSid: sid("AD", "1"),
    bundleSid: sid("BU", "1"),
    identitySid: sid("RI", "1"),
    emergencyStatus: "Inactive",
    emergencyAddressSid: sid("AD", "2"),
  },
  application: {
    friendlyName: "Answers",
    voiceUrl: "https://example.com/voice",
    voiceMethod: "GET",
    voiceFallbackUrl: "https://example.com/voice/down",
    voiceFallbackMethod: "GET",
    voiceCallerIdLookup: true,
    statusCallback: "https://example.com/status",
    statusCallbackMethod: "GET",
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    smsFallbackUrl: "https://example.com/sms/down",
    smsFallbackMethod: "GET",
    messageStatusCallback: "https://example.com/message/status",
    publicApplicationConnectEnabled: true,
  },
  shortCode: {
    ...least.shortCode,
    message: {
      kind: "webhook",
      url: "https://example.com/short/2",
      method: "GET",
      fallbackUrl: "https://example.com/short/down",
      fallbackMethod: "GET",
    },
  },
  pool: { isReserved: true },
};

const stack = onStack();

beforeAll(() => {
  stack.account().proxyServices[otherService] = {
    ...only(Object.values(stack.account().proxyServices)),
    sid: otherService,
    unique_name: "other",
  };
  for (const digit of ["1", "2"]) {
    stack.account().addresses[sid("AD", digit)] = {
      sid: sid("AD", digit),
      account_sid: seeded.account,
      customer_name: "Example",
      street: `${digit} Main St`,
      street_secondary: null,
      city: "Seattle",
      region: "WA",
      postal_code: "98101",
      iso_country: "US",
      friendly_name: null,
      emergency_enabled: true,
      validated: true,
      verified: true,
      date_created: "2021-03-04T05:06:07Z",
      date_updated: "2021-03-04T05:06:07Z",
    };
  }
});

const program =
  (declared: Partial<Declared> = {}, opts: pulumi.CustomResourceOptions = {}): PulumiFn =>
  async () => {
    const all = { ...least, ...declared };
    const number = new PhoneNumber("desk", all.number);
    const application = new TwimlApplication("answers", all.application);
    const shortCode = new ShortCodeHandler("short", {
      message: { kind: "none" },
      onConflict: "takeOver",
      ...all.shortCode,
    });
    const named = all.pool.phoneNumber ?? all.pool.phoneNumberSid;
    const member = new ProxyPhoneNumber(
      "pool",
      {
        serviceSid: seeded.proxyService,
        ...(named === undefined && { phoneNumberSid: number.sid }),
        ...all.pool,
      },
      opts,
    );
    return {
      number: number.phoneNumber,
      numberSid: number.sid,
      application: application.sid,
      shortCode: shortCode.shortCode,
      messageUrl: shortCode.messageUrl,
      member: member.id,
      memberSid: member.sid,
      memberNumber: member.phoneNumber,
    };
  };

function only<T>(items: T[]): T {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) throw new Error(`expected one, and there are ${items.length}`);
  return item;
}
const account = () => stack.account();
const numbers = (phoneNumber: string) =>
  Object.values(account().phoneNumbers).filter(({ phone_number }) => phone_number === phoneNumber);
const number = () => only(numbers("+12065550100"));
const application = () =>
  only(Object.values(account().applications).filter(({ sid }) => sid !== seeded.application));
const shortCode = () => only(Object.values(account().shortCodes));
const member = () => only(Object.values(account().proxyPhoneNumbers));

/** An `up` that has to work. */
async function up(run: PulumiFn) {
  const done = await stack.tryUp(run);
  if (done.failed) throw new Error(done.output);
  return { ...done, requests: done.requests.sort() };
}

test("each is made by one write, and gives what others need", async () => {
  const { steps, requests, looks, outputs } = await up(program());
  expect(steps).toEqual({ desk: "create", answers: "create", short: "create", pool: "create" });
  expect(requests).toEqual([
    "CreateApplication FriendlyName",
    "CreateIncomingPhoneNumber FriendlyName PhoneNumber",
    "CreatePhoneNumber Sid",
    "ListShortCode ShortCode",
    "UpdateShortCode SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl",
  ]);
  // The check says what is taken over.
  expect(looks).toContain("ListShortCode");
  // What Twilio gives a number in the US (recorded: Airbyte source-twilio expected_records.jsonl).
  expect(number()).toMatchObject({ friendly_name: "desk", emergency_status: "Active" });
  expect(application()).toMatchObject({ friendly_name: "answers", sms_url: null });
  expect(shortCode()).toMatchObject({ sms_url: "https://example.com/short", sms_method: "POST" });
  expect(outputs).toEqual({
    number: "+12065550100",
    numberSid: number().sid,
    application: application().sid,
    shortCode: "898989",
    messageUrl: "https://example.com/short",
    member: `${seeded.proxyService}/${number().sid}`,
    memberSid: number().sid,
    memberNumber: "+12065550100",
  });
});

test("nothing changed: nothing is asked, and a refresh sees nothing", async () => {
  expect(await up(program())).toMatchObject({ steps: {}, requests: [] });
  expect((await stack.refresh()).steps).toEqual({});
});

test("every argument is updated, by one request for each object", async () => {
  const { requests } = await up(program(everything));
  expect(requests).toEqual([
    "UpdateApplication FriendlyName MessageStatusCallback PublicApplicationConnectEnabled SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl StatusCallback StatusCallbackMethod VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod VoiceUrl",
    "UpdateIncomingPhoneNumber AddressSid BundleSid EmergencyAddressSid EmergencyStatus FriendlyName IdentitySid",
    "UpdatePhoneNumber IsReserved",
    "UpdateShortCode SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl",
  ]);
  expect(number()).toMatchObject({
    friendly_name: "Front desk",
    address_sid: sid("AD", "1"),
    bundle_sid: sid("BU", "1"),
    identity_sid: sid("RI", "1"),
    emergency_status: "Inactive",
    emergency_address_sid: sid("AD", "2"),
  });
  expect(application()).toMatchObject({
    friendly_name: "Answers",
    voice_url: "https://example.com/voice",
    voice_method: "GET",
    voice_fallback_url: "https://example.com/voice/down",
    voice_fallback_method: "GET",
    voice_caller_id_lookup: true,
    status_callback: "https://example.com/status",
    status_callback_method: "GET",
    sms_url: "https://example.com/sms",
    sms_method: "GET",
    sms_fallback_url: "https://example.com/sms/down",
    sms_fallback_method: "GET",
    message_status_callback: "https://example.com/message/status",
    public_application_connect_enabled: true,
  });
  expect(shortCode()).toMatchObject({
    sms_url: "https://example.com/short/2",
    sms_method: "GET",
    sms_fallback_url: "https://example.com/short/down",
    sms_fallback_method: "GET",
  });
  expect(member().is_reserved).toBe(true);
});

test("an application's URLs cannot be taken away, which preview says", async () => {
  const { output, failed } = await stack.preview(program({ ...everything, application: {} }));
  expect(failed).toBe(true);
  for (const key of ["smsUrl", "voiceUrl"])
    expect(output).toContain(`${key}: cannot be removed; Twilio keeps the last URL of an application`);
});

const { smsUrl, voiceUrl } = everything.application;

test("what is taken away gets its default back; names stay, and the emergency status, which has no default", async () => {
  const { requests } = await up(program({ application: { smsUrl, voiceUrl } }));
  expect(requests).toEqual([
    "UpdateApplication PublicApplicationConnectEnabled SmsFallbackMethod SmsFallbackUrl SmsMethod SmsStatusCallback StatusCallback StatusCallbackMethod VoiceCallerIdLookup VoiceFallbackMethod VoiceFallbackUrl VoiceMethod",
    "UpdateIncomingPhoneNumber AddressSid BundleSid EmergencyAddressSid IdentitySid",
    "UpdatePhoneNumber IsReserved",
    "UpdateShortCode SmsFallbackMethod SmsFallbackUrl SmsMethod SmsUrl",
  ]);
  expect(number()).toMatchObject({
    friendly_name: "Front desk",
    address_sid: null,
    bundle_sid: null,
    identity_sid: null,
    emergency_status: "Inactive",
    emergency_address_sid: null,
  });
  expect(application()).toMatchObject({
    friendly_name: "Answers",
    voice_url: voiceUrl,
    voice_method: "POST",
    voice_fallback_url: null,
    voice_fallback_method: "POST",
    voice_caller_id_lookup: false,
    status_callback: null,
    status_callback_method: "POST",
    sms_url: smsUrl,
    sms_method: "POST",
    sms_fallback_url: null,
    sms_fallback_method: "POST",
    message_status_callback: null,
    public_application_connect_enabled: false,
  });
  expect(member().is_reserved).toBe(false);
  expect((await stack.refresh()).steps).toEqual({});
});

test("a default that is spelt out, and another name for the same number, ask nothing", async () => {
  const spelt = program({
    number: { ...least.number, addressSid: "" },
    application: { smsUrl, voiceUrl, smsMethod: "POST", voiceCallerIdLookup: false, statusCallback: "" },
    shortCode: {
      shortCodeSid: seeded.shortCode,
      shortCode: undefined,
      message: { kind: "webhook", url: "https://example.com/short", method: "POST" },
    },
    pool: { phoneNumber: "+12065550100", isReserved: false },
  });
  const { requests, steps } = await up(spelt);
  expect(requests).toEqual([]);
  expect(Object.values(steps).filter((step) => step !== "update")).toEqual([]);
  expect((await stack.refresh()).steps).toEqual({});
});

const settled = { application: { smsUrl, voiceUrl } };

test("drift shows under every key that has a default, declared or not, and the next up undoes it", async () => {
  await up(program(settled));
  Object.assign(number(), {
    address_sid: sid("AD", "9"),
    bundle_sid: sid("BU", "9"),
    identity_sid: sid("RI", "9"),
    emergency_status: "Active",
    emergency_address_sid: sid("AD", "9"),
  });
  const {
    sid: applicationSid,
    account_sid,
    api_version,
    date_created,
    date_updated,
    ...fields
  } = application();
  const url = "https://example.com/by-hand";
  Object.assign(
    application(),
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === "boolean" ? true : key.endsWith("method") ? "GET" : url,
      ]),
    ),
  );
  Object.assign(shortCode(), { sms_url: url, sms_fallback_url: url, sms_method: "GET" });
  member().is_reserved = true;

  const { diffs } = await stack.refresh();
  expect(diffs.desk?.sort()).toEqual(["addressSid", "bundleSid", "emergencyAddressSid", "identitySid"]);
  expect(diffs.answers?.sort()).toEqual([
    "messageStatusCallback",
    "publicApplicationConnectEnabled",
    "smsFallbackMethod",
    "smsFallbackUrl",
    "smsMethod",
    "smsUrl",
    "statusCallback",
    "statusCallbackMethod",
    "voiceCallerIdLookup",
    "voiceFallbackMethod",
    "voiceFallbackUrl",
    "voiceMethod",
    "voiceUrl",
  ]);
  expect(diffs.short?.sort()).toEqual(["message.fallbackUrl", "message.method", "message.url"]);
  expect(diffs.pool).toEqual(["isReserved"]);

  expect((await up(program(settled))).requests).toHaveLength(4);
  expect(number()).toMatchObject({ address_sid: null, bundle_sid: null, emergency_status: "Active" });
  expect(application()).toMatchObject({
    sms_url: smsUrl,
    voice_url: voiceUrl,
    message_status_callback: null,
    voice_caller_id_lookup: false,
    sms_method: "POST",
  });
  expect(shortCode()).toMatchObject({ sms_url: "https://example.com/short", sms_fallback_url: null });
  expect(member().is_reserved).toBe(false);
  expect((await stack.refresh()).steps).toEqual({});
});

test("another service replaces the pool's number, which leaves the first one before", async () => {
  const { requests, steps } = await up(program({ ...settled, pool: { serviceSid: otherService } }));
  expect(steps.pool).toContain("replace");
  expect(requests).toEqual(["CreatePhoneNumber Sid", "DeletePhoneNumber"]);
  expect(member()).toMatchObject({ service_sid: otherService, sid: number().sid });
});

test("another number is bought before the old one goes, and the account keeps that, with a warning", async () => {
  const before = number();
  const moved = program({ ...settled, number: { phoneNumber: "+12065550101" } });
  const { steps, output, asked } = await up(moved);
  expect(steps.desk).toContain("create-replacement");
  expect(asked.flatMap((request) => Object.keys(request))).toEqual([
    "CreateIncomingPhoneNumber",
    "DeletePhoneNumber",
    "CreatePhoneNumber",
  ]);
  expect(output).toContain(
    `the phone number "desk" (${before.sid}): it stays in the account, with what it costs. To release it, set releaseOnDelete: true`,
  );
  expect(number()).toEqual(before);
  expect(member().sid).toBe(only(numbers("+12065550101")).sid);
});

test("what is gone is made again", async () => {
  const gone = application().sid;
  const [kept] = numbers("+12065550101");
  delete account().applications[gone];
  delete account().phoneNumbers[kept?.sid ?? ""];
  account().proxyPhoneNumbers = {};
  expect((await stack.refresh()).steps).toEqual({ desk: "delete", answers: "delete", pool: "delete" });
  const again = program({ ...settled, number: { phoneNumber: "+12065550101" } });
  expect((await up(again)).steps).toEqual({ desk: "create", answers: "create", pool: "create" });
  expect(application().sid).not.toBe(gone);
});

test("destroy takes back what was made, and keeps the number", async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.failed).toBe(false);
  expect(destroyed.output).toContain("it stays in the account");
  expect(Object.keys(account().applications)).toEqual([seeded.application]);
  expect(Object.keys(account().proxyPhoneNumbers)).toEqual([]);
  expect(shortCode().sms_url).toBe("https://legacy.example.com/short-code");
  expect(numbers("+12065550101")).toHaveLength(1);
});

test("destroying what is gone already is no error", async () => {
  await up(program({ number: { phoneNumber: "+12065550102", releaseOnDelete: true } }));
  account().phoneNumbers = {};
  account().applications = {};
  account().proxyPhoneNumbers = {};
  account().proxyServices = {};
  account().shortCodes = {};
  expect((await stack.destroy()).failed).toBe(false);
});
