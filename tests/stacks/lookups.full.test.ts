import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import {
  FlexFlow,
  getChatServiceOutput,
  getFlexConfiguration,
  getFlexFlowOutput,
  getFlexProxyServiceOutput,
  getPhoneNumber,
  getPhoneNumberOutput,
  getProxyServiceOutput,
  getStudioFlowOutput,
  ProxyService,
} from "../../provider/index";
import { defaultTokenAlone } from "../emulator/support";
import { textIn } from "../twilio/support";
import { onStack } from "./onStack";

const stack = onStack({ eachTest: true, needsEngine: true });

const operations = () => stack.emulator.requests.map(({ operationId }) => operationId).sort();

const program = async () => {
  const flex = await getFlexConfiguration();
  const number = await getPhoneNumber({ phoneNumber: "+15017122661" });
  const proxy = getFlexProxyServiceOutput();
  const studio = getStudioFlowOutput({ friendlyName: "Messaging Flow" });
  const chat = getChatServiceOutput({ sid: flex.chatServiceInstanceSid });
  const flow = new FlexFlow("flow", {
    channelType: "sms",
    contactIdentity: number.phoneNumber,
    chatServiceSid: chat.sid,
    integration: { type: "studio", flowSid: studio.sid },
  });
  const back = getFlexFlowOutput({ sid: flow.sid }, { parent: flow });
  return { number: number.sid, proxy: proxy.sid, flow: flow.sid, back: back.sid, studio: back.studioFlowSid };
};

test("feed resources, are read in preview too, and wait for what is not there yet", async () => {
  const asked = ["FetchConfiguration", "FetchService", "ListFlow", "ListIncomingPhoneNumber", "ListService"];
  // Preview also looks for a Flex Flow of the same key, and for what the new one refers to.
  const looks = ["ListFlexFlow", "ListFlow", "ListService"];
  const previewed = await stack.preview(program);
  expect(previewed.failed).toBe(false);
  expect(operations()).toEqual([...asked, ...looks].sort());

  const made = await stack.tryUp(program);
  expect(made.steps).toEqual({ flow: "create" });
  const [flow] = Object.values(stack.account().flexFlows);
  expect(flow).toMatchObject({ contact_identity: "+15017122661", chat_service_sid: seeded.chatService });
  expect(made.outputs).toEqual({
    number: seeded.smsNumber,
    proxy: seeded.proxyService,
    flow: flow?.sid,
    back: flow?.sid,
    studio: seeded.studioFlow,
  });

  const before = stack.emulator.requests.length;
  expect((await stack.tryUp(program)).steps).toEqual({});
  // The same questions again, and the flow itself. The resource asks nothing.
  expect(operations()).toHaveLength(before + asked.length + 1);
});

test("leave no token in the state, and mark only what carries credentials", async () => {
  const number = stack.account().phoneNumbers[seeded.smsNumber];
  if (number) number.sms_url = "https://user:pass@example.com/sms";
  const made = await stack.tryUp(async () => {
    const proxy = getFlexProxyServiceOutput();
    return { proxy: proxy.sid, url: getPhoneNumberOutput({ sid: seeded.smsNumber }).smsUrl };
  });
  expect(made.outputs).toEqual({ proxy: seeded.proxyService, url: "https://user:pass@example.com/sms" });
  const stored = textIn(stack.workDir);
  expect(stored).toContain(seeded.proxyService);
  expect(stored).not.toContain("user:pass");
  expect(stored).not.toMatch(defaultTokenAlone);
});

test("fail with one line that a program can print", async () => {
  let told: unknown;
  await stack.tryUp(async () => {
    told = await getPhoneNumber({ phoneNumber: "+15550000000" }).catch((error: unknown) => error);
  });
  expect(pulumi.RunError.isInstance(told)).toBe(true);
  expect(String(told)).toContain(
    `getPhoneNumber: ${seeded.account} has no phone number with phoneNumber "+15550000000". It has ${seeded.legacyNumber}`,
  );
});

test("see a resource of the program as it was just written", async () => {
  const found = (uniqueName: string) => async () => {
    const service = new ProxyService("service", { uniqueName });
    return { name: getProxyServiceOutput({ sid: service.sid }).uniqueName };
  };
  expect((await stack.tryUp(found("one"))).outputs).toEqual({ name: "one" });
  const renamed = await stack.tryUp(found("two"));
  expect(renamed.steps).toEqual({ service: "update" });
  expect(renamed.outputs).toEqual({ name: "two" });
});
