import { seeded } from "../../emulator/index";
import {
  getFlexProxyService,
  getPhoneNumber,
  getProxyService,
  getTaskRouterActivity,
  getTaskRouterTaskChannel,
  getTaskRouterTaskQueue,
} from "../../provider/index";
import { clientOf } from "../emulator/support";
import { emulatorCredentials } from "../stacks/onStack";
import { startProgram, useProgram } from "./support";

const program = useProgram();
const { workspace: workspaceSid } = seeded;

const operations = () =>
  program.emulator.requests
    .filter(({ method }) => method === "GET")
    .map(({ operationId }) => operationId)
    .sort();
const inPreview = () =>
  startProgram({ ...emulatorCredentials, baseUrl: program.emulator.url }, { preview: true });

const twiceEach = () => [
  ...[1, 2].map(() => getProxyService({ uniqueName: "Flex Proxy Service" })),
  ...[1, 2].map(() => getFlexProxyService()),
  ...[1, 2].map(() => getPhoneNumber({ phoneNumber: "+15017122661" })),
  ...["Available", "Offline"].map((friendlyName) => getTaskRouterActivity({ workspaceSid, friendlyName })),
  ...["chat", "sms"].map((uniqueName) => getTaskRouterTaskChannel({ workspaceSid, uniqueName })),
  ...[1, 2].map(() => getTaskRouterTaskQueue({ workspaceSid, friendlyName: "Everyone" })),
];
const lists = ["ListActivity", "ListIncomingPhoneNumber", "ListService", "ListTaskChannel", "ListTaskQueue"];

test("lookups that a program makes side by side ask for one list a kind and parent", async () => {
  await Promise.all(twiceEach());
  expect(operations()).toEqual(lists);
});

test("in a preview, those that it makes one after the other, too", async () => {
  await inPreview();
  for (const name of ["Available", "Offline"])
    await getTaskRouterActivity({ workspaceSid, friendlyName: name });
  await Promise.all(twiceEach());
  await Promise.all(twiceEach());
  expect(operations()).toEqual(lists);
});

describe("one after the other in an up", () => {
  const look = () => getProxyService({ uniqueName: "support" });
  const make = () => clientOf(program.emulator).proxy.v1.services.create({ uniqueName: "support" });

  test("they read what they find once more, and ask for no second list", async () => {
    await make();
    const { sid } = await look();
    expect(await look()).toMatchObject({ sid });
    expect(operations()).toEqual(["FetchService", "ListService"]);
  });

  test("they find what has been made since, and not what has been deleted or replaced", async () => {
    await expect(look()).rejects.toThrow("has no Proxy service");
    const { sid } = await make();
    expect(await look()).toMatchObject({ sid });
    await clientOf(program.emulator).proxy.v1.services(sid).remove();
    const { sid: other } = await make();
    expect(await look()).toMatchObject({ sid: other });
  });
});

test("each run of a program has lists of its own", async () => {
  const { sid } = await getProxyService({ uniqueName: "Flex Proxy Service" });
  expect(sid).toBe(seeded.proxyService);
  await startProgram({ ...emulatorCredentials, baseUrl: program.emulator.url });
  await getProxyService({ uniqueName: "Flex Proxy Service" });
  expect(operations()).toEqual(["ListService", "ListService"]);
});
