import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const v1 = () => clientOf(emulator.current).conversations.v1;

async function conversationOf(identity: string, uniqueName: string, serviceSid: string = seeded.flexService) {
  const { conversations } = v1().services(serviceSid);
  const { sid } = await conversations.create({ uniqueName, friendlyName: "Visit" });
  const participant = await conversations(sid).participants.create({ identity });
  return { sid, participantSid: participant.sid };
}

test("a user sees the conversations they take part in", async () => {
  const first = await conversationOf("alice", "first");
  const second = await conversationOf("alice", "second");
  await conversationOf("bob", "third");
  await conversationOf("alice", "fourth", seeded.chatService);
  const { sid: userSid } = await v1().users("alice").fetch();

  const listed = await v1().users("alice").userConversations.list({ pageSize: 1 });
  expect(listed.map(({ conversationSid }) => conversationSid)).toEqual([second.sid, first.sid]);
  expect(await v1().users(userSid).userConversations("first").fetch()).toMatchObject({
    conversationSid: first.sid,
    participantSid: first.participantSid,
    userSid,
    chatServiceSid: seeded.flexService,
    friendlyName: "Visit",
    uniqueName: "first",
    conversationState: "active",
    notificationLevel: "default",
    lastReadMessageIndex: null,
    unreadMessagesCount: null,
    createdBy: "system",
  });
  const third = v1().users("alice").userConversations("third").fetch();
  await expect(third).rejects.toMatchObject({ status: 404 });
});

test("what a user has read is the participant's own, and the rest is counted", async () => {
  const { sid, participantSid } = await conversationOf("alice", "visit");
  const { messages, participants } = v1().conversations(sid);
  for (const body of ["a", "b", "c"]) await messages.create({ body });
  const visit = v1().users("alice").userConversations(sid);
  const lastReadTimestamp = new Date("2020-01-01T00:00:00Z");
  expect(
    await visit.update({ lastReadMessageIndex: 0, lastReadTimestamp, notificationLevel: "muted" }),
  ).toMatchObject({ lastReadMessageIndex: 0, unreadMessagesCount: 2, notificationLevel: "muted" });
  expect(await participants(participantSid).fetch()).toMatchObject({
    lastReadMessageIndex: 0,
    lastReadTimestamp: "2020-01-01T00:00:00Z",
  });
  await participants(participantSid).update({ lastReadMessageIndex: 2 });
  expect(await visit.fetch()).toMatchObject({ unreadMessagesCount: 0, notificationLevel: "muted" });
});

test("under a service, too, until the user leaves", async () => {
  const { sid } = await conversationOf("alice", "visit", seeded.chatService);
  const { users, conversations } = v1().services(seeded.chatService);
  const joined = users("alice").userConversations;
  const [listed] = await joined.list();
  const root = `https://conversations.twilio.com/v1/Services/${seeded.chatService}`;
  expect(listed?.url).toBe(`${root}/Users/${listed?.userSid}/Conversations/${sid}`);
  expect(listed?.links.participant).toBe(
    `${root}/Conversations/${sid}/Participants/${listed?.participantSid}`,
  );
  expect((await joined("visit").update({ notificationLevel: "muted" })).notificationLevel).toBe("muted");
  expect((await joined(sid).fetch()).notificationLevel).toBe("muted");

  await joined("visit").remove();
  expect(await joined.list()).toEqual([]);
  await expect(joined(sid).fetch()).rejects.toMatchObject({ status: 404 });
  expect(await conversations(sid).participants.list()).toEqual([]);
  expect((await conversations(sid).fetch()).state).toBe("active");
  await expect(users("bob").userConversations.list()).rejects.toMatchObject({ status: 404 });
});
