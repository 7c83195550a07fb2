import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const client = () => clientOf(emulator.current);
const addresses = () => client().addresses;
const notThere = { status: 404, code: 20404 };

const office = {
  customerName: "Example",
  street: "1 Main St",
  city: "Seattle",
  region: "WA",
  postalCode: "98101",
  isoCountry: "US",
};

test("an address lives through create, fetch, update and delete", async () => {
  const made = await addresses().create({ ...office, friendlyName: "Office", streetSecondary: "Suite 300" });
  expect(made).toMatchObject({
    ...office,
    friendlyName: "Office",
    streetSecondary: "Suite 300",
    emergencyEnabled: false,
    validated: false,
    verified: false,
  });

  const changed = { street: "2 Main St", emergencyEnabled: true, streetSecondary: "", friendlyName: "" };
  const updated = await addresses()(made.sid).update(changed);
  expect(updated).toMatchObject({
    ...office,
    street: "2 Main St",
    emergencyEnabled: true,
    streetSecondary: null,
    friendlyName: null,
  });
  expect((await addresses()(made.sid).fetch()).toJSON()).toEqual(updated.toJSON());

  await addresses()(made.sid).remove();
  expect(emulator.current.state.account().addresses).toEqual({});
  await expect(addresses()(made.sid).fetch()).rejects.toMatchObject(notThere);
  await expect(addresses()(made.sid).update({ city: "Tacoma" })).rejects.toMatchObject(notThere);
});

test("lists filter and come in pages", async () => {
  const first = await addresses().create({ ...office, friendlyName: "First", emergencyEnabled: true });
  const second = await addresses().create({ ...office, customerName: "Another", isoCountry: "de" });
  const sids = async (filter: Parameters<ReturnType<typeof addresses>["list"]>[0] & object) =>
    (await addresses().list(filter)).map(({ sid }) => sid);
  expect(await sids({ pageSize: 1 })).toEqual([second.sid, first.sid]);
  expect(await sids({ isoCountry: "DE" })).toEqual([second.sid]);
  expect(await sids({ customerName: "Another" })).toEqual([second.sid]);
  expect(await sids({ friendlyName: "First" })).toEqual([first.sid]);
  expect(await sids({ emergencyEnabled: true })).toEqual([first.sid]);
  expect(await sids({ customerName: "Nobody" })).toEqual([]);
});

test("an address knows the numbers that have it, and stays as long as there are any", async () => {
  const { sid } = await addresses().create(office);
  const number = client().incomingPhoneNumbers(seeded.smsNumber);
  const users = async () =>
    (await addresses()(sid).dependentPhoneNumbers.list()).map(({ phoneNumber }) => phoneNumber);
  expect(await users()).toEqual([]);

  await number.update({ addressSid: sid });
  await client().incomingPhoneNumbers(seeded.legacyNumber).update({ emergencyAddressSid: sid });
  expect(await users()).toEqual(["+15558675310", "+15017122661"]);
  const [user] = await addresses()(sid).dependentPhoneNumbers.list();
  expect(user?.capabilities).toEqual({ Voice: true, SMS: true, MMS: true });
  await client().incomingPhoneNumbers(seeded.legacyNumber).update({ emergencyAddressSid: "" });
  await expect(addresses()(sid).remove()).rejects.toMatchObject({ status: 400, code: 21631 });

  await number.update({ addressSid: "" });
  await addresses()(sid).remove();
  await expect(users()).rejects.toMatchObject(notThere);
});

test.each([
  ["no street", { street: "" }],
  ["too long a name", { friendlyName: "x".repeat(65) }],
])("refuses %s", async (_, params) => {
  const refusal = { status: 400, code: 20001 };
  await expect(addresses().create({ ...office, ...params })).rejects.toMatchObject(refusal);
  const { sid } = await addresses().create(office);
  await expect(addresses()(sid).update(params)).rejects.toMatchObject(refusal);
  expect(await addresses()(sid).fetch()).toMatchObject({ ...office, friendlyName: null });
});
