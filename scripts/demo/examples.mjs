/**
 * @typedef {object} Example
 * @property {string} about
 * @property {string} profile of the emulator: the account that the example is for
 * @property {(number: { sms_url: string }) => boolean} answers whether the number's handler is what `up` makes of it
 * @property {string[]} traced addresses that lead to agents, or all of the account
 * @property {Record<string, string>} leftOut configuration of a channel that nobody has asked for
 */

/** The examples that the demo can run, by the names of their folders. @type {Record<string, Example>} */
export const examples = {
  "flex-conversations": {
    about: "SMS, WhatsApp, Messenger and web chat on Flex Conversations",
    profile: "conversations",
    // The address configuration answers instead.
    answers: ({ sms_url }) => sms_url === "",
    traced: [],
    leftOut: { whatsAppNumber: "", pageId: "" },
  },
  "inbound-channels": {
    about: "SMS and WhatsApp on the legacy path",
    profile: "legacy",
    answers: ({ sms_url }) => /\/Proxy\/KS\w{32}\//.test(sms_url),
    // The handler of the WhatsApp sender is set by hand.
    traced: ["+15017122661"],
    leftOut: {},
  },
};
