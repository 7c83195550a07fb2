import * as pulumi from "@pulumi/pulumi";
import {
  FlexFlow,
  getFlexConfigurationOutput,
  getFlexProxyServiceOutput,
  PhoneNumberHandler,
  StudioFlow,
  studioFlowToFlex,
} from "pulumi-twilio-flex";

const config = new pulumi.Config();
const smsNumber = config.get("smsNumber") ?? "+15017122661";
// That of the WhatsApp Sandbox, which every account has.
const whatsAppNumber = config.get("whatsAppNumber") ?? "+14155238886";

// Flex has made these when it was set up. They are looked up, neither changed nor deleted.
const flex = getFlexConfigurationOutput();
const proxy = getFlexProxyServiceOutput();

// What happens to a message before an agent sees it: it goes to the workflow of Flex.
const flow = new StudioFlow("support", {
  definition: studioFlowToFlex(),
  status: "published",
});

// SMS: the number hands what it receives to Proxy, and a Flex Flow says where Proxy hands it on to.
const number = new PhoneNumberHandler("sms", {
  phoneNumber: smsNumber,
  message: { kind: "proxy", proxyServiceSid: proxy.sid },
});
const smsFlow = new FlexFlow("sms", {
  channelType: "sms",
  contactIdentity: smsNumber,
  chatServiceSid: flex.chatServiceInstanceSid,
  integration: { type: "studio", flowSid: flow.sid },
});

// WhatsApp: another Flex Flow to the same Studio flow. The sender's own handler is set by hand, see the README.
const whatsAppFlow = new FlexFlow("whatsapp", {
  channelType: "whatsapp",
  contactIdentity: `whatsapp:${whatsAppNumber}`,
  chatServiceSid: flex.chatServiceInstanceSid,
  integration: { type: "studio", flowSid: flow.sid },
});

const fromProxy = (flexFlow: FlexFlow) =>
  pulumi.interpolate`Proxy service ${proxy.sid} → Flex Flow ${flexFlow.sid} → Studio flow ${flow.sid} → an agent`;

export const smsRoute = pulumi.interpolate`SMS to ${smsNumber} → ${fromProxy(smsFlow)}`;
export const whatsAppRoute = pulumi.interpolate`WhatsApp to ${whatsAppNumber} → ${fromProxy(whatsAppFlow)}`;
export const whatsAppWebhook = number.messageUrl;
