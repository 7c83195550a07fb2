import { seeded, startEmulator } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).proxy.v1.services;
const pool = (service: string = seeded.proxyService) => services()(service).phoneNumbers;
const members = () => emulator.current.state.account().proxyPhoneNumbers;
const missing = `PN${"0".repeat(32)}`;

test("a number lives in a pool through create, list, fetch, update and delete", async () => {
  const made = await pool().create({ sid: seeded.smsNumber });
  expect(made).toMatchObject({
    sid: seeded.smsNumber,
    serviceSid: seeded.proxyService,
    phoneNumber: "+15017122661",
    friendlyName: "(501) 712-2661",
    isoCountry: "US",
    isReserved: false,
    inUse: 0,
  });
  // github.com/RJPearson94/terraform-provider-twilio, twilio/internal/services/proxy/tests/resource_proxy_phone_number_test.go
  // reads these keys, all of them, from Twilio.
  expect(made.capabilities).toEqual({
    sms_inbound: true,
    sms_outbound: true,
    mms_inbound: true,
    mms_outbound: true,
    fax_inbound: false,
    fax_outbound: false,
    voice_inbound: true,
    voice_outbound: true,
    restriction_sms_domestic: false,
    restriction_mms_domestic: false,
    restriction_fax_domestic: false,
    restriction_voice_domestic: false,
    sip_trunking: false,
  });
  await pool().create({ phoneNumber: "+15558675310", isReserved: true });
  expect((await pool().list()).map(({ sid }) => sid)).toEqual([seeded.legacyNumber, seeded.smsNumber]);
  expect((await pool()(seeded.legacyNumber).fetch()).isReserved).toBe(true);
  await pool()(seeded.smsNumber).update({ isReserved: true });
  await pool()(seeded.smsNumber).update();
  expect(members()[seeded.smsNumber]?.is_reserved).toBe(true);
  await pool()(seeded.smsNumber).remove();
  expect(Object.keys(members())).toEqual([seeded.legacyNumber]);
});

test.each([
  ["no number at all", {}, 80701],
  ["two numbers", { sid: seeded.smsNumber, phoneNumber: "+15558675310" }, 80701],
  ["an unknown SID", { sid: missing }, 80301],
  ["somebody else's number", { phoneNumber: "+14155550100" }, 80301],
  ["a number that is in already", { sid: seeded.legacyNumber }, 80104],
])("refuses %s", async (_, params, code) => {
  await pool().create({ sid: seeded.legacyNumber });
  await expect(pool().create(params)).rejects.toMatchObject({ status: 400, code });
  expect(Object.keys(members())).toEqual([seeded.legacyNumber]);
});

// In the words that github.com/craigpaul/twiligo, pkg/proxy_phone_numbers_test.go recorded.
test("refuses a number twice in Twilio's words", async () => {
  await pool().create({ sid: seeded.legacyNumber });
  await expect(pool().create({ sid: seeded.legacyNumber })).rejects.toMatchObject({
    code: 80104,
    message: "PhoneNumber has already been added to Service",
  });
});

test("refuses a number of another service, and says of which", async () => {
  await pool().create({ sid: seeded.smsNumber });
  const other = await services().create({ uniqueName: "Other" });
  await expect(pool(other.sid).create({ sid: seeded.smsNumber })).rejects.toMatchObject({
    status: 400,
    code: 80101,
    message: expect.stringContaining(seeded.proxyService),
  });
  await expect(pool(other.sid)(seeded.smsNumber).fetch()).rejects.toMatchObject({ status: 400, code: 80407 });
  expect(await pool(other.sid).list()).toEqual([]);
});

test("refuses a number of a Messaging Service", async () => {
  const { messagingPhoneNumbers } = emulator.current.state.account();
  Object.assign(messagingPhoneNumbers, { [seeded.smsNumber]: { sid: seeded.smsNumber } });
  await expect(pool().create({ sid: seeded.smsNumber })).rejects.toMatchObject({ code: 80601 });
});

test("a number in use is counted, and stays until its sessions are over", async () => {
  await pool().create({ sid: seeded.smsNumber });
  const { sessions } = services()(seeded.proxyService);
  const made = await sessions.create({});
  for (const identifier of ["+12065550101", "+12065550102"])
    await sessions(made.sid).participants.create({ identifier });
  await sessions.create({ participants: [JSON.stringify({ Identifier: "+12065550103" })] });
  expect((await pool()(seeded.smsNumber).fetch()).inUse).toBe(2);
  await expect(pool()(seeded.smsNumber).remove()).rejects.toMatchObject({ status: 400, code: 80611 });

  for (const { sid } of await sessions.list()) await sessions(sid).update({ status: "closed" });
  expect((await pool().list())[0]?.inUse).toBe(0);
  await pool()(seeded.smsNumber).remove();
  expect(members()).toEqual({});
});

test("deleting a service empties its pool and no other", async () => {
  const other = await services().create({ uniqueName: "Other" });
  await pool().create({ sid: seeded.smsNumber });
  await pool(other.sid).create({ sid: seeded.legacyNumber });
  await services()(other.sid).remove();
  expect(Object.keys(members())).toEqual([seeded.smsNumber]);
  expect(emulator.current.state.account().phoneNumbers[seeded.legacyNumber]).toBeDefined();
});

// github.com/RJPearson94/terraform-provider-twilio, resource_proxy_phone_number_test.go deletes number and service, and then
// expects these words of the number.
test("what does not exist is a 400, the number's first, or a 404 where the quirk is off", async () => {
  const gone = pool(`KS${"0".repeat(32)}`);
  const noNumber = { status: 400, code: 80407, message: "Invalid Phone Number Sid" };
  const noService = { status: 400, code: 80408, message: "Invalid Service Sid" };
  await expect(pool()(missing).fetch()).rejects.toMatchObject(noNumber);
  await expect(gone(missing).fetch()).rejects.toMatchObject(noNumber);
  await expect(gone(seeded.smsNumber).remove()).rejects.toMatchObject(noNumber);
  await expect(gone.list()).rejects.toMatchObject(noService);
  await expect(gone.create({ sid: seeded.smsNumber })).rejects.toMatchObject(noService);

  const quirky = await startEmulator({ quirks: { proxyMissingIs400: false } });
  try {
    const { services: quirkyServices } = clientOf(quirky).proxy.v1;
    const { phoneNumbers } = quirkyServices(seeded.proxyService);
    await expect(phoneNumbers(missing).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    const { phoneNumbers: ofNone } = quirkyServices(`KS${"0".repeat(32)}`);
    await expect(ofNone.list()).rejects.toMatchObject({ status: 404 });
  } finally {
    await quirky.close();
  }
});
