import * as pulumi from "@pulumi/pulumi";
import {
  type Destination,
  getFlexConfigurationOutput,
  InboundChannels,
  type Messaging,
  studioFlowToFlex,
} from "pulumi-twilio-flex";

const config = new pulumi.Config();

// The path that messages take: change it one step at a time, as the README says.
const paths: Messaging[] = ["proxy", "moving", "conversations"];
const messaging = config.get<Messaging>("messaging", { allowedValues: paths }) ?? "proxy";

// What to do where a number or sender leads elsewhere than to Flex.
const onConflict =
  config.get<"fail" | "takeOver">("onConflict", { allowedValues: ["fail", "takeOver"] }) ?? "fail";

// What Flex has made when it was set up is looked up, and neither changed nor deleted.
const flex = getFlexConfigurationOutput();

// One Studio flow for both paths: Flex Flows start it (incomingMessage), and conversations (incomingConversationMessage).
const own = config.get("studioFlowSid");
const destination: Destination =
  own !== undefined ? { kind: "studio", flow: own } : { kind: "studio", definition: studioFlowToFlex() };

const support = new InboundChannels("support", {
  messaging,
  destination,
  conversationsServiceSid: flex.flexServiceInstanceSid,
  // Flex Flows that were made in the Console are taken over. Destroy leaves them; once moved, they go.
  adopt: messaging !== "conversations" && config.getBoolean("adoptFlexFlows"),
  deleteAdopted: messaging === "moving",
  channels: {
    sms: { type: "sms", phoneNumber: config.get("smsNumber") ?? "+15017122661", onConflict },
    whatsapp: {
      type: "whatsapp",
      phoneNumber: config.get("whatsAppNumber") ?? "+15017122661",
      senderSid: config.get("whatsAppSenderSid") ?? "XEe1000000000000000000000000000001",
      onConflict,
    },
    web: { type: "chat", address: config.get("chatName") ?? "shop" },
  },
});

export const routes = support.routes;
export const manualSteps = support.manualSteps;
