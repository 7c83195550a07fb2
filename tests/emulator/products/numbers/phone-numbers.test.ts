import { seeded, startEmulator } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const numbers = () => clientOf(emulator.current).incomingPhoneNumbers;
const stored = (sid: string = seeded.smsNumber) => emulator.current.state.account().phoneNumbers[sid];
const trunk = `TK${"1".repeat(32)}`;

test("the profile's numbers are found by any part of the number and by name", async () => {
  const found = async (filter: { phoneNumber?: string; friendlyName?: string }) =>
    (await numbers().list(filter)).map(({ phoneNumber }) => phoneNumber);
  expect(await found({})).toEqual(["+15558675310", "+15017122661"]);
  expect(await found({ phoneNumber: "+15017122661" })).toEqual(["+15017122661"]);
  expect(await found({ phoneNumber: "867" })).toEqual(["+15558675310"]);
  expect(await found({ phoneNumber: "+1***712" })).toEqual(["+15017122661"]);
  expect(await found({ phoneNumber: "+19" })).toEqual([]);
  expect(await found({ friendlyName: "Legacy support line" })).toEqual(["+15558675310"]);
});

test("a number keeps what an update does not name, and an empty value clears a field", async () => {
  const number = numbers()(seeded.legacyNumber);
  const changed = await number.update({ smsUrl: "https://example.com/sms", smsMethod: "GET" });
  expect(changed).toMatchObject({
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    smsFallbackUrl: "https://legacy.example.com/sms/fallback",
    voiceUrl: "https://legacy.example.com/voice",
    dateCreated: new Date("2021-03-04T05:06:07Z"),
  });
  const cleared = await number.update({ smsUrl: "", smsMethod: "", smsFallbackUrl: "", voiceMethod: "" });
  expect(cleared).toMatchObject({ smsUrl: "", smsMethod: "POST", smsFallbackUrl: "", voiceMethod: "POST" });
  expect((await number.fetch()).smsUrl).toBe("");
  expect(stored(seeded.legacyNumber)?.sms_url).toBe("");
});

test("voice application and trunk exclude each other", async () => {
  const number = numbers()(seeded.smsNumber);
  await number.update({ voiceApplicationSid: seeded.application });
  expect(await number.update({ trunkSid: trunk })).toMatchObject({
    trunkSid: trunk,
    voiceApplicationSid: "",
  });
  expect(await number.update({ voiceApplicationSid: seeded.application })).toMatchObject({
    trunkSid: null,
    voiceApplicationSid: seeded.application,
  });
  expect(await number.update({ voiceApplicationSid: "" })).toMatchObject({
    voiceApplicationSid: "",
    trunkSid: null,
  });
});

test("with the quirk on, a trunk takes only once the application is gone", async () => {
  const quirky = await startEmulator({ quirks: { trunkNeedsNoApplication: true } });
  try {
    const number = clientOf(quirky).incomingPhoneNumbers(seeded.smsNumber);
    await number.update({ voiceApplicationSid: seeded.application });
    const both = { trunkSid: trunk, voiceApplicationSid: "" };
    expect(await number.update(both)).toMatchObject({ trunkSid: null, voiceApplicationSid: "" });
    expect(await number.update(both)).toMatchObject({ trunkSid: trunk });
  } finally {
    await quirky.close();
  }
});

const anAddress = {
  customerName: "Example",
  street: "1 Main St",
  city: "Seattle",
  region: "WA",
  postalCode: "98101",
  isoCountry: "US",
};

test.each([
  ["an unknown application", { smsApplicationSid: `AP${"0".repeat(32)}` }, 21420],
  ["an unknown address", { addressSid: `AD${"0".repeat(32)}` }, 20001],
  ["an unknown emergency address", { emergencyAddressSid: `AD${"0".repeat(32)}` }, 20001],
  ["an unknown voice application", { voiceApplicationSid: `AP${"0".repeat(32)}` }, 21420],
  ["half a URL", { smsUrl: "example.com/sms" }, 21402],
  ["another scheme", { voiceUrl: "ftp://example.com/voice" }, 21402],
  ["another method", { smsMethod: "PUT" }, 20001],
  ["a malformed trunk", { trunkSid: "TK1" }, 20001],
  ["too long a name", { friendlyName: "x".repeat(65) }, 20001],
])("refuses %s and changes nothing", async (_, params, code) => {
  const before = structuredClone(stored());
  await expect(numbers()(seeded.smsNumber).update(params)).rejects.toMatchObject({ status: 400, code });
  expect(stored()).toEqual(before);
});

test("a number is bought once and released", async () => {
  const bought = await numbers().create({ phoneNumber: "+18089255327" });
  expect(bought).toMatchObject({ friendlyName: "(808) 925-5327", smsUrl: "", smsMethod: "POST" });
  // Recorded: call-tracking-rails, cassette purchase-phone-number.
  expect(bought).toMatchObject({
    voiceUrl: null,
    voiceFallbackUrl: null,
    smsFallbackUrl: "",
    statusCallback: "",
  });
  await expect(numbers().create({ phoneNumber: "+18089255327" })).rejects.toMatchObject({ code: 21422 });
  await expect(numbers().create({})).rejects.toMatchObject({ message: "did or area_code is required" });
  await numbers()(bought.sid).remove();
  expect(stored(bought.sid)).toBeUndefined();
});

// Recorded: Airbyte source-twilio expected_records.jsonl, dixahq/twilio-client IncomingPhoneNumberListTest.
test("numbers of North America may call emergency services from the start, others not", async () => {
  const statusOf = async (phoneNumber: string) => (await numbers().create({ phoneNumber })).emergencyStatus;
  expect(await statusOf("+18089255327")).toBe("Active");
  expect(await statusOf("+442079460001")).toBe("Inactive");
});

// The words are those that Twilio's CLI printed in a hands-on for number purchases (21631, 21404).
test("a trial account has one number", async () => {
  const account = emulator.current.state.account();
  account.type = "Trial";
  await expect(numbers().create({ phoneNumber: "+18089255327" })).rejects.toMatchObject({
    status: 400,
    code: 21404,
    message:
      "Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade your account.",
  });
  for (const { sid } of await numbers().list()) await numbers()(sid).remove();
  expect((await numbers().create({ phoneNumber: "+18089255327" })).phoneNumber).toBe("+18089255327");
});

// As Twilio's page on hosted numbers prints one.
test("a hosted number has no handlers at all, also after an update of one of them", async () => {
  const hosted = stored();
  if (!hosted) throw new Error("not seeded");
  Object.assign(hosted, nothing, { origin: "hosted" });
  const changed = await numbers()(hosted.sid).update({ smsUrl: "https://example.com/sms" });
  expect(changed.toJSON()).toMatchObject({
    smsUrl: "https://example.com/sms",
    smsMethod: null,
    voiceUrl: null,
    voiceMethod: null,
    smsApplicationSid: null,
  });
});

const nothing = {
  sms_application_sid: null,
  sms_url: null,
  sms_method: null,
  sms_fallback_url: null,
  sms_fallback_method: null,
  status_callback: null,
  status_callback_method: null,
  voice_application_sid: null,
  voice_url: null,
  voice_method: null,
  voice_fallback_url: null,
  voice_fallback_method: null,
};

test("an area code gives the first number that is for sale there", async () => {
  expect((await numbers().create({ areaCode: "415" })).phoneNumber).toBe("+14155550100");
  expect((await numbers().create({ areaCode: "415" })).phoneNumber).toBe("+14155550101");
  await expect(numbers().create({ areaCode: "999" })).rejects.toMatchObject({ status: 400, code: 21452 });
  await expect(numbers().create({ areaCode: "1" })).rejects.toMatchObject({ status: 400, code: 21451 });
});

test("a number from the stock can do what the stock says, and some need an address", async () => {
  const berlin = { phoneNumber: "+493023125000" };
  const addressIn = async (isoCountry: string) =>
    (await clientOf(emulator.current).addresses.create({ ...anAddress, isoCountry })).sid;
  // The words are those that Twilio's CLI printed in a hands-on for number purchases (21631, 21404).
  await expect(numbers().create(berlin)).rejects.toMatchObject({
    status: 400,
    code: 21631,
    message: "Phone Number Requires an Address but the 'AddressSid' parameter was empty.",
  });
  await expect(numbers().create({ ...berlin, addressSid: await addressIn("US") })).rejects.toMatchObject({
    status: 400,
    code: 21615,
  });
  const addressSid = await addressIn("DE");
  const bought = await numbers().create({ ...berlin, addressSid });
  await expect(numbers()(bought.sid).update({ addressSid: "" })).rejects.toMatchObject({ code: 21631 });
  expect((await numbers()(bought.sid).update({ friendlyName: "Berlin" })).addressSid).toBe(addressSid);
  expect(bought).toMatchObject({
    addressRequirements: "local",
    capabilities: { voice: true, sms: false, mms: false },
  });
  const { sid } = await numbers().create({ phoneNumber: "+18335550123" });
  expect(stored(sid)?.type).toBe("toll-free");
});

test("a number is not released while it has an emergency address", async () => {
  const number = numbers()(seeded.smsNumber);
  const { sid } = await clientOf(emulator.current).addresses.create(anAddress);
  const registered = await number.update({ emergencyAddressSid: sid });
  expect(registered.emergencyAddressStatus).toBe("registered");
  await expect(number.remove()).rejects.toMatchObject({ status: 400, code: 21631 });
  expect(stored()).toBeDefined();
  const cleared = await number.update({ emergencyStatus: "Inactive", emergencyAddressSid: "" });
  expect(cleared).toMatchObject({ emergencyAddressSid: null, emergencyAddressStatus: "unregistered" });
  await number.remove();
  expect(stored()).toBeUndefined();
});

describe("what works with a number goes with it", () => {
  const sub = `AC${"a".repeat(32)}`;
  const address = `IG${"1".repeat(32)}`;
  const whatsApp = `IG${"2".repeat(32)}`;

  beforeEach(async () => {
    const { state } = emulator.current;
    state.plant({ accounts: { [sub]: { owner_account_sid: seeded.account } } });
    const account = state.account();
    await clientOf(emulator.current)
      .proxy.v1.services(seeded.proxyService)
      .phoneNumbers.create({ sid: seeded.smsNumber });
    Object.assign(account.messagingPhoneNumbers, { [seeded.smsNumber]: { sid: seeded.smsNumber } });
    Object.assign(account.addressConfigurations, {
      [address]: { sid: address, type: "sms", address: "+15017122661" },
      [whatsApp]: { sid: whatsApp, type: "whatsapp", address: "whatsapp:+15017122661" },
    });
  });

  test.each([
    ["released", () => numbers()(seeded.smsNumber).remove()],
    ["moved", () => numbers()(seeded.smsNumber).update({ accountSid: sub })],
  ])("when it is %s", async (_, act) => {
    await act();
    const account = emulator.current.state.account();
    expect(stored()).toBeUndefined();
    expect(account.proxyPhoneNumbers).toEqual({});
    expect(account.messagingPhoneNumbers).toEqual({});
    expect(Object.keys(account.addressConfigurations)).toEqual([whatsApp]);
  });

  test("but not when it only changes", async () => {
    await numbers()(seeded.smsNumber).update({ accountSid: seeded.account, smsUrl: "" });
    const account = emulator.current.state.account();
    expect(Object.keys(account.proxyPhoneNumbers)).toEqual([seeded.smsNumber]);
    expect(Object.keys(account.messagingPhoneNumbers)).toEqual([seeded.smsNumber]);
    expect(Object.keys(account.addressConfigurations)).toEqual([address, whatsApp]);
  });
});

test("a parent reaches its subaccount's numbers by the path, and nobody else's", async () => {
  const sub = `AC${"a".repeat(32)}`;
  const stranger = `AC${"b".repeat(32)}`;
  const { state } = emulator.current;
  state.plant({
    accounts: {
      [sub]: { owner_account_sid: seeded.account, auth_token: "sub" },
      [stranger]: { auth_token: "other" },
    },
  });
  const parent = clientOf(emulator.current);
  expect(await parent.api.v2010.accounts(sub).incomingPhoneNumbers.list()).toEqual([]);
  await expect(parent.api.v2010.accounts(stranger).incomingPhoneNumbers.list()).rejects.toMatchObject({
    status: 404,
    message: `The requested resource /2010-04-01/Accounts/${stranger}/IncomingPhoneNumbers.json was not found`,
  });

  const { sid: addressSid } = await parent.addresses.create(anAddress);
  const { sid: addressOfSub } = await parent.api.v2010.accounts(sub).addresses.create(anAddress);
  await expect(numbers()(seeded.smsNumber).update({ accountSid: sub, addressSid })).rejects.toMatchObject({
    status: 400,
    code: 20001,
  });
  await numbers()(seeded.smsNumber).update({ accountSid: sub, addressSid: addressOfSub });
  expect(state.account(sub).phoneNumbers[seeded.smsNumber]?.account_sid).toBe(sub);
  const own = clientOf(emulator.current, sub, "sub").incomingPhoneNumbers;
  expect((await own.list()).map(({ sid }) => sid)).toEqual([seeded.smsNumber]);
});

test("the paths of one type list that type only, and sell no other", async () => {
  const { local, tollFree, mobile } = numbers();
  const free = await tollFree.create({ phoneNumber: "+18335550123", smsUrl: "https://example.com/sms" });
  expect(free).toMatchObject({ friendlyName: "(833) 555-0123", smsUrl: "https://example.com/sms" });
  const british = await mobile.create({ phoneNumber: "+447700900042" });
  const seattle = await local.create({ phoneNumber: "+12065550142", friendlyName: "Seattle" });

  const sids = (list: { sid: string }[]) => list.map(({ sid }) => sid);
  expect(sids(await tollFree.list())).toEqual([free.sid]);
  expect(sids(await mobile.list())).toEqual([british.sid]);
  expect(sids(await local.list({ pageSize: 1 }))).toEqual([
    seattle.sid,
    seeded.legacyNumber,
    seeded.smsNumber,
  ]);
  expect(sids(await local.list({ friendlyName: "Seattle" }))).toEqual([seattle.sid]);
  expect(sids(await local.list({ phoneNumber: "+44" }))).toEqual([]);
  expect(await numbers().list()).toHaveLength(5);

  for (const [path, phoneNumber] of [
    [local, "+18335550124"],
    [tollFree, "+12065550143"],
    [mobile, "+12065550143"],
  ] as const) {
    await expect(path.create({ phoneNumber })).rejects.toMatchObject({ status: 400, code: 21421 });
  }
  expect(await numbers().list()).toHaveLength(5);
});
