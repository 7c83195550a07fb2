import * as pulumi from "@pulumi/pulumi";
import {
  getFlexConfigurationOutput,
  type InboundChannel,
  InboundChannels,
  studioFlowToFlex,
} from "pulumi-twilio-flex";

const config = new pulumi.Config();
const smsNumber = config.get("smsNumber") ?? "+15017122661";
const whatsAppNumber = config.get("whatsAppNumber") ?? "+15017122661";
const pageId = config.get("pageId") ?? "104512345678901";

// What Flex has made when it was set up is looked up, and neither changed nor deleted.
const flex = getFlexConfigurationOutput();

const channels: Record<string, InboundChannel> = {
  sms: { type: "sms", phoneNumber: smsNumber },
  web: { type: "chat", address: "shop" },
};
// Not every account has these: an empty setting leaves them out.
if (whatsAppNumber) channels.whatsapp = { type: "whatsapp", phoneNumber: whatsAppNumber };
if (pageId) channels.messenger = { type: "messenger", pageId };

const support = new InboundChannels("support", {
  // One Studio flow for all of them, which hands everybody to the workflow of Flex.
  destination: { kind: "studio", definition: studioFlowToFlex() },
  conversationsServiceSid: flex.flexServiceInstanceSid,
  // An address that the account has already is led to this flow, and given back by `pulumi destroy`.
  adopt: "ifThere",
  channels,
});

export const routes = support.routes;
export const manualSteps = support.manualSteps;
