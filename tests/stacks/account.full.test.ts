import { seeded } from "../../emulator/index";
import { ChatService, FlexFlow, PhoneNumberHandler, ProxyService, StudioFlow } from "../../provider/index";
import { emulatorCredentials, onStack } from "./onStack";

const mine = emulatorCredentials.accountSid;
const other = `AC${"0".repeat(31)}2`;

const stack = onStack({ needsEngine: true, isWithoutAccount: true });

beforeAll(() => {
  stack.emulator.state.plant({
    accounts: { [other]: { auth_token: "other-token", friendly_name: "Other" } },
  });
});

afterAll(() => {
  delete process.env.TWILIO_ACCOUNT_SID;
  delete process.env.TWILIO_AUTH_TOKEN;
});

/** Credentials in the shell, as people have them: refresh and destroy see these too. */
function credentials(accountSid: string, authToken: string): void {
  process.env.TWILIO_ACCOUNT_SID = accountSid;
  process.env.TWILIO_AUTH_TOKEN = authToken;
}

const program = async () => {
  const proxy = new ProxyService("proxy", { uniqueName: "support" });
  const chat = new ChatService("chat", {});
  const studio = new StudioFlow("studio", {
    status: "published",
    definition: {
      initial_state: "Trigger",
      states: [{ name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage" }] }],
    },
  });
  new FlexFlow("flow", {
    chatServiceSid: chat.sid,
    channelType: "sms",
    integration: { type: "studio", flowSid: studio.sid },
  });
  new PhoneNumberHandler("handler", {
    phoneNumberSid: seeded.smsNumber,
    message: { kind: "proxy", proxyServiceSid: proxy.sid },
  });
};

const refusal = `lives in ${mine}; the credentials are for ${other}`;
const accounts = () => JSON.stringify(stack.emulator.state.accounts);

test("another account's credentials change nothing, in up, refresh and destroy, and each says why", async () => {
  credentials(mine, emulatorCredentials.authToken);
  expect((await stack.tryUp(program)).failed).toBe(false);
  const before = accounts();
  const kept = (await stack.stored()).resources.length;
  const requests = stack.emulator.requests.length;

  credentials(other, "other-token");
  for (const run of [
    () => stack.preview(program),
    () => stack.tryUp(program),
    stack.refresh,
    stack.destroy,
  ]) {
    const outcome = await run();
    expect(outcome.failed).toBe(true);
    expect(outcome.output).toContain(refusal);
  }
  expect(accounts()).toBe(before);
  expect((await stack.stored()).resources).toHaveLength(kept);
  expect(stack.emulator.requests).toHaveLength(requests);

  credentials(mine, emulatorCredentials.authToken);
  expect((await stack.tryUp(program)).steps).toEqual({});
  expect((await stack.destroy()).failed).toBe(false);
});
