import { seeded, startEmulator } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).proxy.v1.services;
const missing = `KS${"0".repeat(32)}`;

test("a service lives through create, list, fetch, update and delete", async () => {
  const made = await services().create({ uniqueName: "My Service" });
  expect(made).toMatchObject({
    chatInstanceSid: "",
    callbackUrl: "",
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
  ["an unknown chat service", { uniqueName: "x", chatInstanceSid: `IS${"0".repeat(32)}` }, 80306],
  ["an empty name", { uniqueName: "" }, 20001],
  ["too long a name", { uniqueName: "x".repeat(192) }, 20001],
])("refuses %s", async (_, params, code) => {
  await expect(services().create(params)).rejects.toMatchObject({ status: 400, code });
});

test("a service that does not exist is a 404, or a 400 where the quirk is on", async () => {
  await expect(services()(missing).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(services()("__proto__").fetch()).rejects.toMatchObject({ status: 404 });

  const quirky = await startEmulator({ quirks: { proxyMissingIs400: true, proxyClosed: true } });
  try {
    const { services: quirkyServices } = clientOf(quirky).proxy.v1;
    await expect(quirkyServices(missing).fetch()).rejects.toMatchObject({
      status: 400,
      message: "Invalid Service Sid",
    });
    await expect(quirkyServices.create({ uniqueName: "x" })).rejects.toMatchObject({ code: 80506 });
  } finally {
    await quirky.close();
  }
});
