import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  ConversationsAddress,
  FlexFlow,
  getFlexConfigurationOutput,
  getFlexProxyServiceOutput,
  PhoneNumberHandler,
  StudioFlow,
} from "pulumi-twilio-flex";

// Neither is set at first: what the program does not give stays as it was found.
const config = new pulumi.Config();
const flowName = config.get("flowName");
const retryCount = config.getNumber("retryCount");

// `import` had these as resources and SIDs. They belong to Flex, so they are looked up and not taken over.
const flex = getFlexConfigurationOutput();
const proxy = getFlexProxyServiceOutput();

// "Messaging Flow COPY 2 (use this one)", for both channels. The file is what Studio's editor exports. The others name the
// flow by its SID, which is known already: so the first preview can say what it would change in them.
const flowSid = "FW5c1e8a7b3d9f4e2a6c0b8d7f1e3a5c94";
new StudioFlow("support", {
  adopt: flowSid,
  friendlyName: flowName,
  definition: readFileSync(join(__dirname, "support-flow.json"), "utf8"),
  status: "published",
});

// SMS to the hotline, on the legacy path.
const hotline = "+15552360123";
const smsFlow = new FlexFlow("hotline", {
  adopt: "FO9b2d4f6a8c0e1b3d5f7a9c1e3b5d7f90",
  channelType: "sms",
  contactIdentity: hotline,
  chatServiceSid: flex.chatServiceInstanceSid,
  integration: { type: "studio", flowSid, retryCount },
});

// "Marie TEST - do not delete!!". Its fallback was a bot that has been gone since 2019: leaving that out is the one thing
// that differs from what is there, and `takeOver` agrees to it.
const number = new PhoneNumberHandler("hotline", {
  phoneNumber: hotline,
  message: { kind: "proxy", proxyServiceSid: proxy.sid },
  onConflict: "takeOver",
});

// Messenger, on Flex Conversations: "fb page (prod?)". It is.
const page = new ConversationsAddress("page", {
  adopt: "IG3e5a7c9b1d2f4a6c8e0b2d4f6a8c1e35",
  type: "messenger",
  address: "messenger:104512345678901",
  autoCreation: {
    type: "studio",
    studioFlowSid: flowSid,
    studioRetryCount: retryCount,
    conversationServiceSid: flex.flexServiceInstanceSid,
  },
});

export const smsRoute = pulumi.interpolate`SMS to ${number.phoneNumber} → Proxy service ${proxy.sid} → Flex Flow ${smsFlow.sid} → Studio flow ${flowSid}`;
export const messengerRoute = pulumi.interpolate`Messenger to ${page.address} → address ${page.sid} → Studio flow ${flowSid}`;
