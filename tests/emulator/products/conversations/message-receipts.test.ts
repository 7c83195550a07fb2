import { seeded } from "../../../../emulator/index";
import { ask, clientOf, useEmulator } from "../../support";

const emulator = useEmulator();
const unknown = (prefix: string) => `${prefix}${"0".repeat(32)}`;

test.each([
  ["in the default service", ""],
  ["under a service", `/Services/${seeded.flexService}`],
])("a message has no receipts, %s", async (_, scope) => {
  const { conversations } = clientOf(emulator.current).conversations.v1;
  const { sid } = await conversations.create({});
  const message = await conversations(sid).messages.create({ body: "Hello" });
  const receiptsOf = (messageSid: string, receipt = "") =>
    ask(
      emulator.current,
      `/conversations.twilio.com/v1${scope}/Conversations/${sid}/Messages/${messageSid}/Receipts${receipt}`,
    );
  const { status, body } = await receiptsOf(message.sid);
  expect({ status, receipts: body.delivery_receipts }).toEqual({ status: 200, receipts: [] });
  expect((await receiptsOf(message.sid, `/${unknown("DY")}`)).status).toBe(404);
  expect((await receiptsOf(unknown("IM"))).status).toBe(404);
});
