import * as pulumi from "@pulumi/pulumi";
import {
  getFlexConfiguration,
  getFlexProxyServiceOutput,
  getPhoneNumber,
  InboundChannels,
  PhoneNumberHandler,
  SmsChannel,
  studioFlowToFlex,
} from "../../provider/index";
import { resolved } from "../lookups/support";

/** A user's unit tests: one `setMocks` for all of them, no account, and credentials nowhere. */
const sid = (prefix: string) => prefix + "1".repeat(32);
const answers: Record<string, object> = {
  getFlexConfiguration: {
    chatServiceInstanceSid: sid("IS"),
    taskrouterWorkspaceSid: sid("WS"),
    taskrouterTargetWorkflowSid: sid("WW"),
  },
  getFlexProxyService: { sid: sid("KS") },
  getTaskRouterTaskChannel: { sid: sid("TC") },
};
let called: Record<string, unknown>;
let registered: Record<string, Record<string, unknown>>;

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered[name] = inputs;
      return { id: name, state: { ...inputs, accountSid: sid("AC") } };
    },
    call: ({ token, inputs }) => {
      called[token] = inputs;
      return answers[token.split(":").at(-1) ?? ""] ?? {};
    },
  }),
);
beforeEach(() => {
  called = {};
  registered = {};
});

test("a lookup asks the mocks, with its arguments", async () => {
  expect(await getFlexConfiguration({})).toEqual(answers.getFlexConfiguration);
  expect(await resolved(getFlexProxyServiceOutput({}))).toEqual({ sid: sid("KS") });
  await getPhoneNumber({ phoneNumber: "+15017122661" });
  expect(called).toEqual({
    "twilio-flex:index:getFlexConfiguration": {},
    "twilio-flex:index:getFlexProxyService": {},
    "twilio-flex:index:getPhoneNumber": { phoneNumber: "+15017122661" },
  });
});

test("a lookup still refuses arguments that are wrong", async () => {
  await expect(getPhoneNumber({ phoneNumber: "0501 712" })).rejects.toThrow("getPhoneNumber: phoneNumber");
});

test("studioFlowToFlex hands to what the mocks say that Flex has", async () => {
  const { states } = await resolved(studioFlowToFlex());
  expect(JSON.stringify(states)).toContain(`"workflow":"${sid("WW")}","channel":"${sid("TC")}"`);
});

test("a channel on proxy is declared whole", async () => {
  const channel = new SmsChannel("support", {
    phoneNumber: "+15017122661",
    messaging: "proxy",
    destination: { kind: "studio", definition: studioFlowToFlex() },
  });
  expect(await resolved(channel.route)).toContain(`Proxy service ${sid("KS")} → Flex Flow support-flex-flow`);
  expect(await resolved(channel.callbackUrl)).toContain(`/Proxy/${sid("KS")}/Webhooks/Message`);
  expect(registered["support-flex-flow"]).toMatchObject({ chatServiceSid: sid("IS") });
});

test.each(["first", "second"])("two tests may declare the same number: %s", async () => {
  const handler = new PhoneNumberHandler("support", {
    phoneNumber: "+15017122661",
    message: { kind: "none" },
  });
  expect(await resolved(handler.id)).toBe("support");
  const inbound = new InboundChannels("inbound", {
    destination: { kind: "studio", definition: studioFlowToFlex() },
    channels: { text: { type: "sms", phoneNumber: "+15017122661" } },
  });
  expect(Object.keys(await resolved(inbound.routes))).toEqual(["text"]);
});
