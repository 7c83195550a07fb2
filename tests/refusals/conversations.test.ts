import { resourceNamed } from "../../provider/life/define";
import type { Values } from "../../provider/values/values";
import "../../provider/index";
import { sessionOn } from "../life/session";

const session = sessionOn(`AC${"e".repeat(32)}`, { validate: "offline" }, () => {});
const problems = async (type: string, args: Values) =>
  (await resourceNamed(type).life.check(session, {}, args)).problems;

const flow = `FW${"1".repeat(32)}`;
const chatServiceSid = `IS${"1".repeat(32)}`;
const sms = { type: "sms", address: "+15017122661" };
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What takes more than one argument to be wrong, or more than its form. */
test.each<[string, Values, string[]]>([
  [
    "ConversationsAddress",
    { address: "+15017122661" },
    [
      "type: missing; give one of sms, whatsapp, messenger, email, rcs, apple, chat (Google Business Messages, gbm, ended on 2024-07-31)",
    ],
  ],
  [
    "ConversationsAddress",
    { type: "gbm", address: "x" },
    [
      'type: got "gbm"; give one of sms, whatsapp, messenger, email, rcs, apple, chat (Google Business Messages, gbm, ended on 2024-07-31)',
    ],
  ],
  [
    "ConversationsAddress",
    { type: "SMS", address: "501-712-2661" },
    ["address: of type sms it has to be a number in E.164 form, such as +15017122661, or a short code"],
  ],
  [
    "ConversationsAddress",
    { type: "sms", address: "898989" },
    ["addressCountry: missing; a short code needs the country it is of, such as US"],
  ],
  [
    "ConversationsAddress",
    { type: "whatsapp", address: "+15017122661" },
    ["address: of type whatsapp it has to be whatsapp: and a number in E.164 form"],
  ],
  [
    "ConversationsAddress",
    { type: "whatsapp", address: "whatsapp:+14155238886" },
    ["address: the WhatsApp sandbox makes no conversations; set its webhook in the Console"],
  ],
  [
    "ConversationsAddress",
    { type: "messenger", address: "12345" },
    ["address: of type messenger it has to be messenger: and the id of a page"],
  ],
  [
    "ConversationsAddress",
    { type: "email", address: "support" },
    ["address: of type email it has to be an e-mail address"],
  ],
  ["ConversationsAddress", { type: "chat", address: "anything goes" }, []],
  ["ConversationsAddress", { type: "apple", address: "urn:mbid:x" }, []],
  ["ConversationsAddress", { type: unknown, address: "+1 501" }, []],
  ["ConversationsAddress", { type: "sms", address: unknown }, []],
  [
    "ConversationsAddress",
    { ...sms, messagingServiceSid: `MG${"1".repeat(32)}` },
    ["messagingServiceSid: auto-creation on a Messaging Service can be set in Twilio's Console only"],
  ],
  [
    "ConversationsAddress",
    { ...sms, autoCreation: { type: "task" } },
    ['autoCreation.type: got "task"; give an object whose type is studio, webhook or default'],
  ],
  [
    "ConversationsAddress",
    { ...sms, autoCreation: { type: "studio", studioRetryCount: 4 } },
    [
      "autoCreation.studioFlowSid: missing; give the SID of a Studio flow: FW and 32 hexadecimal digits",
      "autoCreation.studioRetryCount: got 4; give a whole number from 0 to 3",
    ],
  ],
  [
    "ConversationsAddress",
    { ...sms, autoCreation: { type: "webhook", studioFlowSid: flow } },
    [
      "autoCreation.webhookUrl: missing; give an absolute URL that begins with https:// or http://",
      "autoCreation.studioFlowSid: no such argument; known here: type, webhookUrl, webhookMethod, webhookFilters, enabled, conversationServiceSid",
    ],
  ],
  [
    "ConversationsAddress",
    {
      ...sms,
      autoCreation: { type: "webhook", webhookUrl: "https://example.com", webhookFilters: ["onUserAdded"] },
    },
    [
      expect.stringMatching(
        /^autoCreation\.webhookFilters\[0\]: got "onUserAdded"; give one of onMessageAdded, /,
      ),
    ],
  ],
  ["ConversationsService", {}, ["friendlyName: missing; give a text of 1 to 256 characters"]],
  [
    "ConversationsConfiguration",
    {},
    [
      "defaultChatServiceSid, defaultMessagingServiceSid, defaultInactiveTimer, defaultClosedTimer: at least one of them is needed, and none is given",
    ],
  ],
  [
    "ConversationsConfiguration",
    { defaultInactiveTimer: "PT59S", defaultClosedTimer: "PT9M" },
    [
      "defaultInactiveTimer: got a text of 5 characters; give an ISO 8601 duration from PT1M, such as PT1H",
      "defaultClosedTimer: got a text of 4 characters; give an ISO 8601 duration from PT10M, such as PT1H",
    ],
  ],
  [
    "ConversationsServiceConfiguration",
    { chatServiceSid },
    [
      "defaultConversationCreatorRoleSid, defaultConversationRoleSid, defaultChatServiceRoleSid, reachabilityEnabled: at least one of them is needed, and none is given",
    ],
  ],
  [
    "ConversationsServiceWebhooks",
    { filters: ["onUserAdded"] },
    [
      "chatServiceSid: missing; give the SID of a Conversations service: IS and 32 hexadecimal digits",
      expect.stringMatching(/^filters\[0\]: got "onUserAdded"; give one of onMessageAdded, /),
    ],
  ],
  [
    "ConversationsWebhooks",
    {},
    [
      "preWebhookUrl, postWebhookUrl, filters, method, target: at least one of them is needed, and none is given",
    ],
  ],
  ["ConversationsWebhooks", { filters: ["onUserAdded"] }, []],
])("%s %j", async (type, args, expected) => {
  expect(await problems(type, args)).toEqual(expected);
});
