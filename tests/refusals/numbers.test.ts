import * as pulumi from "@pulumi/pulumi";
import { PhoneNumber } from "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import type { Values } from "../../provider/values/values";
import { sessionOn } from "../life/session";

const session = sessionOn(`AC${"e".repeat(32)}`, { validate: "offline" }, () => {});

const problems = async (type: string, args: Values, was: Values = {}) =>
  (await resourceNamed(type).life.check(session, was, args)).problems;

const number = "+12065550100";
const serviceSid = `KS${"1".repeat(32)}`;
const phoneNumberSid = `PN${"1".repeat(32)}`;
const ofHandlers = "of what handles the number, not of the number: see PhoneNumberHandler";

/** What takes more than one argument to be wrong, or more than its form. */
test.each<[string, Values, string[]]>([
  ["PhoneNumber", {}, ["phoneNumber, areaCode, search: exactly one of them is needed, and none is given"]],
  [
    "PhoneNumber",
    { phoneNumber: number, areaCode: "206" },
    ["phoneNumber, areaCode: these exclude each other; keep one of them"],
  ],
  [
    "PhoneNumber",
    { areaCode: "206", search: { country: "US" } },
    ["areaCode, search: these exclude each other; keep one of them"],
  ],
  ["PhoneNumber", { areaCode: "106" }, [expect.stringMatching(/^areaCode: got "106"; give an area code/)]],
  [
    "PhoneNumber",
    { search: { type: "local" } },
    ["search.country: missing; give a country in two letters, such as US"],
  ],
  [
    "PhoneNumber",
    { search: { country: "US", contain: "415" } },
    ["search.contain: no such argument; did you mean contains?"],
  ],
  ...["5", "1".repeat(17), "4+1", "41$5"].map((contains): [string, Values, string[]] => [
    "PhoneNumber",
    { search: { country: "US", contains } },
    [expect.stringMatching(/^search\.contains: got .*; give 2 to 16 digits, letters/)],
  ]),
  [
    "PhoneNumber",
    { search: { country: "GB", areaCode: "206" } },
    ["search.areaCode: only the US and Canada have them; search with contains"],
  ],
  [
    "PhoneNumber",
    { areaCode: "206", smsUrl: "https://example.com", message: { kind: "none" }, trunkSid: "TK" },
    [`smsUrl: ${ofHandlers}`, `message: ${ofHandlers}`, `trunkSid: ${ofHandlers}`],
  ],
  [
    "PhoneNumber",
    { areaCode: "206", adopt: true },
    [
      'adopt: true takes the one with the same natural key, and this phone number has none; give adopt: "<SID>"',
    ],
  ],
  [
    "ProxyPhoneNumber",
    { serviceSid },
    ["phoneNumberSid, phoneNumber: exactly one of them is needed, and none is given"],
  ],
  [
    "ProxyPhoneNumber",
    { phoneNumber: number },
    ["serviceSid: missing; give the SID of a Proxy service: KS and 32 hexadecimal digits"],
  ],
  [
    "ProxyPhoneNumber",
    { serviceSid, phoneNumber: number, phoneNumberSid },
    ["phoneNumberSid, phoneNumber: these exclude each other; keep one of them"],
  ],
  [
    "ShortCodeHandler",
    {},
    [
      "message: missing; give an object whose kind is webhook or none",
      "shortCodeSid, shortCode: exactly one of them is needed, and none is given",
    ],
  ],
  [
    "ShortCodeHandler",
    { shortCode: "898989", message: { kind: "studio", studioFlowSid: `FW${"1".repeat(32)}` } },
    [expect.stringMatching(/^message\.kind: got "studio"; give an object whose kind is webhook or none$/)],
  ],
  [
    "ShortCodeHandler",
    { shortCode: "+898989", message: { kind: "none" } },
    ['shortCode: got "+898989"; give a short code: 3 to 8 digits'],
  ],
  [
    "TwimlApplication",
    { smsStatusCallback: "https://example.com" },
    ["smsStatusCallback: an older name of messageStatusCallback; give that"],
  ],
  ["Subaccount", { status: "closed" }, ['status: got "closed"; give one of active, suspended']],
  [
    "Subaccount",
    { adopt: true },
    [
      'adopt: true takes the one with the same natural key, and this subaccount has none; give adopt: "<SID>"',
    ],
  ],
])("%s refuses %j", async (type, args, expected) => {
  expect(await problems(type, args)).toEqual(expected);
});

test("what is not known yet is passed over", async () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(await problems("ProxyPhoneNumber", { serviceSid: unknown, phoneNumberSid: unknown })).toEqual([]);
  expect(await problems("PhoneNumber", { search: { country: unknown, areaCode: "206" } })).toEqual([]);
  expect(await problems("PhoneNumber", { search: unknown })).toEqual([]);
});

test("TwimlApplication refuses to lose its URLs", async () => {
  const was = {
    accountSid: session.account,
    smsUrl: "https://example.com/a",
    voiceUrl: "https://example.com/b",
  };
  const why =
    "cannot be removed; Twilio keeps the last URL of an application whatever it is sent; give another URL, or let the numbers use another TwimlApplication";
  expect(await problems("TwimlApplication", {}, was)).toEqual([`smsUrl: ${why}`, `voiceUrl: ${why}`]);
});

test("PhoneNumber refuses deleteBeforeReplace, which would release the old number first", () => {
  expect(() => new PhoneNumber("desk", { areaCode: "206" }, { deleteBeforeReplace: true })).toThrow(
    new pulumi.RunError(
      'PhoneNumber "desk": deleteBeforeReplace would release a number before the new one is bought; take it away',
    ),
  );
});
