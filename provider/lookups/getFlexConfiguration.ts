import type * as pulumi from "@pulumi/pulumi";
import type { ConfigurationInstance } from "twilio/lib/rest/flexApi/v1/configuration";
import { z } from "zod";
import { Refusal, unlessGone } from "../values/errors";
import { defineLookup, lookUp, lookUpOutput } from "./lookup";
import type { LookupOptions, NoArgs } from "./options";

/** What Flex was set up with. What an account does not have is blank. */
export interface FlexConfigurationResult {
  /** The account that it belongs to (AC…). */
  accountSid: string;
  /** SID of the Flex instance (GO…). */
  flexInstanceSid: string;
  /** SID of the Chat service (IS…) of the legacy path. */
  chatServiceInstanceSid: string;
  /** SID of the Flex service (IS…). */
  flexServiceInstanceSid: string;
  /** SID of the Messaging service (MG…). */
  messagingServiceInstanceSid: string;
  /** SID of the TaskRouter workspace (WS…) in which agents work. */
  taskrouterWorkspaceSid: string;
  /** SID of the TaskRouter workflow (WW…) that tasks go through. */
  taskrouterTargetWorkflowSid: string;
  /** SID of the TaskRouter queue (WQ…) that tasks wait in. */
  taskrouterTargetTaskqueueSid: string;
  /** SID of the activity (WA…) of agents who are signed out. */
  taskrouterOfflineActivitySid: string;
  /** SIDs of the Functions services (ZS…) that belong to Flex. */
  serverlessServiceSids: string[];
  /** Host of the account's Functions for Flex, such as `example-1234.twil.io`. */
  runtimeDomain: string;
}

/**
 * The account's Flex Configuration: the workspace, workflow, queue and services that Flex uses. One request.
 *
 * Errors: the account has no Flex; no credentials, or wrong ones.
 *
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */
export function getFlexConfiguration(
  args: NoArgs = {},
  opts?: LookupOptions,
): Promise<FlexConfigurationResult> {
  return lookUp(flexConfiguration, args, opts);
}

/** `getFlexConfiguration` as an output. */
export function getFlexConfigurationOutput(
  args: NoArgs = {},
  opts?: LookupOptions,
): pulumi.Output<FlexConfigurationResult> {
  return lookUpOutput(flexConfiguration, args, opts);
}

const flexConfiguration = defineLookup<NoArgs>()("getFlexConfiguration", {
  args: z.strictObject({}),
  async ask({ api, account }) {
    const found = await unlessGone(api.flexApi.v1.configuration().fetch());
    if (found === undefined) throw new Refusal(`${account} has no Flex, and so no Flex Configuration`);
    return resultOf(found);
  },
});

const resultOf = (flex: ConfigurationInstance): FlexConfigurationResult => ({
  accountSid: flex.accountSid,
  flexInstanceSid: flex.flexInstanceSid ?? "",
  chatServiceInstanceSid: flex.chatServiceInstanceSid ?? "",
  flexServiceInstanceSid: flex.flexServiceInstanceSid ?? "",
  messagingServiceInstanceSid: flex.messagingServiceInstanceSid ?? "",
  taskrouterWorkspaceSid: flex.taskrouterWorkspaceSid ?? "",
  taskrouterTargetWorkflowSid: flex.taskrouterTargetWorkflowSid ?? "",
  taskrouterTargetTaskqueueSid: flex.taskrouterTargetTaskqueueSid ?? "",
  taskrouterOfflineActivitySid: flex.taskrouterOfflineActivitySid ?? "",
  serverlessServiceSids: flex.serverlessServiceSids ?? [],
  runtimeDomain: flex.runtimeDomain ?? "",
});
