import * as pulumi from "@pulumi/pulumi";
import { getFlexConfigurationOutput, InboundChannels, studioFlowToFlex } from "pulumi-twilio-flex";

const config = new pulumi.Config();

// What Flex has made when it was set up is looked up, and neither changed nor deleted.
const flex = getFlexConfigurationOutput();

const support = new InboundChannels("support", {
  destination: { kind: "studio", definition: studioFlowToFlex() },
  conversationsServiceSid: flex.flexServiceInstanceSid,
  channels: {
    sms: { type: "sms", phoneNumber: config.require("smsNumber") },
    web: { type: "chat", address: "shop" },
    // A bot answers first. Its URL holds a password: it is a secret of the stack.
    bot: {
      type: "chat",
      address: "bot",
      destination: { kind: "webhook", url: config.requireSecret("botUrl") },
    },
  },
});

// One by one, so that a secret in one route does not hide the others.
export const routes = Object.fromEntries(
  Object.entries(support.channels).map(([name, { route }]) => [name, route]),
);
export const manualSteps = support.manualSteps;
