import { defaultAccountSid, type Emulator, seeded, startEmulator } from "../../../emulator/index";
import { differences } from "../../../provider/cli/rehearse/differences";
import { Objects } from "../../../provider/cli/rehearse/objects";
import { gapText, writeText } from "../../../provider/cli/rehearse/report";
import { changesOf, problemsOf } from "../../../provider/cli/rehearse/routes";
import { Watch } from "../../../provider/cli/rehearse/watch";
import type { ShownRoute } from "../../../provider/routing";
import { clientOf } from "../../emulator/support";

let emulator: Emulator;
let watch: Watch | undefined;
let before: ShownRoute[];
beforeEach(async () => {
  emulator = await startEmulator({
    strict: true,
    onCarriedOut: (request, body) => watch?.note(request, body),
  });
  watch = new Watch(new Objects(structuredClone(emulator.state.accounts)), emulator.routes);
  before = emulator.routes();
});
afterEach(() => emulator.close());

const seen = () => {
  if (!watch) throw new Error("Nobody watches");
  return watch;
};
const number = () => clientOf(emulator).incomingPhoneNumbers(seeded.smsNumber);
const url = "https://bot.example.com/messages";
const add = () =>
  clientOf(emulator).conversations.v1.addressConfigurations.create({
    type: "sms",
    address: "+15017122661",
    "autoCreation.enabled": true,
    "autoCreation.type": "default",
  });

test("a break before the make is seen, however short", async () => {
  await Promise.all([number().update({ smsUrl: "" }), number().fetch()]);
  await number().update({ smsUrl: url });
  expect(seen().gaps).toEqual([
    { kind: "unrouted", channel: "sms", address: "+15017122661", from: 1, writes: 1 },
  ]);
  expect(gapText(seen().gaps)).toContain(
    "sms +15017122661 is answered by nobody after write 1, until write 2",
  );
});

test("two answers are seen, and an end for the worse is no gap", async () => {
  const { sid } = await add();
  await number().update({ smsUrl: "" });
  expect(seen().gaps).toEqual([
    { kind: "doubled", channel: "sms", address: "+15017122661", from: 1, writes: 1 },
  ]);
  await clientOf(emulator).conversations.v1.addressConfigurations(sid).remove();
  expect(seen().gaps).toHaveLength(1);
  const [worse, ...others] = changesOf(before, emulator.routes()).filter(({ isWorse }) => isWorse);
  expect(worse?.before).toMatchObject({ channel: "sms", address: "+15017122661" });
  expect(others).toEqual([]);
});

test("writes are named by what they are about, also what is gone; reads and checks are none", async () => {
  const client = clientOf(emulator);
  await number().fetch();
  await client.studio.v2.flowValidate
    .update({ friendlyName: "x", status: "draft", definition: {} })
    .catch(() => {});
  const { sid } = await add();
  await client.conversations.v1.addressConfigurations(sid).remove();
  await client.conversations.v1.configuration().update({ defaultInactiveTimer: "PT1H" });
  await number()
    .update({ smsUrl: "not a URL" })
    .catch(() => {});
  expect(seen().takeWrites().map(writeText)).toEqual([
    `POST address configuration +15017122661 (${sid}): Type, Address, AutoCreation.Enabled, AutoCreation.Type`,
    `DELETE address configuration +15017122661 (${sid})`,
    "POST configuration: DefaultInactiveTimer",
    expect.stringMatching(/^POST number \+15017122661 .*: SmsUrl, refused with HTTP 400$/),
  ]);
  expect(seen().made).toEqual([sid]);
});

test("problems that go, stay and come are told apart", async () => {
  const flow = `https://webhooks.twilio.com/v1/Accounts/${defaultAccountSid}/Flows/FW${"0".repeat(32)}`;
  await number().update({ smsUrl: flow });
  const broken = emulator.routes();
  expect(problemsOf(before, broken).new).toMatchObject([{ address: "+15017122661", code: "missing-object" }]);
  expect(changesOf(before, broken).filter(({ isWorse }) => isWorse)).toHaveLength(1);
  await number().update({ smsUrl: url });
  expect(problemsOf(broken, emulator.routes()).gone).toMatchObject([{ code: "missing-object" }]);
});

test("the account is as it was once what was made is gone and what was changed is back", async () => {
  const kept = structuredClone(emulator.state.accounts);
  const { smsUrl } = await number().fetch();
  await number().update({ smsUrl: url });
  const { sid } = await add();
  expect(differences(kept, emulator.state.accounts)).toEqual([
    expect.stringMatching(/^phone numbers: .* differs in sms_url$/),
    expect.stringMatching(/^address configurations: .* is left$/),
  ]);
  await clientOf(emulator).conversations.v1.addressConfigurations(sid).remove();
  await number().update({ smsUrl });
  expect(differences(kept, emulator.state.accounts)).toEqual([]);
});
