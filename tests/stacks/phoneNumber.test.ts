import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type PhoneNumber as OwnedNumber, seeded, startEmulator } from "../../emulator/index";
import { PhoneNumber, type PhoneNumberArgs } from "../../provider/index";
import { onStack } from "./onStack";

/** The account has no numbers. */
const stack = onStack({ emulator: { profile: "bare" } });

const program =
  (args: PhoneNumberArgs, name = "desk"): PulumiFn =>
  async () => {
    const { sid, phoneNumber, adopted } = new PhoneNumber(name, args);
    return { sid, phoneNumber, adopted };
  };

const numbers = () => Object.values(stack.account().phoneNumbers);
const owned = () => numbers().map(({ phone_number }) => phone_number);
const named = (phoneNumber: string): OwnedNumber => {
  const found = numbers().find(({ phone_number }) => phone_number === phoneNumber);
  if (!found) throw new Error(`${phoneNumber} is not in the account`);
  return found;
};

/** A number that somebody bought long ago. */
function plant(phoneNumber: string, planted: Partial<OwnedNumber> = {}): OwnedNumber {
  const sid = `PN${"a".repeat(20)}${phoneNumber.slice(1).padStart(12, "0")}`;
  stack.emulator.state.plant({
    accounts: {
      [seeded.account]: {
        phoneNumbers: { [sid]: { ...template, sid, phone_number: phoneNumber, ...planted } },
      },
    },
  });
  return named(phoneNumber);
}
let template: OwnedNumber;
beforeAll(async () => {
  const legacy = await startEmulator({ strict: true });
  const [first] = Object.values(legacy.state.account().phoneNumbers);
  if (!first) throw new Error("No number is seeded");
  template = first;
  await legacy.close();
});

const { up } = stack;
async function refused(run: PulumiFn, replace: string[] = []): Promise<string> {
  const { failed, output } = await stack.tryUp(run, replace);
  expect(failed).toBe(true);
  return output;
}

describe("a number that is looked for", () => {
  stack.afresh();
  const search = { country: "us", inLocality: "Seattle", smsEnabled: true } as const;

  test("is neither chosen nor bought by a preview", async () => {
    const { steps, requests } = await stack.preview(program({ areaCode: "206" }));
    expect({ steps, requests }).toEqual({ steps: { desk: "create" }, requests: [] });
  });

  test("by area code is the lowest for sale, bought by its number", async () => {
    plant("+12065550100");
    const { asked, outputs } = await up(program({ areaCode: "206" }));
    expect(asked).toEqual([
      { ListAvailablePhoneNumberLocal: { AreaCode: "206", PageSize: "1000" } },
      { CreateIncomingPhoneNumber: { PhoneNumber: "+12065550101", FriendlyName: "desk" } },
    ]);
    expect(outputs).toEqual({
      sid: named("+12065550101").sid,
      phoneNumber: "+12065550101",
      adopted: false,
    });
  });

  test("is chosen once: later runs ask nothing, and a refresh sees no change, though a lower one is for sale", async () => {
    delete stack.account().phoneNumbers[named("+12065550100").sid];
    expect(await up(program({ areaCode: "206" }))).toMatchObject({ steps: {}, requests: [] });
    expect((await stack.refresh()).steps).toEqual({});
    const renamed = await up(program({ areaCode: "206", friendlyName: "Desk" }));
    expect(renamed.requests).toEqual(["UpdateIncomingPhoneNumber FriendlyName"]);
    expect(renamed.outputs.phoneNumber).toBe("+12065550101");
    expect(await up(program({ areaCode: "206", friendlyName: "Desk" }))).toMatchObject({ steps: {} });
  });

  test("may be named by its number from then on, which asks nothing", async () => {
    const pinned = program({ phoneNumber: "+12065550101" });
    expect(await up(pinned)).toMatchObject({ steps: { desk: "update" }, requests: [] });
    expect(await up(pinned)).toMatchObject({ steps: {}, requests: [] });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("by a search is bought before the old one is released, where that is to be", async () => {
    const first = named("+12065550101").sid;
    await up(program({ phoneNumber: "+12065550101", releaseOnDelete: true, friendlyName: "Desk" }));
    const { steps, asked } = await up(program({ search, friendlyName: "Desk", releaseOnDelete: true }));
    expect(steps.desk).toContain("replace");
    expect(asked).toEqual([
      { ListIncomingPhoneNumber: { FriendlyName: "Desk" } },
      {
        ListAvailablePhoneNumberLocal: { InLocality: "Seattle", SmsEnabled: "true", PageSize: "1000" },
      },
      { CreateIncomingPhoneNumber: { PhoneNumber: "+12065550100", FriendlyName: "Desk" } },
      { FetchIncomingPhoneNumber: {} },
      { DeleteIncomingPhoneNumber: {} },
    ]);
    expect(owned()).toEqual(["+12065550100"]);
    expect(numbers().map(({ sid }) => sid)).not.toContain(first);
  });

  test("is the same search in other words", async () => {
    const spelt = { ...search, country: "US", type: "local" } as const;
    const { steps, requests } = await up(
      program({ search: spelt, friendlyName: "Desk", releaseOnDelete: true }),
    );
    expect({ steps, requests }).toEqual({ steps: {}, requests: [] });
  });

  test("may be of another type and country", async () => {
    const everything: PhoneNumberArgs["search"] = {
      country: "CA",
      type: "tollFree",
      areaCode: "855",
      contains: "555*%",
      smsEnabled: true,
      mmsEnabled: true,
      voiceEnabled: true,
      excludeAllAddressRequired: true,
      excludeLocalAddressRequired: true,
      excludeForeignAddressRequired: true,
      beta: true,
    };
    const { asked } = await up(program({ search: everything }));
    expect(asked[0]).toEqual({
      ListAvailablePhoneNumberTollFree: {
        AreaCode: "855",
        Contains: "555*%",
        SmsEnabled: "true",
        MmsEnabled: "true",
        VoiceEnabled: "true",
        ExcludeAllAddressRequired: "true",
        ExcludeLocalAddressRequired: "true",
        ExcludeForeignAddressRequired: "true",
        Beta: "true",
        PageSize: "1000",
      },
    });
    // The state still said releaseOnDelete, so the old one went.
    expect(owned()).toEqual(["+18555550100"]);
    const mobile: PhoneNumberArgs["search"] = { country: "GB", type: "mobile" };
    expect((await up(program({ search: mobile }))).outputs.phoneNumber).toBe("+447700900000");
    const local: PhoneNumberArgs["search"] = { country: "CA", inRegion: "ON", inPostalCode: "M5H 2N2" };
    expect((await up(program({ search: local }))).outputs.phoneNumber).toBe("+14165550100");
    expect(owned()).toEqual(["+18555550100", "+447700900000", "+14165550100"]);
  });

  test("in the area of another country than the US is found as well", async () => {
    expect((await up(program({ areaCode: "604" }))).outputs.phoneNumber).toBe("+16045550100");
  });

  test("that nobody sells is an error, and nothing is bought", async () => {
    const before = owned();
    expect(await refused(program({ areaCode: "907" }))).toContain(
      'creating the phone number "desk": no number in area code 907 is for sale; give another one',
    );
    expect(await refused(program({ search: { country: "US", inLocality: "Atlantis" } }))).toContain(
      "no number for sale is as the search says; ask for less, or search elsewhere",
    );
    expect(await refused(program({ search: { country: "CA", type: "mobile" } }))).toContain(
      "Twilio sells no mobile numbers in CA; give another country or type",
    );
    expect(owned()).toEqual(before);
  });
});

describe("several numbers at once", () => {
  stack.afresh();
  const pair: PulumiFn = async () => {
    const one = new PhoneNumber("one", { areaCode: "206" });
    const two = new PhoneNumber("two", { areaCode: "206" });
    return { one: one.phoneNumber, two: two.phoneNumber };
  };

  test("of one area code are different ones", async () => {
    const { outputs } = await up(pair);
    expect(Object.values(outputs).sort()).toEqual(["+12065550100", "+12065550101"]);
    expect(await up(pair)).toMatchObject({ steps: {}, requests: [] });
  });
});

describe("what might pay twice", () => {
  stack.afresh();
  const lose = (drop: "before" | "after") =>
    stack.emulator.addFault({
      match: { operationId: "CreateIncomingPhoneNumber" },
      times: 1,
      effect: { drop },
    });

  test.each([
    ["after", "206"],
    ["before", "212"],
  ] as const)("an answer lost %s the purchase leaves one number, chosen once", async (drop, areaCode) => {
    stack.emulator.reset();
    lose(drop);
    const { outputs, requests } = await up(program({ areaCode }, drop));
    expect(owned()).toEqual([`+1${areaCode}5550100`]);
    expect(outputs.sid).toBe(numbers()[0]?.sid);
    expect(requests.filter((request) => request.startsWith("ListAvailable"))).toHaveLength(1);
  });

  test("another number with the declared name is named, and nothing is bought", async () => {
    stack.emulator.reset();
    const { sid } = plant("+12125550155", { friendly_name: "Front desk" });
    const args: PhoneNumberArgs = { search: { country: "US" }, friendlyName: "Front desk" };
    const message = `${sid} (+12125550155) has this friendlyName already, and may be what an earlier run bought. Take it over with adopt: "${sid}", or give another friendlyName to buy one more`;
    expect(await refused(program(args, "front"))).toContain(message);
    expect(await refused(program({ areaCode: "206", friendlyName: "Front desk" }, "front"))).toContain(
      message,
    );
    expect(owned()).toEqual(["+12125550155"]);

    const { outputs } = await up(program({ ...args, adopt: sid }, "front"));
    expect(outputs).toEqual({ sid, phoneNumber: "+12125550155", adopted: true });
    expect(await up(program(args, "front"))).toMatchObject({ requests: [] });
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("a number that goes away between choice and purchase is an error that says to run again", async () => {
    stack.emulator.reset();
    const effect = { status: 400, code: 21422, message: "PhoneNumber is not available" };
    stack.emulator.addFault({ match: { operationId: "CreateIncomingPhoneNumber" }, times: 1, effect });
    expect(await refused(program({ areaCode: "206" }, "late"))).toContain(
      "Somebody else has bought the number since it was chosen; run up again, which chooses another one",
    );
  });

  test("a number of another account is said to be that, or not for sale", async () => {
    stack.emulator.reset();
    const other = `AC${"2".repeat(32)}`;
    const taken = { ...template, phone_number: "+12065550100" };
    stack.emulator.state.plant({ accounts: { [other]: { phoneNumbers: { [taken.sid]: taken } } } });
    expect(await refused(program({ phoneNumber: "+12065550100" }, "taken"))).toMatch(
      /code 21422\).*Somebody has it, or Twilio does not sell it; give another number, or areaCode or search/,
    );
  });
});

describe("after a killed run, recover", () => {
  stack.afresh({ config: { recover: "true" } });

  test("takes the number that the run bought for the area code, and no other one", async () => {
    plant("+12125550150", { friendly_name: "desk" });
    const left = plant("+12065550150", { friendly_name: "desk" });
    const { outputs } = await up(program({ areaCode: "206" }));
    expect(outputs).toEqual({ sid: left.sid, phoneNumber: "+12065550150", adopted: false });
    expect(owned().sort()).toEqual(["+12065550150", "+12125550150"]);
  });
});

describe("a number that the account has", () => {
  stack.afresh();
  const args: PhoneNumberArgs = { phoneNumber: "+12065550150", releaseOnDelete: true };
  const planted = () => plant("+12065550150", { friendly_name: "Old desk", emergency_address_sid: null });

  test("is not bought again: the error names it and the way out", async () => {
    const { sid } = planted();
    expect(await refused(program(args))).toContain(
      `${sid} is there already; take it over with adopt: "${sid}"`,
    );
  });

  test("is adopted by its number, and preview says what changes", async () => {
    const adopt = program({ ...args, adopt: true, friendlyName: "Desk" });
    const { output } = await stack.preview(adopt);
    expect(output).toContain('adopting the phone number "desk"');
    expect(output).toContain("changes friendlyName");
    const { requests, outputs } = await up(adopt);
    expect(requests.filter((request) => request.startsWith("Update"))).toEqual([
      "UpdateIncomingPhoneNumber FriendlyName",
    ]);
    expect(outputs).toEqual({ sid: named("+12065550150").sid, phoneNumber: "+12065550150", adopted: true });
  });

  test("is never replaced once adopted", async () => {
    const other = { ...args, adopt: true, phoneNumber: "+12065550151" };
    expect(await refused(program(other))).toContain("phoneNumber: cannot be changed on an adopted object");
    expect(await refused(program({ ...args, adopt: true, phoneNumber: "", areaCode: "206" }))).toContain(
      "areaCode: cannot be changed on an adopted object",
    );
    expect(owned()).toEqual(["+12065550150"]);
  });

  test("stays on destroy, though it might be released, and has its name back", async () => {
    const { requests } = await stack.destroy();
    expect(requests).toEqual(["FetchIncomingPhoneNumber", "UpdateIncomingPhoneNumber FriendlyName"]);
    expect(owned()).toEqual(["+12065550150"]);
    expect(named("+12065550150").friendly_name).toBe("Old desk");
  });

  test("is adopted by its SID, and with deleteAdopted released; its emergency address goes first", async () => {
    const { sid } = named("+12065550150");
    await up(program({ ...args, adopt: sid, deleteAdopted: true }));
    named("+12065550150").emergency_address_sid = `AD${"1".repeat(32)}`;
    const { asked, failed } = await stack.destroy();
    expect(failed).toBe(false);
    expect(asked).toEqual([
      { FetchIncomingPhoneNumber: {} },
      { UpdateIncomingPhoneNumber: { EmergencyAddressSid: "" } },
      { DeleteIncomingPhoneNumber: {} },
    ]);
    expect(owned()).toEqual([]);
  });

  test("is not adopted where it is not there, or is another one", async () => {
    const { sid } = plant("+12065550152");
    const nothing = await stack.preview(program({ ...args, adopt: true }));
    expect(nothing.output).toContain("adopt: nothing with this key is in the account");
    const other = await stack.preview(program({ ...args, adopt: sid }));
    expect(other.output).toContain("phoneNumber: cannot be changed on an adopted object");
    const unknown = await stack.preview(program({ areaCode: "206", adopt: true }));
    expect(unknown.output).toContain("adopt: true takes the one with the same natural key");
  });
});

// Recorded: numbers in the US are Active without an emergency address, those elsewhere Inactive (Airbyte source-twilio
// expected_records.jsonl, dixahq/twilio-client IncomingPhoneNumberListTest).
describe("emergency calling", () => {
  stack.afresh();
  const args: PhoneNumberArgs = { phoneNumber: "+12065550150", friendlyName: "Desk" };
  const status = () => named("+12065550150").emergency_status;

  test("is as Twilio has it where nothing is declared", async () => {
    await up(program(args));
    expect(status()).toBe("Active");
    expect((await stack.refresh()).steps).toEqual({});
    expect(await up(program(args))).toMatchObject({ steps: {}, requests: [] });
  });

  test("is not switched off where the argument is taken away", async () => {
    await up(program({ ...args, emergencyStatus: "Active" }));
    const { asked } = await up(program({ ...args, friendlyName: "Front desk" }));
    expect(asked).toEqual([{ UpdateIncomingPhoneNumber: { FriendlyName: "Front desk" } }]);
    expect(status()).toBe("Active");
    expect((await stack.refresh()).steps).toEqual({});
  });

  test("is switched off where that is declared, and stays so from then on", async () => {
    await up(program({ ...args, emergencyStatus: "Inactive" }));
    expect(status()).toBe("Inactive");
    const { requests } = await up(program(args));
    expect(requests.filter((request) => request.includes("Emergency"))).toEqual([]);
    expect(status()).toBe("Inactive");
  });

  test("of an adopted number is left alone, and not switched off where the resource goes", async () => {
    await up(async () => {});
    const { sid } = plant("+12065550151", { emergency_status: "Active" });
    const adopted = program({ phoneNumber: "+12065550151", adopt: sid }, "other");
    await up(adopted);
    expect((await stack.refresh()).steps).toEqual({});
    await stack.destroy();
    expect(named("+12065550151").emergency_status).toBe("Active");
  });
});

describe("a forced replacement", () => {
  stack.afresh();
  const declared = program({ phoneNumber: "+12065550100", releaseOnDelete: true });
  const way =
    "Where it is to be replaced by force, it cannot be had a second time: run without --replace, or pulumi state untaint";

  test("of a named number fails before anything happens, and the number stays", async () => {
    const { outputs } = await up(declared);
    const before = named("+12065550100");
    expect(await refused(declared, ["desk"])).toContain(way);
    await stack.taint("desk");
    expect(await refused(declared)).toContain(way);
    expect(numbers()).toEqual([before]);
    await stack.untaint("desk");
    expect(await up(declared)).toMatchObject({ steps: {}, outputs });
  });

  test("of a number that was looked for buys another one first", async () => {
    await up(program({ areaCode: "212", releaseOnDelete: true }, "other"));
    const { failed } = await stack.tryUp(program({ areaCode: "212", releaseOnDelete: true }, "other"), [
      "other",
    ]);
    expect(failed).toBe(false);
    expect(owned()).toEqual(["+12125550101"]);
  });
});

describe("get", () => {
  stack.afresh();

  test("reads a number without managing it", async () => {
    const { sid } = plant("+12065550150");
    const read: PulumiFn = async () => {
      const number = PhoneNumber.get("existing", sid);
      return { phoneNumber: number.phoneNumber, friendlyName: number.friendlyName };
    };
    expect((await up(read)).outputs).toEqual({
      phoneNumber: "+12065550150",
      friendlyName: template.friendly_name,
    });
    expect((await stack.refresh()).steps).toEqual({});
    await stack.destroy();
    expect(owned()).toEqual(["+12065550150"]);
  });
});
