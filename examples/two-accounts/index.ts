import * as pulumi from "@pulumi/pulumi";
import {
  ConversationsService,
  getFlexConfigurationOutput,
  SmsChannel,
  studioFlowToFlex,
  TwilioProvider,
} from "pulumi-twilio-flex";

const config = new pulumi.Config();

// Production: the account of the stack configuration. What goes there needs no provider.
const flex = getFlexConfigurationOutput();
const production = new SmsChannel("production", {
  phoneNumber: config.get("smsNumber") ?? "+15017122661",
  destination: { kind: "studio", definition: studioFlowToFlex() },
  conversationsServiceSid: flex.flexServiceInstanceSid,
});

// Trials: a subaccount that is there, with a number in it. Its token is asked for when it is needed, and kept nowhere.
const subaccountSid = config.get("subaccountSid") ?? "ACe0000000000000000000000000000002";
const trials = new TwilioProvider("trials", { subaccountSid });

// It has no Flex, so conversations go to the program that is on trial, and may be lost with the service that holds them.
// A resource takes the provider by `provider` …
const service = new ConversationsService(
  "trials",
  { friendlyName: "Trials", deleteData: true },
  { provider: trials },
);

// … and a component, with all that is in it, by `providers`.
const trial = new SmsChannel(
  "trial",
  {
    phoneNumber: config.get("trialNumber") ?? "+15550100001",
    destination: {
      kind: "webhook",
      url: config.get("botUrl") ?? "https://bot.example.com/messages",
      filters: ["onMessageAdded"],
    },
    conversationsServiceSid: service.sid,
  },
  { providers: [trials] },
);

export const productionRoute = production.route;
export const trialRoute = trial.route;
