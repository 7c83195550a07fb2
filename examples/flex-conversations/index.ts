import * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput, InboundChannels, studioFlowToFlex } from "pulumi-twilio-flex";

const config = new pulumi.Config();

// What Flex has made when it was set up is looked up, and neither changed nor deleted.
const flex = getFlexConfigurationOutput();

const support = new InboundChannels("support", {
  // One Studio flow for all of them, which hands everybody to the workflow of Flex.
  destination: { kind: "studio", definition: studioFlowToFlex() },
  conversationsServiceSid: flex.flexServiceInstanceSid,
  channels: {
    sms: { type: "sms", phoneNumber: config.get("smsNumber") ?? "+15017122661" },
    whatsapp: { type: "whatsapp", phoneNumber: config.get("whatsAppNumber") ?? "+15017122661" },
    messenger: { type: "messenger", pageId: config.get("pageId") ?? "104512345678901" },
    web: { type: "chat", address: "shop" },
  },
});

export const routes = support.routes;
export const manualSteps = support.manualSteps;
