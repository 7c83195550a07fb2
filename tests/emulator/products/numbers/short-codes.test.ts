import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const shortCodes = () => clientOf(emulator.current).shortCodes;
const stored = () => emulator.current.state.account().shortCodes[seeded.shortCode];

test("the profile's short code is found by any part of it and by name", async () => {
  const found = async (filter: { shortCode?: string; friendlyName?: string }) =>
    (await shortCodes().list(filter)).map(({ sid }) => sid);
  expect(await found({})).toEqual([seeded.shortCode]);
  expect(await found({ shortCode: "989" })).toEqual([seeded.shortCode]);
  expect(await found({ shortCode: "8*8**9" })).toEqual([seeded.shortCode]);
  expect(await found({ shortCode: "123" })).toEqual([]);
  expect(await found({ friendlyName: "898989" })).toEqual([seeded.shortCode]);
  expect(await found({ friendlyName: "8989" })).toEqual([]);
});

test("it keeps what an update does not name, and an empty value clears a field", async () => {
  const shortCode = shortCodes()(seeded.shortCode);
  expect(await shortCode.fetch()).toMatchObject({
    accountSid: seeded.account,
    friendlyName: "898989",
    smsUrl: "https://legacy.example.com/short-code",
    smsFallbackUrl: null,
  });
  const changed = {
    friendlyName: "Alerts",
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    smsFallbackUrl: "https://example.com/down",
    smsFallbackMethod: "GET",
  };
  await shortCode.update(changed);
  expect(await shortCode.update({ apiVersion: "2010-04-01" })).toMatchObject(changed);
  await shortCode.update({ friendlyName: "", smsUrl: "", smsMethod: "", smsFallbackUrl: "" });
  expect(stored()).toMatchObject({
    friendly_name: "898989",
    sms_url: null,
    sms_method: "POST",
    sms_fallback_url: null,
    sms_fallback_method: "GET",
  });
});

test.each([
  ["half a URL", { smsUrl: "example.com" }, 21402],
  ["another method", { smsMethod: "PUT" }, 20001],
  ["too long a name", { friendlyName: "x".repeat(65) }, 20001],
])("refuses %s and changes nothing", async (_, params, code) => {
  const before = structuredClone(stored());
  await expect(shortCodes()(seeded.shortCode).update(params)).rejects.toMatchObject({ status: 400, code });
  expect(stored()).toEqual(before);
});

test("one that is not the account's is a 404", async () => {
  await expect(shortCodes()(`SC${"0".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404 });
});
