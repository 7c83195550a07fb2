import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator({ clock: () => new Date("2026-11-22T16:05:06.700Z") });
const accounts = () => clientOf(emulator.current).api.v2010.accounts;
const stored = (sid: string) => emulator.current.state.account(sid);
const stranger = `AC${"b".repeat(32)}`;

test("a subaccount lives through create, list, fetch and update", async () => {
  const made = await accounts().create({ friendlyName: "Shop" });
  expect(made).toMatchObject({
    friendlyName: "Shop",
    ownerAccountSid: seeded.account,
    status: "active",
    type: "Full",
    dateCreated: new Date("2026-11-22T16:05:06Z"),
    uri: `/2010-04-01/Accounts/${made.sid}.json`,
  });
  expect(made.authToken).toMatch(/^[0-9a-f]{32}$/);
  expect(await accounts()(made.sid).fetch()).toMatchObject({
    friendlyName: "Shop",
    authToken: made.authToken,
  });
  await accounts()(made.sid).update({ friendlyName: "Store" });
  expect(stored(made.sid).friendly_name).toBe("Store");
  expect((await accounts().create()).friendlyName).toBe("SubAccount Created at 2026-11-22 04:05 pm");
});

test("a list holds the account and its subaccounts, by name and status", async () => {
  emulator.current.state.plant({ accounts: { [stranger]: {} } });
  const made = await accounts().create({ friendlyName: "Shop" });
  const found = async (filter: { friendlyName?: string; status?: "active" | "closed" }) =>
    (await accounts().list(filter)).map(({ sid }) => sid);
  expect(await found({})).toEqual([made.sid, seeded.account]);
  expect(await found({ friendlyName: "Shop" })).toEqual([made.sid]);
  expect(await found({ status: "closed" })).toEqual([]);
  expect(await accounts()(seeded.account).fetch()).toMatchObject({ ownerAccountSid: seeded.account });
  await expect(accounts()(stranger).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("a subaccount's credentials work on every API, and reach neither parent nor sibling", async () => {
  const made = await accounts().create();
  const sibling = await accounts().create();
  const own = clientOf(emulator.current, made.sid, made.authToken);
  await own.proxy.v1.services.create({ uniqueName: "Own" });
  await own.incomingPhoneNumbers.create({ phoneNumber: "+18089255327" });
  expect(Object.values(stored(made.sid).proxyServices)).toMatchObject([{ unique_name: "Own" }]);
  expect((await own.api.v2010.accounts.list()).map(({ sid }) => sid)).toEqual([made.sid]);
  for (const sid of [seeded.account, sibling.sid]) {
    await expect(own.api.v2010.accounts(sid).fetch()).rejects.toMatchObject({ status: 404 });
  }
  await expect(own.api.v2010.accounts.create()).rejects.toMatchObject({ status: 401, code: 20003 });
  expect(await accounts()(made.sid).incomingPhoneNumbers.list()).toHaveLength(1);
  expect(await clientOf(emulator.current).proxy.v1.services.list()).toHaveLength(1);
});

test("a suspended subaccount is locked out until it is active again", async () => {
  const { sid, authToken } = await accounts().create();
  const own = clientOf(emulator.current, sid, authToken);
  await accounts()(sid).update({ status: "suspended" });
  await expect(own.proxy.v1.services.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  expect(await accounts()(sid).incomingPhoneNumbers.list()).toEqual([]);
  await accounts()(sid).update({ status: "active" });
  expect(await own.proxy.v1.services.list()).toEqual([]);
});

test("closing a subaccount releases its numbers for good, and it stays to be seen", async () => {
  const { sid, authToken } = await accounts().create();
  const numbers = accounts()(sid).incomingPhoneNumbers;
  const address = await accounts()(sid).addresses.create({
    customerName: "Shop",
    street: "1 Main St",
    city: "Honolulu",
    region: "HI",
    postalCode: "96813",
    isoCountry: "US",
  });
  await numbers.create({ phoneNumber: "+18089255327", emergencyAddressSid: address.sid });
  await accounts()(sid).update({ status: "closed" });
  expect(stored(sid).phoneNumbers).toEqual({});
  expect((await accounts()(sid).fetch()).status).toBe("closed");
  expect((await accounts().list({ status: "closed" })).map((account) => account.sid)).toEqual([sid]);
  expect(await numbers.list()).toEqual([]);
  await expect(numbers.create({ phoneNumber: "+18089255327" })).rejects.toMatchObject({ code: 20003 });
  // Recorded: dixahq/twilio-client, AccountUpdateTest.
  await expect(accounts()(sid).update({ status: "active" })).rejects.toMatchObject({
    code: 21479,
    message: "Unable to update Status for subaccount, subaccount is closed and can not be re-opened.",
  });
  expect((await accounts()(sid).update({ status: "closed" })).status).toBe("closed");
  const own = clientOf(emulator.current, sid, authToken);
  await expect(own.proxy.v1.services.list()).rejects.toMatchObject({ status: 401, code: 20003 });
});

test("only the parent's own credentials change a status", async () => {
  const { sid, authToken } = await accounts().create();
  await expect(accounts()(seeded.account).update({ status: "suspended" })).rejects.toMatchObject({
    status: 400,
    code: 21477,
  });
  const own = clientOf(emulator.current, sid, authToken).api.v2010.accounts;
  await expect(own(sid).update({ status: "closed" })).rejects.toMatchObject({ status: 401, code: 20003 });
  expect(stored(sid).status).toBe("active");
});

test("an API key reaches no account", async () => {
  const key = `SK${"1".repeat(32)}`;
  emulator.current.state.account().api_keys[key] = "secret";
  const withKey = (path: string, body?: string) =>
    ask(emulator.current, `/api.twilio.com/2010-04-01/${path}`, { credentials: `${key}:secret`, body });
  for (const path of ["Accounts.json", `Accounts/${seeded.account}.json`]) {
    expect(await withKey(path)).toMatchObject({ status: 401, body: { code: 20003 } });
    expect((await withKey(path, "FriendlyName=x")).status).toBe(401);
  }
  expect((await withKey(`Accounts/${seeded.account}/Applications.json`)).status).toBe(200);
  expect(Object.keys(emulator.current.state.accounts)).toEqual([seeded.account]);
});

test.each([
  ["too long a name", { FriendlyName: "x".repeat(65) }],
  ["an unknown status", { Status: "asleep" }],
])("refuses %s", async (_, params) => {
  const { sid } = await accounts().create({ friendlyName: "Shop" });
  const answer = await ask(emulator.current, `/api.twilio.com/2010-04-01/Accounts/${sid}.json`, {
    body: new URLSearchParams(params).toString(),
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(stored(sid)).toMatchObject({ friendly_name: "Shop", status: "active" });
});
