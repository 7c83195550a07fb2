import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = () => clientOf(emulator.current).proxy.v1.services(seeded.proxyService);
const pool = () => service().phoneNumbers;
const state = () => emulator.current.state.account();
const anna = "+12065550101";
const ben = "+12065550102";
const first = "+15017122661";
const second = "+15558675310";

/** The participants of a new session. */
async function session(
  params: Parameters<ReturnType<typeof service>["sessions"]["create"]>[0] & object = {},
) {
  const { sid } = await service().sessions.create(params);
  return service().sessions(sid).participants;
}
const numbersOf = async (identifier: string, count: number) => {
  const numbers: string[] = [];
  for (let index = 0; index < count; index++) {
    const { proxyIdentifier } = await (await session()).create({ identifier });
    numbers.push(proxyIdentifier);
  }
  return numbers;
};

beforeEach(async () => {
  await pool().create({ sid: seeded.smsNumber });
  await pool().create({ sid: seeded.legacyNumber });
});

test("a participant lives through create, list and fetch, and is only marked when deleted", async () => {
  const participants = await session();
  const made = await participants.create({ identifier: anna, friendlyName: "Anna" });
  expect(made).toMatchObject({
    serviceSid: seeded.proxyService,
    identifier: anna,
    friendlyName: "Anna",
    proxyIdentifier: first,
    proxyIdentifierSid: seeded.smsNumber,
    dateDeleted: null,
  });
  const other = await participants.create({ identifier: ben });
  expect((await participants.list({ pageSize: 1 })).map(({ sid }) => sid)).toEqual([other.sid, made.sid]);
  expect((await participants(made.sid).fetch()).identifier).toBe(anna);

  await participants(made.sid).remove();
  expect((await participants(made.sid).fetch()).dateDeleted).toBeInstanceOf(Date);
  expect(await participants.list()).toHaveLength(2);
  await expect(participants.create({ identifier: anna })).rejects.toMatchObject({ code: 80103 });
  await participants.create({ identifier: "+12065550103" });
});

test.each([
  ["a third participant", { identifier: "+12065550103" }, 80609],
  ["one who is there already", { identifier: anna }, 80103],
  ["one without an identifier", { identifier: "" }, 20001],
  ["too long an identifier", { identifier: "x".repeat(192) }, 20001],
  ["too long a name", { identifier: "+12065550103", friendlyName: "x".repeat(256) }, 20001],
])("refuses %s", async (_, params, code) => {
  const participants = await session();
  for (const identifier of [anna, ben]) await participants.create({ identifier });
  await expect(participants.create(params)).rejects.toMatchObject({ status: 400, code });
  expect(Object.keys(state().proxyParticipants)).toHaveLength(2);
});

describe("the number of a participant", () => {
  test("is another one in each open session, until there is none left", async () => {
    expect(await numbersOf(anna, 2)).toEqual([first, second]);
    expect(await numbersOf(ben, 1)).toEqual([first]);
    await expect(numbersOf(anna, 1)).rejects.toMatchObject({ status: 400, code: 80206 });
  });

  test("is one of old, or a new one, as the service prefers", async () => {
    const participants = await session();
    await participants.create({ identifier: anna, proxyIdentifier: second });
    for (const { sid } of await service().sessions.list())
      await service().sessions(sid).update({ status: "closed" });
    expect(await numbersOf(anna, 2)).toEqual([second, first]);
    for (const sid of Object.keys(state().proxySessions)) await service().sessions(sid).remove();

    await service().update({ numberSelectionBehavior: "avoid-sticky" });
    const once = await session();
    await once.create({ identifier: anna, proxyIdentifier: first });
    for (const { sid } of await service().sessions.list())
      await service().sessions(sid).update({ status: "closed" });
    expect(await numbersOf(anna, 2)).toEqual([second, first]);
  });

  test("is of their country, fits the session and is not reserved", async () => {
    await expect(numbersOf("+447700900123", 1)).rejects.toMatchObject({ code: 80206 });
    const member = state().proxyPhoneNumbers[seeded.smsNumber];
    if (!member) throw new Error("The number is not in the pool");
    member.capabilities.voice_inbound = false;
    expect((await (await session()).create({ identifier: anna })).proxyIdentifier).toBe(second);
    const messages = await session({ mode: "message-only" });
    expect((await messages.create({ identifier: ben })).proxyIdentifier).toBe(first);
    for (const sid of [seeded.smsNumber, seeded.legacyNumber]) await pool()(sid).update({ isReserved: true });
    await expect(numbersOf("+12065550103", 1)).rejects.toMatchObject({ code: 80207 });
  });

  test("cannot come out of an empty pool", async () => {
    for (const sid of [seeded.smsNumber, seeded.legacyNumber]) await pool()(sid).remove();
    await expect(numbersOf(anna, 1)).rejects.toMatchObject({ status: 400, code: 80205 });
  });

  test("can be named, also a reserved one, but not beside another session of the same two", async () => {
    await pool()(seeded.legacyNumber).update({ isReserved: true });
    const participants = await session();
    const named = await participants.create({ identifier: anna, proxyIdentifierSid: seeded.legacyNumber });
    expect(named.proxyIdentifier).toBe(second);
    await participants.create({ identifier: ben, proxyIdentifier: second });
    const others = await session();
    await expect(others.create({ identifier: anna, proxyIdentifier: second })).rejects.toMatchObject({
      status: 400,
      code: 80604,
    });
    for (const unknown of [
      { proxyIdentifier: "+14155550100" },
      { proxyIdentifierSid: `PN${"0".repeat(32)}` },
      { proxyIdentifier: first, proxyIdentifierSid: seeded.legacyNumber },
    ])
      await expect(others.create({ identifier: anna, ...unknown })).rejects.toMatchObject({ code: 80601 });
  });

  test("may be an address of another channel, which is in no pool", async () => {
    const identifier = "whatsapp:+12065550101";
    const proxyIdentifier = "whatsapp:+15017122661";
    expect(await (await session()).create({ identifier, proxyIdentifier })).toMatchObject({
      identifier,
      proxyIdentifier,
      proxyIdentifierSid: null,
    });
  });
});
