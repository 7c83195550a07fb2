import { seeded, startEmulator } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).proxy.v1.services;
const missing = `KS${"0".repeat(32)}`;

test("a service lives through create, list, fetch, update and delete", async () => {
  const made = await services().create({ uniqueName: "My Service" });
  // Recorded in the tests of a public client: github.com/craigpaul/twiligo, pkg/proxy_services_test.go.
  expect(made).toMatchObject({
    chatInstanceSid: null,
    callbackUrl: null,
    interceptCallbackUrl: null,
    outOfSessionCallbackUrl: null,
    defaultTtl: 0,
    geoMatchLevel: "country",
    numberSelectionBehavior: "prefer-sticky",
  });
  expect((await services().list()).map(({ sid }) => sid)).toEqual([made.sid, seeded.proxyService]);

  const changed = await services()(made.sid).update({
    chatInstanceSid: seeded.chatService,
    callbackUrl: "https://example.com/proxy",
    defaultTtl: 3600,
  });
  expect(changed).toMatchObject({ defaultTtl: 3600, callbackUrl: "https://example.com/proxy" });
  const cleared = await services()(made.sid).update({ callbackUrl: "", chatInstanceSid: "" });
  expect(cleared).toMatchObject({ callbackUrl: "", chatInstanceSid: "", defaultTtl: 3600 });
  expect((await services()(made.sid).fetch()).uniqueName).toBe("My Service");

  await services()(made.sid).remove();
  expect(Object.keys(emulator.current.state.account().proxyServices)).toEqual([seeded.proxyService]);
});

test.each([
  ["a taken name", { uniqueName: "Flex Proxy Service" }, 80602],
  ["an empty name", { uniqueName: "" }, 20001],
  ["too long a name", { uniqueName: "x".repeat(192) }, 20001],
])("refuses %s", async (_, params, code) => {
  await expect(services().create(params)).rejects.toMatchObject({ status: 400, code });
});

// Recorded by tests that run against Twilio: github.com/RJPearson94/terraform-provider-twilio,
// twilio/internal/services/proxy/tests/resource_proxy_service_test.go names a chat service that does not exist.
test("may name a chat service that is not there", async () => {
  const chatInstanceSid = `IS${"a".repeat(32)}`;
  const made = await services().create({ uniqueName: "x", chatInstanceSid });
  expect(made.chatInstanceSid).toBe(chatInstanceSid);
});

// The same test expects these words for a service that was deleted; the code is that of Twilio's error dictionary.
test("a service that does not exist is a 400, or a 404 where the quirk is off", async () => {
  const refused = { status: 400, code: 80408, message: "Invalid Service Sid" };
  await expect(services()(missing).fetch()).rejects.toMatchObject(refused);
  await expect(services()(missing).update({ uniqueName: "x" })).rejects.toMatchObject(refused);
  await expect(services()(missing).remove()).rejects.toMatchObject(refused);
  await expect(services()(missing).sessions.list()).rejects.toMatchObject(refused);
  await expect(services()("__proto__").fetch()).rejects.toMatchObject(refused);

  const quirky = await startEmulator({ quirks: { proxyMissingIs400: false, proxyClosed: true } });
  try {
    const { services: quirkyServices } = clientOf(quirky).proxy.v1;
    await expect(quirkyServices(missing).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(quirkyServices("__proto__").fetch()).rejects.toMatchObject({ status: 404 });
    await expect(quirkyServices.create({ uniqueName: "x" })).rejects.toMatchObject({ code: 80506 });
  } finally {
    await quirky.close();
  }
});
