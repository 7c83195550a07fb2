import { seeded } from "../../emulator/index";
import { getFlexProxyService } from "../../provider/index";
import { useProgram } from "./support";

const program = useProgram();

const sidOf = (digit: string) => `KS${digit.repeat(32)}`;
const services = () => program.emulator.state.account().proxyServices;

/** In the place of the one that Flex made. */
function plant(...planted: { name: string; chat?: string }[]): void {
  const { [seeded.proxyService]: own } = services();
  if (!own) throw new Error("No Proxy service is seeded");
  delete services()[seeded.proxyService];
  planted.forEach(({ name, chat = "" }, index) => {
    const sid = sidOf(String(index + 1));
    services()[sid] = { ...own, sid, unique_name: name, chat_instance_sid: chat };
  });
}

const operations = () => program.emulator.requests.map(({ operationId }) => operationId);

test("the one of Flex's name, whatever its Chat service, in one request", async () => {
  plant({ name: "Other", chat: seeded.chatService }, { name: "Flex Proxy Service" });
  expect(await getFlexProxyService()).toMatchObject({ sid: sidOf("2"), uniqueName: "Flex Proxy Service" });
  expect(operations()).toEqual(["ListService"]);
});

test("else the only one with the Chat service of Flex", async () => {
  plant({ name: "Other", chat: seeded.flexService }, { name: "Renamed", chat: seeded.chatService });
  expect(await getFlexProxyService()).toMatchObject({ sid: sidOf("2"), uniqueName: "Renamed" });
  expect(operations()).toEqual(["ListService", "FetchConfiguration"]);
});

test.each([
  [
    "several have it",
    [{ name: "One", chat: seeded.chatService }, { name: "Two", chat: seeded.chatService }, { name: "Other" }],
    `several have the Chat service of Flex. It has ${sidOf("2")} (Two), ${sidOf("1")} (One); if one of them is meant, use getProxyService`,
  ],
  ["none has it", [{ name: "Other" }], `none has the Chat service of Flex. It has ${sidOf("1")} (Other)`],
  ["there is none", [], "It has no Proxy services at all. Newer accounts may have none"],
])("an error where %s", async (_, planted, message) => {
  plant(...planted);
  await expect(getFlexProxyService()).rejects.toThrow(message);
});

test("a service without a Chat service is not that of an account without Flex", async () => {
  plant({ name: "Other" });
  program.emulator.state.account().flexConfiguration = null;
  await expect(getFlexProxyService()).rejects.toThrow("Newer accounts may have none");
});
