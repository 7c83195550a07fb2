import { seeded } from "../../../emulator/index";
import { ask, clientOf, useEmulator } from "../support";

const emulator = useEmulator();
const client = () => clientOf(emulator.current);

// Acceptance tests of RJPearson94's Terraform provider send them so to live accounts: in capitals where a document says
// `get` and `post`. An address shows them in capitals whatever was sent.
describe("HTTP methods are taken in capitals and in small letters, whichever of them the document has", () => {
  const account = `/api.twilio.com/2010-04-01/Accounts/${seeded.account}`;

  test.each([
    [`${account}/IncomingPhoneNumbers/${seeded.smsNumber}.json`, "SmsMethod", "sms_method"],
    [
      `${account}/IncomingPhoneNumbers/${seeded.smsNumber}.json`,
      "StatusCallbackMethod",
      "status_callback_method",
    ],
    [`${account}/Applications/${seeded.application}.json`, "VoiceMethod", "voice_method"],
    [`${account}/SMS/ShortCodes/${seeded.shortCode}.json`, "SmsMethod", "sms_method"],
    [`/messaging.twilio.com/v1/Services/${seeded.messagingService}`, "InboundMethod", "inbound_method"],
    [`/chat.twilio.com/v2/Services/${seeded.chatService}`, "WebhookMethod", "webhook_method"],
    ["/conversations.twilio.com/v1/Configuration/Webhooks", "Method", "method"],
  ])("%s %s", async (path, parameter, key) => {
    for (const [sent, shown] of [
      ["get", "GET"],
      ["post", "POST"],
      ["GET", "GET"],
      ["POST", "POST"],
    ])
      expect((await ask(emulator.current, path, { body: `${parameter}=${sent}` })).body[key]).toBe(shown);
  });

  test("of an address, and of the webhooks of a conversation and a channel", async () => {
    const address = await client().conversations.v1.addressConfigurations.create({
      type: "sms",
      address: "+15017122661",
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": "https://example.com",
    });
    const { sid: conversation } = await client().conversations.v1.conversations.create();
    const channel = await client().chat.v2.services(seeded.chatService).channels.create();
    const answers = ["GET", "get"].map(async (method) => {
      const sent = { body: `AutoCreation.WebhookMethod=${method}` };
      const path = `/conversations.twilio.com/v1/Configuration/Addresses/${address.sid}`;
      const webhook = `Configuration.Url=https://example.com&Configuration.Method=${method}`;
      const inConversation = `/conversations.twilio.com/v1/Conversations/${conversation}/Webhooks`;
      const inChannel = `/chat.twilio.com/v2/Services/${seeded.chatService}/Channels/${channel.sid}/Webhooks`;
      return [
        (await ask(emulator.current, path, sent)).body.auto_creation,
        (
          await ask(emulator.current, inConversation, {
            body: `Target=webhook&Configuration.Filters=onMessageAdded&${webhook}`,
          })
        ).body.configuration,
        (await ask(emulator.current, inChannel, { body: `Type=webhook&${webhook}` })).body.configuration,
      ];
    });
    expect(await Promise.all(answers)).toMatchObject([
      [{ webhook_method: "GET" }, { method: "GET" }, { method: "GET" }],
      // Kept as it was sent: what Twilio answers is not known.
      [{ webhook_method: "GET" }, { method: "get" }, { method: "GET" }],
    ]);
  });

  test("inside of JSON", async () => {
    const { body } = await ask(
      emulator.current,
      `/messaging.twilio.com/v2/Channels/Senders/${seeded.whatsAppSender}`,
      {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ webhook: { callback_method: "put" } }),
      },
    );
    expect(body.webhook).toMatchObject({ callback_method: "PUT" });
  });

  test("what is no method is refused as before", async () => {
    const path = `${account}/IncomingPhoneNumbers/${seeded.smsNumber}.json`;
    for (const method of ["put", "Fetch", "1"])
      expect((await ask(emulator.current, path, { body: `SmsMethod=${method}` })).body).toMatchObject({
        code: 20001,
        message: expect.stringMatching(/: GET, POST$/),
      });
  });
});
