import { type Clock, seeded, startEmulator } from "../../../../emulator/index";
import { openProxySession } from "../../../../emulator/products/proxy/relations";
import { ask, clientOf, useEmulator } from "../../support";

let time = Date.parse("2026-11-22T10:00:00Z");
const clock: Clock = () => new Date(time);
const pass = (seconds: number) => {
  time += seconds * 1000;
};

const emulator = useEmulator({ clock });
const services = () => clientOf(emulator.current).proxy.v1.services;
const service = () => services()(seeded.proxyService);
const sessions = () => service().sessions;
const state = () => emulator.current.state.account();
const anna = "+12065550101";
const ben = "+12065550102";
const missing = (prefix: string) => `${prefix}${"0".repeat(32)}`;
const person = (Identifier: string, rest: object = {}) => JSON.stringify({ Identifier, ...rest });

beforeEach(async () => {
  await service().phoneNumbers.create({ sid: seeded.smsNumber });
});

test("a session lives through create, list, fetch, update and delete", async () => {
  const made = await sessions().create({ uniqueName: "Order 1", ttl: 3600, mode: "message-only" });
  expect(made).toMatchObject({
    serviceSid: seeded.proxyService,
    uniqueName: "Order 1",
    status: "open",
    ttl: 3600,
    mode: "message-only",
    dateExpiry: null,
    dateEnded: null,
    dateLastInteraction: null,
    closedReason: "",
  });
  const plain = await sessions().create({});
  expect(plain).toMatchObject({ uniqueName: null, ttl: 0, mode: "voice-and-message" });
  expect((await sessions().list()).map(({ sid }) => sid)).toEqual([plain.sid, made.sid]);
  expect((await sessions().list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([plain.sid, made.sid]);
  expect((await sessions()("Order 1").fetch()).sid).toBe(made.sid);

  const changed = await sessions()(made.sid).update({
    ttl: 60,
    dateExpiry: new Date("2026-12-01T00:00:00.5Z"),
  });
  expect(changed).toMatchObject({ ttl: 60, uniqueName: "Order 1", status: "open" });
  expect(changed.dateExpiry).toEqual(new Date("2026-12-01T00:00:00Z"));

  await sessions()(made.sid).remove();
  expect(Object.keys(state().proxySessions)).toEqual([plain.sid]);
});

test("a session lasts as long as its service says, where it does not say itself", async () => {
  await service().update({ defaultTtl: 900 });
  expect((await sessions().create({})).ttl).toBe(900);
  expect((await sessions().create({ ttl: 0 })).ttl).toBe(0);
});

test.each([
  ["a taken name", { uniqueName: "taken" }, 80603],
  ["too long a name", { uniqueName: "x".repeat(192) }, 20001],
  ["a negative time to live", { ttl: -1 }, 20001],
  ["participants that are no JSON", { participants: ["{"] }, 20001],
  ["participants without an identifier", { participants: ["{}"] }, 20001],
])("refuses %s", async (_, params, code) => {
  await sessions().create({ uniqueName: "taken" });
  await expect(sessions().create(params)).rejects.toMatchObject({ status: 400, code });
  expect(Object.keys(state().proxySessions)).toHaveLength(1);
});

test("a name is a session's own within its service only", async () => {
  const other = await services().create({ uniqueName: "Other" });
  await sessions().create({ uniqueName: "Order 1" });
  const { sid } = await services()(other.sid).sessions.create({ uniqueName: "Order 1" });
  expect((await services()(other.sid).sessions("Order 1").fetch()).sid).toBe(sid);
  await expect(sessions()(sid).fetch()).rejects.toMatchObject({ status: 400, code: 80409 });
});

test("participants come along as one JSON object each, or as a list", async () => {
  const each = await sessions().create({ participants: [person(anna), person(ben)] });
  const list = `[${person("+12065550103", { FriendlyName: "Cleo" })},${person("+12065550104")}]`;
  const body = `Participants=${encodeURIComponent(list)}`;
  const path = `/proxy.twilio.com/v1/Services/${seeded.proxyService}/Sessions`;
  const inOne = String((await ask(emulator.current, path, { body })).body.sid);

  const identifiers = async (sid: string) =>
    (await sessions()(sid).participants.list()).map(({ identifier }) => identifier).reverse();
  expect(await identifiers(each.sid)).toEqual([anna, ben]);
  expect(await identifiers(inOne)).toEqual(["+12065550103", "+12065550104"]);
});

test("where one of its participants is refused there is no session either", async () => {
  const three = [anna, ben, "+12065550103"].map((identifier) => person(identifier));
  await expect(sessions().create({ participants: three })).rejects.toMatchObject({ code: 80609 });
  const unknown = [person(anna), person(ben, { ProxyIdentifier: "+14155550100" })];
  await expect(sessions().create({ participants: unknown })).rejects.toMatchObject({ code: 80601 });
  expect(state().proxySessions).toEqual({});
  expect(state().proxyParticipants).toEqual({});
});

describe("the end of a session", () => {
  test("is by request, and then nothing changes but that it opens again", async () => {
    const { sid } = await sessions().create({ participants: [person(anna)] });
    pass(5);
    const closed = await sessions()(sid).update({ status: "closed" });
    expect(closed).toMatchObject({ status: "closed", closedReason: "requested", dateEnded: clock() });
    for (const params of [{ ttl: 60 }, { status: "closed" as const }, { status: "open" as const }])
      await expect(sessions()(sid).update(params)).rejects.toMatchObject({ status: 400, code: 80607 });
    await expect(sessions()(sid).participants.create({ identifier: ben })).rejects.toMatchObject({
      code: 80607,
    });
    const again = await sessions()(sid).update({ status: "in-progress" });
    expect(again).toMatchObject({ status: "in-progress", closedReason: "", dateEnded: null });
    await expect(sessions()(sid).update({ status: "open" })).rejects.toMatchObject({ code: 80608 });
    await sessions()(sid).participants.create({ identifier: ben });
  });

  test("comes when its time to live is over, which an interaction puts off", async () => {
    const { sid } = await sessions().create({ ttl: 60, participants: [person(anna)] });
    const [participant] = await sessions()(sid).participants.list();
    if (!participant) throw new Error("The session has no participant");
    pass(59);
    await sessions()(sid).participants(participant.sid).messageInteractions.create({ body: "Hello" });
    pass(59);
    expect(await sessions()(sid).fetch()).toMatchObject({ status: "in-progress", dateEnded: null });
    pass(1);
    expect(await sessions()(sid).fetch()).toMatchObject({
      status: "closed",
      closedReason: "expired",
      dateEnded: clock(),
    });
    expect((await service().phoneNumbers(seeded.smsNumber).fetch()).inUse).toBe(0);
    await expect(sessions()(sid).update({ ttl: 600 })).rejects.toMatchObject({ code: 80607 });
    expect(await sessions()(sid).update({ status: "in-progress", ttl: 600 })).toMatchObject({
      status: "in-progress",
    });
  });

  test("comes with its date of expiry, whatever its time to live", async () => {
    const dateExpiry = new Date(time + 10_000);
    const { sid } = await sessions().create({ ttl: 3600, dateExpiry });
    pass(10);
    expect(await sessions()(sid).fetch()).toMatchObject({ status: "closed", dateEnded: dateExpiry });
  });

  test("frees its pairs, so that it opens again only while no other session has one", async () => {
    const first = await sessions().create({ participants: [person(anna)] });
    await sessions()(first.sid).update({ status: "closed" });
    const second = await sessions().create({ participants: [person(anna)] });
    const reopen = () => sessions()(first.sid).update({ status: "in-progress" });
    await expect(reopen()).rejects.toMatchObject({ status: 400, code: 80604 });
    await sessions()(second.sid).remove();
    expect((await reopen()).status).toBe("in-progress");
  });
});

test("the open session of a customer and a number is found by both", async () => {
  const find = (identifier: string) =>
    openProxySession(
      state(),
      { serviceSid: seeded.proxyService, identifier, proxyIdentifier: "+15017122661" },
      clock().toISOString(),
    )?.sid;
  const { sid } = await sessions().create({ participants: [person(anna)] });
  expect(find(anna)).toBe(sid);
  expect(find(ben)).toBeUndefined();
  await sessions()(sid).update({ status: "closed" });
  expect(find(anna)).toBeUndefined();
});

test("a session and a service take away what is in them", async () => {
  const { sid } = await sessions().create({ participants: [person(anna)] });
  const other = await sessions().create({ participants: [person(ben)] });
  const [participant] = await sessions()(sid).participants.list();
  if (!participant) throw new Error("The session has no participant");
  await sessions()(sid).participants(participant.sid).messageInteractions.create({ body: "Hello" });
  await sessions()(sid).remove();
  expect(state().proxyInteractions).toEqual({});
  expect(Object.values(state().proxyParticipants)).toMatchObject([{ session_sid: other.sid }]);
  await service().remove();
  expect(state().proxySessions).toEqual({});
  expect(state().proxyParticipants).toEqual({});
});

// The codes and words are those of Twilio's error dictionary, https://www.twilio.com/docs/api/errors/80409 and its neighbours.
test("what does not exist is a 400, or a 404 where the quirk is off", async () => {
  const { sid } = await sessions().create({});
  const session = sessions()(sid);
  const refusals: [Promise<unknown>, number, string][] = [
    [sessions()("__proto__").fetch(), 80409, "Invalid Session Sid"],
    [sessions()(missing("KC")).fetch(), 80409, "Invalid Session Sid"],
    [session.participants(missing("KP")).fetch(), 80405, "Invalid Participant Sid"],
    [session.interactions(missing("KI")).fetch(), 80403, "Invalid Interaction Sid"],
  ];
  for (const [request, code, message] of refusals)
    await expect(request).rejects.toMatchObject({ status: 400, code, message });

  const quirky = await startEmulator({ quirks: { proxyMissingIs400: false } });
  try {
    const { sessions: quirkySessions } = clientOf(quirky).proxy.v1.services(seeded.proxyService);
    await expect(quirkySessions("__proto__").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  } finally {
    await quirky.close();
  }
});
