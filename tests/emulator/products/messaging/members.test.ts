import { seeded, startEmulator } from "../../../../emulator/index";
import { countryOf } from "../../../../emulator/products/numbers/countries";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const service = (sid: string = seeded.messagingService) =>
  clientOf(emulator.current).messaging.v1.services(sid);
const otherService = () =>
  clientOf(emulator.current).messaging.v1.services.create({ friendlyName: "Other service" });
const account = () => emulator.current.state.account();
const nothing = "0".repeat(32);

interface Members {
  (sid: string): { fetch: () => Promise<{ sid: string }>; remove: () => Promise<boolean> };
  list: () => Promise<{ sid: string }[]>;
}

async function liveAndDie(members: (serviceSid?: string) => Members, sid: string): Promise<void> {
  expect((await members().list()).map((member) => member.sid)).toEqual([sid]);
  expect((await members()(sid).fetch()).sid).toBe(sid);

  const other = await otherService();
  expect(await members(other.sid).list()).toEqual([]);
  await expect(members(other.sid)(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(members(other.sid)(sid).remove()).rejects.toMatchObject({ status: 404 });

  await members()(sid).remove();
  expect(await members().list()).toEqual([]);
  await expect(members()(sid).remove()).rejects.toMatchObject({ status: 404, code: 20404 });
}

test("a number joins a service and leaves it", async () => {
  const made = await service().phoneNumbers.create({ phoneNumberSid: seeded.smsNumber });
  expect(made).toMatchObject({
    sid: seeded.smsNumber,
    serviceSid: seeded.messagingService,
    phoneNumber: "+15017122661",
    countryCode: "US",
    capabilities: ["SMS", "MMS", "Voice"],
  });
  await liveAndDie((sid) => service(sid).phoneNumbers, seeded.smsNumber);
  expect(account().phoneNumbers[seeded.smsNumber]).toBeDefined();
});

test("a short code joins a service and leaves it", async () => {
  const made = await service().shortCodes.create({ shortCodeSid: seeded.shortCode });
  expect(made).toMatchObject({ sid: seeded.shortCode, shortCode: "898989", countryCode: "US" });
  await liveAndDie((sid) => service(sid).shortCodes, seeded.shortCode);
  expect(account().shortCodes[seeded.shortCode]).toBeDefined();
});

test("an alpha sender is made in a service and deleted", async () => {
  const made = await service().alphaSenders.create({ alphaSender: "Example Co" });
  expect(made).toMatchObject({ alphaSender: "Example Co", capabilities: ["SMS"] });
  await liveAndDie((sid) => service(sid).alphaSenders, made.sid);
});

test("an alpha sender for a country is made in a service and deleted", async () => {
  const made = await service().destinationAlphaSenders.create({
    alphaSender: "Example",
    isoCountryCode: "fr",
  });
  expect(made).toMatchObject({ alphaSender: "Example", isoCountryCode: "FR", capabilities: ["SMS"] });
  expect(await service().alphaSenders.list()).toEqual([]);
  await liveAndDie((sid) => service(sid).destinationAlphaSenders, made.sid);
});

test("a service has one alpha sender for each country, and one for all others", async () => {
  const { destinationAlphaSenders } = service();
  const german = await destinationAlphaSenders.create({ alphaSender: "Beispiel", isoCountryCode: "DE" });
  const general = await destinationAlphaSenders.create({ alphaSender: "Example" });
  expect(general.isoCountryCode).toBe("");
  const sids = async (filter: { isoCountryCode?: string; pageSize?: number }) =>
    (await destinationAlphaSenders.list(filter)).map(({ sid }) => sid);
  expect(await sids({ pageSize: 1 })).toEqual([general.sid, german.sid]);
  expect(await sids({ isoCountryCode: "de" })).toEqual([german.sid]);
  expect(await sids({ isoCountryCode: "FR" })).toEqual([]);

  const taken = { status: 409, code: 21710 };
  await expect(destinationAlphaSenders.create({ alphaSender: "Other" })).rejects.toMatchObject(taken);
  await expect(
    destinationAlphaSenders.create({ alphaSender: "Anders", isoCountryCode: "DE" }),
  ).rejects.toMatchObject(taken);
  const other = await otherService();
  await service(other.sid).destinationAlphaSenders.create({ alphaSender: "Other", isoCountryCode: "DE" });
});

test.each([
  ["no name", { alphaSender: "12345", isoCountryCode: "DE" }],
  ["no country", { alphaSender: "Example", isoCountryCode: "Germany" }],
])("refuses an alpha sender for a country that is %s", async (_, params) => {
  await expect(service().destinationAlphaSenders.create(params)).rejects.toMatchObject({ code: 20001 });
  expect(account().messagingDestinationAlphaSenders).toEqual({});
});

test("a WhatsApp sender joins a service and leaves it", async () => {
  const made = await service().channelSenders.create({ sid: seeded.whatsAppSender });
  expect(made).toMatchObject({
    sid: seeded.whatsAppSender,
    messagingServiceSid: seeded.messagingService,
    sender: "whatsapp:+15017122661",
    senderType: "WhatsApp",
    countryCode: "US",
  });
  await liveAndDie((sid) => service(sid).channelSenders, seeded.whatsAppSender);
  expect(account().channelsSenders[seeded.whatsAppSender]).toBeDefined();
});

// A program that runs live against WhatsApp senders takes 404 for an empty list here.
test("where the quirk is on, a service without channel senders has no list of them", async () => {
  const quirky = await startEmulator({ quirks: { emptyChannelSendersAre404: true } });
  try {
    const { channelSenders, phoneNumbers } = clientOf(quirky).messaging.v1.services(seeded.messagingService);
    await expect(channelSenders.list()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect(await phoneNumbers.list()).toEqual([]);
    await channelSenders.create({ sid: seeded.whatsAppSender });
    expect(await channelSenders.list()).toHaveLength(1);
  } finally {
    await quirky.close();
  }
});

test("joining is answered with 201, of the two that the documents have for numbers and short codes", async () => {
  const join = async (path: string, body: string) =>
    (
      await ask(emulator.current, `/messaging.twilio.com/v1/Services/${seeded.messagingService}/${path}`, {
        body,
      })
    ).status;
  expect(await join("PhoneNumbers", `PhoneNumberSid=${seeded.smsNumber}`)).toBe(201);
  expect(await join("ShortCodes", `ShortCodeSid=${seeded.shortCode}`)).toBe(201);
  expect(await join("AlphaSenders", "AlphaSender=Example")).toBe(201);
  expect(await join("ChannelSenders", `Sid=${seeded.whatsAppSender}`)).toBe(201);
});

type Service = ReturnType<typeof service>;

const joins: [string, (to: Service) => Promise<unknown>][] = [
  ["number", ({ phoneNumbers }) => phoneNumbers.create({ phoneNumberSid: seeded.smsNumber })],
  ["short code", ({ shortCodes }) => shortCodes.create({ shortCodeSid: seeded.shortCode })],
  ["WhatsApp sender", ({ channelSenders }) => channelSenders.create({ sid: seeded.whatsAppSender })],
];

test.each(joins)("a %s is in one service, once", async (_, join) => {
  await join(service());
  await expect(join(service())).rejects.toMatchObject({ status: 409, code: 21710 });
  const other = await otherService();
  await expect(join(service(other.sid))).rejects.toMatchObject({ status: 409, code: 21712 });
});

test("an alpha sender may be in two services, but in each once", async () => {
  await service().alphaSenders.create({ alphaSender: "Example" });
  await expect(service().alphaSenders.create({ alphaSender: "Example" })).rejects.toMatchObject({
    status: 409,
    code: 21710,
  });
  const other = await otherService();
  expect(await service(other.sid).alphaSenders.create({ alphaSender: "Example" })).toMatchObject({
    alphaSender: "Example",
  });
});

test.each([
  ["no letter", "12345"],
  ["more than 11 characters", "Example Ltd."],
  ["another sign", "Exämple"],
  ["nothing", ""],
])("refuses an alpha sender of %s", async (_, alphaSender) => {
  await expect(service().alphaSenders.create({ alphaSender })).rejects.toMatchObject({ code: 20001 });
  expect(account().messagingAlphaSenders).toEqual({});
});

const strangers: [string, number, (to: Service) => Promise<unknown>][] = [
  ["number", 21421, ({ phoneNumbers }) => phoneNumbers.create({ phoneNumberSid: `PN${nothing}` })],
  ["short code", 20001, ({ shortCodes }) => shortCodes.create({ shortCodeSid: `SC${nothing}` })],
  ["sender", 20001, ({ channelSenders }) => channelSenders.create({ sid: `XE${nothing}` })],
];

test.each(strangers)("refuses a %s that the account does not have", async (_, code, join) => {
  await expect(join(service())).rejects.toMatchObject({ status: 400, code });
});

test.each(joins)("a service that does not exist takes no %s", async (_, join) => {
  await expect(join(service(`MG${nothing}`))).rejects.toMatchObject({ status: 404, code: 20404 });
});

test("the members of a service that does not exist cannot be listed", async () => {
  await expect(service(`MG${nothing}`).phoneNumbers.list()).rejects.toMatchObject({ status: 404 });
});

test.each([
  ["+15017122661", "US"],
  ["+37256123457", "EE"],
  ["+4581827622", "DK"],
  ["+8835100", null],
])("the country of %s is %s", (number, country) => {
  expect(countryOf(number)).toBe(country);
});
