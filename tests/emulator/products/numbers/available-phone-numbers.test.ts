import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const client = () => clientOf(emulator.current);
const inCountry = (country: string) => client().availablePhoneNumbers(country);
type Filter = Parameters<ReturnType<typeof inCountry>["local"]["list"]>[0];
const american = async (filter: Filter) =>
  (await inCountry("US").local.list(filter)).map(({ phoneNumber }) => phoneNumber);

test("the same numbers are for sale at each start", async () => {
  const [first] = await inCountry("US").local.list({ areaCode: 415 });
  expect(first).toMatchObject({
    phoneNumber: "+14155550100",
    friendlyName: "(415) 555-0100",
    isoCountry: "US",
    region: "CA",
    locality: "San Francisco",
    addressRequirements: "none",
    capabilities: { voice: true, sms: true, mms: true },
  });
  emulator.current.reset();
  expect((await american({ areaCode: 415 }))[0]).toBe(first?.phoneNumber);
});

test.each<[string, Filter, string[]]>([
  ["any part of a number", { contains: "50199", inRegion: "NY" }, ["+12125550199"]],
  [
    "a wildcard for a digit",
    { contains: "41555501*7", areaCode: 415, pageSize: 2 },
    ["+14155550107", "+14155550117"],
  ],
  ["a wildcard for several", { contains: "20%50142" }, ["+12065550142"]],
  ["the beginning and the end", { contains: "+1%42$", inLocality: "honolulu" }, ["+18085550142"]],
  ["the beginning only at the beginning", { contains: "+5555" }, []],
  ["letters as on a telephone", { contains: "KKK01AB", areaCode: 415 }, ["+14155550122"]],
  ["a region", { inRegion: "ar", pageSize: 1 }, ["+15015550100"]],
  ["a postal code", { inPostalCode: "94103", pageSize: 1 }, ["+16285550100"]],
  ["an area code without numbers", { areaCode: 999 }, []],
  ["what no number can do", { faxEnabled: true }, []],
])("are found by %s", async (_, filter, found) => {
  expect(await american(filter)).toEqual(found);
});

test("are found by what they can do and what they need", async () => {
  const { local, mobile, tollFree } = inCountry("GB");
  expect(await local.list({ smsEnabled: true })).toEqual([]);
  expect((await local.list({ smsEnabled: false, limit: 1 }))[0]?.phoneNumber).toBe("+442079460000");
  expect((await mobile.list({ smsEnabled: true, voiceEnabled: true, limit: 1 }))[0]?.isoCountry).toBe("GB");
  expect(await tollFree.list({ mmsEnabled: true })).toEqual([]);
  const german = inCountry("DE");
  expect(await german.local.list({ excludeLocalAddressRequired: true })).toEqual([]);
  expect(await german.mobile.list({ excludeLocalAddressRequired: true })).not.toEqual([]);
  expect(await german.mobile.list({ excludeAllAddressRequired: true })).toEqual([]);
});

test("come in pages without links, and the SDK shows the first", async () => {
  // As acceptance tests of RJPearson94's Terraform provider saw it on live accounts.
  expect(await american({})).toHaveLength(30);
  const path = `/api.twilio.com/2010-04-01/Accounts/${seeded.account}/AvailablePhoneNumbers/US/TollFree.json`;
  const { body } = await ask(emulator.current, `${path}?PageSize=60&Page=1`);
  expect(Object.keys(body).sort()).toEqual(["available_phone_numbers", "uri"]);
  expect(body.available_phone_numbers).toHaveLength(40);
  const unencoded = await ask(emulator.current, `${path}?Contains=+1833&PageSize=1`);
  expect(unencoded.body.available_phone_numbers).toMatchObject([{ phone_number: "+18335550100" }]);
});

test("are gone once somebody has them, and come back", async () => {
  const bought = await client().incomingPhoneNumbers.create({ phoneNumber: "+14155550100" });
  expect((await american({ areaCode: 415 }))[0]).toBe("+14155550101");
  await client().incomingPhoneNumbers(bought.sid).remove();
  expect((await american({ areaCode: 415 }))[0]).toBe("+14155550100");
});

test.each(["US/Mobile", "CA/Mobile", "DE/TollFree", "FR/Local"])(
  "there is nothing under %s: a 404",
  async (kind) => {
    const path = `/2010-04-01/Accounts/${seeded.account}/AvailablePhoneNumbers/${kind}.json`;
    expect(await ask(emulator.current, `/api.twilio.com${path}`)).toMatchObject({
      status: 404,
      body: { code: 20404, message: `The requested resource ${path} was not found` },
    });
  },
);

test.each(["1", "1".repeat(17), "(415)", "$1", "4+15", "__"])("refuses the pattern %s", async (contains) => {
  await expect(american({ contains })).rejects.toMatchObject({ status: 400, code: 20001 });
});

test("countries say what kinds of numbers they have", async () => {
  const all = await client().availablePhoneNumbers.list();
  expect(all.map(({ countryCode }) => countryCode)).toEqual(["US", "CA", "GB", "DE"]);
  const path = `/2010-04-01/Accounts/${seeded.account}/AvailablePhoneNumbers`;
  expect(await inCountry("DE").fetch()).toMatchObject({
    countryCode: "DE",
    country: "Germany",
    beta: false,
    uri: `${path}/DE.json`,
    subresourceUris: { local: `${path}/DE/Local.json`, mobile: `${path}/DE/Mobile.json` },
  });
  await expect(inCountry("FR").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("of some kinds nothing is for sale", async () => {
  const { national, voip, sharedCost, machineToMachine } = inCountry("US");
  expect(await national.list()).toEqual([]);
  expect(await voip.list()).toEqual([]);
  expect(await sharedCost.list()).toEqual([]);
  expect(await machineToMachine.list()).toEqual([]);
  await expect(inCountry("FR").voip.list()).rejects.toMatchObject({ status: 404 });
});
