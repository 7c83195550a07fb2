import { resourceNamed } from "../../provider/life/define";
import type { Values } from "../../provider/values/values";
import "../../provider/index";
import { sessionOn } from "../life/session";

const session = sessionOn(`AC${"e".repeat(32)}`, { validate: "offline" }, () => {});
const problems = async (type: string, args: Values) =>
  (await resourceNamed(type).life.check(session, {}, args)).problems;

const serviceSid = `MG${"1".repeat(32)}`;
const senderSid = `XE${"1".repeat(32)}`;

/** What takes more than one argument to be wrong, or more than its form. */
test.each<[string, Values, string[]]>([
  [
    "MessagingService",
    { validityPeriod: 36_001, inboundUrl: "https://example.com" },
    [
      "validityPeriod: got 36001; give a whole number from 1 to 36000",
      expect.stringMatching(/^inboundUrl: no such argument; /),
    ],
  ],
  [
    "MessagingServicePhoneNumber",
    { serviceSid },
    ["phoneNumberSid: missing; give the SID of a phone number of the account: PN and 32 hexadecimal digits"],
  ],
  [
    "MessagingServiceAlphaSender",
    { serviceSid, alphaSender: "twelve chars" },
    [expect.stringMatching(/^alphaSender: got a text of 12 characters; give /)],
  ],
  [
    "WhatsAppSender",
    { webhook: {} },
    ["senderSid, senderId: exactly one of them is needed, and none is given"],
  ],
  ["WhatsAppSender", { senderSid }, ["webhook, profile: at least one of them is needed, and none is given"]],
  [
    "WhatsAppSender",
    { senderId: "+15017122661", webhook: { callbackMethod: "GET" } },
    [
      'senderId: got "+15017122661"; give a WhatsApp number, such as whatsapp:+15017122661',
      'webhook.callbackMethod: got "GET"; give POST or PUT',
    ],
  ],
  [
    "WhatsAppSender",
    { senderSid, profile: { emails: [{ email: "x", label: "Mail" }] }, timeout: 0 },
    [
      'profile.emails[0].email: got "x"; give an e-mail address',
      "timeout: got 0; give a whole number from 1 to 3600",
    ],
  ],
])("%s %j", async (type, args, expected) => {
  expect(await problems(type, args)).toEqual(expected);
});
