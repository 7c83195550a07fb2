import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).messaging.v1.services;
const account = () => emulator.current.state.account();
const missing = `MG${"0".repeat(32)}`;

test("a service lives through create, list, fetch, update and delete", async () => {
  const made = await services().create({ friendlyName: "Support" });
  expect(made).toMatchObject({
    inboundRequestUrl: null,
    inboundMethod: "POST",
    fallbackUrl: null,
    fallbackMethod: "POST",
    statusCallback: null,
    stickySender: true,
    validityPeriod: 36_000,
    usecase: "undeclared",
    useInboundWebhookOnNumber: false,
  });
  expect((await services().list()).map(({ sid }) => sid)).toEqual([made.sid, seeded.messagingService]);

  await services()(made.sid).update({ friendlyName: "Service" });
  expect(await services()(made.sid).fetch()).toMatchObject({ friendlyName: "Service", stickySender: true });

  await services()(made.sid).remove();
  await expect(services()(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(services()(missing).remove()).rejects.toMatchObject({ status: 404 });
  expect(Object.keys(account().messagingServices)).toEqual([seeded.messagingService]);
});

test("every field is set by create and by update, and an update keeps what it does not name", async () => {
  const all = {
    inboundRequestUrl: "https://example.com/inbound",
    inboundMethod: "GET",
    fallbackUrl: "https://example.com/fallback",
    fallbackMethod: "GET",
    statusCallback: "https://example.com/status",
    stickySender: false,
    mmsConverter: false,
    smartEncoding: false,
    scanMessageContent: "disable" as const,
    fallbackToLongCode: false,
    areaCodeGeomatch: false,
    validityPeriod: 1,
    synchronousValidation: true,
    usecase: "notifications",
    useInboundWebhookOnNumber: true,
  };
  expect(await services().create({ friendlyName: "Made whole", ...all })).toMatchObject(all);
  const { sid } = await services().create({ friendlyName: "Made bare" });
  for (const [name, value] of Object.entries(all)) await services()(sid).update({ [name]: value });
  expect(await services()(sid).fetch()).toMatchObject({ friendlyName: "Made bare", ...all });
});

test("an empty value clears a field", async () => {
  const { sid } = await services().create({
    friendlyName: "Support",
    inboundRequestUrl: "https://example.com/inbound",
    inboundMethod: "GET",
    fallbackUrl: "https://example.com/fallback",
    fallbackMethod: "GET",
    statusCallback: "https://example.com/status",
    usecase: "marketing",
  });
  const cleared = await services()(sid).update({
    inboundRequestUrl: "",
    inboundMethod: "",
    fallbackUrl: "",
    fallbackMethod: "",
    statusCallback: "",
    usecase: "",
  });
  expect(cleared).toMatchObject({
    inboundRequestUrl: null,
    inboundMethod: "POST",
    fallbackUrl: null,
    fallbackMethod: "POST",
    statusCallback: null,
    usecase: "undeclared",
  });
});

test.each([
  ["an empty name", { friendlyName: "" }],
  ["too long a name", { friendlyName: "x".repeat(65) }],
  ["half a URL", { inboundRequestUrl: "example.com/inbound" }],
  ["another scheme", { statusCallback: "ftp://example.com/status" }],
  ["another method", { inboundMethod: "PUT" }],
  ["no validity", { validityPeriod: 0 }],
  ["too long a validity", { validityPeriod: 36_001 }],
  ["another use case", { usecase: "chatting" }],
])("refuses %s and changes nothing", async (_, params) => {
  const before = structuredClone(account().messagingServices);
  const refusal = { status: 400, code: 20001 };
  await expect(services().create({ friendlyName: "Support", ...params })).rejects.toMatchObject(refusal);
  await expect(services()(seeded.messagingService).update(params)).rejects.toMatchObject(refusal);
  expect(account().messagingServices).toEqual(before);
});

test("deleting a service frees its members, and theirs only", async () => {
  const other = await services().create({ friendlyName: "Other" });
  const { sid } = await services().create({ friendlyName: "Support" });
  await services()(other.sid).phoneNumbers.create({ phoneNumberSid: seeded.legacyNumber });
  const { phoneNumbers, shortCodes, alphaSenders, channelSenders } = services()(sid);
  await phoneNumbers.create({ phoneNumberSid: seeded.smsNumber });
  await shortCodes.create({ shortCodeSid: seeded.shortCode });
  await alphaSenders.create({ alphaSender: "Example" });
  await services()(sid).destinationAlphaSenders.create({ alphaSender: "Example", isoCountryCode: "DE" });
  await channelSenders.create({ sid: seeded.whatsAppSender });

  await services()(sid).remove();

  const { messagingPhoneNumbers, messagingShortCodes, messagingAlphaSenders, messagingChannelSenders } =
    account();
  expect(Object.keys(messagingPhoneNumbers)).toEqual([seeded.legacyNumber]);
  expect([messagingShortCodes, messagingAlphaSenders, messagingChannelSenders]).toEqual([{}, {}, {}]);
  expect(account().messagingDestinationAlphaSenders).toEqual({});
  expect(account().phoneNumbers[seeded.smsNumber]).toBeDefined();
  expect(account().shortCodes[seeded.shortCode]).toBeDefined();
  expect(account().channelsSenders[seeded.whatsAppSender]).toBeDefined();
  await services()(other.sid).phoneNumbers.create({ phoneNumberSid: seeded.smsNumber });
});

test("the use cases that are listed are those a service may have", async () => {
  const { usecases } = await clientOf(emulator.current).messaging.v1.usecases.fetch();
  const names = usecases.map(({ usecase }) => usecase);
  expect(names).toContain("marketing");
  for (const usecase of names) {
    expect(await services()(seeded.messagingService).update({ usecase })).toMatchObject({ usecase });
  }
});
