import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;
const pair = {
  "messagingBinding.address": "+15551230001",
  "messagingBinding.proxyAddress": "+15017122661",
};

async function conversationOf(
  params: object,
  serviceSid: string = seeded.flexService,
  friendlyName = "Visit",
) {
  const { conversations } = v1().services(serviceSid);
  const { sid } = await conversations.create({ friendlyName });
  await conversations(sid).participants.create(params);
  return sid;
}

test("shows the conversations of an identity or an address, closed ones too", async () => {
  const first = await conversationOf(pair);
  await v1().conversations(first).update({ state: "closed" });
  const second = await conversationOf(pair, seeded.flexService, "Return");
  const chat = await conversationOf({ identity: "alice" });

  const ofAddress = await v1().participantConversations.list({ address: "+15551230001", pageSize: 1 });
  expect(ofAddress).toMatchObject([
    { conversationSid: second, conversationFriendlyName: "Return", conversationState: "active" },
    { conversationSid: first, conversationFriendlyName: "Visit", conversationState: "closed" },
  ]);
  expect(ofAddress[0]).toMatchObject({
    participantIdentity: null,
    participantUserSid: null,
    participantMessagingBinding: {
      type: "sms",
      address: "+15551230001",
      proxy_address: "+15017122661",
      projected_address: null,
      level: null,
      name: null,
    },
  });
  const [user] = await v1().users.list();
  expect(await v1().participantConversations.list({ identity: "alice" })).toMatchObject([
    { conversationSid: chat, participantUserSid: user?.sid, participantMessagingBinding: null },
  ]);
  expect(await v1().participantConversations.list({ identity: "bob" })).toEqual([]);
});

test("looks into one service at a time, and asks for somebody", async () => {
  const there = await conversationOf({ identity: "alice" }, seeded.chatService);
  await conversationOf({ identity: "alice" });
  const listed = await v1().services(seeded.chatService).participantConversations.list({ identity: "alice" });
  expect(listed.map(({ conversationSid }) => conversationSid)).toEqual([there]);
  expect(listed[0]?.links.conversation).toContain(`/Services/${seeded.chatService}/Conversations/${there}`);
  const { status } = await ask(emulator.current, "/conversations.twilio.com/v1/ParticipantConversations");
  expect(status).toBe(400);
});
