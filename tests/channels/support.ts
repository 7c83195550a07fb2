/** What no account has, and so nothing is asked about. */
export const sid = (prefix: string) => prefix + "1".repeat(32);
export const phoneNumber = "+15017122661";
export const services = { chatServiceSid: sid("IS"), proxyServiceSid: sid("KS") };

/** A Studio flow that is started on both paths. */
export const definition = {
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: ["incomingMessage", "incomingConversationMessage"].map((event) => ({
        event,
        next: "Next",
      })),
    },
  ],
};
