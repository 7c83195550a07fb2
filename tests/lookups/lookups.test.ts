import { seeded } from "../../emulator/index";
import {
  getChatService,
  getFlexConfiguration,
  getFlexFlow,
  getPhoneNumber,
  getProxyService,
  getStudioFlow,
  getTwimlApplication,
} from "../../provider/index";
import { useProgram } from "./support";

const program = useProgram();
const state = () => program.emulator.state.account();

const flowSid = (digit: string) => `FO${digit.repeat(32)}`;
function plantFlexFlow(digit: string, differs: object = {}): void {
  state().flexFlows[flowSid(digit)] = {
    sid: flowSid(digit),
    account_sid: seeded.account,
    friendly_name: "Support",
    chat_service_sid: seeded.chatService,
    channel_type: "sms",
    contact_identity: "+15017122661",
    enabled: true,
    integration_type: "studio",
    integration: { flow_sid: seeded.studioFlow, retry_count: 3 },
    long_lived: false,
    janitor_enabled: false,
    date_created: "2021-03-04T05:06:07Z",
    date_updated: "2021-03-04T05:06:07Z",
    ...differs,
  };
}

describe("by SID and by natural key, in one request each", () => {
  const number = {
    sid: seeded.smsNumber,
    accountSid: seeded.account,
    phoneNumber: "+15017122661",
    friendlyName: "(501) 712-2661",
    capabilities: { sms: true, mms: true, voice: true },
    smsUrl: "https://demo.twilio.com/welcome/sms/reply/",
    smsApplicationSid: "",
    voiceUrl: "https://demo.twilio.com/welcome/voice/",
    voiceApplicationSid: "",
    trunkSid: "",
  };
  const proxy = {
    sid: seeded.proxyService,
    accountSid: seeded.account,
    uniqueName: "Flex Proxy Service",
    chatInstanceSid: seeded.chatService,
    messageWebhookUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Proxy/${seeded.proxyService}/Webhooks/Message`,
  };
  const chat = {
    sid: seeded.chatService,
    accountSid: seeded.account,
    friendlyName: "Flex Chat Service",
    defaultServiceRoleSid: expect.stringMatching(/^RL/),
    defaultChannelRoleSid: expect.stringMatching(/^RL/),
    defaultChannelCreatorRoleSid: expect.stringMatching(/^RL/),
  };
  const studio = {
    sid: seeded.studioFlow,
    accountSid: seeded.account,
    friendlyName: "Messaging Flow",
    status: "published",
    revision: 1,
    webhookUrl: `https://webhooks.twilio.com/v1/Accounts/${seeded.account}/Flows/${seeded.studioFlow}`,
  };
  const application = {
    sid: seeded.application,
    accountSid: seeded.account,
    friendlyName: "Legacy application",
    smsUrl: "",
    voiceUrl: "",
  };
  const flow = {
    sid: flowSid("1"),
    accountSid: seeded.account,
    friendlyName: "Support",
    chatServiceSid: seeded.chatService,
    channelType: "sms",
    contactIdentity: "+15017122661",
    enabled: true,
    integrationType: "studio",
    studioFlowSid: seeded.studioFlow,
  };
  const configuration = {
    accountSid: seeded.account,
    flexInstanceSid: seeded.flexInstance,
    chatServiceInstanceSid: seeded.chatService,
    flexServiceInstanceSid: seeded.flexService,
    messagingServiceInstanceSid: "",
    taskrouterWorkspaceSid: seeded.workspace,
    taskrouterTargetWorkflowSid: seeded.workflow,
    taskrouterTargetTaskqueueSid: seeded.everyoneQueue,
    taskrouterOfflineActivitySid: seeded.offlineActivity,
    serverlessServiceSids: [],
    runtimeDomain: "emulator-1234.twil.io",
  };

  test.each<[string, () => Promise<object>, object]>([
    ["phone number by SID", () => getPhoneNumber({ sid: seeded.smsNumber }), number],
    ["phone number by number", () => getPhoneNumber({ phoneNumber: "+15017122661" }), number],
    ["Proxy service by SID", () => getProxyService({ sid: seeded.proxyService }), proxy],
    ["Proxy service by name", () => getProxyService({ uniqueName: "Flex Proxy Service" }), proxy],
    ["Chat service by SID", () => getChatService({ sid: seeded.chatService }), chat],
    ["Chat service by name", () => getChatService({ friendlyName: "Flex Chat Service" }), chat],
    ["Studio flow by SID", () => getStudioFlow({ sid: seeded.studioFlow }), studio],
    ["Studio flow by name", () => getStudioFlow({ friendlyName: "Messaging Flow" }), studio],
    ["TwiML application by SID", () => getTwimlApplication({ sid: seeded.application }), application],
    [
      "TwiML application by name",
      () => getTwimlApplication({ friendlyName: "Legacy application" }),
      application,
    ],
    ["Flex Flow by SID", () => getFlexFlow({ sid: flowSid("1") }), flow],
    ["Flex Flow by name", () => getFlexFlow({ friendlyName: "Support" }), flow],
    [
      "Flex Flow by address",
      () => getFlexFlow({ channelType: "sms", contactIdentity: "+15017122661" }),
      flow,
    ],
    ["Flex Configuration", () => getFlexConfiguration(), configuration],
  ])("%s", async (_, look, expected) => {
    plantFlexFlow("1");
    plantFlexFlow("2", { friendly_name: "Web", channel_type: "web", contact_identity: "" });
    expect(await look()).toEqual(expected);
    expect(program.emulator.requests.map(({ method, status }) => [method, status])).toEqual([["GET", 200]]);
  });
});

describe("none, or several", () => {
  const missing = "0".repeat(32);

  test.each<[string, () => Promise<object>, string]>([
    [
      "phone number by SID",
      () => getPhoneNumber({ sid: `PN${missing}` }),
      `getPhoneNumber: ${seeded.account} has no phone number with sid "PN${missing}". It has ${seeded.legacyNumber} (+15558675310 Legacy support line), ${seeded.smsNumber} (+15017122661 (501) 712-2661)`,
    ],
    [
      "phone number that is the end of another",
      () => getPhoneNumber({ phoneNumber: "+7122661" }),
      `has no phone number with phoneNumber "+7122661". It has ${seeded.legacyNumber}`,
    ],
    [
      "Proxy service",
      () => getProxyService({ uniqueName: "Other" }),
      `getProxyService: ${seeded.account} has no Proxy service with uniqueName "Other". It has ${seeded.proxyService} (Flex Proxy Service)`,
    ],
    [
      "Studio flow",
      () => getStudioFlow({ friendlyName: "Other" }),
      `has no Studio flow with friendlyName "Other". It has ${seeded.studioFlow} (Messaging Flow)`,
    ],
    [
      "TwiML application",
      () => getTwimlApplication({ friendlyName: "Other" }),
      `getTwimlApplication: ${seeded.account} has no TwiML application with friendlyName "Other". It has ${seeded.application} (Legacy application)`,
    ],
    [
      "Flex Flow, where there is none at all",
      () => getFlexFlow({ channelType: "whatsapp", contactIdentity: "whatsapp:+15017122661" }),
      `getFlexFlow: ${seeded.account} has no Flex Flow with channelType "whatsapp" and contactIdentity "whatsapp:+15017122661". It has no Flex Flows at all`,
    ],
  ])("no %s", async (_, look, message) => {
    await expect(look()).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  test("several of one name are all named", async () => {
    plantFlexFlow("1");
    plantFlexFlow("2", { contact_identity: "+15558675310" });
    await expect(getFlexFlow({ friendlyName: "Support" })).rejects.toThrow(
      `getFlexFlow: 2 Flex Flows of ${seeded.account} have friendlyName "Support": ${flowSid("2")} (Support sms +15558675310), ${flowSid("1")} (Support sms +15017122661). Give the sid of one`,
    );
  });

  test("of many only a few are named", async () => {
    for (const digit of "12345678") plantFlexFlow(digit);
    const error = await getFlexFlow({ friendlyName: "Support" }).catch(String);
    expect(error).toContain("8 Flex Flows");
    expect(error).toContain("and more");
    expect(String(error).match(/FO\d{32}/g)).toHaveLength(5);
  });

  test("an account without Flex has no Flex Configuration", async () => {
    state().flexConfiguration = null;
    await expect(getFlexConfiguration()).rejects.toThrow(
      `getFlexConfiguration: ${seeded.account} has no Flex, and so no Flex Configuration`,
    );
  });
});

describe("arguments are refused before anything is asked", () => {
  test.each<[string, () => Promise<object>, string]>([
    ["none", () => getPhoneNumber({}), "getPhoneNumber: sid, phoneNumber: exactly one of them is needed"],
    [
      "two",
      () => getProxyService({ sid: seeded.proxyService, uniqueName: "x" }),
      "getProxyService: sid, uniqueName: these exclude each other",
    ],
    ["blank", () => getStudioFlow({ sid: "" }), "exactly one of them is needed"],
    [
      "a SID of another kind",
      () => getChatService({ sid: seeded.studioFlow }),
      `sid: got "${seeded.studioFlow}"; give the SID of a Chat service: IS and 32 hexadecimal digits`,
    ],
    [
      "a name that is too long",
      () => getTwimlApplication({ friendlyName: "x".repeat(65) }),
      "getTwimlApplication: friendlyName: got a text of 65 characters; give a text of 1 to 64 characters",
    ],
    [
      "no number",
      () => getPhoneNumber({ phoneNumber: "5017122661" }),
      'phoneNumber: got "5017122661"; give a phone number in E.164 form',
    ],
    [
      "an address without its channel",
      () => getFlexFlow({ contactIdentity: "+15017122661" }),
      "channelType, contactIdentity: they go together",
    ],
    [
      "a misspelt argument",
      () => getChatService(JSON.parse('{"friendlyNam": "x"}')),
      "friendlyNam: no such argument; did you mean friendlyName?",
    ],
    [
      "options in the place of arguments",
      () => getFlexConfiguration(JSON.parse('{"provider": {"a": 1}}')),
      "getFlexConfiguration: provider: no such argument",
    ],
  ])("%s", async (_, look, message) => {
    await expect(look()).rejects.toThrow(message);
    expect(program.emulator.requests).toHaveLength(0);
  });
});
