import { seeded } from "../../../../emulator/index";
import { newProxyMessage } from "../../../../emulator/products/proxy/records";
import { addProxyInteraction } from "../../../../emulator/products/proxy/relations";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).proxy.v1.services(seeded.proxyService);
const state = () => emulator.current.state.account();

/** A session of Anna and Ben. */
async function open() {
  await service().phoneNumbers.create({ sid: seeded.smsNumber });
  const { sid } = await service().sessions.create({});
  const session = service().sessions(sid);
  const anna = await session.participants.create({ identifier: "+12065550101" });
  const ben = await session.participants.create({ identifier: "+12065550102" });
  return { sid, session, anna, ben };
}

test("a message interaction is recorded for its participant and its session", async () => {
  const { session, anna, ben } = await open();
  const { messageInteractions } = session.participants(anna.sid);
  const made = await messageInteractions.create({ body: "Hello" });
  expect(made).toMatchObject({
    data: '{"body":"Hello"}',
    type: "message",
    participantSid: anna.sid,
    inboundParticipantSid: null,
    inboundResourceSid: null,
    inboundResourceStatus: null,
    outboundParticipantSid: anna.sid,
    outboundResourceSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    outboundResourceType: "Message",
    outboundResourceStatus: "sent",
  });
  const later = await messageInteractions.create({ body: "Again" });
  expect((await messageInteractions.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([
    later.sid,
    made.sid,
  ]);
  expect((await messageInteractions(made.sid).fetch()).data).toBe(made.data);
  expect(await session.participants(ben.sid).messageInteractions.list()).toEqual([]);
  await expect(session.participants(ben.sid).messageInteractions(made.sid).fetch()).rejects.toMatchObject({
    status: 400,
    code: 80403,
  });

  expect(await session.fetch()).toMatchObject({
    status: "in-progress",
    dateLastInteraction: expect.any(Date),
  });
  expect((await session.interactions.list()).map(({ sid }) => sid)).toEqual([later.sid, made.sid]);
  await session.interactions(made.sid).remove();
  await expect(session.interactions(made.sid).fetch()).rejects.toMatchObject({ status: 400, code: 80403 });
  expect(Object.keys(state().proxyInteractions)).toEqual([later.sid]);
});

test("what one participant wrote to the other is an interaction, but no message interaction", async () => {
  const { sid, session, anna, ben } = await open();
  const { proxySessions, proxyParticipants } = state();
  const [record, from, to] = [proxySessions[sid], proxyParticipants[anna.sid], proxyParticipants[ben.sid]];
  if (!record || !from || !to) throw new Error("The session is gone");
  const ends = {
    inbound: { participant: from, messageSid: `SM${"1".repeat(32)}` },
    outbound: { participant: to, messageSid: `SM${"2".repeat(32)}` },
  };
  const stamp = { now: "2026-11-22T10:00:00Z", sid: (prefix: string) => prefix + "1".repeat(32) };
  const message = newProxyMessage(stamp, record, "Hi Ben", ends);
  addProxyInteraction(state(), message);
  expect(await session.interactions(message.sid).fetch()).toMatchObject({
    data: '{"body":"Hi Ben"}',
    inboundParticipantSid: anna.sid,
    inboundResourceStatus: "received",
    outboundParticipantSid: ben.sid,
  });
  expect((await session.fetch()).dateLastInteraction).toEqual(new Date("2026-11-22T10:00:00Z"));
  expect(await session.participants(ben.sid).messageInteractions.list()).toEqual([]);
});

test("refuses a message without content, for who has left, and in a session that is over", async () => {
  const { session, anna, ben } = await open();
  const write = (sid: string, body?: string) =>
    session.participants(sid).messageInteractions.create({ body });
  await expect(write(anna.sid)).rejects.toMatchObject({ status: 400, code: 20001 });
  await session.participants(ben.sid).remove();
  await expect(write(ben.sid, "Hello")).rejects.toMatchObject({ status: 400, code: 80405 });
  await session.update({ status: "closed" });
  await expect(write(anna.sid, "Hello")).rejects.toMatchObject({ status: 400, code: 80607 });
  expect(state().proxyInteractions).toEqual({});
});
