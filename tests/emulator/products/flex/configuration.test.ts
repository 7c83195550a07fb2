import { seeded, startEmulator } from "../../../../emulator/index";
import { ask, clientOf, type RawRequest, useEmulator } from "../../support";

const emulator = useEmulator();
const path = "/flex-api.twilio.com/v1/Configuration";

const post = (body: unknown, request: RawRequest = {}) =>
  ask(emulator.current, path, {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    ...request,
  });

test("the configuration names the account's Flex objects", async () => {
  const configuration = await clientOf(emulator.current).flexApi.v1.configuration().fetch();
  expect(configuration).toMatchObject({
    accountSid: seeded.account,
    chatServiceInstanceSid: seeded.chatService,
    flexServiceInstanceSid: seeded.flexService,
    taskrouterWorkspaceSid: seeded.workspace,
    taskrouterTargetWorkflowSid: seeded.workflow,
  });
  const { chatServices, proxyServices, taskrouterWorkspaces } = emulator.current.state.account();
  expect(Object.keys(chatServices)).toEqual([seeded.chatService, seeded.flexService]);
  expect(proxyServices[seeded.proxyService]?.chat_instance_sid).toBe(seeded.chatService);
  expect(Object.keys(taskrouterWorkspaces)).toEqual([seeded.workspace]);
});

// The whole of an account's answer, as Twilio's own page prints it:
// https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
test("what nobody has set is null, and the runtime domain is a host", async () => {
  const { body } = await ask(emulator.current, path);
  expect(body).toMatchObject({
    runtime_domain: "emulator-1234.twil.io",
    ui_attributes: { warmTransfers: { enabled: true }, notifications: { browser: true } },
    messaging_service_instance_sid: null,
    serverless_service_sids: null,
    outbound_call_flows: null,
    call_recording_enabled: null,
    flex_url: null,
    channel_configs: ["web", "sms", "whatsapp", "email"].map((address_type) => ({
      address_type,
      cbm_attachments: { enabled: true, number_of_attachments: address_type === "email" ? 10 : 1 },
    })),
  });
});

test("a JSON value takes the place of the old one whole", async () => {
  await post({ account_sid: seeded.account, ui_attributes: { theme: "dark", logo: "a" } });
  const { status, body } = await post({
    account_sid: seeded.account,
    ui_attributes: { theme: "light" },
    ui_language: "de",
  });
  expect(status).toBe(200);
  expect(body.ui_attributes).toEqual({ theme: "light" });
  expect(emulator.current.state.account().flexConfiguration).toMatchObject({
    ui_attributes: { theme: "light" },
    ui_language: "de",
    call_recording_enabled: null,
  });
});

// In the words of https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
test.each(["flex_service_instance_sid", "chat_service_instance_sid", "taskrouter_workspace_sid"])(
  "%s cannot be changed",
  async (key) => {
    const { status, body } = await post({ account_sid: seeded.account, [key]: null });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 45004,
      message: `You are not allowed to modify property for [${key}].`,
    });
  },
);

test.each([
  ["no account_sid", { ui_language: "de" }],
  ["another account's SID", { account_sid: `AC${"1".repeat(32)}`, ui_language: "de" }],
  ["a value of the wrong type", { account_sid: seeded.account, taskrouter_skills: "sales" }],
  ["a list", [1]],
])("refuses %s", async (_, body) => {
  expect((await post(body)).status).toBe(400);
});

test("refuses what is not JSON, nests too deep, or is a form", async () => {
  expect((await post({}, { body: "{" })).status).toBe(400);
  expect((await post({}, { body: `{"a":${"[".repeat(100_000)}` })).status).toBe(400);
  const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "ui_language=de" };
  expect((await post({}, form)).status).toBe(415);
});

test("an account without Flex has no configuration", async () => {
  const bare = await startEmulator({ profile: "bare" });
  try {
    expect((await ask(bare, path)).body).toMatchObject({ status: 404, code: 45101 });
  } finally {
    await bare.close();
  }
});
