import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { TwilioSingleton } from "../program/resource";
import { flag, hostOrUrl, oneOf, setOf, sid, text, url } from "../twilio/fields";
import type { Echoes } from "../values/args";
import { facets, held, inSnakeCase, live, params, update } from "./configurationLeaves";

type Json = Record<string, unknown>;

/** Free-form values are passed on untouched, their keys as Twilio spells them. */
export interface FlexConfigurationArgs {
  /** Data of your own. */
  attributes?: pulumi.Input<Json>;
  /** SID of the TaskRouter workflow (WW…) that tasks go through. */
  taskrouterTargetWorkflowSid?: pulumi.Input<string>;
  /** SID of the TaskRouter queue (WQ…) that tasks wait in. */
  taskrouterTargetTaskqueueSid?: pulumi.Input<string>;
  /** The TaskRouter queues that Flex shows, as objects. */
  taskrouterTaskqueues?: pulumi.Input<unknown[]>;
  /** The skills of workers, as objects. */
  taskrouterSkills?: pulumi.Input<unknown[]>;
  /** Capacity and availability that workers have on each channel, by worker attribute. */
  taskrouterWorkerChannels?: pulumi.Input<Json>;
  /** Attributes that workers have. */
  taskrouterWorkerAttributes?: pulumi.Input<Json>;
  /** SID of the activity (WA…) of agents who are signed out. */
  taskrouterOfflineActivitySid?: pulumi.Input<string>;
  /** Host of the account's Functions for Flex, such as `example-1234.twil.io`, without a scheme as Twilio has it. */
  runtimeDomain?: pulumi.Input<string>;
  /** Language of the Flex UI, such as `en`. */
  uiLanguage?: pulumi.Input<string>;
  /** Look and settings of the Flex UI. */
  uiAttributes?: pulumi.Input<Json>;
  /** npm packages of the hosted Flex UI, and their versions. */
  uiDependencies?: pulumi.Input<Json>;
  /** Version of the Flex UI, such as `2.9.0` or `~2.9`. */
  uiVersion?: pulumi.Input<string>;
  /** Whether calls are recorded. */
  callRecordingEnabled?: pulumi.Input<boolean>;
  /** URL that is told of recordings. */
  callRecordingWebhookUrl?: pulumi.Input<string>;
  /** Whether the CRM panel is there. */
  crmEnabled?: pulumi.Input<boolean>;
  /** Kind of the CRM. */
  crmType?: pulumi.Input<string>;
  /** URL of the CRM. */
  crmCallbackUrl?: pulumi.Input<string>;
  /** URL that is used when the CRM does not answer. */
  crmFallbackUrl?: pulumi.Input<string>;
  /** Settings of the CRM. */
  crmAttributes?: pulumi.Input<Json>;
  /** Values that clients see before anybody has signed in. */
  publicAttributes?: pulumi.Input<Json>;
  /** Whether plugins are loaded. */
  pluginServiceEnabled?: pulumi.Input<boolean>;
  /** Settings of the plugins. */
  pluginServiceAttributes?: pulumi.Input<Json>;
  /** Integrations, as objects. They may carry credentials: give the list as a secret then. */
  integrations?: pulumi.Input<unknown[]>;
  /** Call flows for outbound calls, by name. */
  outboundCallFlows?: pulumi.Input<Json>;
  /** Settings of the queue statistics. */
  queueStatsConfiguration?: pulumi.Input<Json>;
  /** SIDs of the Functions services (ZS…) that belong to Flex. Order means nothing. */
  serverlessServiceSids?: pulumi.Input<pulumi.Input<string>[]>;
  /** Settings of notifications. */
  notifications?: pulumi.Input<Json>;
  /** Settings of Markdown in messages. */
  markdown?: pulumi.Input<Json>;
  /** Where Flex Insights Historical Reporting is on. */
  flexInsightsHr?: pulumi.Input<Json>;
  /** Whether Flex Insights can be drilled down into. */
  flexInsightsDrilldown?: pulumi.Input<boolean>;
  /** Limits of attachments on the channels of Flex Conversations, as objects. */
  channelConfigs?: pulumi.Input<unknown[]>;
  /** Settings of the debugger. */
  debuggerIntegration?: pulumi.Input<Json>;
  /** Settings of the status report of the Flex UI. */
  flexUiStatusReport?: pulumi.Input<Json>;
  /** How agents end conversations. */
  agentConvEndMethods?: pulumi.Input<Json>;
  /** Settings of voice in Citrix virtual desktops. */
  citrixVoiceVdi?: pulumi.Input<Json>;
  /** Presence of agents and how long it holds. */
  offlineConfig?: pulumi.Input<Json>;
  /**
   * How an object value is written: `merge` sets, compares and gives back the keys given in it, at any depth, and
   * leaves the others; `replace` makes it all there is. A change of it holds from the next change of a value on.
   * @default "merge"
   */
  mode?: pulumi.Input<"merge" | "replace">;
}

/**
 * The account's Flex Configuration. It is always there where Flex is: only the given keys are set, and each goes back
 * to what was found when it is taken away, or on destroy, unless somebody else has changed it since.
 *
 * Keys of the API are arguments in camelCase; what an object holds keeps Twilio's own spelling. Twilio replaces an
 * object whole; here it is merged leaf by leaf into the one that is there, so that several programs can each own some
 * keys of `uiAttributes`, at any depth; a list is one leaf. Two resources of a stack cannot own the same leaf. Nothing
 * replaces the configuration.
 *
 * Errors: a key that Twilio lets nobody change; an account without Flex (45101); another resource of the stack owns
 * the same key. Which keys are read-only is documented for some only: Twilio refuses others with 45004.
 *
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */
export class FlexConfiguration extends TwilioSingleton implements Echoes<FlexConfigurationArgs> {
  declare readonly attributes: pulumi.Output<Json | undefined>;
  declare readonly taskrouterTargetWorkflowSid: pulumi.Output<string | undefined>;
  declare readonly taskrouterTargetTaskqueueSid: pulumi.Output<string | undefined>;
  declare readonly taskrouterTaskqueues: pulumi.Output<unknown[] | undefined>;
  declare readonly taskrouterSkills: pulumi.Output<unknown[] | undefined>;
  declare readonly taskrouterWorkerChannels: pulumi.Output<Json | undefined>;
  declare readonly taskrouterWorkerAttributes: pulumi.Output<Json | undefined>;
  declare readonly taskrouterOfflineActivitySid: pulumi.Output<string | undefined>;
  declare readonly runtimeDomain: pulumi.Output<string | undefined>;
  declare readonly uiLanguage: pulumi.Output<string | undefined>;
  declare readonly uiAttributes: pulumi.Output<Json | undefined>;
  declare readonly uiDependencies: pulumi.Output<Json | undefined>;
  declare readonly uiVersion: pulumi.Output<string | undefined>;
  declare readonly callRecordingEnabled: pulumi.Output<boolean | undefined>;
  declare readonly callRecordingWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly crmEnabled: pulumi.Output<boolean | undefined>;
  declare readonly crmType: pulumi.Output<string | undefined>;
  declare readonly crmCallbackUrl: pulumi.Output<string | undefined>;
  declare readonly crmFallbackUrl: pulumi.Output<string | undefined>;
  declare readonly crmAttributes: pulumi.Output<Json | undefined>;
  declare readonly publicAttributes: pulumi.Output<Json | undefined>;
  declare readonly pluginServiceEnabled: pulumi.Output<boolean | undefined>;
  declare readonly pluginServiceAttributes: pulumi.Output<Json | undefined>;
  declare readonly integrations: pulumi.Output<unknown[] | undefined>;
  declare readonly outboundCallFlows: pulumi.Output<Json | undefined>;
  declare readonly queueStatsConfiguration: pulumi.Output<Json | undefined>;
  declare readonly serverlessServiceSids: pulumi.Output<string[] | undefined>;
  declare readonly notifications: pulumi.Output<Json | undefined>;
  declare readonly markdown: pulumi.Output<Json | undefined>;
  declare readonly flexInsightsHr: pulumi.Output<Json | undefined>;
  declare readonly flexInsightsDrilldown: pulumi.Output<boolean | undefined>;
  declare readonly channelConfigs: pulumi.Output<unknown[] | undefined>;
  declare readonly debuggerIntegration: pulumi.Output<Json | undefined>;
  declare readonly flexUiStatusReport: pulumi.Output<Json | undefined>;
  declare readonly agentConvEndMethods: pulumi.Output<Json | undefined>;
  declare readonly citrixVoiceVdi: pulumi.Output<Json | undefined>;
  declare readonly offlineConfig: pulumi.Output<Json | undefined>;
  declare readonly mode: pulumi.Output<"merge" | "replace" | undefined>;

  constructor(name: string, args: FlexConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(flexConfiguration, name, args, opts);
  }
}

const object = (): z.ZodType<Json | undefined> =>
  z.record(z.string(), z.json()).describe("a JSON object").optional();
const list = (): z.ZodType<unknown[] | undefined> =>
  z.array(z.json()).describe("a list of JSON objects").optional();

/** Values that are objects, which are merged, and lists, which are not. */
const objects = [
  "attributes",
  "taskrouterWorkerChannels",
  "taskrouterWorkerAttributes",
  "uiAttributes",
  "uiDependencies",
  "crmAttributes",
  "publicAttributes",
  "pluginServiceAttributes",
  "outboundCallFlows",
  "queueStatsConfiguration",
  "notifications",
  "markdown",
  "flexInsightsHr",
  "debuggerIntegration",
  "flexUiStatusReport",
  "agentConvEndMethods",
  "citrixVoiceVdi",
  "offlineConfig",
] as const;
const lists = ["taskrouterTaskqueues", "taskrouterSkills", "integrations", "channelConfigs"] as const;

const twilioSetsIt = "Twilio sets it, and lets nobody change it; read it with getFlexConfiguration";

const readOnly = Object.fromEntries(
  [
    "taskrouterWorkspaceSid",
    "messagingServiceInstanceSid",
    "chatServiceInstanceSid",
    "flexServiceInstanceSid",
    "flexInstanceSid",
    "serviceVersion",
    "status",
    "flexUrl",
    "dateCreated",
    "dateUpdated",
    "url",
  ].map((key) => [key, twilioSetsIt]),
);

const flexConfiguration = defineSingleton<FlexConfigurationArgs>()("FlexConfiguration", {
  label: "Flex Configuration",
  api: {
    operations: { flex_v1: ["FetchConfiguration", "UpdateConfiguration"] },
    leftOut: Object.fromEntries(Object.keys(inSnakeCase(readOnly)).map((key) => [key, twilioSetsIt])),
  },
  args: z.strictObject({
    attributes: object(),
    taskrouterTargetWorkflowSid: sid("WW", "a TaskRouter workflow").optional(),
    taskrouterTargetTaskqueueSid: sid("WQ", "a TaskRouter queue").optional(),
    taskrouterTaskqueues: list(),
    taskrouterSkills: list(),
    taskrouterWorkerChannels: object(),
    taskrouterWorkerAttributes: object(),
    taskrouterOfflineActivitySid: sid("WA", "a TaskRouter activity").optional(),
    runtimeDomain: hostOrUrl().optional(),
    uiLanguage: text(32).optional(),
    uiAttributes: object(),
    uiDependencies: object(),
    uiVersion: text(64).optional(),
    callRecordingEnabled: flag().optional(),
    callRecordingWebhookUrl: url().optional(),
    crmEnabled: flag().optional(),
    crmType: text(64).optional(),
    crmCallbackUrl: url().optional(),
    crmFallbackUrl: url().optional(),
    crmAttributes: object(),
    publicAttributes: object(),
    pluginServiceEnabled: flag().optional(),
    pluginServiceAttributes: object(),
    integrations: list(),
    outboundCallFlows: object(),
    queueStatsConfiguration: object(),
    serverlessServiceSids: setOf(sid("ZS", "a Functions service"), "SIDs of Functions services").optional(),
    notifications: object(),
    markdown: object(),
    flexInsightsHr: object(),
    flexInsightsDrilldown: flag().optional(),
    channelConfigs: list(),
    debuggerIntegration: object(),
    flexUiStatusReport: object(),
    agentConvEndMethods: object(),
    citrixVoiceVdi: object(),
    offlineConfig: object(),
    mode: oneOf(["merge", "replace"]).optional(),
  }),
  json: [...objects, ...lists],
  notArguments: readOnly,
  rules: [
    ({ mode, ...keys }) =>
      Object.keys(keys).length > 0 ? undefined : "arguments: give at least one key of the configuration",
  ],

  facets,
  params,
  held,
  live,

  naming: [],
  otherTarget: () => [],
  id: (configuration) => configuration.accountSid,
  find: (twilio) => twilio.flexApi.v1.configuration().fetch(),
  read: (twilio) => twilio.flexApi.v1.configuration().fetch(),
  update,
});
