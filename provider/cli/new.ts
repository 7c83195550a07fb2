import { relative, resolve } from "node:path";
import { Refusal } from "../values/errors";
import { isEmpty, isFile, writeProject } from "./account/project";
import { print } from "./terminal";

export interface NewOptions {
  messaging: "conversations" | "proxy";
}

/** Writes a project for one channel into a folder that holds nothing. */
export function newProject(folder: string, { messaging }: NewOptions): void {
  if (isFile(folder)) throw new Refusal(`${folder} is a file; name a folder that is empty or does not exist`);
  if (!isEmpty(folder))
    throw new Refusal(`${folder} is not empty; name a folder that is empty or does not exist`);
  writeProject(folder, "SMS to agents in Twilio Flex", new Map([["index.ts", programs[messaging]]]));
  const path = relative(process.cwd(), resolve(folder));
  print(`Wrote a project to ${path || "this folder"}. Next:
${path ? `  cd ${path}\n` : ""}  npm install
  pulumi stack init dev
  pulumi config set phoneNumber +1…    # a number of the account, in E.164 form
  pulumi up

The account is the one of TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or that of the emulator: npx twilio-flex-emulator`);
}

const imports = `import * as pulumi from "@pulumi/pulumi";
import * as flex from "pulumi-twilio-flex";

const config = new pulumi.Config();
`;

const outputs = `
export const route = support.route;
export const manualSteps = support.manualSteps;
`;

const programs = {
  conversations: `${imports}
// SMS to the number → a Conversations address → a Studio flow → the workflow of Flex → an agent.
const support = new flex.SmsChannel("support", {
  phoneNumber: config.require("phoneNumber"),
  destination: { kind: "studio", definition: flex.studioFlowToFlex() },
  // If the number has an address already, it is led to this flow, and \`pulumi destroy\` gives it back as it was.
  // Without this line, preview stops there instead and says what it found.
  adopt: "ifThere",
});
${outputs}`,
  proxy: `${imports}
// SMS to the number → Flex Proxy Service → a Flex Flow → a Studio flow → the workflow of Flex → an agent.
// Legacy: Programmable Chat for Flex reached its end of life on 2026-06-01. \`messaging: "moving"\` is the way off it.
const support = new flex.SmsChannel("support", {
  phoneNumber: config.require("phoneNumber"),
  messaging: "proxy",
  destination: { kind: "studio", definition: flex.studioFlowToFlex() },
  // If there is a Flex Flow for the number already, it is led to this flow, and \`pulumi destroy\` gives it back as it was.
  // Without this line, preview stops there instead and says what it found.
  adopt: "ifThere",
});
${outputs}`,
};
