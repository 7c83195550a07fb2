import { seeded } from "../../../../emulator/index";
import { clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const services = () => clientOf(emulator.current).conversations.v1.services;
const unknown = (prefix: string) => `${prefix}${"0".repeat(32)}`;
const missing = { status: 404, code: 20404 };

test("a service has no bindings", async () => {
  const { bindings } = services()(seeded.flexService);
  expect(await bindings.list({ bindingType: ["apn"], identity: ["alice"] })).toEqual([]);
  await expect(bindings(unknown("BS")).fetch()).rejects.toMatchObject(missing);
  await expect(bindings(unknown("BS")).remove()).rejects.toMatchObject(missing);
  await expect(services()(unknown("IS")).bindings.list()).rejects.toMatchObject(missing);
});
